import type { Name } from "../schema/names.js";
import type { SqlType } from "../schema/types/type.js";
import { isType } from "../schema/types/type.js";
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
