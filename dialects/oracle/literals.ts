import type { LiteralRules, Moment } from "../../src/compiler/literals.js";
import type { RenderContext } from "../../src/compiler/render-context.js";
import type { NumberArguments, SqlType, TimeArguments } from "../../src/schema/types/type.js";
import { isType } from "../../src/schema/types/type.js";
import { hexadecimal, momentText, numberText, refuseLoneSurrogates } from "../shared/literals.js";
import { singleQuotes } from "../shared/sql-text/quotes.js";
import { byteChunks, textPieces } from "../shared/sql-text/text-pieces.js";
import { checkDecimal, integerBits, refuseDateOutside, noteFinerTime } from "../shared/value-limits.js";
import { has } from "./features.js";

/** The most that a string has in SQL, in bytes: https://docs.oracle.com/en/database/oracle/oracle-database/19/refrn/datatype-limits.html */
const longestString = 4000;
/** How much of a string stands in one pair of quotes, and on one line: SQL*Plus takes lines of up to 2499 characters. */
const longestPiece = 1000;

/** The parts that, joined by `||`, make up a string: quoted text, and control characters by their codes. */
export function stringParts(value: string, context: RenderContext): readonly string[] {
  refuseLoneSurrogates(value, context);
  return textPieces(value, context.ascii).flatMap((piece) => {
    if (typeof piece === "string") return byteChunks(piece, longestPiece).map(singleQuotes);
    return [piece > 127 ? `UNISTR('\\${piece.toString(16).padStart(4, "0")}')` : `CHR(${piece})`];
  });
}

/** Parts joined by `||`, on as many lines as they need. */
export function joined(parts: readonly string[]): string {
  const [first = "''", ...rest] = parts;
  let line = first.length;
  const text = rest.map((part) => {
    const separator = line + part.length > longestPiece ? "\n  || " : " || ";
    line = separator.startsWith("\n") ? part.length : line + part.length + separator.length;
    return separator + part;
  });
  const all = first + text.join("");
  return all.length > longestPiece ? `\n${all}` : all; // behind other values it begins a line of its own
}

/** A string; what is longer than a string can be is a CLOB. */
function text(value: string, context: RenderContext): string {
  const parts = stringParts(value, context);
  const isLong = Buffer.byteLength(value, "utf8") > longestString;
  return joined(isLong ? parts.map((part) => `TO_CLOB(${part})`) : parts);
}

function stringLiteral(value: string, context: RenderContext, type: SqlType | undefined): string {
  if (value === "") {
    context.notice("An empty string is NULL on Oracle.");
    return "''";
  }
  if (type !== undefined && isType(type, "uuid")) return singleQuotes(value.replaceAll("-", "")); // CHAR(32)
  return text(value, context);
}

const binaryFloats: ReadonlySet<string> = new Set(["BINARY_DOUBLE", "BINARY_FLOAT"]);

/** NUMBER, which FLOAT and DOUBLE PRECISION are too, ends at 1e126; the binary types take what a double has. */
function numberLiteral(value: number, context: RenderContext, type: SqlType | undefined): string {
  if (binaryFloats.has(type?.name ?? "")) {
    if (Number.isNaN(value)) return "BINARY_DOUBLE_NAN";
    if (!Number.isFinite(value)) return value > 0 ? "BINARY_DOUBLE_INFINITY" : "-BINARY_DOUBLE_INFINITY";
    return `${numberText(value, context)}d`;
  }
  const size = Math.abs(value);
  if (Number.isFinite(value) && size !== 0 && (size >= 1e126 || size < 1e-130)) {
    throw context.unstorable(`${value} is outside the range of a NUMBER of Oracle.`, "Use oracle.BINARY_DOUBLE().");
  }
  return numberText(value, context);
}

function bigintLiteral(value: bigint, context: RenderContext): string {
  const digits = String(value);
  if (digits.replace("-", "").length > 38) {
    throw context.unstorable(`${digits} has more than 38 digits, the most of a NUMBER of Oracle.`, "Store it as text.");
  }
  return digits;
}

/** The most bytes that a RAW literal has in SQL. */
const longestRaw = 2000;

