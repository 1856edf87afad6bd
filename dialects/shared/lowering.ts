import type { Dialect } from "../../src/compiler/dialect.js";
import type { RenderContext } from "../../src/compiler/render-context.js";
import type { AddColumn } from "../../src/operations/add-column.js";
import type { AlterColumn } from "../../src/operations/alter-column.js";
import type { BatchAlterTable } from "../../src/operations/batch-alter-table.js";
import type { CreateTable } from "../../src/operations/create-table.js";
import type { OperationNode } from "../../src/operations/index.js";
import type { Column } from "../../src/schema/columns.js";
import type { ForeignKey } from "../../src/schema/constraints.js";
import type { Index } from "../../src/schema/indexes.js";
import { isLateKey } from "../../src/catalog/late-keys.js";
import { nameText } from "../../src/schema/names.js";
import type { Name } from "../../src/schema/names.js";
import type { Table } from "../../src/schema/tables.js";

type Origin = OperationNode["origin"];

/** The operation that sets the comment of a column. */
function columnComment(table: Table, column: Column, origin: Origin): AlterColumn {
  return {
    kind: "alterColumn",
    origin,
    tableName: table.name,
    schema: table.schema,
    columnName: column.name,
    change: { comment: column.comment ?? null },
    existing: { existingType: column.type },
    options: {},
    insertBefore: undefined,
    insertAfter: undefined,
  };
}

function createIndexes(
  table: { readonly name: Name; readonly schema: Name | undefined },
  indexes: readonly Index[],
  origin: Origin,
): OperationNode[] {
  const { name: tableName, schema } = table;
  return indexes.map((index) => ({ kind: "createIndex", origin, tableName, schema, index, ifNotExists: false }));
}

function comments(table: Table, origin: Origin, context: RenderContext): OperationNode[] {
  if (context.dialect.features.comments !== "statement") return [];
  const { name: tableName, schema, comment } = table;
  const tableComment: OperationNode[] =
    comment === undefined
      ? []
      : [{ kind: "tableComment", origin, tableName, schema, comment, existingComment: undefined }];
  const commented = table.columns.filter((column) => column.comment !== undefined);
  return [...tableComment, ...commented.map((column) => columnComment(table, column, origin))];
}

function foreignKeysOf(table: Table): readonly ForeignKey[] {
  return table.constraints.filter((constraint) => constraint.kind === "foreignKey");
}

/** The foreign keys that are added behind a new table, as far as their other tables are there. */
function addedKeys(table: Table, context: RenderContext): readonly ForeignKey[] {
  return foreignKeysOf(table).filter((key) => {
    if (!key.useAlter) return false;
    if (!isLateKey(context.before, table, key)) return true;
    const name = key.name === undefined ? "" : ` ${nameText(key.name)}`;
    context.notice(
      `The foreign key${name} of ${nameText(table.name)} is left out, as Alembic does: there is no table ` +
        `${nameText(key.referredTable)} yet. Add it with op.createForeignKey when there is.`,
    );
    return false;
  });
}

/** A table: the table itself, the foreign keys that wait for other tables, its indexes, its comments. */
export function lowerCreateTable(operation: CreateTable, context: RenderContext): readonly OperationNode[] {
  const { table, origin, ifNotExists } = operation;
  const { name: tableName, schema } = table;
  const later = context.dialect.features.alterConstraints ? addedKeys(table, context) : [];
  const indexes = createIndexes(table, table.indexes, origin).map((index) => ({ ...index, ifNotExists }));
  return [
    operation,
    ...later.map((constraint): OperationNode => ({ kind: "addConstraint", origin, tableName, schema, constraint })),
    ...(indexes as readonly OperationNode[]),
    ...comments(table, origin, context),
  ];
}

/** The one foreign key that is written into the column when `inlineReferences` asks for it. */
export function inlineForeignKey(operation: AddColumn): ForeignKey | undefined {
  if (!operation.inlineReferences) return undefined;
  const keys = foreignKeysOf(operation.addition);
  return keys.length === 1 && keys[0]?.columns.length === 1 ? keys[0] : undefined;
}

/** A column: the column itself, its constraints, its indexes, its comment. */
export function lowerAddColumn(operation: AddColumn, context: RenderContext): readonly OperationNode[] {
  const { addition, origin } = operation;
  const { name: tableName, schema } = addition;
  const inline = inlineForeignKey(operation);
  const constraints = addition.constraints
    .filter((constraint) => constraint.kind !== "primaryKey" && constraint !== inline)
    .filter((constraint) => context.isWritten(constraint, addition));
  return [
    operation,
    ...constraints.map((constraint): OperationNode => ({
      kind: "addConstraint",
      origin,
      tableName,
      schema,
      constraint,
    })),
    ...createIndexes(addition, addition.indexes, origin),
    ...comments({ ...addition, comment: undefined }, origin, context),
  ];
}

/** A batch, where ALTER TABLE can do what is asked: its operations one by one. */
export function lowerBatch(operation: BatchAlterTable, context: RenderContext): readonly OperationNode[] {
  return operation.operations.flatMap((inner) => context.lower(inner));
}

/** Operations that hold others are lowered to them and never written themselves. */
export const refuseNested = {
  batchAlterTable(): never {
    throw new Error("a batch is lowered to its operations before it is written");
  },
  autocommitBlock(): never {
    throw new Error("an autocommit block is opened before its operations are written");
  },
} satisfies Partial<Dialect["operations"]>;
