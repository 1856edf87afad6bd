import type { Catalog } from "../../../src/catalog/catalog.js";
import type { CatalogChange } from "../../../src/operations/execute.js";
import type { Constraint, ForeignKey } from "../../../src/schema/constraints.js";
import type { Index } from "../../../src/schema/indexes.js";
import { isSqlText } from "../../../src/schema/expressions.js";
import { nameText } from "../../../src/schema/names.js";
import type { Table } from "../../../src/schema/tables.js";
import { knownTable, tableChange, tableMadeOfOthers } from "../../shared/reader/catalog-changes.js";
import type { Cursor, QualifiedName } from "../../shared/reader/cursor.js";
import { NotUnderstood } from "../../shared/reader/cursor.js";
import type { TableOptions } from "../../shared/reader/grammar.js";
import type { Token } from "../../shared/sql-text/tokens.js";
import { charsetIn, convertedTable, otherOptions, withDefaultCharset, withOptions } from "./charsets.js";

/** Clauses of ALTER TABLE about rows, or about how the statement itself goes. */
const unseen: ReadonlySet<string> = new Set([
  ...["ENABLE", "DISABLE", "ALGORITHM", "LOCK", "FORCE", "ORDER", "WITH", "WITHOUT", "WAIT", "NOWAIT", "ANALYZE"],
  ...["CHECK", "OPTIMIZE", "REPAIR", "REBUILD", "TRUNCATE", "DISCARD", "IMPORT", "EXCHANGE"],
]);

const partitionOptions = ["partitionBy", "partitions", "subpartitionBy", "subpartitions"];

/** What the options of `ALTER TABLE` make of a table. */
function withReadOptions(table: Table, { options, comment }: TableOptions): Table | undefined {
  const said = (options.mysql ?? {}) as Readonly<Record<string, string | number>>;
  const charset = charsetIn(said);
  const others = otherOptions(said);
  const removed = Object.keys(others).some((name) => partitionOptions.includes(name)) ? partitionOptions : [];
  const changed = withOptions(table, [...removed, ...Object.keys(others)], others);
  const described = comment === undefined ? changed : { ...changed, comment: comment === "" ? undefined : comment };
  return charset === undefined ? described : withDefaultCharset(described, charset);
}

function charsetWordsIn(tokens: readonly Token[]): number {
  const words = ["CHARACTER", "CHARSET", "COLLATE", "ASCII", "UNICODE", "BINARY"];
  return tokens.filter(({ kind, value }) => kind === "word" && words.includes(value)).length;
}

/** A clause of ALTER TABLE that begins with none of its verbs: options of the table, for the most part. */
export function readAlterOptions(
  clause: Cursor,
  table: QualifiedName,
  readTableOptions: (cursor: Cursor) => TableOptions,
): readonly CatalogChange[] {
  if (unseen.has(clause.word() ?? "")) {
    clause.rest();
    return [];
  }
  if (clause.accept("CONVERT", "TO")) {
    if (charsetWordsIn(clause.tokens) < charsetWordsIn(clause.statement.tokens)) {
      throw new NotUnderstood("a conversion along with columns in a character set of their own");
    }
    const { options } = readTableOptions(clause);
    const charset = charsetIn((options.mysql ?? {}) as Readonly<Record<string, string>>);
    // without a name it is the set of the database, which is not known
    if (charset?.charset === undefined || charset.charset.toUpperCase() === "DEFAULT") {
      throw new NotUnderstood("the character set of the database");
    }
    return [tableChange(table, (known) => convertedTable(known, charset))];
  }
  if (clause.accept("REMOVE", "PARTITIONING")) {
    return [tableChange(table, (known) => withOptions(known, partitionOptions, {}))];
  }
  if (clause.peek()?.kind !== "word" || clause.isAt("COALESCE") || clause.isAt("REORGANIZE")) {
    throw new NotUnderstood(`ALTER TABLE … ${clause.peek()?.text}`);
  }
  const options = readTableOptions(clause);
  return [tableChange(table, (known) => withReadOptions(known, options))];
}

/** Whether these columns come first in an index. */
function begins(columns: Index["columns"], key: ForeignKey): boolean {
  return key.columns.every((name, position) => {
    const column = columns[position];
    return (
      column !== undefined && !isSqlText(column) && nameText(column).toLowerCase() === nameText(name).toLowerCase()
    );
  });
}

/** The index that the server makes for a foreign key which finds none; it is no part of the key. */
function indexOfKey(key: ForeignKey, table: Table, catalog: Catalog): Index | undefined {
  const keys = table.constraints.flatMap((constraint) =>
    constraint.kind === "unique" || constraint.kind === "primaryKey" ? [constraint.columns] : [],
  );
  if ([...keys, ...table.indexes.map(({ columns }) => columns)].some((columns) => begins(columns, key))) {
    return undefined;
  }
  const index: Index = { kind: "index", name: undefined, columns: key.columns, unique: false, options: {} };
  return { ...index, name: key.name ?? catalog.impliedIndexName(index, table) };
}

/**
 * `CREATE TABLE … LIKE`: all but the foreign keys, whose indexes come along.
 * https://dev.mysql.com/doc/refman/8.4/en/create-table-like.html
 *
 * @param checksKeepNames MySQL names all checks anew
 */
export function tableLike(
  target: QualifiedName,
  source: QualifiedName,
  { ifNotExists, checksKeepNames }: { readonly ifNotExists: boolean; readonly checksKeepNames: boolean },
): CatalogChange {
  return tableMadeOfOthers(target, ifNotExists, (catalog) => {
    const model = knownTable(catalog, source);
    if (model === undefined) return undefined;
    let { indexes } = model;
    for (const constraint of model.constraints) {
      if (constraint.kind !== "foreignKey") continue;
      const index = indexOfKey(constraint, { ...model, indexes }, catalog);
      if (index !== undefined) indexes = [...indexes, index];
    }
    const copied = <C extends Constraint>(constraint: C): C =>
      constraint.kind === "check" && !checksKeepNames
        ? { ...constraint, name: undefined, impliedName: undefined }
        : constraint;
    return {
      ...model,
      schema: target.schema,
      name: target.name,
      columns: model.columns.map((column) => ({ ...column, checks: column.checks.map(copied) })),
      constraints: model.constraints.filter(({ kind }) => kind !== "foreignKey").map(copied),
      indexes,
    };
  });
}
