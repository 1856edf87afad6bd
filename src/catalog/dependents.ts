import type { Origin } from "../errors.js";
import type { Name } from "../schema/names.js";
import { nameText, sameName } from "../schema/names.js";
import { catalogKey } from "./catalog-key.js";
import type { Catalog } from "./catalog.js";
import type { Constraint, ForeignKey } from "../schema/constraints.js";
import type { Table } from "../schema/tables.js";
import type { TableName } from "./body-references.js";
import { followTableInBodies } from "./dependent-bodies.js";
import { tableNameOf, type SchemaObject } from "../schema/schema-objects.js";
import { sequencesOf, withoutSequencesOf, withSequencesOwned } from "./owned-sequences.js";
import { underName } from "./texts/own-name.js";
import { withMentionsOf } from "./texts/following.js";
import { withoutOthersOf, withOthersRenamed } from "./others.js";
import { followRenamedTable, renamedTable } from "./table-changes.js";

/** Whether an object is a trigger or partition of that table or view. */
export function hangsOn(object: SchemaObject, schema: Name | undefined, name: Name): boolean {
  const tableName = tableNameOf(object);
  return tableName !== undefined && sameName(tableName, name) && sameName(object.schema, schema);
}

/** The catalog without what goes with a table or view: its triggers, and its partitions with all that hangs on them. */
export function withoutObjectsOf(
  catalog: Catalog,
  schema: Name | undefined,
  name: Name,
  origin: Origin | undefined,
): Catalog {
  let result = withoutOthersOf(withoutSequencesOf(catalog, { schema, name }), { schema, name });
  for (const object of catalog.objects.values()) {
    if (!hangsOn(object, schema, name)) continue;
    result = result.without(object);
    if (object.kind !== "partition" || catalog.rules.partitionsAreTables !== true) continue;
    result = withoutObjectsOf(
      result.withoutTable(object.schema, object.name, origin),
      object.schema,
      object.name,
      origin,
    );
  }
  return result;
}

/** The triggers and partitions of a table or view, under its new name or in its new schema. */
function followRenamedOwner(catalog: Catalog, from: TableName, to: TableName): Catalog {
  let result = withOthersRenamed(catalog, from, to.name);
  for (const object of catalog.objects.values()) {
    if (!hangsOn(object, from.schema, from.name)) continue;
    if (object.kind !== "trigger" && object.kind !== "partition") continue;
    result = result.without(object).withObject({ ...object, schema: to.schema, tableName: to.name });
  }
  return result;
}

/** The sequences that a table owns follow it, to another schema, too. */
function withSequencesMoved(catalog: Catalog, from: TableName, to: TableName): Catalog {
  const owned = withSequencesOwned(catalog, from, (_table, column) => [nameText(to.name), column], to.schema);
  if (sameName(from.schema, to.schema)) return owned;
  return sequencesOf(catalog, from).reduce((current, { name }) => {
    const own = current.object("sequence", to.schema, name);
    const moved = own === undefined ? current : current.withObject(underName(own, { schema: to.schema, name }));
    return followRelation(moved, { schema: from.schema, name }, { schema: to.schema, name });
  }, owned);
}

/** The catalog with all that names a table or view by its new name or schema, where the server carries it there. */
export function followRelation(catalog: Catalog, from: TableName, to: TableName): Catalog {
  const owned = withSequencesMoved(followRenamedOwner(catalog, from, to), from, to);
  const followed = followTableInBodies(followRenamedTable(owned, from, to), from, to);
  return withMentionsOf(followed, { ...from, kind: "relation" }, to);
}

/**
 * The catalog with a table under another name or in another schema, and with all that follows it there.
 *
 * @param isFollowed whether foreign keys, views and triggers of others do
 */
export function withRenamedTable(
  catalog: Catalog,
  from: TableName,
  to: TableName,
  origin: Origin | undefined,
  isFollowed = true,
): Catalog {
  const table = catalog.table(from.schema, from.name);
  if (table === undefined) return catalog;
  const renamed = catalog
    .withoutTable(from.schema, from.name, origin)
    .withTable(renamedTable(table, to, catalog.rules));
  const followed = isFollowed ? followRelation(renamed, from, to) : followRenamedOwner(renamed, from, to);
  // what is not known of a table is not known of it under another name either
  const because = catalog.unknown.get(catalogKey(from.schema, from.name));
  return because === undefined ? followed : followed.withUnknown([catalogKey(to.schema, to.name)], because);
}

/** A foreign key, and the table that it is of. */
interface OwnedKey {
  readonly owner: Table;
  readonly key: ForeignKey;
}

function isOver(names: readonly Name[], others: readonly Name[]): boolean {
  return names.length === others.length && names.every((name) => others.some((other) => sameName(name, other)));
}

/** The foreign keys that need a primary key or unique constraint: no other key of the table is over their columns. */
export function keysNeeding(catalog: Catalog, table: Table, constraint: Constraint): readonly OwnedKey[] {
  if (constraint.kind !== "primaryKey" && constraint.kind !== "unique") return [];
  const { columns } = constraint;
  const isOther = table.constraints.some(
    (other) =>
      other !== constraint &&
      (other.kind === "primaryKey" || other.kind === "unique") &&
      isOver(other.columns, columns),
  );
  if (isOther) return [];
  return catalog.tablesReferringTo(table.schema, table.name).flatMap((owner) =>
    owner.constraints.flatMap((key): readonly OwnedKey[] => {
      if (key.kind !== "foreignKey" || !sameName(key.referredTable, table.name)) return [];
      if (!sameName(key.referredSchema, table.schema)) return [];
      const referred = key.referredColumns.length === 0 ? columns : key.referredColumns;
      return isOver(referred, columns) ? [{ owner, key }] : [];
    }),
  );
}

/** The catalog without a schema and all that is in it. */
export function withoutSchema(catalog: Catalog, schema: Name, origin: Origin | undefined): Catalog {
  let result = catalog.withoutObject("schema", undefined, schema);
  for (const table of catalog.tables.values()) {
    if (sameName(table.schema, schema)) result = result.withoutTable(schema, table.name, origin);
  }
  for (const type of catalog.enums.values()) {
    if (sameName(type.schema, schema)) result = result.withoutEnum(schema, type.name);
  }
  for (const object of catalog.objects.values()) {
    if (sameName(object.schema, schema)) result = result.without(object);
  }
  for (const object of catalog.others.values()) {
    if (sameName(object.schema, schema)) result = result.withoutOther(object);
  }
  return result;
}
