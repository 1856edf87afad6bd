import type { RenderContext } from "../../src/compiler/render-context.js";
import type { AlterColumn } from "../../src/operations/alter-column.js";
import type { DropColumn } from "../../src/operations/drop-column.js";
import type { DropConstraint } from "../../src/operations/drop-constraint.js";
import type { OperationNode } from "../../src/operations/index.js";
import { mentionsColumn } from "../../src/schema/column-mentions.js";
import { computedOf, isComputed, isIdentity } from "../../src/schema/columns.js";
import type { Name } from "../../src/schema/names.js";
import { nameText, sameName } from "../../src/schema/names.js";
import type { Table } from "../../src/schema/tables.js";
import { refuseComputedChange, refuseIdentityChange } from "../shared/alter-column.js";
import { addColumnInPlace } from "./add-column.js";
import { has } from "./features.js";
import type { InPlace, TableChange } from "./table-change.js";
import { constraintMentions, indexMentions } from "../../src/catalog/column-references.js";

/** The table as the replay knows it before the change; it is asked for only when the answer matters. */
export type KnownTable = () => Table | undefined;

function alterInPlace(operation: AlterColumn, table: KnownTable, context: RenderContext): InPlace {
  const { change, existing, columnName } = operation;
  const { type, nullable, serverDefault, newColumnName } = change;
  const remarks: string[] = [];
  if (change.comment !== undefined)
    remarks.push(`SQLite keeps no comments: that of "${nameText(columnName)}" is left out.`);
  if (change.autoincrement !== undefined) {
    remarks.push(`autoincrement is not changed on SQLite: it is an option of the table, sqlite: { autoincrement }.`);
  }
  if (serverDefault !== undefined && table() === undefined) {
    if (isIdentity(serverDefault) || isIdentity(existing.existingServerDefault)) throw refuseIdentityChange(context);
    if (isComputed(serverDefault) || isComputed(existing.existingServerDefault)) throw refuseComputedChange(context);
  }
  if (type !== undefined) return { obstacle: `change the type of column "${nameText(columnName)}"` };
  if (serverDefault !== undefined) return { obstacle: `change the default of column "${nameText(columnName)}"` };
  if (nullable !== undefined && !has("constraintChanges", context)) {
    return { obstacle: `change whether column "${nameText(columnName)}" takes NULL` };
  }
  const changes = nullable !== undefined || newColumnName !== undefined;
  return { operations: changes ? [operation] : [], remarks };
}

/** Why a column cannot be dropped by ALTER TABLE: https://www.sqlite.org/lang_altertable.html#altertabdropcol */
function userOf(table: Table, column: Name): string | undefined {
  const constraint = table.constraints.find((candidate) => constraintMentions(candidate, column));
  if (constraint !== undefined) return "which a constraint names";
  const other = table.columns.find(
    (candidate) =>
      !sameName(candidate.name, column) &&
      (candidate.checks.some((check) => mentionsColumn(check.condition, column)) ||
        mentionsColumn(computedOf(candidate)?.expression ?? { kind: "sql", parts: [] }, column)),
  );
  return other === undefined ? undefined : `which column "${nameText(other.name)}" uses`;
}

function dropColumnInPlace(operation: DropColumn, table: KnownTable, context: RenderContext): InPlace {
  const { columnName, tableName, schema, origin } = operation;
  const known = table();
  if (!has("dropColumn", context)) return { obstacle: `drop column "${nameText(columnName)}" before version 3.35` };
  if (known === undefined) {
    if (!operation.ifExists) return { operations: [operation] };
    const remark = "SQLite has no DROP COLUMN IF EXISTS: it will refuse this statement.";
    if (context.onTrust) return { operations: [operation], remarks: [remark] };
    throw context.unsupported(
      "SQLite has no DROP COLUMN IF EXISTS, and the table is not known here.",
      "Leave ifExists out, or let the history create the table: then the compiler knows whether the column is there.",
    );
  }
  if (operation.ifExists && !known.columns.some(({ name }) => sameName(name, columnName))) return { operations: [] };
  const user = userOf(known, columnName);
  if (user !== undefined) return { obstacle: `drop column "${nameText(columnName)}", ${user},` };
  const indexes = known.indexes.filter((index) => indexMentions(index, columnName));
  const drops = indexes.flatMap(({ name }): readonly OperationNode[] =>
    name === undefined
      ? []
      : [{ kind: "dropIndex", origin, indexName: name, tableName, schema, ifExists: false, options: {} }],
  );
  return { operations: [...drops, { ...operation, ifExists: false }] };
}

function dropConstraintInPlace(operation: DropConstraint, table: KnownTable, context: RenderContext): InPlace {
  const { constraintName, type, ifExists } = operation;
  const what = `drop constraint ${constraintName === undefined ? "" : `"${nameText(constraintName)}" `}`.trimEnd();
  if (constraintName === undefined) return { obstacle: what };
  const known = table();
  const found = known?.constraints.find(({ name }) => name !== undefined && sameName(name, constraintName));
  const inColumn = known?.columns.some(({ checks }) => checks.some(({ name }) => sameName(name, constraintName)));
  if (ifExists && known !== undefined && found === undefined && inColumn !== true) {
    return { operations: [] };
  }
  const isCheck = known === undefined ? type === "check" : inColumn === true || found?.kind === "check";
  const canDrop = isCheck && has("constraintChanges", context) && !(ifExists && known === undefined);
  return canDrop ? { operations: [{ ...operation, ifExists: false }] } : { obstacle: what };
}

/** How a change is made without making the table anew. */
export function inPlace(operation: TableChange, table: KnownTable, context: RenderContext): InPlace {
  switch (operation.kind) {
    case "addColumn":
      return addColumnInPlace(operation, table, context);
    case "alterColumn":
      return alterInPlace(operation, table, context);
    case "dropColumn":
      return dropColumnInPlace(operation, table, context);
    case "addConstraint": {
      const { kind } = operation.constraint;
      return kind === "check" && has("constraintChanges", context)
        ? { operations: [operation] }
        : { obstacle: `add a ${describedKinds[kind]} to a table that exists` };
    }
    case "dropConstraint":
      return dropConstraintInPlace(operation, table, context);
    case "tableComment":
      return {
        operations: [],
        remarks: [`SQLite keeps no comments: that of "${nameText(operation.tableName)}" is left out.`],
      };
    case "createIndex":
    case "dropIndex":
      return { operations: [operation] };
  }
}

const describedKinds = {
  primaryKey: "primary key",
  unique: "unique constraint",
  foreignKey: "foreign key",
  check: "check constraint",
  exclude: "exclusion constraint",
};
