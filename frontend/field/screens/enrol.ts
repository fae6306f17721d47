// The first minute: the code from the coordinator, and a PIN that only the owner knows.
import { createSignal } from "solid-js";
import { h } from "../../form/dom";
import { say } from "../../form/words";
import type { App } from "../app";
import { goneFrom } from "../held";
import { link, pinField, ask, field, button, Said } from "../parts";
import { canScan, scan } from "../scanning";
import { emptied } from "./emptied";
import type { Screen } from ".";

export const enrol: Screen = async (app, frame) => {
  const others = await app.device.people();
  const given = codeInAddress();
  return () => {
    frame.title(say(others.length ? "enrol_another" : "welcome"), others.length ? "" : undefined);
    const code = codePart(given);
    const first = pinField(say("pin_new"), { hint: say("pin_hint"), fresh: true });
    const again = pinField(say("pin_again"), { fresh: true });
    const form = ask([code.whole, first.whole, again.whole], say("enrol_go"), async () => {
      if (!code.read()) throw new Said(say("code_missing"));
      if (first.input.value !== again.input.value) throw new Said(say("pin_differ"));
      const core = await app.device.enrol(code.read(), first.input.value);
      void app.device.persist();
      await app.enter(core);
      app.go("today");
      app.again();
    });
    return h("div", { class: "door" }, languages(app), emptied(app, others), h("p", { class: "lead" }, say(goneFrom(others).length ? "gone_lead" : "welcome_lead")), form, others.length ? link(say("back_to_people"), "#/unlock") : null);
  };
};

// A link from the office brings its token behind the #, which no server ever sees. It leaves the address at once.
export function codeInAddress(): string {
  const token = /^#\/?enrol=([\w-]+)/.exec(location.hash)?.[1];
  if (token) {
    remembered = `${location.origin}/phone/key/${token}`;
    history.replaceState(null, "", "#/enrol");
  }
  return remembered;
}
let remembered = "";

export function codePart(given: string): { whole: HTMLElement; read: () => string } {
  const [code, setCode] = createSignal(given);
  const [isTyped, setTyped] = createSignal(!given);
  const typed: HTMLTextAreaElement = h("textarea", { class: "input", rows: 3, autocapitalize: "off", spellcheck: "false", oninput: () => setCode(typed.value.trim()) });
  const video = h("div", { class: "scan-place" });
  const scanned = async (): Promise<void> => {
    const found = await scan(video);
    if (!found) return;
    setCode(found);
    setTyped(false);
  };
  const there = h("p", { class: "code-there", hidden: () => isTyped() }, say("code_there"));
  const typing = h("div", { hidden: () => !isTyped() },
    canScan() ? button(say("code_scan"), scanned, { kind: "quiet" }) : null,
    video,
    field(say("code_type"), typed, say("code_hint")));
  return { whole: h("div", { class: "code-part" }, there, typing), read: code };
}

export function languages(app: App): HTMLElement {
  const made = h("div", { class: "seg", role: "group", "aria-label": say("set_language") });
  for (const one of app.config.languages) {
    made.append(h("button", { type: "button", lang: one.code, "aria-pressed": () => (app.language === one.code ? "true" : "false"), onclick: () => void app.speak(one.code) }, one.name));
  }
  return made;
}
