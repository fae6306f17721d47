// Unsent records as a file to carry to the office, when the line never comes. The office takes them through the
// same door, so a record that arrives both ways is there once. Read by `mlezi.instruments.carrying`.
import { joined, utf8 } from "../../shared/bytes";
import type { PersonRow } from "./base";
import { openPersonBase } from "./base";
import { Bundle } from "./bundle";
import { UNSENT } from "./outbox";
import type { Partition } from "./partition";
import type { Sealed } from "./vault";

const KIND = "application/zip";

// A file that cannot be read any more stays behind; what can be read goes, and the office says what is missing.
export async function exportUnsent(partition: Partition): Promise<File> {
  const { wholes } = await partition.all(...UNSENT);
  const bundle = new Bundle();
  const records = [];
  for (const [at, { id, body }] of wholes.sort((a, b) => a.seq - b.seq).entries()) {
    const folder = `records/${String(at + 1).padStart(4, "0")}`;
    const files = [];
    bundle.add(`${folder}/submission.xml`, utf8(body.xml), "words");
    for (const fact of body.files) {
      const blob = await partition.blob(id, fact).catch(() => null);
      if (!blob) continue;
      bundle.add(`${folder}/files/${fact.name}`, new Uint8Array(await blob.arrayBuffer()), "asItIs");
      files.push(fact);
    }
    records.push({ id, form: body.form, version: body.version, folder, sha256: body.sha256, files });
  }
  return file(bundle, { ...facts(partition.row), kind: "unsent", records });
}

// The same with every byte still sealed: nobody unlocked it, so only the office can read it.
export async function exportLocked(row: PersonRow): Promise<File> {
  const base = await openPersonBase(row.id);
  const bundle = new Bundle();
  const records = [];
  for (const state of UNSENT) {
    for (const { id, seq, body } of await base.getAllFromIndex("records", "state", state)) {
      const folder = `records/${String(seq).padStart(4, "0")}`;
      bundle.add(`${folder}/body`, plain(body), "asItIs");
      const blobs = await base.getAllFromIndex("blobs", "id", id);
      blobs.forEach((blob, at) => bundle.add(`${folder}/${at}`, plain(blob.bytes), "asItIs"));
      records.push({ id, folder, files: blobs.map((blob) => blob.name) });
    }
  }
  base.close();
  return file(bundle, { ...facts(row), kind: "locked", sealed: row.office.sealed, records });
}

function facts(row: PersonRow) {
  return { format: "mlezi-unsent", version: 1, person: row.id, device: row.deviceId, made_at: new Date().toISOString() };
}
function plain(sealed: Sealed): Uint8Array {
  return joined(sealed.iv, new Uint8Array(sealed.data));
}
function file(bundle: Bundle, told: { kind: string; [fact: string]: unknown }): File {
  bundle.add("mlezi.json", utf8(JSON.stringify(told)), "words");
  return new File(bundle.end(), `mlezi-${told.kind}-${new Date().toISOString().slice(0, 10)}.zip`, { type: KIND });
}
