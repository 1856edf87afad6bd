import { compileFunction } from "node:vm";
import { Catalog } from "../../src/catalog/catalog.js";
import { namespaces } from "../../src/authoring/vocabulary.js";
import { printOperations } from "../../src/authoring/operations.js";
import type { Imported } from "../../src/authoring/vocabulary.js";
import * as sqlembic from "../../src/index.js";
import type { OperationNode, Operations } from "../../src/index.js";
import { Recorder, type RecordingContext } from "../../src/revision/recorder.js";
import type { NamingConvention } from "../../src/schema/naming.js";

/** The operations that a body records, in a context that matters to none of them. */
export function record(
  body: (op: Operations) => void,
  namingConvention?: NamingConvention,
  dialect: RecordingContext["dialect"] = { name: "postgresql", version: "15" },
): readonly OperationNode[] {
  const recorded = new Recorder({ dialect, namingConvention }).record(body, { schemaAfter: () => Catalog.empty() });
  if (recorded instanceof Promise) throw new Error("The body waits for something.");
  return recorded;
}

/** Text of statements that record operations, before it is laid out, and what it imports. */
export function print(
  list: readonly OperationNode[],
  namingConvention?: NamingConvention,
): { readonly text: string; readonly used: ReadonlySet<Imported> } {
  const used = new Set<Imported>();
  return { text: printOperations(list, used, { namingConvention }).join("\n"), used };
}

/** Runs printed statements: they see `op` and what they import, and nothing else of this package. */
export function run(text: string, used: ReadonlySet<Imported>): (op: Operations) => void {
  const vocabulary = { ...sqlembic, ...namespaces };
  const names = [...used];
  const body = compileFunction(text, ["op", ...names]) as (...given: unknown[]) => void;
  return (op) => body(op, ...names.map((name) => vocabulary[name]));
}

/** Operations without the places of their calls, and without what SQL text was read as. */
export function withoutOrigins(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutOrigins);
  if (typeof value !== "object" || value === null) return value;
  if (!("kind" in value) || !("origin" in value)) return value;
  // what stands later in the revision is noted after the recording
  const {
    origin: _origin,
    effects: _effects,
    mendedLater: _mended,
    typesNamedLater: _types,
    ...node
  } = value as OperationNode & Readonly<Partial<Record<"effects" | "mendedLater" | "typesNamedLater", unknown>>>;
  return "operations" in node ? { ...node, operations: withoutOrigins(node.operations) } : node;
}
