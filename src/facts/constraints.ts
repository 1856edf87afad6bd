import { catalogKey } from "../catalog/catalog-key.js";
import { constraintIsNamed } from "../catalog/table-changes.js";
import type { AddConstraint } from "../operations/add-constraint.js";
import type { DropConstraint } from "../operations/drop-constraint.js";
import type { RenameConstraint } from "../operations/rename-constraint.js";
import type { ValidateConstraint } from "../operations/validate-constraint.js";
import type { Constraint } from "../schema/constraints.js";
import { isSqlText, textOfSql, type SqlText } from "../schema/expressions.js";
import { nameText, type Name } from "../schema/names.js";
import type { Table } from "../schema/tables.js";
import type { FactsOf, ObjectName, RowFailure, Touch } from "./facts.js";
import { constraintOf, tableOf } from "./object-names.js";

/** Columns and expressions as people are told of them. */
export function columnsText(columns: readonly (Name | SqlText)[]): string {
  return columns.map((column) => (isSqlText(column) ? textOfSql(column) : nameText(column))).join(", ");
}

/** The constraint of a name; its primary key, where none is given. */
export function constraintNamed(table: Table | undefined, name: Name | undefined): Constraint | undefined {
  return table?.constraints.find((constraint) =>
    name === undefined ? constraint.kind === "primaryKey" : constraintIsNamed(constraint, name),
  );
}

interface RowCondition {
  readonly cause: RowFailure["cause"];
  /** Goes on after "when in account". */
  readonly text: string;
}

/** The rows that do not fulfil a constraint. */
function offendingRows(constraint: Constraint): RowCondition {
  switch (constraint.kind) {
    case "primaryKey":
    case "unique":
      return { cause: "duplicate", text: `two rows are equal in ${columnsText(constraint.columns)}` };
    case "foreignKey":
      return { cause: "orphan", text: `a row refers to nothing in ${nameText(constraint.referredTable)}` };
    case "check":
      return { cause: "check", text: `a row does not fulfil ${textOfSql(constraint.condition)}` };
    case "exclude":
      return { cause: "overlap", text: "two rows exclude one another" };
  }
}

function isLeftUnchecked({ options }: Constraint): boolean {
  return options.postgresql?.["notValid"] === true;
}

function referredTable(constraint: Constraint): readonly Touch[] {
  if (constraint.kind !== "foreignKey") return [];
  const { referredSchema, referredTable: tableName } = constraint;
  return [{ ...tableOf({ schema: referredSchema, tableName }), how: "refersTo" }];
}

function failureAt(constraint: Constraint, table: ObjectName): RowFailure {
  const { cause, text } = offendingRows(constraint);
  return { cause, of: table, text: `fails when in ${catalogKey(table.schema, table.name ?? "")} ${text}` };
}

export const addConstraint: FactsOf<AddConstraint> = (operation) => {
  const { constraint } = operation;
  const table = tableOf(operation);
  const key = catalogKey(operation.schema, operation.tableName);
  return {
    touches: [
      { ...constraintOf(operation, constraint.name), how: "makes" },
      ...referredTable(constraint),
      ...(isLeftUnchecked(constraint) ? [] : [{ ...table, how: "reads" as const }]),
    ],
    failures: isLeftUnchecked(constraint) ? [] : [failureAt(constraint, table)],
    breaks: [{ whom: "writers", of: table, text: `writing fails where in ${key} ${offendingRows(constraint).text}` }],
  };
};

export const dropConstraint: FactsOf<DropConstraint> = (operation, { before }) => {
  const { schema, tableName, constraintName } = operation;
  const found = constraintNamed(before.table(schema, tableName), constraintName);
  return {
    touches: [
      { ...constraintOf(operation, constraintName), how: "drops" },
      ...(found === undefined ? [] : referredTable(found)),
    ],
  };
};

export const renameConstraint: FactsOf<RenameConstraint> = (operation) => ({
  touches: [{ ...constraintOf(operation, operation.from), how: "renames", to: operation.to }],
});

export const validateConstraint: FactsOf<ValidateConstraint> = (operation, { before }) => {
  const { schema, tableName, constraintName } = operation;
  const table = tableOf(operation);
  const found = constraintNamed(before.table(schema, tableName), constraintName);
  const key = catalogKey(schema, tableName);
  const unknown = {
    cause: "check",
    of: table,
    text: `fails when in ${key} a row does not fulfil ${nameText(constraintName)}`,
  } as const;
  return {
    touches: [
      { ...constraintOf(operation, constraintName), how: "changes" },
      { ...table, how: "reads" },
      ...(found === undefined ? [] : referredTable(found)),
    ],
    failures: [found === undefined ? unknown : failureAt(found, table)],
  };
};
