// Visits under way and held lately; begin one; every other form.
import { createSignal } from "solid-js";
import { follow, h } from "../../form/dom";
import { count, say } from "../../form/words";
import type { App } from "../app";
import type { RecordHere, Row } from "../core";
import { ago, dayWords, type FormKind, type MeetingHere, todayHere } from "../day";
import { badge, button, empty, section } from "../parts";
import { formsOf, formWords, kindsHere, kindWords, startVisit, stepsOf, type Visit, visitsOf } from "../visiting";
import type { Screen } from ".";

const RECENT = 12;

export const visits: Screen = async (app, frame) => {
  const core = app.core!;
  const [mine, records, places] = await Promise.all([visitsOf(core), core.records(), core.rows("facilities")]);
  return () => {
    frame.title(say("tab_visits"));
    const made = h("div", { class: "screen" }, section(say("visit_new"), beginning(app, places)));
    if (mine.length) made.append(section(say("visits_here"), h("ul", { class: "rows" }, ...mine.slice(0, RECENT).map((one) => line(app, one, stepsOf(one, records))))));
    made.append(section(say("other_forms"), others(app)));
    const known = new Set(mine.map((one) => one.uid));
    const before = (app.day?.meetings ?? []).filter((one) => !known.has(one.uid));
    if (before.length) made.append(section(say("visits_before"), h("ul", { class: "rows" }, ...before.map((one) => held(app, one)))));
    return made;
  };
};

// The kind of meeting, then the facility.
function beginning(app: App, places: Row[]): HTMLElement {
  const kinds = kindsHere(app).filter((kind) => formsOf(app, kind)[0].purpose !== "training");
  if (!kinds.length) return empty(say("no_visit_form"));
  const [kind, setKind] = createSignal(kinds[0]);
  const [wanted, setWanted] = createSignal("");
  const found = (): Row[] => places.filter((one) => one.label.toLowerCase().includes(wanted().toLowerCase())).slice(0, 8);
  const chooser: HTMLSelectElement = h("select", { class: "input", id: "visit-kind", onchange: () => setKind(chooser.value) }, ...kinds.map((one) => h("option", { value: one }, kindWords(app, one))));
  const search: HTMLInputElement = h("input", { type: "search", class: "input", id: "visit-where", autocomplete: "off", oninput: () => setWanted(search.value) });
  const rows = h("ul", { class: "rows" });
  follow(rows, found, (one) => one.name, (one) =>
    h("li", {}, button(h("span", { class: "row-main" }, h("b", {}, one.label), h("span", { class: "row-sub" }, one.district)), () => startVisit(app, { kind: kind(), place: one.name, plan: "" }), { icon: "plus", label: `${say("begin")}: ${one.label}` })));
  return h("div", { class: "card" },
    kinds.length > 1 ? h("div", { class: "field" }, h("label", { for: "visit-kind" }, say("visit_kind")), chooser) : null,
    h("div", { class: "field" }, h("label", { for: "visit-where" }, say("visit_where")), search), rows);
}

function line(app: App, visit: Visit, steps: RecordHere[]): HTMLElement {
  const open = steps.filter((one) => one.state === "draft").length;
  const unsent = steps.filter((one) => ["finalised", "sending", "parked"].includes(one.state)).length;
  const state = open ? badge(count("n_open", open), "wait") : unsent ? badge(count("n_waiting", unsent), "note") : badge(say("all_at_office"), "good");
  return h("li", {}, h("a", { class: "row", href: `#/visit/${visit.uid}` },
    h("span", { class: "row-main" }, h("b", {}, visit.placeName), h("span", { class: "row-sub" }, `${kindWords(app, visit.kind)} · ${dayWords(visit.told?.day || visit.day, app.language)}`)), state));
}

function held(app: App, meeting: MeetingHere): HTMLElement {
  const when = meeting.on ? `${dayWords(meeting.on, app.language)}, ${ago(meeting.on, todayHere())}` : say("no_day");
  const facts = [kindWords(app, meeting.kind), when, meeting.minutes ? count("minutes", meeting.minutes) : "", meeting.lost ? say("did_not_happen") : ""];
  return h("li", { class: "row row-plain" }, h("span", { class: "row-main" }, h("b", {}, meeting.place_name || say("no_facility")), h("span", { class: "row-sub" }, facts.filter(Boolean).join(" · "))));
}

function others(app: App): HTMLElement {
  const forms = (app.day?.forms ?? []).filter((one) => !one.own);
  const rows = forms.map((one) => h("li", {}, one.here ? opens(app, one) : h("div", { class: "row row-plain" }, h("span", { class: "row-main" }, h("b", {}, formWords(app, one)), h("span", { class: "row-sub" }, say("only_collect"))))));
  return rows.length ? h("ul", { class: "rows" }, ...rows) : empty(say("day_none"));
}
function opens(app: App, form: FormKind): HTMLElement {
  return h("a", { class: "row", href: `#/form/${encodeURIComponent(form.id)}` }, h("span", { class: "row-main" }, h("b", {}, formWords(app, form))), h("span", { class: "row-go", "aria-hidden": "true" }, "›"));
}
