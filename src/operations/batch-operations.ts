import { execute } from "./execute.js";
import * as list from "./list.js";
import type { OperationNode } from "./node.js";
import type { BatchTable, IntersectionOf, Recording } from "./operation.js";

const batchable = { ...list, execute };

type Definition = (typeof batchable)[keyof typeof batchable];
type Batched = Extract<Definition, { readonly batchDirectives: unknown }>;

/** What `batch` has: the directives of one table, without its name. */
export interface BatchOperations extends IntersectionOf<ReturnType<Batched["batchDirectives"]>> {}

/** The directives of a batch, recording into one place. */
export function batchDirectivesOf(
  recording: Recording<OperationNode, OperationNode>,
  table: BatchTable,
): BatchOperations {
  const all = Object.values(batchable).map((definition) =>
    "batchDirectives" in definition ? definition.batchDirectives(recording, table) : {},
  );
  return Object.assign({}, ...all) as BatchOperations;
}
