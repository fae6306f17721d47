// One visit: its first form, each mentee with a rating and their own view, what else belongs to it, and its summary.
import { h } from "../../form/dom";
import { say } from "../../form/words";
import type { App } from "../app";
import type { RecordHere, Row } from "../core";
import { dayWords, type FormKind, worded } from "../day";
import { badge, button, card, empty, link, section, type Tone } from "../parts";
import { changeVisit, formsOf, formWords, kindWords, startStep, stepsOf, type Visit, visitOf } from "../visiting";
import type { Screen } from ".";

export const visit: Screen = async (app, frame) => {
  const core = app.core!;
  const found = await visitOf(core, app.route.rest[0] ?? "");
  if (!found) {
    return () => {
      frame.title(say("tab_visits"), "visits");
      return h("div", { class: "screen" }, empty(say("no_such_visit")), link(say("back"), "#/visits"));
    };
  }
  const [records, mentees] = await Promise.all([core.records(), core.rows("mentees")]);
  const steps = stepsOf(found, records);
  const forms = formsOf(app, found.kind);
  const there = mentees.filter((one) => one.facility === found.place || found.people.includes(one.name));
  return () => {
    frame.title(found.placeName, "visits");
    const main = forms.find((one) => one.id === found.mainForm);
    const own = forms.filter((one) => one.person);
    return h("div", { class: "screen" },
      h("p", { class: "lead" }, `${kindWords(app, found.kind)} · ${dayWords(found.told?.day || found.day, app.language)}`),
      mainStep(app, found, main, steps.find((one) => one.id === found.main)),
      own.length ? section(say("visit_people"), people(app, found, there, own, steps), adding(app, found, mentees, there)) : null,
      more(app, found, steps),
      leaving(app, found, steps));
  };
};

function mainStep(app: App, visit: Visit, form: FormKind | undefined, record: RecordHere | undefined): HTMLElement {
  const title = form ? formWords(app, form) : (record?.title ?? visit.mainForm);
  const [words, tone] = stateOf(record);
  return card(h("div", { class: "card-head" },
    h("div", {}, h("h2", { class: "h3" }, title), badge(words, tone)),
    record?.state === "draft" ? link(say(visit.told ? "continue" : "fill_in"), `#/fill/${encodeURIComponent(record.id)}`, { class: "key key-main" }) : null));
}

function people(app: App, visit: Visit, there: Row[], forms: FormKind[], steps: RecordHere[]): HTMLElement {
  if (!there.length) return empty(say("nobody_there"));
  return h("div", { class: "cards" }, ...there.map((who) => {
    const cadre = worded(app.day?.programme.cadres[who.cadre], app.language, who.cadre ?? "");
    return card(h("h3", { class: "person-name" }, who.label, cadre ? h("small", {}, cadre) : null),
      h("div", { class: "keys" }, ...forms.map((form) => step(app, visit, who, form, steps.find((one) => one.form === form.id && visit.about[one.id] === who.name)))));
  }));
}

function step(app: App, visit: Visit, who: Row, form: FormKind, record: RecordHere | undefined): HTMLElement {
  const words = form.own ? say("own_view") : formWords(app, form);
  const label = `${words}: ${who.label}`;
  if (record && record.state !== "draft") return h("p", { class: "step-done" }, badge(stateOf(record)[0], stateOf(record)[1]), ` ${words}`);
  if (form.own) return link(h("span", {}, words, record ? badge(say("s_draft"), "wait") : null), `#/hand/${[visit.uid, form.id, who.name].map(encodeURIComponent).join("/")}`, { icon: "hand" });
  if (record) return link(h("span", {}, words, badge(say("s_draft"), "wait")), `#/fill/${encodeURIComponent(record.id)}`);
  return button(words, async () => {
    const draft = await startStep(app, visit, form.id, who.name);
    app.fill(draft);
  }, { label });
}

function adding(app: App, visit: Visit, mentees: Row[], there: Row[]): HTMLElement {
  const registration = app.day?.forms.find((one) => one.purpose === "registration" && one.here);
  const others = mentees.filter((one) => !there.includes(one));
  const chooser = h("select", { class: "input", id: "visit-more" }, h("option", { value: "" }, say("choose")), ...others.map((one) => h("option", { value: one.name }, `${one.label}${one.facility_label ? `, ${one.facility_label}` : ""}`)));
  chooser.addEventListener("change", () => {
    const name = chooser.value;
    if (name) void changeVisit(app.core!, visit.main, (one) => one.people.push(name)).then(() => app.again());
  });
  const fresh = async (): Promise<void> => {
    const draft = await startStep(app, visit, registration!.id);
    app.fill(draft);
  };
  return h("div", { class: "adding" },
    registration ? button(say("person_new"), fresh, { icon: "plus" }) : null,
    others.length ? h("div", { class: "field" }, h("label", { for: "visit-more" }, say("person_more")), chooser) : null);
}

// Practice and the like: forms that are not of this kind of meeting, but are often filled in beside it.
function more(app: App, visit: Visit, steps: RecordHere[]): HTMLElement | null {
  const forms = (app.day?.forms ?? []).filter((one) => one.here && (one.purpose === "practice" || (visit.kind in one.kinds && !one.person && one.id !== visit.mainForm)));
  if (!forms.length) return null;
  return section(say("visit_more"), h("div", { class: "keys" }, ...forms.map((form) => {
    const record = steps.find((one) => one.form === form.id && one.state === "draft");
    if (record) return link(h("span", {}, formWords(app, form), badge(say("s_draft"), "wait")), `#/fill/${encodeURIComponent(record.id)}`);
    const n = steps.filter((one) => one.form === form.id).length;
    return button(`${formWords(app, form)}${n ? ` (${n})` : ""}`, async () => {
      const draft = await startStep(app, visit, form.id);
      app.fill(draft);
    });
  })));
}

function leaving(app: App, visit: Visit, steps: RecordHere[]): HTMLElement {
  const open = steps.filter((one) => one.state === "draft");
  return section(say("before_leaving"),
    open.length ? h("p", {}, say("still_open", { what: open.map((one) => one.title).join(", ") })) : h("p", {}, say("all_done_here")),
    link(say("see_summary"), `#/summary/${visit.uid}`, { class: open.length ? "key key-quiet" : "key key-main", icon: "share" }));
}

export function stateOf(record: RecordHere | undefined): [string, Tone] {
  const tones: Record<RecordHere["state"], Tone> = { draft: "wait", finalised: "note", sending: "note", acknowledged: "good", parked: "late" };
  return record ? [say(`s_${record.state}`), tones[record.state]] : [say("s_gone"), ""];
}
