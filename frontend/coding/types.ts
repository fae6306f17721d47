// What the server's `surface` gives.
export interface Code { id: number; path: string; depth: number; parent: number | null; title: string; description: string;
  when_to_use: string; when_not: string; example: string; colour: number; qualified_by: number | null; inductive: boolean }
export interface Coding { id: string; start: number; end: number; code: number; qualifier: number | null; valence: string;
  note: string; coder: number; coder_name: string; carried: string; at: string }
export interface Memo { id: string; start: number | null; end: number | null; text: string; author: number; author_name: string }
export interface Piece { speaker: string; participant: string; question: string }
export interface Book { id: number; title: string; codes: Code[] }
export interface Whole { source: { version: number; label: string }; pieces: Piece[]; codings: Coding[]; memos: Memo[]; codebooks: Book[];
  me: { id: number; name: string }; now: string; done: boolean; may_code: boolean; others_hidden: boolean;
  here: { name: string; position: number }[] }
export interface News extends Omit<Whole, "source" | "pieces" | "codebooks" | "me"> { removed: string[]; memos_removed: string[]; version: number }
export interface Suggestion { start: number; end: number; code: number; precision: number; n: number }
