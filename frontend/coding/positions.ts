// Positions in a text are code points; the browser counts UTF-16 units. Everything that crosses over goes through here.
export interface Span { start: number; end: number }

export function points(text: string): number {
  let n = 0;
  for (const _ of text) n++;
  return n;
}

// How many UTF-16 units the first `n` code points take.
export function units(text: string, n: number): number {
  let at = 0;
  for (let left = n; left > 0 && at < text.length; left--) at += (text.codePointAt(at) as number) > 0xffff ? 2 : 1;
  return at;
}

export function wordsOf(piece: Element): HTMLElement { return piece.querySelector(".words") as HTMLElement; }
export function startOf(piece: Element): number { return Number((piece as HTMLElement).dataset.start); }
export function endOf(piece: Element): number { return Number((piece as HTMLElement).dataset.end); }

// Where a point of the document stands in the text; null outside of the words.
export function positionOf(node: Node, offset: number): number | null {
  const element = node instanceof Element ? node : node.parentElement;
  const piece = element?.closest(".piece");
  if (!piece) return null;
  const words = wordsOf(piece);
  if (!words.contains(node)) return startOf(piece);
  const before = document.createRange();
  before.setStart(words, 0);
  before.setEnd(node, offset);
  return startOf(piece) + points(before.toString());
}

// All words of a piece, without blanks at its ends; null when it holds none.
export function wholeOf(piece: Element): Span | null {
  const text = wordsOf(piece).textContent ?? "", start = startOf(piece);
  const from = text.length - text.trimStart().length, to = text.trimEnd().length;
  return to > from ? { start: start + points(text.slice(0, from)), end: start + points(text.slice(0, to)) } : null;
}

// What the reader marked, without blanks at its ends; null when nothing is.
export function marked(): Span | null {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const start = positionOf(range.startContainer, range.startOffset);
  const end = positionOf(range.endContainer, range.endOffset);
  if (start === null || end === null || end <= start) return null;
  const text = range.toString();
  const front = points(text) - points(text.trimStart());
  const back = points(text) - points(text.trimEnd());
  return end - back > start + front ? { start: start + front, end: end - back } : null;
}
