import type { RenderContext } from "../../src/compiler/render-context.js";
import type { AlterColumn } from "../../src/operations/alter-column.js";
import type { ServerDefault } from "../../src/schema/columns.js";
import { isComputed, isIdentity } from "../../src/schema/columns.js";
import { isNullableIn } from "../../src/schema/tables.js";
import { existingDefault, knownColumn, refuseComputedChange, refuseIdentityChange } from "../shared/alter-column.js";
import { defaultText } from "../shared/columns.js";
import { alterTable } from "../shared/operations.js";
import { identityText } from "./columns.js";
import { commentText } from "./comments.js";

/** Whether it is known that the column is no identity; the server makes one of no column that exists (ORA-30673). */
function isKnownOtherwise(
  operation: AlterColumn,
  existing: ServerDefault | undefined,
  context: RenderContext,
): boolean {
  if (existing !== undefined) return !isIdentity(existing);
  return operation.existing.existingServerDefault === null || knownColumn(operation, context) !== undefined;
}

function changeDefault(operation: AlterColumn, modify: string, context: RenderContext): readonly string[] {
  const { serverDefault } = operation.change;
  if (serverDefault === undefined) return [];
  const existing = existingDefault(operation, context);
  if (isComputed(serverDefault) || isComputed(existing)) throw refuseComputedChange(context);
  if (isIdentity(serverDefault)) {
    if (isKnownOtherwise(operation, existing, context)) throw refuseIdentityChange(context);
    return [`${modify} ${identityText(serverDefault, context)}`];
  }
  const drop = isIdentity(existing) ? [`${modify} DROP IDENTITY`] : [];
  if (serverDefault === null) return drop.length > 0 ? drop : [`${modify} DEFAULT NULL`];
  return [...drop, `${modify} DEFAULT ${defaultText(serverDefault, context)}`];
}

/** Whether the column is known to take NULL: the server refuses to be told what holds already (ORA-01442, ORA-01451). */
function knownNullability(operation: AlterColumn, context: RenderContext): boolean | undefined {
  if (context.onTrust) return undefined;
  const table = context.before.table(operation.schema, operation.tableName);
  const column = knownColumn(operation, context);
  return table === undefined || column === undefined ? undefined : isNullableIn(table, column);
}

/** One statement for each attribute that changes, the name last. */
export function alterColumn(operation: AlterColumn, context: RenderContext): readonly string[] {
  const { change, schema, tableName } = operation;
  const table = alterTable(context, schema, tableName);
  const column = context.name(operation.columnName);
  const modify = `${table} MODIFY ${column}`;
  if (change.autoincrement !== undefined) {
    context.notice(
      "autoincrement of op.alterColumn has no effect on Oracle: give the column an identity when it is made.",
    );
  }
  const statements: string[] = [];
  if (change.nullable !== undefined && change.nullable !== knownNullability(operation, context))
    statements.push(`${modify} ${change.nullable ? "NULL" : "NOT NULL"}`);
  statements.push(...changeDefault(operation, modify, context));
  if (change.type !== undefined) statements.push(`${modify} ${context.type(change.type)}`);
  if (change.comment !== undefined) {
    const target = `COLUMN ${context.qualified(schema, tableName)}.${column}`;
    statements.push(commentText(target, change.comment ?? undefined, context));
  }
  if (change.newColumnName !== undefined) {
    statements.push(`${table} RENAME COLUMN ${column} TO ${context.name(change.newColumnName)}`);
  }
  return statements;
}
