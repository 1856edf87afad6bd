import type { Catalog } from "../catalog/catalog.js";
import type { Expectations } from "../catalog/expectations.js";
import type { Origin } from "../errors.js";
import type { LiteralValue } from "../schema/expressions.js";
import type { Name } from "../schema/names.js";
import type { NamingConvention } from "../schema/naming.js";
import type { OperationNode } from "./index.js";

/** What every operation has: what it is, and where in the revision file it was called. */
export interface Operation {
  readonly kind: string;
  readonly origin: Origin | undefined;
}

/** The table that a batch is about; the directives inside it leave it out. */
export interface BatchTable {
  readonly name: Name;
  readonly schema: Name | undefined;
}

type WithoutOrigin<O> = O extends Operation ? Omit<O, "origin"> : never;

/** An operation as a directive makes it; the recording adds where it was called. */
export type NewOperation = WithoutOrigin<OperationNode>;

/** One row of a file, as it stands there: nobody has said yet what its texts mean. */
export interface FileRow {
  readonly line: number;
  readonly values: Readonly<Record<string, LiteralValue>>;
}

/** What a file of rows says. */
export interface RowFile {
  /** The file relative to the project's folder. */
  readonly file: string;
  readonly rows: readonly FileRow[];
}

export interface RowFileOptions {
  /** What stands between the values of a CSV file: a comma, and in a `.tsv` file a tab, unless said otherwise. */
  readonly delimiter?: string | undefined;
  /** What stands for NULL when it is not in quotes: nothing at all, unless said otherwise. */
  readonly nullText?: string | undefined;
}

/** Where directives put the operations that they make. */
export interface Recording {
  readonly namingConvention: NamingConvention | undefined;
  /** The schema as the operations that were recorded so far leave it. */
  schema(): Catalog;
  /**
   * Reads the rows of a file that lies beside the file of the revision.
   *
   * @throws OperationError with the file and line that cannot be read
   */
  readRows(path: string, options: RowFileOptions): RowFile;
  /** Appends an operation; its origin is the call that is being recorded. */
  add(operation: NewOperation): void;
  /** Runs a body whose operations are enclosed in one, which is added when the body has ended. */
  enclose(
    body: () => void | Promise<void>,
    make: (operations: readonly OperationNode[]) => NewOperation,
  ): void | Promise<void>;
  /** The same directives, each of which notes where it was called. */
  located<D extends object>(directives: D): D;
  /** The same place under another naming convention. */
  under(namingConvention: NamingConvention | undefined): Recording;
}

/**
 * What the registry holds of each operation: the directives that record it on `op` and inside a batch, by name, and
 * what it does to the catalog.
 */
export interface OperationDefinition<O extends Operation> {
  readonly kind: O["kind"];
  readonly directives: (recording: Recording) => object;
  readonly batchDirectives?: (recording: Recording, table: BatchTable) => object;
  readonly apply: (catalog: Catalog, operation: O) => Catalog;
  /**
   * Refuses an operation that does not fit the schema before it.
   *
   * @throws SchemaError that says what is missing or in the way
   */
  readonly check?: (expect: Expectations, operation: O) => void;
}
