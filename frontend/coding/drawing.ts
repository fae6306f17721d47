// Draws codings into the text: each stretch between two borders is one run, with a band for every coding over it;
// beside each piece stand the names of its codings, so that overlapping ones are told apart without colour.
import { endOf, startOf, units, wordsOf, type Span } from "./positions";
import type { Code, Coding } from "./types";

const MOST_BANDS = 4;
const BREATH = 12; // milliseconds of drawing before the reader may scroll or type
const SIGNS: Record<string, string> = { helps: "+", hinders: "−", both: "±", neither: "0" };

export class Drawing {
  private texts = new Map<Element, string>();
  private waiting = new Map<Element, Coding[]>();
  constructor(private pieces: Element[], private codes: Map<number, Code>) {
    for (const piece of pieces) this.texts.set(piece, wordsOf(piece).textContent ?? "");
  }

  textOf(span: Span): string {
    let found = "";
    for (const piece of this.touched(span)) {
      const text = this.texts.get(piece) as string;
      const from = Math.max(span.start - startOf(piece), 0), to = span.end - startOf(piece);
      found += text.slice(units(text, from), units(text, to));
    }
    return found;
  }

  touched(span: Span): Element[] {
    let low = 0, high = this.pieces.length; // the first piece that ends after the span begins
    while (low < high) { const mid = (low + high) >> 1; if (endOf(this.pieces[mid] as Element) <= span.start) low = mid + 1; else high = mid; }
    const found: Element[] = [];
    for (let n = low; n < this.pieces.length && startOf(this.pieces[n] as Element) < span.end; n++) found.push(this.pieces[n] as Element);
    return found;
  }

  // What can be seen comes first; a long text is then drawn a little at a time.
  all(codings: Coding[], chosen: () => Span | null): void {
    const by = new Map<Element, Coding[]>();
    for (const coding of codings) for (const piece of this.touched(coding)) { const some = by.get(piece); if (some) some.push(coding); else by.set(piece, [coding]); }
    const begun = this.waiting.size > 0, seen = (piece: Element): boolean => piece.getBoundingClientRect().bottom > 0;
    const first = Math.max(0, this.pieces.findIndex(seen)), inOrder = [...this.pieces.slice(first), ...this.pieces.slice(0, first)];
    this.waiting.clear();
    for (const piece of inOrder) if (by.has(piece) || piece.classList.contains("is-drawn")) this.waiting.set(piece, by.get(piece) ?? []);
    if (!begun) this.goOn(chosen);
  }

  private goOn(chosen: () => Span | null): void {
    const until = performance.now() + BREATH;
    for (const [piece, codings] of this.waiting) {
      this.one(piece, codings, chosen());
      if (performance.now() > until) break;
    }
    if (this.waiting.size) setTimeout(() => this.goOn(chosen), 0);
  }

  some(span: Span, codings: Coding[], chosen: Span | null): void {
    for (const piece of this.touched(span)) {
      const start = startOf(piece), end = endOf(piece);
      this.one(piece, codings.filter((one) => one.start < end && one.end > start), chosen);
    }
  }

  private one(piece: Element, unsorted: Coding[], chosen: Span | null): void {
    this.waiting.delete(piece);
    const text = this.texts.get(piece) as string, start = startOf(piece), end = endOf(piece);
    const codings = [...unsorted].sort((a, b) => a.start - b.start || b.end - a.end || a.code - b.code);
    const near = chosen && chosen.start < end && chosen.end > start ? chosen : null;
    const borders = new Set<number>([start, end]);
    for (const one of near ? [...codings, near] : codings) for (const at of [one.start, one.end]) if (at > start && at < end) borders.add(at);
    const places = [...borders].sort((a, b) => a - b);
    const lanes = lanesOf(codings);
    const words = document.createDocumentFragment();
    let from = 0;
    for (let n = 0; n + 1 < places.length; n++) {
      const low = places[n] as number, high = places[n + 1] as number;
      const to = from + units(text.slice(from), high - low);
      const over = codings.filter((one) => one.start < high && one.end > low);
      const inside = near && near.start < high && near.end > low;
      words.append(over.length || inside ? this.run(text.slice(from, to), over, lanes, Boolean(inside)) : text.slice(from, to));
      from = to;
    }
    wordsOf(piece).replaceChildren(words);
    piece.querySelector(".marks")?.replaceChildren(...codings.filter((one) => one.start >= start).map((one) => this.name(one)));
    piece.classList.toggle("is-drawn", codings.length > 0 || near !== null);
  }

  private run(text: string, over: Coding[], lanes: Map<Coding, number>, chosen: boolean): HTMLElement {
    const run = document.createElement("span");
    const deepest = Math.max(-1, ...over.map((one) => lanes.get(one) as number));
    const bands = Math.min(deepest + 1, MOST_BANDS);
    run.className = `run${chosen ? " is-chosen" : ""}${bands ? ` bands-${bands}` : ""}`;
    for (const one of over) {
      const lane = lanes.get(one) as number;
      if (lane < MOST_BANDS) run.style.setProperty(`--band-${lane}`, `var(--code-${this.codes.get(one.code)?.colour ?? 0})`);
    }
    run.dataset.codings = over.map((one) => one.id).join(" ");
    run.title = over.map((one) => this.codes.get(one.code)?.title ?? "").join(" · ");
    run.textContent = text;
    return run;
  }

  private name(one: Coding): HTMLElement {
    const button = document.createElement("button"), dot = document.createElement("i");
    button.type = "button";
    button.tabIndex = -1; // keys reach it through the piece: Enter goes from coding to coding
    button.className = "mark-name";
    button.dataset.coding = one.id;
    dot.className = `dot c${this.codes.get(one.code)?.colour ?? 0}`;
    button.append(dot, `${this.codes.get(one.code)?.title ?? "?"}${one.valence ? ` ${SIGNS[one.valence] ?? ""}` : ""}${one.note ? " ✎" : ""}`);
    button.title = one.note ? `${one.coder_name}: ${one.note}` : one.coder_name;
    return button;
  }
}

// Each coding keeps one lane along its whole length, so that a band never jumps where another begins.
function lanesOf(codings: Coding[]): Map<Coding, number> {
  const ends: number[] = [], found = new Map<Coding, number>();
  for (const one of codings) {
    let lane = ends.findIndex((end) => end <= one.start);
    if (lane < 0) lane = ends.length;
    ends[lane] = one.end;
    found.set(one, lane);
  }
  return found;
}
