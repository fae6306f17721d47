// What the server's `surface` gives.
export interface Code { id: number; path: string; depth: number; parent: number | null; title: string; description: string;
  when_to_use: string; when_not: string; example: string; colour: number; qualified_by: number | null; inductive: boolean }
export interface Coding { id: string; start: number; end: number; code: number; qualifier: number | null; valence: string;
  note: string; coder: number; coder_name: string; carried: string }
export interface Book { id: number; title: string; codes: Code[] }
export interface Whole { source: { version: number; label: string }; codings: Coding[]; codebooks: Book[];
  me: { id: number; name: string }; now: string; done: boolean; may_code: boolean; others_hidden: boolean;
  here: { name: string; position: number }[] }
export interface Suggestion { start: number; end: number; code: number; precision: number; n: number }
