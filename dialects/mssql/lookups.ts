import type { RenderContext } from "../../src/compiler/render-context.js";
import type { Name } from "../../src/schema/names.js";
import { nameText } from "../../src/schema/names.js";
import { singleQuotes } from "../shared/sql-text/quotes.js";

/** A column, as a lookup finds it. */
export interface ColumnPath {
  readonly schema: Name | undefined;
  readonly tableName: Name;
  readonly columnName: Name;
}

const unquoted = /^[\p{L}_@#][\p{L}\p{N}_@#$]*$/u;

/** A table as object_id() reads it: quotes are needed only around what would be read as several names. */
function objectName({ schema, tableName }: ColumnPath, context: RenderContext): string {
  const names = [...(schema === undefined ? [] : nameText(schema).split(".")), nameText(tableName)];
  return names.map((name) => (unquoted.test(name) ? name : context.dialect.identifiers.quote(name))).join(".");
}

function literal(text: string): string {
  return (/[^\x00-\x7f]/.test(text) ? "N" : "") + singleQuotes(text);
}

function dropFound(select: readonly string[], { schema, tableName }: ColumnPath, context: RenderContext): string {
  const table = `alter table ${context.qualified(schema, tableName)} drop constraint `;
  // varchar, as Alembic writes it, loses what the code page of the database lacks; QUOTENAME makes 258 characters at most
  const type = context.onTrust ? "varchar(256)" : "nvarchar(258)";
  return [`declare @const_name ${type}`, ...select, `exec(${literal(table)} + @const_name)`].join("\n");
}

/**
 * Drops the default or the check of a column, whatever name the server gave it; nothing happens when there is none.
 *
 * @example dropConstraintOf("default", column, context) // declare @const_name … exec('alter table t drop constraint ' + @const_name)
 */
export function dropConstraintOf(kind: "default" | "check", column: ColumnPath, context: RenderContext): string {
  const select = [
    `select @const_name = QUOTENAME([name]) from sys.${kind}_constraints`,
    `where parent_object_id = object_id(${literal(objectName(column, context))})`,
    `and col_name(parent_object_id, parent_column_id) = ${literal(nameText(column.columnName))}`,
  ];
  return dropFound(select, column, context);
}

/** Drops the foreign key of a column, whatever name the server gave it. */
export function dropForeignKeyOf(column: ColumnPath, context: RenderContext): string {
  const select = [
    "select @const_name = QUOTENAME([name]) from",
    "sys.foreign_keys fk join sys.foreign_key_columns fkc",
    "on fk.object_id=fkc.constraint_object_id",
    `where fkc.parent_object_id = object_id(${literal(objectName(column, context))})`,
    `and col_name(fkc.parent_object_id, fkc.parent_column_id) = ${literal(nameText(column.columnName))}`,
  ];
  return dropFound(select, column, context);
}
