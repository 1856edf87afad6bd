import type { RenderContext } from "../../../src/compiler/render-context.js";
import { OperationError } from "../../../src/errors.js";
import type { BatchAlterTable } from "../../../src/operations/batch-alter-table.js";
import type { OperationNode } from "../../../src/operations/index.js";
import { computedOf } from "../../../src/schema/columns.js";
import type { DialectName, DialectOptions } from "../../../src/schema/dialect-names.js";
import { dialectNames } from "../../../src/schema/dialect-names.js";
import { takeOptions } from "../../../src/schema/take-options.js";
import { sql } from "../../../src/schema/expressions.js";
import type { Name } from "../../../src/schema/names.js";
import { nameText } from "../../../src/schema/names.js";
import type { Table } from "../../../src/schema/tables.js";
import { makeTable, tableOptionNames } from "../../../src/schema/tables.js";
import { executeOperation } from "../statements.js";
import type { TableChange } from "../table-change.js";
import { TableDraft } from "./table-draft.js";

/** What a rebuild takes from the call of a batch, besides its changes. */
export type RebuildOptions = Pick<BatchAlterTable, "partialReordering" | "tableArguments" | "tableOptions">;

export const noRebuildOptions: RebuildOptions = { partialReordering: undefined, tableArguments: [], tableOptions: {} };

/** The name of the table until it takes the old one's place, cut as Alembic cuts it. */
export function temporaryName(table: Name): string {
  return [...`_alembic_tmp_${nameText(table)}`].slice(0, 50).join("");
}

/** The options of a table, with those of the call over them, dialect by dialect. */
function mergedOptions(table: DialectOptions, call: DialectOptions): DialectOptions {
  const merged: { -readonly [D in DialectName]?: DialectOptions[D] } = { ...table };
  for (const dialect of dialectNames) {
    if (call[dialect] !== undefined) merged[dialect] = { ...table[dialect], ...call[dialect] };
  }
  return merged;
}

/** The table to be, under its final name. */
function targetOf(draft: TableDraft, { tableArguments, tableOptions }: RebuildOptions): Table {
  const { table } = draft;
  const added = makeTable("op.batchAlterTable: tableArgs", table.name, tableArguments, {});
  const groups = takeOptions("op.batchAlterTable: tableKwargs", tableOptions, tableOptionNames, "table");
  return {
    ...table,
    columns: [...draft.orderedColumns().map(({ column }) => column), ...added.columns],
    constraints: draft.constraints.ordered(added.constraints),
    indexes: [...draft.indexes.all, ...added.indexes],
    comment: tableOptions.comment ?? draft.comment,
    prefixes: tableOptions.prefixes ?? table.prefixes,
    options: mergedOptions(table.options, groups),
  };
}

/** INSERT … SELECT of every column that was there before and is not computed. */
function copyRows(draft: TableDraft, temporary: string, context: RenderContext): OperationNode {
  const { table } = draft;
  const copied = draft
    .orderedColumns()
    .filter(({ source, column }) => source !== undefined && computedOf(column) === undefined);
  if (copied.length === 0) {
    throw new OperationError(
      "no-column-left",
      `Table "${nameText(table.name)}": none of its columns is left, so that its rows cannot be kept.`,
      {
        hint: "Drop the table and create it anew: op.dropTable, then op.createTable.",
        origin: context.operation?.origin,
      },
    );
  }
  const names = context.names(copied.map(({ column }) => column.name));
  const values = copied.map(({ source = "", isCast, key }) => (isCast ? `${source} AS ${context.name(key)}` : source));
  const target = context.qualified(table.schema, temporary);
  const from = context.qualified(table.schema, table.name);
  return executeOperation(
    sql.raw(`INSERT INTO ${target} (${names})\nSELECT ${values.join(", ")}\nFROM ${from}`),
    context,
  );
}

/** The table made anew: under another name, filled with the rows, and put in the place of the old one. */
export interface Rebuild {
  readonly target: Table;
  /** Creates the new table and fills it. */
  readonly copy: readonly OperationNode[];
  /** Drops the old table and gives its name to the new one. */
  readonly replace: readonly OperationNode[];
  readonly indexes: readonly OperationNode[];
}

/**
 * Makes a table anew with changes, in the steps of https://www.sqlite.org/lang_altertable.html#otheralter
 *
 * @param isReplayed the table is the replayed one, and not the author's copyFrom
 */
export function rebuild(
  table: Table,
  changes: readonly TableChange[],
  options: RebuildOptions,
  isReplayed: boolean,
  context: RenderContext,
): Rebuild {
  const draft = new TableDraft(table, { partialReordering: options.partialReordering, isReplayed }, context);
  for (const change of changes) draft.apply(change);
  const target = targetOf(draft, options);
  const temporary = temporaryName(table.name);
  const origin = context.operation?.origin;
  const { name: tableName, schema } = table;
  return {
    target,
    copy: [
      { kind: "createTable", origin, table: { ...target, name: temporary, indexes: [] }, ifNotExists: false },
      copyRows(draft, temporary, context),
    ],
    replace: [
      { kind: "dropTable", origin, tableName, schema, ifExists: false },
      { kind: "renameTable", origin, from: temporary, to: tableName, schema },
    ],
    indexes: target.indexes.map((index) => ({
      kind: "createIndex",
      origin,
      tableName,
      schema,
      index,
      ifNotExists: false,
    })),
  };
}
