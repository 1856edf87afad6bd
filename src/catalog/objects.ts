import type { Name } from "../schema/names.js";

/** The kinds of objects beside tables and enum types. */
export type ObjectKind =
  | "schema"
  | "extension"
  | "sequence"
  | "domain"
  | "view"
  | "materializedView"
  | "function"
  | "procedure"
  | "trigger"
  | "partition";

/** An object beside tables and enum types: what made it says all that is known of it. */
export interface CatalogObject {
  readonly kind: ObjectKind;
  readonly name: Name;
  readonly schema: Name | undefined;
  /** The table of a trigger or partition: its name is one among those of that table. */
  readonly tableName?: Name | undefined;
  /** The SQL text in which other objects may be named: a view's query, a body. */
  readonly definition?: string | undefined;
  /** The argument lists under which a function or procedure exists. */
  readonly signatures?: readonly string[] | undefined;
  /** The operation that made it, or made it what it is. */
  readonly madeBy: { readonly kind: string };
}

/** An enum type of its own, as PostgreSQL has them. */
export interface EnumType {
  readonly name: Name;
  readonly schema: Name | undefined;
  readonly values: readonly string[];
  /** Made for a column, and dropped with the last column that uses it. */
  readonly forColumn: boolean;
}
