import type { Constraint } from "../schema/constraints.js";
import type { Table } from "../schema/tables.js";

/** What of a schema depends on the dialect that keeps it. */
export interface CatalogRules {
  /**
   * The name that the server gives a constraint without one, when it can be foretold.
   *
   * @param table the table with all constraints that it had before
   */
  readonly impliedName?: (constraint: Constraint, table: Table) => string | undefined;
  /** A view keeps the columns that it reads from being dropped or retyped. */
  readonly viewsBlock?: boolean;
  /** Both sides of a foreign key must be of comparable types. */
  readonly comparesKeyTypes?: boolean;
}

/** No rules of any dialect: constraints without a name stay without one. */
export const noRules: CatalogRules = {};

/** The table with a name for every constraint that has none and whose name the server foretells. */
export function withImpliedNames(table: Table, rules: CatalogRules): Table {
  const { impliedName } = rules;
  if (impliedName === undefined) return table;
  if (table.constraints.every((constraint) => constraint.name !== undefined || constraint.impliedName !== undefined)) {
    return table;
  }
  const constraints: Constraint[] = [];
  for (const constraint of table.constraints) {
    if (constraint.name !== undefined || constraint.impliedName !== undefined) {
      constraints.push(constraint);
      continue;
    }
    const name = impliedName(constraint, { ...table, constraints });
    constraints.push(name === undefined ? constraint : { ...constraint, impliedName: name });
  }
  return { ...table, constraints };
}
