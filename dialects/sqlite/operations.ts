import type { Dialect } from "../../src/compiler/dialect.js";
import type { RenderContext } from "../../src/compiler/render-context.js";
import type { AlterColumn } from "../../src/operations/alter-column.js";
import type { Table } from "../../src/schema/tables.js";
import { nameText } from "../../src/schema/names.js";
import { insertStatements } from "../shared/inserts.js";
import { refuseNested } from "../shared/lowering.js";
import { alterTable, createTableText, dropTableText, executeText } from "../shared/operations.js";
import { addColumn } from "./add-column.js";
import { has } from "./features.js";
import { createIndex, dropIndex } from "./indexes.js";
import { objects } from "./objects.js";

/** What stands behind the parentheses of CREATE TABLE: https://www.sqlite.org/stricttables.html, …/withoutrowid.html */
function tableSuffix(table: Table, context: RenderContext): string {
  const options = context.options(table.options);
  const isStrict = options["strict"] === true;
  if (isStrict && !has("strictTables", context)) {
    throw context.unsupported(
      `SQLite ${context.version} has no STRICT tables; version 3.37 has.`,
      "Leave strict out, or set targetVersion to 3.37.",
    );
  }
  const clauses = [...(options["withRowid"] === false ? ["WITHOUT ROWID"] : []), ...(isStrict ? ["STRICT"] : [])];
  return clauses.length === 0 ? "" : `\n ${clauses.join(",\n ")}`;
}

/** RENAME COLUMN, and from version 3.53 SET and DROP NOT NULL; the name last, since the other uses the old one. */
function alterColumn(operation: AlterColumn, context: RenderContext): readonly string[] {
  const { schema, tableName, columnName, change } = operation;
  const table = alterTable(context, schema, tableName);
  const name = context.name(columnName);
  const statements: string[] = [];
  if (change.nullable !== undefined) {
    statements.push(`${table} ALTER COLUMN ${name} ${change.nullable ? "DROP" : "SET"} NOT NULL`);
  }
  if (change.newColumnName !== undefined) {
    statements.push(`${table} RENAME COLUMN ${name} TO ${context.name(change.newColumnName)}`);
  }
  return statements;
}

function refuseEnum(context: RenderContext): never {
  throw context.unsupported(
    "SQLite has no enum types.",
    "Use t.enum([…]) for the column: it is a VARCHAR there, with a CHECK when createConstraint is set.",
  );
}

export const operations: Dialect["operations"] = {
  ...refuseNested,
  ...objects,
  addColumn,
  addConstraint: ({ schema, tableName, constraint }, context) =>
    `${alterTable(context, schema, tableName)} ADD ${context.constraint(constraint)}`,
  alterColumn,
  bulkInsert: insertStatements,
  createEnumType: (_operation, context) => refuseEnum(context),
  createIndex,
  createTable(operation, context) {
    const { table } = operation;
    if (table.columns.length === 0) {
      throw context.unsupported(
        `Table "${nameText(table.name)}" has no columns, and SQLite does not take such a table.`,
        "Give it at least one column.",
      );
    }
    return createTableText(operation, context, tableSuffix(table, context));
  },
  dropColumn: ({ schema, tableName, columnName, ifExists }, context) =>
    `${alterTable(context, schema, tableName)} DROP COLUMN ${ifExists ? "IF EXISTS " : ""}${context.name(columnName)}`,
  dropConstraint: ({ schema, tableName, constraintName }, context) =>
    `${alterTable(context, schema, tableName)} DROP CONSTRAINT ${context.constraintName(constraintName ?? "")}`,
  dropEnumType: (_operation, context) => refuseEnum(context),
  dropIndex,
  dropTable: dropTableText,
  execute: executeText,
  renameTable: ({ schema, from, to }, context) => `${alterTable(context, schema, from)} RENAME TO ${context.name(to)}`,
  tableComment({ tableName }, context) {
    throw context.unsupported(
      `SQLite keeps no comments: that of "${nameText(tableName)}" cannot be set.`,
      "Remove the call.",
    );
  },
};
