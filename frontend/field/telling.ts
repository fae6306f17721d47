// What a visit's form says, in words, for the page that is shown or shared before leaving. Only what was done, what
// is lacking and what was agreed: notes and ratings stay with the pair.
import type { Part } from "../engine";
import type { OpenDraft } from "./core";

export interface Told {
  day: string;
  minutes: string;
  topics: string[];
  people: string[];
  met?: string[]; // the same by uid; a visit told of by an older app has none
  lacking: { what: string; items: string[] }[];
  actions: { what: string; who: string; due: string }[];
  next: string;
}

export function toldBy(draft: OpenDraft): Told {
  const parts = new Map<string, Part[]>();
  for (const part of asked(draft.session.whole)) {
    const path = part.path.replace(/\[\d+\]/g, "");
    parts.set(path, [...(parts.get(path) ?? []), part]);
  }
  const of = (meaning: string): Part[] => (draft.meanings[meaning] ?? []).flatMap((path) => parts.get(path) ?? []);
  const one = (meaning: string): string => of(meaning).map((part) => part.value).find(Boolean) ?? "";
  const words = (meaning: string): string[] => of(meaning).flatMap(labels);
  return {
    day: one("encounter.date").slice(0, 10),
    minutes: one("encounter.minutes"),
    topics: words("encounter.topics"),
    met: [...of("participant"), ...of("participants")].flatMap((part) => (part.control === "select" ? part.chosen : [])),
    people: [...new Set([...words("participant"), ...words("participants")])],
    lacking: ["needs.clinical", "needs.learning", "needs.staff", "needs.supplies"]
      .map((meaning) => ({ what: meaning, items: words(meaning) }))
      .filter((need) => need.items.length),
    actions: actions(of("action"), of("action.owner"), of("action.due")),
    next: one("encounter.next_date").slice(0, 10),
  };
}

// An action, its owner and its day stand in the same row of a repeat.
function actions(what: Part[], who: Part[], due: Part[]): Told["actions"] {
  const row = (part: Part): string => part.path.replace(/\/[^/]+$/, "");
  const beside = (part: Part, others: Part[]): Part | undefined => others.find((other) => row(other) === row(part)) ?? (what.length === 1 ? others[0] : undefined);
  return what.filter((part) => part.value).map((part) => {
    const [owner, day] = [beside(part, who), beside(part, due)];
    return { what: part.value, who: owner ? labels(owner).join(", ") : "", due: day?.value.slice(0, 10) ?? "" };
  });
}

export function labels(part: Part): string[] {
  if (!part.isRelevant) return [];
  if (part.control !== "select") return part.value ? [part.value] : [];
  return part.choices.filter((one) => part.chosen.includes(one.value)).map((one) => one.label);
}

function* asked(part: Part): Generator<Part> {
  if (!part.isRelevant) return;
  if (part.kind === "question" || part.kind === "hidden") yield part;
  for (const child of part.children) yield* asked(child);
}
