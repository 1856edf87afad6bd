import type { Catalog } from "../../../src/catalog/catalog.js";
import { bodiesWithColumn } from "../../../src/catalog/dependent-bodies.js";
import type { RenderContext } from "../../../src/compiler/render-context.js";
import { applyAll, type OperationNode } from "../../../src/operations/index.js";
import type { AlterColumn } from "../../../src/operations/alter-column.js";
import { creationOf } from "../../../src/compiler/object-creation.js";
import { triggersOf } from "../../../src/operations/triggers.js";
import { sql } from "../../../src/schema/expressions.js";
import type { Name } from "../../../src/schema/names.js";
import { nameText, sameName } from "../../../src/schema/names.js";
import type { Table } from "../../../src/schema/tables.js";
import { countedColumn } from "../columns.js";
import type { TableChange } from "../table-change.js";
import { executeOperation, pragma, pragmaOutside } from "../statements.js";
import type { RebuildOptions } from "./rebuild.js";
import { noRebuildOptions, rebuild, temporaryName } from "./rebuild.js";

function refersTo(table: Table, column: Name | undefined): (referring: Table) => boolean {
  return (referring) =>
    referring.constraints.some(
      (constraint) =>
        constraint.kind === "foreignKey" &&
        sameName(constraint.referredTable, table.name) &&
        sameName(referring.schema, table.schema) &&
        (column === undefined || constraint.referredColumns.some((name) => sameName(name, column))),
    );
}

/** The numbers that AUTOINCREMENT gave out stay given out, also those of rows that are gone. */
function keepSequence(old: Table, target: Table, context: RenderContext): readonly OperationNode[] {
  if (countedColumn(old, context) === undefined || countedColumn(target, context) === undefined) return [];
  const sequence = context.qualified(old.schema, "sqlite_sequence");
  const oldName = context.literal(nameText(old.name));
  const newName = context.literal(temporaryName(old.name));
  const text =
    `UPDATE ${sequence} SET seq = coalesce((SELECT old.seq FROM ${sequence} AS old WHERE old.name = ${oldName}), seq) ` +
    `WHERE name = ${newName}`;
  return [executeOperation(sql.raw(text), context)];
}

/**
 * A table of the replayed schema made anew. While other tables refer to it, or may do so for all that is known, dropping
 * it would delete their rows or be refused: foreign keys are off meanwhile, which SQLite allows between transactions
 * only, and are checked before they are on again. Its triggers go with the old table and are created again, with the
 * text that they have; views keep the name of the table because of `legacy_alter_table`.
 * https://www.sqlite.org/lang_altertable.html#otheralter
 */
function rebuildOnce(
  table: Table,
  changes: readonly TableChange[],
  options: RebuildOptions,
  catalog: Catalog,
  context: RenderContext,
): readonly OperationNode[] {
  const { target, copy, replace, indexes } = rebuild(table, changes, options, true, context);
  const steps = [
    ...copy,
    ...keepSequence(table, target, context),
    pragma("legacy_alter_table = ON", context),
    ...replace,
    pragma("legacy_alter_table = OFF", context),
    ...indexes,
    ...triggersOf(catalog, table.schema, table.name).flatMap((trigger) => creationOf("trigger", trigger)),
  ];
  const mayBeReferred = catalog.unknown.size > 0 || catalog.tables.values().some(refersTo(table, undefined));
  if (!mayBeReferred) return steps;
  return [
    pragmaOutside("foreign_keys = OFF", context),
    ...steps,
    pragma("foreign_key_check", context),
    pragmaOutside("foreign_keys = ON", context),
  ];
}

/** The renaming of a column that other tables, views or triggers name: only RENAME COLUMN changes these too. */
function isReferredRename(table: Table, catalog: Catalog): (change: TableChange) => change is AlterColumn {
  return (change): change is AlterColumn =>
    change.kind === "alterColumn" &&
    change.change.newColumnName !== undefined &&
    (bodiesWithColumn(catalog, table, change.columnName).length > 0 ||
      catalog.tables
        .values()
        .some((other) => !sameName(other.name, table.name) && refersTo(table, change.columnName)(other)));
}

/** Splits a change of a column into its renaming and the rest, if there is one. */
function splitRename(operation: AlterColumn): { rename: AlterColumn; rest: readonly AlterColumn[] } {
  const { change } = operation;
  const { newColumnName = operation.columnName, ...others } = change;
  const none = { insertBefore: undefined, insertAfter: undefined };
  const rename: AlterColumn = { ...operation, ...none, change: { newColumnName } };
  const isMore =
    Object.values(others).some((value) => value !== undefined) ||
    operation.insertBefore !== undefined ||
    operation.insertAfter !== undefined;
  return { rename, rest: isMore ? [{ ...operation, columnName: newColumnName, change: others }] : [] };
}

/** The operations that make a table of the replayed schema anew, with the changes in order. */
export function rebuildReplayed(
  table: Table,
  changes: readonly TableChange[],
  options: RebuildOptions,
  catalog: Catalog,
  context: RenderContext,
): readonly OperationNode[] {
  const position = changes.findIndex(isReferredRename(table, catalog));
  const change = changes[position];
  if (change?.kind !== "alterColumn") return rebuildOnce(table, changes, options, catalog, context);
  const { rename, rest } = splitRename(change);
  const first = changes.slice(0, position);
  const last = [...rest, ...changes.slice(position + 1)];
  const renamed = applyAll(catalog, [...first, rename]);
  const next = renamed.table(table.schema, table.name) ?? table;
  return [
    ...(first.length === 0 ? [] : rebuildOnce(table, first, noRebuildOptions, catalog, context)),
    rename,
    ...(last.length === 0 ? [] : rebuildReplayed(next, last, options, renamed, context)),
  ];
}
