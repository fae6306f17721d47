// What the server's pull of the day holds, and what follows from it on the phone's own day: who needs whom, and why.
// The rule is the office's (`office.pictures.mentor.reasons`); a test holds the two together.
import { count, say } from "../form/words";

export interface MenteeHere {
  uid: string;
  name: string;
  cadre: string;
  place: string | null;
  met: string | null;
  rechecks: string[];
}
export interface FacilityHere {
  uid: string;
  name: string;
  district: string;
  at: [number, number] | null;
  last: string | null;
  since: string;
}
export interface ActionHere {
  uid: string;
  text: string;
  owner: string;
  place: string | null;
  due: string | null;
}
export interface PlanHere {
  uid: string;
  kind: string;
  place: string;
  on: string;
  minutes: number | null;
}
export interface MeetingHere {
  uid: string;
  kind: string;
  place: string | null;
  place_name: string;
  on: string | null;
  minutes: number | null;
  people: number;
  next: string | null;
  lost: string;
}
export interface FormKind {
  id: string;
  title: Record<string, string>;
  purpose: string;
  here: boolean; // this app can fill it
  kinds: Record<string, number>; // kind of meeting → its place among that kind's forms
  person: boolean; // it is about one person
  own: boolean; // that person fills it in themselves
}
export interface Day {
  person: { uid: string; name: string; languages: string[] };
  programme: {
    code: string;
    title: Record<string, string>;
    made_up: boolean;
    every_days: number;
    cadres: Record<string, Record<string, string>>;
    kinds: Record<string, Record<string, string>>;
  };
  mentees: MenteeHere[];
  facilities: FacilityHere[];
  actions: ActionHere[];
  plans: PlanHere[];
  meetings: MeetingHere[];
  topics: { code: string; title: Record<string, string> }[];
  forms: FormKind[];
}

export interface Why {
  kind: "never" | "quiet" | "recheck" | "overdue";
  n: number;
  tone: "late" | "wait";
  weight: number;
}

export function whyOf(mentee: MenteeHere, day: Day, today: string): Why[] {
  const found: Why[] = [];
  const quiet = mentee.met ? daysBetween(mentee.met, today) : 0;
  if (!mentee.met) found.push({ kind: "never", n: 0, tone: "late", weight: 3 });
  else if (quiet > day.programme.every_days) found.push({ kind: "quiet", n: quiet, tone: "late", weight: 2 });
  const due = mentee.rechecks.filter((on) => on <= today).length;
  const overdue = day.actions.filter((one) => one.owner === mentee.uid && one.due && one.due < today).length;
  if (due) found.push({ kind: "recheck", n: due, tone: "wait", weight: 1 });
  if (overdue) found.push({ kind: "overdue", n: overdue, tone: "wait", weight: 1 });
  return found;
}
export function sayWhy(why: Why): string {
  return why.kind === "never" ? say("why_never") : count(`why_${why.kind}`, why.n);
}

// Titles come in several languages.
export function worded(title: Record<string, string> | undefined, language: string, otherwise = ""): string {
  return title?.[language] || title?.en || Object.values(title ?? {})[0] || otherwise;
}

// Days are local days, written as the server writes them.
export function todayHere(now = new Date()): string {
  return [now.getFullYear(), String(now.getMonth() + 1).padStart(2, "0"), String(now.getDate()).padStart(2, "0")].join("-");
}
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
export function ago(day: string, today: string): string {
  const days = daysBetween(day, today);
  if (days === 0) return say("day_today");
  if (days === 1) return say("day_yesterday");
  return days > 0 ? count("days_ago", days) : inDays(-days);
}
function inDays(days: number): string {
  return days === 1 ? say("day_tomorrow") : count("in_days", days);
}
export function dayWords(day: string, language: string): string {
  return new Date(`${day.slice(0, 10)}T12:00:00`).toLocaleDateString(localeOf(language), { weekday: "short", day: "numeric", month: "short" });
}
export function momentWords(at: number, language: string): string {
  return new Date(at).toLocaleString(localeOf(language), { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
}
export function localeOf(language: string): string {
  return language === "en" ? "en-GB" : language;
}

// As the crow flies, in kilometres.
export function kilometres(a: [number, number], b: [number, number]): number {
  const [lat1, lon1, lat2, lon2] = [...a, ...b].map((one) => (one * Math.PI) / 180);
  const h = Math.sin((lat2 - lat1) / 2) ** 2 + Math.cos(lat1) * Math.cos(lat2) * Math.sin((lon2 - lon1) / 2) ** 2;
  return 2 * 6371 * Math.asin(Math.sqrt(h));
}
export function sizeWords(bytes: number, language: string): string {
  const [value, unit] = bytes >= 1e9 ? [bytes / 1e9, "GB"] : bytes >= 1e6 ? [bytes / 1e6, "MB"] : [bytes / 1e3, "kB"];
  return `${value.toLocaleString(localeOf(language), { maximumFractionDigits: value < 10 ? 1 : 0 })} ${unit}`;
}
