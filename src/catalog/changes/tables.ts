import type { Constraint, ForeignKey } from "../../schema/constraints.js";
import { nameText, sameName } from "../../schema/names.js";
import { constraintsOf, type Table } from "../../schema/tables.js";
import { catalogKey } from "../catalog-key.js";
import type { Catalog, Unknown } from "../catalog.js";
import type { TableName } from "../body-references.js";
import { dependentBodies } from "../dependent-bodies.js";
import { othersOf } from "../others.js";
import { hangsOn, keysNeeding, withoutObjectsOf, withRenamedTable } from "../dependents.js";
import { constraintIsNamed, withRenamedConstraint } from "../table-changes.js";
import type { Change, ChangeDefinition, QualifiedName } from "./change.js";
import { relationKinds, renameObject } from "./objects.js";
import { knownTable, neverMet } from "./known-tables.js";

/** A table goes to another schema. */
export interface MoveTable extends Change {
  readonly change: "moveTable";
  readonly from: QualifiedName;
  readonly to: QualifiedName;
}

/**
 * What depends on a table or view, on a column or on a key goes before it, by CASCADE: foreign keys of other tables, and
 * the views that keep the server from dropping it, with the views on these.
 */
export interface DropReferences extends Change {
  readonly change: "dropReferences";
  readonly table: QualifiedName;
  readonly column?: string;
  /** The name of a constraint. */
  readonly constraint?: string;
  /** A key without its name. */
  readonly key?: "primaryKey" | { readonly uniqueOf: readonly string[] };
}

/** What has that name gets another, and the text does not say of which kind it is: `RENAME a TO b`, `sp_rename`. */
export interface RenameAny extends Change {
  readonly change: "renameAny";
  readonly from: QualifiedName;
  readonly to: string;
  /** It may also be a constraint, which has its name in the schema there. */
  readonly orConstraint: boolean;
}

function refersTo(constraint: Constraint, { schema, name }: QualifiedName): boolean {
  return (
    constraint.kind === "foreignKey" &&
    sameName(constraint.referredTable, name) &&
    sameName(constraint.referredSchema, schema)
  );
}

/**
 * Whether all that hangs on a table follows it to another schema. Partitions do not: they stay where they are, and a
 * catalog has them in the schema of their table.
 */
function isFollowed(catalog: Catalog, { schema, name }: Table): boolean {
  const isPart = catalog.objects.values().some((object) => {
    const isOwn = sameName(object.name, name) && sameName(object.schema, schema);
    return object.kind === "partition" && (isOwn || hangsOn(object, schema, name));
  });
  if (isPart) return false;
  const parts = catalog.objects.values().filter((object) => hangsOn(object, schema, name));
  // the texts of what is known by these alone may name the schema in any place
  if (othersOf(catalog, { schema, name }).length > 0) return false;
  return parts.length === 0 || catalog.rules.dependents?.tracksMentions === true;
}

export const moveTable: ChangeDefinition<MoveTable> = {
  keys: ({ from, to }) => [catalogKey(from.schema, from.name), catalogKey(to.schema, to.name)],
  apply(catalog, { from, to }, because) {
    const table = knownTable(catalog, from);
    const kind = relationKinds.find((one) => catalog.object(one, from.schema, from.name) !== undefined);
    if (table === undefined && kind !== undefined) {
      return renameObject.apply(catalog, { change: "renameObject", kind, from, to }, because);
    }
    if (table === undefined) return neverMet(catalog, from) ? catalog : undefined;
    if (catalog.table(to.schema, to.name) !== undefined || !isFollowed(catalog, table)) return undefined;
    return withRenamedTable(catalog, table, to, because.origin);
  },
};

function isDropped(known: Constraint, { constraint, key }: Omit<DropReferences, "change">): boolean {
  if (constraint !== undefined) return constraintIsNamed(known, constraint);
  if (key === "primaryKey" || key === undefined) return known.kind === key;
  return known.kind === "unique" && known.columns.map(nameText).join() === key.uniqueOf.join();
}

