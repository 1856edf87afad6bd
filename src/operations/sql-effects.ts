import { withoutObjectsOf } from "../catalog/dependents.js";
import { enumTypeOf } from "../catalog/enums.js";
import type { Catalog, Unknown } from "../catalog/catalog.js";
import { catalogKey } from "../catalog/catalog.js";
import { changedKeys, withChange, type CatalogChange } from "../catalog/changes/index.js";
import { relationKinds } from "../catalog/changes/objects.js";
import type { QualifiedName } from "../catalog/changes/change.js";
import { withSerialsOf } from "../catalog/serials.js";
import { settledTable, settledType } from "../catalog/settled.js";
import { spelledColumn, spelledConstraint, spelledIndex, spelledTable } from "../catalog/spelling.js";
import { constraintIsNamed, findColumn, indexNamed } from "../catalog/table-changes.js";
import { SchemaError } from "../errors.js";
import type { ColumnPosition } from "../catalog/table-changes.js";
import type { Column } from "../schema/columns.js";
import type { Constraint } from "../schema/constraints.js";
import { isSqlText } from "../schema/expressions.js";
import { nameText, sameName, type Name } from "../schema/names.js";
import { relationClasses } from "../schema/other-objects.js";
import { objectOfText, type ReadObject, type SchemaObject } from "../schema/schema-objects.js";
import type { Table } from "../schema/tables.js";
import type { SqlType } from "../schema/types/type.js";
import type { ObjectEffect, OperationNode, SqlEffects } from "./node.js";
import type { Replay } from "./operation.js";

/** A unique constraint and a unique index are one thing on some servers: each is changed as what it was made. */
function settledByMaking(
  operation: Extract<OperationNode, { kind: "dropIndex" | "renameIndex" }>,
  table: Table | undefined,
): OperationNode {
  const name = operation.kind === "dropIndex" ? operation.indexName : operation.from;
  if (table === undefined || indexNamed(table, name) !== undefined) return operation;
  if (!table.constraints.some((constraint) => constraintIsNamed(constraint, name))) return operation;
  const { schema, origin } = operation;
  const owner = { tableName: table.name, schema, origin };
  return operation.kind === "dropIndex"
    ? { kind: "dropConstraint", constraintName: name, type: undefined, ifExists: operation.ifExists, ...owner }
    : { kind: "renameConstraint", from: name, to: operation.to, ...owner };
}

/** The kinds of operations on one table that SQL text stands for. */
const kindsOfOneTable = [
  ...([
    "dropTable",
    "alterColumn",
    "dropColumn",
    "addConstraint",
    "dropConstraint",
    "createIndex",
    "dropIndex",
  ] as const),
  ...(["tableComment", "renameConstraint", "renameIndex", "validateConstraint"] as const),
] as const;
type OfOneTable = Extract<OperationNode, { kind: (typeof kindsOfOneTable)[number] }>;

function isOfOneTable(operation: OperationNode): operation is OfOneTable {
  return (kindsOfOneTable as readonly string[]).includes(operation.kind);
}

function spelledPosition(position: ColumnPosition | undefined, table: Table | undefined): ColumnPosition | undefined {
  return typeof position === "object" ? { after: spelledColumn(table, position.after) } : position;
}

function settledColumn(
  catalog: Catalog,
  operation: Extract<OperationNode, { kind: "addColumn" }>,
): Extract<OperationNode, { kind: "addColumn" }> {
  const addition = spelledTable(catalog, operation.addition);
  const table = catalog.table(addition.schema, addition.name);
  const columns = [...(table?.columns ?? []), ...addition.columns];
  return {
    ...operation,
    addition: settledTable(catalog, addition, { ...(table ?? addition), columns }),
    position: spelledPosition(operation.position, table),
  };
}

function settledIn(catalog: Catalog, written: OfOneTable): OperationNode {
  if (written.tableName === undefined) return written;
  const { schema, name: tableName } = spelledTable(catalog, { schema: written.schema, name: written.tableName });
  const operation: OfOneTable = { ...written, schema, tableName };
  const table = catalog.table(schema, tableName);
  if (operation.kind === "alterColumn") {
    const { type } = operation.change;
    const change = type === undefined ? operation.change : { ...operation.change, type: settledType(catalog, type) };
    return {
      ...operation,
      columnName: spelledColumn(table, operation.columnName),
      change,
      position: spelledPosition(operation.position, table),
    };
  }
  if (operation.kind === "dropColumn") return { ...operation, columnName: spelledColumn(table, operation.columnName) };
  if (operation.kind === "addConstraint") {
    return { ...operation, constraint: spelledConstraint(catalog, operation.constraint, table) };
  }
  if (operation.kind === "createIndex") {
    const index = spelledIndex(operation.index, table);
    if (index.name !== undefined || table === undefined) return { ...operation, index };
    return { ...operation, index: { ...index, name: catalog.impliedIndexName(index, table) } };
  }
  const isOfIndex = operation.kind === "dropIndex" || operation.kind === "renameIndex";
  return isOfIndex ? settledByMaking(operation, table) : operation;
}

