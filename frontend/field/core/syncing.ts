// When to talk to the server: after a record is finished, when the line comes back, when somebody asks, and again
// after a while when it did not work. One tab at a time; a second wish while one runs is heard at its end.
import type { Forms } from "./catalogue";
import type { Guidance } from "./guidance";
import type { Outbox } from "./outbox";
import type { Partition } from "./partition";
import { LineTrouble, type Server } from "./server";
import { Sender } from "./sending";
import { letGoOfRows, noteRead, unread } from "./settling";
import type { NewsAnswer, ProfileAnswer, SyncResult, SyncState, Trouble } from "./types";

const LONGEST = 15 * 60_000;
const PULL_EVERY = 30 * 60_000; // when nobody asks
const TAG = "mlezi-send";

interface Known {
  lastAt: number | null;
  pulledAt: number;
  keepDays: number;
}

export class Syncing {
  state: SyncState = { isRunning: false, unsent: 0, drafts: 0, lastAt: null, trouble: null, needsCode: false };
  private timer = 0;
  private failures = 0;
  private running: Promise<SyncResult> | null = null;
  private isWanted = false;
  private readonly sender: Sender;
  private readonly awake = (): void => {
    this.failures = 0;
    this.soon(0);
  };
  private readonly asked = (event: MessageEvent): void => {
    if (event.data === TAG) this.awake();
  };

  constructor(
    private readonly partition: Partition,
    private readonly forms: Forms,
    private readonly outbox: Outbox,
    private readonly guidance: Guidance,
    private readonly server: Server,
    private readonly told: (profile: ProfileAnswer) => Promise<void>,
  ) {
    this.sender = new Sender(partition, outbox, server);
    addEventListener("online", this.awake);
    navigator.serviceWorker?.addEventListener("message", this.asked);
    partition.on("records", () => void this.count().catch(() => undefined)); // it may be closing just now
  }

  stop(): void {
    clearTimeout(this.timer);
    removeEventListener("online", this.awake);
    navigator.serviceWorker?.removeEventListener("message", this.asked);
  }
  soon(after: number): void {
    clearTimeout(this.timer);
    if (this.partition.isLocked) return;
    this.timer = window.setTimeout(() => void this.now(false).catch(() => undefined), after);
    if (after === 0) void wakeUs();
  }

  now(pullsToo: boolean): Promise<SyncResult> {
    if (this.running && pullsToo) return this.running.then(() => this.now(true)); // the line may be better now
    if (this.running) {
      this.isWanted = true;
      return this.running;
    }
    this.running = this.exclusively(pullsToo).finally(() => {
      this.running = null;
      if (this.isWanted) this.soon(0);
      this.isWanted = false;
    });
    return this.running;
  }
  private exclusively(pullsToo: boolean): Promise<SyncResult> {
    clearTimeout(this.timer);
    return navigator.locks.request(`field-sync:${this.partition.row.id}`, () => this.once(pullsToo)) as unknown as Promise<SyncResult>;
  }

  private async once(pullsToo: boolean): Promise<SyncResult> {
    await this.set({ isRunning: true });
    let sent = 0;
    let trouble: Trouble | null = null;
    try {
      sent = await this.sender.round();
      if (pullsToo || (await this.isTimeToPull())) await this.pull();
      await this.outbox.forget((await this.known()).keepDays, Date.now());
      await this.remember({ lastAt: Date.now() });
      this.failures = 0;
    } catch (error) {
      if (!(error instanceof LineTrouble)) throw error;
      trouble = error.trouble;
      this.failures += 1;
      if (trouble !== "turned_away") this.soon(Math.max(error.retryAfter * 1000, this.wait()));
    } finally {
      if (!this.partition.isLocked) await this.set({ isRunning: false, trouble, needsCode: trouble === "turned_away" });
    }
    return { sent, left: this.state.unsent, trouble };
  }
  // Doubled each time, and never the same for two phones that lost the line together.
  private wait(): number {
    return Math.min(LONGEST, this.server.patience.backoff * 2 ** (this.failures - 1)) * (0.5 + Math.random());
  }

  // Not after each record: what was just sent is read behind the answer, and its rows are here already.
  private async isTimeToPull(): Promise<boolean> {
    return Math.abs(Date.now() - (await this.known()).pulledAt) > PULL_EVERY;
  }
  // One small question: what is new of forms and lists, of the day and of guidance? Then only that.
  async pull(): Promise<void> {
    const open = await unread(this.partition);
    const answer = await this.server.json<NewsAnswer>(`app/news?sent=${open.map((one) => one.id).join(",")}`);
    const news = answer!.data;
    await noteRead(this.outbox, open, news.sent);
    const offer = await this.forms.pull(this.server, news.offered);
    await letGoOfRows(this.partition, this.forms);
    if (offer) await this.told(offer.profile);
    await this.guidance.pull(this.server, news);
    const known = await this.known();
    await this.remember({ pulledAt: Date.now(), keepDays: offer?.profile.keep_sent_days ?? known.keepDays });
  }

  private async known(): Promise<Known> {
    return (await this.partition.fact<Known>("sync")) ?? { lastAt: null, pulledAt: 0, keepDays: 30 };
  }
  private async remember(some: Partial<Known>): Promise<void> {
    await this.partition.setFact("sync", { ...(await this.known()), ...some });
  }
  async count(): Promise<void> {
    if (this.partition.isLocked) return;
    const [unsent, drafts] = await Promise.all([this.outbox.unsent(), this.partition.base.countFromIndex("records", "state", "draft")]);
    if (unsent !== this.state.unsent || drafts !== this.state.drafts) await this.set({ unsent, drafts });
  }
  private async set(some: Partial<SyncState>): Promise<void> {
    const { lastAt } = await this.known();
    const unsent = await this.outbox.unsent();
    this.state = { ...this.state, unsent, lastAt, ...some };
    this.partition.tell("sync");
  }
}

// Where the browser can wake us when the line is back, it shall.
async function wakeUs(): Promise<void> {
  const worker = await navigator.serviceWorker?.getRegistration().catch(() => undefined);
  const sync = (worker as { sync?: { register(tag: string): Promise<void> } } | undefined)?.sync;
  await sync?.register(TAG).catch(() => undefined);
}
