// What this browser keeps: drafts while they are typed, and finished records until the office has them.
// Each person has a store of their own, so that a shared computer shows nobody another's drafts.
export interface Draft {
  id: string; // the record's own id
  form: string;
  version: number; // the row of the form version it was begun with
  xml: string;
  files: File[];
  language: string;
  page: string;
  client: "web" | "paper";
  changedAt: number;
  state: "draft" | "finished"; // finished: its bytes never change again
  corrects: string; // address of the sent record it corrects, or nothing
  trouble?: string;
}

const NAME = "drafts";

export class Store {
  private constructor(private readonly base: IDBDatabase) {}

  static async open(person: string): Promise<Store> {
    const asked = indexedDB.open(`mlezi-desk-${person}`, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(NAME, { keyPath: "id" });
    return new Store(await done(asked));
  }

  async put(draft: Draft): Promise<void> {
    const turn = this.base.transaction(NAME, "readwrite", { durability: "strict" });
    turn.objectStore(NAME).put(draft);
    await new Promise<void>((resolve, reject) => {
      turn.oncomplete = () => resolve();
      turn.onerror = turn.onabort = () => reject(turn.error ?? new Error("store"));
    });
  }

  async get(id: string): Promise<Draft | undefined> {
    return done(this.base.transaction(NAME).objectStore(NAME).get(id)) as Promise<Draft | undefined>;
  }

  async remove(id: string): Promise<void> {
    await done(this.base.transaction(NAME, "readwrite").objectStore(NAME).delete(id));
  }

  // Newest first.
  async of(form: string): Promise<Draft[]> {
    const all = (await done(this.base.transaction(NAME).objectStore(NAME).getAll())) as Draft[];
    return all.filter((draft) => draft.form === form).sort((a, b) => b.changedAt - a.changedAt);
  }
}

function done<T>(asked: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error ?? new Error("store"));
  });
}
