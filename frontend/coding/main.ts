// The coding page: mark words, type letters of a code, press Enter. Everything works with keys alone and by touch.
import "./coding.scss";
import { Drawing } from "./drawing";
import { find } from "./finding";
import { keys } from "./keys";
import { Memos } from "./memos";
import { rowsOf } from "./panel";
import { marked, wholeOf, type Span } from "./positions";
import { rules } from "./rules";
import { Refused, Server } from "./talking";
import { Waiting } from "./waiting";
import type { Code, Coding, Memo, News, Suggestion, Whole } from "./types";

const root = document.getElementById("coding") as HTMLElement;
const parts = new Map<string, HTMLElement>();
function get<T extends HTMLElement>(name: string): T { // looked for once: a long text is long to search through
  const part = parts.get(name) ?? (root.querySelector(`[data-${name}]`) as T);
  parts.set(name, part);
  return part as T;
}
const words = JSON.parse(root.dataset.words as string) as Record<string, string>;
const say = (name: string, facts: Record<string, string | number> = {}): string =>
  Object.entries(facts).reduce((text, [key, value]) => text.replace(`{${key}}`, String(value)), words[name] ?? name);
const server = new Server(root.dataset.base as string, root.dataset.csrf as string);
const pieces = [...root.querySelectorAll(".piece")];
const picker = get<HTMLInputElement>("picker"), list = get<HTMLUListElement>("codes");

const isTouch = (): boolean => matchMedia("(pointer: coarse)").matches;

let whole: Whole, codes: Code[] = [], since = "", listed = "";
const byId = new Map<number, Code>(), codings = new Map<string, Coding>();
const drawing = new Drawing(pieces, byId), waiting = new Waiting();
let isAway = false; // the last answer did not come
let chosen: Span | null = null, current: string | null = null, at = 0, recent: number[] = [];

function status(text: string, isError = false): void {
  const line = get("status");
  line.textContent = text;
  line.classList.toggle("is-error", isError);
}

async function guarded(work: () => Promise<void>): Promise<void> {
  try { await work(); } catch (error) { failed(error); }
}

const isNoAnswer = (error: unknown): boolean => error instanceof TypeError; // of fetch: nothing came back

function failed(error: unknown): void {
  isAway = isNoAnswer(error);
  if (!isAway) return status((error as Error).message, true);
  status(waiting.items.length ? say("waits", { n: waiting.items.length }) : say("offline"), true);
}

const overlapping = (span: Span | null): Coding[] =>
  span ? [...codings.values()].filter((one) => one.start < span.end && one.end > span.start).sort((a, b) => a.start - b.start || a.end - b.end) : [];

function choose(span: Span | null): void {
  const before = chosen, all = [...codings.values()];
  chosen = span;
  if (before) drawing.some(before, all, chosen);
  if (span) drawing.some(span, all, chosen);
  told();
  showCodes();
  showSpan();
}

function told(): void {
  root.classList.toggle("has-span", chosen !== null);
  if (chosen && isTouch()) drawing.touched(chosen)[0]?.scrollIntoView({ block: "nearest" });
  get("chosen").textContent = chosen ? drawing.textOf(chosen).slice(0, 160) : say(isTouch() ? "mark_by_touch" : "mark");
}

