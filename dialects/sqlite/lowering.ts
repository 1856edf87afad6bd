import type { Dialect } from "../../src/compiler/dialect.js";
import type { RenderContext } from "../../src/compiler/render-context.js";
import type { AddColumn } from "../../src/operations/add-column.js";
import type { AddConstraint } from "../../src/operations/add-constraint.js";
import type { AlterColumn } from "../../src/operations/alter-column.js";
import type { DropColumn } from "../../src/operations/drop-column.js";
import type { DropConstraint } from "../../src/operations/drop-constraint.js";
import type { OperationNode } from "../../src/operations/index.js";
import type { Name } from "../../src/schema/names.js";
import { nameText } from "../../src/schema/names.js";
import type { Table } from "../../src/schema/tables.js";
import { commented, noteComments } from "./comments.js";
import { lowerCreateTable } from "../shared/lowering.js";
import { lowerBatch } from "./batch.js";
import { inPlace } from "./in-place.js";
import type { InPlace } from "./table-change.js";
import { knownTable, unknownTable } from "./known-table.js";
import { noRebuildOptions } from "./rebuild/rebuild.js";
import { rebuildReplayed } from "./rebuild/replayed.js";

type Change = AddColumn | AddConstraint | AlterColumn | DropColumn | DropConstraint;

/** A directive outside a batch: by ALTER TABLE where SQLite can, else by making anew a table that the replay knows. */
function lowerChange(
  operation: Change,
  { schema, name }: { readonly schema: Name | undefined; readonly name: Name },
  context: RenderContext,
): readonly OperationNode[] {
  const known = (): Table | undefined => knownTable(context.before, schema, name);
  const result: InPlace = inPlace(operation, known, context);
  if ("operations" in result) {
    for (const remark of result.remarks ?? []) context.notice(remark);
    return result.operations;
  }
  const table = known();
  if (table === undefined) throw unknownTable(result.obstacle, { schema, name }, context);
  context.notice(
    `SQLite cannot ${result.obstacle} in place: table "${nameText(name)}" is made anew and its rows are copied. ` +
      "Several changes of one table in one op.batchAlterTable copy it once.",
  );
  return rebuildReplayed(table, [operation], noRebuildOptions, context.before, context);
}

export const lower: Dialect["lower"] = {
  batchAlterTable: lowerBatch,
  createTable(operation, context) {
    const { name, comment, columns } = operation.table;
    noteComments([...(comment === undefined ? [] : [name]), ...commented(columns)], context);
    return lowerCreateTable(operation, context);
  },
  addColumn(operation, context) {
    noteComments(commented(operation.addition.columns), context);
    return lowerChange(operation, operation.addition, context);
  },
  addConstraint: (operation, context) => lowerChange(operation, { ...operation, name: operation.tableName }, context),
  alterColumn(operation, context) {
    const { comment, ...others } = operation.change;
    if (comment !== undefined && Object.values(others).every((value) => value === undefined)) {
      throw refuseComment(context);
    }
    return lowerChange(operation, { ...operation, name: operation.tableName }, context);
  },
  dropColumn: (operation, context) => lowerChange(operation, { ...operation, name: operation.tableName }, context),
  dropConstraint: (operation, context) => lowerChange(operation, { ...operation, name: operation.tableName }, context),
  tableComment(_operation, context) {
    throw refuseComment(context);
  },
};

function refuseComment(context: RenderContext): Error {
  return context.unsupported(
    "SQLite keeps no comments of tables and columns.",
    'Put the call behind if (op.dialect.name !== "sqlite"), or write the comment where the table is created.',
  );
}
