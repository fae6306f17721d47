// Words and numbers.
import { createEffect } from "solid-js";
import type { Part } from "../../engine";
import { h } from "../dom";
import { touch } from "../touched";
import { say } from "../words";
import type { Around } from ".";

const SHAPES: Record<string, RegExp> = { int: /^-?\d+$/, decimal: /^-?\d+([.,]\d+)?$/ };

export function text(part: Part, around: Around): HTMLElement {
  const shape = SHAPES[part.type];
  const isLong = part.looks("multiline") || (part.type === "string" && part.looks("textarea"));
  const isNumber = Boolean(shape) || part.looks("numbers");
  const wrong = h("p", { class: "ask-problem", hidden: true, role: "alert" }, say(part.type === "int" ? "whole_number" : "number"));
  const take = (field: HTMLInputElement | HTMLTextAreaElement): void => {
    const typed = shape ? field.value.trim() : field.value;
    const fits = !shape || typed === "" || shape.test(typed);
    wrong.hidden = fits;
    part.set(fits ? typed.replace(shape ? "," : "\0", ".") : "");
  };
  const properties = {
    id: `${part.id}-control`,
    class: "form-control",
    "aria-describedby": around.describedBy,
    "aria-invalid": () => (around.isWrong() ? "true" : null),
    "aria-required": () => (part.isRequired ? "true" : null),
    readonly: () => part.isReadOnly,
    autocomplete: "off",
    oninput: (event: Event) => take(event.target as HTMLInputElement),
    onblur: () => touch(part.id),
  };
  const field = isLong
    ? h("textarea", { ...properties, rows: 4 })
    : h("input", { ...properties, type: "text", inputmode: part.type === "decimal" ? "decimal" : isNumber ? "numeric" : null });
  createEffect(() => {
    const value = part.value; // a calculation may change it under us; what is being typed stays
    if (document.activeElement !== field && (wrong.hidden || value !== "")) field.value = value;
  });
  return shape ? h("div", {}, field, wrong) : field;
}
