import type { Node, TypeName } from "libpg-query";
import { postgresqlTypes } from "../../../src/schema/types/postgresql.js";
import { t } from "../../../src/schema/types/generic.js";
import { rawType, type SqlType } from "../../../src/schema/types/type.js";
import { integerOf, namesOf, type Source } from "./source.js";

type Maker = (modifiers: readonly number[]) => SqlType;

const timed =
  (make: typeof t.TIMESTAMP | typeof t.TIME, timezone: boolean): Maker =>
  ([precision]) =>
    make({ ...(timezone && { timezone }), ...(precision !== undefined && { precision }) });

/** The fields of an interval as the grammar numbers them: INTERVAL_MASK in PostgreSQL's utils/timestamp.h. */
const intervalFields: Readonly<Record<number, string>> = {
  4: "YEAR",
  2: "MONTH",
  8: "DAY",
  1024: "HOUR",
  2048: "MINUTE",
  4096: "SECOND",
  6: "YEAR TO MONTH",
  1032: "DAY TO HOUR",
  3080: "DAY TO MINUTE",
  7176: "DAY TO SECOND",
  3072: "HOUR TO MINUTE",
  7168: "HOUR TO SECOND",
  6144: "MINUTE TO SECOND",
};

const interval: Maker = ([mask, precision]) => {
  const fields = mask === undefined ? undefined : intervalFields[mask];
  return postgresqlTypes.INTERVAL({ ...(fields && { fields }), ...(precision !== undefined && { precision }) });
};

/** Types by the names that the grammar gives them, whatever they were written as. */
const makers: Readonly<Record<string, Maker>> = {
  int2: () => t.SMALLINT(),
  int4: () => t.INTEGER(),
  int8: () => t.BIGINT(),
  float4: () => t.REAL(),
  float8: () => t.DOUBLE_PRECISION(),
  numeric: ([precision, scale]) => t.NUMERIC(precision, scale),
  bool: () => t.BOOLEAN(),
  varchar: ([length]) => t.VARCHAR(length),
  bpchar: ([length]) => t.CHAR(length),
  text: () => t.TEXT(),
  date: () => t.DATE(),
  time: timed(t.TIME, false),
  timetz: timed(t.TIME, true),
  timestamp: timed(t.TIMESTAMP, false),
  timestamptz: timed(t.TIMESTAMP, true),
  interval,
  bytea: () => postgresqlTypes.BYTEA(),
  uuid: () => t.UUID(),
  json: () => t.JSON(),
  bit: ([length]) => postgresqlTypes.BIT(length),
  varbit: ([length]) => postgresqlTypes.BIT(length, { varying: true }),
};

const counted: Readonly<Record<string, string>> = {
  smallserial: "int2",
  serial2: "int2",
  serial: "int4",
  serial4: "int4",
  bigserial: "int8",
  serial8: "int8",
};

/** PostgreSQL's other types have their own names in capitals. */
const others = [
  ...["CIDR", "CITEXT", "DATEMULTIRANGE", "DATERANGE", "HSTORE", "INET", "INT4MULTIRANGE", "INT4RANGE"],
  ...["INT8MULTIRANGE", "INT8RANGE", "JSONB", "JSONPATH", "MACADDR", "MACADDR8", "MONEY", "NUMMULTIRANGE"],
  ...["NUMRANGE", "OID", "REGCLASS", "REGCONFIG", "TSMULTIRANGE", "TSQUERY", "TSRANGE", "TSTZMULTIRANGE"],
  ...["TSTZRANGE", "TSVECTOR"],
] as const;

/** A type, and whether it is one of the serials, which count. */
export interface ReadType {
  readonly type: SqlType;
  readonly counts: boolean;
  /** The name that the grammar gives the type. */
  readonly name: string;
}

function modifiersOf(nodes: readonly Node[] = []): readonly number[] | undefined {
  const numbers = nodes.map(integerOf);
  return numbers.every((number) => number !== undefined) ? numbers : undefined;
}

/** The type as it was written, its array brackets left out. */
function writtenType(typeName: TypeName, source: Source): string {
  const cursor = source.cursorAt(typeName.location);
  const start = cursor.place;
  cursor.name();
  while (cursor.accept(".")) cursor.name();
  if (cursor.isAt("(")) cursor.parenthesized();
  return cursor.textFrom(start).replace(/^(?:public|"public")\./, "");
}

function baseType(typeName: TypeName, source: Source): ReadType {
  const names = namesOf(typeName.names);
  const name = names.at(-1) ?? "";
  const modifiers = modifiersOf(typeName.typmods);
  const isQuoted = names.length === 1 && name === "char"; // "char" in quotes is another type than char
  const isElsewhere = names.length > 1 && !["pg_catalog", "public"].includes(names[0] ?? "");
  if (isElsewhere) return { type: rawType(writtenType(typeName, source)), counts: false, name: names.join(".") };
  const known = counted[name] ?? name;
  const make = Object.hasOwn(makers, known) && !isQuoted ? makers[known] : undefined;
  if (make !== undefined && modifiers !== undefined) {
    return { type: make(modifiers), counts: Object.hasOwn(counted, name), name: known };
  }
  const other = others.find((candidate) => candidate.toLowerCase() === name);
  if (other !== undefined && typeName.typmods === undefined) {
    return { type: postgresqlTypes[other](), counts: false, name };
  }
  return { type: rawType(writtenType(typeName, source)), counts: false, name };
}

/** Reads a type; enum types and what extensions bring are known by their text. */
export function readType(typeName: TypeName | undefined, source: Source): ReadType {
  if (typeName === undefined) return { type: t.null(), counts: false, name: "" };
  const read = baseType(typeName, source);
  const dimensions = typeName.arrayBounds?.length ?? 0;
  if (dimensions === 0) return read;
  return { ...read, type: t.ARRAY(read.type, dimensions > 1 ? { dimensions } : {}), name: `${read.name}[]` };
}
