// What all screens share: who is unlocked, the words, the way between screens, and what the phone knows of itself.
import { createSignal } from "solid-js";
import { learn, say } from "../form/words";
import type { Core, Device, OpenDraft, SyncState } from "./core";
import type { Day } from "./day";
import { noteHeld } from "./held";
import { applySize } from "./reading";

export interface Config {
  version: string;
  languages: { code: string; name: string }[];
  language: string;
  words: Record<string, string>; // language → address of its sentences
  worker: string;
  home: string;
}
export interface Route {
  name: string;
  rest: string[];
}
export type Notice = "update" | "install" | "tight" | "code" | "";

const CALM = 1000; // milliseconds between two drawings that nobody asked for
const LANGUAGE = "mlezi-field-language"; // before anybody unlocked: what the phone was last set to

export class App {
  core: Core | null = null;
  day: Day | null = null;
  private begun: OpenDraft | null = null;
  private drawnAt = -CALM;
  private later = 0;
  private readonly routing = createSignal<Route>(read());
  private readonly speaking = createSignal("en");
  private readonly turning = createSignal(0);
  private readonly hearing = createSignal(navigator.onLine);
  private readonly syncing = createSignal<SyncState | null>(null);
  private readonly installing = createSignal<{ prompt: () => Promise<unknown> } | null>(null);
  private readonly renewing = createSignal<(() => void) | null>(null);
  private readonly tightening = createSignal(false);
  private readonly handing = createSignal(""); // to whom the phone was handed; empty when its owner holds it

  constructor(
    readonly config: Config,
    readonly device: Device,
  ) {
    addEventListener("hashchange", () => this.routing[1](read()));
    addEventListener("online", () => this.hearing[1](true));
    addEventListener("offline", () => this.hearing[1](false));
  }

  get route(): Route {
    return this.routing[0]();
  }
  get language(): string {
    return this.speaking[0]();
  }
  get turn(): number {
    return this.turning[0]();
  }
  get isOnline(): boolean {
    return this.hearing[0]();
  }
  get sync(): SyncState | null {
    return this.syncing[0]();
  }
  get installer(): { prompt: () => Promise<unknown> } | null {
    return this.installing[0]();
  }
  get renewal(): (() => void) | null {
    return this.renewing[0]();
  }
  get isTight(): boolean {
    return this.tightening[0]();
  }
  get handedTo(): string {
    return this.handing[0]();
  }

  go(...path: string[]): void {
    location.hash = `#/${path.map(encodeURIComponent).join("/")}`;
  }
  // Draw the screen again: something it shows has changed.
  again(): void {
    this.turning[1](this.turn + 1);
  }
  // While hundreds of records leave, once a second and not once a record; the first change is shown at once.
  private againSoon(): void {
    const wait = this.drawnAt + CALM - performance.now();
    if (this.later) return;
    this.later = window.setTimeout(() => {
      this.later = 0;
      this.drawnAt = performance.now();
      this.again();
    }, Math.max(0, wait));
  }
  offerInstall(installer: { prompt: () => Promise<unknown> } | null): void {
    this.installing[1](installer);
  }
  offerRenewal(renew: () => void): void {
    this.renewing[1](() => renew);
  }
  // A record that was begun a moment ago is filled in as it is: opening a long form twice takes twice as long.
  fill(draft: OpenDraft, how: "go" | "replace" = "go"): void {
    void this.begun?.close();
    this.begun = draft;
    if (how === "go") this.go("fill", draft.id);
    else location.replace(`#/fill/${encodeURIComponent(draft.id)}`);
  }
  taken(id: string): OpenDraft | null {
    const { begun } = this;
    this.begun = null;
    if (begun?.id === id) return begun;
    void begun?.close();
    return null;
  }
  hand(to: string): void {
    this.handing[1](to);
  }

  async speak(language: string): Promise<void> {
    const known = this.config.languages.some((one) => one.code === language) ? language : this.config.languages[0].code;
    learn((await (await fetch(this.config.words[known])).json()) as Record<string, string>);
    document.documentElement.lang = known;
    document.title = say("app");
    localStorage.setItem(LANGUAGE, known);
    await this.core?.setSetting("language", known);
    this.speaking[1](known);
  }
  get lastLanguage(): string {
    return localStorage.getItem(LANGUAGE) ?? navigator.languages.map((one) => one.split("-")[0]).find((one) => one in this.config.words) ?? this.config.language;
  }

  // Somebody unlocked their part of the phone.
  async enter(core: Core): Promise<void> {
    this.core = core;
    const chosen = (await core.setting("language")) ?? core.person.languages.find((one) => one in this.config.words);
    await this.speak(chosen ?? this.lastLanguage);
    applySize(await core.setting("size"));
    await this.readDay();
    core.on("sync", () => {
      this.syncing[1](core.sync());
      noteHeld(core);
    });
    core.on("records", () => this.againSoon());
    core.on("lists", () => void this.readDay().then(() => this.again()));
    core.on("locked", () => this.leave());
    this.syncing[1](core.sync());
    void this.look();
  }
  leave(): void {
    this.core = null;
    this.day = null;
    this.syncing[1](null);
    this.handing[1]("");
    this.again();
  }
  async look(): Promise<void> {
    this.tightening[1]((await this.device.storage()).isTight);
  }
  private async readDay(): Promise<void> {
    this.day = (await this.core!.day<Day>())?.data ?? null;
  }
}

function read(): Route {
  const [name = "today", ...rest] = location.hash.replace(/^#\/?/, "").split("/").filter(Boolean).map(decodeURIComponent);
  return { name, rest };
}
