import type { RenderContext } from "../../src/compiler/render-context.js";
import type { UnsupportedError } from "../../src/errors.js";
import type { AlterColumn } from "../../src/operations/alter-column.js";
import { findColumn } from "../../src/catalog/table-changes.js";
import type { Column, ServerDefault } from "../../src/schema/columns.js";

/** The column as replayed before the operation, when the replay knows it. */
export function knownColumn(operation: AlterColumn, context: RenderContext): Column | undefined {
  return findColumn(context.before.table(operation.schema, operation.tableName), operation.columnName);
}

/** The default before the change: what the author says, else what the replay knows. */
export function existingDefault(operation: AlterColumn, context: RenderContext): ServerDefault | undefined {
  const { existingServerDefault } = operation.existing;
  if (existingServerDefault === null) return undefined;
  return existingServerDefault ?? knownColumn(operation, context)?.serverDefault;
}

export function refuseComputedChange(context: RenderContext): UnsupportedError {
  return context.unsupported(
    "A computed expression cannot be given to an existing column, or taken from it.",
    "Drop the column and add it anew: op.dropColumn, then op.addColumn.",
  );
}

export function refuseIdentityChange(context: RenderContext): UnsupportedError {
  return context.unsupported(
    `${context.dialect.name} cannot make an existing column an identity, change it, or take it away.`,
    "Add a new column with the identity, copy the values, and drop the old one.",
  );
}
