import type { Catalog } from "./catalog.js";
import { followColumnInBodies } from "./dependent-bodies.js";
import type { TableName } from "./body-references.js";
import { withSequencesOwned } from "./owned-sequences.js";
import type { CatalogRules } from "./rules.js";
import { renameMentions } from "../schema/column-mentions.js";
import type { Column } from "../schema/columns.js";
import type { Check, Constraint } from "../schema/constraints.js";
import { sameData } from "../schema/equality.js";
import { expandTable } from "../schema/expansion.js";
import { isSqlText } from "../schema/expressions.js";
import type { Index } from "../schema/indexes.js";
import type { Name } from "../schema/names.js";
import { nameText, sameName } from "../schema/names.js";
import type { Table } from "../schema/tables.js";
import {
  constraintMentions,
  indexMentions,
  renameInColumn,
  renameInConstraint,
  renameInIndex,
} from "./column-references.js";

export function findColumn(table: Table | undefined, name: Name): Column | undefined {
  return table?.columns.find((column) => sameName(column.name, name));
}

/** Where SQL text puts a column: the FIRST and AFTER of MySQL. */
export type ColumnPosition = "first" | { readonly after: Name };

/** The columns with one of them in another place; as they are when the neighbour is not known. */
export function withColumnAt(
  columns: readonly Column[],
  moved: readonly Column[],
  position: ColumnPosition,
): readonly Column[] {
  const others = columns.filter((column) => !moved.includes(column));
  if (position === "first") return [...moved, ...others];
  const at = others.findIndex(({ name }) => sameName(name, position.after)) + 1;
  return at === 0 ? columns : [...others.slice(0, at), ...moved, ...others.slice(at)];
}

/**
 * Replaces one column. A new name is carried into everything of the table that names the column, also inside SQL text;
 * a new type takes the check of the old one away and brings its own.
 */
export function changeColumn(table: Table, name: Name, changed: Column): Table {
  const old = findColumn(table, name);
  const retyped = old === undefined || old.type === changed.type ? table : withTypeCheck(table, changed, name);
  const replaced = {
    ...retyped,
    columns: retyped.columns.map((column) => (sameName(column.name, name) ? changed : column)),
  };
  return sameName(changed.name, name) ? replaced : renameReferences(replaced, name, changed.name);
}

/** The table with the check that stands for a column's new type instead of the old type's. */
function withTypeCheck(table: Table, changed: Column, name: Name): Table {
  const alone = { ...changed, name, type: changed.type, primaryKey: false, checks: [] };
  const { constraints } = expandTable({ ...table, columns: [alone], constraints: [], indexes: [] }, undefined);
  const others = table.constraints.filter(
    (constraint) => !(constraint.kind === "check" && sameName(constraint.boundTo, name)),
  );
  return { ...table, constraints: [...others, ...constraints] };
}

function renameReferences(table: Table, from: Name, to: Name): Table {
  return {
    ...table,
    columns: table.columns.map((column) => renameInColumn(column, from, to)),
    constraints: table.constraints.map((constraint) => renameInConstraint(constraint, from, to, table)),
    indexes: table.indexes.map((index) => renameInIndex(index, from, to)),
  };
}

/**
 * A table under another name or in another schema, and with it the names that the server made of the old name, where it
 * keeps them true.
 */
export function renamedTable(
  table: Table,
  { schema, name: to }: TableName,
  { impliedNamesFollowTable }: CatalogRules,
): Table {
  if (impliedNamesFollowTable !== true) return { ...table, schema, name: to };
  const beginning = `${nameText(table.name)}_`;
  const constraints = table.constraints.map((constraint) =>
    constraint.impliedName?.startsWith(beginning) === true
      ? { ...constraint, impliedName: `${nameText(to)}_${constraint.impliedName.slice(beginning.length)}` }
      : constraint,
  );
  return { ...table, schema, name: to, constraints };
}

/** A table whose foreign keys refer to another one under its new name, or in its new schema. */
function withReferencesTo(table: Table, from: TableName, to: TableName): Table {
  const constraints = table.constraints.map((constraint) =>
    constraint.kind === "foreignKey" &&
    sameName(constraint.referredTable, from.name) &&
    sameName(constraint.referredSchema, from.schema)
      ? { ...constraint, referredTable: to.name, referredSchema: to.schema }
      : constraint,
  );
  return { ...table, constraints };
}

/** The foreign keys of all tables that refer to a table, under its new name or in its new schema. */
export function followRenamedTable(catalog: Catalog, from: TableName, to: TableName): Catalog {
  return catalog
    .tablesReferringTo(from.schema, from.name)
    .reduce((current, table) => current.withTable(withReferencesTo(table, from, to)), catalog);
}

function withDefaultsRenamed(catalog: Catalog, { schema, name }: Table, from: Name, to: Name): Catalog {
  return catalog.changeTable(schema, name, (table) => ({
    ...table,
    columns: table.columns.map((column) =>
      isSqlText(column.serverDefault)
        ? { ...column, type: column.type, serverDefault: renameMentions(column.serverDefault, from, to) }
        : column,
    ),
  }));
}

