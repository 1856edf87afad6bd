import type { Catalog, Unknown } from "../catalog.js";

/** What SQL text calls an object: its schema, as far as it is said, and its name. */
export interface QualifiedName {
  readonly schema: string | undefined;
  readonly name: string;
}

/** What every change has: its kind. All of a change is plain data. */
export interface Change {
  readonly change: string;
}

/** What the list of changes holds of each. */
export interface ChangeDefinition<C extends Change> {
  /** The catalog keys of what it changes: unknown from there on when the catalog does not know enough. */
  readonly keys: (change: C) => readonly string[];
  /** The catalog after it, `because` being the SQL text that made it; undefined when that cannot be told. */
  readonly apply: (catalog: Catalog, change: C, because: Unknown) => Catalog | undefined;
}
