import type { OperationKind, OperationNode, OperationOf } from "../operations/index.js";
import { addColumn, alterColumn, dropColumn } from "./columns.js";
import { addConstraint, dropConstraint, renameConstraint, validateConstraint } from "./constraints.js";
import type { FactContext, FactsOf, OperationFacts } from "./facts.js";
import { createIndex, dropIndex, renameIndex } from "./indexes.js";
import { attachPartition, createPartition, detachPartition, dropPartition } from "./partitions.js";
import { grant, revoke } from "./privileges.js";
import {
  createFunction,
  createProcedure,
  createTrigger,
  createView,
  dropFunction,
  dropProcedure,
  dropTrigger,
  dropView,
  refreshMaterializedView,
} from "./programs.js";
import { bulkInsert, execute } from "./rows.js";
import { createExtension, createSchema, dropExtension, dropSchema } from "./schemas.js";
import { createSequence, dropSequence } from "./sequences.js";
import { createTable, dropTable, renameTable, tableComment } from "./tables.js";
import { addEnumValue, createDomain, createEnumType, dropDomain, dropEnumType, renameEnumValue } from "./types.js";

/** An operation that holds others has no facts of its own: each of those has its own. */
const none: FactsOf<OperationNode> = () => ({ touches: [] });

const facts: { readonly [K in OperationKind]: FactsOf<OperationOf<K>> } = {
  addColumn,
  addConstraint,
  addEnumValue,
  alterColumn,
  attachPartition,
  autocommitBlock: none,
  batchAlterTable: none,
  bulkInsert,
  createDomain,
  createEnumType,
  createExtension,
  createFunction,
  createIndex,
  createPartition,
  createProcedure,
  createSchema,
  createSequence,
  createTable,
  createTrigger,
  createView,
  detachPartition,
  dropColumn,
  dropConstraint,
  dropDomain,
  dropEnumType,
  dropExtension,
  dropFunction,
  dropIndex,
  dropPartition,
  dropProcedure,
  dropSchema,
  dropSequence,
  dropTable,
  dropTrigger,
  dropView,
  execute,
  grant,
  refreshMaterializedView,
  renameConstraint,
  renameEnumValue,
  renameIndex,
  renameTable,
  revoke,
  tableComment,
  validateConstraint,
};

function factsOfOne<K extends OperationKind>(kind: K, operation: OperationOf<K>, context: FactContext): OperationFacts {
  return { losses: [], failures: [], breaks: [], rowChanges: [], ...facts[kind](operation, context) };
}

/**
 * The facts of one operation: which objects it touches and how, what it takes away, at which rows it may fail, what it
 * breaks for programs that still use the schema before it. Of an operation that holds others (a batch, a block outside
 * the transaction) each of these has facts of its own.
 *
 * @example
 * // op.dropColumn("account", "level")
 * // { touches: [{ kind: "column", tableName: "account", name: "level", how: "drops" }],
 * //   losses: [{ takes: "values", text: "the values of account.level", … }], … }
 */
export function factsOf(operation: OperationNode, context: FactContext): OperationFacts {
  return factsOfOne(operation.kind, operation, context);
}
