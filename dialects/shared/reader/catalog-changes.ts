import type { Catalog } from "../../../src/catalog/catalog.js";
import { catalogKey } from "../../../src/catalog/catalog-key.js";
import { spelledTable } from "../../../src/catalog/spelling.js";
import { renamedTable } from "../../../src/catalog/table-changes.js";
import { settledTable } from "../../../src/operations/sql-effects.js";
import type { CatalogChange } from "../../../src/operations/execute.js";
import type { Constraint } from "../../../src/schema/constraints.js";
import { sameName } from "../../../src/schema/names.js";
import type { Table } from "../../../src/schema/tables.js";
import type { QualifiedName } from "./cursor.js";

/** A table of which all is known; undefined when the catalog does not have it, or it is unknown. */
export function knownTable(catalog: Catalog, written: QualifiedName): Table | undefined {
  const { schema, name } = spelledTable(catalog, written);
  return catalog.unknownBecauseOf(schema, name) === undefined ? catalog.table(schema, name) : undefined;
}

/** Nothing is known of a table that the replay never met, and nothing is said of it. */
export function neverMet(catalog: Catalog, { schema, name }: QualifiedName): boolean {
  return !catalog.isComplete && catalog.table(schema, name) === undefined;
}

/** A change of one table; `change` gives undefined when the outcome cannot be told. */
export function tableChange(
  written: QualifiedName,
  change: (table: Table, catalog: Catalog) => Table | undefined,
): CatalogChange {
  return {
    keys: [catalogKey(written.schema, written.name)],
    change(catalog) {
      const table = knownTable(catalog, written);
      if (table === undefined) return neverMet(catalog, written) ? catalog : undefined;
      const changed = change(table, catalog);
      return changed === undefined ? undefined : catalog.withTable(changed);
    },
  };
}

/** A table that is made out of others; `make` gives undefined when these are not known. */
export function tableMadeOfOthers(
  target: QualifiedName,
  ifNotExists: boolean,
  make: (catalog: Catalog) => Table | undefined,
): CatalogChange {
  return {
    keys: [catalogKey(target.schema, target.name)],
    change(catalog) {
      const isThere = catalog.table(target.schema, target.name) !== undefined;
      if (isThere) return ifNotExists ? catalog : undefined;
      const table = make(catalog);
      return table === undefined ? undefined : catalog.withTable(settledTable(catalog, table, table));
    },
  };
}

function withReferencesTo(table: Table, from: QualifiedName, to: QualifiedName): Table {
  const refers = (constraint: Constraint): boolean =>
    constraint.kind === "foreignKey" &&
    sameName(constraint.referredTable, from.name) &&
    sameName(constraint.referredSchema, from.schema);
  const constraints = table.constraints.map((constraint) =>
    refers(constraint)
      ? ({ ...constraint, referredTable: to.name, referredSchema: to.schema } as Constraint)
      : constraint,
  );
  return { ...table, constraints };
}

/** A table that goes to another schema. What hangs on it, such as a trigger, is not followed there. */
export function tableMove(from: QualifiedName, to: QualifiedName): CatalogChange {
  return {
    keys: [catalogKey(from.schema, from.name), catalogKey(to.schema, to.name)],
    change(catalog) {
      const table = knownTable(catalog, from);
      if (table === undefined) return neverMet(catalog, from) ? catalog : undefined;
      const isTaken = catalog.table(to.schema, to.name) !== undefined;
      const hasParts = catalog.objects
        .values()
        .some(({ tableName, schema }) => sameName(tableName, table.name) && sameName(schema, table.schema));
      if (isTaken || hasParts) return undefined;
      const moved = { ...renamedTable(table, to.name, catalog.rules), schema: to.schema };
      const old = { schema: from.schema, name: from.name };
      return catalog
        .tablesReferringTo(table.schema, table.name)
        .filter((other) => other !== table)
        .reduce(
          (current, other) => current.withTable(withReferencesTo(other, old, to)),
          catalog.withoutTable(table.schema, table.name).withTable(withReferencesTo(moved, old, to)),
        );
    },
  };
}

/** The foreign keys of other tables go before the table that they refer to. */
export function withoutReferencesTo(target: QualifiedName): CatalogChange {
  const refers = (constraint: Constraint): boolean =>
    constraint.kind === "foreignKey" &&
    sameName(constraint.referredTable, target.name) &&
    sameName(constraint.referredSchema, target.schema);
  return {
    keys: [],
    change: (catalog) =>
      catalog
        .tablesReferringTo(target.schema, target.name)
        .reduce(
          (current, table) =>
            current.withTable({ ...table, constraints: table.constraints.filter((constraint) => !refers(constraint)) }),
          catalog,
        ),
  };
}
