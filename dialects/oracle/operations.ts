import type { Dialect } from "../../src/compiler/dialect.js";
import type { RenderContext } from "../../src/compiler/render-context.js";
import type { AddColumn } from "../../src/operations/add-column.js";
import type { BulkInsert } from "../../src/operations/bulk-insert.js";
import type { CreateTable } from "../../src/operations/create-table.js";
import type { DropConstraint } from "../../src/operations/drop-constraint.js";
import type { OperationKind, OperationOf } from "../../src/operations/index.js";
import { nameText } from "../../src/schema/names.js";
import type { Table } from "../../src/schema/tables.js";
import { insertStatements, usualLimits } from "../shared/inserts.js";
import { writtenChecks } from "../shared/lost-clauses.js";
import { refuseNested } from "../shared/lowering.js";
import { alterTable, createTableText, dropTableText, executeText } from "../shared/operations.js";
import { alterColumn } from "./alter-column.js";
import { commentText } from "./comments.js";
import { has } from "./features.js";
import { createIndex, dropIndex } from "./indexes.js";
import { afterCreateTable } from "./lowering.js";
import { objects } from "./objects.js";
import { allUnless, completeUnit, serverErrors, unless } from "./plsql.js";

function addColumn(operation: AddColumn, context: RenderContext): string {
  const { addition, inlinePrimaryKey, ifNotExists } = operation;
  if (ifNotExists) {
    context.refuseUnlessOnTrust(
      "Oracle has no ADD IF NOT EXISTS for columns: the statement fails when the column exists.",
      "Ask the replayed schema: if (!op.inspect().hasColumn(…)) op.addColumn(…).",
    );
  }
  const columns = addition.columns.map((column) => {
    const key = inlinePrimaryKey && column.primaryKey ? " PRIMARY KEY" : "";
    return context.dialect.column(column, addition, context) + key;
  });
  const checks = writtenChecks(operation, context).map((check) => ` ${context.constraint(check, addition)}`);
  return `${alterTable(context, addition.schema, addition.name)} ADD ${columns.join(", ")}${checks.join("")}`;
}

interface TableOptions {
  readonly onCommit?: string;
  readonly compress?: boolean | string;
  readonly tablespace?: string;
}

/** What stands behind the parentheses of CREATE TABLE. */
function tableSuffix(table: Table, context: RenderContext): string {
  const { onCommit, compress, tablespace } = context.options(table.options) as TableOptions;
  return [
    onCommit && `ON COMMIT ${onCommit.replaceAll("_", " ").toUpperCase()}`,
    compress && (compress === true ? "COMPRESS" : `COMPRESS FOR ${compress}`),
    tablespace && `TABLESPACE ${context.name(tablespace)}`,
  ]
    .filter(Boolean)
    .map((clause) => `\n ${clause}`)
    .join("");
}

function renderAny<K extends OperationKind>(kind: K, operation: OperationOf<K>, context: RenderContext) {
  return [context.dialect.operations[kind](operation, context)].flat();
}

/** CREATE TABLE; where it may be there already, a block with its indexes and comments, which then are there too. */
function createTable(operation: CreateTable, context: RenderContext): string {
  const { table, ifNotExists } = operation;
  if (table.columns.length === 0) {
    throw context.unsupported(
      `Table "${nameText(table.name)}" has no columns, and Oracle wants one.`,
      "Give it a column.",
    );
  }
  const create = createTableText({ ...operation, ifNotExists: false }, context, tableSuffix(table, context));
  if (!ifNotExists) return create;
  const after = afterCreateTable(operation, context).flatMap((node) => renderAny(node.kind, node, context));
  return allUnless(serverErrors.nameTaken, create, after);
}

function dropConstraint(operation: DropConstraint, context: RenderContext): string {
  const { schema, tableName, constraintName, type, ifExists } = operation;
  const table = alterTable(context, schema, tableName);
  if (constraintName === undefined) {
    if (type === "primary") return `${table} DROP PRIMARY KEY`;
    throw context.unsupported(
      "A constraint is dropped without a name.",
      "Name the constraint; those without a name got one of the server: SELECT constraint_name FROM user_constraints lists it.",
    );
  }
  const drop = `${table} DROP CONSTRAINT ${context.constraintName(constraintName)}`;
  return ifExists ? unless(serverErrors.noConstraint, drop) : drop;
}

/** VALUES of several rows came with version 23. */
function bulkInsert(operation: BulkInsert, context: RenderContext): readonly string[] {
  if (has("rowsInValues", context)) return insertStatements(operation, context);
  if ((operation.rowsPerStatement ?? 1) > 1) {
    context.notice(`Oracle ${context.version} takes one row in an INSERT; version 23 takes several.`);
  }
  return insertStatements(operation, context, { ...usualLimits, rows: 1 });
}

function refuseEnumType(_operation: unknown, context: RenderContext): never {
  throw context.unsupported(
    "Oracle has no enum types.",
    "Use t.enum([…], { createConstraint: true }): a VARCHAR with a check.",
  );
}

export const operations: Dialect["operations"] = {
  ...refuseNested,
  ...objects,
  addColumn,
  addConstraint: ({ schema, tableName, constraint }, context) =>
    `${alterTable(context, schema, tableName)} ADD ${context.constraint(constraint)}`,
  alterColumn,
  bulkInsert,
  createEnumType: refuseEnumType,
  createIndex,
  createTable,
  dropColumn({ schema, tableName, columnName, ifExists }, context) {
    const drop = `${alterTable(context, schema, tableName)} DROP COLUMN ${context.name(columnName)}`;
    return ifExists ? unless(serverErrors.noColumn, drop) : drop;
  },
  dropConstraint,
  dropEnumType: refuseEnumType,
  dropIndex,
  dropTable(operation, context) {
    const drop = dropTableText({ ...operation, ifExists: false }, context);
    return operation.ifExists ? unless(serverErrors.noTable, drop) : drop;
  },
  execute: (operation, context) => completeUnit(executeText(operation, context)),
  renameTable: ({ schema, from, to }, context) => `${alterTable(context, schema, from)} RENAME TO ${context.name(to)}`,
  tableComment: ({ schema, tableName, comment }, context) =>
    commentText(`TABLE ${context.qualified(schema, tableName)}`, comment, context),
};
