import type { RenderContext } from "../../src/compiler/render-context.js";
import type { Breach, Change } from "../../src/compiler/server-rules.js";
import { findColumn } from "../../src/catalog/table-changes.js";
import type { OperationOf } from "../../src/operations/index.js";
import { defaultOf } from "../../src/schema/columns.js";
import { isSqlText, textOfSql } from "../../src/schema/expressions.js";
import type { Name } from "../../src/schema/names.js";
import { nameText, sameName } from "../../src/schema/names.js";
import { isNullableIn, type Table } from "../../src/schema/tables.js";
import { retypingOf } from "../shared/rules/columns.js";
import { type KeyColumn } from "../shared/rules/key-types.js";
import { typeText } from "../shared/rules/keys.js";
import { isAutoincrement } from "./columns.js";
import { rules } from "./rules.js";

export function folded(name: Name): string {
  return nameText(name).toLowerCase();
}

/**
 * What of a type both sides of a foreign key must have: integers their size and sign, texts their character set where both
 * say it; lengths and digits may differ.
 */
export function comparable(type: string): string | undefined {
  const canonical = rules.canonicalType?.(type) ?? type;
  const [, word = ""] = /^(?:NATIONAL )?(\w+)/.exec(canonical) ?? [];
  if (/^(?:VARCHAR|CHAR)$/.test(word)) return "TEXT";
  if (/^(?:VARBINARY|BINARY)$/.test(word)) return "BYTES";
  return canonical.includes(" UNSIGNED") ? `${word} UNSIGNED` : word;
}

/** The columns of an index with a length: only so many characters of each are in it. */
function hasLength({ key, column, context }: KeyColumn): boolean {
  if (key.of.kind !== "index") return false;
  const { length, prefix } = context.options(key.of.options) as { length?: unknown; prefix?: unknown };
  if (prefix !== undefined) return true; // FULLTEXT and SPATIAL indexes have rules of their own
  return (
    typeof length === "number" || (typeof length === "object" && length !== null && nameText(column.name) in length)
  );
}

const lob = /^(?:TINY|MEDIUM|LONG)?(?:TEXT|BLOB)\b/;

export function largeKey(column: KeyColumn): { readonly why: string; readonly hint: string } | undefined {
  if (!lob.test(column.type) || hasLength(column)) return undefined;
  return {
    why: "of which a key needs a length",
    hint:
      "Give the index a length: { mysql: { length: 100 } }, or the column a type with one: t.string(255)." +
      (column.key.kind === "index" ? "" : " A constraint takes no length: make it an index with unique: true."),
  };
}

export function jsonKey(column: KeyColumn): { readonly why: string; readonly hint: string } | undefined {
  if (column.type !== "JSON" || hasLength(column)) return undefined;
  return {
    why: "which is indexed only by its parts",
    hint: "Index an expression, or a computed column, over a path of the document.",
  };
}

