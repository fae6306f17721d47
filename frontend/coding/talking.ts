// Asks and tells the server. A refusal is an error with the server's own words. What is told arrives in the order it
// was said: a coding before what is said of it.
export class Refused extends Error { constructor(readonly code: string, message: string) { super(message); } }

export class Server {
  private last: Promise<unknown> = Promise.resolve();

  constructor(private base: string, private csrf: string) {}

  // When all that was told has its answer.
  async quiet(): Promise<void> { await this.last; }

  async get<T>(path: string): Promise<T> { return this.send<T>(path, { headers: { Accept: "application/json" } }); }

  async post<T>(path: string, given: unknown = {}): Promise<T> {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.csrf };
    const turn = this.last.then(() => this.send<T>(path, { method: "POST", headers, body: JSON.stringify(given) }));
    this.last = turn.catch(() => undefined);
    return turn;
  }

  private async send<T>(path: string, options: RequestInit): Promise<T> {
    const answer = await fetch(this.base + path, { credentials: "same-origin", ...options });
    const found = await answer.json().catch(() => ({ code: "", message: answer.statusText }));
    if (!answer.ok) throw new Refused(found.code, found.message);
    return found as T;
  }
}
