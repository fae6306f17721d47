// Writes the draft a moment after each change and when the page goes out of sight, so that a closed tab
// loses nothing. One tab holds a draft at a time.
import type { Session } from "../engine";
import { hold as holding } from "../shared/holding";
import { Saver } from "../shared/saver";
import type { Draft, Store } from "./store";
import type { Config } from "./words";

export class Keeper {
  private readonly saver = new Saver(() => this.keep());
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
  ) {}

  changed(): void {
    if (!this.config.preview) this.saver.changed();
  }

  save(): Promise<void> {
    return this.saver.save();
  }

  private async keep(): Promise<void> {
    if (this.config.preview) return;
    try {
      const draft = await this.write("draft");
      await this.store.put(draft);
      if (!this.isHeld) void hold(draft.id);
      this.isHeld = true;
      history.replaceState(null, "", `#${encodeURIComponent(draft.id)}`);
      this.onSaved(new Date());
    } catch {
      this.onSaved(null);
    }
  }

  // The bytes that will be sent, kept before the first of them leaves.
  async finish(): Promise<Draft> {
    await this.saver.stop();
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
  return (await holding(`draft:${id}`)) !== null;
}