/** The columns by which a table is parted, as far as its option names them; undefined when it does not. */
export function partitionColumns(table: Table, context: RenderContext): readonly Name[] | undefined {
  const { partitionBy } = context.options(table.options) as { partitionBy?: unknown };
  if (typeof partitionBy !== "string") return undefined;
  const [, list = ""] = /\((.*?)\)\s*(?:PARTITIONS?\b|SUBPARTITION|\(|$)/is.exec(partitionBy) ?? [];
  const words = new Set(
    [...list.matchAll(/`((?:[^`]|``)+)`|([\p{L}_][\p{L}\p{N}_$]*)(?!\s*\()/gu)].map(([, quoted, word]) =>
      folded(quoted ?? word ?? ""),
    ),
  );
  return table.columns.map(({ name }) => name).filter((name) => words.has(folded(name)));
}

export function* foreignKeysOfPartitioned({
  table,
  context,
}: {
  readonly table: Table;
  readonly context: RenderContext;
}): Iterable<Breach> {
  if (partitionColumns(table, context) === undefined) return;
  if (!table.constraints.some(({ kind }) => kind === "foreignKey")) return;
  yield {
    text: `the table "${nameText(table.name)}" is partitioned and has a foreign key.`,
    hint: "Leave out the partitions or the foreign key.",
  };
}

/** https://dev.mysql.com/doc/refman/8.4/en/replication-rbr-safe-unsafe.html */
const unsafeCalls =
  /\b(?:found_rows|get_lock|is_free_lock|is_used_lock|load_file|rand|random_bytes|release_lock|row_count|session_user|sleep|source_pos_wait|sysdate|system_user|user|uuid|uuid_short)\s*\(|\bcurrent_user\b/i;

export function* unsafeDefault({ operation, context }: Change<"addColumn">): Iterable<Breach> {
  for (const column of operation.addition.columns) {
    const value = defaultOf(column);
    if (!isSqlText(value)) continue;
    const [call] = unsafeCalls.exec(textOfSql(value).replace(/'(?:[^']|'')*'/g, "''")) ?? [];
    if (call === undefined) continue;
    const name = nameText(column.name);
    const table = nameText(operation.addition.name);
    yield {
      text: `the default of "${table}.${name}" calls ${call.replace(/\s*\($/, "")}(), of which each row, and each replica, would get another value.`,
      hint:
        `Take two steps: add the column without the default and fill it by op.execute("UPDATE ${context.name(table)} SET ${context.name(name)} = …"), ` +
        `then op.alterColumn("${table}", "${name}", { serverDefault: … }).`,
    };
  }
}

function isZero(given: unknown): boolean {
  const value = typeof given === "object" && given !== null && "text" in given ? given.text : given;
  return typeof value === "string"
    ? /^[+-]?0+$/.test(value)
    : (typeof value === "number" || typeof value === "bigint") && Number(value) === 0;
}

/** A zero for AUTO_INCREMENT is the next number, unless the session says NO_AUTO_VALUE_ON_ZERO. */
export function* zeroOfAutoincrement({ before, operation }: Change<"bulkInsert">): Iterable<Breach> {
  const target = operation.table;
  const schema = target.kind === "table" ? target.schema : undefined;
  if (before.unknownBecauseOf(schema, target.name) !== undefined) return;
  const table = before.table(schema, target.name) ?? (target.kind === "table" ? target : undefined);
  const counted = table?.columns.find((column) => isAutoincrement(column, table));
  if (counted === undefined) return;
  const name = nameText(counted.name);
  const position = operation.rows.findIndex((row) => isZero(row[name]));
  if (position === -1) return;
  const called = nameText(target.name);
  yield {
    text: `row ${position + 1} has 0 for "${called}.${name}", which is AUTO_INCREMENT: the server would put the next number there.`,
    hint:
      `Give the row another number, and set it to 0 after: op.execute("UPDATE ${called} SET ${name} = 0 WHERE ${name} = …"); ` +
      "or leave the column out for the next number.",
  };
}

/** A text default that no number, or no date, can come of. */
export function* defaultOfOtherType(change: Change<"alterColumn">): Iterable<Breach> {
  const retyping = retypingOf(change);
  if (retyping === undefined || change.operation.change.serverDefault !== undefined) return;
  const value = defaultOf(retyping.column);
  if (
    typeof value !== "string" ||
    !isNumeric(retyping.to) ||
    /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i.test(value)
  )
    return;
  yield {
    text: `the default '${value}' of "${nameText(retyping.column.name)}" is no ${retyping.to}.`,
    hint: "Say the new default in the same call: serverDefault, or null for none.",
  };
}

function isNumeric(type: string): boolean {
  return /^(?:TINYINT|SMALLINT|MEDIUMINT|INTEGER|BIGINT|DECIMAL|NUMERIC|FLOAT|DOUBLE|REAL|BOOL)\b/.test(type);
}

/** Whether MODIFY or CHANGE writes the whole column anew. */
function definesAnew({ change }: OperationOf<"alterColumn">): boolean {
  return [change.nullable, change.type, change.autoincrement, change.comment, change.newColumnName].some(
    (attribute) => attribute !== undefined,
  );
}

/** The author's word for the type goes into the definition, also where the history knows another. */
export function* contradictedType({ before, operation, context }: Change<"alterColumn">): Iterable<Breach> {
  const { existingType } = operation.existing;
  const column = findColumn(before.table(operation.schema, operation.tableName), operation.columnName);
  if (existingType === undefined || column === undefined || operation.change.type !== undefined) return;
  if (!definesAnew(operation)) return;
  const [said, known] = [existingType, column.type].map((type) => typeText(type, context)?.toUpperCase());
  if (said === undefined || known === undefined || plainType(said) === plainType(known)) return;
  yield {
    text: `existingType says that "${nameText(operation.tableName)}.${nameText(column.name)}" is ${said}, and the history made it ${known}.`,
    hint: "The column is written with existingType. Leave it out to keep the type that the history knows.",
  };
}

/** A type without what two spellings of the same may differ in: its other names, display widths, character sets. */
function plainType(type: string): string {
  const canonical = rules.canonicalType?.(type) ?? type;
  return canonical
    .replace(/ (?:CHARACTER SET|COLLATE) \S+/g, "")
    .replace(/^((?:TINY|SMALL|MEDIUM|BIG)?INT(?:EGER)?)\(\d+\)/, "$1");
}

/** Alembic writes NULL where nothing says otherwise, so that databases that it changed may hold NULLs. */
export function* keptNotNull({ before, operation }: Change<"alterColumn">): Iterable<Breach> {
  const { change, existing, schema, tableName, columnName } = operation;
  if (change.nullable !== undefined || existing.existingNullable !== undefined || !definesAnew(operation)) return;
  const table = before.table(schema, tableName);
  const column = findColumn(table, columnName);
  if (table === undefined || column === undefined || isNullableIn(table, column)) return;
  if (
    table.constraints.some((key) => key.kind === "primaryKey" && key.columns.some((name) => sameName(name, columnName)))
  )
    return;
  yield {
    text: `"${nameText(tableName)}.${nameText(columnName)}" stays NOT NULL.`,
    hint: "Alembic would have made it take NULL here: a database that it changed may hold NULLs, which are to be filled first.",
  };
}
