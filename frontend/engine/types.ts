// The engine's types under names of our own. Only the files of this folder import the engine.
import type { AnyNode as EngineNode, UploadNode as EngineUpload } from "@getodk/xforms-engine";
import type { RepeatRangeUncontrolledNode as EngineRepeat, RootNode as EngineRoot } from "@getodk/xforms-engine";
import type { TextRange as EngineText } from "@getodk/xforms-engine";

// Nodes differ by type in the engine; here one loose view of all of them is enough, because `Part` asks
// only for what a node's type has.
export interface AnyNode {
  readonly nodeId: unknown;
  readonly nodeType: string;
  readonly valueType?: string;
  readonly selectType?: string;
  readonly appearances: Iterable<string> | null;
  readonly definition: { bounds?: { start: unknown; end: unknown; step: unknown } };
  readonly currentState: {
    reference: string;
    relevant: boolean;
    required: boolean;
    readonly: boolean;
    label: TextRange | null;
    hint: TextRange | null;
    children: readonly EngineNode[] | null;
    value: unknown;
    instanceValue?: string;
    valueOptions: unknown;
  };
  readonly validationState: { violation?: { condition: string; message: { asString: string } | null } | null };
  setValue(value: string | boolean | null): unknown;
  selectValues(values: readonly string[]): unknown;
}
export type RootNode = EngineRoot;
export type UploadNode = EngineUpload;
export type RepeatRangeUncontrolledNode = EngineRepeat;
export type TextRange = EngineText<"label">;
