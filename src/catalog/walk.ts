import type { Column } from "../schema/columns.js";
import type { Constraint } from "../schema/constraints.js";
import type { EnumType } from "../schema/enum-types.js";
import type { Index } from "../schema/indexes.js";
import type { ObjectKind, ObjectOf, SchemaObject } from "../schema/schema-objects.js";
import { constraintsOf, type Table } from "../schema/tables.js";
import type { OtherObject } from "../schema/other-objects.js";
import type { Catalog, CatalogDifferences } from "./catalog.js";
import type { PersistentMap } from "./persistent-map.js";

/** What is made of the objects beside tables and enum types, kind by kind: a kind that is missing does not compile. */
export type ObjectVisitor<R> = { readonly [K in ObjectKind]: (object: ObjectOf<K>) => R };

/** What is made of everything that a catalog holds. */
export interface CatalogVisitor<R> extends ObjectVisitor<R> {
  readonly table: (table: Table) => R;
  readonly enum: (type: EnumType) => R;
  readonly other: (object: OtherObject) => R;
}

/** What is made of the parts of a table. */
export interface TableVisitor<R> {
  readonly column: (column: Column) => R;
  /** Also of the checks that stand on its columns. */
  readonly constraint: (constraint: Constraint) => R;
  readonly index: (index: Index) => R;
}

function visitObject<R, K extends ObjectKind>(visitor: ObjectVisitor<R>, kind: K, object: ObjectOf<K>): R {
  return visitor[kind](object);
}

/**
 * Goes through a catalog: tables, enum types, then all other objects by their kinds, and what is known by its text
 * alone, each sorted by name. Whatever is
 * said of a whole schema, as a description, JSON, a diagram or SQL, is made of this.
 *
 * @param only the keys of what is wanted; everything when left out
 */
export function walkCatalog<R>(catalog: Catalog, visitor: CatalogVisitor<R>, only?: CatalogDifferences): readonly R[] {
  const chosen = <V>(map: PersistentMap<V>, keys: readonly string[] | undefined): readonly V[] =>
    keys === undefined ? map.values() : keys.map((key) => map.get(key)).filter((value) => value !== undefined);
  return [
    ...chosen(catalog.tables, only?.tables).map(visitor.table),
    ...chosen(catalog.enums, only?.enums).map(visitor.enum),
    ...chosen(catalog.objects, only?.objects).map((object) => visitObject(visitor, object.kind, object)),
    ...chosen(catalog.others, only?.others).map(visitor.other),
  ];
}

/** Goes through a table: its columns, its constraints, its indexes, each in their own order. */
export function walkTable<R>(table: Table, visitor: TableVisitor<R>): readonly R[] {
  return [
    ...table.columns.map(visitor.column),
    ...constraintsOf(table).map(visitor.constraint),
    ...table.indexes.map(visitor.index),
  ];
}

/** A visitor that does the same with every object beside tables and enum types. */
export function forAllObjects<R>(visit: (object: SchemaObject) => R): ObjectVisitor<R> {
  return {
    domain: visit,
    extension: visit,
    function: visit,
    materializedView: visit,
    partition: visit,
    procedure: visit,
    schema: visit,
    sequence: visit,
    trigger: visit,
    view: visit,
  };
}