/** An operation that SQL text stands for, in the terms of the catalog before it. */
function settled(catalog: Catalog, operation: OperationNode): OperationNode {
  if (isOfOneTable(operation)) return settledIn(catalog, operation);
  if (operation.kind === "createTable") {
    return { ...operation, table: settledTable(catalog, operation.table, operation.table) };
  }
  if (operation.kind === "addColumn") return settledColumn(catalog, operation);
  if (operation.kind !== "renameTable") return operation;
  const { schema, name: from } = spelledTable(catalog, { schema: operation.schema, name: operation.from });
  return { ...operation, schema, from };
}

/** The keys of what an operation changes, as far as these are tables that are there after it. */
function keysOf(operation: OperationNode): readonly string[] {
  if (operation.kind === "createTable") return [catalogKey(operation.table.schema, operation.table.name)];
  if (operation.kind === "addColumn") return [catalogKey(operation.addition.schema, operation.addition.name)];
  if (operation.kind === "renameTable") return [catalogKey(operation.schema, operation.to)];
  if (!isOfOneTable(operation) || operation.kind === "dropTable" || operation.tableName === undefined) return [];
  return [catalogKey(operation.schema, operation.tableName)];
}

/** The tables whose foreign keys refer to a table or a column: a server may drop these with it, or leave them. */
function referringTo(catalog: Catalog, operation: OperationNode): readonly string[] {
  if (operation.kind !== "dropTable" && operation.kind !== "dropColumn") return [];
  const refers = (constraint: Constraint): boolean =>
    constraint.kind === "foreignKey" &&
    sameName(constraint.referredTable, operation.tableName) &&
    sameName(constraint.referredSchema, operation.schema);
  return catalog.tables
    .values()
    .filter(({ constraints }) => constraints.some(refers))
    .map(({ schema, name }) => catalogKey(schema, name))
    .filter((key) => key !== catalogKey(operation.schema, operation.tableName));
}

/** Whether an operation fits the schema before it. */
function fits(catalog: Catalog, operation: OperationNode, replay: Replay<OperationNode>): boolean {
  try {
    replay.check(catalog, [operation]);
    return true;
  } catch (error) {
    if (error instanceof SchemaError) return false;
    throw error;
  }
}

/** A column that gets its key by SQL text counts only where its own text said so. */
function withoutSilentCounting(catalog: Catalog, operation: OperationNode): Catalog {
  if (operation.kind !== "addConstraint" || operation.constraint.kind !== "primaryKey") return catalog;
  const { columns } = operation.constraint;
  const inKey = (column: Column): boolean => columns.some((name) => sameName(name, column.name));
  return catalog.changeTable(operation.schema, operation.tableName, (table) => ({
    ...table,
    columns: table.columns.map((column) =>
      inKey(column) && column.autoincrement === "auto"
        ? { ...column, type: column.type, autoincrement: false }
        : column,
    ),
  }));
}

/** SQL text drops no enum type along with a table or a column, as the directives do. */
function withEnumsKept(before: Catalog, after: Catalog, operation: OperationNode): Catalog {
  if (operation.kind === "dropEnumType") return after;
  const types: SqlType[] = [];
  if (operation.kind === "dropTable") {
    types.push(...(before.table(operation.schema, operation.tableName)?.columns ?? []).map(({ type }) => type));
  } else if (operation.kind === "dropColumn" || operation.kind === "alterColumn") {
    const column = findColumn(before.table(operation.schema, operation.tableName), operation.columnName);
    if (column !== undefined) types.push(column.type);
  }
  let result = after;
  for (const type of types) {
    const found = enumTypeOf(type);
    const known = found && before.enum(found.schema, found.name);
    if (known !== undefined) result = result.withEnum(known);
  }
  return result;
}

/** An index to which the server gave a name that cannot be told. */
function hasNoName(catalog: Catalog, operation: OperationNode): boolean {
  if (operation.kind !== "createIndex" || operation.index.name !== undefined) return false;
  return operation.tableName !== undefined && catalog.table(operation.schema, operation.tableName) !== undefined;
}

/** A default that counts the sequence that a column owns makes it a serial. */
function withSerials(catalog: Catalog, operation: OperationNode): Catalog {
  if (operation.kind !== "alterColumn" || !isSqlText(operation.change.serverDefault)) return catalog;
  return withSerialsOf(catalog, { schema: operation.schema, name: operation.tableName });
}

/** `ALTER TABLE … RENAME TO` is also for views and sequences. */
function withObjectRenamed(
  catalog: Catalog,
  { schema, from, to }: Extract<OperationNode, { kind: "renameTable" }>,
  because: Unknown,
): Catalog | undefined {
  if (catalog.table(schema, from) !== undefined) return undefined;
  const kind = relationKinds.find((one) => catalog.object(one, schema, from) !== undefined);
  if (kind === undefined) return undefined;
  const inSchema = schema === undefined ? undefined : nameText(schema);
  const named = (name: Name): QualifiedName => ({ schema: inSchema, name: nameText(name) });
  return withChange(catalog, { change: "renameObject", kind, from: named(from), to: named(to) }, because);
}

