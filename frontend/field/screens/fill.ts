// A form being filled in: page by page, saved after each answer, left and taken up again at will.
import { createSignal, onCleanup } from "solid-js";
import { h } from "../../form/dom";
import { holdGiven } from "../../form/given";
import { screen } from "../../form/screen";
import { say } from "../../form/words";
import type { App } from "../app";
import { CoreTrouble, type OpenDraft } from "../core";
import { localeOf } from "../day";
import { empty, link, tell, troubleWords } from "../parts";
import { heard, isGiven, isOwn, type Visit, visitWith } from "../visiting";
import type { Screen } from ".";

export const fill: Screen = async (app, frame) => {
  const core = app.core!;
  const id = app.route.rest[0] ?? "";
  const visit = await visitWith(core, id);
  const back = visit ? `visit/${visit.uid}` : "today";
  const record = await core.record(id);
  if (record && isOwn(app, record.form)) return away(app, back); // theirs to read, not their mentor's
  if (record && record.state !== "draft") return away(app, back);
  const draft = app.taken(id) ?? (await core.openDraft(id).catch((error: unknown) => error));
  if (draft instanceof CoreTrouble || draft instanceof Error) {
    return () => {
      frame.title(record?.title ?? "", back);
      return h("div", { class: "screen" }, empty(troubleWords(draft)), link(say("back"), `#/${back}`));
    };
  }
  const open = draft as OpenDraft;
  const build = (): HTMLElement => {
    frame.title(open.form.title, back);
    return filling(app, open, visit, async () => {
      tell(say(app.isOnline ? "finished_sending" : "finished_kept"));
      app.go(...back.split("/"));
    });
  };
  return Object.assign(build, { dropped: () => void open.close() });
};

function away(app: App, back: string): () => HTMLElement {
  app.go(...back.split("/"));
  return () => h("div", {});
}

// The form itself; also where the phone was handed to a mentee.
export function filling(app: App, draft: OpenDraft, visit: Visit | null, then: () => Promise<void>): HTMLElement {
  const [saved, setSaved] = createSignal("");
  draft.onSaved((at) => setSaved(at ? say("saved_at", { time: at.toLocaleTimeString(localeOf(app.language), { hour: "2-digit", minute: "2-digit" }) }) : say("t_no_room")));
  const given = isGiven(draft, visit);
  holdGiven((part) => given(part.path, part.value));
  let isOver = false;
  onCleanup(() => {
    holdGiven(() => false);
    if (isOver) return;
    void heard(app, draft, visit).finally(() => draft.close());
  });
  const finish = async (): Promise<string> => {
    try {
      await heard(app, draft, visit);
      await draft.finalise();
      isOver = true;
      await then();
      return "";
    } catch (error) {
      return troubleWords(error);
    }
  };
  const drawn = screen(
    draft.session,
    { title: draft.form.title, changed: () => draft.changed(), moved: (page) => draft.moved(page), finish, saved, canSend: true, words: { send: "finish", sending: "finishing", again: "finish", over: "look_over_here", there: "all_there_here", missing: "still_missing_here" } },
    draft.page,
  );
  return h("div", { class: "screen fill" }, drawn);
}
