import type { DialectOptions } from "./dialect-names.js";
import type { SqlText } from "./expressions.js";
import type { Name } from "./names.js";
import type { NamedObject, ObjectText } from "./object-text.js";

/** What a view is, besides its name. */
export interface ViewContent {
  /** The query. */
  readonly definition: SqlText;
  /** The names of the columns, where the query does not give them. */
  readonly columns: readonly Name[];
  readonly checkOption: boolean | "local" | "cascaded";
  /** Whether a materialised view is filled at once. */
  readonly withData: boolean;
  readonly options: DialectOptions;
}

export interface View extends NamedObject<"view"> {
  readonly content: ViewContent | ObjectText;
}

/** A view that keeps its rows. */
export interface MaterializedView extends NamedObject<"materializedView"> {
  readonly content: ViewContent | ObjectText;
}
