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

/** The catalog with the enum types that these column types bring with them. */
export function withEnumsOf(catalog: Catalog, types: readonly SqlType[]): Catalog {
  let result = catalog;
  for (const type of types) {
    const found = enumTypeOf(type);
    if (found === undefined || !found.created || result.enum(found.schema, found.name) !== undefined) continue;
    const { name, schema, values, forColumn } = found;
    result = result.withEnum({ name, schema, values, forColumn });
  }
  return result;
}

function isUsed(catalog: Catalog, enumType: EnumType): boolean {
  const key = catalogKey(enumType.schema, enumType.name);
  return catalog.tables.values().some((table) =>
    table.columns.some((column) => {
      const found = enumTypeOf(column.type);
      return found !== undefined && catalogKey(found.schema, found.name) === key;
    }),
  );
}

/** The catalog without those enum types of these column types that were made for a column and that none uses now. */
export function withoutUnusedEnums(catalog: Catalog, types: readonly SqlType[]): Catalog {
  let result = catalog;
  for (const type of types) {
    const found = enumTypeOf(type);
    const known = found && result.enum(found.schema, found.name);
    if (known?.forColumn === true && !isUsed(result, known)) result = result.withoutEnum(known.schema, known.name);
  }
  return result;
}

/** A column type after a change of the type that it stands for, or whose array it is; the same when it is another. */
function changedType(type: SqlType, change: (type: SqlType) => SqlType): SqlType {
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
export function withColumnTypes(catalog: Catalog, change: (type: SqlType) => SqlType): Catalog {
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

/** The catalog with an enum type under another name or in another schema. */
export function withRenamedEnum(
  catalog: Catalog,
  known: EnumType,
  to: { readonly schema: Name | undefined; readonly name: Name },
): Catalog {
  return withChangedEnum(catalog, known, { ...known, ...to });
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
