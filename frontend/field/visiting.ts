// A visit on the phone: one meeting that several forms and people speak of. Its uid is minted with the first form
// (or comes from the plan) and goes into every other. Kept among the person's own settings, so encrypted with them.
import { say } from "../form/words";
import type { App } from "./app";
import type { Core, OpenDraft, RecordHere } from "./core";
import { type Day, type FormKind, todayHere, worded } from "./day";
import { Said } from "./parts";
import { type Told, toldBy } from "./telling";

export interface Visit {
  uid: string;
  kind: string;
  place: string;
  placeName: string;
  plan: string; // uid of the plan it came from, or ""
  day: string;
  main: string; // id of the record of its first form
  mainForm: string;
  about: Record<string, string>; // record → the person it is about
  people: string[]; // whom the mentor added beyond those of the facility
  told: Told | null; // what the first form says, for the summary
}
const NAME = "visits";
const MOST = 240; // two months of four visits a day

export async function visitsOf(core: Core): Promise<Visit[]> {
  return JSON.parse((await core.setting(NAME)) ?? "[]") as Visit[];
}
export async function visitOf(core: Core, uid: string): Promise<Visit | null> {
  return (await visitsOf(core)).find((one) => one.uid === uid) ?? null;
}
export async function visitWith(core: Core, record: string): Promise<Visit | null> {
  return (await visitsOf(core)).find((one) => one.main === record || record in one.about) ?? null;
}

// One change after the other, so that two quick ones do not overwrite each other.
let last: Promise<unknown> = Promise.resolve();
export function changeVisit(core: Core, main: string, change: (visit: Visit) => void): Promise<void> {
  const next = last.then(async () => {
    const all = await visitsOf(core);
    const found = all.find((one) => one.main === main);
    if (!found) return;
    change(found);
    await core.setSetting(NAME, JSON.stringify(all));
  });
  last = next.catch(() => undefined);
  return next;
}

// The forms of a kind of meeting, in the order in which the programme names them.
export function formsOf(app: App, kind: string): FormKind[] {
  const all = (app.day?.forms ?? []).filter((one) => kind in one.kinds && one.here);
  return all.sort((a, b) => a.kinds[kind] - b.kinds[kind]);
}
export function kindsHere(app: App): string[] {
  const codes = Object.keys(app.day?.programme.kinds ?? {}).filter((code) => formsOf(app, code).length);
  return codes.sort((a, b) => rank(app, a) - rank(app, b));
}
function rank(app: App, kind: string): number {
  return formsOf(app, kind)[0]?.purpose === "visit" ? 0 : 1;
}
export function kindWords(app: App, kind: string): string {
  return worded(app.day?.programme.kinds[kind], app.language, kind);
}
export function formWords(app: App, form: FormKind): string {
  return worded(form.title, app.language, form.id);
}
export function isOwn(app: App, form: string): boolean {
  return Boolean(app.day?.forms.find((one) => one.id === form)?.own);
}

export async function startVisit(app: App, how: { kind: string; place: string; plan: string }): Promise<void> {
  const core = app.core!;
  const kind = how.kind || kindsHere(app)[0];
  const [form] = kind ? formsOf(app, kind) : [];
  if (!form) throw new Said(say("no_visit_form"));
  const begun = (await visitsOf(core)).find((one) => one.kind === kind && (how.plan ? one.plan === how.plan : one.place === how.place && one.day === todayHere()));
  if (begun) return app.go("visit", begun.uid);
  if (app.isTight) throw new Said(say("tight"));
  const draft = await core.startDraft(form.id, { encounterUid: how.plan || undefined, prefill: { "encounter.place": how.place }, language: app.language });
  const visit: Visit = {
    uid: draft.encounterUid(),
    kind,
    place: how.place,
    placeName: app.day?.facilities.find((one) => one.uid === how.place)?.name ?? (await core.rows("facilities")).find((one) => one.name === how.place)?.label ?? "",
    plan: how.plan,
    day: todayHere(),
    main: draft.id,
    mainForm: form.id,
    about: {},
    people: [],
    told: null,
  };
  await core.setSetting(NAME, JSON.stringify([visit, ...(await visitsOf(core))].slice(0, MOST)));
  await draft.close();
  app.go("visit", visit.uid);
}

// Another form about the same meeting; about a person, when one is named.
export async function startStep(app: App, visit: Visit, form: string, person = ""): Promise<OpenDraft> {
  const core = app.core!;
  const prefill: Record<string, string> = { "encounter.place": visit.place, "person.place": visit.place, "practice.place": visit.place, "encounter.type": visit.kind };
  if (person) Object.assign(prefill, { "rating.person": person, participant: person, respondent: person, "practice.person": person });
  const draft = await core.startDraft(form, { encounterUid: visit.uid, prefill, language: app.language });
  visit.about[draft.id] = person;
  await changeVisit(core, visit.main, (one) => (one.about[draft.id] = person));
  return draft;
}

// What of a form the visit has answered already; shown, not asked.
export function isGiven(draft: OpenDraft, visit: Visit | null): (path: string, value: string) => boolean {
  if (!visit) return () => false;
  const given = new Set([visit.uid, visit.place, visit.about[draft.id] ?? ""].filter(Boolean));
  const chosen = new Set(draft.id === visit.main ? (draft.meanings["encounter.planned"] ?? []) : []);
  return (path, value) => given.has(value) || chosen.has(path.replace(/\[\d+\]/g, ""));
}

// After a form of the visit was closed or finished: remember what it says.
export async function heard(app: App, draft: OpenDraft, visit: Visit | null): Promise<void> {
  if (!visit || draft.id !== visit.main || !app.core) return;
  const told = toldBy(draft);
  await changeVisit(app.core, visit.main, (one) => (one.told = told));
}

export function stepsOf(visit: Visit, records: RecordHere[]): RecordHere[] {
  return records.filter((one) => one.id === visit.main || one.id in visit.about);
}

// The day as it is with what was finished on this phone since the server told of it: whoever was visited this
// morning needs nobody this afternoon, signal or not.
export function withMine(day: Day, visits: Visit[], records: RecordHere[]): Day {
  const done = new Set(records.filter((one) => one.state !== "draft").map((one) => one.id));
  const held = visits.filter((one) => done.has(one.main) && one.told?.met?.length);
  const latest = (among: Visit[], known: string | null): string | null => [known ?? "", ...among.map((one) => one.told!.day || one.day)].sort().pop() || null;
  return {
    ...day,
    mentees: day.mentees.map((one) => ({ ...one, met: latest(held.filter((visit) => visit.told!.met!.includes(one.uid)), one.met) })),
    facilities: day.facilities.map((one) => ({ ...one, last: latest(held.filter((visit) => visit.place === one.uid), one.last) })),
  };
}
