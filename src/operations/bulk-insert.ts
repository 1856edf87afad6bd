import { OperationError } from "../errors.js";
import { didYouMean } from "../suggestion.js";
import { takeOptions } from "../schema/dialect-options.js";
import type { LiteralValue, SqlText } from "../schema/expressions.js";
import type { Name } from "../schema/names.js";
import { nameText } from "../schema/names.js";
import type { Table } from "../schema/tables.js";
import type { Operation, OperationDefinition } from "./operation.js";

/** One row: values by column name. SQL text is taken as SQL. */
export type Row = Readonly<Record<string, LiteralValue | SqlText | undefined>>;

export interface BulkInsert extends Operation {
  readonly kind: "bulkInsert";
  /** A table with its columns, or the name of one that the replayed schema may know. */
  readonly table: Table | { readonly kind: "tableName"; readonly name: Name };
  readonly rows: readonly Row[];
}

export interface BulkInsertDirectives {
  /**
   * Inserts rows, one INSERT for each, with the values as literals of the columns' types.
   *
   * @example op.bulkInsert(table("account", [column("id", t.integer()), column("name", t.string())]), [{ id: 1, name: "O'Hara" }])
   * // INSERT INTO account (id, name) VALUES (1, 'O''Hara')
   */
  bulkInsert(table: Table | Name, rows: readonly Row[], options?: { readonly multiinsert?: boolean }): void;
}

function isTable(value: Table | Name): value is Table {
  return typeof value === "object" && "kind" in value;
}

/** Every key of a row has to be a column; rows may leave columns out, but all the same ones. */
function checkRows(where: string, table: Table | Name, rows: readonly Row[]): void {
  const columns = isTable(table) ? table.columns.map((column) => nameText(column.name)) : undefined;
  rows.forEach((row, position) => {
    for (const [key, value] of Object.entries(row)) {
      if (columns !== undefined && !columns.includes(key)) {
        throw new OperationError(
          "unknown-column",
          `${where}: row ${position + 1} has a value for "${key}", which is no column.${didYouMean(key, columns)}`,
          { hint: `The columns are ${columns.join(", ")}.` },
        );
      }
      if (value === undefined) {
        throw new OperationError("undefined-value", `${where}: row ${position + 1} has undefined for "${key}".`, {
          hint: "Write null for NULL, or leave the column out.",
        });
      }
    }
    if (Object.keys(row).length === 0) {
      throw new OperationError("empty-row", `${where}: row ${position + 1} has no values.`, {
        hint: "Remove the row, or give it at least one value.",
      });
    }
  });
}

export const bulkInsert: OperationDefinition<BulkInsert> = {
  kind: "bulkInsert",
  directives: (recording): BulkInsertDirectives => ({
    bulkInsert(table, rows, options = {}) {
      takeOptions("op.bulkInsert", options, ["multiinsert"], "none");
      const where = `op.bulkInsert("${nameText(isTable(table) ? table.name : table)}")`;
      if (!Array.isArray(rows)) {
        throw new OperationError("rows-not-a-list", `${where}: the rows are not an array.`, {
          hint: "Write the rows as an array of objects: [{ id: 1 }, { id: 2 }].",
        });
      }
      checkRows(where, table, rows);
      recording.add({ kind: "bulkInsert", table: isTable(table) ? table : { kind: "tableName", name: table }, rows });
    },
  }),
  check(expect, { table: target, rows }) {
    const table = expect.table(target.kind === "table" ? target.schema : undefined, target.name);
    if (table === undefined) return;
    const names = new Set(rows.flatMap((row) => Object.keys(row)));
    for (const name of names) expect.column(table, name);
  },
  apply: (catalog) => catalog,
};
