// What is still only on this phone, in plain words, and what the office has.
import { createSignal, getOwner, runWithOwner } from "solid-js";
import { h } from "../../form/dom";
import { count, say } from "../../form/words";
import type { App } from "../app";
import type { RecordHere } from "../core";
import { momentWords, sizeWords } from "../day";
import { badge, button, empty, give, section, tell } from "../parts";
import { isOwn } from "../visiting";
import { stateOf } from "./visit";
import type { Screen } from ".";

const PAGE = 20; // rows drawn at once: a month without a line leaves hundreds

export const unsent: Screen = async (app, frame) => {
  const records = await app.core!.records();
  const isUnreadable = (one: RecordHere): boolean => one.trouble === "damaged" && one.state !== "acknowledged";
  const of = (...states: RecordHere["state"][]): RecordHere[] => records.filter((one) => states.includes(one.state) && !isUnreadable(one));
  return () => {
    frame.title(say("tab_unsent"));
    const [waiting, parked, drafts, sent] = [of("finalised", "sending"), [...records.filter(isUnreadable), ...of("parked")], of("draft"), of("acknowledged")];
    const left = waiting.length + parked.filter((one) => one.state !== "draft").length;
    return h("div", { class: "screen" },
      standing(app, left),
      parked.length ? section(say("u_parked"), rows(app, parked)) : null,
      waiting.length ? section(say("u_waiting"), rows(app, waiting)) : null,
      drafts.length ? section(say("u_drafts"), rows(app, drafts)) : null,
      left ? section(say("u_copy"), h("p", {}, say("u_copy_why")), button(say("u_copy_go"), async () => give(await app.core!.exportUnsent(), say("tab_unsent")))) : null,
      section(say("u_sent"), sent.length ? rows(app, sent) : empty(say("u_none_sent"))));
  };
};

function standing(app: App, left: number): HTMLElement {
  const last = app.sync?.lastAt;
  const [said, setSaid] = createSignal("");
  const send = async (): Promise<void> => {
    setSaid(say("sending"));
    const result = await app.core!.sendNow();
    setSaid("");
    if (result.trouble) tell(say(`r_${result.trouble}`), "wait");
    else tell(result.sent ? count("u_sent_n", result.sent) : say("u_nothing_to_send"));
  };
  return h("section", { class: `card card-state ${left ? "" : "card-good"}` },
    h("p", { class: "big" }, left ? count("u_left", left) : say("u_all_sent")),
    h("p", {}, left ? say("u_left_why") : say("u_all_sent_why")),
    last ? h("p", { class: "row-sub" }, say("u_last", { when: momentWords(last, app.language) })) : null,
    button(() => said() || say("u_send"), send, { kind: left ? "main" : "quiet", id: "send-now" }));
}

function rows(app: App, records: RecordHere[]): HTMLElement {
  const [left, setLeft] = createSignal(Math.max(0, records.length - PAGE));
  const made = h("ul", { class: "rows" });
  const next = (): void => made.append(...records.slice(made.childElementCount, made.childElementCount + PAGE).map((one) => h("li", {}, row(app, one))));
  next();
  if (records.length <= PAGE) return made;
  const owner = getOwner();
  const more = button(() => count("u_more", left()), () => {
    runWithOwner(owner, next);
    setLeft(records.length - made.childElementCount);
    if (!left()) more.remove();
  });
  return h("div", {}, made, more);
}

function row(app: App, record: RecordHere): HTMLElement {
  const [words, tone] = stateOf(record);
  const at = record.sentAt ?? record.changedAt;
  const facts = [record.name ? record.title : "", momentWords(at, app.language), record.state === "draft" ? "" : sizeWords(record.bytes, app.language), record.files ? count("files", record.files) : ""];
  const main = h("span", { class: "row-main" }, h("b", {}, record.name || record.title || say("u_unreadable")), h("span", { class: "row-sub" }, facts.filter(Boolean).join(" · ")));
  const isOpen = record.state === "draft" && record.trouble !== "damaged" && !isOwn(app, record.form);
  const head = isOpen ? h("a", { class: "row", href: `#/fill/${encodeURIComponent(record.id)}` }, main, badge(words, tone)) : h("div", { class: "row row-plain" }, main, badge(words, tone));
  const why = record.state !== "acknowledged" ? reason(record) : "";
  return h("div", { class: "record" }, head,
    why ? h("p", { class: "reason" }, why) : null,
    record.state === "parked" && record.title ? h("div", { class: "keys" }, button(say("u_retry"), () => app.core!.retry(record.id)), button(say("u_copy_go"), async () => give(await app.core!.exportUnsent(), record.title))) : null,
    record.trouble === "damaged" && !record.title ? h("div", { class: "keys" }, button(say("export_locked"), async () => give(await app.device.exportLocked(app.core!.person.id), say("tab_unsent")))) : null,
    isOpen ? h("div", { class: "keys" }, button(say("discard"), async () => {
      if (confirm(say("really_discard"))) await app.core!.discardDraft(record.id);
    }, { kind: "danger", label: `${say("discard")}: ${record.name || record.title}` })) : null);
}

// Why it is not there yet: our own words for the kind of trouble, then what the office said.
function reason(record: RecordHere): string {
  const parts = [record.trouble ? say(`r_${record.trouble}`) : "", record.said, record.state !== "draft" && record.missingFiles && record.state === "sending" ? count("files_left", record.missingFiles) : ""];
  return parts.filter(Boolean).join(" ");
}
