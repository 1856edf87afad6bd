import { booleanArguments, timeArguments } from "./arguments.js";
import { binaryType, numberType, plain, textType, withOptions } from "./builders.js";

/** The exact SQL types that are not one dialect's own, in capitals. */
export const standardTypes = {
  BIGINT: plain("BIGINT"),
  BINARY: binaryType("BINARY"),
  BLOB: binaryType("BLOB"),
  BOOLEAN: withOptions("BOOLEAN", booleanArguments),
  CHAR: textType("CHAR"),
  CLOB: textType("CLOB"),
  DATE: plain("DATE"),
  DATETIME: withOptions("DATETIME", timeArguments),
  DECIMAL: numberType("DECIMAL"),
  DOUBLE: numberType("DOUBLE"),
  DOUBLE_PRECISION: numberType("DOUBLE_PRECISION"),
  FLOAT: numberType("FLOAT"),
  INT: plain("INTEGER"),
  INTEGER: plain("INTEGER"),
  JSON: plain("JSON"),
  NCHAR: textType("NCHAR"),
  NUMERIC: numberType("NUMERIC"),
  NVARCHAR: textType("NVARCHAR"),
  REAL: numberType("REAL"),
  SMALLINT: plain("SMALLINT"),
  TEXT: textType("TEXT"),
  TIME: withOptions("TIME", timeArguments),
  TIMESTAMP: withOptions("TIMESTAMP", timeArguments),
  UUID: plain("UUID"),
  VARBINARY: binaryType("VARBINARY"),
  VARCHAR: textType("VARCHAR"),
};
