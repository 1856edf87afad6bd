import type { Dialect } from "../../src/compiler/dialect.js";
import type { RenderContext } from "../../src/compiler/render-context.js";
import type { Constraint, ForeignKey } from "../../src/schema/constraints.js";
import type { Name } from "../../src/schema/names.js";
import { nameText, sameName } from "../../src/schema/names.js";
import type { Table } from "../../src/schema/tables.js";
import { checkText, foreignKeyText, primaryKeyText, sharedConstraints, uniqueText } from "../shared/constraints.js";
import { countedColumn } from "./columns.js";
import { conflictClause } from "./conflicts.js";

/** Only foreign keys can wait for the end of the transaction: https://www.sqlite.org/syntax/table-constraint.html */
function refuseDeferral(constraint: Constraint, what: string, context: RenderContext): void {
  if (constraint.deferrable === undefined && constraint.initially === undefined) return;
  throw context.unsupported(
    `SQLite cannot defer a ${what}; only foreign keys can be deferred.`,
    "Leave deferrable and initially out.",
  );
}

/** The conflict clause of a key: its own, or that of its only column. */
function conflictOfKey(
  constraint: Constraint & { readonly columns: readonly Name[] },
  columnOption: string,
  table: Table | undefined,
  context: RenderContext,
): string {
  const own = context.options(constraint.options)["onConflict"];
  const [name, ...others] = constraint.columns;
  const column =
    name === undefined || others.length > 0
      ? undefined
      : table?.columns.find((candidate) => sameName(candidate.name, name));
  return conflictClause(own ?? (column && context.options(column.options)[columnOption]), context);
}

/** The schema of a table is the file that it is in, and a foreign key cannot leave the file. */
function leavesDatabase(key: ForeignKey, table: Table | undefined): boolean {
  return table !== undefined && !sameName(key.referredSchema, table.schema);
}

/** A foreign key; its target is never qualified, since it is in the same file. */
function foreignKeyInDatabase(key: ForeignKey, context: RenderContext, table: Table | undefined): string {
  if (leavesDatabase(key, table)) {
    const message =
      `The foreign key of "${nameText(table?.name ?? "")}" refers to "${nameText(key.referredTable)}" ` +
      "in another schema, which SQLite has not: each schema is a file of its own.";
    if (!context.onTrust) {
      throw context.unsupported(message, "Remove the foreign key, or name the referred table in the same schema.");
    }
    context.notice(`${message} It is left out.`);
    return "";
  }
  return foreignKeyText({ ...key, referredSchema: undefined }, context);
}

export const constraints: Dialect["constraints"] = {
  ...sharedConstraints,
  primaryKey(key, context, table) {
    refuseDeferral(key, "primary key", context);
    if (table !== undefined && countedColumn(table, context) !== undefined) return ""; // it stands in the column
    return primaryKeyText(key, context) + conflictOfKey(key, "onConflictPrimaryKey", table, context);
  },
  unique(unique, context, table) {
    refuseDeferral(unique, "unique constraint", context);
    return uniqueText(unique, context) + conflictOfKey(unique, "onConflictUnique", table, context);
  },
  check(check, context, table) {
    refuseDeferral(check, "check constraint", context);
    const conflict = conflictClause(context.options(check.options)["onConflict"], context);
    if (conflict !== "" && table?.columns.some((column) => column.checks.includes(check)) === true) {
      throw context.unsupported(
        "SQLite takes ON CONFLICT on the check of a table, not on that of a column.",
        "Move the check from the column to the items of the table.",
      );
    }
    return checkText(check, context) + conflict;
  },
  foreignKey: foreignKeyInDatabase,
};
