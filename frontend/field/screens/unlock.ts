// Who holds the phone, and their PIN. Works without a line, and long after the office's code has run out.
import { createSignal } from "solid-js";
import { h } from "../../form/dom";
import { say } from "../../form/words";
import type { App } from "../app";
import type { PersonHere } from "../core";
import { ask, button, give, link, pinField, Said } from "../parts";
import { emptied } from "./emptied";
import { codePart, languages } from "./enrol";
import type { Screen } from ".";

const LAST = "mlezi-field-last";

export const unlock: Screen = async (app, frame) => {
  const people = await app.device.people();
  if (!people.length) {
    app.go("enrol");
    return () => h("div", {});
  }
  const last = localStorage.getItem(LAST);
  const [whoId, setWho] = createSignal((people.find((one) => one.id === last) ?? people[0]).id);
  const who = (): PersonHere => people.find((one) => one.id === whoId())!;
  return () => {
    frame.title(say("unlock"));
    const pin = pinField(say("pin"));
    const form = ask([pin.whole], say("unlock_go"), async () => {
      const core = await app.device.unlock(who().id, pin.input.value).finally(() => (pin.input.value = ""));
      localStorage.setItem(LAST, who().id);
      await app.enter(core);
      app.again();
    });
    queueMicrotask(() => pin.input.focus());
    return h("div", { class: "door" }, languages(app), emptied(app, people), thanks(), choose(people, whoId, setWho), form, forgotten(app, who), link(say("enrol_another"), "#/enrol"));
  };
};

// The phone comes back from a mentee's hands.
function thanks(): HTMLElement | null {
  const owner = sessionStorage.getItem("mlezi-thanks");
  sessionStorage.removeItem("mlezi-thanks");
  return owner ? h("div", { class: "card card-good", role: "status" }, h("p", { class: "big" }, say("thank_you")), h("p", {}, say("give_back", { name: owner }))) : null;
}

function choose(people: PersonHere[], chosen: () => string, choose_: (id: string) => void): HTMLElement {
  if (people.length === 1) return h("p", { class: "who" }, h("b", {}, people[0].name), h("span", {}, people[0].programme));
  const made = h("div", { class: "choices", role: "radiogroup", "aria-label": say("who_are_you") });
  for (const one of people) {
    const input = h("input", { type: "radio", name: "who", id: `who-${one.id}`, checked: () => chosen() === one.id, onchange: () => choose_(one.id) });
    made.append(h("label", { class: "choice", for: input.id }, input, h("span", {}, one.name, h("small", {}, one.programme))));
  }
  return made;
}

function forgotten(app: App, who: () => PersonHere): HTMLElement {
  const code = codePart("");
  const first = pinField(say("pin_new"), { hint: say("pin_hint"), fresh: true });
  const form = ask([code.whole, first.whole], say("recover_go"), async () => {
    if (!code.read()) throw new Said(say("code_missing"));
    await app.enter(await app.device.recover(who().id, code.read(), first.input.value));
    app.go("today");
    app.again();
  });
  const locked = button(say("export_locked"), async () => give(await app.device.exportLocked(who().id), say("app")));
  return h("details", { class: "more" }, h("summary", {}, say("pin_forgotten")), h("p", {}, say("pin_forgotten_why")), form, h("p", {}, say("export_locked_why")), locked);
}