function showCodes(): void {
  const found = find(codes, picker.value, recent);
  at = Math.min(at, Math.max(found.length - 1, 0));
  const now = [at, ...found.map((code) => code.id)].join(" ");
  if (now === listed) return; // marking words changes nothing here, and measuring the list would lay out the page
  listed = now;
  list.replaceChildren(...found.map((code, n) => {
    const item = document.createElement("li");
    item.id = `code-${code.id}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", String(n === at));
    item.dataset.code = String(code.id);
    item.innerHTML = `<i class="dot c${code.colour}" aria-hidden="true"></i><span></span><small></small>`;
    (item.children[1] as HTMLElement).textContent = code.title;
    (item.children[2] as HTMLElement).textContent = byId.get(code.parent ?? -1)?.title ?? "";
    item.title = [code.description, code.when_to_use, code.when_not].filter(Boolean).join("\n");
    return item;
  }));
  picker.setAttribute("aria-activedescendant", found[at] ? `code-${(found[at] as Code).id}` : "");
  const row = list.children[at] as HTMLElement | undefined;
  if (row) list.scrollTop = Math.max(0, row.offsetTop - list.offsetTop - list.clientHeight + row.offsetHeight);
}

function showSpan(): void {
  const near = overlapping(chosen);
  get("none-here").hidden = near.length > 0;
  get("here-codings").replaceChildren(...rowsOf(near, {
    say, codes: () => codes, code: (id) => byId.get(id ?? -1), mayCode: () => whole.may_code, me: () => whole.me.id, current: () => current,
    change: (id, facts) => void change(id, facts), take: (id) => void take(id), pick: (id) => { current = id; showSpan(); },
  }));
}

function put(rows: Coding[], removed: string[] = []): void {
  const touched: Span[] = [];
  for (const row of rows) {
    const old = codings.get(row.id);
    if (old?.at === row.at) continue; // a poll looks back a little and tells some things twice
    touched.push(row, ...(old ? [old] : []));
    codings.set(row.id, row);
  }
  for (const id of removed) { const old = codings.get(id); if (old) touched.push(old); codings.delete(id); }
  if (!touched.length) return;
  const all = [...codings.values()];
  for (const span of touched) drawing.some(span, all, chosen);
  get("count").textContent = say("count", { n: codings.size });
  showSpan();
}

async function apply(code: Code): Promise<void> {
  const span = chosen ?? marked();
  if (!span) return status(say("mark"), true);
  if (!whole.may_code) return status(say("done_said"), true);
  const item = { id: crypto.randomUUID(), start: span.start, end: span.end, code: code.id }, version = whole.source.version;
  recent = [code.id, ...recent.filter((id) => id !== code.id)].slice(0, 8);
  current = item.id;
  picker.value = "";
  at = 0;
  chosen = span;
  told();
  showCodes(); // before the answer: whoever marks on meanwhile is not disturbed by it
  waiting.add({ ...item, valence: "", version }); // a closed tab loses nothing that is on its way
  try {
    const made = await server.post<{ codings: Coding[] }>("codings/", { version, items: [item] });
    waiting.drop([item.id]);
    put(made.codings);
    status(say("coded", { code: code.title }));
  } catch (error) {
    if (isNoAnswer(error)) put(waiting.drawn(whole.me));
    else waiting.drop([item.id]);
    throw error;
  }
}

// Tell the server what was coded without it; what it refuses is said and taken off the page.
async function flush(): Promise<void> {
  await server.quiet();
  const items = [...waiting.items], ids = items.map((one) => one.id);
  if (!items.length) return;
  try {
    const made = await server.post<{ codings: Coding[] }>("codings/", { version: items[0]?.version, items });
    waiting.drop(ids);
    put(made.codings);
    status(say("arrived", { n: items.length }));
  } catch (error) {
    if (error instanceof Refused) { waiting.drop(ids); put([], ids); }
    throw error;
  }
}

async function change(id: string, facts: Partial<Coding>): Promise<void> {
  await server.quiet();
  if (waiting.has(id) && facts.valence !== undefined) {
    waiting.change(id, facts.valence);
    return put(waiting.drawn(whole.me));
  }
  await guarded(async () => { current = id; put([await server.post<Coding>(`codings/${id}/`, facts)]); status(say("kept")); });
}

async function take(id: string): Promise<void> {
  await server.quiet();
  if (waiting.has(id)) { waiting.drop([id]); return put([], [id]); }
  await guarded(async () => {
    put([], (await server.post<{ removed: string[] }>(`codings/${id}/remove/`)).removed);
    if (current === id) current = null;
    status(say("taken"));
  });
}

async function step(verb: "undo" | "redo"): Promise<void> {
  await guarded(async () => {
    await flush();
    const done = await server.post<{ codings: Coding[]; removed: string[] }>(`steps/${verb}/`);
    put(done.codings, done.removed);
    status(say(verb));
  });
}

async function finish(): Promise<void> {
  await guarded(async () => { await flush(); await server.post(whole.done ? "reopen/" : "done/"); await load(); status(say(whole.done ? "is_done" : "is_open")); });
}

async function codeAll(rule: { speaker: string; question: string; code: number }): Promise<void> {
  await guarded(async () => {
    const made = (await server.post<{ codings: Coding[] }>("rule/", rule)).codings;
    put(made);
    status(say("coded_all", { n: made.length }));
  });
}

async function suggest(): Promise<void> {
  status(say("looking"));
  await guarded(async () => {
    const found = (await server.get<{ suggestions: Suggestion[] }>("suggestions.json")).suggestions;
    status(say(found.length ? "suggested" : "nothing_suggested", { n: found.length }));
    get("suggestions").replaceChildren(...found.map((one) => {
      const item = document.createElement("li"), button = document.createElement("button"), code = byId.get(one.code);
      button.type = "button";
      button.className = "as-link";
      button.textContent = `${code?.title ?? "?"}: ${drawing.textOf(one).slice(0, 70)}`;
      const precision = document.createElement("small");
      precision.textContent = ` ${say("precision", { share: Math.round(one.precision * 100), n: one.n })}`;
      button.addEventListener("click", () => { choose(one); show(one); if (code) picker.value = code.title; showCodes(); picker.focus(); });
      item.append(button, precision);
      return item;
    }));
  });
}

function show(span: Span): void { drawing.touched(span)[0]?.scrollIntoView({ block: "center" }); }

async function load(): Promise<void> {
  whole = await server.get<Whole>("coding.json");
  codes = whole.codebooks.flatMap((book) => book.codes);
  byId.clear();
  for (const code of codes) byId.set(code.id, code);
  listed = "";
  codings.clear();
  waiting.open(`coding ${whole.me.id} ${root.dataset.base}`);
  for (const one of [...waiting.drawn(whole.me), ...whole.codings]) codings.set(one.id, one);
  drawing.all([...codings.values()], () => chosen);
  memos.put(whole.memos);
  rules(get<HTMLDetailsElement>("rule"), whole.pieces, whole.codebooks, { say, code: (rule) => void codeAll(rule) });
  since = whole.now;
  facts(whole);
  get("count").textContent = say("count", { n: codings.size });
  get("no-codes").hidden = codes.length > 0;
  told();
  showCodes();
  showSpan();
}

function facts(said: Pick<Whole, "done" | "may_code" | "others_hidden" | "here">): void {
  Object.assign(whole, { done: said.done, may_code: said.may_code });
  get("done").textContent = say(said.done ? "reopen" : "finish");
  get("hidden").hidden = !said.others_hidden;
  get("here").textContent = said.here.length ? say("here", { names: said.here.map((one) => one.name).join(", ") }) : "";
  root.classList.toggle("is-done", said.done);
}

async function poll(): Promise<void> {
  if (document.hidden) return;
  await flush();
  const news = await server.get<News>(`poll.json?since=${encodeURIComponent(since)}&position=${chosen?.start ?? 0}`);
  since = news.now;
  if (isAway) { isAway = false; if (get("status").classList.contains("is-error")) status(say("back")); }
  if (news.version !== whole.source.version) return status(say("changed"), true);
  put(news.codings, news.removed);
  memos.put(news.memos, news.memos_removed);
  facts(news);
}

const memos = new Memos(get<HTMLDetailsElement>("memos"), {
  say, chosen: () => chosen, me: () => whole.me.id, textOf: (span) => drawing.textOf(span), go: (span) => { choose(span); show(span); },
  keep: (id, facts) => guarded(async () => { memos.put([await server.post<Memo>(`memos/${id}/`, facts)]); status(say("memo_kept")); }),
  take: (id) => guarded(async () => { memos.put([], (await server.post<{ removed: string[] }>(`memos/${id}/remove/`)).removed); }),
});

function open(id: string | undefined): void {
  const coding = id ? codings.get(id) : undefined;
  if (coding) { current = coding.id; choose(coding); }
}

list.addEventListener("pointerdown", (event) => event.preventDefault()); // the mark in the text stays
list.addEventListener("click", (event) => {
  const code = byId.get(Number((event.target as Element).closest("li")?.dataset.code));
  if (code) void guarded(() => apply(code));
});
picker.addEventListener("input", () => { at = 0; showCodes(); });
picker.addEventListener("focus", () => { const span = marked() ?? chosen; if (span) choose(span); });
document.addEventListener("pointerup", () => { if (!isTouch()) setTimeout(() => { const span = marked(); if (span) { current = null; choose(span); } }, 0); });
document.addEventListener("selectionchange", () => { // touch draws its own mark with handles: leave the words as they are
  const span = isTouch() ? marked() : null;
  if (span && (span.start !== chosen?.start || span.end !== chosen?.end)) { chosen = span; current = null; told(); showSpan(); }
});
get("text").addEventListener("click", (event) => {
  const target = event.target as Element, name = target.closest<HTMLElement>(".mark-name");
  if (name) open(name.dataset.coding);
  else if (!marked()) {
    const there = target.closest<HTMLElement>(".run")?.dataset.codings?.split(" ")[0], piece = target.closest(".piece");
    if (there) open(there);
    else if (isTouch() && piece) tapped(piece);
  }
});
function tapped(piece: Element): void { // a finger on what somebody says marks all of it, and once more lets go
  const span = wholeOf(piece), again = span?.start === chosen?.start && span?.end === chosen?.end;
  current = null;
  choose(again ? null : span);
}
get("clear").addEventListener("click", () => { current = null; document.getSelection()?.removeAllRanges(); choose(null); });
get("undo").addEventListener("click", () => void step("undo"));
get("redo").addEventListener("click", () => void step("redo"));
get("done").addEventListener("click", () => void finish());
get("suggest").addEventListener("click", () => void suggest());

keys({
  pieces, picker, choose: (span) => { current = null; choose(span); }, chosen: () => chosen, memo: () => memos.open(),
  next: () => {
    const mine = overlapping(chosen).filter((one) => one.coder === whole.me.id);
    current = mine.length ? (mine[(mine.findIndex((one) => one.id === current) + 1) % mine.length] as Coding).id : null;
    showSpan();
  },
  move: (by) => { at = Math.min(Math.max(at + by, 0), list.children.length - 1); showCodes(); },
  apply: () => { const code = byId.get(Number((list.children[at] as HTMLElement | undefined)?.dataset.code)); if (code) void guarded(() => apply(code)); },
  undo: () => void step("undo"), redo: () => void step("redo"),
  valence: (side) => { if (current) void change(current, { valence: codings.get(current)?.valence === side ? "" : side }); },
  remove: () => { if (current) void take(current); },
});
function linked(): void { // an address may name a place: …/code/#at-1200
  const place = Number(/^#at-(\d+)$/.exec(location.hash)?.[1] ?? NaN);
  if (Number.isNaN(place)) return;
  const here = { start: place, end: place + 1 }, coding = overlapping(here)[0];
  if (coding) open(coding.id);
  show(here);
}

void guarded(async () => { await load(); linked(); setInterval(() => void poll().catch(failed), 4000); });
