import type { Name } from "../schema/names.js";
import { isType, SqlType } from "../schema/types/type.js";
import type { Catalog } from "./catalog.js";
import { catalogKey } from "./catalog.js";

/** An enum type of its own, as PostgreSQL has them. */
export interface EnumType {
  readonly name: Name;
  readonly schema: Name | undefined;
  readonly values: readonly string[];
  /** Made for a column, and dropped with the last column that uses it. */
  readonly forColumn: boolean;
}

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

/** A column type with other values of the enum type that it stands for; the same when it stands for another. */
function typeWithValues(type: SqlType, key: string, values: readonly string[]): SqlType {
  const variant = type.variants.postgresql;
  if (variant !== undefined) {
    const changed = typeWithValues(variant, key, values);
    return changed === variant ? type : type.withVariant(changed, "postgresql");
  }
  if (isType(type, "array")) {
    const item = typeWithValues(type.parameters.item, key, values);
    return item === type.parameters.item ? type : new SqlType("array", { ...type.parameters, item }, type.variants);
  }
  const found = enumTypeOf(type);
  if (found === undefined || !isType(type, "enum") || catalogKey(found.schema, found.name) !== key) return type;
  return new SqlType("enum", { ...type.parameters, values }, type.variants);
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
  const values = change(known.values);
  const key = catalogKey(schema, name);
  let result = catalog.withEnum({ ...known, values });
  for (const table of catalog.tables.values()) {
    const columns = table.columns.map((column) => {
      const type = typeWithValues(column.type, key, values);
      return type === column.type ? column : { ...column, type };
    });
    if (columns.some((column, position) => column !== table.columns[position])) {
      result = result.withTable({ ...table, columns });
    }
  }
  return result;
}
