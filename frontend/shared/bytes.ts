// Bytes as text and text as bytes, and the hash that says two are the same.
export type Bytes = Uint8Array<ArrayBuffer>;

export function utf8(text: string): Bytes {
  return new TextEncoder().encode(text);
}
export function text(bytes: BufferSource): string {
  return new TextDecoder().decode(bytes);
}
export function hex(bytes: ArrayBuffer): string {
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
export async function sha256(what: string | BufferSource): Promise<string> {
  return hex(await crypto.subtle.digest("SHA-256", typeof what === "string" ? utf8(what) : what));
}
export function base64(bytes: Uint8Array): string {
  let raw = "";
  for (let at = 0; at < bytes.length; at += 8192) raw += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(raw);
}
export function fromBase64(words: string): Bytes {
  return Uint8Array.from(atob(words), (letter) => letter.charCodeAt(0));
}
export function joined(...parts: Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
