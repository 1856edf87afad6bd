import type { DialectOptions } from "./dialect-names.js";
import type { ViewDialectOptions } from "./dialect-options.js";
import { asSqlText, type SqlText } from "./expressions.js";
import type { Index } from "./indexes.js";
import { nameText, type Name } from "./names.js";
import type { NamedObject, ObjectText } from "./object-text.js";
import { takeOptions } from "./take-options.js";

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
  /** SQL Server: of a view that is bound to its schema. */
  readonly indexes?: readonly Index[];
}

/** A view that keeps its rows. */
export interface MaterializedView extends NamedObject<"materializedView"> {
  readonly content: ViewContent | ObjectText;
  readonly indexes?: readonly Index[];
}

export interface ViewOptions extends ViewDialectOptions {
  readonly schema?: Name | null;
  /** The names of the columns, where the query does not give them. */
  readonly columns?: readonly Name[];
  readonly materialized?: boolean;
  /** Rows that the view would not show cannot be written through it. */
  readonly checkOption?: boolean | "local" | "cascaded";
  /** `false`: a materialised view is filled by the first refresh. */
  readonly withData?: boolean;
}

export const viewOptionNames = ["schema", "columns", "materialized", "checkOption", "withData"];

/**
 * A view of a target schema, as `op.createView` takes it.
 *
 * @example export const adult = view("adult", "SELECT id, name FROM person WHERE age >= 18");
 */
export function view(name: Name, definition: string | SqlText, options: ViewOptions = {}): View | MaterializedView {
  const groups = takeOptions(`view("${nameText(name)}")`, options, viewOptionNames, "view");
  const { schema, columns = [], materialized = false, checkOption = false, withData = true } = options;
  return {
    kind: materialized ? "materializedView" : "view",
    name,
    schema: schema ?? undefined,
    content: { definition: asSqlText(definition), columns, checkOption, withData, options: groups },
  };
}
