// Questions that were answered before the form was opened, as by the visit it belongs to: shown, not asked again.
import { createSignal } from "solid-js";
import type { Part } from "../engine";
import { h } from "./dom";

type Test = (part: Part) => boolean;
const [test, setTest] = createSignal<Test>(() => false);

export function holdGiven(given: Test): void {
  setTest(() => given);
}
export function isGiven(part: Part): boolean {
  return part.kind === "question" && test()(part);
}
// Whether nothing is left to ask on it, so that it is no page worth opening.
export function isAllGiven(part: Part): boolean {
  if (part.kind === "question") return isGiven(part);
  const shown = part.children.filter((child) => child.isShown);
  return part.kind === "group" && shown.length > 0 && shown.every(isAllGiven);
}
export function given(part: Part): HTMLElement {
  const shown = (): string => part.choices.filter((one) => part.chosen.includes(one.value)).map((one) => one.label).join(", ") || part.value;
  const value = part.control === "select" ? shown : () => part.value;
  return h("p", { class: "ask-given", id: part.id, "data-name": part.name, hidden: () => !part.value }, h("span", {}, () => part.label), h("b", {}, value));
}
