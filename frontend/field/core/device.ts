// Who is on this phone: enrolling by a code, unlocking by a PIN, and what to do when it is forgotten.
import { openDeviceBase, type PersonRow } from "./base";
import { here, type Keys, Unlocked } from "./core";
import { exportLocked } from "./exporting";
import { Partition } from "./partition";
import { inflate } from "./inflating";
import { LineTrouble, type Patience, PATIENCE, sense, Server } from "./server";
import { type Core, CoreTrouble, type Device, type OfferedAnswer, type PersonHere, type ProfileAnswer, type Storage } from "./types";
import { isWeakPin, keyFromOffice, lockForOffice, lockWithPin, newKey, unlockWithPin, Vault } from "./vault";

const FREE_TRIES = 5;
const FIRST_WAIT = 30; // seconds; doubled for each further wrong PIN
const TIGHT = 50_000_000; // bytes: room for a visit with photographs and a sound

// Tests are in more of a hurry than mentors, and measure nothing of how long a PIN takes to guess.
export interface Habits {
  patience?: Patience; // with the line
  iterations?: number; // of the function that makes a key of a PIN
}

export async function openDevice(habits: Habits = {}): Promise<Device> {
  return new Phone(await openDeviceBase(), habits.patience ?? PATIENCE, habits.iterations);
}

class Phone implements Device {
  constructor(
    private readonly base: Awaited<ReturnType<typeof openDeviceBase>>,
    private readonly patience: Patience,
    private readonly iterations?: number,
  ) {}

  async people(): Promise<PersonHere[]> {
    return (await this.base.getAll("people")).map(here);
  }

  async enrol(code: string, pin: string): Promise<Core> {
    const token = await addressIn(code);
    if (isWeakPin(pin)) throw new CoreTrouble("weak_pin");
    const { profile } = await this.offered(token);
    const id = `${profile.programme.code}.${profile.person.uid}`;
    const known = await this.base.get("people", id);
    if (known) return this.enter(known, await this.tried(known, pin), token, profile);
    const key = await newKey();
    const office = { key: profile.office_key, sealed: await lockForOffice(key, profile.office_key, id) };
    const row: PersonRow = {
      id,
      name: profile.person.name,
      programme: profile.programme.title,
      languages: profile.person.languages,
      deviceId: `field:${crypto.randomUUID()}`,
      ...(await lockWithPin(key, pin, this.iterations)),
      office,
      wrong: 0,
      waitUntil: 0,
    };
    await this.base.put("people", row);
    return this.enter(row, key, token, profile);
  }

  async unlock(id: string, pin: string): Promise<Core> {
    const row = await this.row(id);
    return this.enter(row, await this.tried(row, pin));
  }

  async recover(id: string, code: string, newPin: string): Promise<Core> {
    if (isWeakPin(newPin)) throw new CoreTrouble("weak_pin");
    const row = await this.row(id);
    const token = await addressIn(code);
    const { profile } = await this.offered(token);
    if (`${profile.programme.code}.${profile.person.uid}` !== id) throw new CoreTrouble("wrong_person");
    const body = JSON.stringify({ person: id, sealed: row.office.sealed });
    const server = new Server(token, row.deviceId, this.patience);
    const how = { method: "POST", body, headers: { "Content-Type": "application/json" } };
    const told = await server.ask("recovery", how).then(sense<{ key: string }>).catch((error) => {
      throw error instanceof LineTrouble && error.trouble === "refused" ? new CoreTrouble("old_code", { detail: error.said }) : troubled(error);
    });
    const key = await keyFromOffice(told.key);
    const fresh = { ...row, ...(await lockWithPin(key, newPin, this.iterations)), wrong: 0, waitUntil: 0 };
    await this.base.put("people", fresh);
    return this.enter(fresh, key, token, profile);
  }

  async exportLocked(id: string): Promise<File> {
    return exportLocked(await this.row(id));
  }
  async storage(): Promise<Storage> {
    const { usage = 0, quota = 0 } = (await navigator.storage?.estimate?.()) ?? {};
    const isKept = (await navigator.storage?.persisted?.()) ?? false;
    return { usedBytes: usage, freeBytes: Math.max(0, quota - usage), isKept, isTight: quota > 0 && quota - usage < TIGHT };
  }
  async persist(): Promise<boolean> {
    return (await navigator.storage?.persist?.()) ?? false;
  }

