import type { RenderContext } from "../../src/compiler/render-context.js";
import type { AlterColumn } from "../../src/operations/alter-column.js";
import type { OperationNode } from "../../src/operations/index.js";
import { column } from "../../src/schema/columns.js";
import type { Constraint } from "../../src/schema/constraints.js";
import { expandTable } from "../../src/schema/expansion.js";
import type { Name } from "../../src/schema/names.js";
import { sameName } from "../../src/schema/names.js";
import type { Table } from "../../src/schema/tables.js";
import { table } from "../../src/schema/tables.js";
import type { SqlType } from "../../src/schema/types/type.js";

type IsWritten = (constraint: Constraint, table: Table) => boolean;

/** The checks that a column of some type brings with it. */
function checksOf(operation: AlterColumn, name: Name, type: SqlType, isWritten: IsWritten, context: RenderContext) {
  const { tableName, schema } = operation;
  const alone = table(tableName, [column(name, type)], { schema: schema ?? null });
  const expanded = expandTable(alone, context.namingConvention);
  return expanded.constraints.filter((constraint) => isWritten(constraint, expanded));
}

/** The checks that stand for the type before the change: by the author's word, else as replayed. */
function existingChecks(operation: AlterColumn, isWritten: IsWritten, context: RenderContext): readonly Constraint[] {
  const { existing, schema, tableName, columnName } = operation;
  if (existing.existingType !== undefined) {
    return checksOf(operation, columnName, existing.existingType, isWritten, context);
  }
  const known = context.before.table(schema, tableName);
  if (known === undefined) return [];
  return known.constraints.filter(
    (constraint) =>
      constraint.kind === "check" && sameName(constraint.boundTo, columnName) && isWritten(constraint, known),
  );
}

/**
 * A change of type, with the checks that stand for an enum or boolean type: the old type's goes before, the new one's
 * comes after.
 */
export function lowerTypeChange(
  operation: AlterColumn,
  context: RenderContext,
  isWritten: IsWritten = (constraint, owner) => context.isWritten(constraint, owner),
): readonly OperationNode[] {
  const { origin, tableName, schema, columnName, change } = operation;
  if (change.type === undefined) return [operation];
  const added = checksOf(operation, change.newColumnName ?? columnName, change.type, isWritten, context);
  return [
    ...existingChecks(operation, isWritten, context).map(({ name }): OperationNode => ({
      kind: "dropConstraint",
      origin,
      constraintName: name,
      tableName,
      schema,
      type: "check",
      ifExists: false,
    })),
    operation,
    ...added.map((constraint): OperationNode => ({ kind: "addConstraint", origin, tableName, schema, constraint })),
  ];
}
