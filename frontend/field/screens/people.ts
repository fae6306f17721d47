// My mentees by facility, those made on this phone among them, and a new one on the spot.
import { createSignal } from "solid-js";
import { follow, h } from "../../form/dom";
import { say } from "../../form/words";
import type { App } from "../app";
import type { Row } from "../core";
import { ago, type Day, todayHere, worded } from "../day";
import { badge, empty, link } from "../parts";
import { visitsOf, withMine } from "../visiting";
import type { Screen } from ".";

export const people: Screen = async (app, frame) => {
  const core = app.core!;
  const [rows, visits, records] = await Promise.all([core.rows("mentees"), visitsOf(core), core.records()]);
  const registration = app.day?.forms.find((one) => one.purpose === "registration" && one.here);
  return () => {
    frame.title(say("tab_people"));
    const day = app.day && withMine(app.day, visits, records);
    const [wanted, setWanted] = createSignal("");
    const search: HTMLInputElement = h("input", { type: "search", class: "input", id: "people-find", autocomplete: "off", oninput: () => setWanted(search.value.toLowerCase()) });
    const groups = h("div", {});
    const found = (): [string, Row[]][] => grouped(rows.filter((one) => `${one.label} ${one.facility_label ?? ""}`.toLowerCase().includes(wanted())));
    follow(groups, found, ([place, who]) => `${place}:${who.map((one) => one.name).join()}`, ([place, who]) =>
      h("section", { class: "part" }, h("h2", {}, place || say("no_facility")), h("ul", { class: "rows" }, ...who.map((one) => person(app, day, one)))));
    return h("div", { class: "screen" },
      registration ? link(say("person_new"), `#/form/${encodeURIComponent(registration.id)}`, { class: "key key-main", icon: "plus" }) : null,
      rows.length > 6 ? h("div", { class: "field" }, h("label", { for: "people-find" }, say("search")), search) : null,
      rows.length ? groups : empty(say("no_mentees")));
  };
};

function grouped(rows: Row[]): [string, Row[]][] {
  const found = new Map<string, Row[]>();
  for (const one of rows) found.set(one.facility_label ?? "", [...(found.get(one.facility_label ?? "") ?? []), one]);
  return [...found].sort(([a], [b]) => a.localeCompare(b));
}

function person(app: App, day: Day | null, row: Row): HTMLElement {
  const known = day?.mentees.find((one) => one.uid === row.name);
  const cadre = worded(app.day?.programme.cadres[row.cadre ?? ""], app.language, row.cadre ?? "");
  const met = known ? (known.met ? say("met_lately", { when: ago(known.met, todayHere()) }) : say("why_never")) : "";
  return h("li", { class: "row row-plain" },
    h("span", { class: "row-main" }, h("b", {}, row.label), h("span", { class: "row-sub" }, [cadre, met].filter(Boolean).join(" · "))),
    known ? null : badge(say("made_here"), "note"));
}
