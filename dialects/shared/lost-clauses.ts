import type { RenderContext } from "../../src/compiler/render-context.js";
import type { AddColumn } from "../../src/operations/add-column.js";
import type { OperationNode } from "../../src/operations/index.js";
import type { Check, ForeignKey } from "../../src/schema/constraints.js";
import { nameText } from "../../src/schema/names.js";
import { inlineForeignKey } from "./lowering.js";

// Alembic writes ADD on SQL Server and Oracle from the bare column: an unnamed check or inline reference of it is left
// out without a word. Here it is created; only what stands outside any history is rendered as Alembic does.

/** The checks of an added column that are written. */
export function writtenChecks(operation: AddColumn, context: RenderContext): readonly Check[] {
  const checks = operation.addition.columns.flatMap((column) => column.checks);
  if (!context.onTrust) return checks;
  for (const check of checks.filter(({ name }) => name === undefined)) {
    context.notice(
      `The check (${context.sql(check.condition)}) of the added column is not created, as in Alembic: ` +
        'give it a name, check(…, { name: "ck_…" }), and it is.',
    );
  }
  return checks.filter(({ name }) => name !== undefined);
}

/** The foreign key that `inlineReferences` asks to be written into the column, as a statement of its own. */
export function inlineReferenceStatement(operation: AddColumn, context: RenderContext): readonly OperationNode[] {
  const key: ForeignKey | undefined = inlineForeignKey(operation);
  if (key === undefined) return [];
  const { name: tableName, schema } = operation.addition;
  if (key.name !== undefined || !context.onTrust) {
    return [{ kind: "addConstraint", origin: operation.origin, tableName, schema, constraint: key }];
  }
  context.notice(
    `The foreign key to ${nameText(key.referredTable)} of the added column is not created, as in Alembic: ` +
      "give it a name, or leave inlineReferences out.",
  );
  return [];
}
