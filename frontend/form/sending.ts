// Hands a finished record to the office: always the bytes that were kept, never written anew. It is let go
// of only when the office answers with the hash of what it stored.
import { messageIn } from "../shared/answers";
import { sha256 } from "../shared/bytes";
import type { Draft } from "./store";
import { type Config, say } from "./words";

export class NotSent extends Error {
  constructor(message: string, readonly isFinal: boolean) {
    super(message);
  }
}

export async function send(config: Config, draft: Draft): Promise<void> {
  const body = new FormData();
  body.append("xml_submission_file", new Blob([draft.xml], { type: "text/xml" }), "submission.xml");
  for (const file of draft.files) body.append(file.name, file, file.name);
  const answer = await fetch(config.urls.send, {
    method: "PUT",
    body,
    headers: { "X-CSRFToken": token(), "Mlezi-Client": draft.client, "X-OpenRosa-Version": "1.0" },
    redirect: "manual", // being signed out must not look like success
  }).catch(() => null);
  if (!answer) throw new NotSent(say("no_line"), false);
  if (answer.type === "opaqueredirect" || answer.status === 403) throw new NotSent(say("signed_out"), false);
  if (answer.status !== 201 && answer.status !== 202) throw new NotSent(await told(answer), answer.status < 500);
  if (answer.headers.get("Mlezi-Receipt") !== `sha256=${await sha256(draft.xml)}`) throw new NotSent(say("no_receipt"), false);
}

function token(): string {
  const kept = document.cookie.split("; ").find((one) => one.startsWith("csrftoken="));
  return kept?.slice("csrftoken=".length) ?? document.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
}

async function told(answer: Response): Promise<string> {
  return messageIn(await answer.text()) || say("not_sent");
}
