// One unlocked person: what the screens may do, each a line that hands over to the part that does it.
import type { PersonRow } from "./base";
import { Forms } from "./catalogue";
import { type Around, discard, lockOf, openDraft, startDraft } from "./drafts";
import { exportUnsent } from "./exporting";
import { Guidance } from "./guidance";
import { Listing } from "./listing";
import { Outbox, shown } from "./outbox";
import type { Partition } from "./partition";
import { Server, type Patience } from "./server";
import { Syncing } from "./syncing";
import {
  type Core, CoreTrouble, type CoreEvent, type FormHere, type GuidanceFile, type OpenDraft, type PersonHere, type ProfileAnswer, type RecordHere,
  type Row, type StartOptions, type SyncResult, type SyncState,
} from "./types";

export interface Keys {
  changePin(old: string, fresh: string): Promise<void>;
  told(profile: ProfileAnswer): Promise<void>; // by the server, at a pull
}

export class Unlocked implements Core {
  readonly person: PersonHere;
  readonly deviceId: string;
  private readonly forms_: Forms;
  private readonly outbox: Outbox;
  private readonly listing: Listing;
  private readonly guidance_: Guidance;
  private readonly syncing: Syncing;
  private readonly around: Around;

  constructor(private readonly partition: Partition, private readonly keys: Keys, patience?: Patience) {
    this.person = here(partition.row);
    this.deviceId = partition.row.deviceId;
    const server = new Server(partition.address, this.deviceId, patience);
    this.forms_ = new Forms(partition);
    this.outbox = new Outbox(partition);
    this.listing = new Listing(partition);
    this.guidance_ = new Guidance(partition, server);
    this.syncing = new Syncing(partition, this.forms_, this.outbox, this.guidance_, server, (profile) => keys.told(profile));
    this.around = { partition, forms: this.forms_, shown, finalised: () => this.syncing.soon(0) };
    partition.on("locked", () => this.end());
  }
  async begin(): Promise<this> {
    await this.syncing.count();
    this.syncing.soon(1000);
    return this;
  }

  forms(): Promise<FormHere[]> {
    return this.forms_.all();
  }
  rows(list: string): Promise<Row[]> {
    return this.forms_.rows(list);
  }
  day<T>(): Promise<{ data: T; at: number } | null> {
    return this.guidance_.day<T>();
  }

  startDraft(formId: string, how: StartOptions = {}): Promise<OpenDraft> {
    return startDraft(this.around, formId, how);
  }
  openDraft(id: string): Promise<OpenDraft> {
    return openDraft(this.around, id);
  }
  async records(): Promise<RecordHere[]> {
    return (await this.listing.all()).sort((a, b) => b.startedAt - a.startedAt);
  }
  async record(id: string): Promise<RecordHere | null> {
    const whole = await this.partition.whole(id);
    return whole && shown(whole);
  }
  async frozen(id: string): Promise<{ xml: string; files: File[] }> {
    const whole = await this.partition.whole(id);
    if (!whole) throw new CoreTrouble("no_form", { detail: id });
    return { xml: whole.body.xml, files: await Promise.all(whole.body.files.map((fact) => this.partition.blob(id, fact))) };
  }
  async discardDraft(id: string): Promise<void> {
    const isOurs = await navigator.locks.request(lockOf(id), { ifAvailable: true }, async (lock) => {
      if (lock) await discard(this.partition, id);
      return lock !== null;
    });
    if (!isOurs) throw new CoreTrouble("open_elsewhere");
  }
  async retry(id: string): Promise<void> {
    const whole = await this.partition.whole(id);
    if (whole?.state !== "parked") return;
    await this.outbox.move(whole, "sending", { trouble: null }); // it may have been there: the server is asked first
    this.syncing.soon(0);
  }

  sendNow(): Promise<SyncResult> {
    return this.syncing.now(true);
  }
  sync(): SyncState {
    return this.syncing.state;
  }
  async pull(): Promise<void> {
    await this.syncing.pull();
  }

  guidance(): Promise<GuidanceFile[]> {
    return this.guidance_.all();
  }
  keepGuidance(name: string): Promise<void> {
    return this.guidance_.keep(name);
  }
  dropGuidance(name: string): Promise<void> {
    return this.guidance_.drop(name);
  }
  openGuidance(name: string): Promise<Blob | null> {
    return this.guidance_.open(name);
  }

  exportUnsent(): Promise<File> {
    return exportUnsent(this.partition);
  }
  changePin(oldPin: string, newPin: string): Promise<void> {
    return this.keys.changePin(oldPin, newPin);
  }
  async signOut(): Promise<{ unsent: number }> {
    const unsent = await this.outbox.unsent();
    this.syncing.stop();
    this.partition.lock();
    return { unsent };
  }
  private end(): void {
    this.syncing.stop();
    if (!this.partition.isLocked) this.partition.close();
  }

  async setting(name: string): Promise<string | null> {
    return this.partition.fact<string>(`setting/${name}`);
  }
  setSetting(name: string, value: string): Promise<void> {
    return this.partition.setFact(`setting/${name}`, value);
  }
  on(what: CoreEvent, then: () => void): () => void {
    return this.partition.on(what, then);
  }
}

export function here(row: PersonRow): PersonHere {
  return { id: row.id, name: row.name, programme: row.programme, languages: row.languages };
}
