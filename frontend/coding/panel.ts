// The codings where the mark is: side, code beside it, note, and taking away; only one's own can be changed.
import type { Code, Coding } from "./types";

export interface Does {
  say(name: string): string; codes(): Code[]; code(id: number | null): Code | undefined;
  mayCode(): boolean; me(): number; current(): string | null;
  change(id: string, facts: Partial<Coding>): void; take(id: string): void; pick(id: string): void;
}
export const SIDES = ["helps", "hinders", "both", "neither"];

// A row, made once and copied: reading HTML anew for each mark is slow on a phone.
const ROW = document.createElement("li");
ROW.innerHTML = `<i aria-hidden="true"></i><b></b> <span class="soft"></span><div class="tools"></div>`;

export function rowsOf(near: Coding[], does: Does): HTMLElement[] {
  return near.map((one) => {
    const item = ROW.cloneNode(true) as HTMLElement, code = does.code(one.code), mine = one.coder === does.me();
    (item.children[0] as HTMLElement).className = `dot c${code?.colour ?? 0}`;
    (item.children[1] as HTMLElement).textContent = code?.title ?? "?";
    const beside = one.qualifier ? ` × ${does.code(one.qualifier)?.title ?? ""}` : "";
    (item.children[2] as HTMLElement).textContent = `${beside} ${mine ? "" : one.coder_name}`;
    item.classList.toggle("is-current", one.id === does.current());
    const tools = item.children[3] as HTMLElement;
    if (mine && does.mayCode()) fill(tools, one, code, does);
    else tools.textContent = [one.valence ? does.say(one.valence) : "", one.note].filter(Boolean).join(" · ");
    return item;
  });
}

function fill(tools: HTMLElement, one: Coding, code: Code | undefined, does: Does): void {
  const named = code?.title ?? "";
  for (const [n, side] of SIDES.entries()) {
    const made = button(does.say(side), `${does.say(side)} (${n + 1})`, () => does.change(one.id, { valence: one.valence === side ? "" : side }));
    made.setAttribute("aria-pressed", String(one.valence === side));
    tools.append(made);
  }
  const others = code?.qualified_by ? does.codes().filter((other) => other.parent === code.qualified_by) : [];
  if (others.length) {
    const select = document.createElement("select");
    select.setAttribute("aria-label", does.say("beside"));
    select.append(new Option(does.say("beside"), ""), ...others.map((other) => new Option(other.title, String(other.id))));
    select.value = one.qualifier ? String(one.qualifier) : "";
    select.addEventListener("change", () => does.change(one.id, { qualifier: select.value ? Number(select.value) : null }));
    tools.append(select);
  }
  const note = document.createElement("input");
  note.value = one.note;
  note.placeholder = does.say("note");
  note.setAttribute("aria-label", `${does.say("note")}: ${named}`);
  note.addEventListener("change", () => does.change(one.id, { note: note.value }));
  tools.append(note, button(does.say("remove"), `${does.say("remove")}: ${named}`, () => does.take(one.id)));
}

function button(text: string, label: string, does: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.title = label;
  made.addEventListener("click", does);
  return made;
}
