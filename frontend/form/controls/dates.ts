// Days and times, with the browser's own pickers. A time carries the device's offset, as phones write it.
import { createEffect } from "solid-js";
import type { Part } from "../../engine";
import { h } from "../dom";
import { touch } from "../touched";
import type { Around } from ".";

const TYPES: Record<string, string> = { date: "date", time: "time", dateTime: "datetime-local" };

export function dateLike(part: Part, around: Around): HTMLElement {
  const field = h("input", {
    id: `${part.id}-control`,
    type: TYPES[part.type],
    class: "form-control ask-date",
    "aria-describedby": around.describedBy,
    "aria-invalid": () => (around.isWrong() ? "true" : null),
    "aria-required": () => (part.isRequired ? "true" : null),
    disabled: () => part.isReadOnly,
    onchange: () => {
      part.set(field.value === "" ? "" : written(part.type, field.value));
      touch(part.id);
    },
    onblur: () => touch(part.id),
  });
  createEffect(() => {
    const value = shown(part.type, part.value);
    if (field.value !== value) field.value = value;
  });
  return field;
}

function written(type: string, value: string): string {
  if (type === "date") return value;
  const seconds = value.split(":").length > 2 ? value : `${value}:00`;
  return `${seconds}.000${offset(type === "dateTime" ? new Date(value) : new Date())}`;
}

function shown(type: string, value: string): string {
  if (type === "date") return value.slice(0, 10);
  return type === "time" ? value.slice(0, 5) : value.slice(0, 16);
}

function offset(at: Date): string {
  const minutes = -at.getTimezoneOffset();
  const [h, m] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? "-" : "+"}${String(h).padStart(2, "0")}:${String(m).padStart(2, "0")}`;
}
