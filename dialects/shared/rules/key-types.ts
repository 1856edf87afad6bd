import type { RenderContext } from "../../../src/compiler/render-context.js";
import type { Breach, TableView } from "../../../src/compiler/server-rules.js";
import type { Column } from "../../../src/schema/columns.js";
import type { Name } from "../../../src/schema/names.js";
import { nameText, sameName } from "../../../src/schema/names.js";
import type { Table } from "../../../src/schema/tables.js";
import { columnOf, keysOf, typeText, type Key } from "./keys.js";

/** A column of a key, with its type as it is written, in capitals. */
export interface KeyColumn {
  readonly key: Key;
  readonly column: Column;
  readonly type: string;
  readonly context: RenderContext;
}

/**
 * The columns of keys and indexes have types that the server can order.
 *
 * @param problem why a column cannot be in a key, as the end of a sentence, and what to write instead
 */
export function keyTypes(problem: (column: KeyColumn) => { readonly why: string; readonly hint: string } | undefined) {
  return function* ({ table, context }: TableView): Iterable<Breach> {
    for (const key of keysOf(table)) {
      for (const name of key.columns) {
        const column = columnOf(table, name);
        const type = column === undefined ? undefined : typeText(column.type, context)?.toUpperCase();
        if (column === undefined || type === undefined) continue;
        const found = problem({ key, column, type, context });
        if (found === undefined) continue;
        const { why, hint } = found;
        yield {
          text: `${key.title} of "${nameText(table.name)}" has "${nameText(column.name)}" (${type}), ${why}.`,
          hint,
        };
      }
    }
  };
}

/**
 * The keys of a partitioned table have all the columns by which it is parted.
 *
 * @param partitionColumns the columns by which a table is parted; `"expression"` where no key can stand for them
 */
export function partitionKeys(
  partitionColumns: (table: Table, context: RenderContext) => readonly Name[] | "expression" | undefined,
) {
  return function* ({ table, context }: TableView): Iterable<Breach> {
    const columns = partitionColumns(table, context);
    if (columns === undefined) return;
    for (const key of keysOf(table)) {
      if (!key.isUnique) continue;
      if (columns === "expression") {
        const text = `${key.title} cannot stand on "${nameText(table.name)}", which is parted by an expression.`;
        yield { text, hint: "Part the table by columns, or leave the key to its partitions." };
        continue;
      }
      const missing = columns.filter((name) => !key.columns.some((known) => sameName(known, name)));
      if (missing.length === 0) continue;
      yield {
        text: `${key.title} of "${nameText(table.name)}" lacks ${missing.map((name) => `"${nameText(name)}"`).join(", ")}, by which the table is parted.`,
        hint: `Put ${missing.length === 1 ? "the column" : "the columns"} into the key.`,
      };
    }
  };
}
