import type { Name } from "./names.js";

/** An enum type of its own, as PostgreSQL has them. */
export interface EnumType {
  readonly name: Name;
  readonly schema: Name | undefined;
  readonly values: readonly string[];
  /** Made for a column, and dropped with the last column that uses it. */
  readonly forColumn: boolean;
}
