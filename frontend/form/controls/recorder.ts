// A sound from the microphone, as small as speech can be and still be understood.
import { createSignal, onCleanup } from "solid-js";
import { h } from "../dom";
import { say } from "../words";

const KINDS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
const BITS = 24_000; // a second: speech of ten minutes is under 2 MB

export function canRecord(): boolean {
  return "MediaRecorder" in window && Boolean(navigator.mediaDevices?.getUserMedia);
}

export function recorder(take: (sound: File) => void): HTMLElement {
  const [since, setSince] = createSignal(0); // when it began; 0 while it is silent
  const [now, setNow] = createSignal(0);
  const [trouble, setTrouble] = createSignal("");
  let running: MediaRecorder | null = null;
  let tick = 0;
  const stop = (): void => {
    clearInterval(tick);
    if (running?.state === "recording") running.stop();
    setSince(0);
  };
  const start = async (): Promise<void> => {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true }).catch(() => null);
    setTrouble(stream ? "" : say("no_microphone"));
    if (!stream) return;
    running = new MediaRecorder(stream, { mimeType: KINDS.find((kind) => MediaRecorder.isTypeSupported(kind)), audioBitsPerSecond: BITS });
    const pieces: Blob[] = [];
    running.ondataavailable = ({ data }) => pieces.push(data);
    running.onstop = () => {
      stream.getTracks().forEach((track) => track.stop());
      take(named(pieces, running!.mimeType));
    };
    running.start(1000);
    setSince(Date.now());
    setNow(Date.now());
    tick = window.setInterval(() => setNow(Date.now()), 1000);
  };
  onCleanup(stop);
  const key = h(
    "button",
    { type: "button", class: () => `btn ${since() ? "btn-primary is-recording" : "btn-quiet"}`, onclick: () => (since() ? stop() : void start()) },
    () => (since() ? say("record_stop", { time: clock(now() - since()) }) : say("record")),
  );
  return h("div", { class: "recorder" }, key, h("p", { class: "ask-problem", "aria-live": "polite" }, trouble));
}

function named(pieces: Blob[], kind: string): File {
  const plain = kind.split(";")[0];
  const ending = plain === "audio/mp4" ? "m4a" : plain.split("/")[1];
  return new File(pieces, `sound.${ending}`, { type: plain });
}
function clock(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
