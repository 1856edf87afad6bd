import type { LiteralValue, SqlText } from "./expressions.js";
import { sql } from "./expressions.js";
import type { SqlType, TypeName } from "./types/type.js";

/** What decides how the text of a value is read, for types that are read alike. */
type Family = "integer" | "number" | "boolean" | "date" | "dateTime" | "time" | "bytes" | "json";

const families: Readonly<Record<Family, readonly TypeName[]>> = {
  integer: ["integer", "bigInteger", "smallInteger", "INTEGER", "BIGINT", "SMALLINT", "MEDIUMINT", "TINYINT", "YEAR"],
  number: [
    ...(["numeric", "NUMERIC", "DECIMAL", "NUMBER", "float", "double", "FLOAT", "REAL"] as const),
    ...(["DOUBLE", "DOUBLE_PRECISION", "BINARY_DOUBLE", "BINARY_FLOAT"] as const),
  ],
  boolean: ["boolean", "BOOLEAN"],
  date: ["date"],
  dateTime: ["dateTime", "DATETIME", "TIMESTAMP", "DATETIME2", "DATETIMEOFFSET", "SMALLDATETIME"],
  time: ["time", "TIME"],
  bytes: [
    ...(["largeBinary", "BYTEA", "BLOB", "BINARY", "VARBINARY", "LONGBLOB", "MEDIUMBLOB", "TINYBLOB"] as const),
    ...(["IMAGE", "RAW"] as const),
  ],
  json: ["json", "JSON", "JSONB", "array"],
};

const familyOfType = new Map(
  Object.entries(families).flatMap(([family, names]) => names.map((name) => [name, family as Family] as const)),
);

export interface TextFormat {
  /** How bytes are written. */
  readonly binary: "hex" | "base64";
}

type Reader = (text: string, type: SqlType, format: TextFormat) => LiteralValue | SqlText | undefined;

const booleans: Readonly<Record<string, boolean>> = {
  ...{ true: true, t: true, yes: true, y: true, on: true, "1": true },
  ...{ false: false, f: false, no: false, n: false, off: false, "0": false },
};

function readInteger(text: string): number | bigint | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined;
  const value = BigInt(text.replace(/^\+/, ""));
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

/** A number keeps its digits: as SQL, not by way of a binary fraction. */
function readNumber(text: string): number | SqlText | undefined {
  if (/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) return sql.raw(text.replace(/^\+/, ""));
  const named = /^([+-]?)(nan|inf(?:inity)?)$/i.exec(text);
  if (named === null) return undefined;
  const [, sign = "", word = ""] = named;
  return /^nan$/i.test(word) ? NaN : sign === "-" ? -Infinity : Infinity;
}

/** A day that exists. */
function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

const timePattern = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(\.\d{1,9})?)?$/;

/** Hours, minutes and seconds, and what of a second is finer than a Date can hold, as text. */
function timeParts(text: string): { readonly time: string; readonly isFine: boolean } | undefined {
  const match = timePattern.exec(text);
  if (match === null) return undefined;
  const [, hours = "", minutes = "", seconds = "00", fraction = ""] = match;
  const digits = fraction.replace(/0+$/, "").replace(/^\.$/, "");
  return { time: `${hours}:${minutes}:${seconds}${digits}`, isFine: digits.length > 4 };
}

function keepsZone(type: SqlType): boolean {
  const { timezone, localTimezone } = type.parameters as { timezone?: boolean; localTimezone?: boolean };
  return timezone === true || localTimezone === true || type.name === "DATETIMEOFFSET";
}

/** A moment. Without a zone it is in UTC where the column keeps one; with one, the column has to. */
function readDateTime(text: string, type: SqlType): Date | string | undefined {
  const match = /^(\d{4}-\d\d-\d\d)(?:[T ]([\d:.]+))?\s*(Z|[+-]\d\d(?::?\d\d)?)?$/i.exec(text);
  if (match === null) return undefined;
  const [, date = "", time = "00:00:00", zone] = match;
  const parts = timeParts(time);
  if (!isDate(date) || parts === undefined || (zone !== undefined && !keepsZone(type))) return undefined;
  const offset = zone === undefined || /^z$/i.test(zone) ? "+00:00" : zone.replace(/^(...)(?::?(\d\d))?$/, offsetText);
  if (parts.isFine) return `${date} ${parts.time}${keepsZone(type) ? offset : ""}`;
  return new Date(`${date}T${parts.time}${offset}`);
}

function offsetText(_all: string, hours: string, minutes: string | undefined): string {
  return `${hours}:${minutes ?? "00"}`;
}

function readTime(text: string): Date | string | undefined {
  const parts = timeParts(text);
  if (parts === undefined) return undefined;
  return parts.isFine ? parts.time : new Date(`1970-01-01T${parts.time}Z`);
}

function readBytes(text: string, format: TextFormat): Uint8Array | undefined {
  if (format.binary === "base64") {
    const digits = text.replace(/\s+/g, "");
    const bytes = Buffer.from(digits, "base64");
    return bytes.toString("base64").replace(/=+$/, "") === digits.replace(/=+$/, "") ? bytes : undefined;
  }
  const digits = text.replace(/^(?:\\x|0x)/i, "");
  return /^(?:[0-9a-f]{2})*$/i.test(digits) ? Buffer.from(digits, "hex") : undefined;
}

function readJson(text: string): LiteralValue | undefined {
  try {
    return JSON.parse(text) as LiteralValue;
  } catch {
    return undefined;
  }
}

const readers: Readonly<Record<Family, Reader>> = {
  integer: readInteger,
  number: readNumber,
  boolean: (text) => booleans[text.toLowerCase()],
  date: (text) => (isDate(text) ? new Date(`${text}T00:00:00Z`) : undefined),
  dateTime: readDateTime,
  time: readTime,
  bytes: (text, _type, format) => readBytes(text, format),
  json: readJson,
};

/**
 * What a text of a file means in a column of some type; undefined when the type has no such value. Texts of types that
 * are not read in any special way stay texts.
 *
 * @example valueOfText("1.10", t.numeric(10, 2), { binary: "hex" }) // sql`1.10`
 */
export function valueOfText(text: string, type: SqlType, format: TextFormat): LiteralValue | SqlText | undefined {
  const family = familyOfType.get(type.name);
  return family === undefined ? text : readers[family](text.trim(), type, format);
}

const descriptions: Readonly<Record<Family, string>> = {
  integer: "Write a whole number, such as 42.",
  number: "Write a number, such as -1.50 or 6e23.",
  boolean: "Write true or false.",
  date: "Write a day, such as 2024-05-31.",
  dateTime: "Write a moment, such as 2024-05-31 12:30:00; with a time zone only when the column keeps one.",
  time: "Write a time of day, such as 12:30:00.",
  bytes: 'Write hexadecimal digits, such as 00ff; base64 with { binary: "base64" }.',
  json: "Write JSON.",
};

/** What a text of a type looks like, as advice. */
export function describeTexts(type: SqlType): string {
  const family = familyOfType.get(type.name);
  return family === undefined ? "Write any text." : descriptions[family];
}
