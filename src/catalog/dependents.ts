import type { Origin } from "../errors.js";
import type { Name } from "../schema/names.js";
import { sameName } from "../schema/names.js";
import type { Catalog } from "./catalog.js";
import type { CatalogObject } from "./objects.js";

function hangsOn({ tableName, schema: own }: CatalogObject, schema: Name | undefined, name: Name): boolean {
  return tableName !== undefined && sameName(tableName, name) && sameName(own, schema);
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
    result = result.withoutObject(object.kind, object.schema, object.name, object.tableName);
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
export function followRenamedOwner(catalog: Catalog, schema: Name | undefined, from: Name, to: Name): Catalog {
  let result = catalog;
  for (const object of catalog.objects.values()) {
    if (!hangsOn(object, schema, from)) continue;
    result = result
      .withoutObject(object.kind, object.schema, object.name, object.tableName)
      .withObject({ ...object, tableName: to });
  }
  return result;
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
    if (sameName(object.schema, schema)) {
      result = result.withoutObject(object.kind, schema, object.name, object.tableName);
    }
  }
  return result;
}
