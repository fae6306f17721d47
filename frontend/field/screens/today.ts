// Who needs me, why, how far; what is planned; what I began and did not finish. All of it without a line.
import { createMemo, createSignal } from "solid-js";
import { h } from "../../form/dom";
import { count, say } from "../../form/words";
import type { App } from "../app";
import type { RecordHere } from "../core";
import { ago, type ActionHere, type Day, dayWords, type FacilityHere, kilometres, type MenteeHere, momentWords, sayWhy, todayHere, type Why, whyOf, worded } from "../day";
import { badge, button, card, empty, link, section } from "../parts";
import { isOwn, startVisit, visitsOf, withMine } from "../visiting";
import type { Screen } from ".";

interface Needing {
  facility: FacilityHere | null;
  people: { mentee: MenteeHere; why: Why[] }[];
  weight: number;
}

export const today: Screen = async (app, frame) => {
  const [records, visits] = await Promise.all([app.core!.records(), visitsOf(app.core!)]);
  const pulled = await app.core!.day();
  return () => {
    frame.title(say("tab_today"));
    if (!app.day) return h("div", { class: "screen" }, empty(say("day_none")), button(say("fetch_now"), () => app.core!.sendNow(), { kind: "main" }));
    const day = withMine(app.day, visits, records);
    const here = position();
    const made = h("div", { class: "screen" }, hello(app, day, pulled?.at ?? 0));
    const begun = records.filter((one) => one.state === "draft" && !isOwn(app, one.form));
    const where = (record: string): string => visits.find((one) => one.main === record || record in one.about)?.placeName ?? "";
    if (begun.length) made.append(section(say("begun"), ...begun.slice(0, 4).map((one) => unfinished(app, one, where(one.id)))));
    if (day.plans.length) made.append(section(say("planned"), planned(app, day)));
    made.append(needing(app, day, here));
    return made;
  };
};

function hello(app: App, day: Day, at: number): HTMLElement {
  const now = new Date().toLocaleDateString(app.language === "en" ? "en-GB" : app.language, { weekday: "long", day: "numeric", month: "long" });
  return h("div", { class: "hello" },
    h("p", { class: "hello-day" }, now),
    h("p", { class: "hello-from" }, say("day_from", { when: momentWords(at, app.language) })),
    day.programme.made_up ? h("p", { class: "made-up" }, say("made_up")) : null);
}

function unfinished(app: App, record: RecordHere, where: string): HTMLElement {
  const name = where || record.name || record.title;
  const facts = [name === record.title ? "" : record.title, momentWords(record.changedAt, app.language)].filter(Boolean).join(" · ");
  return h("a", { class: "row row-draft", href: `#/fill/${encodeURIComponent(record.id)}` },
    h("span", { class: "row-main" }, h("b", {}, name), h("span", { class: "row-sub" }, facts)),
    badge(say("continue"), "wait"));
}

function planned(app: App, day: Day): HTMLElement {
  const now = todayHere();
  const rows = day.plans.slice(0, 5).map((plan) => {
    const where = day.facilities.find((one) => one.uid === plan.place)?.name ?? "";
    const words = worded(day.programme.kinds[plan.kind], app.language, plan.kind);
    return h("li", {},
      h("div", { class: "row" },
        h("span", { class: "row-main" }, h("b", {}, where), h("span", { class: "row-sub" }, `${words} · ${dayWords(plan.on, app.language)}, ${ago(plan.on, now)}`)),
        button(say("begin"), () => startVisit(app, { kind: plan.kind, place: plan.place, plan: plan.uid }), { kind: plan.on <= now ? "main" : "quiet", label: `${say("begin")}: ${where}` })));
  });
  return h("ul", { class: "rows" }, ...rows);
}

function needing(app: App, day: Day, here: Here): HTMLElement {
  const now = todayHere();
  const groups = grouped(day, now);
  const sorted = createMemo(() => {
    const at = here.at();
    if (!at || !here.byDistance()) return groups;
    return [...groups].sort((a, b) => far(a.facility, at) - far(b.facility, at));
  });
  const box = h("div", { class: "cards" });
  const made = section(say("who_needs_me"), here.switch_, box);
  const cards = createMemo(() => sorted().map((one) => facilityCard(app, day, one, here.at(), now)));
  // A few dozen cards at most: drawn anew when the position comes.
  createMemo(() => box.replaceChildren(...(cards().length ? cards() : [empty(say("no_mentees"))])));
  return made;
}

