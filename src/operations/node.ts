import type { CatalogChange } from "../catalog/changes/index.js";
import type { SqlText } from "../schema/expressions.js";
import type { Name } from "../schema/names.js";
import type { ReadObject } from "../schema/schema-objects.js";
import type { Table, TableItem, TableOptions } from "../schema/tables.js";
import type { PlainValue } from "../schema/values.js";
import type { IgnoringRule } from "../schema/ignoring-rules.js";
import type * as list from "./list.js";
import type { Operation, WithoutOrigin } from "./operation.js";

type Listed = (typeof list)[keyof typeof list];

/** Every operation there is. Each is plain data; what it means is said in the file of its kind. */
export type OperationNode = Parameters<Listed["apply"]>[1] | AutocommitBlock | BatchAlterTable | Execute;

export type OperationKind = OperationNode["kind"];
export type OperationOf<K extends OperationKind> = Extract<OperationNode, { kind: K }>;

/** An operation as `op.invoke` takes it; where it was called is added. */
export type NewOperation = WithoutOrigin<OperationNode>;

/** Operations that run outside the transaction: it is committed before them and begun again after. */
export interface AutocommitBlock extends Operation {
  readonly kind: "autocommitBlock";
  readonly operations: readonly OperationNode[];
}

/** Changes of one table that a dialect may carry out by making the table anew. */
export interface BatchAlterTable extends Operation {
  readonly kind: "batchAlterTable";
  readonly tableName: Name;
  readonly schema: Name | undefined;
  readonly recreate: "auto" | "always" | "never";
  /** Column groups in the order that the new table has them. */
  readonly partialReordering: readonly (readonly Name[])[] | undefined;
  readonly copyFrom: Table | undefined;
  readonly tableArguments: readonly TableItem[];
  readonly tableOptions: TableOptions;
  readonly operations: readonly OperationNode[];
}

/** A query that a query builder compiled: its placeholders are filled with literals. */
export interface RecordedQuery {
  readonly sql: string;
  readonly parameters: readonly PlainValue[];
}

/** SQL of the author's own. */
export interface Execute extends Operation {
  readonly kind: "execute";
  readonly statement: SqlText | RecordedQuery;
  /** What the SQL does to the schema, as far as it was read; undefined when nobody read it. */
  readonly effects?: SqlEffects;
}

/** SQL text read as operations. */
export interface SqlEffects {
  /** What is understood of it. */
  readonly operations: readonly OperationNode[];
  /** Catalog keys of the objects that the rest may have changed; `*` when not even that is known. */
  readonly unknown: readonly string[];
  /** Objects beside tables and enum types that it makes or drops, after the operations. */
  readonly objects?: readonly ObjectEffect[];
  /** Changes that no operation says, before the operations. */
  readonly changes?: readonly CatalogChange[];
  /** The rules by which it, or a part of it, is no part of the replayed schema. */
  readonly ignored?: readonly IgnoringRule[];
  /** It does nothing where this table is missing. */
  readonly onlyIf?: { readonly schema: string | undefined; readonly name: string };
}

/** An object that SQL text makes, or drops with whatever table it belongs to. */
export type ObjectEffect =
  | { readonly effect: "made"; readonly object: ReadObject }
  | ({ readonly effect: "dropped" } & Pick<ReadObject, "kind" | "schema" | "name">);
