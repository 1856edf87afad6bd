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
import type { CreateDomain, CreateDomainDirectives, DropDomain, DropDomainDirectives } from "./domains.js";
import { createDomain, dropDomain } from "./domains.js";
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
import type {
  AddEnumValue,
  AddEnumValueDirectives,
  RenameEnumValue,
  RenameEnumValueDirectives,
} from "./enum-values.js";
import { addEnumValue, renameEnumValue } from "./enum-values.js";
import type { Execute, ExecuteDirectives } from "./execute.js";
import { execute } from "./execute.js";
import type {
  CreateExtension,
  CreateExtensionDirectives,
  DropExtension,
  DropExtensionDirectives,
} from "./extensions.js";
import { createExtension, dropExtension } from "./extensions.js";
import type { BatchTable, OperationDefinition, Recording } from "./operation.js";
import type {
  AttachPartition,
  AttachPartitionDirectives,
  CreatePartition,
  CreatePartitionDirectives,
  DetachPartition,
  DetachPartitionDirectives,
  DropPartition,
  DropPartitionDirectives,
} from "./partitions.js";
import { attachPartition, createPartition, detachPartition, dropPartition } from "./partitions.js";
import type { Grant, GrantDirectives, Revoke, RevokeDirectives } from "./privileges.js";
import { grant, revoke } from "./privileges.js";
import type { RenameConstraint, RenameConstraintDirectives } from "./rename-constraint.js";
import { renameConstraint } from "./rename-constraint.js";
import type { RenameIndex, RenameIndexDirectives } from "./rename-index.js";
import { renameIndex } from "./rename-index.js";
import type { RenameTable, RenameTableDirectives } from "./rename-table.js";
import { renameTable } from "./rename-table.js";
import type {
  CreateFunction,
  CreateFunctionDirectives,
  CreateProcedure,
  CreateProcedureDirectives,
  DropFunction,
  DropFunctionDirectives,
  DropProcedure,
  DropProcedureDirectives,
} from "./routines.js";
import { createFunction, createProcedure, dropFunction, dropProcedure } from "./routines.js";
import type { CreateSchema, CreateSchemaDirectives, DropSchema, DropSchemaDirectives } from "./schemas.js";
import { createSchema, dropSchema } from "./schemas.js";
import type { CreateSequence, CreateSequenceDirectives, DropSequence, DropSequenceDirectives } from "./sequences.js";
import { createSequence, dropSequence } from "./sequences.js";
import type { BatchTableCommentDirectives, TableComment, TableCommentDirectives } from "./table-comment.js";
import { tableComment } from "./table-comment.js";
import type { CreateTrigger, CreateTriggerDirectives, DropTrigger, DropTriggerDirectives } from "./triggers.js";
import { createTrigger, dropTrigger } from "./triggers.js";
import type { ValidateConstraint, ValidateConstraintDirectives } from "./validate-constraint.js";
import { validateConstraint } from "./validate-constraint.js";
import type {
  CreateView,
  CreateViewDirectives,
  DropView,
  DropViewDirectives,
  RefreshMaterializedView,
  RefreshMaterializedViewDirectives,
} from "./views.js";
import { createView, dropView, refreshMaterializedView } from "./views.js";

/** Every operation there is. Each is plain data; what it means is said in the file of its kind. */
export type OperationNode =
  | AddColumn
  | AddConstraint
  | AddEnumValue
  | AlterColumn
  | AttachPartition
  | AutocommitBlock
  | BatchAlterTable
  | BulkInsert
  | CreateDomain
  | CreateEnumType
  | CreateExtension
  | CreateFunction
  | CreateIndex
  | CreatePartition
  | CreateProcedure
  | CreateSchema
  | CreateSequence
  | CreateTable
  | CreateTrigger
  | CreateView
  | DetachPartition
  | DropColumn
  | DropConstraint
  | DropDomain
  | DropEnumType
  | DropExtension
  | DropFunction
  | DropIndex
  | DropPartition
  | DropProcedure
  | DropSchema
  | DropSequence
  | DropTable
  | DropTrigger
  | DropView
  | Execute
  | Grant
  | RefreshMaterializedView
  | RenameConstraint
  | RenameEnumValue
  | RenameIndex
  | RenameTable
  | Revoke
  | TableComment
  | ValidateConstraint;

export type OperationKind = OperationNode["kind"];
export type OperationOf<K extends OperationKind> = Extract<OperationNode, { kind: K }>;

/** The directives that record operations: what `op` has besides its context. */
export interface Directives
  extends
    AddColumnDirectives,
    AddConstraintDirectives,
    AddEnumValueDirectives,
    AlterColumnDirectives,
    AttachPartitionDirectives,
    AutocommitBlockDirectives,
    BatchAlterTableDirectives,
    BulkInsertDirectives,
    CreateDomainDirectives,
    CreateEnumTypeDirectives,
    CreateExtensionDirectives,
    CreateFunctionDirectives,
    CreateIndexDirectives,
    CreatePartitionDirectives,
    CreateProcedureDirectives,
    CreateSchemaDirectives,
    CreateSequenceDirectives,
    CreateTableDirectives,
    CreateTriggerDirectives,
    CreateViewDirectives,
    DetachPartitionDirectives,
    DropColumnDirectives,
    DropConstraintDirectives,
    DropDomainDirectives,
    DropEnumTypeDirectives,
    DropExtensionDirectives,
    DropFunctionDirectives,
    DropIndexDirectives,
    DropPartitionDirectives,
    DropProcedureDirectives,
    DropSchemaDirectives,
    DropSequenceDirectives,
    DropTableDirectives,
    DropTriggerDirectives,
    DropViewDirectives,
    ExecuteDirectives,
    GrantDirectives,
    RefreshMaterializedViewDirectives,
    RenameConstraintDirectives,
    RenameEnumValueDirectives,
    RenameIndexDirectives,
    RenameTableDirectives,
    RevokeDirectives,
    TableCommentDirectives,
    ValidateConstraintDirectives {}

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
  addEnumValue,
  alterColumn,
  attachPartition,
  autocommitBlock,
  batchAlterTable,
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
