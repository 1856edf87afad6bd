import type { Catalog } from "../catalog/catalog.js";
import { Expectations } from "../catalog/expectations.js";
import { SqlembicError } from "../errors.js";
import type { AddColumn, AddColumnDirectives, BatchAddColumnDirectives } from "./add-column.js";
import { addColumn } from "./add-column.js";
import type { AddConstraint, AddConstraintDirectives, BatchAddConstraintDirectives } from "./add-constraint.js";
import { addConstraint } from "./add-constraint.js";
import type { AlterColumn, AlterColumnDirectives, BatchAlterColumnDirectives } from "./alter-column.js";
import { alterColumn } from "./alter-column.js";
import type { AutocommitBlock, AutocommitBlockDirectives } from "./autocommit-block.js";
import { autocommitBlock } from "./autocommit-block.js";
import type { BatchAlterTable, BatchAlterTableDirectives } from "./batch-alter-table.js";
import { batchAlterTable } from "./batch-alter-table.js";
import type { BulkInsert, BulkInsertDirectives } from "./bulk-insert.js";
import { bulkInsert } from "./bulk-insert.js";
import type { BatchCreateIndexDirectives, CreateIndex, CreateIndexDirectives } from "./create-index.js";
import { createIndex } from "./create-index.js";
import type { CreateTable, CreateTableDirectives } from "./create-table.js";
import { createTable } from "./create-table.js";
import type { BatchDropColumnDirectives, DropColumn, DropColumnDirectives } from "./drop-column.js";
import { dropColumn } from "./drop-column.js";
import type { BatchDropConstraintDirectives, DropConstraint, DropConstraintDirectives } from "./drop-constraint.js";
import { dropConstraint } from "./drop-constraint.js";
import type { BatchDropIndexDirectives, DropIndex, DropIndexDirectives } from "./drop-index.js";
import { dropIndex } from "./drop-index.js";
import type { DropTable, DropTableDirectives } from "./drop-table.js";
import { dropTable } from "./drop-table.js";
import type { CreateEnumType, CreateEnumTypeDirectives, DropEnumType, DropEnumTypeDirectives } from "./enum-types.js";
import { createEnumType, dropEnumType } from "./enum-types.js";
import type { Execute, ExecuteDirectives } from "./execute.js";
import { execute } from "./execute.js";
import type { BatchTable, OperationDefinition, Recording } from "./operation.js";
import type { RenameTable, RenameTableDirectives } from "./rename-table.js";
import { renameTable } from "./rename-table.js";
import type { BatchTableCommentDirectives, TableComment, TableCommentDirectives } from "./table-comment.js";
import { tableComment } from "./table-comment.js";

/** Every operation there is. Each is plain data; what it means is said in the file of its kind. */
export type OperationNode =
  | AddColumn
  | AddConstraint
  | AlterColumn
  | AutocommitBlock
  | BatchAlterTable
  | BulkInsert
  | CreateEnumType
  | CreateIndex
  | CreateTable
  | DropColumn
  | DropConstraint
  | DropEnumType
  | DropIndex
  | DropTable
  | Execute
  | RenameTable
  | TableComment;

export type OperationKind = OperationNode["kind"];
export type OperationOf<K extends OperationKind> = Extract<OperationNode, { kind: K }>;

/** The directives that record operations: what `op` has besides its context. */
export interface Directives
  extends
    AddColumnDirectives,
    AddConstraintDirectives,
    AlterColumnDirectives,
    AutocommitBlockDirectives,
    BatchAlterTableDirectives,
    BulkInsertDirectives,
    CreateEnumTypeDirectives,
    CreateIndexDirectives,
    CreateTableDirectives,
    DropColumnDirectives,
    DropConstraintDirectives,
    DropEnumTypeDirectives,
    DropIndexDirectives,
    DropTableDirectives,
    ExecuteDirectives,
    RenameTableDirectives,
    TableCommentDirectives {}

/** What `batch` has: the directives of one table, without its name. */
export interface BatchOperations
  extends
    BatchAddColumnDirectives,
    BatchAddConstraintDirectives,
    BatchAlterColumnDirectives,
    BatchCreateIndexDirectives,
    BatchDropColumnDirectives,
    BatchDropConstraintDirectives,
    BatchDropIndexDirectives,
    BatchTableCommentDirectives,
    ExecuteDirectives {}

/** One definition for each kind. */
export const operations: { readonly [K in OperationKind]: OperationDefinition<OperationOf<K>> } = {
  addColumn,
  addConstraint,
  alterColumn,
  autocommitBlock,
  batchAlterTable,
  bulkInsert,
  createEnumType,
  createIndex,
  createTable,
  dropColumn,
  dropConstraint,
  dropEnumType,
  dropIndex,
  dropTable,
  execute,
  renameTable,
  tableComment,
};

/** The directives of every operation, recording into one place. */
export function directivesOf(recording: Recording): Directives {
  const all = Object.values(operations).map((definition) => definition.directives(recording));
  return Object.assign({}, ...all) as Directives;
}

/** The directives of a batch, recording into one place. */
export function batchDirectivesOf(recording: Recording, table: BatchTable): BatchOperations {
  const all = Object.values(operations).map((definition) => definition.batchDirectives?.(recording, table));
  return Object.assign({}, ...all) as BatchOperations;
}

function applyOne<K extends OperationKind>(catalog: Catalog, kind: K, operation: OperationOf<K>): Catalog {
  return operations[kind].apply(catalog, operation);
}

/** The catalog after an operation. */
export function applyOperation(catalog: Catalog, operation: OperationNode): Catalog {
  return applyOne(catalog, operation.kind, operation);
}

function checkOne<K extends OperationKind>(kind: K, operation: OperationOf<K>, catalog: Catalog): void {
  operations[kind].check?.(new Expectations(catalog, `op.${kind}`), operation);
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
export function checkAll(catalog: Catalog, list: readonly OperationNode[]): void {
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
