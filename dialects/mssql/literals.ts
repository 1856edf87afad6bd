import type { LiteralRules, Moment } from "../../src/compiler/literals.js";
import type { RenderContext } from "../../src/compiler/render-context.js";
import type { NumberArguments, SqlType, TextArguments, TimeArguments, TypeName } from "../../src/schema/types/type.js";
import { hexadecimal, momentText, numberText, refuseLoneSurrogates } from "../shared/literals.js";
import { singleQuotes } from "../shared/sql-text/quotes.js";
import { textPieces } from "../shared/sql-text/text-pieces.js";
import {
  checkDecimal,
  integerBits,
  refuseDateOutside,
  noteFinerTime,
  refuseOutOfRange,
} from "../shared/value-limits.js";

const nationalTypes: ReadonlySet<string> = new Set([
  "unicode",
  "unicodeText",
  "json",
  "JSON",
  "NCHAR",
  "NVARCHAR",
  "NTEXT",
]);

/** sqlcmd replaces `$(name)` also inside strings, so the two characters are kept apart. */
function withoutVariables(text: string): readonly string[] {
  return text.split(/(?<=\$)(?=\()/);
}

/**
 * The parts that, joined by `+`, make up a string. N before the quotes keeps what the code page of the database lacks.
 * https://learn.microsoft.com/sql/t-sql/data-types/constants-transact-sql
 */
export function stringParts(value: string, national: boolean, context: RenderContext): readonly string[] {
  refuseLoneSurrogates(value, context);
  if (value === "") return [national ? "N''" : "''"];
  return textPieces(value, context.ascii).flatMap((piece) =>
    typeof piece === "number"
      ? [`${national ? "NCHAR" : "CHAR"}(${piece})`]
      : withoutVariables(piece).map((text) => (national ? "N" : "") + singleQuotes(text)),
  );
}

/** Whether a string needs the Unicode type. */
function isNational(value: string, type: SqlType | undefined): boolean {
  return nationalTypes.has(type?.name ?? "") || /[^\x00-\x7f]/.test(value);
}

/** Types that keep only what the code page of their collation has. */
const codePageTypes: ReadonlySet<string> = new Set(["string", "text", "enum", "VARCHAR", "CHAR", "TEXT"]);

/** https://learn.microsoft.com/sql/relational-databases/collations/collation-and-unicode-support */
function noticeCodePage(value: string, context: RenderContext, type: SqlType | undefined): void {
  if (type === undefined || !codePageTypes.has(type.name) || !/[^\x00-\x7f]/.test(value)) return;
  const { collation } = type.parameters as TextArguments;
  if (/_UTF8$/i.test(collation ?? "")) return;
  const [character = ""] = /[^\x00-\x7f]/u.exec(value) ?? [];
  context.notice(
    `A value has "${character}", and its column is ${context.type(type)}: SQL Server writes ? for what the code page of the ` +
      "column's collation lacks. Use t.unicode() or t.unicodeText(), or a collation that ends with _UTF8.",
  );
}

/** A string; several parts stand in parentheses. Joined strings are cut at 8000 bytes unless one of them is a `max` type. */
function stringLiteral(value: string, context: RenderContext, type: SqlType | undefined): string {
  const national = isNational(value, type);
  noticeCodePage(value, context, type);
  const parts = stringParts(value, national, context);
  if (parts.length === 1) return parts[0] ?? "";
  const isLong = value.length > (national ? 4000 : 8000);
  const start = isLong ? [`CAST(${national ? "N'' AS NVARCHAR" : "'' AS VARCHAR"}(max))`] : [];
  return `(${[...start, ...parts].join(" + ")})`;
}

const smallestFloat = 2.2250738585072014e-308;

function numberLiteral(value: number, context: RenderContext): string {
  if (value !== 0 && Math.abs(value) < smallestFloat) {
    throw context.unstorable(`${value} is nearer to zero than a FLOAT of SQL Server can be.`, "Write 0.");
  }
  return numberText(value, context);
}

function bigintLiteral(value: bigint, context: RenderContext): string {
  const text = String(value);
  if (text.replace("-", "").length > 38) {
    throw context.unstorable(
      `${text} has more than 38 digits, the most of a number of SQL Server.`,
      "Store it as text.",
    );
  }
  return text;
}

/** The types whose text form every SET LANGUAGE and SET DATEFORMAT reads alike. */
const fixedFormTypes: ReadonlySet<string> = new Set(["DATETIME2", "DATETIMEOFFSET"]);

/**
 * DATETIME reads `2020-01-02 03:04:05` by the session's DATEFORMAT, which may swap day and month; with a T between
 * date and time it does not. https://learn.microsoft.com/sql/t-sql/data-types/datetime-transact-sql
 */
function momentLiteral(moment: Moment, context: RenderContext, type: SqlType | undefined): string {
  const text = momentText(moment, context);
  if (moment.kind !== "dateTime" || moment.timezone || fixedFormTypes.has(type?.name ?? "")) return `'${text}'`;
  return `'${text.replace(" ", "T")}'`;
}

const mssqlBits = { ...integerBits, TINYINT: 8 };

/** A DECIMAL that names no precision has 18 digits and none behind the point. */
function checkNumber(text: string, context: RenderContext, type: SqlType): void {
  const bits = (mssqlBits as Partial<Record<TypeName, number>>)[type.name];
  if (bits !== undefined) return refuseOutOfRange(text, bits, type.name === "TINYINT", context);
  if (type.name === "numeric" || type.name === "NUMERIC" || type.name === "DECIMAL") {
    const { precision = 18, scale = 0 } = type.parameters as NumberArguments;
    checkDecimal(text, { precision, scale }, context);
  }
}

/** DATETIME keeps steps of a three-hundredth of a second: .000, .003, .007 and .010. */
function isStepOfDatetime({ time }: Moment): boolean {
  const fraction = (time.split(".")[1] ?? "").padEnd(3, "0");
  return /^\d\d[037]0*$/.test(fraction);
}

const largerType = 'Give the column the type mssql.DATETIME2(), or .withVariant(mssql.DATETIME2(), "mssql").';

/** https://learn.microsoft.com/sql/t-sql/functions/date-and-time-data-types-and-functions-transact-sql */
function checkMoment(moment: Moment, context: RenderContext, type: SqlType | undefined): void {
  const { precision, timezone } = (type?.parameters ?? {}) as TimeArguments;
  if (type?.name === "SMALLDATETIME") {
    refuseDateOutside(moment, { first: "1900-01-01", last: "2079-06-06 23:59:29" }, largerType, context, type);
    if (/:00(?:\.0*)?$/.test(moment.time)) return;
    throw context.unstorable(`A SMALLDATETIME keeps no seconds; the value has the time ${moment.time}.`, largerType);
  }
  const isDatetime =
    type?.name === "DATETIME" || (type?.name === "dateTime" && precision === undefined && timezone !== true);
  if (!isDatetime) {
    refuseDateOutside(moment, { first: "0001-01-01" }, "Write null.", context, type);
    const hint = (): string => "Give the column a larger precision, or the value fewer digits.";
    return noteFinerTime(moment, precision ?? 7, hint, context);
  }
  if (moment.date < "1753") {
    throw context.unstorable(
      `A DATETIME of SQL Server begins with the year 1753; the value is of ${moment.date}.`,
      largerType,
    );
  }
  if (isStepOfDatetime(moment)) return;
  throw context.unstorable(
    `A DATETIME of SQL Server keeps steps of a three-hundredth of a second; it would round the time ${moment.time}.`,
    largerType,
  );
}

export const literals: LiteralRules = {
  checkNumber,
  checkMoment,
  negativeZero: "-0e0",
  string: stringLiteral,
  number: numberLiteral,
  bigint: bigintLiteral,
  boolean: (value) => (value ? "1" : "0"),
  bytes: (value) => `0x${hexadecimal(value)}`,
  moment: momentLiteral,
  json: stringLiteral,
  array(_values, context) {
    throw context.unstorable("SQL Server has no arrays.", "Store the values as t.json(), or in a table of their own.");
  },
};
