import { withoutObjectsOf } from "../catalog/dependents.js";
import { enumTypeOf } from "../catalog/enums.js";
import type { Catalog, Unknown } from "../catalog/catalog.js";
import { catalogKey } from "../catalog/catalog.js";
import type { CatalogObject } from "../catalog/objects.js";
import { constraintIsNamed, findColumn, indexNamed } from "../catalog/table-changes.js";
import { SchemaError } from "../errors.js";
import type { Column } from "../schema/columns.js";
import type { Constraint, ForeignKey } from "../schema/constraints.js";
import { isSqlText } from "../schema/expressions.js";
import type { Index } from "../schema/indexes.js";
import type { Name } from "../schema/names.js";
import { nameText, sameName } from "../schema/names.js";
import type { Table } from "../schema/tables.js";
import { primaryKeyOf } from "../schema/tables.js";
import { enumType } from "../schema/types/generic.js";
import { isType, SqlType } from "../schema/types/type.js";
import type { Execute, ObjectEffect, SqlEffects } from "./execute.js";
import { applyOperation, checkOperation, type OperationNode } from "./index.js";

interface TableName {
  readonly schema: Name | undefined;
  readonly name: Name;
}

/** The table as the catalog spells it: servers that ignore case leave the spelling of a name to each statement. */
function spelledTable<T extends TableName>(catalog: Catalog, target: T): T {
  if (catalog.table(target.schema, target.name) !== undefined) return target;
  const key = catalogKey(target.schema, target.name).toLowerCase();
  const [only, ...others] = catalog.tables
    .values()
    .filter(({ schema, name }) => catalogKey(schema, name).toLowerCase() === key);
  return only === undefined || others.length > 0 ? target : { ...target, schema: only.schema, name: only.name };
}

/** A column as its table spells it. */
function spelledColumn(table: Table | undefined, name: Name): Name {
  if (table === undefined || findColumn(table, name) !== undefined) return name;
  const text = nameText(name).toLowerCase();
  const same = table.columns.filter((column) => nameText(column.name).toLowerCase() === text);
  return same.length === 1 ? (same[0]?.name ?? name) : name;
}

function spelledForeignKey(catalog: Catalog, key: ForeignKey, own: Table | undefined): ForeignKey {
  const { schema, name } = spelledTable(catalog, { schema: key.referredSchema, name: key.referredTable });
  const isOwn = own !== undefined && sameName(own.name, name) && sameName(own.schema, schema);
  const referred = isOwn ? own : catalog.table(schema, name);
  const said = key.referredColumns.map((column) => spelledColumn(referred, column));
  // without columns, a foreign key refers to the primary key
  const referredColumns = said.length > 0 || referred === undefined ? said : (primaryKeyOf(referred)?.columns ?? said);
  return { ...key, referredSchema: schema, referredTable: name, referredColumns };
}

function spelledConstraint(catalog: Catalog, constraint: Constraint, table: Table | undefined): Constraint {
  switch (constraint.kind) {
    case "primaryKey":
    case "unique":
      return { ...constraint, columns: constraint.columns.map((column) => spelledColumn(table, column)) };
    case "foreignKey": {
      const columns = constraint.columns.map((column) => spelledColumn(table, column));
      return spelledForeignKey(catalog, { ...constraint, columns }, table);
    }
    case "check":
    case "exclude":
      return constraint;
  }
}

function spelledIndex(index: Index, table: Table | undefined): Index {
  const columns = index.columns.map((column) => (isSqlText(column) ? column : spelledColumn(table, column)));
  return { ...index, columns };
}

/** A type that is known by its text alone may be the enum type of that name. */
function settledType(catalog: Catalog, type: SqlType): SqlType {
  if (isType(type, "array")) {
    const item = settledType(catalog, type.parameters.item);
    return item === type.parameters.item ? type : new SqlType("array", { ...type.parameters, item });
  }
  if (!isType(type, "raw")) return type;
  const found = catalog.enums.get(type.parameters.text.replaceAll('"', ""));
  if (found === undefined) return type;
  const { name, schema, values } = found;
  return enumType(values, { name, ...(schema !== undefined && { schema: nameText(schema) }), createType: false });
}

function settledTable(catalog: Catalog, table: Table, whole: Table): Table {
  return {
    ...table,
    columns: table.columns.map((column) => withType(catalog, column)),
    constraints: table.constraints.map((constraint) => spelledConstraint(catalog, constraint, whole)),
    indexes: table.indexes.map((index) => spelledIndex(index, whole)),
  };
}

function withType(catalog: Catalog, column: Column): Column {
  const type = settledType(catalog, column.type);
  return type === column.type ? column : { ...column, type };
}

