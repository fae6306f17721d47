// When the server has made its own rows of what was sent, its lists are believed again and ours go.
import type { Forms } from "./catalogue";
import type { Local } from "./entities";
import type { Outbox } from "./outbox";
import type { Partition, Whole } from "./partition";

const STILL = new Set(["received"]); // the server has the bytes and has not read them yet

// Sent, and not yet known to have been read there.
export async function unread(partition: Partition): Promise<Whole[]> {
  return (await partition.all("acknowledged")).wholes.filter((one) => !one.body.settled).slice(0, 50);
}
// Before the lists are fetched: which of them the server has read by now.
export async function noteRead(outbox: Outbox, asked: Whole[], states: Record<string, string>): Promise<void> {
  for (const whole of asked) {
    const state = states[whole.id];
    if (state && !STILL.has(state)) await outbox.move(whole, "acknowledged", { settled: true });
  }
}
// After: let go of their rows.
export async function letGoOfRows(partition: Partition, forms: Forms): Promise<void> {
  const { wholes } = await partition.all("acknowledged");
  const isOpen = new Set((await partition.all("finalised", "sending", "parked")).wholes.map((one) => one.id));
  for (const one of wholes) if (!one.body.settled) isOpen.add(one.id);
  await forms.during(async () => {
    const locals = await forms.locals();
    const kept = locals.filter((local: Local) => local.records.some((id) => isOpen.has(id)));
    if (kept.length < locals.length) await partition.setFact("entities", kept);
  }, "exclusive");
}
