// The phone in a mentee's hands: one form, nothing else. Afterwards the app is locked, so that the phone goes back
// without a look at what was answered, and without a look at anything of the mentor's.
import { createSignal } from "solid-js";
import { h } from "../../form/dom";
import { say } from "../../form/words";
import type { App } from "../app";
import type { OpenDraft } from "../core";
import { button, empty, link } from "../parts";
import { startStep, stepsOf, type Visit, visitOf } from "../visiting";
import { filling } from "./fill";
import type { Screen } from ".";

interface Handing {
  visit: Visit;
  form: string;
  person: string;
  name: string;
}

export const hand: Screen = async (app, frame) => {
  const [uid, form, person] = app.route.rest;
  const visit = await visitOf(app.core!, uid ?? "");
  const name = (await app.core!.rows("mentees")).find((one) => one.name === person)?.label ?? "";
  if (!visit || !name) {
    return () => {
      frame.title(say("own_view"), "visits");
      return h("div", { class: "screen" }, empty(say("no_such_visit")));
    };
  }
  return () => {
    frame.title(say("own_view"), `visit/${visit.uid}`);
    return before(app, frame.title, { visit, form, person, name });
  };
};

function before(app: App, title: (words: string) => void, to: Handing): HTMLElement {
  const holder = h("div", { class: "screen hand" });
  const owner = app.core!.person.name;
  const [draft, setDraft] = createSignal<OpenDraft | null>(null);
  const begin = async (): Promise<void> => {
    const open = await opened(app, to);
    app.hand(to.name);
    setDraft(open);
    title(to.name);
    holder.replaceChildren(
      filling(app, open, to.visit, () => over(app, to.visit, owner)),
      button(say("hand_stop"), async () => {
        if (!confirm(say("hand_stop_sure"))) return;
        await draft()?.discard();
        await over(app, to.visit, owner);
      }));
  };
  holder.append(
    h("p", { class: "lead" }, say("hand_to", { name: to.name })),
    h("div", { class: "card" }, h("p", {}, say("hand_promise", { name: to.name, mentor: owner })), button(say("hand_begin", { name: to.name }), begin, { kind: "main" })),
    link(say("back"), `#/visit/${to.visit.uid}`));
  return holder;
}

// A record that was begun and left is taken up where it was.
async function opened(app: App, to: Handing): Promise<OpenDraft> {
  const core = app.core!;
  const known = stepsOf(to.visit, await core.records()).find((one) => one.form === to.form && to.visit.about[one.id] === to.person && one.state === "draft");
  return known ? core.openDraft(known.id) : startStep(app, to.visit, to.form, to.person);
}

async function over(app: App, visit: Visit, owner: string): Promise<void> {
  sessionStorage.setItem("mlezi-thanks", owner);
  await app.core?.signOut();
  app.go("visit", visit.uid); // where its owner goes on after unlocking
}
