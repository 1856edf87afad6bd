import { binaryType, simple, textType, withOptions } from "./builders.js";
import { timeArguments } from "./arguments.js";
import { standardTypes } from "./standard.js";
import { SqlType } from "./type.js";

/** SQL Server's types: https://learn.microsoft.com/sql/t-sql/data-types/data-types-transact-sql */
export const mssqlTypes = {
  ...standardTypes,
  BIT: () => new SqlType("BIT", {}),
  DATETIME2: withOptions("DATETIME2", timeArguments),
  DATETIMEOFFSET: withOptions("DATETIMEOFFSET", timeArguments),
  IMAGE: simple("IMAGE"),
  MONEY: simple("MONEY"),
  NTEXT: textType("NTEXT"),
  ROWVERSION: simple("ROWVERSION"),
  SMALLDATETIME: simple("SMALLDATETIME"),
  SMALLMONEY: simple("SMALLMONEY"),
  SQL_VARIANT: simple("SQL_VARIANT"),
  TINYINT: simple("TINYINT"),
  UNIQUEIDENTIFIER: simple("UNIQUEIDENTIFIER"),
  VARBINARY: binaryType("VARBINARY"),
  XML: simple("XML"),
};
