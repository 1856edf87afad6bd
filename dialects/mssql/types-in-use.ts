import { constraintMentions, indexMentions } from "../../src/catalog/column-references.js";
import type { Catalog } from "../../src/catalog/catalog.js";
import { findColumn } from "../../src/catalog/table-changes.js";
import type { RenderContext } from "../../src/compiler/render-context.js";
import type { Breach, Change } from "../../src/compiler/server-rules.js";
import type { AlterColumn } from "../../src/operations/alter-column.js";
import type { OperationNode } from "../../src/operations/index.js";
import type { Column } from "../../src/schema/columns.js";
import type { Constraint } from "../../src/schema/constraints.js";
import type { Index } from "../../src/schema/indexes.js";
import { nameText, sameName, type Name } from "../../src/schema/names.js";
import { constraintsOf, isNullableIn, type Table } from "../../src/schema/tables.js";
import { computedFrom } from "../shared/rules/expressions.js";
import { constraintTitle, nameOf, titleOf } from "../shared/rules/keys.js";

const varying = /^(N?VARCHAR|VARBINARY)\((\d+)\)$/;

/** Whether a type of varying length only becomes longer, which the server does under an index. */
function widens(from: string, to: string): boolean {
  const [old, next] = [varying.exec(from), varying.exec(to)];
  return old !== null && next !== null && old[1] === next[1] && Number(old[2]) <= Number(next[2]);
}

/**
 * Whether ALTER COLUMN makes the column another one: another type, or NOT NULL from now on. What stands on the column is in
 * the way then: https://learn.microsoft.com/sql/t-sql/statements/alter-table-transact-sql#alter-column
 */
function redefinition(operation: AlterColumn, table: Table, column: Column, context: RenderContext) {
  const { type, nullable } = operation.change;
  const from = context.type(column.type);
  const to = context.type(type ?? column.type);
  const becomesNotNull = nullable === false && isNullableIn(table, column);
  if (from === to) return becomesNotNull ? "changed" : undefined;
  return widens(from, to) && !becomesNotNull ? "widened" : "changed";
}

/** What is in the way of another type: what is made anew around the change, and what nobody can drop for the author. */
interface InTheWay {
  readonly indexes: readonly Index[];
  readonly constraints: readonly Constraint[];
  readonly fixed: readonly string[];
}

function referringKeys(catalog: Catalog, table: Table, column: Column): readonly string[] {
  return catalog.tablesReferringTo(table.schema, table.name).flatMap((other) =>
    other.constraints.flatMap((constraint) => {
      if (constraint.kind !== "foreignKey" || !sameName(constraint.referredTable, table.name)) return [];
      if (!constraint.referredColumns.some((name) => sameName(name, column.name))) return [];
      return [`${titleOf("foreign key", nameOf(constraint), constraint.columns)} of "${nameText(other.name)}"`];
    }),
  );
}

function inTheWay(operation: AlterColumn, before: Catalog, context: RenderContext): InTheWay | undefined {
  const table = before.table(operation.schema, operation.tableName);
  const column = findColumn(table, operation.columnName);
  if (table === undefined || column === undefined) return undefined;
  const kind = redefinition(operation, table, column, context);
  if (kind === undefined) return undefined;
  const touching = constraintsOf(table).filter(
    (constraint) =>
      constraintMentions(constraint, column.name) && (constraint.kind !== "check" || constraint.boundTo === undefined),
  );
  const keys = touching.filter(({ kind: is }) => is === "primaryKey" || is === "foreignKey");
  const computed = computedFrom(table, column.name);
  const others = kind === "widened" ? [] : touching.filter(({ kind: is }) => is === "unique" || is === "check");
  const isReferred = referringKeys(before, table, column);
  const remade = (constraint: Constraint): boolean =>
    constraint.name !== undefined && !(constraint.kind === "unique" && isReferred.length > 0);
  return {
    indexes: kind === "widened" ? [] : table.indexes.filter((index) => indexMentions(index, column.name)),
    constraints: others.filter(remade),
    fixed: [
      ...[...keys, ...others.filter((constraint) => !remade(constraint))].map(constraintTitle),
      ...computed.map(({ name }) => `the computed column "${nameText(name)}"`),
      ...isReferred,
    ],
  };
}

/** A column whose type changes has nothing on it that cannot be dropped and made anew around the change. */
export function* typeInUse({ operation, before, context }: Change<"alterColumn">): Iterable<Breach> {
  const found = inTheWay(operation, before, context);
  if (found === undefined || found.fixed.length === 0) return;
  yield {
    text: `"${nameText(operation.tableName)}.${nameText(operation.columnName)}" cannot be altered: ${found.fixed.join(", ")} ${found.fixed.length === 1 ? "uses" : "use"} it.`,
    hint: "Drop these before, and make them anew after.",
  };
}

/** All that is in the way of another type where nothing is dropped around the change, besides what is dropped by name. */
export function usersOfType(
  operation: AlterColumn,
  before: Catalog,
  context: RenderContext,
  dropped: readonly (Name | undefined)[],
): readonly string[] {
  const found = inTheWay(operation, before, context);
  if (found === undefined) return [];
  const stays = (name: Name | undefined): boolean =>
    name === undefined || !dropped.some((other) => sameName(other, name));
  const { indexes, constraints, fixed } = found;
  return [
    ...fixed,
    ...constraints.filter((one) => stays(nameOf(one))).map(constraintTitle),
    ...indexes.filter(({ name }) => stays(name)).map(({ name }) => titleOf("index", name, [])),
  ];
}

/** The indexes and constraints that are dropped before another type, and made anew after it. */
export function aroundTypeChange(
  operation: AlterColumn,
  context: RenderContext,
): { readonly before: readonly OperationNode[]; readonly after: readonly OperationNode[] } {
  const found = context.onTrust ? undefined : inTheWay(operation, context.before, context);
  if (found === undefined) return { before: [], after: [] };
  const { origin, schema, tableName } = operation;
  const later = context.after.table(schema, tableName);
  const dropped = found.indexes.flatMap(({ name }) => (name === undefined ? [] : [name]));
  const constraintNames = found.constraints.flatMap(({ name }) => (name === undefined ? [] : [name]));
  const { indexes = [] } = later ?? {};
  const constraints = later === undefined ? [] : constraintsOf(later);
  return {
    before: [
      ...dropped.map((indexName): OperationNode => ({
        kind: "dropIndex",
        origin,
        indexName,
        tableName,
        schema,
        ifExists: false,
        options: {},
      })),
      ...constraintNames.map((constraintName): OperationNode => ({
        kind: "dropConstraint",
        origin,
        constraintName,
        tableName,
        schema,
        type: undefined,
        ifExists: false,
      })),
    ],
    after: [
      ...constraints
        .filter(({ name }) => constraintNames.some((known) => sameName(known, name)))
        .map((constraint): OperationNode => ({ kind: "addConstraint", origin, tableName, schema, constraint })),
      ...indexes
        .filter(({ name }) => dropped.some((known) => sameName(known, name)))
        .map((index): OperationNode => ({ kind: "createIndex", origin, tableName, schema, index, ifNotExists: false })),
    ],
  };
}
