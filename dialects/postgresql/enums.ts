import { catalogKey } from "../../src/catalog/catalog.js";
import type { EnumType } from "../../src/schema/enum-types.js";
import { enumTypeOf } from "../../src/catalog/enums.js";
import type { RenderContext } from "../../src/compiler/render-context.js";
import type { DropEnumType } from "../../src/operations/enum-types.js";
import type { Execute } from "../../src/operations/execute.js";
import type { OperationNode } from "../../src/operations/index.js";
import { isType, type SqlType } from "../../src/schema/types/type.js";

const none: readonly EnumType[] = [];
const noOperations: readonly OperationNode[] = [];

/** The enum types that column types stand for, each once. */
function enumsOf(types: readonly SqlType[]): readonly EnumType[] {
  const found = types.map(enumTypeOf).filter((type) => type !== undefined);
  if (found.length === 0) return none; // as for most columns
  return [...new Map(found.map((type) => [catalogKey(type.schema, type.name), type])).values()];
}

/**
 * CREATE TYPE for the enums of some column types that exist after the operation but not before it. One that went with
 * its last column is still there in a database that Alembic managed.
 */
export function createMissingEnums(types: readonly SqlType[], context: RenderContext): readonly OperationNode[] {
  const enums = enumsOf(types);
  if (enums.length === 0) return noOperations;
  return enums
    .filter(({ schema, name }) => context.before.enum(schema, name) === undefined)
    .map(({ schema, name }) => context.after.enum(schema, name))
    .filter((type) => type?.forColumn === true)
    .flatMap((type) => (type === undefined ? [] : madeAnew(type, context)));
}

/** An enum type is made, in the place of one that may have been left behind. */
function madeAnew({ name, schema, values, forColumn }: EnumType, context: RenderContext): readonly OperationNode[] {
  const origin = context.operation?.origin;
  const made: OperationNode = { kind: "createEnumType", origin, name, schema, values, forColumn };
  if (context.before.enumGoneWithColumn(schema, name) === undefined) return [made];
  return [{ kind: "dropEnumType", origin, name, schema, ifExists: true }, made];
}

/** The drop of an enum type, which may have gone with its last column before. */
export function lowerDropEnumType(operation: DropEnumType, context: RenderContext): readonly OperationNode[] {
  const { schema, name, ifExists } = operation;
  if (ifExists || context.before.enumGoneWithColumn(schema, name) === undefined) return [operation];
  return [{ ...operation, ifExists: true }];
}

/** The enum types that operations of SQL text need: those of its columns, by their names, and those that it changes. */
function namedIn(operations: readonly OperationNode[]): readonly string[] {
  return operations.flatMap((operation): readonly string[] => {
    switch (operation.kind) {
      case "createTable":
        return operation.table.columns.flatMap(({ type }) => typeName(type));
      case "addColumn":
        return operation.addition.columns.flatMap(({ type }) => typeName(type));
      case "alterColumn":
        return operation.change.type === undefined ? [] : typeName(operation.change.type);
      case "dropEnumType":
        return operation.ifExists ? [] : [catalogKey(operation.schema, operation.name)];
      case "addEnumValue":
      case "renameEnumValue":
        return [catalogKey(operation.schema, operation.typeName)];
      default:
        return [];
    }
  });
}

function typeName(type: SqlType): readonly string[] {
  if (isType(type, "array")) return typeName(type.parameters.item);
  return isType(type, "raw") ? [type.parameters.text.replaceAll('"', "")] : [];
}

/**
 * SQL text of an author who knows a type as Alembic left it, although it went with its last column: a text that only
 * drops it drops it if it is there, and any other finds it made again.
 */
export function lowerExecute(operation: Execute, context: RenderContext): readonly OperationNode[] {
  const { operations = [], unknown = [], objects = [], changes = [] } = operation.effects ?? {};
  const names = namedIn(operations);
  if (names.length === 0) return [operation];
  const gone = names.map((name) => context.before.enumsGone.get(name)).filter((type) => type !== undefined);
  if (gone.length === 0) return [operation];
  const drops = operations.filter((inner) => inner.kind === "dropEnumType");
  if (drops.length === operations.length && unknown.length + objects.length + changes.length === 0) {
    return drops.flatMap((drop) => lowerDropEnumType({ ...drop, origin: operation.origin }, context));
  }
  return [...gone.flatMap((type) => madeAnew(type, context)), operation];
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
