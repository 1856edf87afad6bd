import { t } from "../../../src/schema/types/generic.js";
import { rawType, SqlType } from "../../../src/schema/types/type.js";
import type { Cursor } from "./cursor.js";
import { NotUnderstood } from "./cursor.js";

/** Makes a type of the arguments in its parentheses. */
type TypeMaker = (args: readonly string[]) => SqlType;
export type TypeMakers = Readonly<Record<string, TypeMaker>>;

/** An argument that is a number; undefined when there is none. */
export function numberAt(args: readonly string[], position: number): number | undefined {
  const text = args[position];
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!Number.isInteger(number)) throw new NotUnderstood(`${text} is no length`);
  return number;
}

/** A length, which may be MAX on SQL Server. */
export function lengthAt(args: readonly string[]): number | "max" | undefined {
  return args[0]?.toUpperCase() === "MAX" ? "max" : numberAt(args, 0);
}

/** The types that most servers have, under all of their names. */
export const standardMakers: TypeMakers = {
  BIGINT: () => t.BIGINT(),
  INT: () => t.INTEGER(),
  INTEGER: () => t.INTEGER(),
  SMALLINT: () => t.SMALLINT(),
  DECIMAL: (args) => t.DECIMAL(numberAt(args, 0), numberAt(args, 1)),
  DEC: (args) => t.DECIMAL(numberAt(args, 0), numberAt(args, 1)),
  NUMERIC: (args) => t.NUMERIC(numberAt(args, 0), numberAt(args, 1)),
  FLOAT: (args) => t.FLOAT(numberAt(args, 0)),
  REAL: () => t.REAL(),
  DOUBLE: () => t.DOUBLE(),
  "DOUBLE PRECISION": () => t.DOUBLE_PRECISION(),
  CHAR: (args) => t.CHAR(numberAt(args, 0)),
  CHARACTER: (args) => t.CHAR(numberAt(args, 0)),
  VARCHAR: (args) => t.VARCHAR(lengthAt(args)),
  "CHARACTER VARYING": (args) => t.VARCHAR(lengthAt(args)),
  "CHAR VARYING": (args) => t.VARCHAR(lengthAt(args)),
  NCHAR: (args) => t.NCHAR(numberAt(args, 0)),
  NVARCHAR: (args) => t.NVARCHAR(lengthAt(args)),
  TEXT: (args) => t.TEXT(numberAt(args, 0)),
  CLOB: () => t.CLOB(),
  BLOB: () => t.BLOB(),
  BINARY: (args) => t.BINARY(numberAt(args, 0)),
  VARBINARY: (args) => t.VARBINARY(lengthAt(args)),
  BOOLEAN: () => t.BOOLEAN(),
  BOOL: () => t.BOOLEAN(),
  DATE: () => t.DATE(),
  DATETIME: () => t.DATETIME(),
  TIME: () => t.TIME(),
  TIMESTAMP: () => t.TIMESTAMP(),
  JSON: () => t.JSON(),
  UUID: () => t.UUID(),
};

/** The arguments in the parentheses of a type, strings without their quotes. */
export function typeArguments(cursor: Cursor): readonly string[] {
  if (!cursor.isAt("(")) return [];
  return cursor
    .parenthesized()
    .commaSeparated()
    .map((part) => {
      const sign = part.accept("-") ? "-" : "";
      const { kind, value, text } = part.next();
      part.expectEnd();
      return sign + (kind === "string" ? value : text);
    });
}

/**
 * A type by its name and arguments: of a table of makers, or else by its text.
 *
 * @param name the words of the name in capitals, one space between them
 * @param text the type as it was written
 */
export function typeNamed(makers: TypeMakers, name: string, args: readonly string[], text: string): SqlType {
  const maker = Object.hasOwn(makers, name) ? makers[name] : undefined;
  return maker === undefined ? rawType(text) : maker(args);
}

const textTypes: ReadonlySet<string> = new Set([
  ...["CHAR", "VARCHAR", "TEXT", "NCHAR", "NVARCHAR", "CLOB", "NTEXT"],
  ...["TINYTEXT", "MEDIUMTEXT", "LONGTEXT", "enum", "SET"],
]);

/** The same type with a collation, when it is one that holds text. */
export function withCollation(type: SqlType, collation: string): SqlType {
  if (!textTypes.has(type.name)) return type;
  return new SqlType(type.name, { ...type.parameters, collation });
}
