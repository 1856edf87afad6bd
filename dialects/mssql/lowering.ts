import type { Dialect } from "../../src/compiler/dialect.js";
import type { RenderContext } from "../../src/compiler/render-context.js";
import { constraintMentions, indexMentions } from "../../src/catalog/column-references.js";
import { findColumn } from "../../src/catalog/table-changes.js";
import type { CreateTable } from "../../src/operations/create-table.js";
import type { DropColumn } from "../../src/operations/drop-column.js";
import type { OperationNode } from "../../src/operations/index.js";
import { defaultOf } from "../../src/schema/columns.js";
import type { Constraint } from "../../src/schema/constraints.js";
import { sql } from "../../src/schema/expressions.js";
import { nameText, sameName } from "../../src/schema/names.js";
import { inlineReferenceStatement } from "../shared/lost-clauses.js";
import { lowerAddColumn, lowerBatch, lowerCreateTable } from "../shared/lowering.js";
import { lowerTypeChange } from "../shared/type-checks.js";
import { setComment } from "./comments.js";
import { aroundTypeChange } from "./types-in-use.js";

/** The comments that come with a new table or column, in SQLAlchemy's words; what an author changes has Alembic's. */
function withNewComments(operations: readonly OperationNode[], context: RenderContext): readonly OperationNode[] {
  return operations.map((operation): OperationNode => {
    if (operation.kind !== "alterColumn" && operation.kind !== "tableComment") return operation;
    const comment = operation.kind === "tableComment" ? operation.comment : operation.change.comment;
    const text = setComment("execute", "add", comment ?? "", operation, context);
    return { kind: "execute", origin: operation.origin, statement: sql.raw(text) };
  });
}

/** What follows CREATE TABLE: foreign keys that wait for other tables, indexes, comments. */
export function afterCreateTable(operation: CreateTable, context: RenderContext): readonly OperationNode[] {
  return withNewComments(lowerCreateTable({ ...operation, ifNotExists: false }, context).slice(1), context);
}

/**
 * A key without a name, or a check of the whole table, got one from the server that nobody can foretell, and that keeps the
 * column from being dropped.
 */
function refuseUnnamed(unnamed: readonly Constraint[], operation: DropColumn, context: RenderContext): void {
  const nameless = { unique: "unique constraint", primaryKey: "primary key", check: "check of the table" };
  const found = unnamed.find(({ kind }) => kind in nameless);
  if (found === undefined) return;
  const what = nameless[found.kind as keyof typeof nameless];
  throw context.unsupported(
    `The column "${nameText(operation.columnName)}" is ${found.kind === "check" ? "spoken of by" : "in"} a ${what} without a name, which has to be dropped first.`,
    `Give such constraints names, or a naming convention. The one that exists is in ${found.kind === "check" ? "sys.check_constraints" : "sys.key_constraints"}: drop it by op.execute.`,
  );
}

/** A check that stands for the type of one column. */
function isBoundCheck(constraint: Constraint): boolean {
  return constraint.kind === "check" && constraint.boundTo !== undefined;
}

/**
 * A column with all that hangs on it. SQL Server refuses to drop a column that an index, a default or a constraint
 * needs: what the replayed schema knows of these is dropped before, what the author's options name is looked up.
 */
function dropColumn(operation: DropColumn, context: RenderContext): readonly OperationNode[] {
  const { origin, schema, tableName, columnName } = operation;
  const table = context.before.table(schema, tableName);
  const column = findColumn(table, columnName);
  if (table === undefined || column === undefined) return [operation];
  const constraints = table.constraints.filter((constraint) => constraintMentions(constraint, columnName));
  const ofOthers = table.columns.flatMap(({ name, checks }) =>
    sameName(name, columnName) ? [] : checks.filter((check) => constraintMentions(check, columnName)),
  );
  const checks = [...constraints.filter(isBoundCheck), ...column.checks];
  const foreignKeys = constraints.filter(({ kind }) => kind === "foreignKey");
  const unnamed = ({ name }: Constraint): boolean => name === undefined;
  refuseUnnamed([...constraints.filter((one) => !isBoundCheck(one)), ...ofOthers].filter(unnamed), operation, context);
  const options = {
    ...operation.options.mssql,
    ...(defaultOf(column) !== undefined && { dropDefault: true }),
    ...(checks.some(unnamed) && { dropCheck: true }),
    ...(foreignKeys.some(unnamed) && { dropForeignKey: true }),
  };
  const indexes = table.indexes.filter((index) => indexMentions(index, columnName));
  return [
    ...indexes.flatMap(({ name }): OperationNode[] =>
      name === undefined
        ? []
        : [{ kind: "dropIndex", origin, indexName: name, tableName, schema, ifExists: false, options: {} }],
    ),
    ...[...constraints, ...column.checks, ...ofOthers].flatMap(({ name }): OperationNode[] =>
      name === undefined
        ? []
        : [
            {
              kind: "dropConstraint",
              origin,
              constraintName: name,
              tableName,
              schema,
              type: undefined,
              ifExists: false,
            },
          ],
    ),
    { ...operation, options: { ...operation.options, mssql: options } },
  ];
}

export const lower: Dialect["lower"] = {
  batchAlterTable: lowerBatch,
  createTable: (operation, context) =>
    operation.ifNotExists ? [operation] : [operation, ...afterCreateTable(operation, context)],
  addColumn(operation, context) {
    const [first, ...rest] = lowerAddColumn(operation, context);
    return [first ?? operation, ...inlineReferenceStatement(operation, context), ...withNewComments(rest, context)];
  },
  alterColumn(operation, context) {
    const { before, after } = aroundTypeChange(operation, context);
    return [...before, ...lowerTypeChange(operation, context), ...after];
  },
  dropColumn,
};
