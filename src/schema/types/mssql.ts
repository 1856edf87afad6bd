import { binaryType, plain, textType, withOptions } from "./builders.js";
import { timeArguments } from "./arguments.js";
import { standardTypes } from "./standard.js";
import { SqlType } from "./type.js";

/** SQL Server's types: https://learn.microsoft.com/sql/t-sql/data-types/data-types-transact-sql */
export const mssqlTypes = {
  ...standardTypes,
  BIT: () => new SqlType("BIT", {}),
  DATETIME2: withOptions("DATETIME2", timeArguments),
  DATETIMEOFFSET: withOptions("DATETIMEOFFSET", timeArguments),
  IMAGE: plain("IMAGE"),
  MONEY: plain("MONEY"),
  NTEXT: textType("NTEXT"),
  ROWVERSION: plain("ROWVERSION"),
  SMALLDATETIME: plain("SMALLDATETIME"),
  SMALLMONEY: plain("SMALLMONEY"),
  SQL_VARIANT: plain("SQL_VARIANT"),
  TINYINT: plain("TINYINT"),
  UNIQUEIDENTIFIER: plain("UNIQUEIDENTIFIER"),
  VARBINARY: binaryType("VARBINARY"),
  XML: plain("XML"),
};
