import type { Dialect } from "../../src/compiler/dialect.js";
import { mysql } from "../mysql/index.js";
import { dropConstraintWith } from "../mysql/operations.js";
import { mariadbImpliedName, rules } from "../mysql/rules.js";
import { mariadbServerRules } from "../mysql/server-rules.js";
import { featureVersions } from "./features.js";
import { openEndOf } from "../shared/sql-text/open-ends.js";
import { lexicalRules } from "./lexical-rules.js";
import { reserved } from "./reserved.js";
import { script } from "./script/index.js";

/**
 * MariaDB 10.3 to 12: MySQL's dialect, with what differs. Options of a `mysql` group apply unless a `mariadb` group
 * says otherwise.
 */
export const mariadb: Dialect = {
  ...mysql,
  name: "mariadb",
  title: "MariaDB",
  optionGroups: ["mariadb", "mysql"],
  defaultVersion: "10.11",
  oldestVersion: "10.3",
  series: ["10", "11", "12"],
  featureVersions,
  openEnd: (sql) => openEndOf(sql, lexicalRules),
  script,
  rules: {
    ...rules,
    impliedName: mariadbImpliedName,
    // https://mariadb.com/kb/en/server-system-variables/#foreign_key_checks
    dropsKeysUnchecked: true,
    // https://mariadb.com/kb/en/create-table/#default-column-option
    defaultsNameColumns: true,
  },
  serverRules: mariadbServerRules,
  identifiers: { ...mysql.identifiers, reserved },
  operations: { ...mysql.operations, dropConstraint: dropConstraintWith("CONSTRAINT") },
  loadParser: async () => (await import("./parser.js")).loadParser(),
  loadReader: async () => (await import("./reader/reader.js")).loadReader(),
  loadNormalForm: async () => (await import("./normal-form.js")).loadNormalForm(),
};
