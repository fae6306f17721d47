// Draws a part of the form with all below it: groups as sections, repeats as rows that can be added.
import type { Part } from "../engine";
import { follow, h } from "./dom";
import { given, isGiven } from "./given";
import { beyond, note, question } from "./question";
import { say } from "./words";

export function drawn(part: Part): HTMLElement {
  if (part.kind === "repeat") return repeat(part);
  if (part.kind === "group") return group(part);
  if (part.kind === "note") return note(part);
  if (isGiven(part)) return given(part);
  return part.kind === "beyond" ? beyond(part) : question(part);
}

export function inside(part: Part): HTMLElement {
  const holder = h("div", { class: "parts" });
  follow(holder, () => part.children.filter((child) => child.isShown), (child) => child.id, drawn);
  return holder;
}

function group(part: Part): HTMLElement {
  const title = h("h3", { id: `${part.id}-title`, hidden: () => !part.label }, () => part.label);
  return h("section", { class: "group", "aria-labelledby": `${part.id}-title` }, title, inside(part));
}

function repeat(range: Part): HTMLElement {
  const rows = h("div", { class: "rows" });
  follow(rows, () => range.children, (row) => row.id, (row, at) => line(range, row, at));
  const none = h("p", { class: "form-text", hidden: () => range.children.length > 0 }, say("no_rows"));
  const add = h(
    "button",
    {
      type: "button",
      class: "btn btn-quiet",
      hidden: !range.canGrow,
      onclick: () => {
        range.addRow();
        const made = rows.lastElementChild as HTMLElement | null;
        made?.querySelector<HTMLElement>("input, select, textarea, button")?.focus();
      },
    },
    () => `+ ${say("add_row", { what: range.label || say("row") })}`,
  );
  return h("section", { class: "repeat", id: range.id, "data-name": range.name }, rows, none, add);
}

function line(range: Part, row: Part, at: () => number): HTMLElement {
  const remove = h(
    "button",
    { type: "button", class: "btn btn-sm btn-quiet", hidden: !range.canGrow, onclick: () => range.removeRow(at()) },
    () => `${say("remove_row")} ${at() + 1}`,
  );
  const head = h("legend", {}, () => `${range.label || say("row")} ${at() + 1}`);
  return h("fieldset", { class: "row-box", id: row.id }, head, inside(row), remove);
}
