// Coding with keys alone: arrows go from piece to piece, Enter marks one and then goes through its codings,
// Shift+arrows move the mark's end by words, Alt+arrows its beginning; letters go to the codes; 1 to 4 say whether it
// helps; Alt+M writes a memo; Ctrl+Z takes back.
import { SIDES } from "./panel";
import { endOf, startOf, wholeOf, wordsOf, type Span } from "./positions";

interface Does {
  pieces: Element[]; picker: HTMLInputElement;
  choose(span: Span | null): void; chosen(): Span | null; next(): void; move(by: number): void; apply(): void; undo(): void; redo(): void;
  valence(side: string): void; remove(): void; memo(): void;
}
const LETTER = /^\p{L}$/u;

export function keys(does: Does): void {
  let here = 0;
  const back = (): void => (does.pieces[here] as HTMLElement | undefined)?.focus({ preventScroll: true });
  const go = (n: number): void => {
    here = Math.min(Math.max(n, 0), does.pieces.length - 1);
    const piece = does.pieces[here] as HTMLElement | undefined;
    piece?.focus({ preventScroll: true });
    piece?.scrollIntoView({ block: "nearest" });
  };
  does.pieces.forEach((piece, n) => {
    piece.setAttribute("tabindex", n ? "-1" : "0");
    piece.addEventListener("focus", () => {
      does.pieces[here]?.setAttribute("tabindex", "-1");
      here = n;
      piece.setAttribute("tabindex", "0");
    });
    piece.addEventListener("keydown", (event) => inText(event as KeyboardEvent, piece));
  });

  function inText(event: KeyboardEvent, piece: Element): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.ctrlKey || event.metaKey) return;
    if (step && !event.shiftKey && !event.altKey) { event.preventDefault(); go(here + step); }
    else if (event.key === "Enter" || event.key === " ") { event.preventDefault(); if (isIn(piece)) does.next(); else mark(piece); }
    else if (event.key === "Escape") does.choose(null);
    else if (event.key === "Delete" || event.key === "Backspace") { event.preventDefault(); does.remove(); }
    else if ((event.key === "ArrowRight" || event.key === "ArrowLeft") && (event.shiftKey || event.altKey)) {
      event.preventDefault();
      stretch(piece, event.key === "ArrowRight" ? 1 : -1, event.altKey);
    } else if (event.altKey) return;
    else if (/^[1-4]$/.test(event.key)) does.valence(SIDES[Number(event.key) - 1] as string);
    else if (LETTER.test(event.key)) { if (!isIn(piece)) mark(piece); does.picker.focus(); }
  }

  function isIn(piece: Element): boolean {
    const span = does.chosen();
    return span !== null && span.start < endOf(piece) && span.end > startOf(piece);
  }

  function mark(piece: Element): void {
    const span = wholeOf(piece);
    if (span) does.choose(span);
  }

  // Move one end of the mark to the next border of a word.
  function stretch(piece: Element, by: number, isStart: boolean): void {
    if (!isIn(piece)) return mark(piece);
    const span = does.chosen() as Span, text = wordsOf(piece).textContent ?? "", first = startOf(piece);
    const borders = [...text.matchAll(/\S+/g)].map((word) => isStart ? word.index : word.index + word[0].length)
      .map((unit) => first + [...text.slice(0, unit)].length);
    const now = isStart ? span.start : span.end;
    const next = by > 0 ? borders.find((border) => border > now) : borders.filter((border) => border < now).pop();
    if (next === undefined) return;
    const made = isStart ? { start: next, end: span.end } : { start: span.start, end: next };
    if (made.end > made.start) does.choose(made);
  }

  does.picker.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") { event.preventDefault(); does.move(1); }
    else if (event.key === "ArrowUp") { event.preventDefault(); does.move(-1); }
    else if (event.key === "Enter") { event.preventDefault(); does.apply(); back(); }
    else if (event.key === "Escape") back();
  });
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLSelectElement;
    if (event.altKey && event.code === "KeyM") { event.preventDefault(); does.memo(); return; }
    if (event.target === document.body && does.chosen() && !event.ctrlKey && !event.metaKey && !event.altKey && LETTER.test(event.key)) does.picker.focus();
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
    if (isTyping && (event.target as HTMLInputElement).value) return; // the field's own undo
    event.preventDefault();
    if (event.shiftKey) does.redo(); else does.undo();
  });
}
