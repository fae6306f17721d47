// One page about a visit, to show, print or share before leaving: what was done, what is lacking, what was agreed.
import { h } from "../../form/dom";
import { count, say } from "../../form/words";
import type { App } from "../app";
import { dayWords } from "../day";
import { button, empty, link, tell } from "../parts";
import type { Told } from "../telling";
import { kindWords, type Visit, visitOf } from "../visiting";
import type { Screen } from ".";

export const summary: Screen = async (app, frame) => {
  const visit = await visitOf(app.core!, app.route.rest[0] ?? "");
  return () => {
    frame.title(say("summary"), visit ? `visit/${visit.uid}` : "visits");
    if (!visit?.told) return h("div", { class: "screen" }, empty(say("summary_none")), link(say("back"), visit ? `#/visit/${visit.uid}` : "#/visits"));
    const share = async (): Promise<void> => {
      const text = asText(app, visit, visit.told!);
      if (navigator.share) return navigator.share({ title: visit.placeName, text }).catch(() => undefined);
      await navigator.clipboard.writeText(text);
      tell(say("copied"));
    };
    return h("div", { class: "screen" },
      paper(app, visit, visit.told),
      h("div", { class: "keys no-print" }, button(say("share"), share, { kind: "main", icon: "share" }), button(say("print"), () => print())));
  };
};

function parts(app: App, visit: Visit, told: Told): { title: string; lines: string[] }[] {
  const day = (on: string): string => (on ? dayWords(on, app.language) : "");
  return [
    { title: say("sum_topics"), lines: told.topics },
    { title: say("sum_people"), lines: told.people },
    ...told.lacking.map((one) => ({ title: say(`sum_${one.what.replace(".", "_")}`), lines: one.items })),
    { title: say("sum_actions"), lines: told.actions.map((one) => [one.what, one.who, one.due ? say("by_day", { day: day(one.due) }) : ""].filter(Boolean).join(" · ")) },
    { title: say("sum_next"), lines: told.next ? [day(told.next)] : [] },
  ].filter((one) => one.lines.length);
}
function headline(app: App, visit: Visit, told: Told): string {
  return [kindWords(app, visit.kind), dayWords(told.day || visit.day, app.language), told.minutes ? count("minutes", Number(told.minutes)) : ""].filter(Boolean).join(" · ");
}

function paper(app: App, visit: Visit, told: Told): HTMLElement {
  return h("article", { class: "paper" },
    h("h2", {}, visit.placeName),
    h("p", { class: "paper-head" }, headline(app, visit, told)),
    ...parts(app, visit, told).map((one) => h("section", {}, h("h3", {}, one.title), h("ul", {}, ...one.lines.map((line) => h("li", {}, line))))),
    h("p", { class: "paper-foot" }, say("sum_foot", { name: app.core!.person.name })));
}

function asText(app: App, visit: Visit, told: Told): string {
  const lines = parts(app, visit, told).flatMap((one) => ["", `${one.title}:`, ...one.lines.map((line) => `- ${line}`)]);
  return [visit.placeName, headline(app, visit, told), ...lines, "", say("sum_foot", { name: app.core!.person.name })].join("\n");
}
