// The control for each kind of answer. Adding a kind of question is adding a file here and a line below.
import type { Part } from "../../engine";
import { confirm } from "./confirm";
import { choices } from "./choices";
import { dateLike } from "./dates";
import { file } from "./files";
import { position } from "./position";
import { range } from "./range";
import { text } from "./text";

export interface Around {
  describedBy: () => string | null;
  isWrong: () => boolean;
}

export function control(part: Part, around: Around): HTMLElement {
  if (part.control === "select") return choices(part, around);
  if (part.control === "trigger") return confirm(part);
  if (part.control === "range") return range(part, around);
  if (part.control === "upload") return file(part, around);
  if (part.type === "geopoint") return position(part);
  if (["date", "time", "dateTime"].includes(part.type)) return dateLike(part, around);
  return text(part, around);
}

// Controls made of several inputs stand in a group with a legend; the others have a label.
export function isGrouped(part: Part): boolean {
  return part.control === "select" || part.control === "trigger" || part.type === "geopoint";
}
