import { binaryType, numberType, plain, textType, withOptions } from "./builders.js";
import { intervalArguments } from "./arguments.js";
import { standardTypes } from "./standard.js";

/** Oracle's types: https://docs.oracle.com/en/database/oracle/oracle-database/23/sqlrf/Data-Types.html */
export const oracleTypes = {
  ...standardTypes,
  BFILE: plain("BFILE"),
  BINARY_DOUBLE: plain("BINARY_DOUBLE"),
  BINARY_FLOAT: plain("BINARY_FLOAT"),
  INTERVAL: withOptions("INTERVAL", intervalArguments),
  LONG: plain("LONG"),
  NCLOB: textType("NCLOB"),
  NUMBER: numberType("NUMBER"),
  NVARCHAR2: textType("NVARCHAR2"),
  RAW: binaryType("RAW"),
  ROWID: plain("ROWID"),
  VARCHAR2: textType("VARCHAR2"),
  VECTOR: withOptions("VECTOR", ["dimensions", "storageFormat", "storageType"]),
};
