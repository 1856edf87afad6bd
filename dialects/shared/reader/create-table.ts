import type { Origin } from "../../../src/errors.js";
import type { CreateTable } from "../../../src/operations/create-table.js";
import type { Constraint } from "../../../src/schema/constraints.js";
import type { Index } from "../../../src/schema/indexes.js";
import { isSqlText } from "../../../src/schema/expressions.js";
import { nameText } from "../../../src/schema/names.js";
import type { Table } from "../../../src/schema/tables.js";
import { withoutSilentCounting } from "../../../src/schema/tables.js";
import { readColumn } from "./columns.js";
import { readTableItem } from "./constraints.js";
import type { Cursor } from "./cursor.js";
import { NotUnderstood } from "./cursor.js";
import type { SqlGrammar } from "./grammar.js";
import type { ReadColumn } from "./nodes.js";
import { tableOf } from "./nodes.js";

/**
 * The names that MySQL gives to indexes without one: that of the first column, numbered from the second on.
 * https://dev.mysql.com/doc/refman/8.4/en/create-table.html
 */
function withIndexNames(indexes: readonly Index[], constraints: readonly Constraint[]): readonly Index[] {
  const items = [...indexes, ...constraints];
  const taken = new Set(items.flatMap(({ name }) => (name === undefined ? [] : [nameText(name).toLowerCase()])));
  return indexes.map((index) => {
    if (index.name !== undefined) return index;
    const [first = ""] = index.columns;
    const base = isSqlText(first) ? "functional_index" : nameText(first);
    let name = base;
    for (let number = 2; taken.has(name.toLowerCase()); number += 1) name = `${base}_${number}`;
    taken.add(name.toLowerCase());
    return { ...index, name };
  });
}

function withNullableKeys(table: Table, { nullableKeyColumns }: SqlGrammar): Table {
  const nullable = nullableKeyColumns?.(table) ?? [];
  if (nullable.length === 0) return table;
  const columns = table.columns.map((column) => (nullable.includes(column) ? { ...column, nullable: true } : column));
  return { ...table, columns };
}

/** `CREATE TABLE`, read from behind TABLE. What copies another table or a query is not understood. */
export function createTable(cursor: Cursor, grammar: SqlGrammar, origin: Origin | undefined): CreateTable {
  const ifNotExists = cursor.ifNotExists();
  const name = cursor.qualifiedName();
  if (!cursor.isAt("(")) throw new NotUnderstood("a table without a list of columns");
  const columns: ReadColumn[] = [];
  const constraints: Constraint[] = [];
  const indexes: Index[] = [];
  for (const part of cursor.parenthesized().commaSeparated()) {
    const item = readTableItem(part, grammar);
    if (item === undefined) columns.push(readColumn(part, grammar));
    else if (item.kind === "index") indexes.push(item);
    else constraints.push(item);
    part.expectEnd();
  }
  const { options, comment } = grammar.readTableOptions(cursor);
  cursor.expectEnd();
  const read = withNullableKeys(
    tableOf(name, columns, { constraints, indexes: withIndexNames(indexes, constraints), options, comment }),
    grammar,
  );
  const counting = columns.some(({ column }) => column.autoincrement === true);
  // SQLite: the word stands at the column, and the option with the table
  const table =
    grammar.keysCountSilently && counting
      ? {
          ...read,
          options: { ...read.options, [grammar.group]: { ...read.options[grammar.group], autoincrement: true } },
        }
      : read;
  return {
    kind: "createTable",
    table: grammar.keysCountSilently ? table : withoutSilentCounting(table),
    ifNotExists,
    origin,
  };
}
