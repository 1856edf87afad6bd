import type { Catalog } from "../../src/catalog/catalog.js";
import { catalogKey } from "../../src/catalog/catalog.js";
import type { RenderContext } from "../../src/compiler/render-context.js";
import type { OperationNode } from "../../src/operations/index.js";
import type { Name } from "../../src/schema/names.js";
import type { Table } from "../../src/schema/tables.js";
import type { EnumArguments, SqlType } from "../../src/schema/types/type.js";
import { isType } from "../../src/schema/types/type.js";
import { isNativeEnum } from "./types.js";

type NamedEnum = EnumArguments & { readonly name: Name };

/** The enum type that a column type stands for, also as the item of an array. */
function enumOf(type: SqlType, context: RenderContext): NamedEnum | undefined {
  const variant = context.variant(type);
  if (isType(variant, "array")) return enumOf(variant.parameters.item, context);
  if (!isType(variant, "enum") || !isNativeEnum(variant.parameters)) return undefined;
  const { name } = variant.parameters;
  return name === undefined ? undefined : { ...variant.parameters, name };
}

function keyOf({ schema, name }: NamedEnum): string {
  return catalogKey(schema, name);
}

/** CREATE TYPE for the enums of some column types that do not exist yet, each once. */
export function createMissingEnums(
  types: readonly SqlType[],
  origin: OperationNode["origin"],
  context: RenderContext,
): readonly OperationNode[] {
  const missing = new Map<string, NamedEnum>();
  for (const type of types) {
    const found = enumOf(type, context);
    if (found === undefined || found.createType === false || missing.has(keyOf(found))) continue;
    if (context.before.enum(found.schema, found.name) === undefined) missing.set(keyOf(found), found);
  }
  return [...missing.values()].map(({ name, schema, values }) => ({
    kind: "createEnumType",
    origin,
    name,
    schema,
    values,
    forColumn: true,
  }));
}

function usesEnum(catalog: Catalog, key: string, context: RenderContext): boolean {
  return catalog.tables.values().some((table) =>
    table.columns.some((column) => {
      const found = enumOf(column.type, context);
      return found !== undefined && keyOf(found) === key;
    }),
  );
}

/** DROP TYPE for the enums of a table's columns that nothing uses any more: the server keeps them otherwise. */
export function dropUnusedEnums(
  table: Table | undefined,
  origin: OperationNode["origin"],
  context: RenderContext,
): readonly OperationNode[] {
  const unused = new Map<string, NamedEnum>();
  for (const column of table?.columns ?? []) {
    const found = enumOf(column.type, context);
    if (found === undefined || unused.has(keyOf(found))) continue;
    const made = context.before.enum(found.schema, found.name);
    if (made?.forColumn === true && !usesEnum(context.after, keyOf(found), context)) unused.set(keyOf(found), found);
  }
  return [...unused.values()].map(({ name, schema }) => ({
    kind: "dropEnumType",
    origin,
    name,
    schema,
    ifExists: false,
  }));
}
