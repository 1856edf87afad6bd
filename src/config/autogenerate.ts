import type { DescribedObject } from "../catalog/description.js";
import type { OperationNode } from "../operations/index.js";
import type { DialectName } from "../schema/dialect-names.js";
import type { Column, Computed, Identity, Sequence } from "../schema/columns.js";
import type { Constraint, Reference } from "../schema/constraints.js";
import type { Index } from "../schema/indexes.js";
import type { Table } from "../schema/tables.js";
import type { SqlType } from "../schema/types/type.js";

/**
 * Where the schema that is wanted stands: a TypeScript module or a file of SQL, several of them as a list or by `*`
 * in their names, or a command that prints SQL.
 *
 * @example "./schema.ts"
 * @example ["./db/tables/*.ts", "./db/views.ts"]
 * @example { command: "drizzle-kit export --dialect=postgresql --schema=./schema.ts" }
 */
export type TargetSchemaSource = string | readonly string[] | { readonly command: string };

/** Alembic's words for what a filter is asked about, and those of this project for what Alembic does not compare. */
export type FilteredType =
  | "schema"
  | "table"
  | "column"
  | "index"
  | "unique_constraint"
  | "foreign_key_constraint"
  | "check_constraint"
  | "primary_key_constraint"
  | "exclude_constraint"
  | "enum"
  | "domain"
  | "sequence"
  | "view"
  | "materialized_view"
  | "function"
  | "procedure"
  | "trigger"
  | "extension"
  | "partition"
  | "other";

/** What a name stands in. */
export interface ParentNames {
  readonly schemaName: string | null;
  /** Of the table that a column, index or constraint belongs to. */
  readonly tableName?: string;
  readonly schemaQualifiedTableName?: string;
}

/**
 * Alembic's `include_name`: whether something that the revisions make is looked at, by its name. What is left out is
 * neither changed nor dropped.
 */
export type IncludeName = (name: string | null, type: FilteredType, parentNames: ParentNames) => boolean;

/** What a filter is shown: a table, a part of one, or what is known of another object. */
export type FilteredObject = Table | Column | Constraint | Index | DescribedObject;

/**
 * Alembic's `include_object`: whether something takes part in the comparison.
 *
 * @param reflected true for what the revisions make, false for what the target has
 * @param compareTo the same thing on the other side; null when it is missing there
 */
export type IncludeObject = (
  object: FilteredObject,
  name: string | null,
  type: FilteredType,
  reflected: boolean,
  compareTo: FilteredObject | null,
) => boolean;

/** A revision that is about to be written; what a hook changes of it is written. */
export interface RevisionDirective {
  message: string;
  upgradeOps: OperationNode[];
  downgradeOps: OperationNode[];
  /** The identifier; undefined: a random one. */
  revId: string | undefined;
  /** What it follows; undefined: the revision that was asked for, then the one before in the list. */
  head: string | undefined;
  splice: boolean | undefined;
  branchLabel: string | undefined;
  versionPath: string | undefined;
  dependsOn: readonly string[] | undefined;
}

/** What the hooks of autogenerate know of their surroundings. */
export interface AutogenerateContext {
  readonly dialect: { readonly name: DialectName; readonly version: string };
  /** The `-x key=value` arguments. */
  readonly x: Readonly<Record<string, string>>;
}

/**
 * Alembic's `process_revision_directives`: may change the revisions that are about to be written, put others beside them,
 * or take all away (`directives.length = 0`), so that no file is written.
 *
 * @param revision the revisions that the new one follows
 */
export type ProcessRevisionDirectives = (
  context: AutogenerateContext,
  revision: readonly string[],
  directives: RevisionDirective[],
) => void | Promise<void>;

/** What is written in a revision file by a call of its own. */
export type RenderedItem = Column | Constraint | Index | Table | Reference | Identity | Computed | Sequence | SqlType;

/** Where `renderItem` puts the lines that its texts import. */
export interface RenderItemContext extends AutogenerateContext {
  /** Whole lines: `import { money } from "../types.ts";`. */
  readonly imports: Set<string>;
}

/**
 * Alembic's `render_item`: the TypeScript of an item in the new file, or false for the usual text.
 *
 * @example (type, item, context) => type === "type" && item.name === "MONEY" && (context.imports.add(…), "money()")
 */
export type RenderItem = (
  type: Exclude<RenderedItem, SqlType>["kind"] | "type",
  item: RenderedItem,
  context: RenderItemContext,
) => string | false;

/** How revisions are made of the difference between the history and the schema that is wanted. */
export interface AutogenerateConfig {
  /** The schema that `revision --autogenerate` and `check` compare the history with. */
  readonly targetSchema?: TargetSchemaSource;
  /** Whether types of columns are compared. Default: true. */
  readonly compareType?: boolean;
  /** Whether defaults of columns are compared. Default: true, other than in Alembic. */
  readonly compareServerDefault?: boolean;
  /** Whether schemas beside the default one are compared, or which of them are. Default: true, other than in Alembic. */
  readonly includeSchemas?: boolean | readonly string[];
  readonly includeName?: IncludeName;
  readonly includeObject?: IncludeObject;
  readonly processRevisionDirectives?: ProcessRevisionDirectives;
  readonly renderItem?: RenderItem;
  /** Whether the changes of a table stand in an `op.batchAlterTable`. Default: on SQLite. */
  readonly renderAsBatch?: boolean;
  /**
   * Commands that are run in the folder of the configuration behind the writing of a revision file, in order. Its path
   * takes the place of `REVISION_SCRIPT_FILENAME`, or stands at the end.
   *
   * @example ["prettier --write", "eslint --fix REVISION_SCRIPT_FILENAME"]
   */
  readonly postWriteHooks?: readonly string[];
}