/** The foreign keys of all tables and the bodies that refer to a column, under its new name. */
export function followRenamedColumn(catalog: Catalog, table: Table, from: Name, to: Name): Catalog {
  const own = catalog.rules.defaultsNameColumns === true ? withDefaultsRenamed(catalog, table, from, to) : catalog;
  const owned = withSequencesOwned(own, table, (name, column) => [
    name,
    column === nameText(from) ? nameText(to) : column,
  ]);
  let result = followColumnInBodies(owned, table, from, to);
  for (const other of catalog.tablesReferringTo(table.schema, table.name)) {
    const constraints = other.constraints.map((constraint) => {
      if (constraint.kind !== "foreignKey" || !constraint.referredColumns.some((name) => sameName(name, from))) {
        return constraint;
      }
      if (!sameName(constraint.referredTable, table.name) || !sameName(constraint.referredSchema, table.schema)) {
        return constraint;
      }
      const referredColumns = constraint.referredColumns.map((name) => (sameName(name, from) ? to : name));
      return { ...constraint, referredColumns };
    });
    if (constraints.some((constraint, position) => constraint !== other.constraints[position])) {
      result = result.withTable({ ...other, constraints });
    }
  }
  return result;
}

/** A key or index without one of its columns; undefined where none is left. */
function shrunk<K extends Constraint | Index>(item: K, name: Name): K | undefined {
  if (item.kind !== "primaryKey" && item.kind !== "unique" && item.kind !== "index") return undefined;
  const columns = item.columns.filter((column) => isSqlText(column) || !sameName(column, name));
  return columns.length === 0 ? undefined : { ...item, columns };
}

/** Takes a column out, and with it the constraints and indexes that name it, as servers do. */
export function removeColumn(table: Table, name: Name, { shrinksKeys }: CatalogRules): Table {
  const rest = <K extends Constraint | Index>(item: K): readonly K[] => {
    const left = shrinksKeys === true ? shrunk(item, name) : undefined;
    return left === undefined ? [] : [left];
  };
  const columns = table.columns.filter((column) => !sameName(column.name, name));
  return {
    ...table,
    columns: columns.map((column) =>
      withChecks(
        column,
        column.checks.filter((check) => !constraintMentions(check, name)),
      ),
    ),
    constraints: table.constraints.flatMap((constraint) =>
      constraintMentions(constraint, name) ? rest(constraint) : [constraint],
    ),
    indexes: table.indexes.flatMap((index) => (indexMentions(index, name) ? rest(index) : [index])),
  };
}

function withChecks(column: Column, checks: readonly Check[]): Column {
  return checks.length === column.checks.length ? column : { ...column, type: column.type, checks };
}

/** Whether a constraint has that name: its own, or the one that the server gave it. */
export function constraintIsNamed(constraint: Constraint, name: Name): boolean {
  return constraint.name === undefined
    ? constraint.impliedName === nameText(name)
    : nameText(constraint.name) === nameText(name);
}

/** Whether two constraints have one name and say the same. */
export function isSameConstraint(one: Constraint, other: Constraint): boolean {
  const { name, impliedName: _implied, ...rest } = one;
  const { name: otherName, impliedName: _other, ...otherRest } = other;
  return name !== undefined && sameName(name, otherName) && sameData(rest, otherRest);
}

/** A constraint under another name, which from then on is its own. */
export function renamedConstraint<C extends Constraint>(constraint: C, to: Name): C {
  const { impliedName: _old, ...rest } = constraint;
  return { ...rest, name: to } as C;
}

/** The table with a constraint of its own, or of one of its columns, under another name. */
export function withRenamedConstraint(table: Table, from: Name, to: Name): Table {
  const rename = <C extends Constraint>(constraint: C): C =>
    constraintIsNamed(constraint, from) ? renamedConstraint(constraint, to) : constraint;
  return {
    ...table,
    columns: table.columns.map((column) =>
      column.checks.length === 0 ? column : { ...column, type: column.type, checks: column.checks.map(rename) },
    ),
    constraints: table.constraints.map(rename),
  };
}

/**
 * Takes the constraint of that name out; a primary key also by its kind, since it is often dropped without a name. The
 * columns of a primary key stay NOT NULL without it.
 */
export function removeConstraint(table: Table, name: Name | undefined, kind?: Constraint["kind"]): Table {
  const dropped = (constraint: Constraint): boolean =>
    (name !== undefined && constraintIsNamed(constraint, name)) ||
    (kind === "primaryKey" && constraint.kind === "primaryKey");
  const keyColumns = table.constraints
    .filter((constraint) => constraint.kind === "primaryKey" && dropped(constraint))
    .flatMap((constraint) => (constraint.kind === "primaryKey" ? constraint.columns : []));
  const withoutKey = (column: Column): Column =>
    keyColumns.some((key) => sameName(key, column.name))
      ? { ...column, type: column.type, primaryKey: false, nullable: column.nullable ?? false }
      : column;
  return {
    ...table,
    columns: table.columns.map((column) =>
      withChecks(
        withoutKey(column),
        column.checks.filter((check) => !dropped(check)),
      ),
    ),
    constraints: table.constraints.filter((constraint) => !dropped(constraint)),
  };
}

/** The index of that name, on whichever table it is. */
export function indexNamed(table: Table, name: Name): Index | undefined {
  return table.indexes.find((index) => index.name !== undefined && nameText(index.name) === nameText(name));
}
