// A record while it is being filled in: on the disk from the moment it is opened, after each answer, with its
// files, its language and its page. Its files are ours, not the form engine's, which forgets them (see ../engine).
import { open as openForm, type Part, type Session, type Written } from "../../engine";
import { sha256, utf8 } from "../../shared/bytes";
import { hold } from "../../shared/holding";
import { Saver } from "../../shared/saver";
import { durably } from "./base";
import type { Forms } from "./catalogue";
import { applied, changesOf } from "./entities";
import { filesOf, nameOf, type Outline, parsed, valueOf } from "./outline";
import type { Body, FileFact, Partition, Whole } from "./partition";
import { prefilled } from "./prefill";
import { CoreTrouble, type FormHere, type OpenDraft, type RecordHere, type StartOptions } from "./types";

export interface Around {
  partition: Partition;
  forms: Forms;
  shown: (whole: Whole) => RecordHere;
  finalised: () => void; // there is something to send
}

export async function startDraft(around: Around, formId: string, how: StartOptions): Promise<OpenDraft> {
  return around.forms.during(async () => {
    const { pin, title } = await around.forms.pin(formId);
    const session = await opened(around, pin, "", null);
    const outline = await around.forms.outline(pin);
    const language = session.languages.find((one) => one.code === how.language)?.name;
    if (language) session.setLanguage(language);
    prefilled(session, outline, how);
    const begun = await session.write();
    const { instanceId } = begun;
    const body: Body = { ...NEW, form: formId, title, version: outline.version, xml: begun.xml, pin, startedAt: Date.now(), language: session.language };
    const letGo = (await hold(lockOf(instanceId))) ?? (() => undefined);
    const draft = new Draft(around, session, outline, { id: instanceId, state: "draft", seq: 0, changedAt: Date.now(), body }, letGo, begun);
    await draft.save();
    return draft;
  });
}

export async function openDraft(around: Around, id: string): Promise<OpenDraft> {
  const letGo = await hold(lockOf(id));
  if (!letGo) throw new CoreTrouble("open_elsewhere");
  try {
    const whole = await around.partition.whole(id);
    if (whole?.state !== "draft") throw new CoreTrouble("not_draft");
    const files = await Promise.all(whole.body.files.map((file) => around.partition.blob(id, file).catch(() => null)));
    const session = await opened(around, whole.body.pin, id, { xml: whole.body.xml, files: files.filter((file) => file !== null) });
    if (whole.body.language) session.setLanguage(whole.body.language);
    return new Draft(around, session, await around.forms.outline(whole.body.pin), whole, letGo);
  } catch (error) {
    letGo();
    throw error;
  }
}

async function opened(around: Around, pin: Body["pin"], besides: string, kept: { xml: string; files: File[] } | null): Promise<Session> {
  const { row } = around.partition;
  const file = (name: string): Promise<Response> => around.forms.file(pin, name, besides);
  return openForm({ xml: await around.forms.xml(pin), file, deviceId: row.deviceId, username: row.name }, kept ? { kept } : {});
}

export const lockOf = (id: string): string => `field-draft:${id}`;
const NEW = {
  name: "", encounterUid: "", sha256: "", files: [], page: "", said: "", trouble: null, present: [], tries: 0, sentAt: null, settled: false,
};

class Draft implements OpenDraft {
  readonly id: string;
  page: string;
  private readonly saver = new Saver(() => this.keep());
  private readonly known = new WeakMap<File, FileFact>();
  private told: (at: Date | null) => void = () => undefined;

  constructor(
    private readonly around: Around,
    readonly session: Session,
    private readonly outline: Outline,
    private whole: Whole,
    private readonly letGo: () => void,
    private begun: Written | null = null, // the record as it was begun: a long form is not written twice at once
  ) {
    this.id = whole.id;
    this.page = whole.body.page;
    const facts = new Map(whole.body.files.map((fact) => [fact.name, fact]));
    for (const file of filesIn(session.whole)) {
      const fact = facts.get(file.name);
      if (fact?.size === file.size) this.known.set(file, fact); // it came from the disk a moment ago
    }
  }

  get form(): FormHere {
    const { form, title, version, pin } = this.whole.body;
    return { id: form, title, version, files: Object.keys(pin.files), isWhole: true };
  }
  get meanings(): Readonly<Record<string, string[]>> {
    return this.outline.meanings;
  }
  encounterUid(): string {
    return this.whole.body.encounterUid;
  }
  changed(): void {
    this.saver.changed();
  }
  moved(page: string): void {
    this.page = page;
    this.saver.changed();
  }
  save(): Promise<void> {
    return this.saver.save();
  }
  onSaved(then: (at: Date | null) => void): void {
    this.told = then;
  }

  private async keep(): Promise<void> {
    try {
      await this.put(await this.written("draft"));
      this.told(new Date());
    } catch (error) {
      this.told(null);
      throw error;
    }
  }

