import type { Catalog } from "../catalog/catalog.js";
import { catalogKey } from "../catalog/catalog-key.js";
import { NormalWriter, wordsAlone, type NormalForm, type SchemaWriter } from "../catalog/normal-form.js";
import type { Dialect } from "../compiler/dialect.js";
import type { OperationNode } from "../operations/index.js";
import { tableNameOf, type SchemaObject } from "../schema/schema-objects.js";
import type { Table } from "../schema/tables.js";
import { inOrder, type Change } from "./change.js";
import { enumChanges } from "./compare-enums.js";
import { objectChanges } from "./compare-objects.js";
import { tableChanges } from "./compare-tables.js";
import type { Comparison } from "./comparison.js";
import { Filters, type FilterSettings } from "./filters.js";

export interface AutogenerateOptions extends FilterSettings {
  readonly dialect: Dialect;
  /** Writes what a catalog holds as the dialect does. */
  readonly writer: SchemaWriter;
  /** The form in which the two schemas are compared. */
  readonly form?: NormalForm | undefined;
  readonly compareType: boolean;
  readonly compareServerDefault: boolean;
}

/** What makes one schema of another, and the way back. */
export interface Generated {
  readonly upgrade: readonly OperationNode[];
  readonly downgrade: readonly OperationNode[];
  /** What was found, a line each, in Alembic's words. */
  readonly detected: readonly string[];
}

function changesBetween(comparison: Comparison): readonly Change[] {
  const { current, wanted } = comparison;
  const tables = tableChanges(comparison);
  const isTableGone = (object: SchemaObject): boolean => {
    const tableName = tableNameOf(object);
    if (tableName === undefined) return false;
    const key = catalogKey(object.schema, tableName);
    return current.tables.has(key) && !wanted.tables.has(key);
  };
  return inOrder([
    ...enumChanges(comparison),
    ...tables.changes,
    ...objectChanges(comparison, tables.touched, isTableGone),
  ]);
}

/**
 * The operations that make the wanted schema of the current one, and those that lead back: the comparison the other way
 * round, with the texts of the schema that was there.
 *
 * @example autogenerate(replayed, target, options).detected // ["Detected added table 'account'"]
 */
export function autogenerate(current: Catalog, wanted: Catalog, options: AutogenerateOptions): Generated {
  const { dialect, writer, form = wordsAlone, compareType, compareServerDefault } = options;
  const { rules } = current;
  const filters = new Filters(options);
  const settled = (table: Table, catalog: Catalog): Table => form.table?.(table, catalog) ?? table;
  const comparison: Comparison = {
    ...{ current, wanted, dialect, rules, filters, compareType, compareServerDefault, settled },
    writer: new NormalWriter(writer, form, rules.canonicalType),
  };
  const upwards = changesBetween(comparison);
  const downwards = changesBetween({ ...comparison, current: wanted, wanted: current, filters: filters.reversed() });
  return {
    upgrade: upwards.flatMap(({ operations }) => operations),
    downgrade: downwards.flatMap(({ operations }) => operations),
    detected: upwards.flatMap(({ detected }) => detected),
  };
}
