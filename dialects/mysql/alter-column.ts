import { findColumn } from "../../src/catalog/table-changes.js";
import type { RenderContext } from "../../src/compiler/render-context.js";
import { plainString } from "./literals.js";
import type { AlterColumn } from "../../src/operations/alter-column.js";
import type { ServerDefault } from "../../src/schema/columns.js";
import { isComputed, isIdentity } from "../../src/schema/columns.js";
import { nameText } from "../../src/schema/names.js";
import { isNullableIn } from "../../src/schema/tables.js";
import type { SqlType, TextArguments, TypeName } from "../../src/schema/types/type.js";
import { SqlType as Type } from "../../src/schema/types/type.js";
import { existingDefault, knownColumn, refuseComputedChange, refuseIdentityChange } from "../shared/alter-column.js";
import { alterTable } from "../shared/operations.js";
import { behindType, columnOptions } from "./column-options.js";
import { computedNullability, generated, isAutoincrement } from "./columns.js";
import { isDateTime, modifiedDefault, setDefault } from "./defaults.js";

const textTypes: ReadonlySet<TypeName> = new Set<TypeName>([
  ...(["string", "text", "unicode", "unicodeText", "VARCHAR", "CHAR", "TEXT"] as const),
  ...(["TINYTEXT", "MEDIUMTEXT", "LONGTEXT", "enum", "SET"] as const),
]);
const integerTypes: ReadonlySet<TypeName> = new Set<TypeName>([
  ...(["integer", "bigInteger", "smallInteger", "INTEGER", "BIGINT", "SMALLINT", "MEDIUMINT", "TINYINT"] as const),
]);

/** The type before the change: what the author says, else what the replay knows. */
function existingType(operation: AlterColumn, context: RenderContext): SqlType | undefined {
  return operation.existing.existingType ?? knownColumn(operation, context)?.type;
}

/** A new text type keeps the character set of the old one, unless it says its own. */
function withExistingCharset(type: SqlType, operation: AlterColumn, context: RenderContext): SqlType {
  const variant = context.variant(type);
  const { charset, collation, ascii, unicode, binary, national } = variant.parameters as TextArguments;
  const isSaid = [charset, collation, ascii, unicode, binary, national].some((argument) => argument !== undefined);
  if (!textTypes.has(variant.name) || isSaid) return type;
  const old = existingType(operation, context);
  const oldVariant = old === undefined ? undefined : context.variant(old);
  if (oldVariant === undefined || !textTypes.has(oldVariant.name)) return type;
  const kept = oldVariant.parameters as TextArguments;
  if (kept.charset === undefined && kept.collation === undefined) return type;
  const parameters = { ...variant.parameters, charset: kept.charset, collation: kept.collation };
  return new Type(variant.name, parameters);
}

function typeAfter(operation: AlterColumn, context: RenderContext): SqlType {
  const { change, columnName } = operation;
  if (change.type !== undefined) return withExistingCharset(change.type, operation, context);
  const type = existingType(operation, context);
  if (type !== undefined) return type;
  throw context.unsupported(
    `The type of column "${nameText(columnName)}" is not known, and MODIFY and CHANGE define a column anew.`,
    "Say the type: existingType: t.string(50).",
  );
}

function nullableAfter(operation: AlterColumn, context: RenderContext): boolean | undefined {
  const said = operation.change.nullable ?? operation.existing.existingNullable;
  if (said !== undefined) return said !== false;
  const column = knownColumn(operation, context);
  const table = context.before.table(operation.schema, operation.tableName);
  return column === undefined || table === undefined ? undefined : isNullableIn(table, column);
}

function autoincrementAfter(operation: AlterColumn, context: RenderContext): boolean {
  const { change, existing } = operation;
  const said = change.autoincrement ?? existing.existingAutoincrement;
  if (said !== undefined) return said !== false;
  const column = knownColumn(operation, context);
  const table = context.before.table(operation.schema, operation.tableName);
  if (column === undefined || table === undefined || !isAutoincrement(column, table)) return false;
  return change.type === undefined || integerTypes.has(context.variant(change.type).name);
}

/** The default after the change: the new one, else the old one. */
function defaultAfter(operation: AlterColumn, context: RenderContext): ServerDefault | undefined {
  const { serverDefault } = operation.change;
  return serverDefault === undefined ? existingDefault(operation, context) : (serverDefault ?? undefined);
}

