// Unsent records as a file to carry to the office, when the line never comes. The office takes them through the
// same door, so a record that arrives both ways is there once. Read by `mlezi.instruments.carrying`.
import { type Zippable, zipSync } from "fflate";
import { joined, utf8 } from "../../shared/bytes";
import type { PersonRow } from "./base";
import { openPersonBase } from "./base";
import { UNSENT } from "./outbox";
import type { Partition } from "./partition";
import type { Sealed } from "./vault";

const KIND = "application/zip";

export async function exportUnsent(partition: Partition): Promise<File> {
  const { wholes } = await partition.all(...UNSENT);
  const inside: Zippable = {};
  const records = [];
  for (const [at, { id, body }] of wholes.sort((a, b) => a.seq - b.seq).entries()) {
    const folder = `records/${String(at + 1).padStart(4, "0")}`;
    inside[`${folder}/submission.xml`] = utf8(body.xml);
    for (const fact of body.files) inside[`${folder}/files/${fact.name}`] = [
      new Uint8Array(await (await partition.blob(id, fact)).arrayBuffer()),
      { level: 0 },
    ];
    records.push({ id, form: body.form, version: body.version, folder, sha256: body.sha256, files: body.files });
  }
  inside["mlezi.json"] = utf8(JSON.stringify({ ...facts(partition.row), kind: "unsent", records }));
  return file(inside, "unsent");
}

// The same with every byte still sealed: nobody unlocked it, so only the office can read it.
export async function exportLocked(row: PersonRow): Promise<File> {
  const base = await openPersonBase(row.id);
  const inside: Zippable = {};
  const records = [];
  for (const state of UNSENT) {
    for (const { id, seq, body } of await base.getAllFromIndex("records", "state", state)) {
      const folder = `records/${String(seq).padStart(4, "0")}`;
      inside[`${folder}/body`] = plain(body);
      const blobs = await base.getAllFromIndex("blobs", "id", id);
      blobs.forEach((blob, at) => (inside[`${folder}/${at}`] = plain(blob.bytes)));
      records.push({ id, folder, files: blobs.map((blob) => blob.name) });
    }
  }
  base.close();
  inside["mlezi.json"] = utf8(JSON.stringify({ ...facts(row), kind: "locked", sealed: row.office.sealed, records }));
  return file(inside, "locked");
}

function facts(row: PersonRow) {
  return { format: "mlezi-unsent", version: 1, person: row.id, device: row.deviceId, made_at: new Date().toISOString() };
}
function plain(sealed: Sealed): [Uint8Array, { level: 0 }] {
  return [joined(sealed.iv, new Uint8Array(sealed.data)), { level: 0 }];
}
function file(inside: Zippable, what: string): File {
  const bytes = zipSync(inside) as Uint8Array<ArrayBuffer>;
  return new File([bytes], `mlezi-${what}-${new Date().toISOString().slice(0, 10)}.zip`, { type: KIND });
}
