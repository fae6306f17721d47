// Drafts and unsent records of this form that the browser holds, before a new one is begun.
import { h } from "./dom";
import { NotSent, send } from "./sending";
import type { Draft, Store } from "./store";
import { type Config, locale, say } from "./words";

export function waiting(config: Config, store: Store, drafts: Draft[], open: (draft: Draft | null) => void): HTMLElement {
  const list = h("ul", { class: "list-plain list-lines" });
  for (const draft of drafts) list.append(line(config, store, draft, open));
  return h(
    "section",
    { class: "form-waiting" },
    h("h2", {}, say("waiting")),
    list,
    h("p", {}, h("button", { type: "button", class: "btn btn-primary", onclick: () => open(null) }, say("start_new"))),
  );
}

function line(config: Config, store: Store, draft: Draft, open: (draft: Draft | null) => void): HTMLElement {
  const when = new Date(draft.changedAt).toLocaleString(locale(config), { dateStyle: "medium", timeStyle: "short" });
  const said = h("span", { class: "ask-problem", "aria-live": "polite" }, draft.trouble ?? "");
  const again = async (): Promise<void> => {
    said.textContent = say("sending");
    try {
      await send(config, draft);
      await store.remove(draft.id);
      item.replaceChildren(say("sent"));
    } catch (error) {
      said.textContent = error instanceof NotSent ? error.message : say("not_sent");
    }
  };
  const drop = async (): Promise<void> => {
    if (!confirm(say("really_discard"))) return;
    await store.remove(draft.id);
    item.remove();
  };
  const isDraft = draft.state === "draft";
  const main = h("button", { type: "button", class: "btn btn-sm btn-primary", onclick: () => (isDraft ? open(draft) : void again()) }, say(isDraft ? "continue" : "send_now"));
  const item = h(
    "li",
    { class: "row-line" },
    h("span", {}, `${say(isDraft ? "draft_of" : "finished_of", { when })}`),
    main,
    h("button", { type: "button", class: "btn btn-sm btn-quiet", onclick: drop }, say("discard")),
    said,
  );
  return item;
}
