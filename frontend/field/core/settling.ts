// When the server has made its own rows of what was sent, its lists are believed again and ours go.
import type { Forms } from "./catalogue";
import type { Local } from "./entities";
import type { Outbox } from "./outbox";
import type { Partition } from "./partition";
import type { Sender } from "./sending";

const STILL = new Set(["received"]); // the server has the bytes and has not read them yet

// Before the lists are fetched: which records the server has read. After (with `forms`): let go of their rows.
export async function settled(partition: Partition, outbox: Outbox, sender: Sender, forms?: Forms): Promise<void> {
  const { wholes } = await partition.all("acknowledged");
  if (!forms) {
    const open = wholes.filter((one) => !one.body.settled).slice(0, 50);
    if (!open.length) return;
    const receipts = await sender.receipts(open.map((one) => one.id));
    for (const whole of open) {
      const receipt = receipts[whole.id];
      if (receipt && !STILL.has(receipt.state)) await outbox.move(whole, "acknowledged", { settled: true });
    }
    return;
  }
  const isOpen = new Set((await partition.all("finalised", "sending", "parked")).wholes.map((one) => one.id));
  for (const one of wholes) if (!one.body.settled) isOpen.add(one.id);
  await forms.during(async () => {
    const locals = await forms.locals();
    const kept = locals.filter((local: Local) => local.records.some((id) => isOpen.has(id)));
    if (kept.length < locals.length) await partition.setFact("entities", kept);
  }, "exclusive");
}
