// The coding page: mark words, type letters of a code, press Enter. Everything works with keys alone and by touch.
import "./coding.scss";
import { Drawing } from "./drawing";
import { find } from "./finding";
import { keys } from "./keys";
import { endOf, marked, startOf, type Span } from "./positions";
import { Server } from "./talking";
import type { Code, Coding, Suggestion, Whole } from "./types";

const root = document.getElementById("coding") as HTMLElement;
const get = <T extends HTMLElement>(name: string): T => root.querySelector(`[data-${name}]`) as T;
const words = JSON.parse(root.dataset.words as string) as Record<string, string>;
const say = (name: string, facts: Record<string, string | number> = {}): string =>
  Object.entries(facts).reduce((text, [key, value]) => text.replace(`{${key}}`, String(value)), words[name] ?? name);
const server = new Server(root.dataset.base as string, root.dataset.csrf as string);
const pieces = [...root.querySelectorAll(".piece")];
const picker = get<HTMLInputElement>("picker"), list = get<HTMLUListElement>("codes"), panel = get<HTMLElement>("panel");

let whole: Whole, drawing: Drawing, codes: Code[] = [], since = "";
const byId = new Map<number, Code>(), codings = new Map<string, Coding>();
let chosen: Span | null = null, current: string | null = null, at = 0, recent: number[] = [];

function status(text: string, isError = false): void {
  const line = get("status");
  line.textContent = text;
  line.classList.toggle("is-error", isError);
}

async function guarded(work: () => Promise<void>): Promise<void> {
  try { await work(); } catch (error) { status((error as Error).message, true); }
}

function choose(span: Span | null): void {
  const before = chosen;
  chosen = span;
  const all = [...codings.values()];
  if (before) drawing.some(before, all, chosen);
  if (span) drawing.some(span, all, chosen);
  root.classList.toggle("has-span", span !== null);
  get("chosen").textContent = span ? drawing.textOf(span).slice(0, 160) : say("mark");
  showCodes();
  showSpan();
}

function showCodes(): void {
  const found = find(codes, picker.value, recent);
  at = Math.min(at, Math.max(found.length - 1, 0));
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
  list.children[at]?.scrollIntoView({ block: "nearest" });
}

function showSpan(): void {
  const near = chosen ? [...codings.values()].filter((one) => one.start < (chosen as Span).end && one.end > (chosen as Span).start) : [];
  get("here-codings").replaceChildren(...near.map((one) => {
    const item = document.createElement("li");
    const mine = one.coder === whole.me.id, code = byId.get(one.code);
    item.innerHTML = `<i class="dot c${code?.colour ?? 0}" aria-hidden="true"></i><b></b> <span class="soft"></span><div class="tools"></div>`;
    (item.children[1] as HTMLElement).textContent = code?.title ?? "?";
    const beside = one.qualifier ? ` × ${byId.get(one.qualifier)?.title ?? ""}` : "";
    (item.children[2] as HTMLElement).textContent = `${beside} ${mine ? "" : one.coder_name}`;
    item.classList.toggle("is-current", one.id === current);
    const tools = item.children[3] as HTMLElement;
    if (!mine) tools.textContent = one.valence ? say(one.valence) : "";
    else if (whole.may_code) fillTools(tools, one, code);
    return item;
  }));
}

function fillTools(tools: HTMLElement, one: Coding, code: Code | undefined): void {
  for (const [n, side] of ["helps", "hinders", "both", "neither"].entries()) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = say(side);
    button.title = `${say(side)} (${n + 1})`;
    button.setAttribute("aria-pressed", String(one.valence === side));
    button.addEventListener("click", () => void change(one.id, { valence: one.valence === side ? "" : side }));
    tools.append(button);
  }
  const others = code?.qualified_by ? codes.filter((other) => other.parent === code.qualified_by) : [];
  if (others.length) {
    const select = document.createElement("select");
    select.setAttribute("aria-label", say("beside"));
    select.append(new Option(say("beside"), ""), ...others.map((other) => new Option(other.title, String(other.id))));
    select.value = one.qualifier ? String(one.qualifier) : "";
    select.addEventListener("change", () => void change(one.id, { qualifier: select.value ? Number(select.value) : null }));
    tools.append(select);
  }
  const note = document.createElement("input");
  note.value = one.note;
  note.placeholder = say("note");
  note.setAttribute("aria-label", say("note"));
  note.addEventListener("change", () => void change(one.id, { note: note.value }));
  const remove = document.createElement("button");
  remove.type = "button";
  remove.textContent = say("remove");
  remove.addEventListener("click", () => void take(one.id));
  tools.append(note, remove);
}

function put(rows: Coding[], removed: string[] = []): void {
  const touched: Span[] = [];
  for (const row of rows) { touched.push(row); const old = codings.get(row.id); if (old) touched.push(old); codings.set(row.id, row); }
  for (const id of removed) { const old = codings.get(id); if (old) touched.push(old); codings.delete(id); }
  const all = [...codings.values()];
  for (const span of touched) drawing.some(span, all, chosen);
  get("count").textContent = say("count", { n: codings.size });
  showSpan();
}

