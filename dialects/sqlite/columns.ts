import type { RenderContext } from "../../src/compiler/render-context.js";
import type { Column, Computed, DefaultValue } from "../../src/schema/columns.js";
import { computedOf, defaultOf, identityOf } from "../../src/schema/columns.js";
import type { Table } from "../../src/schema/tables.js";
import { isNullableIn, primaryKeyOf } from "../../src/schema/tables.js";
import { nameText } from "../../src/schema/names.js";
import { isNumber } from "../../src/schema/values.js";
import { affinityOf } from "./affinity.js";
import { computedText, defaultText } from "../shared/columns.js";
import { conflictClause } from "./conflicts.js";
import { has } from "./features.js";

/** A string literal, a number, a word, or something in parentheses: what may stand behind DEFAULT as it is. */
const constant = /^\s*(?:'(?:[^']|'')*'|"(?:[^"]|"")*"|\w+)\s*$/;

/** Whether the text is one expression in parentheses, and not `(a) + (b)`. */
function isParenthesized(text: string): boolean {
  const bare = text.trim().replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"/g, (quoted) => "x".repeat(quoted.length));
  if (!bare.startsWith("(")) return false;
  let depth = 0;
  for (const [position, character] of [...bare].entries()) {
    if (character === "(") depth++;
    if (character === ")" && --depth === 0) return position === bare.length - 1;
  }
  return false;
}

/** The text behind DEFAULT: SQLite wants an expression in parentheses. https://www.sqlite.org/lang_createtable.html#dfltval */
export function defaultExpression(value: DefaultValue, context: RenderContext): string {
  const text = defaultText(value, context);
  return isNumber(value) || constant.test(text) || isParenthesized(text) ? text : `(${text})`;
}

const strictTypes: ReadonlySet<string> = new Set(["INT", "INTEGER", "REAL", "TEXT", "BLOB", "ANY"]);

function typeText(column: Column, table: Table, context: RenderContext): string {
  const text = context.type(column.type);
  const [word = text] = text.split(" COLLATE ");
  if (context.options(table.options)["strict"] === true && !strictTypes.has(word)) {
    throw context.unsupported(
      `Column "${nameText(column.name)}" is ${text}, which a STRICT table does not take.`,
      "STRICT tables take t.integer(), t.REAL(), t.text() and t.largeBinary() only.",
    );
  }
  return text;
}

/** GENERATED ALWAYS AS, from version 3.31: https://www.sqlite.org/gencol.html */
function computedColumn(computed: Computed, context: RenderContext): string {
  if (!has("computedColumns", context)) {
    throw context.unsupported(
      `SQLite ${context.version} has no computed columns; version 3.31 has.`,
      "Use a view or a trigger, or set targetVersion to 3.31.",
    );
  }
  return computedText(computed, context);
}

/**
 * The column that is written `PRIMARY KEY AUTOINCREMENT`, when `sqlite: { autoincrement: true }` asks for one: the only
 * column of the primary key, a whole number without a foreign key.
 */
export function countedColumn(table: Table, context: RenderContext): Column | undefined {
  if (context.options(table.options)["autoincrement"] !== true) return undefined;
  const [name, ...others] = primaryKeyOf(table)?.columns ?? [];
  if (name === undefined || others.length > 0) return undefined;
  const column = table.columns.find((candidate) => nameText(candidate.name) === nameText(name));
  if (column === undefined || affinityOf(column.type) !== "integer") return undefined;
  const refers = table.constraints.some(
    (constraint) =>
      constraint.kind === "foreignKey" && constraint.columns.some((local) => nameText(local) === nameText(name)),
  );
  return refers ? undefined : column;
}

function counted(column: Column, type: string, context: RenderContext): string {
  if (type !== "INTEGER") {
    throw context.unsupported(
      `SQLite takes AUTOINCREMENT on an INTEGER only; column "${nameText(column.name)}" is ${type}.`,
      'Use t.integer(), which holds 64 bits on SQLite: t.bigInteger().withVariant(t.integer(), "sqlite") for several dialects.',
    );
  }
  const conflict = conflictClause(context.options(column.options)["onConflictPrimaryKey"], context);
  return ` PRIMARY KEY${conflict} AUTOINCREMENT`;
}

/** SQLite counts up an INTEGER PRIMARY KEY by itself, and nothing else. */
function checkCounting(column: Column, table: Table, type: string, context: RenderContext): void {
  const key = primaryKeyOf(table)?.columns.map(nameText) ?? [];
  const name = nameText(column.name);
  if (column.autoincrement === "always" && (key.length !== 1 || key[0] !== name)) {
    throw context.unsupported(
      `Column "${name}" is to count up beside the primary key, which SQLite cannot do.`,
      "Make it the only column of the primary key, of type t.integer(), or fill it by a trigger.",
    );
  }
  if (column.autoincrement === true && key.length > 1 && key.includes(name)) {
    throw context.unsupported(
      `Column "${name}" is to count up in a primary key of ${key.length} columns, which SQLite cannot do.`,
      "Make it the only column of the primary key and the others a unique constraint, or leave autoincrement out.",
    );
  }
  if (identityOf(column) === undefined || (key.length === 1 && key[0] === name && type === "INTEGER")) return;
  const message = `SQLite has no identity columns: "${name}" would not be filled.`;
  const hint = "Make it the primary key, of type t.integer(): SQLite counts such a column up.";
  if (!context.onTrust) throw context.unsupported(message, hint);
  context.notice(`${message} ${hint}`);
}

/** The definition of a column, with its default written by the caller's rule. */
export function columnText(
  column: Column,
  table: Table,
  context: RenderContext,
  writeDefault: (value: DefaultValue, context: RenderContext) => string,
): string {
  const type = typeText(column, table, context);
  checkCounting(column, table, type, context);
  const value = defaultOf(column);
  const computed = computedOf(column);
  let text = `${context.name(column.name)} ${type}`;
  if (value !== undefined) text += ` DEFAULT ${writeDefault(value, context)}`;
  if (!isNullableIn(table, column)) {
    text += ` NOT NULL${conflictClause(context.options(column.options)["onConflictNotNull"], context)}`;
  }
  if (column === countedColumn(table, context)) text += counted(column, type, context);
  if (computed !== undefined) text += ` ${computedColumn(computed, context)}`;
  return text;
}

export function column(column: Column, table: Table, context: RenderContext): string {
  return columnText(column, table, context, defaultExpression);
}
