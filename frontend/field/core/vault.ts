// Keeps a person's records from whoever else holds the phone. A random key seals everything; the PIN unlocks
// that key, and so does the office, for the day when the PIN is forgotten.
import { base64, type Bytes, fromBase64, joined, text, utf8 } from "../../shared/bytes";

export interface Sealed {
  iv: Bytes;
  data: ArrayBuffer;
}
const ITERATIONS = 600_000; // OWASP's figure for PBKDF2 with SHA-256
const AES = { name: "AES-GCM", length: 256 } as const;

// The key of an unlocked person. `about` binds what is sealed to its place, so that rows cannot change places.
export class Vault {
  constructor(readonly key: CryptoKey) {}

  async seal(about: string, bytes: BufferSource): Promise<Sealed> {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: utf8(about) }, this.key, bytes) };
  }
  async open(about: string, sealed: Sealed): Promise<Bytes> {
    const how = { name: "AES-GCM", iv: sealed.iv, additionalData: utf8(about) };
    return new Uint8Array(await crypto.subtle.decrypt(how, this.key, sealed.data));
  }
  sealJson(about: string, value: unknown): Promise<Sealed> {
    return this.seal(about, utf8(JSON.stringify(value)));
  }
  async openJson<T>(about: string, sealed: Sealed): Promise<T> {
    return JSON.parse(text(await this.open(about, sealed))) as T;
  }
}

export interface Locked {
  salt: Bytes;
  iterations: number;
  wrapped: Sealed;
}

export function newKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey(AES, true, ["encrypt", "decrypt"]);
}
export async function lockWithPin(key: CryptoKey, pin: string, iterations = ITERATIONS): Promise<Locked> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.wrapKey("raw", key, await keyOfPin(pin, salt, iterations), { name: "AES-GCM", iv });
  return { salt, iterations, wrapped: { iv, data } };
}
// The key, or null when the PIN is another. It may be wrapped again, for another PIN or another office.
export async function unlockWithPin(locked: Locked, pin: string): Promise<CryptoKey | null> {
  const opener = await keyOfPin(pin, locked.salt, locked.iterations);
  const how = { name: "AES-GCM", iv: locked.wrapped.iv };
  return crypto.subtle.unwrapKey("raw", locked.wrapped.data, opener, how, AES, true, ["encrypt", "decrypt"]).catch(() => null);
}
async function keyOfPin(pin: string, salt: Bytes, iterations: number): Promise<CryptoKey> {
  const whole = await crypto.subtle.importKey("raw", utf8(pin.normalize("NFKC")), "PBKDF2", false, ["deriveKey"]);
  return crypto.subtle.deriveKey({ name: "PBKDF2", hash: "SHA-256", salt, iterations }, whole, AES, false, ["wrapKey", "unwrapKey"]);
}

// The key sealed so that only the office can open it: a fresh P-256 pair, HKDF with SHA-256, AES-GCM.
// Read by `mlezi.openrosa.recovery`.
export async function lockForOffice(key: CryptoKey, officeKey: string, person: string): Promise<string> {
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const office = await crypto.subtle.importKey("raw", fromBase64(officeKey), curve, false, []);
  const mine = await crypto.subtle.generateKey(curve, true, ["deriveBits"]);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: office }, mine.privateKey, 256);
  const start = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: utf8(`mlezi field recovery ${person}`) };
  const wrapping = await crypto.subtle.deriveKey(how, start, AES, false, ["wrapKey"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.wrapKey("raw", key, wrapping, { name: "AES-GCM", iv });
  const point = await crypto.subtle.exportKey("raw", mine.publicKey);
  return base64(joined(new Uint8Array(point), iv, new Uint8Array(data)));
}
export function keyFromOffice(raw: string): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", fromBase64(raw), AES, true, ["encrypt", "decrypt"]);
}

// Short, because it is typed on a phone with gloves on; but not one that anybody would try first.
export function isWeakPin(pin: string): boolean {
  if (pin.length < 4) return true;
  const codes = [...pin].map((letter) => letter.codePointAt(0)!);
  const steps = new Set(codes.slice(1).map((code, at) => code - codes[at]));
  return steps.size === 1 && [0, 1, -1].includes([...steps][0]);
}
