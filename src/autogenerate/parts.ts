import { describeConstraint, describeIndex } from "../catalog/describe.js";
import type { NamelessConstraint } from "../catalog/nameless-constraints.js";
import type { OperationNode } from "../operations/index.js";
import type { Constraint } from "../schema/constraints.js";
import type { Index } from "../schema/indexes.js";
import { nameText } from "../schema/names.js";
import { constraintsOf, type Table } from "../schema/tables.js";
import { contentOf, origin, type Comparison } from "./comparison.js";

export type Value = Constraint | Index;

/** A constraint or an index, with what has to be known to compare it. */
export interface Part {
  readonly value: Value;
  /** Parts of one family may stand for one another: a unique constraint for a unique index, where it is no more. */
  readonly family: string;
  /** The name that it has on the server, as far as it is known. */
  readonly name: string | undefined;
  /** What it is besides its name. */
  readonly content: string;
  readonly attributes: Readonly<Record<string, string>>;
}

function partOf(value: Value, table: Table, { writer, rules }: Comparison): Part {
  if (value.kind === "index") {
    const { attributes } = describeIndex(value, table, writer);
    const name = value.name === undefined ? undefined : nameText(value.name);
    return { value, family: "index", name, content: contentOf(attributes), attributes };
  }
  const { attributes } = describeConstraint(value, table, writer);
  const name = value.name === undefined ? value.impliedName : nameText(value.name);
  if (value.kind === "unique" && rules.uniquesAreIndexes === true) {
    const { kind: _kind, ...rest } = attributes;
    const asIndex = { ...rest, unique: "yes" };
    return { value, family: "index", name, content: contentOf(asIndex), attributes: asIndex };
  }
  return { value, family: value.kind, name, content: contentOf(attributes), attributes };
}

/** The constraints and indexes of a table, as far as its server has them. */
export function partsOf(table: Table, comparison: Comparison): readonly Part[] {
  return comparison.known.of(table, table, () => {
    const constraints = constraintsOf(table).filter((constraint) => comparison.writer.isWritten(constraint, table));
    return [...constraints, ...table.indexes].map((value) => partOf(value, table, comparison));
  });
}

function namelessOf(constraint: Constraint): NamelessConstraint | undefined {
  if (constraint.kind === "check") return { kind: "check", condition: constraint.condition };
  return "columns" in constraint ? { kind: constraint.kind, columns: constraint.columns } : undefined;
}

/** The operation that takes a part away; undefined for one whose name is not known. */
export function dropOf(
  part: Part,
  { name: tableName, schema }: Table,
  { rules }: Comparison,
): OperationNode | undefined {
  const { value } = part;
  if (value.kind === "index") {
    if (part.name === undefined) return undefined;
    return {
      kind: "dropIndex",
      indexName: value.name ?? part.name,
      tableName,
      schema,
      ifExists: false,
      options: {},
      origin,
    };
  }
  // where a table is made anew, a constraint can be left out by what it is
  const nameless = part.name === undefined && rules.makesTablesAnew === true ? namelessOf(value) : undefined;
  if (part.name === undefined && value.kind !== "primaryKey" && nameless === undefined) return undefined;
  const type = value.kind === "primaryKey" ? "primary" : value.kind === "foreignKey" ? "foreignkey" : value.kind;
  return {
    kind: "dropConstraint",
    constraintName: value.name ?? part.name,
    tableName,
    schema,
    type: type === "exclude" ? undefined : type,
    ifExists: false,
    ...(nameless !== undefined && { nameless }),
    origin,
  };
}

/** The operation that makes a part on a table that is there. */
export function additionOf({ value }: Part, { name: tableName, schema }: Table): OperationNode {
  if (value.kind === "index") {
    return { kind: "createIndex", tableName, schema, index: value, ifNotExists: false, origin };
  }
  // it is added by a statement of its own anyway
  const constraint = value.kind === "foreignKey" && value.useAlter ? { ...value, useAlter: false } : value;
  return { kind: "addConstraint", tableName, schema, constraint, origin };
}
