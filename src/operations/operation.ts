import type { Catalog } from "../catalog/catalog.js";
import type { SchemaChecks } from "../catalog/schema-checks.js";
import type { Origin } from "../errors.js";
import type { LiteralValue } from "../schema/expressions.js";
import type { Name } from "../schema/names.js";
import type { NamingConvention } from "../schema/naming.js";
import type { DirectiveCall, DirectiveCallOf } from "./call.js";

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

/** An operation as a directive makes it; the recording adds where it was called. */
export type WithoutOrigin<O extends Operation> = O extends Operation ? Omit<O, "origin"> : never;

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

/** Where the directives of an operation put what they make; those that hold other operations say which. */
export interface Recording<O extends Operation, Held extends Operation = Operation> {
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
  add(operation: WithoutOrigin<O>): void;
  /**
   * Runs a function whose operations are enclosed in one, which is added when the function has ended.
   *
   * @param directive - the directive that does it, for messages
   * @param inside - gets the place where those operations are put; it is of no use after the end
   */
  enclose(
    directive: string,
    inside: (recording: Recording<Held, Held>) => void | Promise<void>,
    make: (operations: readonly Held[]) => WithoutOrigin<O>,
  ): void | Promise<void>;
  /** The same directives, each of which notes where it was called. */
  located<D extends object>(directives: D): D;
  /** The same place, under another naming convention, for the operations that are held. */
  under(namingConvention: NamingConvention | undefined): Recording<Held, Held>;
}

/** Replays operations that another one holds: given to those, which do not know what there is. */
export interface Replay<Held extends Operation = Operation> {
  /** The catalog after the operations. */
  after(catalog: Catalog, operations: readonly Held[]): Catalog;
  /**
   * Refuses the first of the operations that does not fit the schema that the ones before it leave.
   *
   * @throws SchemaError that says what is missing or in the way, and what is there
   */
  check(catalog: Catalog, operations: readonly Held[]): void;
}

/** What holds of every operation, whatever its directives are called. An operation that holds others says which. */
export interface AnyDefinition<O extends Operation, Held extends Operation = Operation> {
  readonly kind: O["kind"];
  /** The directives that record it on `op`, by name. */
  readonly directives: (recording: Recording<O, Held>) => object;
  /** The directives that record it inside a batch, which leave the table out. */
  readonly batchDirectives?: (recording: Recording<O, Held>, table: BatchTable) => object;
  /**
   * The call that records it again under a naming convention; undefined when there is none, since only SQL text or a
   * batch makes such an operation.
   */
  readonly call: (operation: O, convention: NamingConvention | undefined) => DirectiveCall | undefined;
  /** The call inside the batch of a table; undefined when there is none, as for an operation on another table. */
  readonly batchCall?: (
    operation: O,
    table: BatchTable,
    convention: NamingConvention | undefined,
  ) => DirectiveCall | undefined;
  /** What it does to the catalog. */
  readonly apply: (catalog: Catalog, operation: O, replay: Replay<Held>) => Catalog;
  /**
   * Refuses an operation that does not fit the schema before it.
   *
   * @throws SchemaError that says what is missing or in the way
   */
  readonly check?: (expect: SchemaChecks, operation: O, replay: Replay<Held>) => void;
}

/** All that there is to say of an operation with its directives. */
export interface OperationDefinition<
  O extends Operation,
  D extends object,
  Held extends Operation = Operation,
> extends AnyDefinition<O, Held> {
  readonly directives: (recording: Recording<O, Held>) => D;
  readonly call: (operation: O, convention: NamingConvention | undefined) => DirectiveCallOf<D, Held> | undefined;
}

/** The same of an operation that is also recorded inside a batch. */
export interface BatchedDefinition<
  O extends Operation,
  D extends object,
  B extends object,
  Held extends Operation = Operation,
> extends OperationDefinition<O, D, Held> {
  readonly batchDirectives: (recording: Recording<O, Held>, table: BatchTable) => B;
  readonly batchCall: (
    operation: O,
    table: BatchTable,
    convention: NamingConvention | undefined,
  ) => DirectiveCallOf<B, Held> | undefined;
}

/** What has the members of all the types of a union. */
export type IntersectionOf<U> = (U extends unknown ? (part: U) => void : never) extends (whole: infer I) => void
  ? I
  : never;
