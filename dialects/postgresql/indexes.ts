import type { RenderContext } from "../../src/compiler/render-context.js";
import type { CreateIndex } from "../../src/operations/create-index.js";
import type { DropIndex } from "../../src/operations/drop-index.js";
import type { SqlText } from "../../src/schema/expressions.js";
import { asSqlText, isSqlText } from "../../src/schema/expressions.js";
import { nameText } from "../../src/schema/names.js";
import { indexNameOf } from "../shared/indexes.js";
import { refuseConcurrentBuild, refuseConcurrentDrop } from "./concurrently.js";
import { includeText, nullsDistinct } from "./constraints.js";

/** Storage parameters by name; null is a name alone. */
export type StorageParameters = Readonly<Record<string, string | number | boolean | null>>;

/** `key = value` pairs of a WITH clause. */
export function storageParameters(parameters: StorageParameters): string {
  return Object.entries(parameters)
    .map(([name, value]) => (value === null ? name : `${name} = ${value}`))
    .join(", ");
}

/** What may stand behind the expression of an index: a collation, an operator class, an order. */
const behindExpression =
  /(?:\s+collate\s+(?:"(?:[^"]|"")+"|[\w.]+))?(?:(?:\s+|(?<=\)))\w+_ops(?:\s*\([^()]*\))?)?(?:\s+(?:asc|desc))?(?:\s+nulls\s+(?:first|last))?\s*$/i;

/** A column, perhaps with an operator class of whatever name, or the beginning of a call or of parentheses. */
const columnText = /^(?:"(?:[^"]|"")+"|[\p{L}_][\p{L}\p{N}_$]*)(?:\s+(?:"(?:[^"]|"")+"|[\p{L}_][\p{L}\p{N}_$.]*))?$/u;
const callStart =
  /^(?:(?:"(?:[^"]|"")+"|[\p{L}_][\p{L}\p{N}_$]*)\s*\.\s*)?(?:"(?:[^"]|"")+"|[\p{L}_][\p{L}\p{N}_$]*)?\s*\(/u;

/** Whether a text is one call or stands in one pair of parentheses: the first one is closed by its last character. */
function isEnclosed(text: string): boolean {
  if (!callStart.test(text) || !text.endsWith(")")) return false;
  let depth = 0;
  let opened = 0;
  for (const [piece] of text.matchAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|[()]/g)) {
    if (piece === "(") {
      if (depth === 0) opened += 1;
      depth += 1;
    } else if (piece === ")") depth -= 1;
  }
  return opened === 1;
}

/** The server takes a column, a call, or an expression in parentheses: https://www.postgresql.org/docs/current/sql-createindex.html */
function indexedExpression(text: string, context: RenderContext): string {
  const behind = behindExpression.exec(text)?.[0] ?? "";
  const expression = text.slice(0, text.length - behind.length).trim();
  if (columnText.test(expression) || isEnclosed(expression)) return text;
  if (!context.onTrust) return `(${expression})${behind.trimEnd()}`;
  context.notice(`An expression in an index needs parentheses: write sql\`(${expression})\`.`);
  return text;
}

export function createIndex(operation: CreateIndex, context: RenderContext): string {
  const { index, ifNotExists, schema, tableName } = operation;
  const options = context.options(index.options);
  if (options["concurrently"] === true) refuseConcurrentBuild(schema, tableName, context);
  const classes = (options["ops"] ?? {}) as Readonly<Record<string, string>>;
  const elements = index.columns.map((column) => {
    const operatorClass = isSqlText(column) ? undefined : classes[nameText(column)];
    const text = isSqlText(column) ? indexedExpression(context.sql(column), context) : context.name(column);
    return operatorClass === undefined ? text : `${text} ${operatorClass}`;
  });
  const nulls = nullsDistinct(options["nullsNotDistinct"], context);
  const parameters = options["with"] as StorageParameters | undefined;
  const where = options["where"] as string | SqlText | undefined;
  return [
    "CREATE",
    index.unique && "UNIQUE",
    "INDEX",
    options["concurrently"] === true && "CONCURRENTLY",
    ifNotExists && "IF NOT EXISTS",
    indexNameOf(index, context),
    "ON",
    context.qualified(schema, tableName),
    options["using"] !== undefined && `USING ${(options["using"] as string).toLowerCase()}`,
    `(${elements.join(", ")})${includeText(options["include"], context)}`,
    nulls,
    parameters !== undefined && `WITH (${storageParameters(parameters)})`,
    options["tablespace"] !== undefined && `TABLESPACE ${context.name(options["tablespace"] as string)}`,
    where !== undefined && `WHERE ${context.sql(asSqlText(where))}`,
  ]
    .filter(Boolean)
    .join(" ");
}

export function dropIndex(operation: DropIndex, context: RenderContext): string {
  const { ifExists, schema, indexName, tableName } = operation;
  const isConcurrent = context.options(operation.options)["concurrently"] === true;
  if (isConcurrent) refuseConcurrentDrop(indexName, tableName, schema, context);
  const name = context.indexName(indexName);
  return [
    "DROP INDEX",
    isConcurrent && "CONCURRENTLY",
    ifExists && "IF EXISTS",
    schema === undefined ? name : `${context.schema(schema)}.${name}`,
  ]
    .filter(Boolean)
    .join(" ");
}