/** A unique constraint and a unique index are one thing on some servers: each is dropped as what it was made. */
function settledDrop(
  operation: Extract<OperationNode, { kind: "dropIndex" }>,
  table: Table | undefined,
): OperationNode {
  const { indexName, tableName, schema, ifExists, origin } = operation;
  if (table === undefined || tableName === undefined || indexNamed(table, indexName) !== undefined) return operation;
  const isConstraint = table.constraints.some((constraint) => constraintIsNamed(constraint, indexName));
  if (!isConstraint) return operation;
  return { kind: "dropConstraint", constraintName: indexName, tableName, schema, type: undefined, ifExists, origin };
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

function settledColumn(
  catalog: Catalog,
  operation: Extract<OperationNode, { kind: "addColumn" }>,
): Extract<OperationNode, { kind: "addColumn" }> {
  const addition = spelledTable(catalog, operation.addition);
  const table = catalog.table(addition.schema, addition.name);
  const columns = [...(table?.columns ?? []), ...addition.columns];
  const { insertAfter } = operation;
  return {
    ...operation,
    addition: settledTable(catalog, addition, { ...(table ?? addition), columns }),
    insertAfter: insertAfter === undefined ? undefined : spelledColumn(table, insertAfter),
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
    return { ...operation, columnName: spelledColumn(table, operation.columnName), change };
  }
  if (operation.kind === "dropColumn") return { ...operation, columnName: spelledColumn(table, operation.columnName) };
  if (operation.kind === "addConstraint") {
    return { ...operation, constraint: spelledConstraint(catalog, operation.constraint, table) };
  }
  if (operation.kind === "createIndex") return { ...operation, index: spelledIndex(operation.index, table) };
  return operation.kind === "dropIndex" ? settledDrop(operation, table) : operation;
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
function fits(catalog: Catalog, operation: OperationNode): boolean {
  try {
    checkOperation(catalog, operation);
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

function applyRead(catalog: Catalog, read: OperationNode, because: Unknown): Catalog {
  const operation = settled(catalog, read);
  const isCertain = fits(catalog, operation);
  const applied = applyOperation(catalog, operation);
  const after = withEnumsKept(catalog, withoutSilentCounting(applied, operation), operation);
  return isCertain ? after : after.withUnknown([...keysOf(operation), ...referringTo(catalog, operation)], because);
}

/** The catalog with an object that SQL text made; routines of one name may differ by their parameters. */
function withObject(catalog: Catalog, object: Omit<CatalogObject, "madeBy">, madeBy: Execute): Catalog {
  const { tableName, schema } = object;
  const table = tableName === undefined ? undefined : spelledTable(catalog, { schema, name: tableName });
  const known = catalog.object(object.kind, schema, object.name)?.signatures ?? [];
  return catalog.withObject({
    ...object,
    ...(table !== undefined && { tableName: table.name }),
    ...(object.signatures !== undefined && { signatures: [...new Set([...known, ...object.signatures])] }),
    madeBy,
  });
}

function applyObject(catalog: Catalog, effect: ObjectEffect, madeBy: Execute): Catalog {
  if (effect.effect === "made") return withObject(catalog, effect.object, madeBy);
  const isDropped = (object: CatalogObject): boolean =>
    object.kind === effect.kind && sameName(object.name, effect.name) && sameName(object.schema, effect.schema);
  return catalog.objects
    .values()
    .filter(isDropped)
    .reduce((current, { kind, schema, name, tableName }) => {
      return withoutObjectsOf(current.withoutObject(kind, schema, name, tableName), schema, name, madeBy.origin);
    }, catalog);
}

/** The keys of unknown objects, also as the catalog spells them. */
function spelledKeys(catalog: Catalog, keys: readonly string[]): readonly string[] {
  const folded = new Set(keys.map((key) => key.toLowerCase()));
  const known = catalog.tables.keys().filter((key) => folded.has(key.toLowerCase()));
  return [...new Set([...keys, ...known])];
}

/**
 * The catalog after SQL text. Nothing is refused: the text ran on the author's servers. Where it contradicts the
 * replayed schema, what it changes is unknown from there on.
 */
export function applyEffects(catalog: Catalog, effects: SqlEffects, because: Unknown, madeBy: Execute): Catalog {
  const { operations, objects = [], unknown } = effects;
  let current = catalog;
  for (const operation of operations) current = applyRead(current, operation, because);
  for (const effect of objects) current = applyObject(current, effect, madeBy);
  return unknown.length === 0 ? current : current.withUnknown(spelledKeys(current, unknown), because);
}
