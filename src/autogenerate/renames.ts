import type { Catalog } from "../catalog/catalog.js";
import { findColumn } from "../catalog/table-changes.js";
import { UsageError } from "../errors.js";
import type { OperationNode } from "../operations/index.js";
import { nameText, type Name } from "../schema/names.js";
import { constraintsOf, type Table } from "../schema/tables.js";
import { origin } from "./comparison.js";

/** Something under another name in the wanted schema: a table, or a column, index or constraint of one. */
export interface Rename {
  /** The schema of the table. */
  readonly schema: string | undefined;
  /** The table as the wanted schema names it; undefined where the table itself is renamed. */
  readonly table: string | undefined;
  readonly from: string;
  readonly to: string;
}

/** Renames as operations, there and back. */
export interface Renamings {
  readonly forwards: readonly OperationNode[];
  readonly back: readonly OperationNode[];
  readonly detected: readonly string[];
}

/**
 * A rename as the command line has it.
 *
 * @example parseRename("account.nick=alias") // the column, index or constraint "nick" of the table "account"
 * @example parseRename("audit.account=audit.person") // with schemas, a table
 * @throws UsageError for a text that is no rename
 */
export function parseRename(text: string): Rename {
  const [before = "", after = "", ...more] = text.split("=");
  const old = before.split(".");
  const next = after.split(".");
  const isEmpty = [...old, ...next].some((part) => part.trim() === "");
  if (!isEmpty && more.length === 0) {
    const [from = ""] = old.slice(-1);
    const [to = ""] = next.slice(-1);
    if (old.length === next.length && old.length <= 2)
      return { schema: old.length === 2 ? old[0] : undefined, table: undefined, from, to };
    if (next.length === 1 && old.length <= 3)
      return { schema: old.length === 3 ? old[0] : undefined, table: old.at(-2), from, to };
  }
  throw new UsageError("invalid-rename", `--rename "${text}" is no rename.`, {
    hint: "Write --rename table.old=new for a column, index or constraint, and --rename old=new for a table.",
    data: { rename: text },
  });
}

function alteration(table: Table, from: Name, to: Name): OperationNode {
  return {
    kind: "alterColumn",
    tableName: table.name,
    schema: table.schema,
    columnName: from,
    change: { newColumnName: to },
    existing: {},
    options: {},
    insertBefore: undefined,
    insertAfter: undefined,
    origin,
  };
}

function isNamed(
  { name, impliedName }: { readonly name: Name | undefined; readonly impliedName?: string },
  text: string,
): boolean {
  return (name === undefined ? impliedName : nameText(name)) === text;
}

/** A rename of a column, index or constraint of a table; undefined where the table has nothing of that name. */
function partRename(
  table: Table,
  from: string,
  to: string,
): readonly [there: OperationNode, back: OperationNode] | undefined {
  const { name: tableName, schema } = table;
  const column = findColumn(table, from);
  if (column !== undefined) return [alteration(table, column.name, to), alteration(table, to, column.name)];
  const isIndex = table.indexes.some((index) => isNamed(index, from));
  if (!isIndex && !constraintsOf(table).some((constraint) => isNamed(constraint, from))) return undefined;
  const kind = isIndex ? "renameIndex" : "renameConstraint";
  const rename = (old: string, next: string): OperationNode => ({
    kind,
    from: old,
    to: next,
    tableName,
    schema,
    origin,
  });
  return [rename(from, to), rename(to, from)];
}

function unknownRename(what: string, { table, from, to }: Rename): UsageError {
  const shown = table === undefined ? `${from}=${to}` : `${table}.${from}=${to}`;
  return new UsageError("unknown-rename", `--rename ${shown}: ${what}.`, {
    hint: "The old name is what the revisions made, the new one what the target has.",
    data: { rename: shown },
  });
}

/**
 * The operations of renames. Tables go first, so that a column is named by the new name of its table.
 *
 * @throws UsageError for a name that is not there, or not wanted
 */
export function renamings(renames: readonly Rename[], current: Catalog, wanted: Catalog): Renamings {
  const forwards: OperationNode[] = [];
  const back: OperationNode[] = [];
  const detected: string[] = [];
  const tables = new Map<string, Table>();
  for (const rename of renames.filter(({ table }) => table === undefined)) {
    const { schema, from, to } = rename;
    const table = current.table(schema, from);
    if (table === undefined) throw unknownRename(`the revisions make no table "${from}"`, rename);
    if (wanted.table(schema, to) === undefined) throw unknownRename(`the target has no table "${to}"`, rename);
    tables.set(to, table);
    forwards.push({ kind: "renameTable", from, to, schema, origin });
    back.unshift({ kind: "renameTable", from: to, to: from, schema, origin });
    detected.push(`Detected renamed table '${from}' to '${to}'`);
  }
  for (const rename of renames) {
    const { schema, table: name, from, to } = rename;
    if (name === undefined) continue;
    const known = tables.get(name) ?? current.table(schema, name);
    if (known === undefined) throw unknownRename(`the revisions make no table "${name}"`, rename);
    const [there, again] = partRename({ ...known, name }, from, to) ?? [];
    if (there === undefined || again === undefined) {
      throw unknownRename(`table "${name}" has no column, index or constraint "${from}"`, rename);
    }
    forwards.push(there);
    back.unshift(again);
    detected.push(`Detected renamed '${name}.${from}' to '${name}.${to}'`);
  }
  return { forwards, back, detected };
}
