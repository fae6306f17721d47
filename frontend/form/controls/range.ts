// A number on a line. Until it is moved it is not answered, and says so.
import type { Part } from "../../engine";
import { h } from "../dom";
import { touch } from "../touched";
import { say } from "../words";
import type { Around } from ".";

export function range(part: Part, around: Around): HTMLElement {
  const [start, end, step] = part.limits;
  const [least, most] = [Math.min(start, end), Math.max(start, end)];
  const take = (): void => {
    part.set(field.value);
    touch(part.id);
  };
  const field = h("input", {
    type: "range",
    class: "form-range",
    id: `${part.id}-control`,
    min: least,
    max: most,
    step: Math.abs(step),
    value: () => (part.value === "" ? String(least) : part.value),
    disabled: () => part.isReadOnly,
    "aria-describedby": around.describedBy,
    "aria-valuetext": () => part.value || say("not_answered"),
    oninput: take,
    onclick: take,
  });
  const ends = h("div", { class: "range-ends", "aria-hidden": "true" }, h("span", {}, String(least)), h("span", {}, String(most)));
  return h("div", { class: "range" }, field, ends, h("output", { for: `${part.id}-control` }, () => part.value || say("not_answered")));
}
