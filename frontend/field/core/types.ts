// What the screens may ask of the engine room, and what the engine room asks of the server.
//
//   const device = await openDevice();                       // who is on this phone
//   const core = await device.unlock(person.id, pin);        // or enrol(codeText, pin), recover(…)
//   const draft = await core.startDraft("visit", { encounterUid });
//   … draw draft.session with ../../form's controls; draft.changed() after each answer, draft.moved(page)
//   await draft.finalise();                                   // frozen; sent when there is a line
//   core.on("records", redraw);
//
// Nothing here writes sentences: states and troubles are codes, and the screens say them.
import type { Session } from "../../engine";

// --- the phone ---
export interface PersonHere {
  id: string; // of the programme and the person; names their partition
  name: string;
  programme: string; // its title
  languages: string[];
}
export interface Device {
  // Everybody who has a partition on this phone, also signed-out ones.
  people(): Promise<PersonHere[]>;
  // `code`: the text of a QR code, or the address in it. Needs the line. Throws CoreTrouble "bad_code", "no_line",
  // "turned_away", "weak_pin"; "wrong_pin" when the person is here already and the PIN is not theirs.
  enrol(code: string, pin: string): Promise<Core>;
  // Works with no line and with an expired token. Throws "wrong_pin" or, after five wrong ones, "wait" with `seconds`;
  // "emptied" when the browser let go of what this person had here.
  unlock(id: string, pin: string): Promise<Core>;
  // A forgotten PIN: a fresh code from the coordinator opens the same partition under a new PIN. Needs the line.
  recover(id: string, code: string, newPin: string): Promise<Core>;
  // For a forgotten PIN and no line at all: everything unsent, locked so that only the office can open it.
  exportLocked(id: string): Promise<File>;
  // What is left of the phone's room, and whether the browser promised to keep it.
  storage(): Promise<Storage>;
  persist(): Promise<boolean>; // ask the browser to keep our data
}
export interface Storage {
  usedBytes: number;
  freeBytes: number;
  isKept: boolean;
  isTight: boolean; // too little to start a form with photographs
}

// --- one person, unlocked ---
export interface Core {
  readonly person: PersonHere;
  readonly deviceId: string;

  forms(): Promise<FormHere[]>;
  // Rows of a list ("mentees", "facilities", "my_encounters", "my_actions" …), with what was made on this phone.
  rows(list: string): Promise<Row[]>;
  // What the server's field room sent last under `{base}/app/day`, kept for offline; null before the first pull.
  day<T = unknown>(): Promise<{ data: T; at: number } | null>;

  startDraft(formId: string, how?: StartOptions): Promise<OpenDraft>;
  openDraft(id: string): Promise<OpenDraft>; // throws "open_elsewhere" when another tab holds it
  records(): Promise<RecordHere[]>; // drafts and finalised ones, newest first
  record(id: string): Promise<RecordHere | null>;
  // The frozen record for a summary to show or share: XML and files.
  frozen(id: string): Promise<{ xml: string; files: File[] }>;
  discardDraft(id: string): Promise<void>;
  retry(id: string): Promise<void>; // takes a parked record up again

  sendNow(): Promise<SyncResult>; // push and pull; joins one that runs
  sync(): SyncState;
  pull(): Promise<void>; // forms, lists, day, guidance list

  guidance(): Promise<GuidanceFile[]>;
  keepGuidance(name: string): Promise<void>; // fetch now and keep offline
  dropGuidance(name: string): Promise<void>;
  openGuidance(name: string): Promise<Blob | null>; // from the phone

  exportUnsent(): Promise<File>; // a zip that `mlezi import unsent` and the office's page take
  changePin(oldPin: string, newPin: string): Promise<void>;
  // Locks. Everything stays on the phone; `unsent` says how much has not reached the server.
  signOut(): Promise<{ unsent: number }>;
  // Settings of the person on this phone (language, text size …), kept encrypted like the rest.
  setting(name: string): Promise<string | null>;
  setSetting(name: string, value: string): Promise<void>;

  on(what: CoreEvent, then: () => void): () => void; // gives back what takes it off
}
// records: a draft or record changed; sync: sync() changed; lists: forms, rows, day or guidance changed;
// locked: signed out, perhaps in another tab.
export type CoreEvent = "records" | "sync" | "lists" | "locked";

export interface FormHere {
  id: string;
  title: string; // as the server's list says it, in the person's language
  version: string;
  files: string[]; // lists and pictures it needs
  isWhole: boolean; // all of them are on the phone
}
export type Row = Readonly<Record<string, string>> & { readonly name: string; readonly label: string };

