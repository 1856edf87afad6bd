import { OperationError } from "../errors.js";
import type { Column } from "./columns.js";
import { isNullable } from "./columns.js";
import type { Constraint, PrimaryKey } from "./constraints.js";
import type { DialectOptions } from "./dialect-names.js";
import type { TableDialectOptions } from "./dialect-options.js";
import { takeOptions } from "./take-options.js";
import type { Index } from "./indexes.js";
import type { Name } from "./names.js";
import { nameText } from "./names.js";

/** What stands between the parentheses of a table. */
export type TableItem = Column | Constraint | Index;

/** A table, as data. */
export interface Table {
  readonly kind: "table";
  readonly name: Name;
  readonly schema: Name | undefined;
  readonly columns: readonly Column[];
  readonly constraints: readonly Constraint[];
  readonly indexes: readonly Index[];
  readonly comment: string | undefined;
  /** Words between CREATE and TABLE, such as TEMPORARY. */
  readonly prefixes: readonly string[];
  readonly options: DialectOptions;
}

export interface TableOptions extends TableDialectOptions {
  readonly schema?: Name | null;
  readonly comment?: string | null;
  readonly prefixes?: readonly string[];
  readonly info?: Readonly<Record<string, unknown>>;
}

export const tableOptionNames = ["schema", "comment", "prefixes", "info"];

/** Makes a table from its items and options, for `table` and `op.createTable`. */
export function makeTable(
  where: string,
  name: Name,
  items: readonly TableItem[],
  options: TableOptions,
  otherOptions: readonly string[] = [],
): Table {
  const groups = takeOptions(where, options, [...tableOptionNames, ...otherOptions], "table");
  if (!Array.isArray(items)) {
    throw new OperationError("items-not-a-list", `${where}: the second argument is not a list of columns.`, {
      hint: 'Write the columns and constraints in one array: [column("id", t.integer()), …].',
    });
  }
  const columns: Column[] = [];
  const constraints: Constraint[] = [];
  const indexes: Index[] = [];
  for (const item of items as readonly (TableItem | undefined)[]) {
    if (item?.kind === "column") columns.push(item);
    else if (item?.kind === "index") indexes.push(item);
    else if (item?.kind !== undefined) constraints.push(item);
    else {
      throw new OperationError(
        "not-a-table-item",
        `${where}: an item is neither a column, a constraint nor an index.`,
        {
          hint: "Items are made by column(), primaryKey(), unique(), foreignKey(), check() and index().",
        },
      );
    }
  }
  return {
    kind: "table",
    name,
    schema: options.schema ?? undefined,
    columns,
    constraints,
    indexes,
    comment: options.comment ?? undefined,
    prefixes: options.prefixes ?? [],
    options: groups,
  };
}

/**
 * A table outside any schema: rows for `op.bulkInsert`, the old table for `copyFrom`, a target for autogenerate.
 *
 * @example table("account", [column("id", t.integer()), column("name", t.string())])
 */
export function table(name: Name, items: readonly TableItem[], options: TableOptions = {}): Table {
  return makeTable(`table("${nameText(name)}")`, name, items, options);
}

/** All constraints of a table, also the checks that stand on its columns: to a server they are the same. */
export function constraintsOf(table: Table): readonly Constraint[] {
  // most tables have no checks on their columns: those are not copied
  if (!table.columns.some((column) => column.checks.length > 0)) return table.constraints;
  return [...table.constraints, ...table.columns.flatMap((column) => column.checks)];
}

/** The primary key: the one that is written as a constraint, or else the columns marked as such, in order. */
export function primaryKeyOf(table: Pick<Table, "columns" | "constraints">): PrimaryKey | undefined {
  const explicit = table.constraints.find((constraint) => constraint.kind === "primaryKey");
  if (explicit !== undefined) return explicit;
  const columns = table.columns.filter((column) => column.primaryKey);
  if (columns.length === 0) return undefined;
  return {
    kind: "primaryKey",
    name: undefined,
    columns: columns.map((column) => column.name),
    options: {},
  };
}

const integerTypes: ReadonlySet<string> = new Set([
  "integer",
  "bigInteger",
  "smallInteger",
  "INTEGER",
  "BIGINT",
  "SMALLINT",
  "MEDIUMINT",
  "TINYINT",
]);

/**
 * The column that the server fills by counting, by SQLAlchemy's rule: the only primary key column, of an integer type,
 * without default and foreign key, unless `autoincrement` says otherwise.
 */
export function autoincrementColumn(table: Pick<Table, "columns" | "constraints">): Column | undefined {
  const key = primaryKeyOf(table);
  if (key === undefined) return undefined;
  const names = key.columns.map(nameText);
  const columns = table.columns.filter((column) => names.includes(nameText(column.name)));
  const asked = columns.find(isAsked);
  if (asked !== undefined) return asked;
  const [only] = columns;
  if (only === undefined || columns.length > 1 || names.length > 1) return undefined;
  if (only.autoincrement === false || !integerTypes.has(only.type.name)) return undefined;
  const inForeignKey =
    only.references.length > 0 ||
    table.constraints.some(
      (constraint) =>
        constraint.kind === "foreignKey" && constraint.columns.some((name) => nameText(name) === nameText(only.name)),
    );
  if (inForeignKey && only.autoincrement !== "ignoreForeignKey") return undefined;
  return only.serverDefault === undefined ? only : undefined;
}

function isAsked({ autoincrement }: Column): boolean {
  return autoincrement === true || autoincrement === "always";
}

/** Whether the server fills a column of a table by counting. */
export function countsUp(table: Pick<Table, "columns" | "constraints">, column: Column): boolean {
  return column.autoincrement === "always" || autoincrementColumn(table) === column;
}

/** Whether a column of a table takes NULL, its part in a primary key constraint included. */
export function isNullableIn(table: Pick<Table, "columns" | "constraints">, column: Column): boolean {
  if (column.nullable !== undefined || column.primaryKey) return isNullable(column);
  const key = primaryKeyOf(table);
  const inKey = key?.columns.some((name) => nameText(name) === nameText(column.name)) ?? false;
  return isNullable(column) && !inKey;
}

/**
 * A table whose text says all about counting: what says nothing of it does not count. SQLite is not asked, where every
 * whole-number key counts.
 */
export function withoutSilentCounting(table: Table): Table {
  const counted = autoincrementColumn(table);
  if (counted === undefined) return table;
  const autoincrement = isAsked(counted);
  const columns = table.columns.map((column) => (column === counted ? { ...column, autoincrement } : column));
  return { ...table, columns };
}
