// Said at the door when somebody's records were on this phone and are not any more: what has gone, and what helps now.
import { h } from "../../form/dom";
import { count, say } from "../../form/words";
import type { App } from "../app";
import type { PersonHere } from "../core";
import { momentWords } from "../day";
import { goneFrom, type Held, takeNote } from "../held";
import { button } from "../parts";

export function emptied(app: App, people: PersonHere[]): HTMLElement | null {
  const gone = goneFrom(people);
  if (!gone.length) return null;
  const note = (): void => {
    takeNote(people);
    app.again();
  };
  return h("section", { class: "card card-late", role: "alert" },
    h("h2", { class: "h3" }, say("gone_title")),
    h("p", {}, say("gone_why")),
    ...gone.map((one) => h("p", {}, h("b", {}, one.name), ` · ${held(app, one)}`)),
    h("ul", { class: "steps" }, ...["gone_copy", "gone_tell", "gone_after"].map((name) => h("li", {}, say(name)))),
    button(say("gone_noted"), note));
}

function held(app: App, one: Held): string {
  const left = one.unsent ? count("gone_left", one.unsent) : say("gone_none");
  const drafts = one.drafts ? count("gone_drafts", one.drafts) : "";
  return [momentWords(one.at, app.language), left, drafts].filter(Boolean).join(" · ");
}
