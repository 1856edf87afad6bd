import type { LiteralRules, Moment } from "../../src/compiler/literals.js";
import type { RenderContext } from "../../src/compiler/render-context.js";
import { requirePackage } from "../../src/on-demand.js";
import type { NumberArguments, SqlType, TimeArguments } from "../../src/schema/types/type.js";
import { isPlainList, type PlainValue } from "../../src/schema/values.js";
import { isType } from "../../src/schema/types/type.js";
import { hexadecimal, momentText, needsCodes, refuseLoneSurrogates, refuseNul } from "../shared/literals.js";
import {
  checkDecimal,
  integerBits,
  refuseDateOutside,
  noteFinerTime,
  refuseOutOfRange,
} from "../shared/value-limits.js";

/** Loaded for the first string that needs it. */
let pgFormat: typeof import("pg-format") | undefined;

/** Printable ASCII without quotes and backslashes: most strings, which need nothing but quotes around them. */
const textOfSql = /^[ -&(-[\]-~]*$/;
const controlCharacters = /[\x01-\x1f\x7f]/g;
const shortEscapes: Readonly<Record<string, string>> = {
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\b": "\\b",
  "\f": "\\f",
};

/**
 * A string that keeps its meaning under every standard_conforming_strings and in a file whose line ends were changed:
 * `E'…'` as soon as a backslash or control character is in it, else plain quotes.
 * https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-STRINGS-ESCAPE
 */
function stringLiteral(value: string, context: RenderContext): string {
  if (textOfSql.test(value)) return `'${value}'`;
  refuseNul(value, context);
  refuseLoneSurrogates(value, context);
  pgFormat ??= requirePackage("pg-format") as typeof import("pg-format");
  const quoted = pgFormat.literal(value).trimStart(); // doubles quotes and backslashes, and puts E before when it had to
  const escaped = quoted.replace(
    controlCharacters,
    (character) => shortEscapes[character] ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
  const coded = needsCodes(value, context) ? escaped.replace(/[^\x00-\x7f]/gu, unicodeEscape) : escaped;
  return coded === quoted || quoted.startsWith("E") ? coded : `E${coded}`;
}

/** `\u00e9`, or `\U0001f600` for what has more than four digits. */
function unicodeEscape(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\U${code.toString(16).padStart(8, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
}

/** `'NaN'::float8`: the bare word is a column's name. */
function numberLiteral(value: number): string {
  if (Number.isNaN(value)) return "'NaN'::float8";
  if (!Number.isFinite(value)) return value > 0 ? "'Infinity'::float8" : "'-Infinity'::float8";
  return Object.is(value, -0) ? "0" : String(value);
}

const castable: ReadonlySet<string> = new Set(["integer", "bigInteger", "smallInteger", "numeric", "float", "double"]);

/** `ARRAY[…]`, with a cast to the type where one is known: an empty array has no type of its own. */
function arrayLiteral(values: readonly PlainValue[], context: RenderContext, type: SqlType | undefined): string {
  const item = type !== undefined && isType(type, "array") ? type.parameters.item : undefined;
  const write = (value: PlainValue): string =>
    isPlainList(value) ? `ARRAY[${value.map(write).join(", ")}]` : context.literal(value, item);
  const text = `ARRAY[${values.map(write).join(", ")}]`;
  if (type !== undefined) return `${text}::${context.type(type)}`;
  if (values.length === 0) {
    throw context.unstorable(
      "An empty array has no type.",
      "Say the type: sql.literal([], t.array(t.integer())), or a column of that type.",
    );
  }
  return text;
}

function checkNumber(text: string, context: RenderContext, type: SqlType): void {
  const bits = integerBits[type.name];
  if (bits !== undefined) return refuseOutOfRange(text, bits, false, context);
  if (type.name === "numeric" || type.name === "NUMERIC" || type.name === "DECIMAL") {
    checkDecimal(text, type.parameters as NumberArguments, context);
  }
}

/** https://www.postgresql.org/docs/current/datatype-datetime.html: there is no year 0, and six digits of the second */
function checkMoment(moment: Moment, context: RenderContext, type: SqlType | undefined): void {
  refuseDateOutside(
    moment,
    { first: "0001-01-01" },
    "Write null, or the date as SQL: sql`'0001-01-01 BC'`.",
    context,
    type,
  );
  const { precision = 6 } = (type?.parameters ?? {}) as TimeArguments;
  noteFinerTime(moment, precision, () => "Give the column a larger precision, or the value fewer digits.", context);
}

export const literals: LiteralRules = {
  checkNumber,
  checkMoment,
  negativeZero: "'-0'::float8",
  string: (value, context) => stringLiteral(value, context),
  number: (value) => numberLiteral(value),
  // -9223372036854775808 is read as a minus and a number that is out of range for bigint
  bigint: (value) => (value < -9223372036854775807n ? `'${value}'` : String(value)),
  boolean: (value, _context, type) => (castable.has(type?.name ?? "") ? (value ? "1" : "0") : String(value)),
  bytes: (value) => `decode('${hexadecimal(value).toLowerCase()}', 'hex')`,
  interval: (seconds) => `'${seconds} seconds'`,
  moment: (moment, context) => `'${momentText(moment, context)}'`,
  json(text, context) {
    if (/(?<!\\)(?:\\\\)*\\u0000/.test(text)) {
      throw context.unstorable("A JSON value has a NUL character, which PostgreSQL cannot store.", "Remove it.");
    }
    return stringLiteral(text, context);
  },
  array: arrayLiteral,
};
