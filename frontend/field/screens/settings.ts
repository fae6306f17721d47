// Language, size of the words, room on the phone, the PIN, a new code, and signing out without losing anything.
import { createSignal } from "solid-js";
import { h } from "../../form/dom";
import { count, say } from "../../form/words";
import type { App } from "../app";
import type { Storage } from "../core";
import { momentWords, sizeWords } from "../day";
import { ask, button, pinField, Said, section, tell } from "../parts";
import { applySize, SIZES } from "../reading";
import { codePart, languages } from "./enrol";
import type { Screen } from ".";

export const settings: Screen = async (app, frame) => {
  const core = app.core!;
  const storage = await app.device.storage();
  const size = (await core.setting("size")) ?? SIZES[0];
  return () => {
    frame.title(say("tab_settings"), "today");
    const wantsCode = app.route.rest[0] === "code" || Boolean(app.sync?.needsCode);
    return h("div", { class: "screen" },
      section(say("set_language"), languages(app)),
      section(say("set_size"), sizes(app, size)),
      section(say("set_device"), device(app, storage)),
      section(say("set_pin"), h("details", { class: "more" }, h("summary", {}, say("set_pin_change")), changePin(app))),
      section(say("set_code"), h("details", { class: "more", open: wantsCode }, h("summary", {}, say("set_code_new")), newCode(app))),
      section(say("set_out"), out(app)),
      h("p", { class: "version" }, say("set_version", { version: app.config.version })));
  };
};

function sizes(app: App, now: string): HTMLElement {
  const [chosen, setChosen] = createSignal(now);
  const pick = (size: string): void => {
    setChosen(size);
    applySize(size);
    void app.core?.setSetting("size", size);
  };
  return h("div", { class: "seg", role: "group", "aria-label": say("set_size") },
    ...SIZES.map((size) => h("button", { type: "button", "aria-pressed": () => (chosen() === size ? "true" : "false"), onclick: () => pick(size) }, say(`size_${size}`))));
}

function device(app: App, storage: Storage): HTMLElement {
  const fact = (name: string, value: string): HTMLElement => h("div", {}, h("dt", {}, name), h("dd", {}, value));
  const keep = async (): Promise<void> => {
    tell(say((await app.device.persist()) ? "kept_yes" : "kept_no"), "note");
    app.again();
  };
  return h("div", { class: "card" },
    h("dl", { class: "facts" },
      fact(say("set_person"), app.core!.person.name),
      fact(say("set_programme"), app.core!.person.programme),
      fact(say("set_phone"), app.core!.deviceId.replace(/^field:/, "").slice(0, 13)),
      fact(say("set_used"), sizeWords(storage.usedBytes, app.language)),
      fact(say("set_free"), sizeWords(storage.freeBytes, app.language)),
      fact(say("set_kept"), say(storage.isKept ? "set_kept_yes" : "set_kept_no")),
      fact(say("set_last"), app.sync?.lastAt ? momentWords(app.sync.lastAt, app.language) : say("never"))),
    storage.isKept ? null : button(say("set_keep"), keep));
}

function changePin(app: App): HTMLElement {
  const [old, fresh, again] = [pinField(say("pin_old")), pinField(say("pin_new"), { hint: say("pin_hint"), fresh: true }), pinField(say("pin_again"), { fresh: true })];
  return ask([old.whole, fresh.whole, again.whole], say("set_pin_change"), async () => {
    if (fresh.input.value !== again.input.value) throw new Said(say("pin_differ"));
    await app.core!.changePin(old.input.value, fresh.input.value);
    for (const one of [old, fresh, again]) one.input.value = "";
    tell(say("pin_changed"));
  });
}

// The same person, a new code: what is on the phone stays and can be sent again.
function newCode(app: App): HTMLElement {
  const code = codePart("");
  const pin = pinField(say("pin"));
  return ask([h("p", {}, say("set_code_why")), code.whole, pin.whole], say("set_code_go"), async () => {
    if (!code.read()) throw new Said(say("code_missing"));
    await app.enter(await app.device.enrol(code.read(), pin.input.value));
    tell(say("set_code_done"));
    app.go("today");
  });
}

function out(app: App): HTMLElement {
  const left = app.sync?.unsent ?? 0;
  const drafts = app.sync?.drafts ?? 0;
  const go = async (): Promise<void> => {
    if (left + drafts && !confirm(say("set_out_sure"))) return;
    await app.core!.signOut();
  };
  return h("div", { class: "card" },
    h("p", {}, left ? count("set_out_left", left) : say("set_out_none")), h("p", {}, say("set_out_why")), button(say("set_out_go"), go, { id: "sign-out" }));
}
