// Reads a QR code with the camera, where the browser can; elsewhere the phone's own camera opens the link.
import { h } from "../form/dom";
import { say } from "../form/words";
import { Said } from "./parts";

interface Detector {
  detect(picture: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
type Maker = new (how: { formats: string[] }) => Detector;

const LOOK_EVERY = 250; // milliseconds

export function canScan(): boolean {
  return "BarcodeDetector" in window && Boolean(navigator.mediaDevices?.getUserMedia);
}

// What the code says; empty when the person stopped looking.
export async function scan(holder: HTMLElement): Promise<string> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }).catch(() => {
    throw new Said(say("no_camera"));
  });
  const picture = h("video", { muted: true, playsinline: true, "aria-label": say("code_scan") });
  picture.srcObject = stream;
  const detector = new (window as unknown as { BarcodeDetector: Maker }).BarcodeDetector({ formats: ["qr_code"] });
  let isOver = false;
  holder.replaceChildren(picture, h("button", { type: "button", class: "key key-quiet", onclick: () => (isOver = true) }, say("stop")));
  try {
    await picture.play();
    while (!isOver) {
      const [found] = await detector.detect(picture).catch(() => []);
      if (found) return found.rawValue;
      await new Promise((then) => setTimeout(then, LOOK_EVERY));
    }
    return "";
  } finally {
    stream.getTracks().forEach((track) => track.stop());
    holder.replaceChildren();
  }
}
