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
import { singleQuotes } from "../shared/sql-text/quotes.js";

const controlRun = /[\x00-\x1f\x7f]+/g;

/** SQLite refuses expressions that are nested deeper than 1000: https://www.sqlite.org/limits.html */
const longestConcatenation = 100;

/** The same and all that is not ASCII. */
const codedRun = /[\x00-\x1f\x7f-\u{10ffff}]+/gu;

/** `'a'||char(13,10)||'b'`. */
function concatenated(value: string, coded: RegExp): string {
  const parts: string[] = [];
  let end = 0;
  for (const match of value.matchAll(coded)) {
    if (match.index > end) parts.push(singleQuotes(value.slice(end, match.index)));
    parts.push(`char(${[...match[0]].map((character) => character.codePointAt(0)).join(",")})`);
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
  const runs = value.match(coded)?.length ?? 0;
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

export const literals: LiteralRules = {
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
    if (!context.atLeast("3.45")) {
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
