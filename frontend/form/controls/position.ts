// Where this is: from the device, or typed in from a sheet.
import { createSignal } from "solid-js";
import type { Part } from "../../engine";
import { changed, h } from "../dom";
import { touch } from "../touched";
import { say } from "../words";

export function position(part: Part): HTMLElement {
  const [trouble, setTrouble] = createSignal("");
  const [waits, setWaits] = createSignal(false);
  const ask = (): void => {
    setWaits(true);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setWaits(false);
        setTrouble("");
        part.setPosition({ latitude: coords.latitude, longitude: coords.longitude, altitude: coords.altitude, accuracy: coords.accuracy });
        changed(whole);
      },
      () => {
        setWaits(false);
        setTrouble(say("no_position"));
      },
      { enableHighAccuracy: true, timeout: 30_000 },
    );
  };
  const typed = (): void => {
    const [latitude, longitude] = [lat, lon].map((field) => Number(field.value.replace(",", ".")));
    const fits = lat.value && lon.value && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
    setTrouble(lat.value && lon.value && !fits ? say("position_wrong") : "");
    part.setPosition(fits ? { latitude, longitude, altitude: null, accuracy: null } : null);
    touch(part.id);
  };
  const number = (name: string, at: number): HTMLInputElement =>
    h("input", {
      class: "form-control",
      inputmode: "decimal",
      "aria-label": say(name),
      placeholder: say(name),
      value: () => part.value.split(" ")[at] ?? "",
      disabled: () => part.isReadOnly,
      onchange: typed,
    });
  const [lat, lon] = [number("latitude", 0), number("longitude", 1)];
  const button = h(
    "button",
    { type: "button", class: "btn btn-quiet", disabled: () => waits() || part.isReadOnly, onclick: ask },
    () => say(waits() ? "looking_for_position" : "use_position"),
  );
  const said = h("p", { class: "ask-problem", "aria-live": "polite" }, trouble);
  const whole = h("div", { class: "ask-position" }, button, h("div", { class: "ask-pair" }, lat, lon), said);
  return whole;
}
