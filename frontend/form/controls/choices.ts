// One or several choices: large rows to tap, a short list in a line, or a box to search in long lists.
import { createSignal } from "solid-js";
import type { Choice, Part } from "../../engine";
import { follow, h } from "../dom";
import { touch } from "../touched";
import { say } from "../words";
import type { Around } from ".";

const LONG = 12; // more choices than this are searched, not scrolled
const FEW = 6; // below this a form's own wish for a search box is not worth following
const AT_ONCE = 40;

export function choices(part: Part, around: Around): HTMLElement {
  const [wanted, setWanted] = createSignal("");
  const isLong = (): boolean => part.choices.length > (part.looks("autocomplete", "search") ? FEW : LONG);
  const found = (): Choice[] => {
    const all = part.choices;
    const words = plain(wanted()).split(/\s+/).filter(Boolean);
    const fits = words.length ? all.filter((one) => words.every((word) => plain(one.label).includes(word))) : all;
    const chosen = all.filter((one) => part.chosen.includes(one.value) && !fits.includes(one));
    return [...chosen, ...fits];
  };
  const search: HTMLInputElement = h("input", {
    type: "search",
    class: "form-control ask-search",
    "aria-label": say("search"),
    placeholder: say("search"),
    autocomplete: "off",
    hidden: () => !isLong(),
    oninput: () => setWanted(search.value),
  });
  const rows = h("div", { class: () => `choices${inLine(part) ? " choices-line" : ""}${isLong() ? " choices-long" : ""}` });
  follow(rows, () => found().slice(0, AT_ONCE), (one) => `${one.value}\0${one.label}`, (one) => row(part, one, around));
  const more = h("p", { class: "form-text", "aria-live": "polite" }, () => {
    if (!part.choices.length) return say("no_choices");
    return found().length > AT_ONCE ? say("more", { n: found().length - AT_ONCE }) : "";
  });
  const clear = h("button", {
    type: "button",
    class: "btn btn-sm btn-quiet",
    hidden: () => part.takesSeveral || part.isRequired || !part.chosen.length,
    onclick: () => part.choose([]),
  }, say("clear"));
  return h("div", {}, search, rows, more, clear);
}

function row(part: Part, choice: Choice, around: Around): HTMLElement {
  const id = `${part.id}-${choice.value.replace(/\W+/g, "_")}`;
  const field = h("input", {
    type: part.takesSeveral ? "checkbox" : "radio",
    id,
    name: part.id,
    value: choice.value,
    checked: () => part.chosen.includes(choice.value),
    disabled: () => part.isReadOnly,
    "aria-invalid": () => (around.isWrong() ? "true" : null),
    onchange: () => {
      part.choose(next(part, choice.value, field.checked));
      touch(part.id);
    },
  });
  return h("label", { class: "choice", for: id }, field, h("span", {}, choice.label));
}

function next(part: Part, value: string, isOn: boolean): string[] {
  if (!part.takesSeveral) return isOn ? [value] : [];
  const others = part.chosen.filter((one) => one !== value);
  return isOn ? [...others, value] : others;
}

function inLine(part: Part): boolean {
  return part.looks("horizontal", "horizontal-compact", "likert", "columns", "columns-pack", "quick");
}

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
