// One question: its words, its control, what is wrong with the answer, and whether it must be answered.
import type { Part, Piece } from "../engine";
import { control, isGrouped } from "./controls";
import { type Child, follow, h } from "./dom";
import { touched } from "./touched";
import { say } from "./words";

export function question(part: Part): HTMLElement {
  const hintId = `${part.id}-hint`;
  const problemId = `${part.id}-problem`;
  const trouble = (): string => {
    const found = touched(part.id) ? part.problem : null;
    if (!found) return "";
    return found.words || say(found.required ? "required" : "invalid");
  };
  const describedBy = (): string | null =>
    [part.hint ? hintId : "", trouble() ? problemId : ""].filter(Boolean).join(" ") || null;
  const words = h("span", { class: "ask-words" }, pieces(() => part.labelPieces));
  const mark = h("abbr", { class: "must", title: say("must"), hidden: () => !part.isRequired }, "*");
  const hint = h("p", { class: "form-text", id: hintId, hidden: () => !part.hint }, () => part.hint);
  const problem = h("p", { class: "ask-problem", id: problemId, hidden: () => !trouble() }, trouble);
  const live = h("div", { "aria-live": "polite" }, problem);
  const answer = control(part, { describedBy, isWrong: () => Boolean(trouble()) });
  if (isGrouped(part)) {
    return h(
      "fieldset",
      { class: "ask", id: part.id, "aria-describedby": describedBy, "data-name": part.name },
      h("legend", {}, words, " ", mark),
      hint,
      answer,
      live,
    );
  }
  return h(
    "div",
    { class: "ask", id: part.id, "data-name": part.name },
    h("label", { for: `${part.id}-control` }, words, " ", mark),
    hint,
    answer,
    live,
  );
}

export function note(part: Part): HTMLElement {
  const box = h("div", { class: "ask ask-note", id: part.id, "data-name": part.name });
  box.append(h("div", {}, pieces(() => part.labelPieces)), h("p", { class: "form-text", hidden: () => !part.hint }, () => part.hint));
  return box;
}

export function beyond(part: Part): HTMLElement {
  return h("div", { class: "ask ask-note", id: part.id }, h("b", {}, () => part.label), h("p", {}, say("beyond")));
}

// Words with their emphasis; they follow the language and the answers named in them.
function pieces(read: () => Piece[]): Child {
  const holder = document.createElement("span");
  let n = 0;
  follow(holder, () => [{ all: read(), n: n++ }], (one) => String(one.n), (one) => {
    const box = document.createElement("span");
    box.append(...one.all.map(drawn));
    return box;
  });
  return holder;
}

function drawn(piece: Piece): Node {
  if (!piece.tag) return document.createTextNode(piece.text);
  const tag = /^h\d$/.test(piece.tag) || piece.tag === "p" ? "span" : piece.tag;
  const element = document.createElement(tag);
  if (piece.tag !== tag) element.className = piece.tag === "p" ? "ask-line" : "ask-strong";
  if (piece.url) Object.assign(element, { href: piece.url, target: "_blank", rel: "noopener" });
  element.append(...piece.inner.map(drawn));
  return element;
}
