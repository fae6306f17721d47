// Codes by the letters typed: beginnings of the name, then of its words, then letters inside; the server ranks the same way.
import type { Code } from "./types";

function byBeginnings(words: string[], typed: string): boolean {
  if (!typed) return true;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string;
    for (let n = Math.min(word.length, typed.length); n > 0; n--)
      if (word.startsWith(typed.slice(0, n)) && byBeginnings(words.slice(at + 1), typed.slice(n))) return true;
  }
  return false;
}

function rank(code: Code, typed: string): number {
  const words = code.title.toLocaleLowerCase().replace(/-/g, " ").split(/\s+/);
  const plain = words.join("");
  if (plain.startsWith(typed)) return 0;
  if (words.some((word) => word.startsWith(typed))) return 1;
  if (byBeginnings(words, typed)) return 2;
  return plain.includes(typed) ? 3 : 9;
}

export function find(codes: Code[], letters: string, recent: number[]): Code[] {
  const typed = letters.toLocaleLowerCase().replace(/\s+/g, "");
  if (!typed) {
    const used = recent.map((id) => codes.find((code) => code.id === id)).filter((code): code is Code => Boolean(code));
    return [...used, ...codes.filter((code) => !recent.includes(code.id))].slice(0, 60);
  }
  const ranked = codes.map((code, place) => ({ code, place, rank: rank(code, typed) })).filter((one) => one.rank < 9);
  return ranked.sort((a, b) => a.rank - b.rank || a.place - b.place).slice(0, 20).map((one) => one.code);
}
