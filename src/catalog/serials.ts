import type { Column } from "../schema/columns.js";
import { isSqlText, sql } from "../schema/expressions.js";
import { nameText, sameName, type Name } from "../schema/names.js";
import { isObjectText } from "../schema/object-text.js";
import { countsUp, isNullableIn, type Table } from "../schema/tables.js";
import type { SqlType } from "../schema/types/type.js";
import type { TableName } from "./body-references.js";
import type { Catalog } from "./catalog.js";
import { sequencesOf } from "./owned-sequences.js";
import { changeColumn, findColumn } from "./table-changes.js";
import { mentions } from "./texts/mentions.js";

/** A column that counts by a sequence of its own, which is no object beside it. */
interface Serial {
  readonly table: Table;
  readonly column: Column;
}

function sequenceNameOf(table: Name, column: Name): string {
  return `${nameText(table)}_${nameText(column)}_seq`;
}

/** The column whose own sequence has a name, as the server gave it. */
export function serialOf(catalog: Catalog, { schema, name }: TableName): Serial | undefined {
  for (const table of catalog.tables.values()) {
    if (!sameName(table.schema, schema)) continue;
    const column = table.columns.find(
      (one) => sequenceNameOf(table.name, one.name) === nameText(name) && countsUp(table, one),
    );
    if (column !== undefined) return { table, column };
  }
  return undefined;
}

const integers: Readonly<Record<string, string>> = {
  integer: "INTEGER",
  smallInteger: "SMALLINT",
  bigInteger: "BIGINT",
};

function wholeNumber({ name }: SqlType): string {
  return integers[name] ?? name;
}

function nextOf({ schema, name }: TableName): string {
  const quoted = [...(schema === undefined ? [] : [schema]), name]
    .map((part) => `"${nameText(part).replaceAll('"', '""')}"`)
    .join(".");
  return `nextval('${quoted.replaceAll("'", "''")}')`;
}

/** Whether an option of a sequence says what holds without it, too. */
function isUsual(option: string, value: unknown): boolean {
  if (["start", "increment", "minvalue", "cache"].includes(option)) return Number(value) === 1;
  return value === undefined || option === "nominvalue" || option === "nomaxvalue" || value === false;
}

/** The catalog in which the own sequence of a column is an object beside it. */
export function withoutSerial(catalog: Catalog, { table, column }: Serial, sequence: TableName): Catalog {
  const next = sql.raw(nextOf(sequence));
  const nullable = isNullableIn(table, column);
  const plain: Column = { ...column, type: column.type, autoincrement: false, nullable, serverDefault: next };
  const type = wholeNumber(column.type) === "BIGINT" ? undefined : column.type;
  const ownedBy = [nameText(table.name), nameText(column.name)] as const;
  return catalog
    .withTable(changeColumn(table, column.name, plain))
    .withObject({ kind: "sequence", ...sequence, content: { type, options: {}, ownedBy } });
}

/** The catalog in which a sequence is a part of the column that owns it, where it is just as the server makes that of a serial. */
export function withSerialOf(catalog: Catalog, sequence: TableName): Catalog {
  const object = catalog.object("sequence", sequence.schema, sequence.name);
  if (object === undefined || isObjectText(object.content) || object.content.ownedBy === undefined) return catalog;
  const { type, options, ownedBy } = object.content;
  const [tableName, columnName] = ownedBy;
  const table = catalog.table(sequence.schema, tableName);
  const column = findColumn(table, columnName);
  if (table === undefined || column === undefined || !isSqlText(column.serverDefault)) return catalog;
  const counts = mentions(column.serverDefault, { ...sequence, kind: "relation" });
  const isPlain = Object.entries(options).every(([option, value]) => isUsual(option, value));
  const own = type === undefined ? "BIGINT" : wholeNumber(type);
  const isNamed = sequenceNameOf(tableName, columnName) === nameText(sequence.name);
  const isOwn = own === wholeNumber(column.type) && !isNullableIn(table, column);
  if (!counts || !isPlain || !isNamed || !isOwn) return catalog;
  const serial: Column = {
    ...column,
    type: column.type,
    autoincrement: "always",
    serverDefault: undefined,
  };
  return catalog.without(object).withTable(changeColumn(table, columnName, serial));
}

/** The catalog in which the sequences that a table owns are parts of its columns where they can be. */
export function withSerialsOf(catalog: Catalog, table: TableName): Catalog {
  return sequencesOf(catalog, table).reduce((current, sequence) => withSerialOf(current, sequence), catalog);
}
