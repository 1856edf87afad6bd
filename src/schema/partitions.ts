import type { DialectOptions } from "./dialect-names.js";
import type { SqlText } from "./expressions.js";
import type { Name } from "./names.js";
import type { NamedObject } from "./object-text.js";
import type { PlainValue } from "./values.js";

/** A value at the end of a range or in a list, or SQL such as `MAXVALUE`. */
export type PlainBound = PlainValue | SqlText;
/** One value, or those of a row of several columns. */
export type BoundItem = PlainBound | readonly PlainBound[];

/** The rows of a partition: a range, a list, a share of a hash, or all that no other takes. */
export type PlainBounds =
  | { readonly from?: BoundItem; readonly to: BoundItem }
  | { readonly in: readonly BoundItem[] }
  | { readonly modulus: number; readonly remainder: number }
  | "default";

/** A partition; its name is one among those of its table. */
export interface Partition extends NamedObject<"partition"> {
  readonly tableName: Name;
  readonly bounds: PlainBounds;
  readonly options: DialectOptions;
  /** It was a table of its own before, and has columns, keys and indexes of its own where partitions are tables. */
  readonly isAttached: boolean;
}
