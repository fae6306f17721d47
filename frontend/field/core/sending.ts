// Brings finished records to the server, each until its receipt covers every byte. One bad record is set aside
// and the next goes on; a bad line or a closed door stops the round and loses nothing.
import { messageIn } from "../../shared/answers";
import type { Outbox, Receipt } from "./outbox";
import type { FileFact, Partition, Whole } from "./partition";
import { LineTrouble, type Server } from "./server";
import { CoreTrouble, type Trouble } from "./types";

const SMALL = 100_000; // files below this travel together; a larger one goes alone
const STEP = 1_000_000; // of one request on a line that we know nothing of
const LEAST = 60_000;
const MOST_IDS = 50; // in one question for receipts
const LINE_TRIES = 3; // the same record in one round, before we wait
const OURS: Trouble[] = ["no_line", "slow", "busy"]; // say nothing about the record

export class Sender {
  private step = STEP;

  constructor(private readonly partition: Partition, private readonly outbox: Outbox, private readonly server: Server) {}

  // One round over all that waits. Throws `LineTrouble` when the round had to stop.
  async round(): Promise<number> {
    const waiting = await this.outbox.waiting();
    let sent = await this.ask(waiting.filter((one) => one.state === "sending").map((one) => one.id));
    for (const { id } of waiting) {
      const whole = await this.readable(id);
      if (whole && (whole.state === "finalised" || whole.state === "sending") && (await this.deliver(whole))) sent += 1;
    }
    return sent;
  }

  // Some may have arrived though no answer came: the server knows.
  private async ask(maybe: string[]): Promise<number> {
    let arrived = 0;
    for (let at = 0; at < maybe.length; at += MOST_IDS) {
      const some = maybe.slice(at, at + MOST_IDS);
      const found = await this.receipts(some);
      for (const id of some.filter((one) => found[one])) {
        const whole = await this.readable(id);
        if (whole && (await this.settle(whole, found[id])).state === "acknowledged") arrived += 1;
      }
    }
    return arrived;
  }
  // One that cannot be read any more stands in nobody's way.
  private readable(id: string): Promise<Whole | null> {
    return this.partition.whole(id).catch(() => null);
  }
  async receipts(ids: string[]): Promise<Record<string, Receipt>> {
    const answer = await this.server.json<{ receipts: Record<string, Receipt> }>(`receipts?ids=${encodeURIComponent(ids.join(","))}`);
    return answer?.data.receipts ?? {};
  }
  private async settle(whole: Whole, receipt: Receipt): Promise<Whole> {
    const verdict = this.outbox.judge(whole, receipt);
    if (receipt.state === "quarantine") return verdict === "different" ? whole : this.outbox.move(whole, "parked", { trouble: "quarantine" });
    if (verdict === "different") return this.outbox.move(whole, "parked", { trouble: "different" });
    if (verdict === "whole") return this.outbox.acknowledge(whole, whole.body.said);
    return this.outbox.move(whole, "sending", { present: receipt.present.map((file) => file.name) });
  }

  // True when the server has all of it.
  private async deliver(whole: Whole): Promise<boolean> {
    for (let tries = 1; ; tries += 1) {
      try {
        const now = await this.attempt(whole);
        return now.state === "acknowledged";
      } catch (error) {
        const trouble = error instanceof CoreTrouble && error.reason === "damaged" ? new LineTrouble("damaged") : error;
        if (!(trouble instanceof LineTrouble)) throw error;
        const latest = (await this.partition.whole(whole.id)) ?? whole;
        if (trouble.trouble === "turned_away") {
          await this.outbox.move(latest, latest.state, { said: trouble.said });
          throw trouble;
        }
        if (!OURS.includes(trouble.trouble) && !(trouble.trouble === "too_large" && this.step > LEAST)) {
          await this.outbox.move(latest, "parked", { trouble: trouble.trouble, said: trouble.said });
          return false;
        }
        if (trouble.trouble === "too_large" || trouble.trouble === "slow") this.step = Math.max(LEAST, this.step / 2);
        whole = await this.outbox.move(latest, "sending", { trouble: trouble.trouble, said: trouble.said, tries: latest.body.tries + 1 });
        if (trouble.trouble === "busy" || tries >= LINE_TRIES) throw trouble;
        await new Promise((done) => setTimeout(done, this.server.patience.between * tries * (0.5 + Math.random())));
        if ((await this.ask([whole.id])) > 0) return true;
        whole = (await this.partition.whole(whole.id)) ?? whole;
        if (whole.state === "parked") return false;
      }
    }
  }

  // All requests of one record. It counts as maybe sent before the first byte leaves.
  private async attempt(whole: Whole): Promise<Whole> {
    let now = await this.outbox.move(whole, "sending", {});
    if (now.state !== "sending") return now;
    const left = now.body.files.filter((file) => !now.body.present.includes(file.name));
    for (const batch of batches(left, now.body.xml.length, Math.min(this.step, this.server.acceptBytes))) {
      const unsent = await this.outbox.unsent();
      const answer = await this.post(now, batch, unsent);
      if (answer.status !== 201 && answer.status !== 202) throw new LineTrouble("no_line"); // 200: a sign-in page
      if (answer.headers.get("Mlezi-Receipt") !== `sha256=${now.body.sha256}`) throw new LineTrouble("no_receipt");
      const said = messageIn(await answer.text());
      const present = [...now.body.present, ...batch.map((file) => file.name)];
      const isWhole = present.length === now.body.files.length && answer.headers.get("Mlezi-Missing") === "0";
      now = isWhole ? await this.outbox.acknowledge(now, said) : await this.outbox.move(now, "sending", { present, said, trouble: null });
    }
    if (now.state === "sending") await this.ask([now.id]); // the last word on its files
    return now.state === "acknowledged" ? now : ((await this.partition.whole(now.id)) ?? now);
  }

  private async post(whole: Whole, batch: FileFact[], unsent: number): Promise<Response> {
    const body = new FormData();
    body.append("xml_submission_file", new Blob([whole.body.xml], { type: "text/xml" }), "s.xml");
    for (const fact of batch) body.append(fact.name, await this.partition.blob(whole.id, fact), fact.name);
    const size = whole.body.xml.length + batch.reduce((sum, file) => sum + file.size, 0);
    return this.server.post(body, size, unsent);
  }
}

// The first request has the record and its small files; each large file goes alone, with the same record.
export function batches(files: FileFact[], xmlSize: number, most: number): FileFact[][] {
  const found: FileFact[][] = [[]];
  let size = xmlSize;
  for (const file of files.filter((one) => one.size <= SMALL)) {
    if (size + file.size > most && found[found.length - 1].length) {
      found.push([]);
      size = xmlSize;
    }
    found[found.length - 1].push(file);
    size += file.size;
  }
  for (const file of files.filter((one) => one.size > SMALL)) found.push([file]);
  return found;
}
