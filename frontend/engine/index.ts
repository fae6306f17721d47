// The form engine behind one door. Our pages, the phone app and the preview know only what is exported here,
// so that a new engine, or a new version of this one, is a change of this folder.
//
// Two habits of version 0.22 are mended here: a restored draft forgets its files unless they are set again,
// and a record written twice differs in its `end` time, so `write` is called once and its bytes are kept.
import { constants, loadForm } from "@getodk/xforms-engine";
import { createMutable } from "solid-js/store";
import { Part } from "./part";
import type { AnyNode, RootNode } from "./types";

export { Part } from "./part";
export type { Choice, Kind, Piece, Position } from "./part";

export interface Source {
  xml: string; // the form
  file: (name: string) => Promise<Response>; // a list or picture that the form needs
  deviceId: string;
  username: string;
}
export interface Kept {
  xml: string; // a record
  files: File[];
}
export interface Language {
  name: string; // as the form names it; empty when it has one without a name
  code: string;
}
export interface Written extends Kept {
  instanceId: string;
  isReady: boolean;
}

export class FormFailure extends Error {}

const NAMED = /^[0-9a-f]{8}-/;

// Open a form for a new record, for a draft (`kept`), or to correct a sent record (`sent`).
export async function open(source: Source, how: { kept?: Kept; sent?: Kept } = {}): Promise<Session> {
  const loaded = await loadForm(source.xml, {
    fetchFormAttachment: (url) => source.file(decodeURIComponent(String(url.href).split("/").pop() ?? "")),
    missingResourceBehavior: constants.MISSING_RESOURCE_BEHAVIOR.BLANK, // a list nobody fills yet is an empty list
  });
  if (loaded.status === "failure") throw new FormFailure(loaded.error.message);
  const config = {
    stateFactory: createMutable,
    instanceAttachments: { fileNameFactory },
    preloadProperties: { deviceID: source.deviceId, username: source.username },
  };
  if (how.sent) {
    const opened = await loaded.editInstance({ inputType: "FORM_INSTANCE_INPUT_RESOLVED", ...input(how.sent) }, config);
    return new Session(opened.root);
  }
  if (how.kept) {
    const opened = await loaded.restoreInstance(input(how.kept), config);
    const session = new Session(opened.root);
    session.rememberFiles();
    return session;
  }
  return new Session(loaded.createInstance(config).root);
}

export class Session {
  readonly whole: Part;

  constructor(private readonly root: RootNode) {
    this.whole = Part.of(root as unknown as AnyNode);
  }

  get languages(): Language[] {
    return this.root.languages.map((one) => ({ name: one.language, code: one.locale?.language ?? "" }));
  }
  get language(): string {
    return this.root.currentState.activeLanguage.language;
  }
  setLanguage(name: string): void {
    const found = this.root.languages.find((one) => one.language === name);
    if (found && !found.isSyntheticDefault) this.root.setLanguage(found);
  }

  // The record as it stands, with its files under the names the record gives them.
  async write(): Promise<Written> {
    const payload = await this.root.prepareInstancePayload({ payloadType: "monolithic" });
    const [data] = payload.data;
    const xml = await data.get("xml_submission_file").text();
    const files = [...data.entries()].filter(([name]) => name !== "xml_submission_file");
    const record = new DOMParser().parseFromString(xml, "text/xml");
    const instanceId = record.getElementsByTagNameNS("*", "instanceID")[0]?.textContent ?? "";
    return {
      xml,
      files: files.map(([name, file]) => (file.name === name ? file : new File([file], name, { type: file.type }))),
      instanceId,
      isReady: payload.status === "ready",
    };
  }

  // A restored file counts as untouched and would be left out of the next record: set it once more.
  rememberFiles(): void {
    const visit = (part: Part): void => {
      if (part.file) part.setFile(part.file);
      part.children.forEach(visit);
    };
    visit(this.whole);
  }
}

// Phones call every photograph image.jpg, so a name gets a mark of its own, once.
function fileNameFactory(meta: { basename: string; extension: string | null }): string {
  const name = `${meta.basename.replace(/[^\w.-]+/g, "_").slice(0, 60)}${meta.extension ?? ""}`;
  return NAMED.test(name) ? name : `${crypto.randomUUID().slice(0, 8)}-${name}`;
}

function input(kept: Kept) {
  const data = new FormData();
  data.set("xml_submission_file", new File([kept.xml], "xml_submission_file", { type: "text/xml" }));
  for (const file of kept.files) data.set(file.name, file);
  return { data: [data] } as never as { data: readonly [never] };
}
