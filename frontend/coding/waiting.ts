// Codings made without a connection: kept in this browser until the server has them. Their ids are made here, so that
// sending one twice is harmless. Places and codes only; no words.
import type { Coding } from "./types";

export interface Item { id: string; start: number; end: number; code: number; valence: string; version: number }

export class Waiting {
  private held: Item[] = [];
  private name = "";

  open(name: string): void {
    this.name = name;
    try { this.held = JSON.parse(localStorage.getItem(name) ?? "[]") as Item[]; } catch { this.held = []; }
  }

  get items(): Item[] { return this.held; }
  has(id: string): boolean { return this.held.some((one) => one.id === id); }
  add(item: Item): void { this.keep([...this.held.filter((one) => one.id !== item.id), item]); }
  drop(ids: string[]): void { this.keep(this.held.filter((one) => !ids.includes(one.id))); }

  change(id: string, valence: string): void {
    this.keep(this.held.map((one) => one.id === id ? { ...one, valence } : one));
  }

  // As the page draws it meanwhile: `at` is none of the server's, so that the server's own takes its place.
  drawn(me: { id: number; name: string }): Coding[] {
    return this.held.map((one) => ({ ...one, qualifier: null, note: "", coder: me.id, coder_name: me.name, carried: "", at: `here ${one.valence}` }));
  }

  private keep(items: Item[]): void {
    this.held = items;
    try {
      if (items.length) localStorage.setItem(this.name, JSON.stringify(items));
      else localStorage.removeItem(this.name);
    } catch { /* a full or closed store: they wait while the page is open */ }
  }
}
