// Finished records until the server has them. Their bytes never change; only what is known of their way does.
import { durably, type RecordRow } from "./base";
import type { Body, Partition, Whole } from "./partition";
import { sizeOf } from "./drafts";
import { CoreTrouble, type RecordHere, type State, type Trouble } from "./types";

export const UNSENT: State[] = ["finalised", "sending", "parked"];
const DAY = 86_400_000;

export interface Receipt {
  sha256: string;
  state: string;
  present: { name: string; sha256: string; size: number }[];
  missing: string[];
}

export class Outbox {
  constructor(private readonly partition: Partition) {}

  // What waits, in the order it was finished; still sealed, for there may be hundreds.
  async waiting(): Promise<RecordRow[]> {
    const states = ["finalised", "sending"] as const;
    const rows = await Promise.all(states.map((state) => this.partition.base.getAllFromIndex("records", "state", state)));
    return rows.flat().sort((a, b) => a.seq - b.seq);
  }
  async unsent(): Promise<number> {
    const counts = await Promise.all(UNSENT.map((state) => this.partition.base.countFromIndex("records", "state", state)));
    return counts.reduce((sum, one) => sum + one, 0);
  }

  // The state and what is known besides; nothing of the frozen bytes. A record already acknowledged stays so.
  async move(whole: Whole, state: State, known: Partial<Pick<Body, "trouble" | "said" | "present" | "tries" | "sentAt" | "settled">> = {}): Promise<Whole> {
    const next: Whole = { ...whole, state, changedAt: Date.now(), body: { ...whole.body, ...known } };
    const row = await this.partition.seal(next);
    const isMoved = await this.put(row).catch((error) => this.withoutRoom(error, next));
    this.partition.tell("records");
    return isMoved ? next : whole;
  }
  private put(row: RecordRow): Promise<boolean> {
    return durably(this.partition.base, ["records"], async (turn) => {
      const here = await turn.objectStore("records").get(row.id);
      if (!here || here.state === "draft" || (here.state === "acknowledged" && row.state !== "acknowledged")) return false;
      await turn.objectStore("records").put(row);
      return true;
    });
  }
  // A full phone must be able to send, or it stays full. What it cannot write down it can do without: the bytes on
  // the disk are frozen either way, and a record that the server holds whole may go at once.
  private async withoutRoom(error: unknown, next: Whole): Promise<boolean> {
    if (!(error instanceof CoreTrouble && error.reason === "no_room")) throw error;
    if (next.state === "acknowledged") await this.drop([next.id]);
    return true;
  }

  // Whether the server's word covers every byte: the record's hash, and each file it names with its own hash.
  judge(whole: Whole, receipt: Receipt): "whole" | "partly" | "different" {
    if (receipt.sha256 !== whole.body.sha256) return "different";
    const there = new Map(receipt.present.map((file) => [file.name, file.sha256]));
    if (whole.body.files.some((file) => there.has(file.name) && there.get(file.name) !== file.sha256)) return "different";
    return whole.body.files.every((file) => there.has(file.name)) ? "whole" : "partly";
  }
  acknowledge(whole: Whole, said: string): Promise<Whole> {
    const present = whole.body.files.map((file) => file.name);
    return this.move(whole, "acknowledged", { trouble: null, said, present, sentAt: Date.now() });
  }

  // Let go of what the server has had for `days`; never of anything else.
  async forget(days: number, now: number): Promise<void> {
    const { wholes } = await this.partition.all("acknowledged");
    const old = wholes.filter((one) => now - (one.body.sentAt ?? now) > days * DAY && one.body.settled);
    if (!old.length) return;
    await this.drop(old.map((one) => one.id));
    this.partition.tell("records");
  }
  private drop(ids: string[]): Promise<void> {
    return durably(this.partition.base, ["records", "blobs"], async (turn) => {
      for (const id of ids) {
        await turn.objectStore("records").delete(id);
        for (const key of await turn.objectStore("blobs").index("id").getAllKeys(id)) await turn.objectStore("blobs").delete(key);
      }
    });
  }
}

export function shown({ id, state, changedAt, body }: Whole): RecordHere {
  const { form, title, version, name, encounterUid, trouble, said, startedAt, sentAt, files, present } = body;
  const missingFiles = files.filter((file) => !present.includes(file.name)).length;
  return {
    id, form, title, version, name, encounterUid, state, trouble, said, startedAt, changedAt, sentAt, missingFiles,
    files: files.length,
    bytes: sizeOf(body),
  };
}
export function shownDamaged(row: { id: string; state: State; changedAt: number }): RecordHere {
  const trouble: Trouble = "damaged";
  const none = { form: "", title: "", version: "", name: "", encounterUid: "", said: "", files: 0, bytes: 0, missingFiles: 0, sentAt: null };
  return { ...none, id: row.id, state: row.state, trouble, startedAt: row.changedAt, changedAt: row.changedAt };
}
