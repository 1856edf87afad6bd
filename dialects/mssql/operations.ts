import type { Dialect } from "../../src/compiler/dialect.js";
import type { RenderContext } from "../../src/compiler/render-context.js";
import type { AddColumn } from "../../src/operations/add-column.js";
import type { CreateTable } from "../../src/operations/create-table.js";
import type { DropColumn } from "../../src/operations/drop-column.js";
import type { TableComment } from "../../src/operations/table-comment.js";
import type { OperationKind, OperationOf } from "../../src/operations/index.js";
import { nameText } from "../../src/schema/names.js";
import { writtenChecks } from "../shared/lost-clauses.js";
import { refuseNested } from "../shared/lowering.js";
import { alterTable, createTableText, dropTableText, executeText } from "../shared/operations.js";
import { singleQuotes } from "../shared/sql-text/quotes.js";
import { alterColumn } from "./alter-column.js";
import { bulkInsert } from "./bulk-insert.js";
import { dropComment, setComment } from "./comments.js";
import { createIndex, dropIndex } from "./indexes.js";
import { dropConstraintOf, dropForeignKeyOf } from "./lookups.js";
import { afterCreateTable } from "./lowering.js";
import { objects } from "./objects.js";
import { ifExistsText } from "./existence.js";

function addColumn(operation: AddColumn, context: RenderContext): string {
  const { addition, inlinePrimaryKey, ifNotExists } = operation;
  const { schema, name } = addition;
  if (ifNotExists) {
    context.refuseUnlessOnTrust(
      "SQL Server has no ADD COLUMN IF NOT EXISTS: the statement fails when the column exists.",
      "Ask the replayed schema: if (!op.inspect().hasColumn(…)) op.addColumn(…).",
    );
  }
  const columns = addition.columns.map((column) => {
    const key = inlinePrimaryKey && column.primaryKey ? " PRIMARY KEY" : "";
    return context.dialect.column(column, addition, context) + key;
  });
  const checks = writtenChecks(operation, context).map((check) => ` ${context.constraint(check, addition)}`);
  return `${alterTable(context, schema, name)} ADD ${columns.join(", ")}${checks.join("")}`;
}

function refuseUnwritable({ table }: CreateTable, context: RenderContext): void {
  if (table.prefixes.length > 0) {
    throw context.unsupported(
      `SQL Server takes no words between CREATE and TABLE: ${table.prefixes.join(" ")}.`,
      'A temporary table begins with #: op.createTable("#name", …).',
    );
  }
  if (table.columns.length === 0) {
    throw context.unsupported(
      `Table "${nameText(table.name)}" has no columns, and SQL Server wants one.`,
      "Give it a column.",
    );
  }
}

function renderAny<K extends OperationKind>(kind: K, operation: OperationOf<K>, context: RenderContext) {
  return [context.dialect.operations[kind](operation, context)].flat();
}

/**
 * CREATE TABLE. There is no IF NOT EXISTS, so a condition holds the table together with its indexes and comments:
 * when the table is there, so are they.
 */
function createTable(operation: CreateTable, context: RenderContext): string {
  refuseUnwritable(operation, context);
  const { table, ifNotExists } = operation;
  const create = createTableText({ ...operation, ifNotExists: false }, context);
  if (!ifNotExists) return create;
  const condition = `IF OBJECT_ID(N${singleQuotes(context.qualified(table.schema, table.name))}, N'U') IS NULL`;
  const after = afterCreateTable(operation, context).flatMap((node) => renderAny(node.kind, node, context));
  if (after.length === 0) return `${condition}\n${create}`;
  return `${condition}\nBEGIN\n${[create, ...after].join(";\n")};\nEND`;
}

function dropColumn(operation: DropColumn, context: RenderContext): readonly string[] {
  const { schema, tableName, columnName, ifExists } = operation;
  const { dropDefault, dropCheck, dropForeignKey } = context.options(operation.options);
  const exists = ifExistsText(ifExists);
  return [
    ...(dropDefault === true ? [dropConstraintOf("default", operation, context)] : []),
    ...(dropCheck === true ? [dropConstraintOf("check", operation, context)] : []),
    ...(dropForeignKey === true ? [dropForeignKeyOf(operation, context)] : []),
    `${alterTable(context, schema, tableName)} DROP COLUMN ${exists}${context.name(columnName)}`,
  ];
}

function tableComment(operation: TableComment, context: RenderContext): string {
  const { schema, tableName, comment, existingComment } = operation;
  if (comment === undefined) return dropComment("execute", operation, context);
  const existing = existingComment ?? context.before.table(schema, tableName)?.comment;
  return setComment("execute", existing === undefined ? "add" : "update", comment, operation, context);
}

function refuseEnumType(_operation: unknown, context: RenderContext): never {
  throw context.unsupported(
    "SQL Server has no enum types.",
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
  dropColumn,
  dropConstraint({ schema, tableName, constraintName, ifExists }, context) {
    if (constraintName === undefined) {
      throw context.unsupported(
        "A constraint is dropped without a name.",
        "Name the constraint; those without a name got one of the server: SELECT name FROM sys.objects lists it.",
      );
    }
    const name = context.constraintName(constraintName);
    return `${alterTable(context, schema, tableName)} DROP CONSTRAINT ${ifExistsText(ifExists)}${name}`;
  },
  dropEnumType: refuseEnumType,
  dropIndex,
  dropTable(operation, context) {
    ifExistsText(operation.ifExists);
    return dropTableText(operation, context);
  },
  execute: executeText,
  renameTable: ({ schema, from, to }, context) =>
    `EXEC sp_rename ${singleQuotes(context.qualified(schema, from))}, ${context.name(to)}`,
  tableComment,
};
