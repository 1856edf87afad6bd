import { binaryType, numberType, plain, textType, withOptions } from "./builders.js";
import { standardTypes } from "./standard.js";
import type { ArrayArguments, EnumArguments } from "./type.js";
import { SqlType } from "./type.js";

/** An enumeration: the values, and how the type is named and made where it has a name. */
export function enumType(values: readonly string[], options: Omit<EnumArguments, "values"> = {}): SqlType<"enum"> {
  return new SqlType("enum", { ...options, values });
}

/** An array of another type. */
export function arrayType(item: SqlType, options: Omit<ArrayArguments, "item"> = {}): SqlType<"array"> {
  return new SqlType("array", { ...options, item });
}

/**
 * The types. Generic ones are rendered as each dialect stores them best, exact ones in capitals as they are written.
 *
 * @example column("name", t.string(50)) // name VARCHAR(50), VARCHAR2(50 CHAR) on Oracle
 */
export const t = {
  ...standardTypes,
  ARRAY: arrayType,
  integer: plain("integer"),
  bigInteger: plain("bigInteger"),
  smallInteger: plain("smallInteger"),
  string: textType("string"),
  text: textType("text"),
  unicode: textType("unicode"),
  unicodeText: textType("unicodeText"),
  boolean: withOptions("boolean"),
  date: plain("date"),
  dateTime: withOptions("dateTime"),
  time: withOptions("time"),
  interval: withOptions("interval"),
  float: numberType("float"),
  double: numberType("double"),
  numeric: numberType("numeric"),
  largeBinary: binaryType("largeBinary"),
  enum: enumType,
  json: plain("json"),
  uuid: plain("uuid"),
  array: arrayType,
  null: plain("null"),
  /** A type by its text: `t.raw("geometry(Point, 4326)")`. */
  raw: (text: string) => new SqlType("raw", { text }),
};
