import type { DialectOptions } from "./dialect-names.js";
import type { IndexDialectOptions } from "./dialect-options.js";
import { takeOptions } from "./take-options.js";
import type { SqlText } from "./expressions.js";
import type { Name } from "./names.js";
import { nameText } from "./names.js";

/** An index, without the table that it is on. */
export interface Index {
  readonly kind: "index";
  readonly name: Name | undefined;
  /** Column names, or expressions. */
  readonly columns: readonly (Name | SqlText)[];
  readonly unique: boolean;
  readonly options: DialectOptions;
}

export interface IndexOptions extends IndexDialectOptions {
  readonly unique?: boolean;
  readonly quote?: boolean;
}

/**
 * An index of a table, for `op.createTable` and `table`.
 *
 * @example index("ix_user_name", [sql`lower(name)`]) // CREATE INDEX ix_user_name ON users (lower(name))
 */
export function index(
  name: Name | null,
  columns: Name | SqlText | readonly (Name | SqlText)[],
  options: IndexOptions = {},
): Index {
  const groups = takeOptions("index", options, ["unique", "quote"], "index");
  const { quote } = options;
  return {
    kind: "index",
    name: name === null ? undefined : quote === undefined ? name : { text: nameText(name), quote },
    columns: Array.isArray(columns) ? (columns as readonly (Name | SqlText)[]) : [columns as Name | SqlText],
    unique: options.unique ?? false,
    options: groups,
  };
}
