import type { RenderContext } from "../../src/compiler/render-context.js";
import type { AddColumn } from "../../src/operations/add-column.js";
import type { Column, DefaultValue } from "../../src/schema/columns.js";
import { computedOf, defaultOf } from "../../src/schema/columns.js";
import type { ForeignKey } from "../../src/schema/constraints.js";
import { isSqlText } from "../../src/schema/expressions.js";
import { nameText, sameName } from "../../src/schema/names.js";
import type { Table } from "../../src/schema/tables.js";
import { foreignKeyActions } from "../shared/constraints.js";
import { inlineForeignKey, lowerAddColumn } from "../shared/lowering.js";
import { alterTable } from "../shared/operations.js";
import { columnText, defaultExpression } from "./columns.js";
import type { InPlace } from "./table-change.js";
import { constantString } from "./literals.js";

/** What SQLite computes without looking at a row: https://www.sqlite.org/lang_altertable.html#altertabaddcol */
const constant = /^\(*\s*(?:[+-]?\s*(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?|x?'(?:[^']|'')*'|null|true|false)\s*\)*$/i;

/** The default of a column that is added: a constant, in which control characters stand as they are. */
function constantDefault(value: DefaultValue, context: RenderContext): string {
  return typeof value === "string" ? constantString(value, context) : defaultExpression(value, context);
}

function addedColumnOf({ addition }: AddColumn): Column {
  const [column] = addition.columns;
  if (column === undefined) throw new Error("an addition has exactly one column");
  return column;
}

/** ADD COLUMN, with what stands inline: the primary key, one foreign key, checks. */
export function addColumn(operation: AddColumn, context: RenderContext): string {
  const { addition, ifNotExists, inlinePrimaryKey } = operation;
  const column = addedColumnOf(operation);
  const key = inlineForeignKey(operation);
  const definition = columnText(column, addition, context, constantDefault);
  const primaryKey = inlinePrimaryKey && column.primaryKey ? " PRIMARY KEY" : "";
  const references =
    key === undefined
      ? ""
      : ` REFERENCES ${context.name(key.referredTable)} (${context.names(key.referredColumns)})${foreignKeyActions(key)}`;
  const checks = column.checks.map((check) => ` ${context.constraint(check, addition)}`).join("");
  const exists = ifNotExists ? "IF NOT EXISTS " : "";
  return `${alterTable(context, addition.schema, addition.name)} ADD COLUMN ${exists}${definition}${primaryKey}${references}${checks}`;
}

function hasConstantDefault(column: Column, context: RenderContext): boolean {
  const value = defaultOf(column);
  if (value === undefined) return true;
  if (typeof value === "string") return !/[\r\0]/.test(value);
  return !isSqlText(value) || constant.test(context.sql(value));
}

function isNullDefault(column: Column, context: RenderContext): boolean {
  const value = defaultOf(column);
  return value === undefined || (isSqlText(value) && /^\(*null\)*$/i.test(context.sql(value)));
}

/** Why SQLite does not take a column into a table that is there; undefined when it takes it. */
function obstacleOf(operation: AddColumn, table: () => Table | undefined, context: RenderContext): string | undefined {
  const { addition, inlinePrimaryKey } = operation;
  const column = addedColumnOf(operation);
  const inline = inlineForeignKey(operation);
  const what = `add column "${nameText(column.name)}"`;
  if (inlinePrimaryKey && column.primaryKey) return `${what} as a primary key`;
  if (addition.constraints.some(({ kind }) => kind === "unique")) return `${what} with a unique constraint`;
  if (computedOf(column)?.persisted === true) return `${what}, which is computed and STORED`;
  const keys = addition.constraints.filter((constraint): constraint is ForeignKey => constraint.kind === "foreignKey");
  const inlined = keys.length === 1 && keys[0]?.columns.length === 1 && table() !== undefined;
  if (keys.some((key) => key !== inline) && !inlined) {
    return keys.length > 1
      ? `${what} with ${keys.length} foreign keys`
      : `${what} with a foreign key, unless inlineReferences: true writes it into the column`;
  }
  if (!hasConstantDefault(column, context) && table() !== undefined)
    return `${what} with a default that is no constant`;
  if (keys.length > 0 && !isNullDefault(column, context) && table() !== undefined) {
    return `${what} with both a foreign key and a default`;
  }
  return undefined;
}

/** ADD COLUMN IF NOT EXISTS does not exist; the replayed table knows the answer. */
function decideExistence(
  operation: AddColumn,
  table: Table | undefined,
  context: RenderContext,
): AddColumn | undefined {
  if (!operation.ifNotExists) return operation;
  const column = addedColumnOf(operation);
  if (table !== undefined) {
    const known = table.columns.some(({ name }) => sameName(name, column.name));
    return known ? undefined : { ...operation, ifNotExists: false };
  }
  if (context.onTrust) return operation;
  throw context.unsupported(
    "SQLite has no ADD COLUMN IF NOT EXISTS, and the table is not known here.",
    "Leave ifNotExists out, or let the history create the table: then the compiler knows whether the column is there.",
  );
}

/** How a column is added without making the table anew. */
export function addColumnInPlace(given: AddColumn, table: () => Table | undefined, context: RenderContext): InPlace {
  const operation = given.ifNotExists ? decideExistence(given, table(), context) : given;
  if (operation === undefined) return { operations: [] };
  const obstacle = obstacleOf(operation, table, context);
  if (obstacle !== undefined) return { obstacle };
  const column = addedColumnOf(operation);
  const { addition } = operation;
  const remarks: string[] = [];
  if (operation.ifNotExists) remarks.push("SQLite has no ADD COLUMN IF NOT EXISTS: it will refuse this statement.");
  if (!hasConstantDefault(column, context)) {
    remarks.push(
      `The default of column "${nameText(column.name)}" is no constant: SQLite adds such a column to an empty table only.`,
    );
  }
  const typeChecks = addition.constraints.filter((constraint) => constraint.kind === "check");
  const others = addition.constraints.filter((constraint) => constraint.kind !== "check");
  const isKnown = typeChecks.length > 0 && table() !== undefined;
  if (typeChecks.length > 0 && !isKnown) {
    remarks.push(
      `The check of the type of column "${nameText(column.name)}" is left out: write it as the column's own check, ` +
        "or add the column in op.batchAlterTable.",
    );
  }
  const checks = isKnown ? [...column.checks, ...typeChecks] : column.checks;
  const inlineReferences = operation.inlineReferences || others.some(({ kind }) => kind === "foreignKey");
  const changed: AddColumn = {
    ...operation,
    inlineReferences,
    addition: { ...addition, columns: [{ ...column, type: column.type, checks }], constraints: others },
  };
  return { operations: lowerAddColumn(changed, context), remarks };
}
