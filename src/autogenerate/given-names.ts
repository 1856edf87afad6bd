import type { CatalogRules } from "../catalog/rules.js";
import type { OperationNode } from "../operations/index.js";
import type { Constraint } from "../schema/constraints.js";
import type { Index } from "../schema/indexes.js";
import { finalName, nameText, sameName, type Name } from "../schema/names.js";
import { completesNames, conventionalName, type NamingConvention, type Owner } from "../schema/naming.js";
import type { Table } from "../schema/tables.js";

/** How constraints get their names. */
interface Naming {
  readonly convention: NamingConvention;
  /** Whether the server's name for a constraint is none that it could be given. */
  readonly isUnnamed: (constraint: Constraint) => boolean;
}

/** A name for a check without one, where the convention only completes names. */
function numberedName(owner: Owner, taken: Set<string>): string {
  for (let number = 1; ; number++) {
    const name = `${nameText(owner.name)}_check${number}`;
    if (taken.has(name)) continue;
    taken.add(name);
    return name;
  }
}

/** A name as it is, also where the convention would make another one of it. */
function fixed(name: Name, item: Constraint | Index, owner: Owner, convention: NamingConvention): Name {
  const made = conventionalName(convention, { ...item, name }, owner);
  return made !== undefined && sameName(made, name) ? name : finalName(name);
}

/** The name that a constraint has once it is made: its own, the server's, or else that of the convention. */
function nameOf(
  constraint: Constraint,
  owner: Owner,
  { convention, isUnnamed }: Naming,
  taken: Set<string>,
): Name | undefined {
  const { name: own, impliedName } = constraint;
  if (own !== undefined) return fixed(own, constraint, owner, convention);
  if (impliedName !== undefined && !isUnnamed(constraint)) return finalName(impliedName);
  const needsName = constraint.kind === "check" && completesNames({ ck: convention.ck ?? "" });
  const name = needsName ? numberedName(owner, taken) : conventionalName(convention, constraint, owner);
  return name === undefined ? undefined : finalName(name);
}

function namedTable(table: Table, naming: Naming): Table {
  const taken = new Set<string>();
  const named = <C extends Constraint>(constraint: C): C => {
    const name = nameOf(constraint, table, naming, taken);
    return name === constraint.name ? constraint : Object.assign({}, constraint, { name });
  };
  return {
    ...table,
    columns: table.columns.map((column) =>
      column.checks.length === 0 ? column : { ...column, type: column.type, checks: column.checks.map(named) },
    ),
    constraints: table.constraints.map(named),
  };
}

/**
 * Operations in which each constraint has the name that it has on the server: under a naming convention one without a
 * name would get another.
 */
export function withGivenNames(
  operations: readonly OperationNode[],
  convention: NamingConvention | undefined,
  { primaryKeysAreUnnamed = false }: CatalogRules,
): readonly OperationNode[] {
  if (convention === undefined || Object.keys(convention).length === 0) return operations;
  const isUnnamed = ({ kind }: Constraint): boolean => kind === "primaryKey" && primaryKeysAreUnnamed;
  const naming: Naming = { convention, isUnnamed };
  return operations.map((operation): OperationNode => {
    switch (operation.kind) {
      case "createTable":
        return { ...operation, table: namedTable(operation.table, naming) };
      case "addColumn":
        return { ...operation, addition: namedTable(operation.addition, naming) };
      case "addConstraint": {
        const { constraint, tableName: name, schema } = operation;
        const given = nameOf(constraint, { name, schema }, naming, new Set());
        return given === constraint.name
          ? operation
          : { ...operation, constraint: Object.assign({}, constraint, { name: given }) };
      }
      case "createIndex": {
        const { index, tableName: name, schema } = operation;
        if (index.name === undefined) return operation;
        return { ...operation, index: { ...index, name: fixed(index.name, index, { name, schema }, convention) } };
      }
      case "dropConstraint":
        // what is dropped has its name already
        return operation.constraintName === undefined
          ? operation
          : { ...operation, constraintName: finalName(operation.constraintName) };
      default:
        return operation;
    }
  });
}
