import { binaryType, numberType, simple, textType, withOptions } from "./builders.js";
import { intervalArguments } from "./arguments.js";
import { standardTypes } from "./standard.js";

/** Oracle's types: https://docs.oracle.com/en/database/oracle/oracle-database/23/sqlrf/Data-Types.html */
export const oracleTypes = {
  ...standardTypes,
  BFILE: simple("BFILE"),
  BINARY_DOUBLE: simple("BINARY_DOUBLE"),
  BINARY_FLOAT: simple("BINARY_FLOAT"),
  INTERVAL: withOptions("INTERVAL", intervalArguments),
  LONG: simple("LONG"),
  NCLOB: textType("NCLOB"),
  NUMBER: numberType("NUMBER"),
  NVARCHAR2: textType("NVARCHAR2"),
  RAW: binaryType("RAW"),
  ROWID: simple("ROWID"),
  VARCHAR2: textType("VARCHAR2"),
  VECTOR: withOptions("VECTOR", ["dimensions", "storageFormat", "storageType"]),
};
