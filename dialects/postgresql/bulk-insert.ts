import type { RenderContext } from "../../src/compiler/render-context.js";
import type { BulkInsert } from "../../src/operations/bulk-insert.js";
import { identityOf } from "../../src/schema/columns.js";
import { nameText } from "../../src/schema/names.js";
import { insertStatements, insertTable, usualLimits } from "../shared/inserts.js";

/** The columns whose values the server always counts itself, as replayed, else as the table is described. */
function alwaysCounted(operation: BulkInsert, context: RenderContext): ReadonlySet<string> {
  const { table } = operation;
  const known = context.before.table(table.kind === "table" ? table.schema : undefined, table.name);
  const { columns } = known ?? insertTable(operation, context);
  return new Set(columns.filter((column) => identityOf(column)?.always === true).map(({ name }) => nameText(name)));
}

/**
 * A value for a column that is GENERATED ALWAYS is taken only with OVERRIDING SYSTEM VALUE:
 * https://www.postgresql.org/docs/current/sql-insert.html
 */
export function bulkInsert(operation: BulkInsert, context: RenderContext): readonly string[] {
  const always = context.onTrust ? new Set<string>() : alwaysCounted(operation, context);
  return insertStatements(operation, context, usualLimits, (names) =>
    names.some((name) => always.has(nameText(name))) ? " OVERRIDING SYSTEM VALUE" : "",
  );
}
