import type { Table } from "../../schema/tables.js";
import type { Catalog } from "../catalog.js";
import { spelledTable } from "../spelling.js";
import type { QualifiedName } from "./change.js";

/** A table of which all is known; undefined when the catalog does not have it, or it is unknown. */
export function knownTable(catalog: Catalog, written: QualifiedName): Table | undefined {
  const { schema, name } = spelledTable(catalog, written);
  return catalog.unknownBecauseOf(schema, name) === undefined ? catalog.table(schema, name) : undefined;
}

/** Nothing is known of a table that the replay never met, and nothing is said of it. */
export function neverMet(catalog: Catalog, { schema, name }: QualifiedName): boolean {
  return !catalog.isComplete && catalog.table(schema, name) === undefined;
}

/** The catalog with one table changed; undefined when the outcome cannot be told, or `change` cannot tell it. */
export function withKnownTable(
  catalog: Catalog,
  written: QualifiedName,
  change: (table: Table) => Table | undefined,
): Catalog | undefined {
  const table = knownTable(catalog, written);
  if (table === undefined) return neverMet(catalog, written) ? catalog : undefined;
  const changed = change(table);
  return changed === undefined ? undefined : catalog.withTable(changed);
}
