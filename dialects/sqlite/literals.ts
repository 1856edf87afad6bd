import type { LiteralRules, Moment } from "../../src/compiler/literals.js";
import type { RenderContext } from "../../src/compiler/render-context.js";
import {
  hexadecimal,
  momentText,
  needsCodes,
  numberText,
  refuseCodes,
  refuseLoneSurrogates,
} from "../shared/literals.js";
import type { SqlType } from "../../src/schema/types/type.js";
import { singleQuotes } from "../shared/sql-text/quotes.js";
import { has } from "./features.js";

const controlRun = /[\x00-\x1f\x7f]+/g;

/** SQLite refuses expressions that are nested deeper than 1000: https://www.sqlite.org/limits.html */
const longestConcatenation = 100;

/** The same and all that is not ASCII. */
const codedRun = /[\x00-\x1f\x7f-\u{10ffff}]+/gu;

/** The most arguments that a function has: https://www.sqlite.org/limits.html#max_function_arg */
const mostArguments = 100;

/** `char(13,10)`, in as many calls as it takes. */
function charCalls(characters: string): readonly string[] {
  const codes = Array.from(characters, (character) => character.codePointAt(0));
  const calls = Math.ceil(codes.length / mostArguments);
  return Array.from({ length: calls }, (_, call) => {
    return `char(${codes.slice(call * mostArguments, (call + 1) * mostArguments).join(",")})`;
  });
}

/** `'a'||char(13,10)||'b'`. */
function concatenated(value: string, coded: RegExp): string {
  const parts: string[] = [];
  let end = 0;
  for (const match of value.matchAll(coded)) {
    if (match.index > end) parts.push(singleQuotes(value.slice(end, match.index)));
    parts.push(...charCalls(match[0]));
    end = match.index + match[0].length;
  }
  if (end < value.length) parts.push(singleQuotes(value.slice(end)));
  return `(${parts.join("||")})`;
}

/** A text that stands for a control character and does not occur in the value. */
function placeholder(character: string, value: string): string {
  let mark = `\\u00${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
  while (value.includes(mark)) mark += "_";
  return mark;
}

/** `replace('a\u000ab', '\u000a', char(10))`, one call for each kind of control character, however often it stands. */
function replaced(value: string): string {
  const kinds = [...new Set(value.match(/[\x00-\x1f\x7f]/g))].sort();
  const marks = new Map(kinds.map((character) => [character, placeholder(character, value)]));
  const marked = value.replace(/[\x00-\x1f\x7f]/g, (character) => marks.get(character) ?? character);
  return kinds.reduce(
    (text, character) =>
      `replace(${text}, ${singleQuotes(marks.get(character) ?? "")}, char(${character.charCodeAt(0)}))`,
    singleQuotes(marked),
  );
}

/**
 * A string. Control characters are written by their codes, because the shell turns CR LF inside quotes into LF and ends
 * the statement at NUL. https://www.sqlite.org/lang_corefunc.html#char
 */
function stringLiteral(value: string, context: RenderContext): string {
  refuseLoneSurrogates(value, context);
  const isCoded = needsCodes(value, context);
  const coded = isCoded ? codedRun : controlRun;
  const runs = (value.match(coded) ?? []).reduce((sum, run) => sum + Math.ceil(run.length / mostArguments), 0);
  if (runs === 0) return singleQuotes(value);
  if (runs <= longestConcatenation) return concatenated(value, coded);
  return isCoded ? `CAST(X'${hexadecimal(Buffer.from(value, "utf8"))}' AS TEXT)` : replaced(value);
}

/** A string where SQLite takes no expression, as behind DEFAULT in ADD COLUMN. */
export function constantString(value: string, context: RenderContext): string {
  refuseLoneSurrogates(value, context);
  refuseCodes(value, "The default of a column that is added", context);
  if (/[\r\0]/.test(value)) {
    throw context.unstorable(
      "The default of a column that is added has a carriage return or NUL, which SQLite takes only from an expression.",
      'Add the column in op.batchAlterTable with copyFrom and recreate: "always", or leave these characters out.',
    );
  }
  return singleQuotes(value);
}

function bigintText(value: bigint, context: RenderContext): string {
  if (value !== BigInt.asIntN(64, value)) {
    throw context.unstorable(
      `SQLite stores whole numbers in 64 bits; ${value} would lose digits.`,
      "Store it as text: a string, in a column of t.string() or t.text().",
    );
  }
  return String(value);
}

/** The text that SQLAlchemy's types store: a fraction of six digits, no time zone. */
function storedMoment(moment: Moment, context: RenderContext): string {
  if (moment.kind === "date") return momentText(moment, context);
  const [seconds = "", fraction = ""] = moment.time.split(".");
  const time = `${seconds}.${fraction.padEnd(6, "0")}`;
  return momentText({ ...moment, time, timezone: false }, context);
}

/** Whether a column turns text that looks like a number into one: https://www.sqlite.org/datatype3.html */
function hasNumbers(type: SqlType, context: RenderContext): boolean {
  const declared = context.type(type).toUpperCase();
  if (declared.includes("INT")) return true;
  return !/CHAR|CLOB|TEXT|BLOB|REAL|FLOA|DOUB/.test(declared);
}

/** What is no whole number of 64 bits becomes a float, which keeps 15 digits: https://www.sqlite.org/floatingpoint.html */
function checkNumber(text: string, context: RenderContext, type: SqlType, isFloat: boolean): void {
  if (isFloat) return; // its digits are those that a float needs to be the same again
  const [, whole = "", fraction = ""] = /^[+-]?0*(\d*)(?:\.(\d*?)0*)?$/.exec(text) ?? [];
  if (whole === "" && fraction === "") return;
  const digits = fraction === "" ? whole.replace(/0+$/, "") : (whole + fraction).replace(/^0+/, "");
  const value = fraction === "" ? BigInt((text.startsWith("-") ? "-" : "") + whole) : undefined;
  const isInteger = value !== undefined && value === BigInt.asIntN(64, value);
  if (isInteger || digits.length <= 15 || !hasNumbers(type, context)) return;
  throw context.unstorable(
    `${text} has ${digits.length} digits, and SQLite keeps 15 of a number that is no whole number of 64 bits.`,
    'Give the column a type of text: .withVariant(t.text(), "sqlite").',
  );
}

export const literals: LiteralRules = {
  checkNumber,
  checkMoment: () => undefined, // moments are text
  // A UUID is kept in 32 digits: CHAR(32).
  string: (value, context, type) =>
    stringLiteral(type?.name === "uuid" || type?.name === "UUID" ? value.replaceAll("-", "") : value, context),
  number(value, context) {
    if (value === Infinity) return "9e999";
    if (value === -Infinity) return "-9e999";
    return numberText(value, context); // NaN is refused: SQLite would store NULL
  },
  bigint: bigintText,
  boolean: (value) => (value ? "1" : "0"),
  bytes: (value) => `X'${hexadecimal(value)}'`,
  moment: (moment, context) => `'${storedMoment(moment, context)}'`,
  json(text, context, type) {
    const literal = stringLiteral(text, context);
    if (type?.name !== "JSONB") return literal;
    if (!has("jsonb", context)) {
      throw context.unsupported(
        `SQLite ${context.version} has no jsonb(); version 3.45 has.`,
        "Use t.json(), which stores text, or set targetVersion to 3.45.",
      );
    }
    return `jsonb(${literal})`;
  },
  array(_values, context) {
    throw context.unsupported("SQLite has no arrays.", "Store the values as t.json(), or in a table of their own.");
  },
};
