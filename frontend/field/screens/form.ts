// Begins a record of one form that stands alone, and goes to it.
import { h } from "../../form/dom";
import { say } from "../../form/words";
import { empty, link, troubleWords } from "../parts";
import type { Screen } from ".";

export const form: Screen = async (app, frame) => {
  const [id, place = ""] = app.route.rest;
  try {
    const draft = await app.core!.startDraft(id, { prefill: place ? { "person.place": place } : {}, language: app.language });
    app.fill(draft, "replace");
    return () => h("div", {});
  } catch (error) {
    return () => {
      frame.title(say("other_forms"), "visits");
      return h("div", { class: "screen" }, empty(troubleWords(error)), link(say("back"), "#/visits"));
    };
  }
};
