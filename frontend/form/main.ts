// The page on which a form is filled in at a desk.
import "./form.scss";
import { createRoot, createSignal } from "solid-js";
import { type Kept, open, type Session, type Source } from "../engine";
import { h } from "./dom";
import { hold, Keeper } from "./keeping";
import { screen } from "./screen";
import { NotSent, send } from "./sending";
import { type Draft, Store } from "./store";
import { waiting } from "./waiting";
import { type Config, learn, locale, readConfig, say } from "./words";

const place = document.getElementById("form-place");
if (place) void start(place, readConfig());

async function start(holder: HTMLElement, config: Config): Promise<void> {
  learn(config.words);
  try {
    const store = await Store.open(config.person);
    const named = decodeURIComponent(location.hash.slice(1));
    const draft = named ? await store.get(named) : undefined;
    const kept = (await store.of(config.form)).filter((one) => one.corrects === config.urls.record);
    if (draft?.state === "draft" && !config.preview) return await fill(holder, config, store, draft);
    if (!kept.length || config.preview) return await fill(holder, config, store, null);
    holder.replaceChildren(createRoot(() => waiting(config, store, kept, (one) => void fill(holder, config, store, one).catch((error) => failed(holder, error)))));
  } catch (error) {
    failed(holder, error);
  }
}

function failed(holder: HTMLElement, error: unknown): void {
  console.error(error);
  holder.replaceChildren(h("div", { class: "alert alert-late", role: "alert" }, `${say("cannot_open")} ${error instanceof Error ? error.message : ""}`));
}

async function fill(holder: HTMLElement, config: Config, store: Store, draft: Draft | null): Promise<void> {
  holder.replaceChildren(h("p", { role: "status" }, say("opening")));
  if (draft && !(await hold(draft.id))) throw new Error(say("open_elsewhere"));
  const version = draft?.version ?? config.version;
  const session = await opened(config, version, draft);
  const language = draft?.language || session.languages.find((one) => one.code === config.language)?.name;
  if (language) session.setLanguage(language);
  const keeper = new Keeper(config, session, store, config.urls.record, version);
  keeper.page = draft?.page ?? "";
  const [saved, setSaved] = createSignal("");
  keeper.onSaved = (at) =>
    setSaved(at ? say("saved_at", { time: at.toLocaleTimeString(locale(config), { hour: "2-digit", minute: "2-digit" }) }) : say("not_saved"));
  const shown = createRoot(() =>
    screen(
      session,
      {
        title: config.title,
        changed: () => keeper.changed(),
        moved: (page) => {
          keeper.page = page;
          keeper.changed();
        },
        finish: () => finish(config, store, keeper),
        saved,
        canSend: !config.preview,
      },
      keeper.page,
    ),
  );
  holder.replaceChildren(shown);
  holder.dataset.ready = "true";
}

async function opened(config: Config, version: number, draft: Draft | null): Promise<Session> {
  const source: Source = {
    xml: config.xml || (await fetched(config.urls.form.replace("/0.xml", `/${version}.xml`))),
    file: (name) => fetch(config.urls.file.replace("/0/", `/${version}/`).replace("NAME", encodeURIComponent(name))),
    deviceId: `web:${config.person}`,
    username: config.username,
  };
  if (draft) return open(source, { kept: { xml: draft.xml, files: draft.files } });
  if (config.urls.record) return open(source, { sent: await sentRecord(config) });
  return open(source);
}

async function fetched(address: string): Promise<string> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(say("no_form"));
  return answer.text();
}

async function sentRecord(config: Config): Promise<Kept> {
  const answer = await fetch(config.urls.record);
  if (!answer.ok) throw new Error(say("no_record"));
  const files = config.recordFiles.map(async (name) => {
    const found = await fetch(config.urls.recordFile.replace("NAME", encodeURIComponent(name)));
    return found.ok ? [new File([await found.blob()], name, { type: found.headers.get("Content-Type") ?? "" })] : [];
  });
  return { xml: await answer.text(), files: (await Promise.all(files)).flat() };
}

// Pressed again after a failure, it sends the same bytes: the first try may have arrived.
async function finish(config: Config, store: Store, keeper: Keeper): Promise<string> {
  const record = keeper.finished ?? (await keeper.finish());
  try {
    await send(config, record);
    await store.remove(record.id);
    location.assign(config.urls.done);
    return "";
  } catch (error) {
    const message = error instanceof NotSent ? error.message : say("not_sent");
    await store.put({ ...record, trouble: message });
    return `${message} ${say("kept_here")}`;
  }
}
