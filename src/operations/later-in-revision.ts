import { catalogKey } from "../catalog/catalog-key.js";
import { columnTitle, objectName, tableTitle } from "../catalog/dependent-bodies.js";
import { enumTypeOf, type TypeNamedLater } from "../catalog/enums.js";
import { isSqlText, textOfSql, type SqlText } from "../schema/expressions.js";
import type { SqlType } from "../schema/types/type.js";
import { isType } from "../schema/types/type.js";
import type { Execute, OperationNode } from "./node.js";

/** What a revision does behind one of its operations. */
interface Later {
  readonly types: Named;
  /** What it drops or makes anew of tables, columns, views, triggers and routines, and the tables whose keys it drops. */
  readonly mended: Set<string>;
}

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
  const text = isSqlText(statement) ? textOfSql(statement) : statement.sql;
  if (effects === undefined) return nameCasts(text, named);
  nameWords(text, named);
  for (const operation of effects.operations.toReversed()) nameTypes(operation, named);
}

function nameTexts(texts: readonly (SqlText | SqlType | undefined)[], named: Named): void {
  for (const text of texts) {
    if (text === undefined) continue;
    if (isSqlText(text)) nameWords(textOfSql(text), named);
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

/** Adds the object that an operation drops or makes anew, and the table of a key that it drops. */
function addMended(operation: OperationNode, mended: Set<string>): void {
  switch (operation.kind) {
    case "createTable":
      return void mended.add(tableTitle(operation.table));
    case "addColumn":
      for (const { name } of operation.addition.columns) mended.add(columnTitle(operation.addition, name));
      return;
    case "alterColumn": {
      const { schema, tableName, change } = operation;
      if (change.newColumnName !== undefined)
        mended.add(columnTitle({ schema, name: tableName }, change.newColumnName));
      return;
    }
    case "dropTable":
    case "dropConstraint":
      return void mended.add(tableTitle({ schema: operation.schema, name: operation.tableName }));
    case "renameTable":
      return void mended.add(tableTitle({ schema: operation.schema, name: operation.to }));
    case "createView":
    case "dropView":
      mended.add(objectName({ ...operation, kind: "view" }));
      mended.add(objectName({ ...operation, kind: "materializedView" }));
      return;
    case "createTrigger":
    case "dropTrigger":
      mended.add(objectName({ ...operation, kind: "trigger" }));
      return;
    case "createFunction":
    case "dropFunction":
      return void mended.add(objectName({ ...operation, kind: "function" }));
    case "createProcedure":
    case "dropProcedure":
      return void mended.add(objectName({ ...operation, kind: "procedure" }));
    case "execute":
      for (const effect of operation.effects?.objects ?? []) {
        mended.add(objectName(effect.effect === "made" ? effect.object : effect));
      }
      for (const change of operation.effects?.changes ?? []) {
        if (change.change === "dropRoutine") mended.add(objectName({ ...change, ...change.routine }));
      }
      for (const inner of operation.effects?.operations ?? []) addMended(inner, mended);
      return;
    default:
  }
}

type Affected = Extract<
  OperationNode,
  { kind: "dropTable" | "dropColumn" | "alterColumn" | "renameTable" | "dropView" }
>;

/** Whether an operation may take the last column of a type, or break a view or trigger. */
function isAffected(operation: OperationNode): operation is Affected {
  switch (operation.kind) {
    case "dropTable":
    case "dropColumn":
    case "renameTable":
    case "dropView":
      return true;
    case "alterColumn":
      return operation.change.type !== undefined || operation.change.newColumnName !== undefined;
    default:
      return false;
  }
}

function holdsAffected(operation: OperationNode): boolean {
  if (operation.kind === "batchAlterTable" || operation.kind === "autocommitBlock") {
    return operation.operations.some(holdsAffected);
  }
  return isAffected(operation);
}

function withLater(operation: Affected, { types, mended }: Later): OperationNode {
  const mendedLater = mended.size === 0 ? {} : { mendedLater: [...mended] };
  if (operation.kind === "renameTable" || operation.kind === "dropView") return { ...operation, ...mendedLater };
  const typesNamedLater = types.size === 0 ? {} : { typesNamedLater: [...types.values()] };
  return { ...operation, ...mendedLater, ...typesNamedLater };
}

function annotated(operations: readonly OperationNode[], later: Later): readonly OperationNode[] {
  const result: OperationNode[] = [];
  for (const operation of operations.toReversed()) {
    if (operation.kind === "batchAlterTable" || operation.kind === "autocommitBlock") {
      result.push({ ...operation, operations: annotated(operation.operations, later) });
      continue;
    }
    result.push(isAffected(operation) ? withLater(operation, later) : operation);
    nameTypes(operation, later.types);
    addMended(operation, later.mended);
  }
  return result.reverse();
}

/**
 * The operations of one revision, where those that take something away know what the revision does behind them: a type
 * that it names is its author's to drop, since Alembic leaves it; a view that it makes anew may fail meanwhile.
 */
export function withLaterInRevision(operations: readonly OperationNode[]): readonly OperationNode[] {
  if (operations.length < 2 || !operations.some(holdsAffected)) return operations;
  return annotated(operations, { types: new Map(), mended: new Set() });
}
