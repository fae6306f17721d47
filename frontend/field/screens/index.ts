// Every screen: fetches what it shows, then gives what draws it. `dropped` is called instead when somebody has gone on
// to another screen meanwhile.
import type { App } from "../app";
import type { Frame } from "../frame";
import { enrol } from "./enrol";
import { fill } from "./fill";
import { form } from "./form";
import { guidance } from "./guidance";
import { hand } from "./hand";
import { people } from "./people";
import { settings } from "./settings";
import { summary } from "./summary";
import { today } from "./today";
import { unlock } from "./unlock";
import { unsent } from "./unsent";
import { visit } from "./visit";
import { visits } from "./visits";

export type Build = (() => HTMLElement) & { dropped?: () => void };
export type Screen = (app: App, frame: Frame) => Promise<Build>;

export const SCREENS: Record<string, Screen> = {
  enrol, fill, form, guidance, hand, people, settings, summary, today, unlock, unsent, visit, visits,
};