export interface StartOptions {
  // Answers the question that means `encounter` (or `encounter.planned`), so that several forms speak of one meeting.
  encounterUid?: string;
  // Answers by the question's name, its path, or its meaning ("rating.person"); several choices with spaces between.
  // Questions that depend on others (a mentee of a facility) may come in any order.
  prefill?: Record<string, string>;
  language?: string; // code of the language to start in
}
export interface OpenDraft {
  readonly id: string; // its instanceID, minted when it was opened
  readonly form: FormHere; // the version it was begun with, though a newer one may be out
  readonly session: Session;
  readonly page: string; // where it was left
  encounterUid(): string; // of the meeting this record is about, as it stands; "" when the form has none
  readonly meanings: Readonly<Record<string, string[]>>; // what the form's questions mean → their paths
  changed(): void; // after each answer: saved within a second
  moved(page: string): void;
  save(): Promise<void>; // now; throws "no_room" when the phone is full
  close(): Promise<void>; // saves and lets other tabs have it
  discard(): Promise<void>;
  // Freezes bytes, hashes and files in one transaction, and starts sending. Throws "not_ready" when answers are missing.
  finalise(): Promise<RecordHere>;
  onSaved(then: (at: Date | null) => void): void; // null: it could not be saved
}

// draft: can be changed. finalised: frozen, waits. sending: may have arrived; the same bytes go again.
// acknowledged: the server's receipt matched, hash and files. parked: needs a person; never blocks others.
export type State = "draft" | "finalised" | "sending" | "acknowledged" | "parked";
export interface RecordHere {
  id: string;
  form: string;
  title: string; // the form's
  version: string;
  name: string; // what the form calls the record (instanceName), or ""
  encounterUid: string;
  state: State;
  trouble: Trouble | null; // why it is parked, or why the last try failed
  said: string; // what the server said about it, in the person's language
  files: number;
  bytes: number;
  missingFiles: number; // not yet at the server
  startedAt: number; // by this phone's clock
  changedAt: number;
  sentAt: number | null; // when the receipt came
}
// no_line, slow, busy (server), turned_away (401/403: a new code is needed), too_large, refused (4xx),
// different (409: another record with this id is there), quarantine (kept at the office; a person looks),
// no_receipt (hash did not match), damaged (cannot be read on this phone).
export type Trouble =
  | "no_line" | "slow" | "busy" | "turned_away" | "too_large" | "refused" | "different" | "quarantine" | "no_receipt" | "damaged";

export interface SyncState {
  isRunning: boolean;
  unsent: number; // finalised, sending or parked
  drafts: number;
  lastAt: number | null; // when all that was to be sent was sent and the pull was whole
  trouble: Trouble | null; // of the last run
  needsCode: boolean; // the token is turned away: ask the coordinator; everything is kept
}
export interface SyncResult {
  sent: number;
  left: number;
  trouble: Trouble | null;
}
export interface GuidanceFile {
  name: string;
  title: Record<string, string>;
  domain: string;
  kind: string; // media type
  bytes: number; // shown before it is fetched
  isKept: boolean; // on this phone
  isStale: boolean; // kept, but the server has a newer one
}

export type Reason =
  | "bad_code" | "no_line" | "turned_away" | "weak_pin" | "wrong_pin" | "wait" | "no_profile" | "open_elsewhere"
  | "no_form" | "no_room" | "not_ready" | "not_draft" | "locked" | "damaged" | "wrong_person" | "old_code" | "emptied";
export class CoreTrouble extends Error {
  constructor(readonly reason: Reason, readonly facts: { seconds?: number; detail?: string } = {}) {
    super(reason);
  }
}

// --- what the server answers below a phone's address, `{base}` = https://…/phone/key/<token> ---
// GET {base}/offered                     OfferedAnswer             (openrosa room: who I am, and every form and list by hash)
// POST {base}/recovery                   {person, sealed} → {key}  (openrosa room)
// POST {base}/submission, GET {base}/receipts, …/lists/…/integrity (openrosa room, as for ODK Collect)
// GET {base}/app/news?sent=…            NewsAnswer                (field room: the marks of the three others)
// GET {base}/app/day                     any JSON: the screens' own   (field room; 404 is no trouble)
// GET {base}/app/guidance                {files: GuidanceAnswer[]}    (field room; 404 is no trouble)
export interface NewsAnswer {
  offered: string;
  day: string;
  guidance: string;
  sent: Record<string, string>; // of the records asked for: what became of them
}
export interface OfferedAnswer {
  profile: ProfileAnswer;
  forms: { id: string; title: string; version: string; sha256: string; url: string; files: OfferedFile[] }[];
}
export interface OfferedFile {
  name: string;
  sha256: string;
  url: string; // below the phone's address
  is_list: boolean;
}
export interface ProfileAnswer {
  person: { uid: string; name: string; languages: string[] };
  programme: { code: string; title: string };
  device: { uid: string; name: string };
  office_key: string; // public key for a forgotten PIN: P-256, uncompressed point, base64
  keep_sent_days: number;
}
export interface GuidanceAnswer {
  name: string;
  title: Record<string, string>;
  domain: string;
  kind: string;
  bytes: number;
  sha256: string;
  url: string; // below the phone's address
}
