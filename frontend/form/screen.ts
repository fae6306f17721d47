// The form on the screen: one page at a time, where we are, what is missing, and sending.
import { createEffect, createMemo, createSignal } from "solid-js";
import type { Part, Session } from "../engine";
import { follow, h } from "./dom";
import { isAllGiven } from "./given";
import { type Page, pagesOf } from "./pages";
import { drawn, inside } from "./section";
import { touch, touchAll, untouch } from "./touched";
import { say } from "./words";

const LAST = "last";

export interface Actions {
  title: string;
  changed: () => void;
  moved: (page: string) => void;
  finish: () => Promise<string>; // a message when it did not work
  saved: () => string;
  canSend: boolean;
  words?: Partial<Words>; // other sentences than those of a desk
}
export interface Words {
  send: string;
  sending: string;
  again: string;
  over: string; // above the last page
  there: string; // everything is answered
  missing: string;
}
const AT_A_DESK: Words = { send: "send", sending: "sending", again: "send_again", over: "look_over", there: "all_there", missing: "still_missing" };

export function screen(session: Session, actions: Actions, startAt: string): HTMLElement {
  untouch();
  const words = { ...AT_A_DESK, ...actions.words };
  let lastSeen = 0; // a page that went away leaves us where it was
  const pages = createMemo(() => pagesOf(session.whole).filter((page) => !page.parts.every(isAllGiven)));
  const [key, setKey] = createSignal(startAt);
  const at = createMemo(() => {
    if (key() === LAST) return pages().length;
    const found = pages().findIndex((page) => page.key === key());
    return found < 0 ? Math.min(lastSeen, pages().length) : found;
  });
  createEffect(() => (lastSeen = at()));
  const go = (to: number, question = ""): void => {
    leave(pages()[at()]);
    const next = Math.max(0, Math.min(to, pages().length));
    setKey(pages()[next]?.key ?? LAST);
    actions.moved(pages()[next]?.key ?? LAST);
    if (question && reach(question)) return;
    heading.focus();
    window.scrollTo({ top: 0 });
  };
  const heading = h("h2", { tabindex: -1, class: "page-title" }, () => pages()[at()]?.title || (pages()[at()] ? actions.title : say(words.over)));
  const [isOver, setOver] = createSignal(false); // finished: only sending is left
  const body = h("div", { class: "form-page", inert: isOver });
  follow(
    body,
    () => [{ page: pages()[at()] as Page | undefined, key: pages()[at()]?.key ?? LAST }],
    (one) => `${one.key}:${one.page?.parts.map((part) => part.id).join() ?? ""}`,
    (one) => (one.page ? pageOf(one.page) : lookOver(actions.title, pages, go, words)),
  );
  const [said, setSaid] = createSignal("");
  const [sending, setSending] = createSignal(false);
  const isLast = (): boolean => at() >= pages().length;
  const missing = createMemo(() => (isLast() ? [...session.whole.problems()].length : 0));
  const finish = async (): Promise<void> => {
    setSending(true);
    setOver(true);
    setSaid(await actions.finish());
    setSending(false);
  };
  const bar = h(
    "div",
    { class: "form-bar" },
    h("button", { type: "button", class: "btn btn-quiet", disabled: () => at() === 0 || isOver(), onclick: () => go(at() - 1) }, say("back")),
    h("span", { class: "form-at" }, () => say("page_of", { n: Math.min(at() + 1, pages().length + 1), of: pages().length + 1 })),
    h("button", { type: "button", class: "btn btn-primary", hidden: isLast, onclick: () => go(at() + 1) }, say("next")),
    h(
      "button",
      { type: "button", class: "btn btn-primary", hidden: () => !isLast() || !actions.canSend, disabled: () => missing() > 0 || sending(), onclick: finish },
      () => say(sending() ? words.sending : said() ? words.again : words.send),
    ),
  );
  const progress = h("div", { class: "form-progress", "aria-hidden": "true" }, h("span", { style: () => `width:${(100 * (at() + 1)) / (pages().length + 1)}%` }));
  const whole = h(
    "div",
    { class: "form-screen", oninput: actions.changed, onchange: actions.changed, onclick: actions.changed },
    h("div", { class: "form-top" }, languages(session, actions), h("p", { class: "form-saved", "aria-live": "polite" }, actions.saved)),
    progress,
    heading,
    body,
    h("p", { class: "ask-problem", role: "alert" }, said),
    bar,
  );
  return whole;
}

function pageOf(page: Page): HTMLElement {
  if (page.parts.length === 1 && page.parts[0].kind === "group") return inside(page.parts[0]); // its title is the page's
  const holder = h("div", { class: "parts" });
  follow(holder, () => page.parts.filter((part) => part.isShown), (part) => part.id, drawn);
  return holder;
}

// What was passed over on a page is shown when one leaves it.
function leave(page: Page | undefined): void {
  for (const part of page?.parts ?? []) touch(...[...part.problems()].map((one) => one.id));
}

// To the question itself, with the keyboard and the eye.
function reach(id: string): boolean {
  const place = document.getElementById(id);
  place?.scrollIntoView({ block: "center" });
  place?.querySelector<HTMLElement>("input, select, textarea, button")?.focus({ preventScroll: true });
  return Boolean(place);
}

function lookOver(title: string, pages: () => Page[], go: (to: number, question?: string) => void, words: Words): HTMLElement {
  touchAll();
  const missing = createMemo(() =>
    pages()
      .map((page, at) => ({ at, title: page.title || title, key: page.key, open: page.parts.flatMap((part) => [...part.problems()]) }))
      .filter((page) => page.open.length),
  );
  const list = h("ul", { class: "list-plain list-lines" });
  follow(list, missing, (page) => `${page.key}:${page.open.map((part) => part.id).join()}`, (page) =>
    h("li", {}, h("button", { type: "button", class: "btn btn-link", onclick: () => go(page.at) }, page.title), ...page.open.map((part) => wanting(page.at, part, go))),
  );
  const first = (): void => go(missing()[0].at, missing()[0].open[0].id);
  const jump = h("button", { type: "button", class: "btn btn-primary", hidden: () => !missing().length, onclick: first }, say("to_first"));
  const intro = h("p", {}, () => say(missing().length ? words.missing : words.there));
  return h("div", {}, intro, jump, list);
}

function wanting(page: number, part: Part, go: (to: number, question?: string) => void): HTMLElement {
  return h("button", { type: "button", class: "btn btn-link", onclick: () => go(page, part.id) }, () => part.label || part.name);
}

function languages(session: Session, actions: Actions): HTMLElement | null {
  const offered = session.languages.filter((one) => one.name);
  if (offered.length < 2) return null;
  const holder = h("div", { class: "form-languages", role: "group", "aria-label": say("language") });
  for (const one of offered) {
    holder.append(
      h("button", {
        type: "button",
        lang: one.code || null,
        "aria-pressed": () => (session.language === one.name ? "true" : "false"),
        onclick: () => {
          session.setLanguage(one.name);
          actions.changed();
        },
      }, one.name.replace(/\s*\(\w+\)$/, "")),
    );
  }
  return holder;
}
