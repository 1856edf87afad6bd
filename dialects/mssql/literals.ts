import type { LiteralRules, Moment } from "../../src/compiler/literals.js";
import type { RenderContext } from "../../src/compiler/render-context.js";
import type { SqlType } from "../../src/schema/types/type.js";
import { hexadecimal, momentText, numberText, refuseLoneSurrogates } from "../shared/literals.js";
import { singleQuotes } from "../shared/sql-text/quotes.js";
import { textPieces } from "../shared/sql-text/text-pieces.js";

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

/** A string; several parts stand in parentheses. Joined strings are cut at 8000 bytes unless one of them is a `max` type. */
function stringLiteral(value: string, context: RenderContext, type: SqlType | undefined): string {
  const national = isNational(value, type);
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
  if ((type?.name === "dateTime" || type?.name === "DATETIME") && moment.date < "1753") {
    throw context.unstorable(
      `A DATETIME of SQL Server begins with the year 1753; the value is of ${moment.date}.`,
      'Give the column the type mssql.DATETIME2(), or .withVariant(mssql.DATETIME2(), "mssql").',
    );
  }
  return `'${text.replace(" ", "T")}'`;
}

export const literals: LiteralRules = {
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
