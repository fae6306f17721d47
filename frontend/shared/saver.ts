// Saves a moment after the last change and when the page goes out of sight; one saving at a time, in order.
const PAUSE = 500; // milliseconds without a change

export class Saver {
  private timer = 0;
  private turn: Promise<void> = Promise.resolve();
  private isOver = false;
  private readonly hidden = (): void => {
    if (document.visibilityState === "hidden") void this.save().catch(() => undefined);
  };

  constructor(private readonly write: () => Promise<void>) {
    document.addEventListener("visibilitychange", this.hidden);
  }

  changed(): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.save().catch(() => undefined), PAUSE);
  }

  // Fails as `write` failed; the next saving is tried all the same.
  save(): Promise<void> {
    clearTimeout(this.timer);
    if (this.isOver) return this.turn.catch(() => undefined);
    const mine = this.turn.catch(() => undefined).then(() => (this.isOver ? undefined : this.write()));
    this.turn = mine;
    return mine;
  }

  // After this nothing is saved any more; what was being saved has been.
  async stop(): Promise<void> {
    this.isOver = true;
    clearTimeout(this.timer);
    await this.turn.catch(() => undefined);
  }
  again(): void {
    this.isOver = false;
  }
  end(): void {
    this.isOver = true;
    clearTimeout(this.timer);
    document.removeEventListener("visibilitychange", this.hidden);
  }
}