/** Whether a foreign key goes with what is dropped by CASCADE. */
export function goesWith(catalog: Catalog, key: ForeignKey, change: Omit<DropReferences, "change">): boolean {
  const { table: target, column, constraint, key: dropKey } = change;
  if (!refersTo(key, target)) return false;
  if (column !== undefined) return key.referredColumns.some((name) => sameName(name, column));
  if (constraint === undefined && dropKey === undefined) return true;
  const table = catalog.table(target.schema, target.name);
  const dropped = table && constraintsOf(table).find((known) => isDropped(known, change));
  if (table === undefined || dropped === undefined) return false;
  return keysNeeding(catalog, table, dropped).some((needing) => needing.key === key);
}

function withoutReferences(catalog: Catalog, change: DropReferences): Catalog {
  const { table: target } = change;
  return catalog.tablesReferringTo(target.schema, target.name).reduce((current, table) => {
    const constraints = table.constraints.filter(
      (constraint) => constraint.kind !== "foreignKey" || !goesWith(catalog, constraint, change),
    );
    return constraints.length === table.constraints.length ? current : current.withTable({ ...table, constraints });
  }, catalog);
}

/** The catalog without the views and triggers that keep a server from dropping a table, view or column. */
export function withoutBodies(
  catalog: Catalog,
  table: TableName,
  column: string | undefined,
  because: Unknown,
): Catalog {
  return dependentBodies(catalog, column === undefined ? "dropTable" : "dropColumn", table, column)
    .filter(({ fate }) => fate === "refuses")
    .reduce((current, { object }) => {
      const { schema, name } = object;
      const without = withoutObjectsOf(current.without(object), schema, name, because.origin);
      return object.kind === "trigger" ? without : withoutBodies(without, { schema, name }, undefined, because);
    }, catalog);
}

export const dropReferences: ChangeDefinition<DropReferences> = {
  keys: () => [],
  apply(catalog, change, because) {
    const without = withoutReferences(catalog, change);
    const isOfTableOrColumn = change.constraint === undefined && change.key === undefined;
    return isOfTableOrColumn ? withoutBodies(without, change.table, change.column, because) : without;
  },
};

/** The catalog without what refers to the tables and views of a schema from outside, which goes with the schema. */
export function withoutReferencesInto(catalog: Catalog, schema: string, because: Unknown): Catalog {
  const views = catalog.objects.values().filter(({ kind }) => kind === "view" || kind === "materializedView");
  return [...catalog.tables.values(), ...views]
    .filter((one) => sameName(one.schema, schema))
    .reduce((current, { name }) => {
      const change: DropReferences = { change: "dropReferences", table: { schema, name: nameText(name) } };
      return dropReferences.apply(current, change, because) ?? current;
    }, catalog);
}

/** The first table of a schema, by name, with a constraint of that name. */
function ownerOf(catalog: Catalog, { schema, name }: QualifiedName): Table | undefined {
  return catalog.tables
    .values()
    .find(
      (table) => sameName(table.schema, schema) && constraintsOf(table).some((one) => constraintIsNamed(one, name)),
    );
}

export const renameAny: ChangeDefinition<RenameAny> = {
  keys: ({ from, to }) => [catalogKey(from.schema, from.name), catalogKey(from.schema, to)],
  apply(catalog, { from, to, orConstraint }, { origin }) {
    if (catalog.table(from.schema, to) !== undefined) return undefined;
    if (knownTable(catalog, from) !== undefined) {
      return withRenamedTable(catalog, from, { schema: from.schema, name: to }, origin);
    }
    const owner = orConstraint ? ownerOf(catalog, from) : undefined;
    if (owner !== undefined) return catalog.withTable(withRenamedConstraint(owner, from.name, to));
    return neverMet(catalog, from) ? catalog : undefined;
  },
};