  // The record as it stands, with those of its files that are not on the disk yet.
  private async written(state: "draft" | "finalised"): Promise<{ whole: Whole; fresh: File[]; isReady: boolean }> {
    const record = this.begun ?? (await this.session.write());
    this.begun = null;
    const element = parsed(record.xml);
    const names = filesOf(element, this.outline); // the record says which files it has, not the engine
    const given = new Map(record.files.map((file) => [file.name, file]));
    const before = new Map(this.whole.body.files.map((fact) => [fact.name, fact]));
    const files: FileFact[] = [];
    const fresh: File[] = [];
    for (const name of names) {
      const file = given.get(name);
      const fact = file ? await this.factOf(file) : before.get(name);
      if (!fact) continue; // named, never here: the server will say that it is missing
      files.push(fact);
      if (file && before.get(name)?.sha256 !== fact.sha256) fresh.push(file);
    }
    const body: Body = {
      ...this.whole.body,
      xml: record.xml,
      files,
      name: nameOf(element),
      encounterUid: valueOf(element, this.outline, "encounter") || valueOf(element, this.outline, "encounter.planned"),
      language: this.session.language,
      page: this.page,
      sha256: state === "finalised" ? await sha256(record.xml) : "",
    };
    return { whole: { ...this.whole, state, changedAt: Date.now(), body }, fresh, isReady: record.isReady };
  }

  private async factOf(file: File): Promise<FileFact> {
    const known = this.known.get(file);
    if (known?.name === file.name) return known;
    const fact = { name: file.name, size: file.size, type: file.type, sha256: await sha256(await file.arrayBuffer()) };
    this.known.set(file, fact);
    return fact;
  }

  // Files first, then the record that names them, both or neither.
  private async put({ whole, fresh }: { whole: Whole; fresh: File[] }, entities?: unknown): Promise<void> {
    const { partition } = this.around;
    const blobs = await Promise.all(fresh.map((file) => partition.sealBlob(this.id, file)));
    const row = await partition.seal(whole);
    const facts = entities ? await partition.sealFact("entities", entities) : null;
    const gone = this.whole.body.files.filter((fact) => !whole.body.files.some((one) => one.name === fact.name));
    await durably(partition.base, ["blobs", "records", "facts"], async (turn) => {
      const here = await turn.objectStore("records").get(this.id);
      if (here && here.state !== "draft") throw new CoreTrouble("not_draft"); // frozen bytes stay
      for (const blob of blobs) await turn.objectStore("blobs").put(blob);
      for (const fact of gone) await turn.objectStore("blobs").delete([this.id, fact.name]);
      if (row.state === "finalised") {
        const last = await turn.objectStore("records").index("seq").openKeyCursor(null, "prev");
        row.seq = whole.seq = (last?.key ?? 0) + 1; // the order in which records leave
      }
      await turn.objectStore("records").put(row);
      if (facts) await turn.objectStore("facts").put(facts, "entities");
    });
    this.whole = whole;
    partition.tell("records");
  }

  async finalise(): Promise<RecordHere> {
    await this.saver.stop();
    try {
      const last = await this.written("finalised");
      if (!last.isReady) throw new CoreTrouble("not_ready");
      await this.around.forms.during(async () => {
        const server = await this.around.forms.serverVersion(last.whole.body.pin);
        const changes = changesOf(parsed(last.whole.body.xml), this.outline);
        await this.put(last, changes.length ? applied(await this.around.forms.locals(), changes, this.id, server) : undefined);
      }, "exclusive");
    } catch (error) {
      this.saver.again();
      throw error;
    }
    this.end();
    this.around.finalised();
    return this.around.shown(this.whole);
  }

  async close(): Promise<void> {
    try {
      await this.save();
    } finally {
      this.end();
    }
  }
  async discard(): Promise<void> {
    await this.saver.stop();
    this.end();
    await discard(this.around.partition, this.id);
  }
  private end(): void {
    this.saver.end();
    this.letGo();
  }
}

// A draft is the mentor's to throw away; anything finished is not.
export async function discard(partition: Partition, id: string): Promise<void> {
  await durably(partition.base, ["records", "blobs"], async (turn) => {
    const row = await turn.objectStore("records").get(id);
    if (!row) return;
    if (row.state !== "draft") throw new CoreTrouble("not_draft");
    await turn.objectStore("records").delete(id);
    for (const key of await turn.objectStore("blobs").index("id").getAllKeys(id)) await turn.objectStore("blobs").delete(key);
  });
  partition.tell("records");
}

function filesIn(part: Part): File[] {
  return [...(part.file ? [part.file] : []), ...part.children.flatMap(filesIn)];
}

export function sizeOf(body: Body): number {
  return utf8(body.xml).length + body.files.reduce((size, file) => size + file.size, 0);
}
