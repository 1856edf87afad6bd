import type { Constraint } from "../schema/constraints.js";
import { textOfSql, type SqlText } from "../schema/expressions.js";
import { sameName, type Name } from "../schema/names.js";
import type { Table } from "../schema/tables.js";
import { normaliseSql } from "./normalise.js";

/** A constraint without a name, by what it is. */
export type NamelessConstraint =
  | { readonly kind: "check"; readonly condition: SqlText }
  | { readonly kind: Exclude<Constraint["kind"], "check">; readonly columns: readonly Name[] };

/** Whether a constraint has no name and is what is said of it. */
export function isNamelessConstraint(constraint: Constraint, wanted: NamelessConstraint): boolean {
  if (constraint.name !== undefined || constraint.kind !== wanted.kind) return false;
  if (wanted.kind === "check") {
    const text = ({ condition }: { readonly condition: SqlText }): string => normaliseSql(textOfSql(condition));
    return constraint.kind === "check" && text(constraint) === text(wanted);
  }
  const columns = "columns" in constraint ? constraint.columns : [];
  return (
    columns.length === wanted.columns.length &&
    columns.every((name, position) => sameName(name, wanted.columns[position]))
  );
}

/** The table without the first constraint, of its own or of a column, that has no name and is what is said of it. */
export function removeNamelessConstraint(table: Table, wanted: NamelessConstraint): Table {
  const own = table.constraints.find((constraint) => isNamelessConstraint(constraint, wanted));
  if (own !== undefined) return { ...table, constraints: table.constraints.filter((constraint) => constraint !== own) };
  const check = table.columns.flatMap(({ checks }) => checks).find((one) => isNamelessConstraint(one, wanted));
  const columns = table.columns.map((column) =>
    check !== undefined && column.checks.includes(check)
      ? { ...column, type: column.type, checks: column.checks.filter((one) => one !== check) }
      : column,
  );
  return { ...table, columns };
}
