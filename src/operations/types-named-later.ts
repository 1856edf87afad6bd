import { catalogKey } from "../catalog/catalog-key.js";
import { enumTypeOf, type TypeNamedLater } from "../catalog/enums.js";
import { isSqlText, plainText, type SqlText } from "../schema/expressions.js";
import type { SqlType } from "../schema/types/type.js";
import { isType } from "../schema/types/type.js";
import type { Execute, OperationNode } from "./node.js";

/** The types that a revision names from one place on, by their keys; the first to be named stands for all that follow. */
type Named = Map<string, TypeNamedLater>;

function nameType(type: SqlType, named: Named): void {
  const variant = type.variants.postgresql ?? type;
  if (isType(variant, "array")) return nameType(variant.parameters.item, named);
  if (isType(variant, "raw")) return nameWords(variant.parameters.text, named);
  const found = enumTypeOf(variant);
  if (found === undefined) return;
  const name = catalogKey(found.schema, found.name);
  named.set(name, found.created ? { name, values: found.values } : { name });
}

/** Any word of a text may be a type of that name. */
function nameWords(text: string, named: Named): void {
  for (const [name] of text.matchAll(/[\p{L}_][\p{L}\p{N}_$]*/gu)) named.set(name, { name });
}

/** The types of casts in a text that changes rows alone: another word of that name may be anything. */
function nameCasts(text: string, named: Named): void {
  const casts = /(?:::|\bas)\s*((?:"?[\p{L}_][\p{L}\p{N}_$]*"?\.)?"?[\p{L}_][\p{L}\p{N}_$]*"?)/giu;
  for (const [, type = ""] of text.matchAll(casts)) nameWords(type, named);
}

function nameInSql({ statement, effects }: Execute, named: Named): void {
  const text = isSqlText(statement) ? plainText(statement) : statement.sql;
  if (effects === undefined) return nameCasts(text, named);
  nameWords(text, named);
  for (const operation of effects.operations.toReversed()) nameTypes(operation, named);
}

function nameTexts(texts: readonly (SqlText | SqlType | undefined)[], named: Named): void {
  for (const text of texts) {
    if (text === undefined) continue;
    if (isSqlText(text)) nameWords(plainText(text), named);
    else nameType(text, named);
  }
}

/** Adds the types that an operation names to those that are named behind it. */
function nameTypes(operation: OperationNode, named: Named): void {
  switch (operation.kind) {
    case "createTable":
      return operation.table.columns.forEach(({ type }) => nameType(type, named));
    case "addColumn":
      return operation.addition.columns.forEach(({ type }) => nameType(type, named));
    case "alterColumn":
      return operation.change.type && nameType(operation.change.type, named);
    case "createDomain":
      return nameType(operation.type, named);
    case "createFunction":
      return nameTexts([operation.parameters, operation.returns, operation.body], named);
    case "createProcedure":
      return nameTexts([operation.parameters, operation.body], named);
    case "createView":
      return nameTexts([operation.definition], named);
    // a type that is made anew has to be gone before
    case "createEnumType":
      return void named.delete(catalogKey(operation.schema, operation.name));
    case "dropEnumType": {
      const name = catalogKey(operation.schema, operation.name);
      return void named.set(name, { name });
    }
    case "addEnumValue":
    case "renameEnumValue": {
      const name = catalogKey(operation.schema, operation.typeName);
      return void named.set(name, { name });
    }
    case "execute":
      return nameInSql(operation, named);
    default:
  }
}

function mayTakeType(operation: OperationNode): boolean {
  switch (operation.kind) {
    case "dropTable":
    case "dropColumn":
      return true;
    case "alterColumn":
      return operation.change.type !== undefined;
    case "batchAlterTable":
    case "autocommitBlock":
      return operation.operations.some(mayTakeType);
    default:
      return false;
  }
}

function withNamed(operations: readonly OperationNode[], named: Named): readonly OperationNode[] {
  const result: OperationNode[] = [];
  for (const operation of operations.toReversed()) {
    if (operation.kind === "batchAlterTable" || operation.kind === "autocommitBlock") {
      result.push({ ...operation, operations: withNamed(operation.operations, named) });
      continue;
    }
    const takes = operation.kind === "dropTable" || operation.kind === "dropColumn" || operation.kind === "alterColumn";
    result.push(takes && named.size > 0 ? { ...operation, typesNamedLater: [...named.values()] } : operation);
    nameTypes(operation, named);
  }
  return result.reverse();
}

/**
 * The operations of one revision, where those that may take the last column of an enum type know which types the
 * revision names behind them: such a type is its author's to drop, since Alembic leaves it.
 */
export function withTypesNamedLater(operations: readonly OperationNode[]): readonly OperationNode[] {
  return operations.length > 1 && operations.some(mayTakeType) ? withNamed(operations, new Map()) : operations;
}
