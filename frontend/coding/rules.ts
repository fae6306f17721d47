// Coding everything at once: all that one speaker says, or all answers to one question.
import type { Book, Piece } from "./types";

interface Does { say(name: string, facts: Record<string, string>): string; code(rule: { speaker: string; question: string; code: number }): void }

export function rules(box: HTMLDetailsElement, pieces: Piece[], books: Book[], does: Does): void {
  const [what, code] = box.querySelectorAll("select") as unknown as [HTMLSelectElement, HTMLSelectElement];
  const seen = new Map<string, { speaker: string; question: string }>();
  for (const piece of pieces) {
    if (piece.question) seen.set(does.say("all_answers", { question: piece.question }), { speaker: "", question: piece.question });
    else if (piece.speaker) seen.set(does.say("all_said", { who: piece.participant || piece.speaker }), { speaker: piece.speaker, question: "" });
  }
  box.hidden = !seen.size || !books.length;
  what.replaceChildren(...[...seen.keys()].map((words) => new Option(words, words)));
  code.replaceChildren(...books.map((book) => {
    const group = document.createElement("optgroup");
    group.label = book.title;
    group.append(...book.codes.map((one) => new Option("\u00a0\u00a0".repeat(one.depth) + one.title, String(one.id))));
    return group;
  }));
  (box.querySelector("button") as HTMLButtonElement).onclick = () => {
    const rule = seen.get(what.value);
    if (rule && code.value) does.code({ ...rule, code: Number(code.value) });
  };
}
