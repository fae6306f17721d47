// Small pieces that screens are put together from.
import { type Child, h } from "../form/dom";
import { say } from "../form/words";
import type { Reason } from "./core";
import { CoreTrouble } from "./core";
import { type Icon, icon } from "./icons";

export type Tone = "good" | "wait" | "late" | "note" | "";

export function button(words: Child, press: () => unknown, how: { kind?: "main" | "quiet" | "danger"; icon?: Icon; id?: string; label?: string } = {}): HTMLButtonElement {
  const made = h("button", { type: "button", class: `key key-${how.kind ?? "quiet"}`, id: how.id, "aria-label": how.label });
  if (how.icon) made.append(icon(how.icon));
  made.append(h("span", {}, words));
  made.addEventListener("click", () => void busy(made, press));
  return made;
}

// A key that waits for its work is not pressed twice; what went wrong is said, not swallowed.
async function busy(key: HTMLButtonElement, press: () => unknown): Promise<void> {
  if (key.getAttribute("aria-busy") === "true") return;
  key.setAttribute("aria-busy", "true");
  try {
    await press();
  } catch (error) {
    tell(troubleWords(error), "late");
    if (!(error instanceof CoreTrouble)) console.error(error);
  } finally {
    key.removeAttribute("aria-busy");
  }
}

export function link(words: Child, address: string, how: { class?: string; icon?: Icon } = {}): HTMLAnchorElement {
  const made = h("a", { href: address, class: how.class ?? "key key-quiet" });
  if (how.icon) made.append(icon(how.icon));
  made.append(h("span", {}, words));
  return made;
}

// A short state; its shape says the same as its colour.
export function badge(words: string, tone: Tone): HTMLElement {
  return h("span", { class: `badge badge-${tone || "plain"}` }, words);
}

export function card(...children: Child[]): HTMLElement {
  return h("section", { class: "card" }, ...children);
}
export function section(title: string, ...children: Child[]): HTMLElement {
  return h("section", { class: "part" }, h("h2", {}, title), ...children);
}
export function empty(words: string): HTMLElement {
  return h("p", { class: "empty" }, words);
}
export function list(items: Child[], kind = "rows"): HTMLElement {
  return h("ul", { class: kind }, ...items.map((one) => h("li", {}, one)));
}

export function field(words: string, input: HTMLElement, hint = ""): HTMLElement {
  const id = input.id || `f-${Math.random().toString(36).slice(2, 8)}`;
  input.id = id;
  const told = hint ? h("p", { class: "hint", id: `${id}-hint` }, hint) : null;
  if (told) input.setAttribute("aria-describedby", told.id);
  return h("div", { class: "field" }, h("label", { for: id }, words), told, input);
}
export function pinField(words: string, how: { hint?: string; fresh?: boolean } = {}): { whole: HTMLElement; input: HTMLInputElement } {
  const input = h("input", { type: "password", class: "input pin", inputmode: "numeric", autocomplete: how.fresh ? "new-password" : "current-password", maxlength: 12, required: true });
  return { whole: field(words, input, how.hint), input };
}
// A form of the page: Enter sends it, trouble is said below it.
export function ask(children: Child[], go: string, done: () => Promise<void>): HTMLFormElement {
  const trouble = h("p", { class: "trouble", role: "alert" });
  const send = h("button", { type: "submit", class: "key key-main" }, h("span", {}, go));
  const made = h("form", { class: "ask-form", novalidate: true }, ...children, trouble, send);
  made.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (send.getAttribute("aria-busy") === "true") return;
    send.setAttribute("aria-busy", "true");
    trouble.textContent = "";
    try {
      await done();
    } catch (error) {
      if (!(error instanceof CoreTrouble) && !(error instanceof Said)) console.error(error);
      trouble.textContent = troubleWords(error);
    } finally {
      send.removeAttribute("aria-busy");
    }
  });
  return made;
}

// A sentence that a screen has for something it checked itself.
export class Said extends Error {}

export function troubleWords(error: unknown): string {
  if (error instanceof Said) return error.message;
  if (!(error instanceof CoreTrouble)) return say("t_unknown");
  const minutes = Math.ceil((error.facts.seconds ?? 0) / 60);
  return say(`t_${error.reason satisfies Reason}`, { n: minutes || 1 });
}

// A message at the foot of the screen, read out and gone after a while.
export function tell(words: string, tone: Tone = "good"): void {
  const place = document.getElementById("told");
  if (!place) return;
  const one = h("p", { class: `told told-${tone}` }, words);
  place.replaceChildren(one);
  setTimeout(() => one.remove(), 8000);
}

// Hand a file over: to another app where the phone can share, otherwise into its downloads.
export async function give(file: File, title: string): Promise<void> {
  if (navigator.canShare?.({ files: [file] })) {
    try {
      await navigator.share({ files: [file], title });
      return;
    } catch (error) {
      if ((error as Error).name === "AbortError") return;
    }
  }
  const address = URL.createObjectURL(file);
  h("a", { href: address, download: file.name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
