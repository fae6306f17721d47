// The rooms of the phone's store. One small base says who is here; each person has a base of their own, in which
// everything but ids, states and order is sealed.
import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB, type StoreNames } from "idb";
import { CoreTrouble, type State } from "./types";
import type { Sealed } from "./vault";

export interface PersonRow {
  id: string;
  name: string;
  programme: string;
  languages: string[];
  deviceId: string;
  salt: Uint8Array<ArrayBuffer>;
  iterations: number;
  wrapped: Sealed; // the person's key, locked with their PIN
  office: { key: string; sealed: string }; // the same key, locked for the office alone
  wrong: number; // PINs tried in vain since the last right one
  waitUntil: number;
}
interface DeviceBase extends DBSchema {
  people: { key: string; value: PersonRow };
}
export interface RecordRow {
  id: string; // instanceID
  state: State;
  seq: number; // order of finalising; 0 for drafts
  changedAt: number;
  body: Sealed;
}
export interface PersonBase extends DBSchema {
  records: { key: string; value: RecordRow; indexes: { state: State; seq: number } };
  blobs: { key: [string, string]; value: { id: string; name: string; bytes: Sealed }; indexes: { id: string } };
  files: { key: string; value: { hash: string; bytes: Sealed } }; // forms, lists and pictures by SHA-256
  guidance: { key: string; value: { name: string; sha256: string; bytes: Sealed } };
  facts: { key: string; value: Sealed }; // the catalogue, entities, the day, settings …
}
export type Base = IDBPDatabase<PersonBase>;
export type Turn<Names extends StoreNames<PersonBase>> = IDBPTransaction<PersonBase, Names[], "readwrite">;

export function openDeviceBase(): Promise<IDBPDatabase<DeviceBase>> {
  return openDB<DeviceBase>("mlezi-field", 1, {
    upgrade: (base) => void base.createObjectStore("people", { keyPath: "id" }),
  });
}

export function openPersonBase(id: string): Promise<Base> {
  return openDB<PersonBase>(`mlezi-field-${id}`, 1, {
    upgrade(base) {
      const records = base.createObjectStore("records", { keyPath: "id" });
      records.createIndex("state", "state");
      records.createIndex("seq", "seq");
      base.createObjectStore("blobs", { keyPath: ["id", "name"] }).createIndex("id", "id");
      base.createObjectStore("files", { keyPath: "hash" });
      base.createObjectStore("guidance", { keyPath: "name" });
      base.createObjectStore("facts");
    },
  });
}

// Do it all or nothing of it, and have it on the disk before it counts as done: a flat battery may follow.
export async function durably<Names extends StoreNames<PersonBase>, T>(
  base: Base,
  names: Names[],
  work: (turn: Turn<Names>) => Promise<T> | T,
): Promise<T> {
  const turn = base.transaction(names, "readwrite", { durability: "strict" });
  try {
    const [result] = await Promise.all([work(turn), turn.done]);
    return result;
  } catch (error) {
    try {
      turn.abort();
    } catch {
      // it ended by itself
    }
    await turn.done.catch(() => undefined);
    throw error instanceof DOMException && /quota/i.test(`${error.name} ${error.message}`) ? new CoreTrouble("no_room") : error;
  }
}
