// A photograph or a sound, from the camera, the microphone or a file. Photographs are made smaller here,
// as the form says (and on a phone in any case), so that they travel on a bad line.
import { createMemo, onCleanup } from "solid-js";
import type { Part } from "../../engine";
import { changed, follow, h } from "../dom";
import { touch } from "../touched";
import { say } from "../words";
import type { Around } from ".";
import { canRecord, recorder } from "./recorder";

export function file(part: Part, around: Around): HTMLElement {
  const field = h("input", {
    type: "file",
    class: "form-control",
    id: `${part.id}-control`,
    accept: part.accepts,
    capture: part.looks("new") ? "environment" : null,
    disabled: () => part.isReadOnly,
    "aria-describedby": around.describedBy,
    "aria-invalid": () => (around.isWrong() ? "true" : null),
    onchange: async () => {
      const chosen = field.files?.[0] ?? null;
      if (chosen) take(await smaller(chosen, Math.min(part.mostPixels ?? Infinity, most)));
      touch(part.id);
    },
  });
  const take = (chosen: File): void => {
    part.setFile(chosen);
    changed(whole);
  };
  const shown = createMemo(() => part.file);
  const holder = h("div", { class: "ask-file" });
  follow(holder, () => (shown() ? [shown()!] : []), (one) => `${one.name}${one.size}${one.lastModified}`, (one) => preview(part, one));
  const isSound = part.accepts.startsWith("audio");
  const whole = h("div", { class: "ask-media" }, isSound && canRecord() ? recorder(take) : null, field, holder);
  return whole;
}

// The longest side of a photograph, whatever the form says; a phone sets it when it starts.
let most = Infinity;
export function limitPhotographs(pixels: number): void {
  most = pixels;
}

function preview(part: Part, chosen: File): HTMLElement {
  const url = URL.createObjectURL(chosen);
  onCleanup(() => URL.revokeObjectURL(url));
  const shown = chosen.type.startsWith("image/")
    ? h("img", { src: url, alt: say("chosen_picture", { name: chosen.name }) })
    : h("audio", { src: url, controls: true });
  const remove = h("button", { type: "button", class: "btn btn-sm btn-quiet", onclick: () => part.setFile(null) }, say("remove_file"));
  return h("div", {}, shown, h("p", { class: "form-text" }, `${chosen.name} · ${Math.ceil(chosen.size / 1000)} kB`), remove);
}

async function smaller(chosen: File, most: number): Promise<File> {
  if (!Number.isFinite(most) || !/^image\/(jpeg|png|webp)$/.test(chosen.type)) return chosen;
  const picture = await createImageBitmap(chosen).catch(() => null);
  if (!picture || Math.max(picture.width, picture.height) <= most) return chosen;
  const scale = most / Math.max(picture.width, picture.height);
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [Math.round(picture.width * scale), Math.round(picture.height * scale)];
  canvas.getContext("2d")!.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", 0.85));
  return blob ? new File([blob], chosen.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" }) : chosen;
}
