// Answers that a form is opened with: the meeting it is about, the person, the place. A question may offer a
// choice only after another was answered, so what could not be answered is tried again.
import type { Part, Session } from "../../engine";
import type { Outline } from "./outline";
import type { StartOptions } from "./types";

const MEETING = ["encounter.planned", "encounter"];

export function prefilled(session: Session, outline: Outline, how: StartOptions): void {
  const parts = [...questions(session.whole)];
  const wanted = new Map<Part, string>();
  const want = (key: string, value: string): void => {
    const paths = outline.meanings[key] ?? [];
    for (const part of parts) if (part.name === key || part.path === key || paths.includes(bare(part.path))) wanted.set(part, value);
  };
  if (how.encounterUid) for (const meaning of MEETING) want(meaning, how.encounterUid);
  for (const [key, value] of Object.entries(how.prefill ?? {})) want(key, value);
  for (let left = wanted.size + 1, before = -1; left > 0 && wanted.size !== before; left -= 1) {
    before = wanted.size;
    for (const [part, value] of wanted) if (answered(part, value)) wanted.delete(part);
  }
}

// Whether the question took the answer.
function answered(part: Part, value: string): boolean {
  if (part.kind !== "question" || part.isReadOnly || !part.isRelevant) return false;
  if (part.control === "select") {
    const values = part.takesSeveral ? value.split(" ") : [value];
    const offered = new Set(part.choices.map((one) => one.value));
    if (!values.every((one) => offered.has(one))) return false;
    part.choose(values);
  } else {
    part.set(value);
  }
  return true;
}

function* questions(part: Part): Generator<Part> {
  if (part.kind === "question") yield part;
  for (const child of part.children) yield* questions(child);
}
function bare(path: string): string {
  return path.replace(/\[\d+\]/g, "");
}
