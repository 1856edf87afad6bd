import { enumType } from "./generic.js";
import { displayWidthType, numberType, plain, textType, withOptions } from "./builders.js";
import { standardTypes } from "./standard.js";
import type { BitArguments, SetArguments } from "./type.js";
import { SqlType } from "./type.js";

/** The types of MySQL and MariaDB: https://dev.mysql.com/doc/refman/8.4/en/data-types.html */
export const mysqlTypes = {
  ...standardTypes,
  BIGINT: displayWidthType("BIGINT"),
  BIT: (length?: number) => new SqlType("BIT", { length } satisfies BitArguments),
  DECIMAL: numberType("DECIMAL"),
  DOUBLE: numberType("DOUBLE"),
  ENUM: enumType,
  FLOAT: numberType("FLOAT"),
  INT: displayWidthType("INTEGER"),
  INTEGER: displayWidthType("INTEGER"),
  LONGBLOB: plain("LONGBLOB"),
  LONGTEXT: textType("LONGTEXT"),
  MEDIUMBLOB: plain("MEDIUMBLOB"),
  MEDIUMINT: displayWidthType("MEDIUMINT"),
  MEDIUMTEXT: textType("MEDIUMTEXT"),
  SET: (values: readonly string[], options: Omit<SetArguments, "values"> = {}) =>
    new SqlType("SET", { ...options, values }),
  SMALLINT: displayWidthType("SMALLINT"),
  TIME: withOptions("TIME"),
  TINYBLOB: plain("TINYBLOB"),
  TINYINT: displayWidthType("TINYINT"),
  TINYTEXT: textType("TINYTEXT"),
  YEAR: displayWidthType("YEAR"),
};

/** What MariaDB has besides MySQL's types: https://mariadb.com/kb/en/data-types/ */
export const mariadbTypes = {
  ...mysqlTypes,
  INET4: plain("INET4"),
  INET6: plain("INET6"),
};
