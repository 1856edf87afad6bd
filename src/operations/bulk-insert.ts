import { OperationError } from "../errors.js";
import { didYouMean } from "../suggestion.js";
import type { Column } from "../schema/columns.js";
import { takeOptions } from "../schema/take-options.js";
import { literalOrSql, plainOrSql, type SqlText } from "../schema/expressions.js";
import type { Name } from "../schema/names.js";
import { nameText } from "../schema/names.js";
import type { Table } from "../schema/tables.js";
import { describeTexts, valueOfText } from "../schema/text-values.js";
import type { LiteralValue, PlainValue } from "../schema/values.js";
import { options, values } from "./call.js";
import type { Operation, OperationDefinition, Recording, RowFile, RowFileOptions } from "./operation.js";

/** One row: values by column name. SQL text is taken as SQL. */
export type Row = Readonly<Record<string, LiteralValue | SqlText | undefined>>;

/** The same as an operation holds it. */
export type PlainRow = Readonly<Record<string, PlainValue | SqlText>>;

export interface BulkInsert extends Operation {
  readonly kind: "bulkInsert";
  /** A table with its columns, or the name of one that the replayed schema may know. */
  readonly table: Table | { readonly kind: "tableName"; readonly name: Name };
  readonly rows: readonly PlainRow[];
  /** How many rows one INSERT has at most; undefined: one. */
  readonly rowsPerStatement?: number | undefined;
}

export interface BulkInsertOptions {
  /** Alembic's option: a script has an INSERT for each row either way. */
  readonly multiinsert?: boolean;
  /**
   * Puts up to so many rows into one INSERT, as far as its length and the server allow: SQL Server takes 1000, Oracle one
   * before version 23. Rows stay in their order, so that rows with the same columns have to stand together.
   */
  readonly rowsPerStatement?: number;
}

export interface BulkInsertFromOptions extends BulkInsertOptions, RowFileOptions {
  /** How a file has the bytes of binary columns: `hex` (also after `\\x` or `0x`) unless said otherwise. */
  readonly binary?: "hex" | "base64";
}

export interface BulkInsertDirectives {
  /**
   * Inserts rows, one INSERT for each, with the values as literals of the columns' types.
   *
   * @example op.bulkInsert(table("account", [column("id", t.integer()), column("name", t.string())]), [{ id: 1, name: "O'Hara" }])
   * // INSERT INTO account (id, name) VALUES (1, 'O''Hara')
   */
  bulkInsert(table: Table | Name, rows: readonly Row[], options?: BulkInsertOptions): void;
  /**
   * Inserts the rows of a CSV or JSON file that lies beside the revision file, `path` being relative to that. The first
   * line of a CSV file names the columns; JSON is a list of objects. The types of the columns, those of the table that is
   * given or as the history made it, say what a text is: 1.10 of a numeric column keeps its digits, a date is a date.
   *
   * @example op.bulkInsertFrom("country", "./countries.csv", { rowsPerStatement: 100 })
   * // INSERT INTO country (code, name) VALUES ('DE', 'Germany'), …
   */
  bulkInsertFrom(table: Table | Name, path: string, options?: BulkInsertFromOptions): void;
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

/** A row as it is now, whatever becomes of it later. */
function plainRow(row: Row): PlainRow {
  const given = Object.entries(row).filter(
    (entry): entry is [string, LiteralValue | SqlText] => entry[1] !== undefined,
  );
  // a column may be named __proto__, which an assignment would lose
  return Object.fromEntries(given.map(([name, value]) => [name, plainOrSql(value)]));
}

function writtenRow(row: PlainRow): Row {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, literalOrSql(value)]));
}

function insertOf(table: Table | Name, rows: readonly Row[], { rowsPerStatement }: BulkInsertOptions) {
  return {
    kind: "bulkInsert" as const,
    table: isTable(table) ? table : { kind: "tableName" as const, name: table },
    rows: rows.map(plainRow),
    rowsPerStatement,
  };
}

function checkRowsPerStatement(where: string, { rowsPerStatement }: BulkInsertOptions): void {
  if (rowsPerStatement === undefined || (Number.isInteger(rowsPerStatement) && rowsPerStatement > 0)) return;
  throw new OperationError("rows-per-statement", `${where}: rowsPerStatement is ${String(rowsPerStatement)}.`, {
    hint: "Write a whole number, such as 100.",
  });
}

/** The columns that are known of a table: as it is given, else as the replayed schema has them. */
function knownColumns(table: Table | Name, recording: Recording<BulkInsert>): readonly Column[] | undefined {
  return isTable(table) ? table.columns : recording.schema().table(undefined, table)?.columns;
}

/** The rows of a file, with the meaning that the columns give them. */
function typedRows(
  where: string,
  { file, rows }: RowFile,
  columns: readonly Column[] | undefined,
  binary: "hex" | "base64",
): readonly Row[] {
  const byName = new Map(columns?.map((column) => [nameText(column.name), column]));
  return rows.map(({ line, values }) => {
    const typed = Object.entries(values).map(([key, value]) => {
      const column = byName.get(key);
      if (columns !== undefined && column === undefined) {
        throw new OperationError("unknown-column", `${where}: ${file}:${line} has "${key}", which is no column.`, {
          hint: `${didYouMean(key, [...byName.keys()])} The columns are ${[...byName.keys()].join(", ")}.`.trim(),
          data: { file, line },
        });
      }
      if (typeof value !== "string" || column === undefined) return [key, value] as const;
      const meant = valueOfText(value, column.type, { binary });
      if (meant !== undefined) return [key, meant] as const;
      throw new OperationError(
        "not-a-value",
        `${where}: ${file}:${line} has ${JSON.stringify(value)} for "${key}", which is no ${column.type.name}.`,
        { hint: describeTexts(column.type), data: { file, line, column: key } },
      );
    });
    return Object.fromEntries(typed);
  });
}

export const bulkInsert: OperationDefinition<BulkInsert, BulkInsertDirectives> = {
  kind: "bulkInsert",
  call({ table, rows, rowsPerStatement }) {
    const target = table.kind === "tableName" ? table.name : table;
    return ["bulkInsert", target, values(rows.map(writtenRow)), ...options({ rowsPerStatement })];
  },
  directives: (recording) => ({
    bulkInsert(table, rows, options = {}) {
      takeOptions("op.bulkInsert", options, ["multiinsert", "rowsPerStatement"], "none");
      const where = `op.bulkInsert("${nameText(isTable(table) ? table.name : table)}")`;
      if (!Array.isArray(rows)) {
        throw new OperationError("rows-not-a-list", `${where}: the rows are not an array.`, {
          hint: "Write the rows as an array of objects: [{ id: 1 }, { id: 2 }].",
        });
      }
      checkRowsPerStatement(where, options);
      checkRows(where, table, rows);
      recording.add(insertOf(table, rows, options));
    },
    bulkInsertFrom(table, path, options = {}) {
      const names = ["multiinsert", "rowsPerStatement", "delimiter", "nullText", "binary"];
      takeOptions("op.bulkInsertFrom", options, names, "none");
      const where = `op.bulkInsertFrom("${nameText(isTable(table) ? table.name : table)}")`;
      checkRowsPerStatement(where, options);
      const file = recording.readRows(path, options);
      const rows = typedRows(where, file, knownColumns(table, recording), options.binary ?? "hex");
      recording.add(insertOf(table, rows, options));
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
