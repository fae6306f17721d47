// Memos: thoughts about a place in the text, or about all of it when nothing is marked.
import type { Span } from "./positions";
import type { Memo } from "./types";

interface Does {
  say(name: string): string; chosen(): Span | null; me(): number; textOf(span: Span): string; go(span: Span): void;
  keep(id: string, facts: { text: string; start: number | null; end: number | null }): Promise<void>; take(id: string): Promise<void>;
}

export class Memos {
  private all = new Map<string, Memo>();
  constructor(private box: HTMLDetailsElement, private does: Does) {
    const form = box.querySelector("form") as HTMLFormElement, words = form.querySelector("textarea") as HTMLTextAreaElement;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = words.value.trim(), span = does.chosen();
      if (!text) return words.focus();
      void does.keep(crypto.randomUUID(), { text, start: span?.start ?? null, end: span?.end ?? null }).then(() => { words.value = ""; });
    });
    words.addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit(); });
  }

  open(): void {
    this.box.open = true;
    (this.box.querySelector("textarea") as HTMLElement).focus();
  }

  put(rows: Memo[], removed: string[] = []): void {
    for (const row of rows) this.all.set(row.id, row);
    for (const id of removed) this.all.delete(id);
    if (rows.length || removed.length || !this.box.dataset.drawn) this.draw();
  }

  private draw(): void {
    this.box.dataset.drawn = "yes";
    (this.box.querySelector("[data-n]") as HTMLElement).textContent = this.all.size ? `(${this.all.size})` : "";
    const rows = [...this.all.values()].sort((a, b) => (a.start ?? -1) - (b.start ?? -1));
    (this.box.querySelector("ul") as HTMLElement).replaceChildren(...rows.map((one) => this.row(one)));
  }

  private row(one: Memo): HTMLElement {
    const item = document.createElement("li"), words = document.createElement("p"), by = document.createElement("p");
    words.textContent = one.text;
    by.className = "soft";
    by.textContent = `${one.author_name} `;
    if (one.start !== null && one.end !== null && one.end > one.start) {
      const span = { start: one.start, end: one.end }, go = document.createElement("button");
      go.type = "button";
      go.className = "as-link";
      go.textContent = `“${this.does.textOf(span).slice(0, 60)}”`;
      go.addEventListener("click", () => this.does.go(span));
      by.append(go, " ");
    }
    if (one.author === this.does.me()) {
      const take = document.createElement("button");
      take.type = "button";
      take.className = "as-link";
      take.textContent = this.does.say("remove");
      take.addEventListener("click", () => void this.does.take(one.id));
      by.append(take);
    }
    item.append(words, by);
    return item;
  }
}
