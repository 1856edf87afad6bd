import type { Column } from "../../schema/columns.js";
import { computedOf, defaultOf, identityOf } from "../../schema/columns.js";
import type { Constraint, ForeignKey } from "../../schema/constraints.js";
import { isSqlText } from "../../schema/expressions.js";
import type { Index } from "../../schema/indexes.js";
import { nameText } from "../../schema/names.js";
import type { Table } from "../../schema/tables.js";
import { countsUp, isNullableIn, withoutSilentCounting } from "../../schema/tables.js";
import { catalogKey } from "../catalog-key.js";
import type { Catalog } from "../catalog.js";
import { settledTable } from "../settled.js";
import type { Change, ChangeDefinition, QualifiedName } from "./change.js";
import { knownTable } from "./known-tables.js";

/** What of a table is copied with its columns, besides names, types and NOT NULL. */
export interface CopiedParts {
  readonly comments: boolean;
  readonly constraints: boolean;
  readonly defaults: boolean;
  readonly generated: boolean;
  readonly identity: boolean;
  readonly indexes: boolean;
}

/** A LIKE among the columns of a new table. */
export interface LikeClause {
  readonly model: QualifiedName;
  readonly parts: CopiedParts;
  /** How many of the table's own columns stand before it. */
  readonly place: number;
}

/** PostgreSQL's `CREATE TABLE t (LIKE s INCLUDING …, …)`: a table with the columns of others among its own. */
export interface CreateTableLike extends Change {
  readonly change: "createTableLike";
  readonly table: Table;
  readonly likes: readonly LikeClause[];
  readonly ifNotExists: boolean;
}

/** MySQL's `CREATE TABLE t LIKE s`: all but the foreign keys, whose indexes come along. */
export interface CopyTable extends Change {
  readonly change: "copyTable";
  readonly model: QualifiedName;
  readonly to: QualifiedName;
  readonly ifNotExists: boolean;
  /** MySQL names all checks anew, MariaDB does not. */
  readonly checksKeepNames: boolean;
}

/** The catalog with a table that is made out of others; `make` gives undefined when these are not known. */
function withTableOfOthers(
  catalog: Catalog,
  target: QualifiedName,
  ifNotExists: boolean,
  make: () => Table | undefined,
): Catalog | undefined {
  const isThere = catalog.table(target.schema, target.name) !== undefined;
  if (isThere) return ifNotExists ? catalog : undefined;
  const table = make();
  return table === undefined ? undefined : catalog.withTable(settledTable(catalog, table, table));
}

function copiedColumn(column: Column, model: Table, parts: CopiedParts): Column {
  const identity = parts.identity ? identityOf(column) : undefined;
  const computed = parts.generated ? computedOf(column) : undefined;
  const value = parts.defaults ? defaultOf(column) : undefined;
  return {
    ...column,
    type: column.type,
    nullable: isNullableIn(model, column),
    primaryKey: false,
    autoincrement: false,
    serverDefault: identity ?? computed ?? value,
    checks: parts.constraints ? column.checks : [],
    comment: parts.comments ? column.comment : undefined,
  };
}

function hasSerial(table: Table): boolean {
  return table.columns.some((column) => column.autoincrement === true || countsUp(table, column));
}

function nameless({ impliedName: _old, ...constraint }: Constraint): Constraint {
  return { ...constraint, name: undefined };
}

function copiedConstraints(model: Table, parts: CopiedParts): readonly Constraint[] {
  return model.constraints.flatMap((constraint): readonly Constraint[] => {
    switch (constraint.kind) {
      case "check": {
        const { impliedName, ...check } = constraint;
        return parts.constraints ? [{ ...check, name: check.name ?? impliedName }] : [];
      }
      case "foreignKey":
        return [];
      default:
        return parts.indexes ? [nameless(constraint)] : [];
    }
  });
}

