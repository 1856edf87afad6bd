import type { Catalog } from "../../src/catalog/catalog.js";
import type { RenderContext } from "../../src/compiler/render-context.js";
import { OperationError } from "../../src/errors.js";
import type { BatchAlterTable } from "../../src/operations/batch-alter-table.js";
import { inOrderOfColumns } from "../../src/operations/batch-order.js";
import { applyOperation, type OperationNode } from "../../src/operations/index.js";
import { computedOf, defaultOf } from "../../src/schema/columns.js";
import { isSqlText } from "../../src/schema/expressions.js";
import type { Name } from "../../src/schema/names.js";
import { nameText, sameName } from "../../src/schema/names.js";
import { commented, noteComments } from "./comments.js";
import { inPlace } from "./in-place.js";
import { knownTable, unknownTable } from "./known-table.js";
import { rebuild } from "./rebuild/rebuild.js";
import { isTableChange, type TableChange } from "./table-change.js";
import { rebuildReplayed } from "./rebuild/replayed.js";

/** Whether Alembic makes a table anew for a change when copyFrom says what it is. */
function recreatesForAlembic(change: TableChange): boolean {
  switch (change.kind) {
    case "createIndex":
    case "dropIndex":
      return false;
    case "addColumn": {
      const { columns, constraints } = change.addition;
      const needsMore = constraints.some((constraint) => constraint.kind !== "primaryKey");
      return (
        (needsMore && !change.inlineReferences) ||
        columns.some((column) => isSqlText(defaultOf(column)) || computedOf(column)?.persisted === true)
      );
    }
    case "addConstraint":
    case "alterColumn":
    case "dropColumn":
    case "dropConstraint":
    case "tableComment":
      return true;
  }
}

function hasPlace(change: TableChange): boolean {
  return (
    (change.kind === "addColumn" || change.kind === "alterColumn") &&
    (change.insertBefore !== undefined || change.insertAfter !== undefined)
  );
}

/** A batch whose table is not made anew: every change by ALTER TABLE, or an error. */
function withoutRebuild(
  operation: BatchAlterTable,
  changes: readonly TableChange[],
  context: RenderContext,
): readonly OperationNode[] {
  const placed = changes.find(hasPlace);
  if (placed !== undefined) {
    throw new OperationError("place-without-rebuild", "ALTER TABLE cannot put a column before or after another one.", {
      hint: 'Leave insertBefore and insertAfter out, or write op.batchAlterTable("…", { recreate: "always" }, …).',
      origin: placed.origin,
    });
  }
  const lowered = tryInPlace(operation, changes, operation.copyFrom === undefined, context);
  if ("operations" in lowered) return lowered.operations;
  throw context.unsupported(
    `SQLite cannot ${lowered.obstacle} without making table "${nameText(operation.tableName)}" anew.`,
    operation.recreate === "never" ? 'Leave recreate: "never" out.' : 'Write recreate: "always".',
  );
}

/** All changes by ALTER TABLE, each with the table as the ones before leave it; or the first that cannot be made so. */
function tryInPlace(
  { tableName, schema }: BatchAlterTable,
  changes: readonly TableChange[],
  knowsTable: boolean,
  context: RenderContext,
): { readonly operations: readonly OperationNode[] } | { readonly obstacle: string } {
  const operations: OperationNode[] = [];
  const remarks: string[] = [];
  let catalog = (): Catalog => context.before;
  for (const change of changes) {
    const before = catalog;
    const result = inPlace(change, () => (knowsTable ? knownTable(before(), schema, tableName) : undefined), context);
    if ("obstacle" in result) return result;
    operations.push(...result.operations);
    remarks.push(...(result.remarks ?? []));
    let after: Catalog | undefined;
    catalog = () => (after ??= applyOperation(before(), change));
  }
  for (const remark of remarks) context.notice(remark);
  return { operations };
}

/** The table of the author's copyFrom, made anew in Alembic's statements. */
function fromCopy(
  operation: BatchAlterTable,
  changes: readonly TableChange[],
  context: RenderContext,
): readonly OperationNode[] {
  const { copyFrom, recreate, tableName, schema } = operation;
  if (copyFrom === undefined) return [];
  if (!sameName(copyFrom.name, tableName) || !sameName(copyFrom.schema, schema)) {
    const nameOf = (name: Name, inSchema: Name | undefined): string =>
      inSchema === undefined ? nameText(name) : `${nameText(inSchema)}.${nameText(name)}`;
    throw new OperationError(
      "other-table",
      `op.batchAlterTable changes "${nameOf(tableName, schema)}", but copyFrom is "${nameOf(copyFrom.name, copyFrom.schema)}".`,
      { hint: "Give both the same name and schema.", origin: operation.origin },
    );
  }
  if (recreate === "never" || (recreate === "auto" && !changes.some(recreatesForAlembic))) {
    return withoutRebuild(operation, changes, context);
  }
  const { copy, replace, indexes } = rebuild(copyFrom, changes, operation, false, context);
  return [...copy, ...replace, ...indexes];
}

/** The table of the replayed schema: changed in place where SQLite can do all that is asked, else made anew. */
function fromReplay(
  operation: BatchAlterTable,
  changes: readonly TableChange[],
  context: RenderContext,
): readonly OperationNode[] {
  const { tableName, schema, recreate, partialReordering, tableArguments, tableOptions } = operation;
  if (recreate === "never") return withoutRebuild(operation, changes, context);
  const asksForMore =
    recreate === "always" ||
    partialReordering !== undefined ||
    tableArguments.length > 0 ||
    Object.keys(tableOptions).length > 0 ||
    changes.some(hasPlace);
  const result = asksForMore
    ? { obstacle: "do in place what the batch asks for" }
    : tryInPlace(operation, changes, true, context);
  if ("operations" in result) return result.operations;
  const table = knownTable(context.before, schema, tableName);
  if (table === undefined) throw unknownTable(result.obstacle, { schema, name: tableName }, context);
  return rebuildReplayed(table, changes, operation, context.before, context);
}

/** A batch: SQL of the author's own first, as Alembic does, then the changes of the table. */
export function lowerBatch(operation: BatchAlterTable, context: RenderContext): readonly OperationNode[] {
  const authored = operation.operations.filter(({ kind }) => kind === "execute");
  const { operations, recreate, copyFrom, schema, tableName } = operation;
  const table = recreate === "never" ? undefined : (copyFrom ?? context.before.table(schema, tableName));
  const changes = inOrderOfColumns(operations, table).filter(isTableChange);
  const added = changes.flatMap((change) => (change.kind === "addColumn" ? change.addition.columns : []));
  noteComments(commented(added), context);
  const from = operation.copyFrom === undefined ? fromReplay : fromCopy;
  return [...authored, ...from(operation, changes, context)];
}
