import type { RenderContext } from "../../src/compiler/render-context.js";
import type { AddColumn } from "../../src/operations/add-column.js";
import type { CreateTable } from "../../src/operations/create-table.js";
import type { RecordedQuery, Execute } from "../../src/operations/execute.js";
import { OperationError } from "../../src/errors.js";
import type { SqlText } from "../../src/schema/expressions.js";
import { isSqlText } from "../../src/schema/expressions.js";
import type { Name } from "../../src/schema/names.js";
import { foreignKeyActions } from "./constraints.js";
import { inlineForeignKey } from "./lowering.js";
import { fillPlaceholders } from "./sql-text/placeholders.js";

/** `ALTER TABLE schema.table`. */
export function alterTable(context: RenderContext, schema: Name | undefined, table: Name): string {
  return `ALTER TABLE ${context.qualified(schema, table)}`;
}

/** What stands between the parentheses of CREATE TABLE: columns, then constraints, the primary key first. */
function tableItems({ table }: CreateTable, context: RenderContext): readonly string[] {
  const columns = table.columns.filter((column) => !column.system).map((column) => context.column(column, table));
  const constraints = table.constraints
    .filter((constraint) => context.isWritten(constraint, table))
    .filter(
      (constraint) =>
        !(constraint.kind === "foreignKey" && constraint.useAlter && context.dialect.features.alterConstraints),
    )
    .map((constraint) => context.constraint(constraint, table))
    .filter((text) => text !== "");
  return [...columns, ...constraints];
}

/** CREATE TABLE, with what the dialect puts before and behind the parentheses. */
export function createTableText(
  operation: CreateTable,
  context: RenderContext,
  suffix = "",
  moreItems: readonly string[] = [],
): string {
  const { table, ifNotExists } = operation;
  const prefixes = table.prefixes.map((prefix) => `${prefix} `).join("");
  const items = [...tableItems(operation, context), ...moreItems].map((item) => `    ${item}`);
  const body = items.length === 0 ? "()" : `(\n${items.join(",\n")}\n)`;
  const exists = ifNotExists ? "IF NOT EXISTS " : "";
  return `CREATE ${prefixes}TABLE ${exists}${context.qualified(table.schema, table.name)} ${body}${suffix}`;
}

/** What stands behind ADD [COLUMN]: the column, its inline primary key and foreign key, its checks. */
export function addedColumn(operation: AddColumn, context: RenderContext): string {
  const { addition, inlinePrimaryKey } = operation;
  const [column] = addition.columns;
  if (column === undefined) throw new Error("an addition has exactly one column");
  const definition = context.dialect.column(column, addition, context);
  const primaryKey = inlinePrimaryKey && column.primaryKey ? " PRIMARY KEY" : "";
  const key = inlineForeignKey(operation);
  const references =
    key === undefined
      ? ""
      : ` REFERENCES ${context.qualified(key.referredSchema, key.referredTable)} (${context.names(key.referredColumns)})` +
        foreignKeyActions(key);
  const checks = column.checks.map((check) => ` ${context.constraint(check, addition)}`).join("");
  return definition + primaryKey + references + checks;
}

/** `DROP TABLE`. */
export function dropTableText(
  { schema, tableName, ifExists }: { schema: Name | undefined; tableName: Name; ifExists: boolean },
  context: RenderContext,
): string {
  return `DROP TABLE ${ifExists ? "IF EXISTS " : ""}${context.qualified(schema, tableName)}`;
}

function isSql(statement: SqlText | RecordedQuery): statement is SqlText {
  return isSqlText(statement);
}

/** SQL of the author's own: its text, without the space and the semicolons around it. */
export function executeText({ statement }: Execute, context: RenderContext): string {
  const text = isSql(statement)
    ? context.sql(statement, "end")
    : context.authorsText(fillPlaceholders(statement, context), "end");
  const trimmed = text.trim().replace(/(?:\s*;)+$/, "");
  if (trimmed === "") {
    throw new OperationError("empty-statement", "op.execute: the statement is empty.", {
      hint: "Remove the call, or give it SQL.",
    });
  }
  return trimmed;
}
