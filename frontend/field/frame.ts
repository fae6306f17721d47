// What stands around every screen: where one is, how things stand with the office, the way to the others.
import { createEffect, createSignal } from "solid-js";
import { h } from "../form/dom";
import { count, say } from "../form/words";
import type { App } from "./app";
import { type Icon, icon } from "./icons";
import { button } from "./parts";

const TABS: [string, Icon][] = [["today", "today"], ["visits", "visits"], ["people", "people"], ["unsent", "unsent"], ["guidance", "guidance"]];
const BELOW: Record<string, string> = { visit: "visits", summary: "visits", form: "visits" }; // screens within a tab

export interface Frame {
  whole: HTMLElement;
  main: HTMLElement;
  title: (words: string, back?: string) => void;
}

export function frame(app: App): Frame {
  const heading = h("h1", { tabindex: -1, id: "heading" });
  const [behind, setBehind] = createSignal(""); // where the way back leads
  const back = h("a", { class: "top-back", "aria-label": say("back"), hidden: () => !behind(), href: () => `#/${behind()}` }, icon("back"));
  const isIn = (): boolean => (app.turn, Boolean(app.core)) && !app.handedTo;
  const gear = h("a", { class: "top-gear", href: "#/settings", "aria-label": say("tab_settings"), hidden: () => !isIn() || Boolean(behind()) }, icon("settings"));
  const top = h("header", { class: "top" }, back, heading, standing(app, isIn), gear);
  const main = h("main", { id: "content", class: "main" });
  const skip = h("button", { type: "button", class: "skip", onclick: () => heading.focus() }, say("skip"));
  const told = h("div", { id: "told", "aria-live": "polite", class: "told-place" });
  const whole = h("div", { class: "frame" }, skip, top, notices(app, isIn), main, told, tabs(app, isIn));
  return {
    whole,
    main,
    title: (words, to = "") => {
      heading.textContent = words;
      document.title = `${words} · ${say("app")}`;
      setBehind(to);
    },
  };
}

// One glance: is there a line, and is anything still only here.
function standing(app: App, isIn: () => boolean): HTMLElement {
  const words = (): string => {
    const sync = app.sync;
    if (!sync) return "";
    if (sync.isRunning) return say("state_sending");
    const line = app.isOnline ? "" : say("state_offline");
    const left = sync.unsent ? count("state_unsent", sync.unsent) : say("state_all_sent");
    return line ? `${line} · ${left}` : left;
  };
  const tone = (): string => (!app.isOnline ? "off" : app.sync?.unsent ? "wait" : "good");
  return h("a", { class: () => `standing standing-${tone()}`, href: "#/unsent", hidden: () => !isIn() || !words(), "data-state": () => tone() }, h("span", { class: "standing-dot", "aria-hidden": "true" }), words);
}

function tabs(app: App, isIn: () => boolean): HTMLElement {
  const made = h("nav", { class: "tabs", "aria-label": say("tabs"), hidden: () => !isIn() || app.route.name === "fill" });
  for (const [name, drawing] of TABS) {
    const here = (): boolean => app.route.name === name || BELOW[app.route.name] === name;
    const number = h("span", { class: "tab-n", hidden: () => name !== "unsent" || !app.sync?.unsent }, () => String(app.sync?.unsent ?? ""));
    made.append(h("a", { href: `#/${name}`, class: "tab", "aria-current": () => (here() ? "page" : null) }, icon(drawing), h("span", {}, say(`tab_${name}`)), number));
  }
  return made;
}

function notices(app: App, isIn: () => boolean): HTMLElement {
  const made = h("div", { class: "notices", role: "status" });
  const notice = (when: () => boolean, words: string, go: string, press: () => unknown, tone: string): void => {
    made.append(h("div", { class: `notice notice-${tone}`, hidden: () => !when() }, h("p", {}, words), go ? button(go, press) : null));
  };
  const isFilling = (): boolean => app.route.name === "fill";
  notice(() => Boolean(app.renewal) && !isFilling(), say("update_there"), say("update_now"), () => app.renewal?.(), "note");
  notice(() => isIn() && Boolean(app.sync?.needsCode), say("needs_code"), say("needs_code_go"), () => app.go("settings", "code"), "late");
  notice(() => isIn() && app.isTight, say("tight"), "", () => undefined, "wait");
  notice(() => isIn() && Boolean(app.installer) && app.route.name === "today", say("install_why"), say("install"), () => install(app), "note");
  createEffect(() => document.body.classList.toggle("is-filling", isFilling()));
  return made;
}

async function install(app: App): Promise<void> {
  await app.installer?.prompt();
  app.offerInstall(null);
}
