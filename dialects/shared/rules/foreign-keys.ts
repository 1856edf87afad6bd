import type { Catalog } from "../../../src/catalog/catalog.js";
import { findColumn } from "../../../src/catalog/table-changes.js";
import type { RenderContext } from "../../../src/compiler/render-context.js";
import type { Breach, Change, TableView } from "../../../src/compiler/server-rules.js";
import { tableOfIndex } from "../../../src/operations/drop-index.js";
import type { ForeignKey } from "../../../src/schema/constraints.js";
import type { Name } from "../../../src/schema/names.js";
import { nameText, sameName } from "../../../src/schema/names.js";
import type { Table } from "../../../src/schema/tables.js";
import type { SqlType } from "../../../src/schema/types/type.js";
import { beginsWith, keysOf, nameOf, titleOf, typeText, type Key } from "./keys.js";

/** A foreign key with the tables on both sides, of which all is known. */
interface Link {
  readonly key: ForeignKey;
  readonly from: Table;
  readonly to: Table;
}

function knownTable(catalog: Catalog, schema: Name | undefined, name: Name): Table | undefined {
  return catalog.unknownBecauseOf(schema, name) === undefined ? catalog.table(schema, name) : undefined;
}

function isSelf(key: ForeignKey, table: Table): boolean {
  return sameName(key.referredTable, table.name) && sameName(key.referredSchema, table.schema);
}

/** The foreign keys of a table. */
function foreignKeysOf(table: Table): readonly ForeignKey[] {
  return table.constraints.filter((constraint): constraint is ForeignKey => constraint.kind === "foreignKey");
}

/** The foreign keys of a table and those that refer to it, each with both of its tables. */
function* linksOf({ table, catalog }: TableView): Iterable<Link> {
  for (const key of foreignKeysOf(table)) {
    const to = isSelf(key, table) ? table : knownTable(catalog, key.referredSchema, key.referredTable);
    if (to !== undefined) yield { key, from: table, to };
  }
  for (const other of catalog.tablesReferringTo(table.schema, table.name)) {
    if (sameName(other.name, table.name) && sameName(other.schema, table.schema)) continue;
    if (catalog.unknownBecauseOf(other.schema, other.name) !== undefined) continue;
    for (const key of foreignKeysOf(other)) if (isSelf(key, table)) yield { key, from: other, to: table };
  }
}

/** How messages call a foreign key. */
function foreignKeyTitle(key: ForeignKey): string {
  return titleOf("foreign key", nameOf(key), key.columns);
}

function list(names: readonly Name[]): string {
  return names.map(nameText).join(", ");
}

/**
 * The columns of a foreign key have the types of those that they refer to.
 *
 * @param comparable what of a type has to be the same on both sides, as it is written; undefined when it goes with any
 */
export function foreignKeyTypes(comparable: (type: string) => string | undefined) {
  const comparableOf = (type: SqlType, context: RenderContext): string | undefined => {
    const text = typeText(type, context);
    return text === undefined ? undefined : comparable(text.toUpperCase());
  };
  return function* (view: TableView): Iterable<Breach> {
    for (const { key, from, to } of linksOf(view)) {
      for (const [position, name] of key.columns.entries()) {
        const source = findColumn(from, name);
        const target = findColumn(to, key.referredColumns[position] ?? "");
        if (source === undefined || target === undefined) continue;
        const [one, other] = [comparableOf(source.type, view.context), comparableOf(target.type, view.context)];
        if (one === undefined || other === undefined || one === other) continue;
        const [sourceType, targetType] = [typeText(source.type, view.context), typeText(target.type, view.context)];
        yield {
          text:
            `${foreignKeyTitle(key)} of "${nameText(from.name)}" goes from "${nameText(source.name)}" (${sourceType}) ` +
            `to "${nameText(to.name)}.${nameText(target.name)}" (${targetType}).`,
          hint: "Give both columns the same type; to change both, drop the foreign key first and make it anew after.",
        };
      }
    }
  };
}

/**
 * A foreign key refers to the columns of a key.
 *
 * @param isTarget whether a foreign key may refer to these columns because of a key that the table has
 */
export function foreignKeyTargets(
  isTarget: (key: Key, columns: readonly Name[], context: RenderContext) => boolean,
  needed = "primary key or unique constraint",
) {
  return function* (view: TableView): Iterable<Breach> {
    for (const { key, from, to } of linksOf(view)) {
      if (key.referredColumns.some((name) => findColumn(to, name) === undefined)) continue;
      if ([...keysOf(to)].some((known) => isTarget(known, key.referredColumns, view.context))) continue;
      yield {
        text:
          `${foreignKeyTitle(key)} of "${nameText(from.name)}" needs a ${needed} on ` +
          `"${nameText(to.name)}" (${list(key.referredColumns)}).`,
        hint: `Make it before the foreign key: op.createUniqueConstraint; it can go only after the foreign key.`,
      };
    }
  };
}

/** Whether an index of a table, or that of a longer foreign key, begins with the columns of a foreign key. */
function hasIndexFor(key: ForeignKey, table: Table): boolean {
  if ([...keysOf(table)].some(({ columns }) => beginsWith(columns, key.columns))) return true;
  return foreignKeysOf(table).some(
    (other) => other.columns.length > key.columns.length && beginsWith(other.columns, key.columns),
  );
}

function isSameKey(one: ForeignKey, other: ForeignKey): boolean {
  return sameName(nameOf(one), nameOf(other)) && list(one.columns) === list(other.columns);
}

/** The index that a foreign key needs on its own side stays: MySQL makes one when it is added, and never later. */
export function* indexOfForeignKey({ before, after, operation }: Change<"dropIndex" | "dropConstraint">) {
  const { schema } = operation;
  const tableName = operation.kind === "dropIndex" ? tableOfIndex(before, operation)?.name : operation.tableName;
  if (tableName === undefined) return;
  const [old, changed] = [knownTable(before, schema, tableName), knownTable(after, schema, tableName)];
  if (old === undefined || changed === undefined) return;
  for (const key of foreignKeysOf(changed)) {
    const wasThere = foreignKeysOf(old).some((known) => isSameKey(known, key));
    if (!wasThere || !hasIndexFor(key, old) || hasIndexFor(key, changed)) continue;
    yield {
      text: `${foreignKeyTitle(key)} of "${nameText(changed.name)}" needs an index that begins with ${list(key.columns)}.`,
      hint: "Drop the foreign key before the index, or make another index with these columns first.",
    };
  }
}

/** A column of a foreign key is dropped after the key. */
export function* columnOfForeignKey({ before, operation }: Change<"dropColumn">): Iterable<Breach> {
  const table = knownTable(before, operation.schema, operation.tableName);
  if (table === undefined) return;
  for (const key of foreignKeysOf(table)) {
    if (!key.columns.some((name) => sameName(name, operation.columnName))) continue;
    const name = nameOf(key);
    const call =
      name === undefined ? "op.dropConstraint" : `op.dropConstraint("${nameText(name)}", "${nameText(table.name)}")`;
    yield {
      text: `${foreignKeyTitle(key)} of "${nameText(table.name)}" needs the column "${nameText(operation.columnName)}".`,
      hint: `Drop the foreign key first: ${call}.`,
    };
  }
}
