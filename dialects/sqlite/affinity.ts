import type { SqlType, TypeName } from "../../src/schema/types/type.js";

type Affinity =
  | "integer"
  | "string"
  | "numeric"
  | "float"
  | "boolean"
  | "date"
  | "time"
  | "dateTime"
  | "interval"
  | "binary"
  | "json"
  | "uuid";

const members: { readonly [A in Affinity]: readonly TypeName[] } = {
  integer: ["integer", "bigInteger", "smallInteger", "INTEGER", "BIGINT", "SMALLINT", "MEDIUMINT", "TINYINT"],
  string: ["string", "text", "unicode", "unicodeText", "enum", "CHAR", "CLOB", "NCHAR", "NVARCHAR", "TEXT", "VARCHAR"],
  numeric: ["numeric", "NUMERIC", "DECIMAL"],
  float: ["float", "double", "FLOAT", "REAL", "DOUBLE", "DOUBLE_PRECISION"],
  boolean: ["boolean", "BOOLEAN"],
  date: ["date", "DATE"],
  time: ["time", "TIME"],
  dateTime: ["dateTime", "DATETIME", "TIMESTAMP"],
  interval: ["interval", "INTERVAL"],
  binary: ["largeBinary", "BINARY", "BLOB", "VARBINARY"],
  json: ["json", "JSON", "JSONB"],
  uuid: ["uuid", "UUID"],
};

const affinities = new Map<TypeName, Affinity>(
  Object.entries(members).flatMap(([affinity, names]) =>
    names.map((name): [TypeName, Affinity] => [name, affinity as Affinity]),
  ),
);

/** The family of a type: values move between types of one family without a cast. Other types are families of their own. */
export function affinityOf(type: SqlType): string {
  return affinities.get(type.name) ?? type.name;
}

/** Whether values are cast when a column of one type gets another; JSON takes any text as it is. */
export function needsCast(from: SqlType, to: SqlType): boolean {
  return affinityOf(to) !== affinityOf(from) && affinityOf(to) !== "json";
}
