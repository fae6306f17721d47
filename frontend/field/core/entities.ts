// People, meetings and other rows that records on this phone make or change before the server knows of them.
// Versions and branches follow what ODK Collect does with its own store, so that the server cannot tell us apart.
import { utf8 } from "../../shared/bytes";
import { readCsv, writeCsv } from "./csv";
import { at, type Outline } from "./outline";

export interface Change {
  list: string;
  id: string;
  isNew: boolean;
  branch: string; // as the record itself says, for a row of the server's
  label: string;
  values: Record<string, string>;
}
export interface Local {
  list: string;
  id: string;
  version: number;
  trunk: string; // version of the server's row it grew from; empty when it was made here
  branch: string;
  values: Record<string, string>; // label included
  records: string[]; // which made it so, oldest first
}

// What a record does to lists. Entities may stand in the record itself or in rows of its repeats.
export function changesOf(record: Element, form: Outline): Change[] {
  const found: Change[] = [];
  for (const entity of record.getElementsByTagNameNS("*", "entity")) {
    const list = entity.getAttribute("dataset");
    const id = entity.getAttribute("id");
    const [creates, updates] = ["create", "update"].map((one) => isTrue(entity.getAttribute(one)));
    const scope = entity.parentElement?.localName === "meta" ? entity.parentElement.parentElement : entity.parentElement;
    if (!list || !id || !scope || !(creates || updates)) continue;
    const label = [...entity.children].find((child) => child.localName === "label")?.textContent?.trim() ?? "";
    if (creates && !label) continue; // as Collect: without a name it cannot be chosen
    found.push({ list, id, isNew: creates, branch: entity.getAttribute("branchId") ?? "", label, values: saved(scope, pathOf(scope), form) });
  }
  return found;
}

// The rows as they stand after a finished record. `server`: the version the server's list gives a row, or nothing.
export function applied(locals: Local[], changes: Change[], record: string, server: (list: string, id: string) => string): Local[] {
  const next = locals.map((one) => ({ ...one }));
  for (const change of changes) {
    const values = { ...change.values, ...(change.label ? { label: change.label } : {}) };
    const here = next.find((one) => one.list === change.list && one.id === change.id);
    const trunk = server(change.list, change.id);
    if (here) {
      here.version += 1;
      here.values = { ...here.values, ...values };
      here.records = [...here.records, record];
    } else if (change.isNew || trunk) {
      const version = trunk ? Number(trunk) + 1 : 1;
      next.push({ list: change.list, id: change.id, version, trunk, branch: change.branch || crypto.randomUUID(), values, records: [record] });
    }
  }
  return next;
}

// The list a form reads: the server's rows, ours in their place, and the columns that offline changes need.
export async function merged(list: string, csv: string, locals: Local[], drafts: Change[], needsBranches: boolean): Promise<string> {
  const mine = locals.filter((one) => one.list === list);
  const begun = drafts.filter((one) => one.list === list && one.isNew && !mine.some((local) => local.id === one.id));
  if (!mine.length && !begun.length && !needsBranches) return csv;
  const table = readCsv(csv);
  const rows = new Map(table.rows.map((row) => [row.name, row]));
  for (const row of rows.values()) {
    row.__trunkVersion = row.__version ?? "";
    if (needsBranches) row.__branchId = await branchOf(list, row.name, row.__version ?? "");
  }
  for (const one of mine) {
    const row = rows.get(one.id) ?? { name: one.id };
    rows.set(one.id, { ...row, ...one.values, __version: String(one.version), __trunkVersion: one.trunk, __branchId: one.branch });
  }
  for (const one of begun) rows.set(one.id, { name: one.id, label: one.label || one.id, ...one.values, __version: "1" });
  const columns = new Set(["name", "label", "__version", "__trunkVersion", "__branchId", ...table.columns]);
  for (const row of rows.values()) for (const name of Object.keys(row)) columns.add(name);
  const ours = new Set([...mine, ...begun].map((one) => one.id)); // newest first: what was made here is what is needed next
  const sorted = [...rows.values()].sort((a, b) => Number(ours.has(b.name)) - Number(ours.has(a.name)));
  return writeCsv({ columns: [...columns], rows: sorted });
}

// A branch belongs to one phone and one version of the server's row. Worked out instead of kept: the same phone
// says the same each time it is asked, and another after the server's row moved on.
async function branchOf(list: string, id: string, version: string): Promise<string> {
  const seed = localStorage.getItem(SEED) ?? fresh();
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", utf8([seed, list, id, version].join("\0")))).slice(0, 16);
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
const SEED = "mlezi-field-branches";
function fresh(): string {
  const seed = crypto.randomUUID();
  localStorage.setItem(SEED, seed);
  return seed;
}

function saved(scope: Element, path: string, form: Outline): Record<string, string> {
  const values: Record<string, string> = {};
  for (const { path: whole, property } of form.saves) {
    if (!whole.startsWith(`${path}/`)) continue;
    const [found] = at(scope, `/scope/${whole.slice(path.length + 1)}`);
    if (found) values[property] = found.textContent ?? "";
  }
  return values;
}

function pathOf(element: Element): string {
  const above = element.parentElement;
  return `${above ? pathOf(above) : ""}/${element.localName}`;
}
function isTrue(word: string | null): boolean {
  return word === "1" || word === "true";
}