  private async row(id: string): Promise<PersonRow> {
    const row = await this.base.get("people", id);
    if (!row) throw new CoreTrouble("no_profile");
    return row;
  }

  // The key, when the PIN is right. Wrong ones are counted, also across restarts.
  private async tried(row: PersonRow, pin: string): Promise<CryptoKey> {
    const left = Math.ceil((row.waitUntil - Date.now()) / 1000);
    if (left > 0 && left <= longest(row.wrong)) throw new CoreTrouble("wait", { seconds: left });
    const key = await unlockWithPin(row, pin);
    const wrong = key ? 0 : row.wrong + 1;
    const waitUntil = wrong >= FREE_TRIES ? Date.now() + longest(wrong) * 1000 : 0;
    if (wrong !== row.wrong || waitUntil !== row.waitUntil) {
      Object.assign(row, { wrong, waitUntil });
      await this.base.put("people", row);
    }
    if (!key) throw new CoreTrouble(waitUntil ? "wait" : "wrong_pin", waitUntil ? { seconds: longest(wrong) } : {});
    return key;
  }

  private async enter(row: PersonRow, key: CryptoKey, fresh = "", profile?: ProfileAnswer): Promise<Core> {
    if (profile) await this.told(row, key, profile);
    const opened = await Partition.open(row, new Vault(key), fresh);
    return new Unlocked(opened, this.keys(row, key), this.patience).begin();
  }

  private keys(row: PersonRow, key: CryptoKey): Keys {
    return { changePin: (old, fresh) => this.changePin(row.id, old, fresh), told: (profile) => this.told(row, key, profile) };
  }
  // What the server says of the person now; for a new office key, the lock for the office is made anew.
  private async told(row: PersonRow, key: CryptoKey, profile: ProfileAnswer): Promise<void> {
    const { person, programme, office_key: office } = profile;
    const latest = await this.row(row.id);
    const isSame = latest.office.key === office;
    const lock = isSame ? latest.office : { key: office, sealed: await lockForOffice(key, office, row.id) };
    Object.assign(row, latest, { name: person.name, programme: programme.title, languages: person.languages, office: lock });
    await this.base.put("people", row);
  }

  private async changePin(id: string, old: string, fresh: string): Promise<void> {
    if (isWeakPin(fresh)) throw new CoreTrouble("weak_pin");
    const row = await this.row(id);
    const key = await this.tried(row, old);
    await this.base.put("people", { ...row, ...(await lockWithPin(key, fresh, this.iterations)) });
  }

  private async offered(token: string): Promise<OfferedAnswer> {
    try {
      return (await new Server(token, "field:new", this.patience).json<OfferedAnswer>("offered"))!.data;
    } catch (error) {
      throw troubled(error);
    }
  }
}

function longest(wrong: number): number {
  return wrong < FREE_TRIES ? 0 : Math.min(3600, FIRST_WAIT * 2 ** (wrong - FREE_TRIES));
}
function troubled(error: unknown): unknown {
  if (!(error instanceof LineTrouble)) return error;
  const isAway = error.trouble === "turned_away" || error.trouble === "refused";
  return new CoreTrouble(isAway ? "turned_away" : "no_line", { detail: error.said });
}

// The phone's address in a QR code (Collect's settings: JSON, deflated, in base64) or typed as it is. It is asked
// for on the server this page came from: a phone reaches that one, whatever name the office calls it by.
export async function addressIn(code: string): Promise<string> {
  const address = await addressOf(code.trim());
  const path = /\/phone\/key\/[\w-]+/.exec(address)?.[0];
  if (!path) throw new CoreTrouble("bad_code");
  return location.origin + path;
}
async function addressOf(code: string): Promise<string> {
  if (code.includes("/phone/key/")) return code;
  try {
    const settings = JSON.parse(await inflate(code)) as { general?: { server_url?: string } };
    return settings.general?.server_url ?? "";
  } catch {
    throw new CoreTrouble("bad_code");
  }
}
