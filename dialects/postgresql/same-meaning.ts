/** Functions of two names. https://www.postgresql.org/docs/current/functions-datetime.html */
const functions: Readonly<Record<string, string>> = {
  transaction_timestamp: "now",
  char_length: "length",
  character_length: "length",
};

/** A function under the name that stands for all of its names. */
export function canonicalFunction(name: string): string {
  return functions[name] ?? name;
}

/** Numbers, each before those to which it goes without being asked. https://www.postgresql.org/docs/current/typeconv-oper.html */
const numbers = ["int2", "int4", "int8", "numeric", "float4", "float8"];

const numberTypes: Readonly<Record<string, string>> = {
  smallInteger: "int2",
  SMALLINT: "int2",
  integer: "int4",
  INTEGER: "int4",
  bigInteger: "int8",
  BIGINT: "int8",
  numeric: "numeric",
  NUMERIC: "numeric",
  DECIMAL: "numeric",
  REAL: "float4",
  float: "float8",
  double: "float8",
  FLOAT: "float8",
  DOUBLE_PRECISION: "float8",
};

const textTypes = new Set(["string", "text", "unicode", "unicodeText", "VARCHAR", "CHAR", "TEXT", "NCHAR", "CITEXT"]);
const texts = new Set(["text", "varchar", "bpchar"]);
const times: Readonly<Record<string, readonly string[]>> = {
  date: ["timestamp", "timestamptz"],
  DATE: ["timestamp", "timestamptz"],
  dateTime: ["timestamp", "timestamptz"],
  TIMESTAMP: ["timestamp", "timestamptz"],
};

/**
 * Whether a server goes from the type of a column to another one by itself, and then writes a cast that nobody wrote.
 *
 * @param from the type of a column under its own name here
 * @param to the type under the server's name
 */
export function wider(from: string | undefined, to: string): boolean {
  if (from === undefined) return texts.has(to);
  if (textTypes.has(from)) return texts.has(to);
  if (times[from]?.includes(to) === true) return true;
  const [low, high] = [numbers.indexOf(numberTypes[from] ?? ""), numbers.indexOf(to)];
  return low !== -1 && high > low;
}

/** Operator classes that a server takes where none is named, by the access method: https://www.postgresql.org/docs/current/indexes-opclass.html */
const usualClasses =
  /^(?:int[248]|float[48]|numeric|text|varchar|bpchar|bool|date|time|timetz|timestamp|timestamptz|interval|uuid|bytea|array|jsonb|tsvector|range|multirange|oid|enum|char|name|bit|varbit|macaddr|macaddr8|money|point|box|poly|circle)_ops$/;

export function isUsualClass(name: string): boolean {
  return usualClasses.test(name);
}
