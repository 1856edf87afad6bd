import type { Catalog } from "../catalog/catalog.js";
import { SchemaChecks } from "../catalog/schema-checks.js";
import { SqlembicError } from "../errors.js";
import { autocommitBlock } from "./autocommit-block.js";
import { batchAlterTable } from "./batch-alter-table.js";
import { execute } from "./execute.js";
import * as list from "./list.js";
import type { OperationKind, OperationNode, OperationOf } from "./node.js";
import type { AnyDefinition, IntersectionOf, Recording, Replay } from "./operation.js";

export type { BatchOperations } from "./batch-operations.js";
export type { NewOperation, OperationKind, OperationNode, OperationOf } from "./node.js";

const definitions = { ...list, autocommitBlock, batchAlterTable, execute };

type Definition = (typeof definitions)[keyof typeof definitions];

/** The directives that record operations: what `op` has besides its context. */
export interface Directives extends IntersectionOf<ReturnType<Definition["directives"]>> {}

/** One definition for each kind. */
export const operations: {
  readonly [K in OperationKind]: AnyDefinition<OperationOf<K>, OperationNode>;
} = definitions;

/** The directives of every operation, recording into one place. */
export function directivesOf(recording: Recording<OperationNode, OperationNode>): Directives {
  const all = Object.values(definitions).map((definition) => definition.directives(recording));
  return Object.assign({}, ...all) as Directives;
}

function applyOne<K extends OperationKind>(catalog: Catalog, kind: K, operation: OperationOf<K>): Catalog {
  return operations[kind].apply(catalog, operation, replay);
}

/** The catalog after an operation. */
export function applyOperation(catalog: Catalog, operation: OperationNode): Catalog {
  return applyOne(catalog, operation.kind, operation);
}

function checkOne<K extends OperationKind>(kind: K, operation: OperationOf<K>, catalog: Catalog): void {
  const isUnchecked = "foreignKeysUnchecked" in operation && operation.foreignKeysUnchecked === true;
  operations[kind].check?.(new SchemaChecks(catalog, `op.${kind}`, isUnchecked), operation, replay);
}

/**
 * Refuses an operation that does not fit the schema before it.
 *
 * @throws SchemaError that says what is missing or in the way, and what is there
 */
export function checkOperation(catalog: Catalog, operation: OperationNode): void {
  checkOne(operation.kind, operation, catalog);
}

/** The catalog after several operations. */
export function applyAll(catalog: Catalog, list: readonly OperationNode[]): Catalog {
  return list.reduce(applyOperation, catalog);
}

/** Refuses the first of several operations that does not fit the schema that the ones before it leave. */
function checkAll(catalog: Catalog, list: readonly OperationNode[]): void {
  let current = catalog;
  for (const operation of list) {
    try {
      checkOperation(current, operation);
    } catch (error) {
      if (error instanceof SqlembicError) error.origin ??= operation.origin;
      throw error;
    }
    current = applyOperation(current, operation);
  }
}

/** What operations that hold others replay these by. */
const replay: Replay<OperationNode> = { after: applyAll, check: checkAll };
