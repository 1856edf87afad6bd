import type { Catalog } from "../catalog/catalog.js";
import type { ObjectKind } from "../schema/schema-objects.js";
import type { Operation } from "../operations/operation.js";
import type { Name } from "../schema/names.js";
import type { SqlType } from "../schema/types/type.js";

/** The kinds of objects that operations touch: those of the catalog, and the parts of a table. */
export type TouchedKind = ObjectKind | "table" | "column" | "constraint" | "index" | "comment" | "enumType" | "other";

/** An object of the database, by what identifies it. */
export interface ObjectName {
  readonly kind: TouchedKind;
  readonly schema: Name | undefined;
  /** Undefined where the server gives the name, and where there is one alone: a primary key, the comment of a table. */
  readonly name: Name | undefined;
  /** The table of a column, constraint, index, comment, trigger or partition. */
  readonly tableName?: Name | undefined;
}

/** How an operation touches an object. A column, constraint or index that is made, changed or dropped changes its table. */
export type Touch = ObjectName &
  (
    | {
        readonly how:
          | "makes"
          | "changes"
          | "drops"
          /** Its definition stays; what refers to it needs it as it is: the table of a foreign key. */
          | "refersTo"
          /** Its rows are read: a table that is scanned, or that a materialised view is filled from. */
          | "reads"
          | "changesRows";
      }
    | {
        readonly how: "renames";
        readonly to: Name;
        /** The schema afterwards, where it is another one. */
        readonly toSchema?: Name | undefined;
      }
  );

/** What is gone for good after an operation. */
export interface Loss {
  readonly takes: "rows" | "values" | "precision" | "counter";
  readonly of: ObjectName;
  /** The subject of "is lost": "all rows of account", "the values of account.level". */
  readonly what: string;
}

/** Rows that make an operation fail. */
export interface RowFailure {
  readonly cause:
    | "null"
    | "missingValue"
    | "duplicate"
    | "orphan"
    | "check"
    | "overlap"
    | "outOfBounds"
    | "doesNotFit"
    | "missingRow";
  readonly of: ObjectName;
  /** Goes on after "the operation": "fails when account.level is NULL in a row". */
  readonly text: string;
}

/** What breaks a program that still uses the schema as it was. */
export interface Breakage {
  readonly whom: "readers" | "writers" | "both";
  readonly of: ObjectName;
  /** A sentence without its full stop: "programs that name account.level fail". */
  readonly text: string;
}

/** Rows that are changed: no schema tells whether something else brings the old ones back. */
export interface RowChange {
  readonly of: ObjectName | undefined;
  /** Goes on after "the operation": "inserts 3 rows into account". */
  readonly text: string;
}

/** Everything that is known of an operation beside its SQL, from the operation and the schema before it alone. */
export interface OperationFacts {
  readonly touches: readonly Touch[];
  readonly losses: readonly Loss[];
  readonly failures: readonly RowFailure[];
  readonly breaks: readonly Breakage[];
  readonly rowChanges: readonly RowChange[];
}

/** What facts depend on besides the operation. */
export interface FactContext {
  /** The schema before the operation. */
  readonly before: Catalog;
  /** The type that stands for another on the dialect. */
  readonly variant: (type: SqlType) => SqlType;
}

/** The facts of one kind of operation; a list that is left out is empty. */
export type FactsOf<O extends Operation> = (
  operation: O,
  context: FactContext,
) => Partial<OperationFacts> & Pick<OperationFacts, "touches">;
