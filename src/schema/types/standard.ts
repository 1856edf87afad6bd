import { booleanArguments, timeArguments } from "./arguments.js";
import { binaryType, numberType, simple, textType, withOptions } from "./builders.js";

/** The exact SQL types that are not one dialect's own, in capitals. */
export const standardTypes = {
  BIGINT: simple("BIGINT"),
  BINARY: binaryType("BINARY"),
  BLOB: binaryType("BLOB"),
  BOOLEAN: withOptions("BOOLEAN", booleanArguments),
  CHAR: textType("CHAR"),
  CLOB: textType("CLOB"),
  DATE: simple("DATE"),
  DATETIME: withOptions("DATETIME", timeArguments),
  DECIMAL: numberType("DECIMAL"),
  DOUBLE: numberType("DOUBLE"),
  DOUBLE_PRECISION: numberType("DOUBLE_PRECISION"),
  FLOAT: numberType("FLOAT"),
  INT: simple("INTEGER"),
  INTEGER: simple("INTEGER"),
  JSON: simple("JSON"),
  NCHAR: textType("NCHAR"),
  NUMERIC: numberType("NUMERIC"),
  NVARCHAR: textType("NVARCHAR"),
  REAL: numberType("REAL"),
  SMALLINT: simple("SMALLINT"),
  TEXT: textType("TEXT"),
  TIME: withOptions("TIME", timeArguments),
  TIMESTAMP: withOptions("TIMESTAMP", timeArguments),
  UUID: simple("UUID"),
  VARBINARY: binaryType("VARBINARY"),
  VARCHAR: textType("VARCHAR"),
};