/** Indexes get names of their own; undefined when one cannot be foretold. */
function withIndexesOf(table: Table, models: readonly Table[], catalog: Catalog): Table | undefined {
  let indexes: readonly Index[] = table.indexes;
  for (const index of models.flatMap((model) => model.indexes)) {
    const name = catalog.impliedIndexName(index, { ...table, indexes });
    if (name === undefined) return undefined;
    indexes = [...indexes, { ...index, name }];
  }
  return { ...table, indexes };
}

/**
 * A new table with the columns of others among its own; undefined when these are not known. A serial that is copied with
 * its default counts the sequence of the other table, whose name the catalog does not keep.
 * https://www.postgresql.org/docs/current/sql-createtable.html
 */
function withLikes({ table: own, likes }: CreateTableLike, catalog: Catalog): Table | undefined {
  const columns = [...own.columns];
  const constraints = [...own.constraints];
  const indexed: Table[] = [];
  let inserted = 0;
  for (const { model: written, parts, place } of likes) {
    const model = knownTable(catalog, written);
    if (model === undefined || (parts.defaults && hasSerial(model))) return undefined;
    columns.splice(place + inserted, 0, ...model.columns.map((column) => copiedColumn(column, model, parts)));
    inserted += model.columns.length;
    constraints.push(...copiedConstraints(model, parts));
    if (parts.indexes) indexed.push(model);
  }
  return withIndexesOf(withoutSilentCounting({ ...own, columns, constraints }), indexed, catalog);
}

function nameOf({ schema, name }: Table): QualifiedName {
  return { schema: schema === undefined ? undefined : nameText(schema), name: nameText(name) };
}

export const createTableLike: ChangeDefinition<CreateTableLike> = {
  keys: ({ table: { schema, name } }) => [catalogKey(schema, name)],
  apply: (catalog, change) =>
    withTableOfOthers(catalog, nameOf(change.table), change.ifNotExists, () => withLikes(change, catalog)),
};

/** Whether these columns come first in an index. */
function begins(columns: Index["columns"], key: ForeignKey): boolean {
  return key.columns.every((name, position) => {
    const column = columns[position];
    return (
      column !== undefined && !isSqlText(column) && nameText(column).toLowerCase() === nameText(name).toLowerCase()
    );
  });
}

/** The index that the server makes for a foreign key which finds none; it is no part of the key. */
function indexOfKey(key: ForeignKey, table: Table, catalog: Catalog): Index | undefined {
  const keys = table.constraints.flatMap((constraint) =>
    constraint.kind === "unique" || constraint.kind === "primaryKey" ? [constraint.columns] : [],
  );
  if ([...keys, ...table.indexes.map(({ columns }) => columns)].some((columns) => begins(columns, key))) {
    return undefined;
  }
  const index: Index = { kind: "index", name: undefined, columns: key.columns, unique: false, options: {} };
  return { ...index, name: key.name ?? catalog.impliedIndexName(index, table) };
}

/** https://dev.mysql.com/doc/refman/8.4/en/create-table-like.html */
function copyOf(model: Table, { to, checksKeepNames }: CopyTable, catalog: Catalog): Table {
  let { indexes } = model;
  for (const constraint of model.constraints) {
    if (constraint.kind !== "foreignKey") continue;
    const index = indexOfKey(constraint, { ...model, indexes }, catalog);
    if (index !== undefined) indexes = [...indexes, index];
  }
  const copied = <C extends Constraint>(constraint: C): C =>
    constraint.kind === "check" && !checksKeepNames
      ? { ...constraint, name: undefined, impliedName: undefined }
      : constraint;
  return {
    ...model,
    schema: to.schema,
    name: to.name,
    columns: model.columns.map((column) => ({ ...column, checks: column.checks.map(copied) })),
    constraints: model.constraints.filter(({ kind }) => kind !== "foreignKey").map(copied),
    indexes,
  };
}

export const copyTable: ChangeDefinition<CopyTable> = {
  keys: ({ to }) => [catalogKey(to.schema, to.name)],
  apply: (catalog, change) =>
    withTableOfOthers(catalog, change.to, change.ifNotExists, () => {
      const model = knownTable(catalog, change.model);
      return model && copyOf(model, change, catalog);
    }),
};