function commentAfter(operation: AlterColumn, context: RenderContext): string | undefined {
  const { change, existing } = operation;
  if (change.comment !== undefined) return change.comment ?? undefined;
  if (existing.existingComment !== undefined) return existing.existingComment ?? undefined;
  return knownColumn(operation, context)?.comment;
}

/**
 * The checks that stand on the column itself. MySQL makes them the table's, where they stay; MariaDB keeps them with the
 * column, so that a definition without them takes them away: https://mariadb.com/kb/en/constraint/#check-constraints
 */
function checksOfColumn(operation: AlterColumn, context: RenderContext): readonly string[] {
  if (context.onTrust || context.dialect.name !== "mariadb") return [];
  const table = context.after.table(operation.schema, operation.tableName);
  const column = findColumn(table, operation.change.newColumnName ?? operation.columnName);
  const unnamed = column?.checks.filter(({ name }) => name === undefined) ?? [];
  return unnamed.map((check) => context.constraint(check, table));
}

/**
 * The whole definition of a column, which MODIFY and CHANGE need: what it does not say, the server drops. Attributes
 * that do not change are the author's `existing…`, else those of the replayed schema.
 */
function definition(operation: AlterColumn, context: RenderContext): string {
  const type = typeAfter(operation, context);
  const nullable = nullableAfter(operation, context);
  const value = defaultAfter(operation, context);
  const comment = commentAfter(operation, context);
  const known = knownColumn(operation, context) ?? { options: {} };
  const plain = isComputed(value) || isIdentity(value) ? undefined : value;
  const autoincrement = isIdentity(value) || autoincrementAfter(operation, context);
  return [
    context.type(type),
    behindType(known, type, context),
    isComputed(value) && generated(value, context),
    isComputed(value) ? computedNullability(nullable, context) : nullable === false ? "NOT NULL" : "NULL",
    autoincrement && "AUTO_INCREMENT",
    plain !== undefined && `DEFAULT ${modifiedDefault(plain, type, context)}`,
    comment !== undefined && comment !== "" && `COMMENT ${plainString(comment, "A comment", context)}`,
    ...columnOptions(known, type, context),
    ...checksOfColumn(operation, context),
  ]
    .filter(Boolean)
    .join(" ");
}

/** Refuses to make a column computed or an identity, or to take that away; the server cannot. */
function refuseOtherKind(operation: AlterColumn, context: RenderContext): void {
  const { serverDefault } = operation.change;
  if (serverDefault === undefined) return;
  const existing = existingDefault(operation, context);
  if (isComputed(serverDefault) || isComputed(existing)) throw refuseComputedChange(context);
  if (isIdentity(serverDefault) || isIdentity(existing)) throw refuseIdentityChange(context);
}

/**
 * One statement: SET DEFAULT when only the default changes, else MODIFY, or CHANGE for a new name. A default of a date
 * and time is set by CHANGE, since SET DEFAULT takes no CURRENT_TIMESTAMP.
 */
export function alterColumn(operation: AlterColumn, context: RenderContext): readonly string[] {
  const { schema, tableName, columnName, change } = operation;
  const { nullable, type, autoincrement, comment, newColumnName, serverDefault } = change;
  refuseOtherKind(operation, context);
  const table = alterTable(context, schema, tableName);
  const column = context.name(columnName);
  const redefines = [nullable, type, autoincrement, comment].some((attribute) => attribute !== undefined);
  if (newColumnName === undefined && !redefines) {
    if (serverDefault === undefined) return [];
    if (serverDefault === null) return [`${table} ALTER COLUMN ${column} DROP DEFAULT`];
    const known = existingType(operation, context);
    if (!isDateTime(known, context) && !isComputed(serverDefault) && !isIdentity(serverDefault)) {
      return [`${table} ALTER COLUMN ${column} SET DEFAULT ${setDefault(serverDefault, known, context)}`];
    }
  }
  const target = type ?? existingType(operation, context);
  const renames = newColumnName !== undefined || (serverDefault !== null && isDateTime(target, context));
  return renames
    ? [`${table} CHANGE ${column} ${context.name(newColumnName ?? columnName)} ${definition(operation, context)}`]
    : [`${table} MODIFY ${column} ${definition(operation, context)}`];
}
