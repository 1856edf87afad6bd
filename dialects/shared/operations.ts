import type { RenderContext } from "../../src/compiler/render-context.js";
import type { AddColumn } from "../../src/operations/add-column.js";
import type { BulkInsert, Row } from "../../src/operations/bulk-insert.js";
import type { CreateTable } from "../../src/operations/create-table.js";
import type { CompiledQuery, Execute } from "../../src/operations/execute.js";
import { OperationError } from "../../src/errors.js";
import type { SqlText } from "../../src/schema/expressions.js";
import { isSqlText } from "../../src/schema/expressions.js";
import type { Name } from "../../src/schema/names.js";
import { nameText } from "../../src/schema/names.js";
import { isType } from "../../src/schema/types/type.js";
import type { Column } from "../../src/schema/columns.js";
import { foreignKeyActions } from "./constraints.js";
import { inlineForeignKey } from "./lowering.js";
import { fillPlaceholders } from "./placeholders.js";

/** `ALTER TABLE schema.table`. */
export function alterTable(context: RenderContext, schema: Name | undefined, table: Name): string {
  return `ALTER TABLE ${context.qualified(schema, table)}`;
}

/** What stands between the parentheses of CREATE TABLE: columns, then constraints, the primary key first. */
export function tableItems({ table }: CreateTable, context: RenderContext): readonly string[] {
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

/** The table of a bulk insert: as given, or as replayed when only a name is given. */
export function insertTable({ table }: BulkInsert, context: RenderContext) {
  if (table.kind === "table") return table;
  const known = context.before.table(undefined, table.name);
  return known ?? { name: table.name, schema: undefined, columns: [] as readonly Column[] };
}

/** One value of a row; a string for an enum column has to be one of its values. */
function rowValue(value: Row[string], column: Column | undefined, context: RenderContext): string {
  if (isSqlText(value)) return context.sql(value);
  const type = column === undefined ? undefined : context.variant(column.type);
  if (
    type !== undefined &&
    isType(type, "enum") &&
    typeof value === "string" &&
    !type.parameters.values.includes(value)
  ) {
    throw new OperationError(
      "not-an-enum-value",
      `"${value}" is no value of the enum of column "${nameText(column?.name ?? "")}".`,
      {
        hint: `Its values are ${type.parameters.values.join(", ")}.`,
      },
    );
  }
  return context.literal(value ?? null, type);
}

/** One INSERT for each row, its columns in the table's order. */
export function insertStatements(operation: BulkInsert, context: RenderContext): readonly string[] {
  const table = insertTable(operation, context);
  const target = context.qualified(table.schema, table.name);
  return operation.rows.map((row) => {
    const known = table.columns.filter((column) => nameText(column.name) in row);
    const knownNames = known.map((column) => nameText(column.name));
    const others = Object.keys(row).filter((key) => !knownNames.includes(key));
    const columns = [
      ...known.map((column) => ({ name: column.name, value: row[nameText(column.name)], column })),
      ...others.map((key) => ({ name: key, value: row[key], column: undefined })),
    ];
    const values = columns.map(({ value, column }) => rowValue(value, column, context));
    return `INSERT INTO ${target} (${context.names(columns.map(({ name }) => name))}) VALUES (${values.join(", ")})`;
  });
}

function isSql(statement: SqlText | CompiledQuery): statement is SqlText {
  return isSqlText(statement);
}

/** SQL of the author's own: its text, without the space and the semicolons around it. */
export function executeText({ statement }: Execute, context: RenderContext): string {
  const text = isSql(statement) ? context.sql(statement) : fillPlaceholders(statement, context);
  const trimmed = text.trim().replace(/(?:\s*;)+$/, "");
  if (trimmed === "") {
    throw new OperationError("empty-statement", "op.execute: the statement is empty.", {
      hint: "Remove the call, or give it SQL.",
    });
  }
  return trimmed;
}
