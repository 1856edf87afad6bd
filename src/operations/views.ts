import type { Catalog } from "../catalog/catalog.js";
import { nothingDependsOnView } from "../catalog/dependent-checks.js";
import { withFixedStars } from "../catalog/texts/view-columns.js";
import { withoutObjectsOf } from "../catalog/dependents.js";
import { OperationError } from "../errors.js";
import type { ViewDialectOptions } from "../schema/dialect-options.js";
import { takeOptions } from "../schema/take-options.js";
import type { SqlText } from "../schema/expressions.js";
import { asSqlText } from "../schema/expressions.js";
import type { Name } from "../schema/names.js";
import { nameText } from "../schema/names.js";
import {
  viewOptionNames,
  type MaterializedView,
  type View,
  type ViewContent,
  type ViewOptions,
} from "../schema/views.js";
import { options, unless, whenAny, whenSet } from "./call.js";
import type { Operation, OperationDefinition } from "./operation.js";

export interface CreateView extends Operation, ViewContent {
  readonly kind: "createView";
  readonly name: Name;
  readonly schema: Name | undefined;
  readonly materialized: boolean;
  /** Takes the place of one that is there. */
  readonly replace: boolean;
  readonly ifNotExists: boolean;
}

export interface DropView extends Operation {
  readonly kind: "dropView";
  readonly name: Name;
  readonly schema: Name | undefined;
  /** Undefined: as the replayed schema says, and a plain view where it says nothing. */
  readonly materialized: boolean | undefined;
  readonly ifExists: boolean;
  /** Views and triggers that the revision drops or makes anew later on, which may break meanwhile. */
  readonly mendedLater?: readonly string[];
}

export interface RefreshMaterializedView extends Operation {
  readonly kind: "refreshMaterializedView";
  readonly name: Name;
  readonly schema: Name | undefined;
  readonly concurrently: boolean;
  readonly withData: boolean;
}

export interface CreateViewOptions extends ViewOptions {
  readonly replace?: boolean;
  readonly ifNotExists?: boolean;
}

export interface CreateViewDirectives {
  /**
   * Creates a view, or with `materialized: true` one that keeps its rows.
   *
   * @example op.createView("adult", sql`SELECT id, name FROM person WHERE age >= ${18}`)
   * // CREATE VIEW adult AS SELECT id, name FROM person WHERE age >= 18
   */
  createView(name: Name, definition: string | SqlText, options?: CreateViewOptions): void;
  /**
   * Gives a view another query: `createView` with `replace: true`. The counterpart in `downgrade` is `replaceView` with
   * the old query.
   *
   * @example op.replaceView("adult", "SELECT id, name FROM person WHERE age >= 21")
   * // CREATE OR REPLACE VIEW adult AS …, CREATE OR ALTER VIEW on SQL Server, DROP VIEW and CREATE VIEW on SQLite
   */
  replaceView(
    name: Name,
    definition: string | SqlText,
    options?: Omit<CreateViewOptions, "replace" | "ifNotExists">,
  ): void;
}

/** What `createView` is told of a dialect is taken, too: it is not in the statement. */
export interface DropViewOptions extends ViewDialectOptions {
  readonly schema?: Name | null;
  /** Needed only for a materialised view that the history did not create. */
  readonly materialized?: boolean;
  readonly ifExists?: boolean;
}

export interface DropViewDirectives {
  /**
   * Drops a view; one that the history created as materialised is dropped as that.
   *
   * @example op.dropView("adult") // DROP VIEW adult
   */
  dropView(name: Name, options?: DropViewOptions): void;
}

export interface RefreshMaterializedViewDirectives {
  /**
   * Fills a materialised view anew. On PostgreSQL `concurrently` lets readers go on, and needs a unique index.
   *
   * @example op.refreshMaterializedView("totals", { concurrently: true }) // REFRESH MATERIALIZED VIEW CONCURRENTLY totals
   */
  refreshMaterializedView(
    name: Name,
    options?: { readonly schema?: Name | null; readonly concurrently?: boolean; readonly withData?: boolean },
  ): void;
}

const createNames = [...viewOptionNames, "replace", "ifNotExists"];

