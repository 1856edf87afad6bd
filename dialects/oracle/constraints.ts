import type { Dialect } from "../../src/compiler/dialect.js";
import type { RenderContext } from "../../src/compiler/render-context.js";
import type { Check, ForeignKey } from "../../src/schema/constraints.js";
import { sameName } from "../../src/schema/names.js";
import type { Table } from "../../src/schema/tables.js";
import { checkText, foreignKeyText, sharedConstraints } from "../shared/constraints.js";
import { has } from "./features.js";

/** What Oracle does with the rows that refer to a deleted one; NO ACTION has no words of its own. */
function onDelete({ onDelete: action }: ForeignKey, context: RenderContext): string | undefined {
  const words = action?.toUpperCase();
  if (words === undefined || words === "NO ACTION") return undefined;
  if (words === "CASCADE" || words === "SET NULL") return action;
  throw context.unsupported(
    `Oracle has no ON DELETE ${action}.`,
    "It has CASCADE and SET NULL, and refuses the DELETE when onDelete is left out.",
  );
}

function refuseOnUpdate({ onUpdate }: ForeignKey, context: RenderContext): void {
  if (onUpdate === undefined || onUpdate.toUpperCase() === "NO ACTION") return;
  throw context.unsupported(
    `Oracle has no ON UPDATE ${onUpdate}.`,
    'Leave onUpdate out; { deferrable: true, initially: "DEFERRED" } lets a transaction change both tables.',
  );
}

function checkMatch({ match }: ForeignKey, context: RenderContext): void {
  if (match === undefined) return;
  if (match.toUpperCase() !== "SIMPLE") {
    throw context.unsupported(
      `Oracle has no MATCH ${match}: a foreign key with a NULL in it is never checked.`,
      "Leave match out, and make the columns NOT NULL or add a check that they are NULL together.",
    );
  }
  context.refuseUnlessOnTrust(
    "Oracle has no MATCH clause, and would refuse the statement.",
    "Leave match out: MATCH SIMPLE is what it does anyway.",
  );
}

/** Whether a check only repeats what a BOOLEAN column refuses by itself. */
export function isImpliedByType(check: Check, table: Pick<Table, "columns">, context: RenderContext): boolean {
  if (check.boundTo === undefined || !has("booleanType", context)) return false;
  const column = table.columns.find(({ name }) => sameName(name, check.boundTo));
  if (column === undefined) return false;
  const { name } = context.variant(column.type);
  return name === "boolean" || name === "BOOLEAN";
}

export const constraints: Dialect["constraints"] = {
  ...sharedConstraints,
  foreignKey(key, context) {
    refuseOnUpdate(key, context);
    checkMatch(key, context);
    return foreignKeyText({ ...key, onUpdate: undefined, onDelete: onDelete(key, context) }, context);
  },
  check: (check, context, table) =>
    table !== undefined && isImpliedByType(check, table, context) ? "" : checkText(check, context),
};
