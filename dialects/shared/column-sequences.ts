import type { Catalog } from "../../src/catalog/catalog.js";
import { catalogKey } from "../../src/catalog/catalog.js";
import { findColumn } from "../../src/catalog/table-changes.js";
import type { Dialect } from "../../src/compiler/dialect.js";
import type { RenderContext } from "../../src/compiler/render-context.js";
import type { OperationNode } from "../../src/operations/index.js";
import type { Column, Sequence } from "../../src/schema/columns.js";
import { sql } from "../../src/schema/expressions.js";
import type { Table } from "../../src/schema/tables.js";

type Lowering = Dialect["lower"];

/** Writes the expression that takes the next number of a sequence. */
type NextValue = (sequence: Sequence, context: RenderContext) => string;

function keyOf({ schema, name }: Sequence): string {
  return catalogKey(schema, name);
}

function isUsed(sequence: Sequence, catalog: Catalog): boolean {
  return catalog.tables
    .values()
    .some((table) => table.columns.some((column) => column.sequence && keyOf(column.sequence) === keyOf(sequence)));
}

/** The sequences of some columns, each once. */
function sequencesOf(columns: readonly Column[]): readonly Sequence[] {
  const found = columns.flatMap((column) => column.sequence ?? []);
  return [...new Map(found.map((sequence) => [keyOf(sequence), sequence])).values()];
}

function createSequences(columns: readonly Column[], context: RenderContext): readonly OperationNode[] {
  return sequencesOf(columns)
    .filter((sequence) => !isUsed(sequence, context.before))
    .filter(({ schema, name }) => context.before.object("sequence", schema, name) === undefined)
    .map(({ name, schema, kind: _kind, ...options }) => ({
      kind: "createSequence",
      origin: context.operation?.origin,
      name,
      schema,
      type: undefined,
      options,
      ownedBy: undefined,
      ifNotExists: false,
    }));
}

function dropSequences(columns: readonly Column[], context: RenderContext): readonly OperationNode[] {
  return sequencesOf(columns)
    .filter((sequence) => !isUsed(sequence, context.after))
    .filter(({ schema, name }) => context.before.object("sequence", schema, name) === undefined)
    .map(({ name, schema }) => ({
      kind: "dropSequence",
      origin: context.operation?.origin,
      name,
      schema,
      ifExists: false,
    }));
}

function withNextValues(table: Table, nextValue: NextValue, context: RenderContext): Table {
  const columns = table.columns.map((column) =>
    column.sequence === undefined || column.serverDefault !== undefined
      ? column
      : { ...column, type: column.type, serverDefault: sql.raw(nextValue(column.sequence, context)) },
  );
  return { ...table, columns };
}

/**
 * The same lowering for a dialect with sequences: one that a column names is made before its first column, fills it by
 * default, and goes with its last. Alembic leaves all three to the author; what stands outside any history is rendered
 * as it does.
 */
export function withColumnSequences(lower: Lowering, nextValue: NextValue): Lowering {
  const next = <O extends OperationNode>(
    lowering: ((operation: O, context: RenderContext) => readonly OperationNode[]) | undefined,
    operation: O,
    context: RenderContext,
  ): readonly OperationNode[] => lowering?.(operation, context) ?? [operation];
  const isConcerned = (columns: readonly Column[], context: RenderContext): boolean =>
    !context.onTrust && columns.some((column) => column.sequence !== undefined);
  return {
    ...lower,
    createTable(operation, context) {
      const { columns } = operation.table;
      if (!isConcerned(columns, context)) return next(lower.createTable, operation, context);
      const filled = { ...operation, table: withNextValues(operation.table, nextValue, context) };
      return [...createSequences(columns, context), ...next(lower.createTable, filled, context)];
    },
    addColumn(operation, context) {
      const { columns } = operation.addition;
      if (!isConcerned(columns, context)) return next(lower.addColumn, operation, context);
      const filled = { ...operation, addition: withNextValues(operation.addition, nextValue, context) };
      return [...createSequences(columns, context), ...next(lower.addColumn, filled, context)];
    },
    dropTable(operation, context) {
      const lowered = next(lower.dropTable, operation, context);
      const columns = context.before.table(operation.schema, operation.tableName)?.columns ?? [];
      return isConcerned(columns, context) ? [...lowered, ...dropSequences(columns, context)] : lowered;
    },
    dropColumn(operation, context) {
      const lowered = next(lower.dropColumn, operation, context);
      const table = context.before.table(operation.schema, operation.tableName);
      const column = findColumn(table, operation.columnName);
      const columns = column === undefined ? [] : [column];
      return isConcerned(columns, context) ? [...lowered, ...dropSequences(columns, context)] : lowered;
    },
  };
}
