import type { RenderContext } from "../../src/compiler/render-context.js";
import type { DefaultValue } from "../../src/schema/columns.js";
import { isSqlText } from "../../src/schema/expressions.js";
import type { SqlType, TypeName } from "../../src/schema/types/type.js";
import { has, need } from "./features.js";

const largeTypes: ReadonlySet<TypeName> = new Set<TypeName>([
  ...(["text", "unicodeText", "TEXT", "TINYTEXT", "MEDIUMTEXT", "LONGTEXT", "json", "JSON"] as const),
  ...(["largeBinary", "BLOB", "TINYBLOB", "MEDIUMBLOB", "LONGBLOB"] as const),
]);

const dateTimeTypes: ReadonlySet<TypeName> = new Set<TypeName>(["dateTime", "DATETIME", "TIMESTAMP"]);

const quotedLiteral = /^(?:[bx]|_\w+\s*[bx]?)?'(?:[^'\\]|''|\\.)*'$/is;
const plainLiteral = /^(?:null|true|false|[-+]?\d+(?:\.\d*)?(?:e[-+]?\d+)?|0x[\da-f]+|0b[01]+)$/i;
const currentTime = /^(?:now|current_timestamp|localtime|localtimestamp)(?:\s*\(\s*\d*\s*\))?$/i;

/** Whether a column holds a date and a time: the only ones that take the current time without parentheses. */
export function isDateTime(type: SqlType | undefined, context: RenderContext): boolean {
  return type !== undefined && dateTimeTypes.has(context.variant(type).name);
}

/** What the server takes behind DEFAULT without parentheses. */
function isBare(text: string, type: SqlType | undefined, context: RenderContext): boolean {
  if (quotedLiteral.test(text) || plainLiteral.test(text)) return true;
  if (/\bon\s+update\b/i.test(text) || text.startsWith("(")) return true;
  if (has("bareExpressionsInSetDefault", context)) return /^\w+$/.test(text) || currentTime.test(text);
  return currentTime.test(text) && isDateTime(type, context);
}

/** SQLAlchemy puts parentheses around all but literals, bare words and a time with a precision. */
function isBareInSqlalchemy(text: string): boolean {
  return (
    /^['"(]/.test(text) ||
    /on +update/i.test(text) ||
    /^(?:now|current_timestamp)\(\d+\)/i.test(text) ||
    !/\W/.test(text)
  );
}

function expression(text: string, context: RenderContext): string {
  need(
    "expressionDefaults",
    "expressions as defaults",
    "Write a literal or CURRENT_TIMESTAMP, and set other values with an UPDATE or a trigger.",
    context,
  );
  return `(${text})`;
}

/** A literal; columns of any length take one only as an expression on MySQL. */
function literalDefault(text: string, type: SqlType | undefined, context: RenderContext): string {
  const large = type !== undefined && largeTypes.has(context.variant(type).name);
  return large && !has("literalDefaultsOfLargeColumns", context) ? expression(text, context) : text;
}

function isLiteral(text: string): boolean {
  return quotedLiteral.test(text) || (plainLiteral.test(text) && !/^null$/i.test(text));
}

/** What stands behind DEFAULT in the definition of a column. */
export function columnDefault(value: DefaultValue, type: SqlType, context: RenderContext): string {
  if (!isSqlText(value)) return literalDefault(context.literal(value), type, context);
  const text = context.sql(value).trim();
  if (!has("expressionDefaults", context)) {
    const isExpression = !isBare(text, type, context) || text.startsWith("(");
    return isExpression ? expression(text, context) : literalDefault(text, type, context);
  }
  if (isBare(text, type, context) && isBareInSqlalchemy(text)) {
    return isLiteral(text) ? literalDefault(text, type, context) : text;
  }
  return expression(text, context);
}

function remark(text: string, context: RenderContext): void {
  context.notice(`MySQL takes the default ${text} only in parentheses: write sql\`(${text})\`.`);
}

/** What stands behind DEFAULT in MODIFY and CHANGE: parentheses only where the server needs them, as Alembic has it. */
export function modifiedDefault(value: DefaultValue, type: SqlType, context: RenderContext): string {
  if (!isSqlText(value)) return literalDefault(context.literal(value), type, context);
  const text = context.sql(value).trim();
  if (isBare(text, type, context)) return isLiteral(text) ? literalDefault(text, type, context) : text;
  if (context.onTrust) {
    if (!has("bareExpressionsInSetDefault", context)) remark(text, context);
    return text;
  }
  return expression(text, context);
}

/**
 * What stands behind SET DEFAULT, which on MySQL takes no function without parentheses, not even CURRENT_TIMESTAMP.
 * https://dev.mysql.com/doc/refman/8.4/en/alter-table.html
 */
export function setDefault(value: DefaultValue, type: SqlType | undefined, context: RenderContext): string {
  if (!isSqlText(value)) {
    const text = context.literal(value);
    return type === undefined ? text : literalDefault(text, type, context);
  }
  const text = context.sql(value).trim();
  if (isLiteral(text)) return literalDefault(text, type, context);
  if (has("bareExpressionsInSetDefault", context) || text.startsWith("(") || /^null$/i.test(text)) {
    return text;
  }
  if (context.onTrust) {
    remark(text, context);
    return text;
  }
  return expression(text, context);
}
