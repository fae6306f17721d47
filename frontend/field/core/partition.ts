// One person's part of the phone, unlocked: reads and writes what is sealed, and tells other tabs of changes.
import { text } from "../../shared/bytes";
import { type Base, durably, openPersonBase, type PersonRow, type RecordRow } from "./base";
import { CoreTrouble, type CoreEvent, type State, type Trouble } from "./types";
import type { Sealed, Vault } from "./vault";

// What of a record is sealed.
export interface Body {
  form: string;
  title: string;
  version: string;
  name: string;
  encounterUid: string;
  xml: string;
  sha256: string; // of the frozen bytes; empty for drafts
  files: FileFact[];
  language: string;
  page: string;
  pin: Pin;
  startedAt: number;
  said: string;
  trouble: Trouble | null;
  present: string[]; // files that the server said it has
  tries: number;
  sentAt: number | null;
  settled: boolean; // the server made its rows of it, so its lists may be believed again
}
export interface FileFact {
  name: string;
  size: number;
  sha256: string;
  type: string;
}
// The form and its files as they were when a draft was begun, by hash: a newer version changes no draft.
export interface Pin {
  form: string;
  files: Record<string, { hash: string; isList: boolean }>;
}
export interface Whole {
  id: string;
  state: State;
  seq: number;
  changedAt: number;
  body: Body;
}

const ADDRESS = "address";

export class Partition {
  private readonly listeners = new Map<CoreEvent, Set<() => void>>();
  private readonly line: BroadcastChannel;
  isLocked = false;

  // `address`: of the phone at the server, when a code was just read; otherwise the one kept.
  static async open(row: PersonRow, vault: Vault, address: string): Promise<Partition> {
    const base = await openPersonBase(row.id);
    const sealed = await base.get("facts", ADDRESS);
    if (!address && !sealed) {
      base.close();
      throw new CoreTrouble("emptied");
    }
    const kept = address || (sealed ? await vault.openJson<string>(`facts/${ADDRESS}`, sealed) : "");
    const partition = new Partition(row, base, vault, kept);
    if (address) await partition.setFact(ADDRESS, address);
    return partition;
  }

  private constructor(readonly row: PersonRow, readonly base: Base, readonly vault: Vault, readonly address: string) {
    this.line = new BroadcastChannel(`mlezi-field-${row.id}`);
    this.line.onmessage = ({ data }) => this.heard(data as CoreEvent);
  }

  async fact<T>(name: string): Promise<T | null> {
    const sealed = await this.base.get("facts", name);
    return sealed ? this.vault.openJson<T>(`facts/${name}`, sealed) : null;
  }
  async setFact(name: string, value: unknown): Promise<void> {
    const sealed = await this.sealFact(name, value);
    await durably(this.base, ["facts"], (turn) => turn.objectStore("facts").put(sealed, name));
  }
  sealFact(name: string, value: unknown): Promise<Sealed> {
    return this.vault.sealJson(`facts/${name}`, value);
  }

  async seal(whole: Whole): Promise<RecordRow> {
    return { ...whole, body: await this.vault.sealJson(`records/${whole.id}`, whole.body) };
  }
  async unseal(row: RecordRow): Promise<Whole> {
    try {
      return { ...row, body: await this.vault.openJson<Body>(`records/${row.id}`, row.body) };
    } catch {
      throw new CoreTrouble("damaged", { detail: row.id });
    }
  }
  async whole(id: string): Promise<Whole | null> {
    const row = await this.base.get("records", id);
    return row ? this.unseal(row) : null;
  }
  // Those that can be read; `damaged` has the ids of the others, which never stand in the way.
  async all(...states: State[]): Promise<{ wholes: Whole[]; damaged: RecordRow[] }> {
    const found = states.map((state) => this.base.getAllFromIndex("records", "state", state));
    const rows = states.length ? (await Promise.all(found)).flat() : await this.base.getAll("records");
    const read = await Promise.all(rows.map((row) => this.unseal(row).catch(() => null)));
    return { wholes: read.filter((one) => one !== null), damaged: rows.filter((_, at) => read[at] === null) };
  }

  // Bytes of a form, list or picture by their hash.
  async file(hash: string): Promise<Uint8Array<ArrayBuffer> | null> {
    const row = await this.base.get("files", hash);
    return row ? this.vault.open(`files/${hash}`, row.bytes) : null;
  }
  async fileText(hash: string): Promise<string | null> {
    const bytes = await this.file(hash);
    return bytes && text(bytes);
  }
  async keepFile(hash: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const sealed = await this.vault.seal(`files/${hash}`, bytes);
    await durably(this.base, ["files"], (turn) => turn.objectStore("files").put({ hash, bytes: sealed }));
  }

  async blob(id: string, fact: FileFact): Promise<File> {
    const row = await this.base.get("blobs", [id, fact.name]);
    if (!row) throw new CoreTrouble("damaged", { detail: fact.name });
    const bytes = await this.vault.open(`blobs/${id}/${fact.name}`, row.bytes).catch(() => null);
    if (!bytes) throw new CoreTrouble("damaged", { detail: fact.name });
    return new File([bytes], fact.name, { type: fact.type });
  }
  async sealBlob(id: string, file: File): Promise<{ id: string; name: string; bytes: Sealed }> {
    return { id, name: file.name, bytes: await this.vault.seal(`blobs/${id}/${file.name}`, await file.arrayBuffer()) };
  }

  on(what: CoreEvent, then: () => void): () => void {
    const known = this.listeners.get(what) ?? new Set();
    this.listeners.set(what, known.add(then));
    return () => known.delete(then);
  }
  tell(what: CoreEvent): void {
    if (this.isLocked) return;
    this.line.postMessage(what);
    this.heard(what);
  }
  private heard(what: CoreEvent): void {
    for (const then of this.listeners.get(what) ?? []) then();
  }
  lock(): void {
    this.tell("locked");
    this.close();
  }
  close(): void {
    this.isLocked = true;
    this.line.close();
    this.base.close();
  }
}

