import type { Retyping } from "../../src/compiler/dialect.js";
import { defaultOf, type Column, type DefaultValue } from "../../src/schema/columns.js";
import { isSqlText, sql } from "../../src/schema/expressions.js";
import type { SqlType, TypeName } from "../../src/schema/types/type.js";
import { isType } from "../../src/schema/types/type.js";

/** Types that take the same casts. */
type Family =
  | "number"
  | "boolean"
  | "text"
  | "date"
  | "timestamp"
  | "time"
  | "interval"
  | "uuid"
  | "bytes"
  | "json"
  | "enum"
  | "network"
  | "xml";

const families: { readonly [N in TypeName]?: Family } = {
  ...family("number", ["integer", "bigInteger", "smallInteger", "INTEGER", "BIGINT", "SMALLINT"]),
  ...family("number", ["numeric", "NUMERIC", "DECIMAL", "float", "double", "FLOAT", "REAL", "DOUBLE_PRECISION"]),
  ...family("boolean", ["boolean", "BOOLEAN"]),
  ...family("text", ["string", "text", "unicode", "unicodeText", "VARCHAR", "CHAR", "TEXT", "NCHAR", "CITEXT"]),
  ...family("date", ["date", "DATE"]),
  ...family("timestamp", ["dateTime", "TIMESTAMP"]),
  ...family("time", ["time", "TIME"]),
  ...family("interval", ["interval", "INTERVAL"]),
  ...family("uuid", ["uuid", "UUID"]),
  ...family("bytes", ["largeBinary", "BYTEA"]),
  ...family("json", ["json", "JSON", "JSONB"]),
  ...family("network", ["INET", "CIDR"]),
  ...family("xml", ["XML"]),
};

function family(name: Family, types: readonly TypeName[]): { readonly [N in TypeName]?: Family } {
  return Object.fromEntries(types.map((type) => [type, name]));
}

function familyOf(type: SqlType): Family | undefined {
  if (isType(type, "enum")) return type.parameters.nativeEnum === false ? "text" : "enum";
  return families[type.name];
}

/**
 * The families to which a server casts by itself when a value is assigned, besides its own and text, to which all go: `\dC`
 * of psql, and https://www.postgresql.org/docs/current/sql-createcast.html for text.
 */
const assigned: Readonly<Record<Family, readonly Family[]>> = {
  number: [],
  boolean: [],
  text: [],
  date: ["timestamp"],
  timestamp: ["date", "time"],
  time: ["interval"],
  interval: ["time"],
  uuid: [],
  bytes: [],
  json: [],
  enum: [],
  network: [],
  xml: [],
};

/** Whether two enumerations are one type. */
function isSameEnum(from: SqlType, to: SqlType): boolean {
  if (!isType(from, "enum") || !isType(to, "enum")) return false;
  return from.parameters.name === to.parameters.name && from.parameters.schema === to.parameters.schema;
}

/** Whether values of one type become another without USING; true where it is not known. */
export function castsByItself(from: SqlType, to: SqlType): boolean {
  const [old, next] = [familyOf(from), familyOf(to)];
  if (old === undefined || next === undefined || next === "text") return true;
  if (old === "enum" && next === "enum") return isSameEnum(from, to);
  return old === next || assigned[old].includes(next);
}

/** Casts between families that a server makes only when it is asked for them: `\\dC` of psql. Texts are cast to anything. */
const asked: { readonly [F in Family]?: readonly Family[] } = {
  boolean: ["number"],
  number: ["boolean"],
};

/** Numbers that are cast to boolean and back: INTEGER alone. */
const countedAsTruth: ReadonlySet<TypeName> = new Set<TypeName>(["integer", "INTEGER"]);

/**
 * Whether values of one type become another with a cast: by itself where USING is not needed, by USING, or not at all.
 *
 * @example castOf(t.string(), t.integer()) // "using"
 */
function castOf(from: SqlType, to: SqlType): "by itself" | "using" | "none" {
  if (castsByItself(from, to)) return "by itself";
  const [old, next] = [familyOf(from), familyOf(to)];
  // each type has a text, and each text is read as a value of each type
  if (old === "text" || (old === "enum" && next === "enum")) return "using";
  if (old === undefined || next === undefined || asked[old]?.includes(next) !== true) return "none";
  return countedAsTruth.has(from.name) || countedAsTruth.has(to.name) ? "using" : "none";
}

/** How a column becomes another type; undefined when no cast leads there. */
export function retyping(column: Column, to: Column): Retyping | undefined {
  const cast = castOf(column.type, to.type);
  if (cast === "none") return undefined;
  const value = defaultOf(column);
  const isInTheWay = value !== undefined && !castsDefaultByItself(value, column.type, to.type);
  const isEnum = familyOf(column.type) === "enum";
  return {
    ...(cast === "using" && {
      using: (type, column) => sql.raw(`${column}${isEnum ? "::text::" : "::"}${type}`),
    }),
    setsDefault: isInTheWay,
  };
}

/**
 * Whether a default becomes one of another type by itself. A text in quotes is kept with its type, so that it goes where
 * values of that type go; of SQL text nothing is known, and NULL goes anywhere.
 */
export function castsDefaultByItself(value: DefaultValue, from: SqlType, to: SqlType): boolean {
  return isSqlText(value) || castsByItself(from, to);
}