function bytesLiteral(value: Uint8Array, context: RenderContext, type: SqlType | undefined): string {
  const isBlob = type === undefined || type.name === "largeBinary" || type.name === "BLOB";
  if (value.byteLength === 0) {
    if (isBlob) return "EMPTY_BLOB()";
    throw context.unstorable("Oracle stores no bytes as NULL in a RAW.", "Write null, or use t.largeBinary().");
  }
  if (value.byteLength > longestRaw) {
    throw context.unstorable(
      `A value has ${value.byteLength} bytes; a literal of Oracle takes ${longestRaw}.`,
      "Load it by a PL/SQL block that appends pieces with DBMS_LOB.WRITEAPPEND, or by SQL*Loader.",
    );
  }
  return `HEXTORAW(${joined(byteChunks(hexadecimal(value), longestPiece).map(singleQuotes))})`;
}

/** Whether a column keeps no more than whole seconds: generic date-times are DATE. */
function keepsSeconds(type: SqlType | undefined): boolean {
  if (type === undefined) return false;
  if (type.name === "DATE") return true;
  return isType(type, "dateTime") && type.parameters.precision === undefined && type.parameters.timezone !== true;
}

/** TO_DATE and TO_TIMESTAMP with a format, which no NLS setting of the session changes. */
function momentLiteral(moment: Moment, context: RenderContext, type: SqlType | undefined): string {
  const isLocal = (type?.parameters as { localTimezone?: boolean } | undefined)?.localTimezone === true;
  const plain = momentText({ ...moment, timezone: false }, context);
  switch (moment.kind) {
    case "date":
      return type?.name === "DATE" && moment.time !== "00:00:00"
        ? momentLiteral({ ...moment, kind: "dateTime" }, context, type) // a DATE of Oracle has a time of day
        : `TO_DATE('${plain}', 'YYYY-MM-DD')`;
    case "time":
      throw context.unstorable(
        "Oracle has no time of day without a date.",
        "Store it as t.interval() by sql`INTERVAL '12:30:00' HOUR TO SECOND`, or as text.",
      );
    case "dateTime":
      if (moment.timezone || isLocal) {
        return `TO_TIMESTAMP_TZ('${plain} +00:00', 'YYYY-MM-DD HH24:MI:SS.FF TZH:TZM')`;
      }
      if (!plain.includes(".")) return `TO_DATE('${plain}', 'YYYY-MM-DD HH24:MI:SS')`;
      if (keepsSeconds(type)) {
        context.notice(`DATE on Oracle keeps whole seconds: the fraction of ${plain} is lost. Use t.TIMESTAMP().`);
      }
      return `TO_TIMESTAMP('${plain}', 'YYYY-MM-DD HH24:MI:SS.FF')`;
  }
}

/** JSON as text; before version 21 it is kept in a BLOB, which takes bytes. */
function jsonLiteral(value: string, context: RenderContext, type: SqlType | undefined): string {
  if (type?.name !== "json" || has("jsonType", context)) return text(value, context);
  if (Buffer.byteLength(value, "utf8") > longestRaw) {
    throw context.unstorable(
      `A JSON value has more than ${longestRaw} bytes, the most of a literal of Oracle ${context.version}.`,
      "Use t.text() with a check (c IS JSON), or set targetVersion to 21 or later.",
    );
  }
  return `UTL_RAW.CAST_TO_RAW(${text(value, context)})`;
}

/** Whole numbers of Oracle have 38 digits, whatever they are called. */
function checkNumber(text: string, context: RenderContext, type: SqlType): void {
  if (integerBits[type.name] !== undefined) return checkDecimal(text, { precision: 38 }, context);
  if (["numeric", "NUMERIC", "DECIMAL", "NUMBER"].includes(type.name)) {
    checkDecimal(text, type.parameters as NumberArguments, context);
  }
}

/** There is no year 0: https://docs.oracle.com/en/error-help/db/ora-01841/ */
function checkMoment(moment: Moment, context: RenderContext, type: SqlType | undefined): void {
  refuseDateOutside(moment, { first: "0001-01-01" }, "Write null.", context, type);
  const { precision = 9 } = (type?.parameters ?? {}) as TimeArguments;
  noteFinerTime(moment, precision, () => "Give the column a larger precision, or the value fewer digits.", context);
}

export const literals: LiteralRules = {
  checkNumber,
  checkMoment,
  string: stringLiteral,
  number: numberLiteral,
  bigint: bigintLiteral,
  boolean: (value) => (value ? "1" : "0"),
  bytes: bytesLiteral,
  interval: (seconds) => `NUMTODSINTERVAL(${seconds}, 'SECOND')`,
  moment: momentLiteral,
  json: jsonLiteral,
  array(_values, context) {
    throw context.unstorable("Oracle has no arrays.", "Store the values as t.json(), or in a table of their own.");
  },
};