/** A comment on a column of a view, which has no columns of its own in the catalog: it is kept by its text. */
function commentOnView(catalog: Catalog, operation: OperationNode): CatalogChange | undefined {
  if (operation.kind !== "alterColumn" || Object.keys(operation.change).join() !== "comment") return undefined;
  const { schema, tableName, columnName, change } = operation;
  const isView = (["view", "materializedView"] as const).some((kind) => catalog.object(kind, schema, tableName));
  const isOther = relationClasses.some((kind) =>
    catalog.other({ class: kind, schema, name: tableName, tableName: undefined }),
  );
  if (!isView && !isOther) return undefined;
  const object = { schema: schema && nameText(schema), name: `column ${nameText(columnName)}` };
  const owner = { object, tableName: nameText(tableName) };
  if (change.comment === null) return { change: "dropOther", classes: ["comment"], ...owner };
  return { change: "keepOther", class: "comment", ...owner };
}

function applyRead(catalog: Catalog, read: OperationNode, because: Unknown, replay: Replay<OperationNode>): Catalog {
  const comment = commentOnView(catalog, read);
  if (comment !== undefined) return applyChange(catalog, comment, because);
  const operation = settled(catalog, read);
  const renamed = operation.kind === "renameTable" ? withObjectRenamed(catalog, operation, because) : undefined;
  if (renamed !== undefined) return renamed;
  if (hasNoName(catalog, operation)) return catalog.withUnknown(keysOf(operation), because);
  const isCertain = fits(catalog, operation, replay);
  const applied = replay.after(catalog, [operation]);
  const after = withSerials(withEnumsKept(catalog, withoutSilentCounting(applied, operation), operation), operation);
  return isCertain ? after : after.withUnknown([...keysOf(operation), ...referringTo(catalog, operation)], because);
}

/** The catalog with an object that SQL text made. */
function withObject(catalog: Catalog, read: ReadObject, { sql }: Unknown): Catalog {
  const { kind, schema, name, tableName } = read;
  const table = tableName === undefined ? undefined : spelledTable(catalog, { schema, name: tableName });
  const known = catalog.object(kind, schema, name);
  return catalog.withObject(objectOfText({ ...read, tableName: table?.name }, [read.text ?? sql], known));
}

function applyObject(catalog: Catalog, effect: ObjectEffect, because: Unknown): Catalog {
  if (effect.effect === "made") return withObject(catalog, effect.object, because);
  const isDropped = (object: SchemaObject): boolean =>
    object.kind === effect.kind && sameName(object.name, effect.name) && sameName(object.schema, effect.schema);
  return catalog.objects
    .values()
    .filter(isDropped)
    .reduce((current, object) => {
      return withoutObjectsOf(current.without(object), object.schema, object.name, because.origin);
    }, catalog);
}

/** The keys of unknown objects, also as the catalog spells them. */
function spelledKeys(catalog: Catalog, keys: readonly string[]): readonly string[] {
  const folded = new Set(keys.map((key) => key.toLowerCase()));
  const known = catalog.tables.keys().filter((key) => folded.has(key.toLowerCase()));
  return [...new Set([...keys, ...known])];
}

/** The catalog after a change that no operation says; what it would have changed is unknown where it cannot be told. */
function applyChange(catalog: Catalog, change: CatalogChange, because: Unknown): Catalog {
  const changed = withChange(catalog, change, because);
  return changed ?? catalog.withUnknown(spelledKeys(catalog, changedKeys(change)), because);
}

/** Whether the table is there without which SQL text does nothing. */
function isThere(catalog: Catalog, { schema, name }: NonNullable<SqlEffects["onlyIf"]>): boolean {
  const spelled = spelledTable(catalog, { schema, name });
  const isUnknown = catalog.unknownBecauseOf(spelled.schema, spelled.name) !== undefined;
  return isUnknown || catalog.table(spelled.schema, spelled.name) !== undefined;
}

/**
 * The catalog after SQL text. Nothing is refused: the text ran on the author's servers. Where it contradicts the
 * replayed schema, what it changes is unknown from there on.
 */
export function applyEffects(
  catalog: Catalog,
  effects: SqlEffects,
  because: Unknown,
  replay: Replay<OperationNode>,
): Catalog {
  const { operations, changes = [], objects = [], unknown, onlyIf } = effects;
  if (onlyIf !== undefined && !isThere(catalog, onlyIf)) return catalog;
  let current = catalog;
  for (const change of changes) current = applyChange(current, change, because);
  for (const operation of operations) current = applyRead(current, operation, because, replay);
  for (const effect of objects) current = applyObject(current, effect, because);
  return unknown.length === 0 ? current : current.withUnknown(spelledKeys(current, unknown), because);
}
