import { binaryType, numberType, simple, textType, withOptions } from "./builders.js";
import { booleanArguments, enumArguments, intervalArguments, makeType, timeArguments } from "./arguments.js";
import { standardTypes } from "./standard.js";
import type { ArrayArguments, EnumArguments } from "./type.js";
import type { SqlType } from "./type.js";

/**
 * An enumeration: the values, and how the type is named and made where it has a name. A type that exists already is meant
 * by its name alone: `postgresql.ENUM([], { name: "mood", createType: false })`.
 */
export function enumType(values: readonly string[], options: Omit<EnumArguments, "values"> = {}): SqlType<"enum"> {
  return makeType("enum", { ...options, values }, enumArguments);
}

/** An array of another type. */
export function arrayType(item: SqlType, options: Omit<ArrayArguments, "item"> = {}): SqlType<"array"> {
  return makeType("array", { ...options, item }, ["item", "dimensions"]);
}

/**
 * The types. Generic ones are rendered as each dialect stores them best, exact ones in capitals as they are written.
 *
 * @example column("name", t.string(50)) // name VARCHAR(50), VARCHAR2(50 CHAR) on Oracle
 */
export const t = {
  ...standardTypes,
  ARRAY: arrayType,
  integer: simple("integer"),
  bigInteger: simple("bigInteger"),
  smallInteger: simple("smallInteger"),
  string: textType("string"),
  text: textType("text"),
  unicode: textType("unicode"),
  unicodeText: textType("unicodeText"),
  boolean: withOptions("boolean", booleanArguments),
  date: simple("date"),
  dateTime: withOptions("dateTime", timeArguments),
  time: withOptions("time", timeArguments),
  interval: withOptions("interval", intervalArguments),
  float: numberType("float"),
  double: numberType("double"),
  numeric: numberType("numeric"),
  largeBinary: binaryType("largeBinary"),
  enum: enumType,
  json: simple("json"),
  uuid: simple("uuid"),
  array: arrayType,
  null: simple("null"),
  /** Bytes that SQLAlchemy's PickleType keeps Python objects in: its column is one of `t.largeBinary()`. */
  pickleType: simple("largeBinary"),
  /** A type by its text: `t.raw("geometry(Point, 4326)")`. */
  raw: (text: string) => makeType("raw", { text }, ["text"]),
};
