import { exclude } from "../schema/constraints.js";
import { t } from "../schema/types/generic.js";
import { mssqlTypes } from "../schema/types/mssql.js";
import { mariadbTypes, mysqlTypes } from "../schema/types/mysql.js";
import { oracleTypes } from "../schema/types/oracle.js";
import { postgresqlTypes } from "../schema/types/postgresql.js";
import { sqliteTypes } from "../schema/types/sqlite.js";

/** What revisions import that holds functions by name: the types of all dialects, and those of each. */
export const namespaces = {
  t,
  postgresql: { ...postgresqlTypes, exclude },
  mysql: mysqlTypes,
  mariadb: mariadbTypes,
  mssql: mssqlTypes,
  oracle: oracleTypes,
  sqlite: sqliteTypes,
};

export type Namespaces = typeof namespaces;
export type Namespace = keyof Namespaces;

/** What printed text may import from this package. */
export type Imported =
  | Namespace
  | "check"
  | "column"
  | "computed"
  | "foreignKey"
  | "identity"
  | "index"
  | "primaryKey"
  | "quotedName"
  | "references"
  | "sequence"
  | "sql"
  | "table"
  | "unique";

/** Notes what a text imports as it is printed. */
export type Use = (name: Imported) => Imported;

/**
 * The line that imports what printed bodies use.
 *
 * @example importLine(new Set(["t", "column"])) // import { column, t, type Operations } from "sqlembic";
 */
export function importLine(used: ReadonlySet<Imported>): string {
  const names = [...used].sort();
  if (names.length === 0) return 'import type { Operations } from "sqlembic";';
  return `import { ${names.join(", ")}, type Operations } from "sqlembic";`;
}
