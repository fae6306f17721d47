// The records as screens list them. A row is opened again only when it was sealed anew, so that a list of five hundred
// costs what changed in it and not what is in it.
import type { RecordRow } from "./base";
import { shown, shownDamaged } from "./outbox";
import type { Partition } from "./partition";
import type { RecordHere } from "./types";

export class Listing {
  private known = new Map<string, { seal: string; here: RecordHere }>();

  constructor(private readonly partition: Partition) {}

  async all(): Promise<RecordHere[]> {
    const rows = await this.partition.base.getAll("records");
    const read = await Promise.all(rows.map((row) => this.read(row)));
    this.known = new Map(read.map((one) => [one.here.id, one]));
    return read.map((one) => one.here);
  }
  private async read(row: RecordRow): Promise<{ seal: string; here: RecordHere }> {
    const seal = `${row.state} ${row.body.iv.join()}`; // no two seals share it
    const known = this.known.get(row.id);
    if (known?.seal === seal) return known;
    const whole = await this.partition.unseal(row).catch(() => null);
    return { seal, here: whole ? shown(whole) : shownDamaged(row) };
  }
}
