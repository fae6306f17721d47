// What the page was given: where things are, who is typing, and the words of the reader's language.
export interface Config {
  programme: string;
  form: string;
  title: string;
  version: number;
  person: string; // keeps one person's drafts from another's on a shared computer
  username: string;
  client: "web" | "paper";
  urls: { form: string; file: string; send: string; record: string; recordFile: string; done: string };
  recordFiles: string[];
  language: string;
  words: Record<string, string>;
  preview: boolean; // try a form that is not published yet: nothing is kept or sent
  xml: string; // that form; otherwise it is fetched
}

export function readConfig(): Config {
  return JSON.parse(document.getElementById("form-config")!.textContent ?? "{}") as Config;
}

// English as most of the world writes days and hours.
export function locale(config: Config): string {
  return config.language === "en" ? "en-GB" : config.language;
}

let words: Record<string, string> = {};
export function learn(sentences: Record<string, string>): void {
  words = sentences;
}

// A sentence with its facts filled in: say("page_of", { n: 1, of: 3 }).
export function say(name: string, facts: Record<string, string | number> = {}): string {
  const sentence = words[name] ?? name;
  return sentence.replace(/\{(\w+)\}/g, (whole, key: string) => String(facts[key] ?? whole));
}

// A sentence about a number, in the form that the language has for it.
export function count(name: string, n: number): string {
  const one = new Intl.PluralRules(document.documentElement.lang || "en").select(n) === "one";
  return say(`${name}_${one ? "one" : "other"}`, { n });
}
