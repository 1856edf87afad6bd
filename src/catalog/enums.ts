import { nameText, type Name } from "../schema/names.js";
import { isType, SqlType } from "../schema/types/type.js";
import type { Catalog } from "./catalog.js";
import { catalogKey } from "./catalog-key.js";
import type { EnumType } from "../schema/enum-types.js";

/** The named enum type that a column type stands for where enums are types of their own, also as the item of an array. */
export function enumTypeOf(type: SqlType): (EnumType & { readonly created: boolean }) | undefined {
  const variant = type.variants.postgresql ?? type;
  if (isType(variant, "array")) return enumTypeOf(variant.parameters.item);
  if (!isType(variant, "enum")) return undefined;
  const { name, schema, values, nativeEnum, createType } = variant.parameters;
  if (name === undefined || nativeEnum === false) return undefined;
  return { name, schema, values, forColumn: true, created: createType !== false };
}

/** A type that a revision names behind an operation. */
export interface TypeNamedLater {
  /** Its key in the catalog, or its name without a schema. */
  readonly name: string;
  /** It is made there for a column where it is missing, with these values. */
  readonly values?: readonly string[];
}

/** The catalog with the enum types that these column types bring with them, or need since they went with a column. */
export function withEnumsOf(catalog: Catalog, types: readonly SqlType[]): Catalog {
  let result = catalog;
  for (const type of types) {
    const found = enumTypeOf(type);
    if (found === undefined || result.enum(found.schema, found.name) !== undefined) continue;
    const { name, schema, values, forColumn, created } = found;
    const added = created ? { name, schema, values, forColumn } : result.enumGoneWithColumn(schema, name);
    if (added !== undefined) result = result.withEnum(added);
  }
  return types.some(isNameAlone) ? withValuesOfNames(result) : result;
}

/** An enum type that is meant by its name alone. */
function isNameAlone(type: SqlType): boolean {
  return enumTypeOf(type)?.values.length === 0;
}

/** The catalog with the values of the types whose columns gave their names alone. */
function withValuesOfNames(catalog: Catalog): Catalog {
  return withColumnTypes(catalog, (type) => {
    const found = isNameAlone(type) && isType(type, "enum") ? enumTypeOf(type) : undefined;
    const values = found && catalog.enum(found.schema, found.name)?.values;
    return values === undefined || !isType(type, "enum")
      ? type
      : new SqlType("enum", { ...type.parameters, values }, type.variants);
  });
}

/** The columns of an enum type, or of arrays of it, as `table.column`. */
function columnsOfEnum(catalog: Catalog, { schema, name }: Pick<EnumType, "schema" | "name">): readonly string[] {
  const key = catalogKey(schema, name);
  return catalog.tables.values().flatMap((table) =>
    table.columns.flatMap((column) => {
      const found = enumTypeOf(column.type);
      if (found === undefined || catalogKey(found.schema, found.name) !== key) return [];
      return [`${catalogKey(table.schema, table.name)}.${nameText(column.name)}`];
    }),
  );
}

function isUsed(catalog: Catalog, type: EnumType): boolean {
  return columnsOfEnum(catalog, type).length > 0;
}

/** What a revision does with a type later on; undefined when it does not name it. */
function fateOf(
  { schema, name, values }: EnumType,
  later: readonly TypeNamedLater[],
): "used" | "made with other values" | undefined {
  const names = [catalogKey(schema, name), nameText(name)];
  const named = later.find((type) => names.includes(type.name));
  if (named === undefined) return undefined;
  const isSame = named.values === undefined || named.values.join("\0") === values.join("\0");
  return isSame ? "used" : "made with other values";
}

/**
 * The catalog without those enum types of these column types that were made for a column and that none uses now.
 *
 * @param later the types that the revision names later on: it does with them what Alembic left to it
 */
export function withoutUnusedEnums(
  catalog: Catalog,
  types: readonly SqlType[],
  later: readonly TypeNamedLater[] = [],
): Catalog {
  let result = catalog;
  for (const type of types) {
    const found = enumTypeOf(type);
    const known = found && result.enum(found.schema, found.name);
    if (known?.forColumn !== true || isUsed(result, known)) continue;
    const fate = fateOf(known, later);
    if (fate === undefined) result = result.withoutEnumOfColumn(known);
    else if (fate !== "used") result = result.withoutEnum(known.schema, known.name);
  }
  return result;
}

/** A column type after a change of the type that it stands for, or whose array it is; the same when it is another. */
export function changedType(type: SqlType, change: (type: SqlType) => SqlType): SqlType {
  const variant = type.variants.postgresql;
  if (variant !== undefined) {
    const changed = changedType(variant, change);
    if (changed === variant) return type;
    return new SqlType(type.name, type.parameters, { ...type.variants, postgresql: changed });
  }
  if (isType(type, "array")) {
    const item = changedType(type.parameters.item, change);
    return item === type.parameters.item ? type : new SqlType("array", { ...type.parameters, item }, type.variants);
  }
  return change(type);
}

/** The catalog with the types of all columns changed, where these are other ones then. */
function withColumnTypes(catalog: Catalog, change: (type: SqlType) => SqlType): Catalog {
  let result = catalog;
  for (const table of catalog.tables.values()) {
    const columns = table.columns.map((column) => {
      const type = changedType(column.type, change);
      return type === column.type ? column : { ...column, type };
    });
    if (columns.some((column, position) => column !== table.columns[position])) {
      result = result.withTable({ ...table, columns });
    }
  }
  return result;
}

/** The catalog with an enum type changed, and with it the types of the columns that use it. */
function withChangedEnum(catalog: Catalog, known: EnumType, changed: EnumType): Catalog {
  const key = catalogKey(known.schema, known.name);
  const { name, values } = changed;
  const schema = changed.schema === undefined ? undefined : nameText(changed.schema);
  const replaced = catalog.withoutEnum(known.schema, known.name).withEnum(changed);
  return withColumnTypes(replaced, (type) => {
    const found = enumTypeOf(type);
    if (found === undefined || !isType(type, "enum") || catalogKey(found.schema, found.name) !== key) return type;
    return new SqlType("enum", { ...type.parameters, name, schema, values }, type.variants);
  });
}

/** The catalog with the values of an enum type changed, and with them the types of the columns that use it. */
export function withEnumValues(
  catalog: Catalog,
  schema: Name | undefined,
  name: Name,
  change: (values: readonly string[]) => readonly string[],
): Catalog {
  const known = catalog.enum(schema, name);
  if (known === undefined) return catalog;
  return withChangedEnum(catalog, known, { ...known, values: change(known.values) });
}
