import type { LiteralRules, Moment } from "../../src/compiler/literals.js";
import type { RenderContext } from "../../src/compiler/render-context.js";
import type { NumberArguments, SqlType, TypeName } from "../../src/schema/types/type.js";
import {
  hexadecimal,
  momentText,
  needsCodes,
  numberText,
  refuseCodes,
  refuseLoneSurrogates,
} from "../shared/literals.js";
import {
  checkDecimal,
  integerBits,
  refuseDateOutside,
  noteFinerTime,
  refuseOutOfRange,
} from "../shared/value-limits.js";

/** What cannot stand in a string as it is, or does not reach the server unchanged: clients turn CR LF into LF, and stop at NUL. */
const escapes: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "'": "''",
  "\0": "\\0",
  "\b": "\\b",
  "\t": "\\t",
  "\n": "\\n",
  "\r": "\\r",
  "\x1a": "\\Z",
};

/**
 * A string as every sql_mode but NO_BACKSLASH_ESCAPES reads it.
 * https://dev.mysql.com/doc/refman/8.4/en/string-literals.html
 */
function stringLiteral(value: string, context: RenderContext): string {
  refuseLoneSurrogates(value, context);
  if (needsCodes(value, context)) return `_utf8mb4 X'${hexadecimal(Buffer.from(value, "utf8"))}'`;
  return `'${value.replace(/[\\'\0\b\t\n\r\x1a]/g, (character) => escapes[character] ?? character)}'`;
}

/** A string where the grammar takes no introducer and no hexadecimal form: a comment, a value of an ENUM. */
export function plainString(value: string, what: string, context: RenderContext): string {
  refuseCodes(value, what, context);
  return stringLiteral(value, context);
}

/** A generic UUID is written as 32 digits, as SQLAlchemy keeps it in CHAR(32); MariaDB's own type takes them too. */
function withoutDashes(value: string): string {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value) ? value.replaceAll("-", "") : value;
}

/** How many digits of the fraction of a second a column keeps; undefined when nothing says it. */
function fractionDigits(type: SqlType | undefined): number | undefined {
  if (type === undefined) return undefined;
  const { fsp, precision } = type.parameters as { readonly fsp?: number; readonly precision?: number };
  return ["dateTime", "time", "interval", "DATETIME", "TIMESTAMP", "TIME"].includes(type.name)
    ? (fsp ?? (type.name === "dateTime" || type.name === "time" ? precision : undefined) ?? 0)
    : undefined;
}

const mysqlBits = { ...integerBits, TINYINT: 8, MEDIUMINT: 24 };

/** A DECIMAL that names no precision has ten digits and none behind the point. */
function checkNumber(text: string, context: RenderContext, type: SqlType): void {
  const bits = (mysqlBits as Partial<Record<TypeName, number>>)[type.name];
  const parameters = type.parameters as NumberArguments;
  if (bits !== undefined) {
    return refuseOutOfRange(text, bits, parameters.unsigned === true || parameters.zerofill === true, context);
  }
  if (type.name === "numeric" || type.name === "NUMERIC" || type.name === "DECIMAL") {
    checkDecimal(text, { ...parameters, precision: parameters.precision ?? 10 }, context);
  }
}

/** https://dev.mysql.com/doc/refman/8.4/en/datetime.html */
function checkMoment(moment: Moment, context: RenderContext, type: SqlType | undefined): void {
  const hint = (needed: number): string =>
    `Give the column a type such as mysql.DATETIME({ fsp: ${needed} }), or the value whole seconds.`;
  noteFinerTime(moment, fractionDigits(type), hint, context);
  if (type?.name !== "TIMESTAMP") return;
  const range = { first: "1970-01-01 00:00:01", last: "2038-01-19 03:14:07.999999" };
  refuseDateOutside(moment, range, "Give the column the type t.dateTime().", context, type);
}

/**
 * A moment in UTC, without a zone: MariaDB refuses one, and MySQL converts a DATETIME with one to the session's zone.
 * https://dev.mysql.com/doc/refman/8.4/en/date-and-time-literals.html
 */
function momentLiteral(moment: Moment, context: RenderContext, type: SqlType | undefined): string {
  const isRead = type === undefined || type.name === "TIMESTAMP"; // in the time zone of the session
  if (isRead && moment.kind === "dateTime") context.needUtc();
  return `'${momentText({ ...moment, timezone: false }, context)}'`;
}

export const literals: LiteralRules = {
  checkNumber,
  checkMoment,
  negativeZero: "-0e0",
  string: (value, context, type) => stringLiteral(type?.name === "uuid" ? withoutDashes(value) : value, context),
  number: (value, context) => numberText(value, context),
  bigint: (value) => String(value),
  boolean: (value) => String(value),
  bytes: (value) => `X'${hexadecimal(value)}'`,
  moment: momentLiteral,
  json: (text, context) => stringLiteral(text, context),
  array(_values, context) {
    throw context.unstorable(`${context.dialect.name} has no arrays.`, "Store the values in a column of t.json().");
  },
};
