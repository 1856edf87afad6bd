import type { Catalog } from "../catalog/catalog.js";
import { OperationError } from "../errors.js";
import { takeOptions } from "../schema/take-options.js";
import { foldTable } from "../schema/folding.js";
import type { Name } from "../schema/names.js";
import { nameText } from "../schema/names.js";
import type { NamingConvention, Owner } from "../schema/naming.js";
import { named } from "../schema/naming.js";
import type { Table, TableItem, TableOptions } from "../schema/tables.js";
import { expandTable } from "../schema/expansion.js";
import { options, unless, whenAny } from "./call.js";
import { batchDirectivesOf, type BatchOperations } from "./batch-operations.js";
import { inOrderOfColumns } from "./batch-order.js";
import type { BatchAlterTable, OperationNode } from "./node.js";
import type { OperationDefinition } from "./operation.js";

export type { BatchAlterTable } from "./node.js";

export interface BatchOptions {
  readonly schema?: Name | null;
  readonly recreate?: "auto" | "always" | "never";
  readonly partialReordering?: readonly (readonly Name[])[];
  /** The table as it is now; not needed when the history creates it. */
  readonly copyFrom?: Table;
  readonly tableArgs?: readonly TableItem[];
  readonly tableKwargs?: TableOptions;
  readonly namingConvention?: NamingConvention;
}

export interface BatchAlterTableDirectives {
  /**
   * Changes one table, on SQLite by making it anew where its ALTER TABLE cannot.
   *
   * @example
   * op.batchAlterTable("account", (batch) => {
   *   batch.alterColumn("name", { nullable: false });
   *   batch.dropColumn("email");
   * });
   */
  batchAlterTable(table: Name, body: (batch: BatchOperations) => void): void;
  batchAlterTable(table: Name, options: BatchOptions, body: (batch: BatchOperations) => void): void;
  batchAlterTable(table: Name, body: (batch: BatchOperations) => Promise<void>): Promise<void>;
  batchAlterTable(table: Name, options: BatchOptions, body: (batch: BatchOperations) => Promise<void>): Promise<void>;
}

/** A constraint or index under the name that it has in the table. */
function underConvention(item: TableItem, convention: NamingConvention | undefined, owner: Owner): TableItem {
  return item.kind === "column" ? item : named(convention, item, owner);
}

const optionNames = [
  "schema",
  "recreate",
  "partialReordering",
  "copyFrom",
  "tableArgs",
  "tableKwargs",
  "namingConvention",
];
const recreateModes = ["auto", "always", "never"];

type SyncBody = (batch: BatchOperations) => void;
type AsyncBody = (batch: BatchOperations) => Promise<void>;
type Body = (batch: BatchOperations) => void | Promise<void>;

function inOrder(operation: BatchAlterTable, catalog: Catalog): readonly OperationNode[] {
  const { operations, recreate, copyFrom, schema, tableName } = operation;
  if (catalog.rules.makesTablesAnew !== true || recreate === "never") return operations;
  return inOrderOfColumns(operations, copyFrom ?? catalog.table(schema, tableName));
}

export const batchAlterTable: OperationDefinition<BatchAlterTable, BatchAlterTableDirectives, OperationNode> = {
  kind: "batchAlterTable",
  call(operation, convention) {
    const { tableName, schema, recreate, partialReordering, tableArguments, tableOptions, operations } = operation;
    const copyFrom = operation.copyFrom && foldTable(operation.copyFrom, convention);
    if (copyFrom === undefined && operation.copyFrom !== undefined) return;
    const [given = {}] = options({
      schema,
      recreate: unless("auto", recreate),
      partialReordering,
      copyFrom,
      tableArgs: whenAny(tableArguments),
      tableKwargs: Object.keys(tableOptions).length === 0 ? undefined : tableOptions,
    });
    return ["batchAlterTable", tableName, given, { kind: "body", operations, batch: { name: tableName, schema } }];
  },
  directives(recording) {
    function batchAlterTable(table: Name, body: SyncBody): void;
    function batchAlterTable(table: Name, options: BatchOptions, body: SyncBody): void;
    function batchAlterTable(table: Name, body: AsyncBody): Promise<void>;
    function batchAlterTable(table: Name, options: BatchOptions, body: AsyncBody): Promise<void>;
    function batchAlterTable(table: Name, optionsOrBody: BatchOptions | Body, lastBody?: Body): void | Promise<void> {
      const where = `op.batchAlterTable("${nameText(table)}")`;
      const options = typeof optionsOrBody === "function" ? {} : optionsOrBody;
      const body = typeof optionsOrBody === "function" ? optionsOrBody : lastBody;
      takeOptions(where, options, optionNames, "none");
      const recreate = options.recreate ?? "auto";
      if (typeof body !== "function" || !recreateModes.includes(recreate)) {
        throw new OperationError(
          "batch-arguments",
          typeof body === "function" ? `${where}: recreate is "${recreate}".` : `${where} has no body.`,
          { hint: 'Write op.batchAlterTable("t", { recreate: "auto" | "always" | "never" }, (batch) => { … }).' },
        );
      }
      const target = { name: table, schema: options.schema ?? undefined };
      const convention = options.namingConvention ?? recording.namingConvention;
      return recording.enclose(
        "batchAlterTable",
        (inside) => body(inside.located(batchDirectivesOf(inside.under(convention), target))),
        (operations) => ({
          kind: "batchAlterTable",
          tableName: table,
          schema: target.schema,
          recreate,
          partialReordering: options.partialReordering,
          copyFrom: options.copyFrom === undefined ? undefined : expandTable(options.copyFrom, convention),
          tableArguments: (options.tableArgs ?? []).map((item) => underConvention(item, convention, target)),
          tableOptions: options.tableKwargs ?? {},
          operations,
        }),
      );
    }
    return { batchAlterTable };
  },
  check(expect, operation, replay) {
    const { schema, tableName, copyFrom } = operation;
    if (copyFrom === undefined) expect.table(schema, tableName);
    replay.check(expect.catalog, inOrder(operation, expect.catalog));
  },
  apply(catalog, operation, replay) {
    const { copyFrom, schema, tableName } = operation;
    const known = catalog.table(schema, tableName) !== undefined || copyFrom === undefined;
    return replay.after(known ? catalog : catalog.withTable(copyFrom), inOrder(operation, catalog));
  },
};
