import type { Origin } from "../errors.js";
import type { Name } from "../schema/names.js";
import { sameName } from "../schema/names.js";
import { catalogKey } from "./catalog-key.js";
import type { Catalog } from "./catalog.js";
import type { Constraint, ForeignKey } from "../schema/constraints.js";
import type { Table } from "../schema/tables.js";
import { followTableInBodies } from "./dependent-bodies.js";
import { tableNameOf, type SchemaObject } from "../schema/schema-objects.js";
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
  let result = catalog;
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

/** The triggers and partitions of a table, under its new name. */
function followRenamedOwner(catalog: Catalog, schema: Name | undefined, from: Name, to: Name): Catalog {
  let result = catalog;
  for (const object of catalog.objects.values()) {
    if (!hangsOn(object, schema, from)) continue;
    if (object.kind !== "trigger" && object.kind !== "partition") continue;
    result = result.without(object).withObject({ ...object, tableName: to });
  }
  return result;
}

/**
 * The catalog with a table under another name, in the same schema, and with all that follows it there.
 *
 * @param isFollowed whether foreign keys, views and triggers of others do
 */
export function withRenamedTable(
  catalog: Catalog,
  { schema, name: from }: { readonly schema: Name | undefined; readonly name: Name },
  to: Name,
  origin: Origin | undefined,
  isFollowed = true,
): Catalog {
  const table = catalog.table(schema, from);
  if (table === undefined) return catalog;
  const renamed = catalog.withoutTable(schema, from, origin).withTable(renamedTable(table, to, catalog.rules));
  const owned = followRenamedOwner(renamed, schema, from, to);
  const followed = isFollowed
    ? followTableInBodies(followRenamedTable(owned, schema, from, to), { schema, name: from }, to)
    : owned;
  // what is not known of a table is not known of it under another name either
  const because = catalog.unknown.get(catalogKey(schema, from));
  return because === undefined ? followed : followed.withUnknown([catalogKey(schema, to)], because);
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
  return result;
}
