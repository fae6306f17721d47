// The phone app begins here: words, the phone, who is on it, and a screen for each address after the #.
import "./field.scss";
import { createEffect, createRoot, on } from "solid-js";
import { limitPhotographs } from "../form/controls/files";
import { h } from "../form/dom";
import { say } from "../form/words";
import { App, type Config } from "./app";
import { openDevice } from "./core";
import { type Frame, frame } from "./frame";
import { keepFresh } from "./fresh";
import { type Build, SCREENS } from "./screens";

const LONGEST_SIDE = 1600; // of a photograph: enough to read a wall chart, a few hundred kB

const place = document.getElementById("app");
if (place) void begin(place).catch((error) => failed(place, error));

async function begin(holder: HTMLElement): Promise<void> {
  const config = JSON.parse(document.getElementById("app-config")?.textContent ?? "{}") as Config;
  if (!window.isSecureContext || !navigator.serviceWorker) throw new Error("needs-https");
  const app = new App(config, await openDevice());
  limitPhotographs(LONGEST_SIDE);
  await app.speak(app.lastLanguage);
  keepFresh(app);
  createRoot(() => {
    createEffect(on(() => app.language, () => {
      const around = frame(app);
      holder.replaceChildren(around.whole);
      createEffect(on(() => [app.route, app.turn, app.handedTo], () => void draw(app, around)));
    }));
  });
  holder.dataset.ready = "true";
}

let turn = 0;
let disposeLast: () => void = () => undefined;
let shownAt = "";
let openingAt = "";

async function draw(app: App, around: Frame): Promise<void> {
  const at = [app.route.name, ...app.route.rest].join("/"); // not the address itself: that is a moment ahead of us
  const { name, make } = pick(app);
  const isHere = around.main.dataset.screen === name;
  const isSame = isHere && at === shownAt;
  if (name === "unlock" && isHere) return; // wherever it leads to: a PIN may be half typed
  const isForm = ["fill", "form", "hand"].includes(name); // opened once, and not again because something is new
  if (isForm && (isSame || at === openingAt)) return; // a form that is being filled in draws itself
  const mine = (turn += 1);
  openingAt = at;
  const build: Build = await make(app, around).catch((error) => {
    console.error(error);
    return () => h("p", {}, say("t_unknown"));
  });
  if (mine !== turn) return build.dropped?.();
  openingAt = "";
  const focused = isSame ? document.activeElement?.id : "";
  disposeLast();
  createRoot((dispose) => {
    disposeLast = dispose;
    around.main.replaceChildren(build());
  });
  around.main.dataset.screen = name;
  shownAt = at;
  if (focused) document.getElementById(focused)?.focus();
  if (isSame) return;
  scrollTo(0, 0);
  document.getElementById("heading")?.focus({ preventScroll: true });
}

function pick(app: App): { name: string; make: (typeof SCREENS)[string] } {
  const wanted = app.route.name.replace(/^enrol=.*/, "enrol");
  let name = SCREENS[wanted] ? wanted : "today";
  if (app.handedTo) name = "hand";
  else if (wanted !== "enrol" && !app.core) name = "unlock";
  return { name, make: SCREENS[name] };
}

// Shown before there are words to show: both languages that everybody here reads.
function failed(holder: HTMLElement, error: unknown): void {
  console.error(error);
  const needs = error instanceof Error && error.message === "needs-https";
  const isShut = error instanceof DOMException && !needs; // the browser does not open its storage
  const box = document.createElement("p");
  box.className = "app-wait";
  box.setAttribute("role", "alert");
  box.textContent = needs
    ? "Open this page with https://. · Fungua ukurasa huu kwa https://."
    : isShut
      ? "This browser does not open its storage. Leave private browsing, free some room, and start the phone again; do not clear the browser's data. · Kivinjari hiki hakifungui hifadhi yake. Toka kwenye hali ya faragha, ongeza nafasi, kisha washa simu upya; usifute data ya kivinjari."
      : "Mlezi could not start. Close it and open it again; nothing is lost. · Mlezi haikuanza. Ifunge kisha uifungue; hakuna kilichopotea.";
  holder.replaceChildren(box);
}
