import type { RenderContext } from "../../src/compiler/render-context.js";
import { OperationError } from "../../src/errors.js";
import type { BulkInsert, PlainRow } from "../../src/operations/bulk-insert.js";
import type { Column } from "../../src/schema/columns.js";
import { isSqlText } from "../../src/schema/expressions.js";
import { nameText, type Name } from "../../src/schema/names.js";
import { isType } from "../../src/schema/types/type.js";
import { isPlainList } from "../../src/schema/values.js";

/** What one INSERT may hold. */
export interface InsertLimits {
  readonly rows: number;
  readonly bytes: number;
}

/**
 * Far below what any client and server take: MySQL 5.7 refuses statements of 4 MB unless its max_allowed_packet is
 * raised, and a long statement tells little when it fails.
 */
export const usualLimits: InsertLimits = { rows: Infinity, bytes: 1_000_000 };

/** An INSERT with the rows that are in it. */
export interface Insert {
  readonly rows: readonly PlainRow[];
  readonly statement: string;
}

/** The table of a bulk insert: as given, or as replayed when only a name is given. */
export function insertTable({ table }: BulkInsert, context: RenderContext) {
  if (table.kind === "table") return table;
  const known = context.before.table(undefined, table.name);
  return known ?? { name: table.name, schema: undefined, columns: [] as readonly Column[] };
}

/** One value of a row; a string for an enum column has to be one of its values. */
function rowValue(value: PlainRow[string] | undefined, column: Column | undefined, context: RenderContext): string {
  if (isSqlText(value)) return context.sql(value);
  const type = column === undefined ? undefined : context.variant(column.type);
  if (
    type !== undefined &&
    isType(type, "enum") &&
    typeof value === "string" &&
    !type.parameters.values.includes(value)
  ) {
    throw new OperationError(
      "not-an-enum-value",
      `"${value}" is no value of the enum of column "${nameText(column?.name ?? "")}".`,
      {
        hint: `Its values are ${type.parameters.values.join(", ")}.`,
      },
    );
  }
  return context.literal(value ?? null, type);
}

/** What is written alike. In VALUES of several rows SQL Server and Oracle give each column one type for all of them. */
function kindOf(value: PlainRow[string] | undefined): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (isSqlText(value)) return "sql";
  if (typeof value === "string") return value.length > longText ? "long text" : "text";
  if (typeof value !== "object" || isPlainList(value)) return typeof value;
  if (value.value === "bytes") return value.base64 === "" ? "no bytes" : "bytes";
  return value.value === "bigint" ? "number" : value.value;
}

/** In characters; from here on Oracle writes a text as a CLOB, which is another type. */
const longText = 1000;

/** Whether a row can stand in the VALUES of others: what is NULL goes with everything. */
class RowShape {
  readonly #kinds = new Map<string, string>();

  takes(row: PlainRow): boolean {
    const kinds = Object.entries(row).map(([name, value]) => [name, kindOf(value)] as const);
    if (kinds.some(([name, kind]) => kind !== undefined && (this.#kinds.get(name) ?? kind) !== kind)) return false;
    for (const [name, kind] of kinds) if (kind !== undefined) this.#kinds.set(name, kind);
    return true;
  }
}

function statementOf(head: string, values: readonly string[]): string {
  return values.length === 1 ? `${head} VALUES ${values.join("")}` : `${head} VALUES\n    ${values.join(",\n    ")}`;
}

/** What stands between the columns of an INSERT and its values. */
export type BehindColumns = (names: readonly Name[]) => string;

const nothingBehindColumns: BehindColumns = () => "";

/**
 * The INSERTs of a bulk insert, with their columns in the table's order: one for each row, or as many rows in one as
 * are asked for. Rows stay in their order, so that one with other columns begins a new statement.
 */
export function inserts(
  operation: BulkInsert,
  context: RenderContext,
  limits: InsertLimits = usualLimits,
  behindColumns: BehindColumns = nothingBehindColumns,
): readonly Insert[] {
  const table = insertTable(operation, context);
  const target = context.qualified(table.schema, table.name);
  const most = Math.min(operation.rowsPerStatement ?? 1, limits.rows);
  const result: Insert[] = [];
  let current = { head: "", rows: [] as PlainRow[], values: [] as string[], bytes: 0, shape: new RowShape() };
  const flush = (): void => {
    const { head, rows, values } = current;
    if (rows.length > 0) result.push({ rows, statement: statementOf(head, values) });
  };
  for (const row of operation.rows) {
    const known = table.columns.filter((column) => nameText(column.name) in row);
    const knownNames = known.map((column) => nameText(column.name));
    const others = Object.keys(row).filter((key) => !knownNames.includes(key));
    const columns = [
      ...known.map((column) => ({ name: column.name, value: row[nameText(column.name)], column })),
      ...others.map((key) => ({ name: key, value: row[key], column: undefined })),
    ];
    const names = columns.map(({ name }) => name);
    const head = `INSERT INTO ${target} (${context.names(names)})${behindColumns(names)}`;
    const values = `(${columns.map(({ value, column }) => rowValue(value, column, context)).join(", ")})`;
    const bytes = Buffer.byteLength(values, "utf8");
    const isFull = current.rows.length >= most || current.bytes + bytes > limits.bytes;
    if (isFull || current.head !== head || !current.shape.takes(row)) {
      flush();
      const shape = new RowShape();
      shape.takes(row);
      current = { head, rows: [], values: [], bytes: head.length, shape };
    }
    current.rows.push(row);
    current.values.push(values);
    current.bytes += bytes;
  }
  flush();
  return result;
}

/** The statements of a bulk insert. */
export function insertStatements(
  operation: BulkInsert,
  context: RenderContext,
  limits: InsertLimits = usualLimits,
  behindColumns: BehindColumns = nothingBehindColumns,
): readonly string[] {
  return inserts(operation, context, limits, behindColumns).map(({ statement }) => statement);
}