function grouped(day: Day, now: string): Needing[] {
  const found = new Map<string, Needing>();
  for (const mentee of day.mentees) {
    const key = mentee.place ?? "";
    const group = found.get(key) ?? { facility: day.facilities.find((one) => one.uid === key) ?? null, people: [], weight: 0 };
    const why = whyOf(mentee, day, now);
    group.people.push({ mentee, why });
    group.weight += why.reduce((sum, one) => sum + one.weight, 0);
    found.set(key, group);
  }
  const groups = [...found.values()];
  for (const group of groups) group.people.sort((a, b) => sum(b.why) - sum(a.why) || a.mentee.name.localeCompare(b.mentee.name));
  return groups.sort((a, b) => b.weight - a.weight || (a.facility?.name ?? "").localeCompare(b.facility?.name ?? ""));
}
function sum(why: Why[]): number {
  return why.reduce((total, one) => total + one.weight, 0);
}

function facilityCard(app: App, day: Day, group: Needing, at: [number, number] | null, now: string): HTMLElement {
  const { facility } = group;
  const distance = at && facility?.at ? say("km_away", { n: kilometres(at, facility.at).toLocaleString(app.language, { maximumFractionDigits: 0 }) }) : "";
  const last = facility ? (facility.last ? say("last_visit", { when: ago(facility.last, now) }) : say("never_visited")) : "";
  const facts = [facility?.district, distance, last].filter(Boolean).join(" · ");
  const due = day.actions.filter((one) => one.place === facility?.uid || group.people.some((person) => person.mentee.uid === one.owner));
  const title = facility?.name ?? say("no_facility");
  return card(
    h("div", { class: "card-head" },
      h("div", {}, h("h3", {}, title), h("p", { class: "card-facts" }, facts)),
      facility ? button(say("visit"), () => startVisit(app, { kind: "", place: facility.uid, plan: "" }), { kind: group.weight ? "main" : "quiet", label: `${say("visit")}: ${title}` }) : null),
    h("ul", { class: "people" }, ...group.people.map(({ mentee, why }) => person(app, day, mentee, why))),
    due.length ? agreed(day, due, now, app.language) : null,
  );
}

function person(app: App, day: Day, mentee: MenteeHere, why: Why[]): HTMLElement {
  const cadre = worded(day.programme.cadres[mentee.cadre], app.language, mentee.cadre);
  return h("li", { class: "person" },
    h("span", { class: "person-name" }, mentee.name, cadre ? h("small", {}, cadre) : null),
    h("span", { class: "badges" }, ...(why.length ? why.map((one) => badge(sayWhy(one), one.tone)) : [badge(say("met_lately", { when: ago(mentee.met!, todayHere()) }), "good")])));
}

function agreed(day: Day, actions: ActionHere[], now: string, language: string): HTMLElement {
  const rows = actions.map((one) => {
    const who = day.mentees.find((mentee) => mentee.uid === one.owner)?.name ?? "";
    const due = one.due ? `${dayWords(one.due, language)}${one.due < now ? `, ${say("overdue")}` : ""}` : say("no_day");
    return h("li", { class: one.due && one.due < now ? "is-late" : "" }, h("span", {}, one.text), h("small", {}, [who, due].filter(Boolean).join(" · ")));
  });
  return h("details", { class: "more" }, h("summary", {}, count("open_actions", actions.length)), h("ul", { class: "agreed" }, ...rows));
}

interface Here {
  at: () => [number, number] | null;
  byDistance: () => boolean;
  switch_: HTMLElement | null;
}

// Asked only when somebody wants distances; kept while the app is open.
const [at, setAt] = createSignal<[number, number] | null>(null);

function position(): Here {
  const [byDistance, setByDistance] = createSignal(false);
  const find = async (): Promise<void> => {
    const found = await new Promise<GeolocationPosition | null>((then) => navigator.geolocation.getCurrentPosition(then, () => then(null), { timeout: 20_000, maximumAge: 600_000 }));
    if (found) setAt([found.coords.latitude, found.coords.longitude]);
  };
  const sort = async (): Promise<void> => {
    if (!at()) await find();
    setByDistance(Boolean(at()) && !byDistance());
  };
  const key = button(() => (byDistance() ? say("by_need") : say("by_distance")), sort, { kind: "quiet", id: "by-distance" });
  return { at, byDistance, switch_: navigator.geolocation ? h("div", { class: "sort" }, key) : null };
}
function far(facility: FacilityHere | null, from: [number, number]): number {
  return facility?.at ? kilometres(from, facility.at) : Number.POSITIVE_INFINITY;
}
