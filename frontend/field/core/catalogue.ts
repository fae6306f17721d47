// Forms and lists on the phone. A pull asks one question, fetches what is new by its hash, and changes the
// catalogue at the end in one step; what a draft was begun with stays until no draft needs it.
import { sha256 } from "../../shared/bytes";
import { durably } from "./base";
import { readCsv } from "./csv";
import { changesOf, type Change, type Local, merged } from "./entities";
import { type Outline, outline, parsed } from "./outline";
import type { Partition, Pin } from "./partition";
import { LineTrouble, type Server } from "./server";
import { CoreTrouble, type FormHere, type OfferedAnswer, type Row } from "./types";

export interface Catalogue {
  etag: string;
  forms: OfferedAnswer["forms"];
}
const NAME = "catalogue";
const TURNS = 3;

export class Forms {
  private readonly outlines = new Map<string, Outline>();

  constructor(private readonly partition: Partition) {}

  async catalogue(): Promise<Catalogue> {
    return (await this.partition.fact<Catalogue>(NAME)) ?? { etag: "", forms: [] };
  }
  async all(): Promise<FormHere[]> {
    const { forms } = await this.catalogue();
    const here = new Set(await this.partition.base.getAllKeys("files"));
    return forms.map((form) => ({
      id: form.id,
      title: form.title,
      version: form.version,
      files: form.files.map((file) => file.name),
      isWhole: [form, ...form.files].every((one) => here.has(one.sha256)),
    }));
  }
  async pin(formId: string): Promise<{ pin: Pin; title: string }> {
    const found = (await this.catalogue()).forms.find((form) => form.id === formId);
    if (!found) throw new CoreTrouble("no_form", { detail: formId });
    const files = Object.fromEntries(found.files.map((file) => [file.name, { hash: file.sha256, isList: file.is_list }]));
    return { pin: { form: found.sha256, files }, title: found.title };
  }

  async xml(pin: Pin): Promise<string> {
    const found = await this.partition.fileText(pin.form);
    if (found === null) throw new CoreTrouble("no_form");
    return found;
  }
  async outline(pin: Pin): Promise<Outline> {
    const known = this.outlines.get(pin.form) ?? outline(await this.xml(pin));
    this.outlines.set(pin.form, known);
    return known;
  }

  // A file as the form engine asks for it; lists with what was made here.
  async file(pin: Pin, name: string, besides: string): Promise<Response> {
    const known = pin.files[name];
    const bytes = known && (await this.partition.file(known.hash));
    if (!bytes) return new Response("", { status: 404 });
    if (!known.isList) return new Response(bytes);
    const list = name.replace(/\.csv$/, "");
    const changing = (await this.outline(pin)).updates.includes(list);
    const csv = await merged(list, new TextDecoder().decode(bytes), await this.locals(), await this.begun(besides), changing);
    return new Response(csv, { headers: { "Content-Type": "text/csv" } });
  }

  async rows(list: string): Promise<Row[]> {
    for (const form of (await this.catalogue()).forms) {
      const found = form.files.find((file) => file.is_list && file.name === `${list}.csv`);
      const csv = found && (await this.partition.fileText(found.sha256));
      if (csv) return readCsv(await merged(list, csv, await this.locals(), await this.begun(""), false)).rows as Row[];
    }
    return [];
  }
  async locals(): Promise<Local[]> {
    return (await this.partition.fact<Local[]>("entities")) ?? [];
  }
  // Rows that unfinished drafts will make, so that another form can already speak of them.
  private async begun(besides: string): Promise<Change[]> {
    const { wholes } = await this.partition.all("draft");
    const changes: Change[] = [];
    for (const draft of wholes.filter((one) => one.id !== besides && one.body.xml)) {
      try {
        changes.push(...changesOf(parsed(draft.body.xml), await this.outline(draft.body.pin)));
      } catch {
        continue; // a draft that cannot be read takes nothing else along
      }
    }
    return changes;
  }
  async serverVersion(pin: Pin): Promise<(list: string, id: string) => string> {
    const versions = new Map<string, string>();
    for (const list of new Set((await this.outline(pin)).updates)) {
      const known = pin.files[`${list}.csv`];
      const csv = known && (await this.partition.fileText(known.hash));
      for (const row of csv ? readCsv(csv).rows : []) versions.set(`${list}/${row.name}`, row.__version ?? "1");
    }
    return (list, id) => versions.get(`${list}/${id}`) ?? "";
  }

  // Whether anything changed. What was fetched before the line broke is there the next time. A list that changes while
  // it is fetched has another hash than was offered: then the offer is asked for again.
  async pull(server: Server, mark: string): Promise<OfferedAnswer | null> {
    const before = await this.catalogue();
    if (before.etag === mark) return null;
    for (let turn = 1; turn <= TURNS; turn += 1) {
      const answer = await server.json<OfferedAnswer>("offered", before.etag);
      if (!answer) return null;
      if (await this.fetchAll(server, answer.data)) return this.believe(answer);
    }
    throw new LineTrouble("no_line"); // cut off, or it never stands still
  }
  private async fetchAll(server: Server, offer: OfferedAnswer): Promise<boolean> {
    const here = new Set(await this.partition.base.getAllKeys("files"));
    for (const one of offer.forms.flatMap((form) => [form, ...form.files])) {
      if (here.has(one.sha256)) continue;
      const bytes = await server.bytes(one.url);
      if ((await sha256(bytes)) !== one.sha256) return false;
      await this.partition.keepFile(one.sha256, bytes);
      here.add(one.sha256);
    }
    return true;
  }
  private async believe(answer: { data: OfferedAnswer; etag: string }): Promise<OfferedAnswer> {
    const sealed = await this.partition.sealFact(NAME, { etag: answer.etag, forms: answer.data.forms } satisfies Catalogue);
    await durably(this.partition.base, ["facts"], (turn) => turn.objectStore("facts").put(sealed, NAME));
    await this.prune();
    this.partition.tell("lists");
    return answer.data;
  }

  // While a draft is being begun, nothing of what it is begun with goes away.
  during<T>(work: () => Promise<T>, mode: LockMode = "shared"): Promise<T> {
    return navigator.locks.request(`field-files:${this.partition.row.id}`, { mode }, work) as Promise<T>;
  }
  // Let go of files that neither the catalogue nor a draft names.
  prune(): Promise<void> {
    return this.during(() => this.letGo(), "exclusive");
  }
  private async letGo(): Promise<void> {
    const { wholes, damaged } = await this.partition.all("draft");
    if (damaged.length) return; // what it needs cannot be known
    const { forms } = await this.catalogue();
    const needed = new Set(forms.flatMap((form) => [form.sha256, ...form.files.map((file) => file.sha256)]));
    for (const { body } of wholes) [body.pin.form, ...Object.values(body.pin.files).map((file) => file.hash)].forEach((hash) => needed.add(hash));
    const gone = (await this.partition.base.getAllKeys("files")).filter((hash) => !needed.has(hash));
    if (!gone.length) return;
    await durably(this.partition.base, ["files"], async (turn) => {
      for (const hash of gone) await turn.objectStore("files").delete(hash);
    });
  }
}
