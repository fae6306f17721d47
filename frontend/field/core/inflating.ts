// Base64 of deflated text, as QR codes for ODK Collect hold it.
import { fromBase64 } from "../../shared/bytes";

export async function inflate(words: string): Promise<string> {
  const flow = new Blob([fromBase64(words)]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(flow).text();
}
