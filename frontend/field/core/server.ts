// The line to the server: one request at a time, with a time-out, and a plain word for what went wrong.
// What does not carry our server's mark came from something in between (a hotel's sign-in page, a proxy) and
// says nothing about a record.
import { messageIn } from "../../shared/answers";
import type { Trouble } from "./types";

export class LineTrouble extends Error {
  constructor(readonly trouble: Trouble, readonly said = "", readonly retryAfter = 0) {
    super(trouble);
  }
}
export interface Patience {
  answer: number; // milliseconds until an answer must be there
  perByte: number; // and for each byte that goes up, on the slowest line we serve
  between: number; // before the same request is made again
  backoff: number; // before the next round after a bad one; doubled each time
}
export const PATIENCE: Patience = { answer: 60_000, perByte: 1, between: 1000, backoff: 15_000 };

export class Server {
  acceptBytes = 5_000_000;

  constructor(private readonly base: string, private readonly deviceId: string, readonly patience: Patience = PATIENCE) {}

  // An answer of 2xx or 304. Throws `LineTrouble` otherwise; of a refused record, `said` is for its owner.
  async ask(path: string, how: RequestInit = {}, bytes = 0): Promise<Response> {
    const asked = `${this.base}/${path}`;
    const headers = { "X-OpenRosa-Version": "1.0", "Mlezi-Client": "field", ...(how.headers as Record<string, string>) };
    const stop = new AbortController();
    const clock = setTimeout(() => stop.abort(), this.patience.answer + bytes * this.patience.perByte);
    try {
      const answer = await fetch(asked, { ...QUIET, ...how, headers, signal: stop.signal });
      return await this.judged(answer, await answer.arrayBuffer()); // the whole of it, before the clock stops
    } catch (error) {
      if (error instanceof LineTrouble) throw error;
      throw new LineTrouble(stop.signal.aborted ? "slow" : "no_line");
    } finally {
      clearTimeout(clock);
    }
  }

  private async judged(answer: Response, body: ArrayBuffer): Promise<Response> {
    if (!answer.headers.has("X-OpenRosa-Version")) throw new LineTrouble("no_line");
    this.acceptBytes = Number(answer.headers.get("X-OpenRosa-Accept-Content-Length")) || this.acceptBytes;
    const whole = new Response(NO_BODY.has(answer.status) ? null : body, { status: answer.status, headers: answer.headers });
    if (answer.ok || answer.status === 304) return whole;
    const said = messageIn(await whole.text());
    const wait = Number(answer.headers.get("Retry-After")) || 0;
    if (answer.status === 401 || answer.status === 403) throw new LineTrouble("turned_away", said);
    if (answer.status === 413) throw new LineTrouble("too_large", said);
    if (answer.status === 409) throw new LineTrouble("different", said);
    if (answer.status >= 500 || [408, 423, 429].includes(answer.status)) throw new LineTrouble("busy", said, wait);
    if (answer.headers.get("Mlezi-Problem") === "openrosa.cut_off") throw new LineTrouble("no_line", said);
    throw new LineTrouble("refused", said);
  }

  async json<T>(path: string, etag = ""): Promise<{ data: T; etag: string } | null> {
    const answer = await this.ask(path, { headers: etag ? { "If-None-Match": `"${etag}"` } : {} });
    if (answer.status === 304) return null;
    return { data: await sense<T>(answer), etag: (answer.headers.get("ETag") ?? "").replace(/^W\/|"/g, "") };
  }
  async bytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await (await this.ask(path)).arrayBuffer());
  }
  post(body: FormData, bytes: number, unsent: number): Promise<Response> {
    const headers = { "Mlezi-Unsent": String(unsent), "Mlezi-Device-Time": new Date().toISOString() };
    return this.ask(`submission?deviceID=${encodeURIComponent(this.deviceId)}`, { method: "POST", body, headers }, bytes);
  }
}

// What an answer says. One that breaks off in the middle is a bad line: asked again, like any that did not come.
export async function sense<T>(answer: Response): Promise<T> {
  try {
    return (await answer.json()) as T;
  } catch {
    throw new LineTrouble("no_line");
  }
}

// No cookie, no referrer, no redirect, nothing from a cache: each byte costs, and a sign-in page is not an answer.
const QUIET: RequestInit = { credentials: "omit", referrerPolicy: "no-referrer", redirect: "error", cache: "no-store" };
const NO_BODY = new Set([204, 205, 304]);
