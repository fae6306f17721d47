// Writes the draft a moment after each change and when the page goes out of sight, so that a closed tab
// loses nothing. One tab holds a draft at a time.
import type { Session } from "../engine";
import type { Draft, Store } from "./store";
import type { Config } from "./words";

const PAUSE = 500; // milliseconds without a change

export class Keeper {
  private timer = 0;
  private turn: Promise<void> = Promise.resolve();
  private isOver = false;
  private isHeld = false;
  finished: Draft | null = null; // its bytes never change again
  page = "";
  onSaved: (at: Date | null) => void = () => undefined;

  constructor(
    private readonly config: Config,
    private readonly session: Session,
    private readonly store: Store,
    private readonly corrects: string,
    private readonly version: number,
  ) {
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") void this.save();
    });
  }

  changed(): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.save(), PAUSE);
  }

  async save(): Promise<void> {
    clearTimeout(this.timer);
    if (this.isOver || this.config.preview) return;
    this.turn = this.turn.then(async () => {
      if (this.isOver) return;
      const draft = await this.write("draft");
      await this.store.put(draft);
      if (!this.isHeld) void hold(draft.id);
      this.isHeld = true;
      history.replaceState(null, "", `#${encodeURIComponent(draft.id)}`);
      this.onSaved(new Date());
    }).catch(() => this.onSaved(null));
    await this.turn;
  }

  // The bytes that will be sent, kept before the first of them leaves.
  async finish(): Promise<Draft> {
    this.isOver = true;
    clearTimeout(this.timer);
    await this.turn;
    const draft = await this.write("finished");
    await this.store.put(draft);
    this.finished = draft;
    return draft;
  }

  private async write(state: Draft["state"]): Promise<Draft> {
    const record = await this.session.write();
    return {
      id: record.instanceId,
      form: this.config.form,
      version: this.version,
      xml: record.xml,
      files: record.files,
      language: this.session.language,
      page: this.page,
      client: this.config.client,
      changedAt: Date.now(),
      state,
      corrects: this.corrects,
    };
  }
}

// Whether this tab may open the draft; it stays ours until the tab closes.
export async function hold(id: string): Promise<boolean> {
  if (!navigator.locks) return true;
  return new Promise((resolve) => {
    void navigator.locks.request(`draft:${id}`, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock ? new Promise(() => undefined) : undefined;
    });
  });
}
