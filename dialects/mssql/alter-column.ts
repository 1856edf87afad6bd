import type { RenderContext } from "../../src/compiler/render-context.js";
import type { AlterColumn } from "../../src/operations/alter-column.js";
import type { DefaultValue } from "../../src/schema/columns.js";
import { defaultOf, isComputed, isIdentity } from "../../src/schema/columns.js";
import { nameText, type Name } from "../../src/schema/names.js";
import { isNullableIn } from "../../src/schema/tables.js";
import { isType, type SqlType } from "../../src/schema/types/type.js";
import { existingDefault, knownColumn, refuseComputedChange, refuseIdentityChange } from "../shared/alter-column.js";
import { defaultText } from "../shared/columns.js";
import { alterTable } from "../shared/operations.js";
import { singleQuotes } from "../shared/sql-text/quotes.js";
import { dropComment, setComment } from "./comments.js";
import { dropConstraintOf } from "./lookups.js";

/** Whether the column takes NULL before the change: as the author says, else as replayed. */
function existingNullable(operation: AlterColumn, context: RenderContext): boolean | undefined {
  const { existing, schema, tableName } = operation;
  if (existing.existingNullable !== undefined) return existing.existingNullable;
  const table = context.before.table(schema, tableName);
  const column = knownColumn(operation, context);
  return table === undefined || column === undefined ? undefined : isNullableIn(table, column);
}

/** https://learn.microsoft.com/sql/t-sql/statements/alter-table-transact-sql: FILESTREAM is an attribute of new columns. */
function refuseFilestream(type: SqlType, column: Name, context: RenderContext): void {
  if (!isType(type, "VARBINARY") || type.parameters.filestream !== true) return;
  throw context.unsupported(
    `ALTER COLUMN takes no FILESTREAM, and "${nameText(column)}" is to have it.`,
    "Add another column with it, copy the values, drop the old one and rename the new: op.addColumn, op.execute, op.dropColumn, op.alterColumn.",
  );
}

/** ALTER COLUMN sets the type and NULL or NOT NULL together: what is left out, the server resets. */
function typeAndNullability(operation: AlterColumn, context: RenderContext): string | undefined {
  const { change, existing, schema, tableName, columnName } = operation;
  const alter = (type: SqlType): string => {
    refuseFilestream(context.variant(type), columnName, context);
    return `${alterTable(context, schema, tableName)} ALTER COLUMN ${context.name(columnName)} ${context.type(type)}`;
  };
  if (change.nullable !== undefined) {
    const type = change.type ?? existing.existingType ?? knownColumn(operation, context)?.type;
    if (type === undefined) {
      throw context.unsupported(
        `SQL Server sets NULL or NOT NULL together with the type, and nothing says which type "${nameText(columnName)}" has.`,
        "Give existingType, or type for a new one.",
      );
    }
    return `${alter(type)} ${change.nullable ? "NULL" : "NOT NULL"}`;
  }
  if (change.type === undefined) return undefined;
  const nullable = existingNullable(operation, context);
  if (nullable === undefined) {
    context.refuseUnlessOnTrust(
      `Nothing says whether "${nameText(columnName)}" takes NULL: SQL Server would let it from now on.`,
      "Give nullable or existingNullable.",
    );
    return alter(change.type);
  }
  return `${alter(change.type)} ${nullable ? "NULL" : "NOT NULL"}`;
}

function typeName(type: SqlType, context: RenderContext): string {
  return context.type(type).replace(/[ (].*$/s, "");
}

/** The default that has to give way to another type and come back: the server refuses the change while it stands. */
function defaultInTheWay(operation: AlterColumn, context: RenderContext): DefaultValue | undefined {
  const { type, serverDefault } = operation.change;
  if (type === undefined || serverDefault !== undefined) return undefined;
  const known = knownColumn(operation, context);
  if (known === undefined || typeName(known.type, context) === typeName(type, context)) return undefined;
  return defaultOf(known);
}

/** What becomes of the default: whether the old one is dropped, and which is added. */
function defaultChange(operation: AlterColumn, context: RenderContext) {
  const { serverDefault } = operation.change;
  if (serverDefault === undefined) {
    const added = defaultInTheWay(operation, context);
    return { drops: added !== undefined, added };
  }
  const existing = existingDefault(operation, context);
  if (isComputed(serverDefault) || isComputed(existing)) throw refuseComputedChange(context);
  if (isIdentity(serverDefault) || isIdentity(existing)) throw refuseIdentityChange(context);
  const drops =
    serverDefault === null || operation.existing.existingServerDefault !== undefined || existing !== undefined;
  return { drops, added: serverDefault ?? undefined };
}

function commentChange(operation: AlterColumn, context: RenderContext): string | undefined {
  const { comment } = operation.change;
  if (comment === undefined) return undefined;
  if (comment === null) return dropComment("exec", operation, context);
  const { existingComment } = operation.existing;
  const existing = existingComment === undefined ? knownColumn(operation, context)?.comment : existingComment;
  return setComment(
    "exec",
    existing === undefined || existing === null ? "add" : "update",
    comment,
    operation,
    context,
  );
}

/** One statement for each attribute that changes, the default's constraint first and the name last. */
export function alterColumn(operation: AlterColumn, context: RenderContext): readonly string[] {
  const { change, schema, tableName, columnName } = operation;
  if (change.autoincrement !== undefined) {
    context.notice("autoincrement of op.alterColumn has no effect on SQL Server: IDENTITY is given with the column.");
  }
  const table = alterTable(context, schema, tableName);
  const { drops, added } = defaultChange(operation, context);
  return [
    drops && dropConstraintOf("default", operation, context),
    typeAndNullability(operation, context),
    commentChange(operation, context),
    added !== undefined && `${table} ADD DEFAULT ${defaultText(added, context)} FOR ${context.name(columnName)}`,
    change.newColumnName !== undefined &&
      `EXEC sp_rename ${singleQuotes(`${context.qualified(schema, tableName)}.${context.name(columnName)}`)}, ` +
        `${context.name(change.newColumnName)}, 'COLUMN'`,
  ].filter((statement) => typeof statement === "string");
}
