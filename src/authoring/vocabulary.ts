import type { Column, Computed, Identity, Sequence } from "../schema/columns.js";
import { exclude, type Constraint, type Reference } from "../schema/constraints.js";
import type { Index } from "../schema/indexes.js";
import type { Table } from "../schema/tables.js";
import type { SqlType } from "../schema/types/type.js";
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

/** What is written by a call of its own, and may be written by another one. */
export type RenderedItem = Column | Constraint | Index | Table | Reference | Identity | Computed | Sequence | SqlType;

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
type Use = (name: Imported) => Imported;

/** What text is printed with. */
export interface Wording {
  readonly use: Use;
  /** The text that a project gives an item or type of its own; undefined: the usual one. */
  readonly rendered: (item: RenderedItem) => string | undefined;
}

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
