import type { DescribedObject } from "../catalog/description.js";
import type { Column } from "../schema/columns.js";
import type { Constraint } from "../schema/constraints.js";
import type { Index } from "../schema/indexes.js";
import type { Table } from "../schema/tables.js";

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
