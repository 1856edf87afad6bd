import { catalogKey } from "../../src/catalog/catalog.js";
import type { EnumType } from "../../src/schema/enum-types.js";
import { enumTypeOf } from "../../src/catalog/enums.js";
import type { RenderContext } from "../../src/compiler/render-context.js";
import type { OperationNode } from "../../src/operations/index.js";
import type { SqlType } from "../../src/schema/types/type.js";

const none: readonly EnumType[] = [];
const noOperations: readonly OperationNode[] = [];

/** The enum types that column types stand for, each once. */
function enumsOf(types: readonly SqlType[]): readonly EnumType[] {
  const found = types.map(enumTypeOf).filter((type) => type !== undefined);
  if (found.length === 0) return none; // as for most columns
  return [...new Map(found.map((type) => [catalogKey(type.schema, type.name), type])).values()];
}

/** CREATE TYPE for the enums of some column types that exist after the operation but not before it. */
export function createMissingEnums(types: readonly SqlType[], context: RenderContext): readonly OperationNode[] {
  const enums = enumsOf(types);
  if (enums.length === 0) return noOperations;
  return enums
    .filter(({ schema, name }) => context.after.enum(schema, name)?.forColumn === true)
    .filter(({ schema, name }) => context.before.enum(schema, name) === undefined)
    .map(({ name, schema, values }) => ({
      kind: "createEnumType",
      origin: context.operation?.origin,
      name,
      schema,
      values,
      forColumn: true,
    }));
}

/** DROP TYPE for the enums of some column types that nothing uses after the operation: the server would keep them. */
export function dropUnusedEnums(types: readonly SqlType[], context: RenderContext): readonly OperationNode[] {
  const enums = enumsOf(types);
  if (enums.length === 0) return noOperations;
  return enums
    .filter(({ schema, name }) => context.before.enum(schema, name) !== undefined)
    .filter(({ schema, name }) => context.after.enum(schema, name) === undefined)
    .map(({ name, schema }) => ({
      kind: "dropEnumType",
      origin: context.operation?.origin,
      name,
      schema,
      ifExists: false,
    }));
}
