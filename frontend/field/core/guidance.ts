// The screens' own data and guidance files that stay on the phone.
import { sha256 } from "../../shared/bytes";
import { durably } from "./base";
import type { Partition } from "./partition";
import { LineTrouble, type Server } from "./server";
import { CoreTrouble, type GuidanceAnswer, type GuidanceFile, type NewsAnswer } from "./types";

interface Kept<T> {
  etag: string;
  at: number;
  data: T;
}

export class Guidance {
  constructor(private readonly partition: Partition, private readonly server: Server) {}

  async pull(server: Server, news: NewsAnswer): Promise<void> {
    await this.fetched(server, "day", news.day);
    await this.fetched(server, "guidance", news.guidance);
    const offered = new Set((await this.offered()).map((file) => file.name));
    for (const name of await this.partition.base.getAllKeys("guidance")) if (!offered.has(name)) await this.drop(name);
    this.partition.tell("lists");
  }
  private async fetched(server: Server, name: string, mark: string): Promise<void> {
    const before = await this.partition.fact<Kept<unknown>>(name);
    if (before?.etag === mark) return;
    const answer = await server.json<unknown>(`app/${name}`, before?.etag);
    if (answer) await this.partition.setFact(name, { ...answer, at: Date.now() });
  }
  async day<T>(): Promise<{ data: T; at: number } | null> {
    const kept = await this.partition.fact<Kept<T>>("day");
    return kept && { data: kept.data, at: kept.at };
  }

  private async offered(): Promise<GuidanceAnswer[]> {
    return (await this.partition.fact<Kept<{ files: GuidanceAnswer[] }>>("guidance"))?.data.files ?? [];
  }
  async all(): Promise<GuidanceFile[]> {
    const kept = new Map((await this.partition.base.getAll("guidance")).map((row) => [row.name, row.sha256]));
    return (await this.offered()).map(({ name, title, domain, kind, bytes, sha256: hash }) => ({
      name, title, domain, kind, bytes, isKept: kept.has(name), isStale: kept.has(name) && kept.get(name) !== hash,
    }));
  }
  async keep(name: string): Promise<void> {
    const file = (await this.offered()).find((one) => one.name === name);
    if (!file) throw new CoreTrouble("no_form", { detail: name });
    const bytes = await this.server.bytes(file.url).catch((error) => {
      throw error instanceof LineTrouble ? new CoreTrouble(error.trouble === "turned_away" ? "turned_away" : "no_line") : error;
    });
    if ((await sha256(bytes)) !== file.sha256) throw new CoreTrouble("no_line"); // cut off on the way
    const sealed = await this.partition.vault.seal(`guidance/${name}`, bytes);
    await durably(this.partition.base, ["guidance"], (turn) => turn.objectStore("guidance").put({ name, sha256: file.sha256, bytes: sealed }));
    this.partition.tell("lists");
  }
  async drop(name: string): Promise<void> {
    await this.partition.base.delete("guidance", name);
    this.partition.tell("lists");
  }
  async open(name: string): Promise<Blob | null> {
    const row = await this.partition.base.get("guidance", name);
    if (!row) return null;
    const kind = (await this.offered()).find((one) => one.name === name)?.kind ?? "";
    return new Blob([await this.partition.vault.open(`guidance/${name}`, row.bytes)], { type: kind });
  }
}
