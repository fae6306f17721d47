// A box to tick: read and agreed.
import type { Part } from "../../engine";
import { h } from "../dom";
import { touch } from "../touched";
import { say } from "../words";

export function confirm(part: Part): HTMLElement {
  const id = `${part.id}-control`;
  const field = h("input", {
    type: "checkbox",
    id,
    checked: () => part.isConfirmed,
    disabled: () => part.isReadOnly,
    onchange: () => {
      part.set(field.checked ? "OK" : "");
      touch(part.id);
    },
  });
  return h("label", { class: "choice", for: id }, field, h("span", {}, say("confirm")));
}
