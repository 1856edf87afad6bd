import type { Catalog } from "../../../src/catalog/catalog.js";
import type { Breach, Change } from "../../../src/compiler/server-rules.js";
import { mentionsColumn } from "../../../src/schema/column-mentions.js";
import { computedOf, type Column } from "../../../src/schema/columns.js";
import { asSqlText, isSqlText, type SqlText } from "../../../src/schema/expressions.js";
import type { Name } from "../../../src/schema/names.js";
import { nameText, sameName } from "../../../src/schema/names.js";
import type { Table } from "../../../src/schema/tables.js";
import { retypingOf } from "./columns.js";

/** The table of an operation that drops a column or gives it another name, when all of it is known. */
function tableLosing({ before, operation }: Change<"dropColumn" | "alterColumn">): Table | undefined {
  const { schema, tableName, columnName } = operation;
  if (operation.kind === "alterColumn") {
    const { newColumnName } = operation.change;
    if (newColumnName === undefined || sameName(newColumnName, columnName)) return undefined;
  }
  return knownTable(before, schema, tableName);
}

function knownTable(catalog: Catalog, schema: Name | undefined, name: Name): Table | undefined {
  return catalog.unknownBecauseOf(schema, name) === undefined ? catalog.table(schema, name) : undefined;
}

/** The columns that are computed from another one. */
export function computedFrom(table: Table, name: Name): readonly Column[] {
  return table.columns.filter((column) => {
    const computed = computedOf(column);
    return computed !== undefined && !sameName(column.name, name) && mentionsColumn(computed.expression, name);
  });
}

function* computedBreaches(table: Table, name: Name): Iterable<Breach> {
  for (const column of computedFrom(table, name)) {
    yield {
      text: `"${nameText(table.name)}.${nameText(column.name)}" is computed from "${nameText(name)}".`,
      hint: `Drop "${nameText(column.name)}" first, and add it anew after.`,
    };
  }
}

/** A column that another is computed from neither goes nor gets another name. */
export function* sourceOfComputed(change: Change<"dropColumn" | "alterColumn">): Iterable<Breach> {
  const table = tableLosing(change);
  if (table !== undefined) yield* computedBreaches(table, change.operation.columnName);
}

/** A column that another is computed from keeps its type. */
export function* retypedSourceOfComputed(change: Change<"alterColumn">): Iterable<Breach> {
  const retyping = retypingOf(change);
  if (retyping !== undefined) yield* computedBreaches(retyping.table, retyping.column.name);
}

/** A column of which the default of another speaks neither goes nor gets another name. */
export function* sourceOfDefault(change: Change<"dropColumn" | "alterColumn">): Iterable<Breach> {
  const table = tableLosing(change);
  const name = change.operation.columnName;
  for (const { name: other, serverDefault } of table?.columns ?? []) {
    if (!isSqlText(serverDefault) || sameName(other, name) || !mentionsColumn(serverDefault, name)) continue;
    yield {
      text: `the default of "${nameText(table?.name ?? "")}.${nameText(other)}" speaks of "${nameText(name)}".`,
      hint: `Drop that default first, op.alterColumn(…, "${nameText(other)}", { serverDefault: null }), and set it anew after.`,
    };
  }
}

/** A column that an expression or condition of an index speaks of neither goes nor gets another name. */
export function* columnOfIndexedExpression(change: Change<"dropColumn" | "alterColumn">): Iterable<Breach> {
  const table = tableLosing(change);
  const name = change.operation.columnName;
  for (const index of table?.indexes ?? []) {
    const where = change.context.options(index.options)["where"] as string | SqlText | undefined;
    const texts = [...index.columns.filter(isSqlText), ...(where === undefined ? [] : [asSqlText(where)])];
    if (!texts.some((text) => mentionsColumn(text, name))) continue;
    const title = index.name === undefined ? "an index" : `the index "${nameText(index.name)}"`;
    yield {
      text: `an expression of ${title} of "${nameText(table?.name ?? "")}" speaks of "${nameText(name)}".`,
      hint: "Drop the index first, op.dropIndex, and make it anew after.",
    };
  }
}