function newView(where: string, name: Name, definition: string | SqlText, options: CreateViewOptions) {
  const groups = takeOptions(where, options, createNames, "view");
  const { schema, columns = [], materialized = false, replace = false, ifNotExists = false } = options;
  const { checkOption = false, withData = true } = options;
  if (replace && ifNotExists) {
    throw new OperationError(
      "replace-or-keep",
      `${where}("${nameText(name)}"): replace and ifNotExists exclude each other.`,
      {
        hint: "Keep replace to give an existing view this query, or ifNotExists to leave it as it is.",
      },
    );
  }
  return {
    kind: "createView" as const,
    name,
    schema: schema ?? undefined,
    definition: asSqlText(definition),
    columns,
    materialized,
    replace,
    ifNotExists,
    checkOption,
    withData,
    options: groups,
  };
}

/** The view of that name, of either kind, as far as the catalog knows it. */
export function viewNamed(catalog: Catalog, schema: Name | undefined, name: Name): View | MaterializedView | undefined {
  return catalog.object("view", schema, name) ?? catalog.object("materializedView", schema, name);
}

/** Whether a drop is of a materialised view: as the author says, else as replayed. */
export function isMaterialized(catalog: Catalog, { schema, name, materialized }: DropView): boolean {
  return materialized ?? viewNamed(catalog, schema, name)?.kind === "materializedView";
}

export const createView: OperationDefinition<CreateView, CreateViewDirectives> = {
  kind: "createView",
  call(operation) {
    const { name, schema, definition, columns, materialized, replace, ifNotExists } = operation;
    const shared = {
      schema,
      columns: whenAny(columns),
      materialized: whenSet(materialized),
      checkOption: unless(false, operation.checkOption),
      withData: unless(true, operation.withData),
      ...operation.options,
    };
    if (replace) return ["replaceView", name, definition, ...options(shared)];
    return ["createView", name, definition, ...options({ ...shared, ifNotExists: whenSet(ifNotExists) })];
  },
  directives: (recording) => ({
    createView(name, definition, options = {}) {
      recording.add(newView("op.createView", name, definition, options));
    },
    replaceView(name, definition, options = {}) {
      recording.add(newView("op.replaceView", name, definition, { ...options, replace: true }));
    },
  }),
  check(expect, { schema, name, replace, ifNotExists }) {
    if (!replace && !ifNotExists) expect.noTable(schema, name);
  },
  apply(catalog, operation) {
    const { name, schema, materialized, ifNotExists } = operation;
    if (ifNotExists && viewNamed(catalog, schema, name) !== undefined) return catalog;
    const { definition, columns, checkOption, withData, options } = operation;
    const content = withFixedStars(catalog, { definition, columns, checkOption, withData, options });
    return catalog.withObject({ kind: materialized ? "materializedView" : "view", name, schema, content });
  },
};

export const dropView: OperationDefinition<DropView, DropViewDirectives> = {
  kind: "dropView",
  call: ({ name, schema, materialized, ifExists }) => [
    "dropView",
    name,
    ...options({ schema, materialized, ifExists: whenSet(ifExists) }),
  ],
  directives: (recording) => ({
    dropView(name, options = {}) {
      takeOptions("op.dropView", options, ["schema", "materialized", "ifExists"], "view");
      const { schema, materialized, ifExists = false } = options;
      recording.add({ kind: "dropView", name, schema: schema ?? undefined, materialized, ifExists });
    },
  }),
  check(expect, operation) {
    const { schema, name, ifExists, mendedLater } = operation;
    if (!ifExists) expect.object(isMaterialized(expect.catalog, operation) ? "materializedView" : "view", schema, name);
    nothingDependsOnView(expect, schema, name, mendedLater);
  },
  apply(catalog, operation) {
    const { schema, name, origin } = operation;
    const kind = isMaterialized(catalog, operation) ? "materializedView" : "view";
    return withoutObjectsOf(catalog.withoutObject(kind, schema, name), schema, name, origin);
  },
};

export const refreshMaterializedView: OperationDefinition<RefreshMaterializedView, RefreshMaterializedViewDirectives> =
  {
    kind: "refreshMaterializedView",
    call({ name, schema, concurrently, withData }) {
      const given = { schema, concurrently: whenSet(concurrently), withData: unless(true, withData) };
      return ["refreshMaterializedView", name, ...options(given)];
    },
    directives: (recording) => ({
      refreshMaterializedView(name, options = {}) {
        takeOptions("op.refreshMaterializedView", options, ["schema", "concurrently", "withData"], "none");
        const { schema, concurrently = false, withData = true } = options;
        recording.add({ kind: "refreshMaterializedView", name, schema: schema ?? undefined, concurrently, withData });
      },
    }),
    check: (expect, { schema, name }) => void expect.object("materializedView", schema, name),
    apply: (catalog) => catalog,
  };
