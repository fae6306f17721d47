// What there is to read, look at and listen to: its size before it is fetched, and kept for where there is no line.
import { h } from "../../form/dom";
import { say } from "../../form/words";
import type { App } from "../app";
import type { GuidanceFile } from "../core";
import { sizeWords, worded } from "../day";
import { markdown } from "../markdown";
import { badge, button, card, empty, give, link, section, tell } from "../parts";
import type { Screen } from ".";

export const guidance: Screen = async (app, frame) => {
  const files = await app.core!.guidance();
  const [name] = app.route.rest;
  const one = files.find((file) => file.name === name);
  return one ? reading(app, one, frame.title) : () => {
    frame.title(say("tab_guidance"));
    const kept = files.filter((file) => file.isKept);
    const total = kept.reduce((sum, file) => sum + file.bytes, 0);
    const topics = [...new Set(files.map((file) => file.domain))];
    return h("div", { class: "screen" },
      h("p", { class: "lead" }, kept.length ? say("g_kept", { n: kept.length, size: sizeWords(total, app.language) }) : say("g_lead")),
      files.length ? null : empty(say("g_none")),
      ...topics.map((topic) => section(topicWords(app, topic), h("div", { class: "cards" }, ...files.filter((file) => file.domain === topic).map((file) => line(app, file))))));
  };
};

function topicWords(app: App, code: string): string {
  return code ? worded(app.day?.topics.find((one) => one.code === code)?.title, app.language, code) : say("g_general");
}
function titleOf(app: App, file: GuidanceFile): string {
  return worded(file.title, app.language, file.name);
}

function line(app: App, file: GuidanceFile): HTMLElement {
  const title = titleOf(app, file);
  const size = sizeWords(file.bytes, app.language);
  const address = `#/guidance/${encodeURIComponent(file.name)}`;
  const keep = async (): Promise<void> => {
    await app.core!.keepGuidance(file.name);
    app.again();
  };
  const drop = async (): Promise<void> => {
    await app.core!.dropGuidance(file.name);
    app.again();
  };
  const keys = file.isKept
    ? [link(say("g_open"), address, { class: "key key-main" }), file.isStale ? button(say("g_renew", { size }), keep) : null, button(say("g_drop"), drop, { label: `${say("g_drop")}: ${title}` })]
    : [button(say("g_keep", { size }), keep, { kind: "main", label: `${say("g_keep", { size })}: ${title}` })];
  return card(h("div", { class: "card-head" }, h("div", {}, h("h3", {}, title), h("p", { class: "card-facts" }, `${say(kindName(file.kind))} · ${size}`)), file.isKept ? badge(say("g_here"), "good") : null), h("div", { class: "keys" }, ...keys));
}

function kindName(kind: string): string {
  const [family] = kind.split("/");
  return ["audio", "video", "image", "text"].includes(family) ? `g_${family}` : kind === "application/pdf" ? "g_pdf" : "g_file";
}

async function reading(app: App, file: GuidanceFile, title: (words: string, back: string) => void): Promise<() => HTMLElement> {
  const found = await app.core!.openGuidance(file.name);
  const text = found && file.kind.startsWith("text/") ? await found.text() : "";
  return () => {
    title(titleOf(app, file), "guidance");
    if (!found) return h("div", { class: "screen" }, empty(say("g_not_here")), line(app, file));
    return h("div", { class: "screen" }, h("article", { class: "paper" }, shown(file, found, text, titleOf(app, file))));
  };
}

function shown(file: GuidanceFile, found: Blob, text: string, title: string): HTMLElement {
  if (text) return markdown(text);
  const address = URL.createObjectURL(found);
  if (file.kind.startsWith("audio/")) return h("audio", { src: address, controls: true, "aria-label": title });
  if (file.kind.startsWith("video/")) return h("video", { src: address, controls: true, "aria-label": title });
  if (file.kind.startsWith("image/")) return h("img", { src: address, alt: title });
  const name = file.name.split("/").pop() ?? file.name;
  return button(say("g_open_with"), async () => {
    await give(new File([found], name, { type: file.kind }), title);
    tell(say("g_given"));
  }, { kind: "main" });
}
