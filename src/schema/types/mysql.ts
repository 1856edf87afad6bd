import { enumType } from "./generic.js";
import { displayWidthType, numberType, simple, textType, withOptions } from "./builders.js";
import { makeType, timeArguments } from "./arguments.js";
import { standardTypes } from "./standard.js";
import type { BitArguments, SetArguments } from "./type.js";

/** The types of MySQL and MariaDB: https://dev.mysql.com/doc/refman/8.4/en/data-types.html */
export const mysqlTypes = {
  ...standardTypes,
  BIGINT: displayWidthType("BIGINT"),
  BIT: (length?: number) => makeType("BIT", { length } satisfies BitArguments, ["length"]),
  DECIMAL: numberType("DECIMAL"),
  DOUBLE: numberType("DOUBLE"),
  ENUM: enumType,
  FLOAT: numberType("FLOAT"),
  INT: displayWidthType("INTEGER"),
  INTEGER: displayWidthType("INTEGER"),
  LONGBLOB: simple("LONGBLOB"),
  LONGTEXT: textType("LONGTEXT"),
  MEDIUMBLOB: simple("MEDIUMBLOB"),
  MEDIUMINT: displayWidthType("MEDIUMINT"),
  MEDIUMTEXT: textType("MEDIUMTEXT"),
  SET: (values: readonly string[], options: Omit<SetArguments, "values"> = {}) =>
    makeType("SET", { ...options, values }, ["values", "charset", "collation"]),
  SMALLINT: displayWidthType("SMALLINT"),
  TIME: withOptions("TIME", timeArguments),
  TINYBLOB: simple("TINYBLOB"),
  TINYINT: displayWidthType("TINYINT"),
  TINYTEXT: textType("TINYTEXT"),
  /** MySQL 9 and MariaDB 11.7: so many numbers. */
  VECTOR: (dimensions?: number) => makeType("VECTOR", { dimensions }, ["dimensions"]),
  YEAR: displayWidthType("YEAR"),
};

/** What MariaDB has besides MySQL's types: https://mariadb.com/kb/en/data-types/ */
export const mariadbTypes = {
  ...mysqlTypes,
  INET4: simple("INET4"),
  INET6: simple("INET6"),
};
