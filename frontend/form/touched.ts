// Which questions a person has been at, so that nothing is called wrong before it was answered.
import { createSignal } from "solid-js";

const [ids, setIds] = createSignal<ReadonlySet<string>>(new Set());
const [all, setAll] = createSignal(false);

export function touched(id: string): boolean {
  return all() || ids().has(id);
}
export function touch(...more: string[]): void {
  if (more.some((id) => !ids().has(id))) setIds(new Set([...ids(), ...more]));
}
export function touchAll(): void {
  setAll(true);
}
// A form was opened: nobody has been at any of its questions.
export function untouch(): void {
  setIds(new Set<string>());
  setAll(false);
}
