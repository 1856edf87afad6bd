import { findColumn } from "../../../src/catalog/table-changes.js";
import type { RenderContext } from "../../../src/compiler/render-context.js";
import type { Column } from "../../../src/schema/columns.js";
import type { Constraint } from "../../../src/schema/constraints.js";
import { isSqlText } from "../../../src/schema/expressions.js";
import type { Index } from "../../../src/schema/indexes.js";
import type { Name } from "../../../src/schema/names.js";
import { nameText, sameName } from "../../../src/schema/names.js";
import type { Table } from "../../../src/schema/tables.js";
import { isType, type SqlType } from "../../../src/schema/types/type.js";

/** What a key or an index is made of. */
export interface Key {
  readonly kind: "primaryKey" | "unique" | "index";
  /** How messages call it: `the index "ix_a"`. */
  readonly title: string;
  /** Whether no two rows have the same. */
  readonly isUnique: boolean;
  /** Its columns; undefined stands for an expression. */
  readonly columns: readonly (Name | undefined)[];
  readonly of: Constraint | Index;
}

/** How messages call something that may have no name. */
export function titleOf(what: string, name: Name | undefined, columns: readonly (Name | undefined)[]): string {
  if (name !== undefined) return `the ${what} "${nameText(name)}"`;
  return `the ${what} on ${columns.map((column) => (column === undefined ? "an expression" : nameText(column))).join(", ")}`;
}

/** The name of a constraint: its own, or the one that the server gave it. */
export function nameOf({ name, impliedName }: Constraint): Name | undefined {
  return name ?? impliedName;
}

const constraintWords: Readonly<Record<Constraint["kind"], string>> = {
  primaryKey: "primary key",
  foreignKey: "foreign key",
  unique: "unique constraint",
  check: "check",
  exclude: "constraint",
};

/** How messages call a constraint. */
export function constraintTitle(constraint: Constraint): string {
  const columns = "columns" in constraint ? constraint.columns : [];
  return titleOf(constraintWords[constraint.kind], nameOf(constraint), columns);
}

/** The primary key, unique constraints and indexes of a table. */
export function* keysOf(table: Table): Iterable<Key> {
  for (const constraint of table.constraints) {
    if (constraint.kind !== "primaryKey" && constraint.kind !== "unique") continue;
    const { kind, columns } = constraint;
    const what = kind === "unique" ? "unique constraint" : "primary key";
    yield { kind, title: titleOf(what, constraint.name, columns), isUnique: true, columns, of: constraint };
  }
  for (const index of table.indexes) {
    const columns = index.columns.map((item) => (isSqlText(item) ? undefined : item));
    const title = titleOf("index", index.name, columns);
    yield { kind: "index", title, isUnique: index.unique, columns, of: index };
  }
}

/** A type as it is written; undefined where the dialect has no such type. */
export function typeText(type: SqlType, context: RenderContext): string | undefined {
  try {
    return context.type(type);
  } catch {
    return undefined; // said where the type is written
  }
}

/** The column of a key that a name stands for, unless the key has an expression there. */
export function columnOf(table: Table, name: Name | undefined): Column | undefined {
  return name === undefined ? undefined : findColumn(table, name);
}

/** Whether two lists have the same names, in whatever order. */
export function sameColumns(one: readonly (Name | undefined)[], other: readonly Name[]): boolean {
  return one.length === other.length && other.every((name) => one.some((item) => sameName(item, name)));
}

/** Whether a list begins with some names. */
export function beginsWith(columns: readonly (Name | undefined)[], names: readonly Name[]): boolean {
  return names.every((name, position) => sameName(columns[position], name));
}

/** Whether a type is an enumeration whose values the server holds to. */
export function enumValues(type: SqlType): readonly string[] | undefined {
  return isType(type, "enum") && type.parameters.values.length > 0 ? type.parameters.values : undefined;
}
