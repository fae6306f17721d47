// What each person's part of the phone held when it was last open, written down apart from the records. When the browser
// has emptied its storage, the app can say what has gone instead of greeting its owner as a stranger.
import type { Core, PersonHere } from "./core";

export interface Held {
  name: string;
  unsent: number;
  drafts: number;
  at: number;
}
const NAME = "mlezi-field-held";

function all(): Record<string, Held> {
  return JSON.parse(localStorage.getItem(NAME) ?? "{}") as Record<string, Held>;
}
export function noteHeld(core: Core): void {
  const { unsent, drafts } = core.sync();
  localStorage.setItem(NAME, JSON.stringify({ ...all(), [core.person.id]: { name: core.person.name, unsent, drafts, at: Date.now() } }));
}
// Those who were here and are not; shown until they are here again or somebody has taken note.
export function goneFrom(people: PersonHere[]): Held[] {
  const here = new Set(people.map((one) => one.id));
  return Object.entries(all()).filter(([id]) => !here.has(id)).map(([, held]) => held);
}
export function takeNote(people: PersonHere[]): void {
  const here = new Set(people.map((one) => one.id));
  localStorage.setItem(NAME, JSON.stringify(Object.fromEntries(Object.entries(all()).filter(([id]) => here.has(id)))));
}
