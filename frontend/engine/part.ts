// One part of an open form as our pages see it: a group, a repeat, a row of one, a question, a note.
// Every reader is live: read inside an effect, it runs the effect again when the form changes.
import type { AnyNode, RepeatRangeUncontrolledNode, TextRange, UploadNode } from "./types";

export type Kind = "group" | "repeat" | "row" | "question" | "note" | "hidden" | "beyond";
export interface Choice {
  value: string;
  label: string;
}
// What of a label is written how; `tag` is empty for plain words.
export interface Piece {
  tag: string;
  text: string;
  url: string;
  inner: Piece[];
}
export interface Position {
  latitude: number;
  longitude: number;
  altitude: number | null;
  accuracy: number | null;
}

const KINDS: Record<string, Kind> = {
  group: "group",
  "repeat-range:controlled": "repeat",
  "repeat-range:uncontrolled": "repeat",
  "repeat-instance": "row",
  note: "note",
  "model-value": "hidden",
  rank: "beyond",
  attribute: "hidden",
};
const TAGS = new Set(["strong", "em", "u", "p", "br", "ul", "ol", "li", "span", "a", "h1", "h2", "h3", "h4", "h5", "h6"]);

export class Part {
  private static known = new WeakMap<object, Part>();

  static of(node: AnyNode): Part {
    const found = Part.known.get(node) ?? new Part(node);
    Part.known.set(node, found);
    return found;
  }

  private constructor(private readonly node: AnyNode) {}

  get id(): string {
    return `p-${String(this.node.nodeId).replace(/\W+/g, "-")}`;
  }
  get kind(): Kind {
    if (KINDS[this.node.nodeType]) return KINDS[this.node.nodeType];
    return ["geotrace", "geoshape", "barcode", "intent"].includes(this.type) ? "beyond" : "question";
  }
  // select, input, trigger, range, upload
  get control(): string {
    return this.node.nodeType;
  }
  // string, int, decimal, date, time, dateTime, geopoint, binary
  get type(): string {
    return this.node.valueType ?? "";
  }
  get path(): string {
    return this.node.currentState.reference;
  }
  get name(): string {
    return this.path.replace(/\[\d+\]$/, "").split("/").pop() ?? "";
  }
  get isRelevant(): boolean {
    return this.node.currentState.relevant;
  }
  get isRequired(): boolean {
    return this.node.currentState.required;
  }
  get isReadOnly(): boolean {
    return this.node.currentState.readonly;
  }
  get takesSeveral(): boolean {
    return this.node.selectType === "select";
  }
  looks(...appearances: string[]): boolean {
    const found = [...(this.node.appearances ?? [])] as string[];
    return appearances.some((one) => found.includes(one));
  }

  get label(): string {
    return this.node.currentState.label?.asString ?? "";
  }
  get labelPieces(): Piece[] {
    return pieces(this.node.currentState.label);
  }
  get labelImage(): string {
    const source = this.node.currentState.label?.imageSource;
    return source ? decodeURIComponent(String(source.href).split("/").pop() ?? "") : "";
  }
  get hint(): string {
    return this.node.currentState.hint?.asString ?? "";
  }

  get children(): Part[] {
    return (this.node.currentState.children ?? []).map((child) => Part.of(child as AnyNode));
  }
  // Whether there is anything on it that a person sees now.
  get isShown(): boolean {
    if (!this.isRelevant) return false;
    if (this.kind === "hidden") return false;
    if (this.kind === "repeat") return true;
    return this.kind === "group" || this.kind === "row" ? this.children.some((child) => child.isShown) : true;
  }

  // The answer as it stands in the record.
  get value(): string {
    return this.node.currentState.instanceValue ?? "";
  }
  get chosen(): readonly string[] {
    return (this.node.currentState.value as readonly string[] | null) ?? [];
  }
  get choices(): Choice[] {
    const items = (this.node.currentState.valueOptions ?? []) as { value: string; label: TextRange }[];
    return items.map((item) => ({ value: item.value, label: item.label.asString }));
  }
  set(value: string): void {
    this.node.setValue(this.control === "trigger" ? value !== "" : value === "" && this.type !== "string" ? null : value);
  }
  choose(values: readonly string[]): void {
    this.node.selectValues(values);
  }
  get isConfirmed(): boolean {
    return Boolean(this.node.currentState.value);
  }
  setPosition(position: Position | null): void {
    this.node.setValue(position as never);
  }
  // Start, end and step of a range.
  get limits(): [number, number, number] {
    const bounds = this.node.definition.bounds;
    return [Number(bounds?.start ?? 0), Number(bounds?.end ?? 0), Number(bounds?.step ?? 1)];
  }

  get file(): File | null {
    return this.control === "upload" ? (this.node as unknown as UploadNode).currentState.value : null;
  }
  get accepts(): string {
    return (this.node as unknown as UploadNode).nodeOptions?.media.accept ?? "";
  }
  get mostPixels(): number | null {
    return (this.node as unknown as UploadNode).maxPixels ?? null;
  }
  setFile(file: File | null): void {
    (this.node as unknown as UploadNode).setValue(file);
  }

  get canGrow(): boolean {
    return this.node.nodeType === "repeat-range:uncontrolled";
  }
  addRow(): void {
    (this.node as unknown as RepeatRangeUncontrolledNode).addInstances();
  }
  removeRow(index: number): void {
    (this.node as unknown as RepeatRangeUncontrolledNode).removeInstances(index, 1);
  }

  // What is wrong with the answer: "required", a sentence of the form, or nothing.
  get problem(): { required: boolean; words: string } | null {
    const found = this.node.validationState.violation;
    return found ? { required: found.condition === "required", words: found.message?.asString ?? "" } : null;
  }
  // Every question below that is not in order.
  *problems(): Generator<Part> {
    if (!this.isRelevant) return;
    if (this.problem) yield this;
    for (const child of this.children) yield* child.problems();
  }
}

function pieces(text: TextRange | null): Piece[] {
  return text ? text.formatted.map(piece) : [];
}

function piece(node: TextRange["formatted"][number]): Piece {
  if (node.role === "child") return { tag: "", text: node.value, url: "", inner: [] };
  if (node.role === "html") return { tag: "", text: node.unsafeHtml.replace(/<[^>]*>/g, ""), url: "", inner: [] };
  if (node.role === "line-break") return { tag: "br", text: "", url: "", inner: [] };
  const tag = TAGS.has(node.elementName) ? node.elementName : "span";
  const url = "url" in node ? String(node.url) : "";
  return { tag, text: "", url: /^https?:/.test(url) ? url : "", inner: node.children.map(piece) };
}