async function apply(code: Code): Promise<void> {
  const span = chosen ?? marked();
  if (!span) return status(say("mark"), true);
  if (!whole.may_code) return status(say("done_said"), true);
  const item = { id: crypto.randomUUID(), start: span.start, end: span.end, code: code.id };
  const made = await server.post<{ codings: Coding[] }>("codings/", { version: whole.source.version, items: [item] });
  recent = [code.id, ...recent.filter((id) => id !== code.id)].slice(0, 8);
  current = item.id;
  picker.value = "";
  at = 0;
  chosen = span;
  put(made.codings);
  showCodes();
  status(say("coded", { code: code.title }));
}

async function change(id: string, facts: Partial<Coding>): Promise<void> {
  await guarded(async () => { put([await server.post<Coding>(`codings/${id}/`, facts)]); current = id; });
}

async function take(id: string): Promise<void> {
  await guarded(async () => { put([], (await server.post<{ removed: string[] }>(`codings/${id}/remove/`)).removed); });
}

async function step(verb: "undo" | "redo"): Promise<void> {
  await guarded(async () => {
    const done = await server.post<{ codings: Coding[]; removed: string[] }>(`steps/${verb}/`);
    put(done.codings, done.removed);
    status(say(verb));
  });
}

async function finish(): Promise<void> {
  await guarded(async () => { await server.post(whole.done ? "reopen/" : "done/"); await load(); });
}

async function suggest(): Promise<void> {
  await guarded(async () => {
    const found = (await server.get<{ suggestions: Suggestion[] }>("suggestions.json")).suggestions;
    const box = get("suggestions");
    status(say(found.length ? "suggested" : "nothing_suggested", { n: found.length }));
    box.replaceChildren(...found.map((one) => {
      const item = document.createElement("li"), button = document.createElement("button"), code = byId.get(one.code);
      button.type = "button";
      button.textContent = `${code?.title ?? "?"}: ${drawing.textOf(one).slice(0, 70)}`;
      const precision = document.createElement("small");
      precision.textContent = say("precision", { share: Math.round(one.precision * 100), n: one.n });
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
  codings.clear();
  for (const one of whole.codings) codings.set(one.id, one);
  drawing ??= new Drawing(pieces, byId);
  drawing.all(whole.codings, chosen);
  since = whole.now;
  facts(whole);
  get("count").textContent = say("count", { n: codings.size });
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
  const position = chosen?.start ?? 0;
  const news = await server.get<Whole & { removed: string[]; version: number }>(`poll.json?since=${encodeURIComponent(since)}&position=${position}`);
  since = news.now;
  if (news.version !== whole.source.version) return status(say("changed"), true);
  if (news.codings.length || news.removed.length) put(news.codings, news.removed);
  facts(news);
}

list.addEventListener("pointerdown", (event) => event.preventDefault()); // the mark in the text stays
list.addEventListener("click", (event) => {
  const id = Number((event.target as Element).closest("li")?.dataset.code);
  const code = byId.get(id);
  if (code) void guarded(() => apply(code));
});
picker.addEventListener("input", () => { at = 0; showCodes(); });
picker.addEventListener("focus", () => { const span = marked(); if (span) choose(span); });
document.addEventListener("pointerup", () => setTimeout(() => {
  const span = marked();
  if (span) { choose(span); current = null; }
}, 0));
document.addEventListener("selectionchange", () => { // touch: the mark is drawn with handles, no pointerup comes
  if (matchMedia("(pointer: coarse)").matches) { const span = marked(); if (span && (span.start !== chosen?.start || span.end !== chosen?.end)) { chosen = span; get("chosen").textContent = drawing.textOf(span).slice(0, 160); root.classList.add("has-span"); } }
});
get("text").addEventListener("click", (event) => {
  const run = (event.target as Element).closest<HTMLElement>(".run");
  const id = run?.dataset.codings?.split(" ")[0];
  const coding = id ? codings.get(id) : undefined;
  if (coding && !marked()) { current = coding.id; choose(coding); }
});
get("undo").addEventListener("click", () => void step("undo"));
get("redo").addEventListener("click", () => void step("redo"));
get("done").addEventListener("click", () => void finish());
get("suggest").addEventListener("click", () => void suggest());

keys({
  pieces, panel, picker,
  choose: (span) => { current = null; choose(span); },
  chosen: () => chosen,
  move: (by) => { at = Math.min(Math.max(at + by, 0), list.children.length - 1); showCodes(); },
  apply: () => { const code = byId.get(Number((list.children[at] as HTMLElement | undefined)?.dataset.code)); if (code) void guarded(() => apply(code)); },
  undo: () => void step("undo"), redo: () => void step("redo"),
  valence: (side) => { if (current) void change(current, { valence: side }); },
  remove: () => { if (current) void take(current); },
  span: (piece) => ({ start: startOf(piece), end: endOf(piece) }),
});
void guarded(async () => { await load(); setInterval(() => void poll().catch(() => status(say("offline"), true)), 4000); });
