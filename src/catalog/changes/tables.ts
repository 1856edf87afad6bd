import type { Constraint } from "../../schema/constraints.js";
import { sameName } from "../../schema/names.js";
import { constraintsOf, type Table } from "../../schema/tables.js";
import { catalogKey } from "../catalog-key.js";
import type { Catalog } from "../catalog.js";
import { hangsOn, withRenamedTable } from "../dependents.js";
import { constraintIsNamed, renamedTable, withRenamedConstraint } from "../table-changes.js";
import type { Change, ChangeDefinition, ObjectName } from "./change.js";
import { knownTable, neverMet } from "./known-tables.js";

/** A table goes to another schema. */
export interface MoveTable extends Change {
  readonly change: "moveTable";
  readonly from: ObjectName;
  readonly to: ObjectName;
}

/** The foreign keys of other tables go before the table that they refer to: DROP TABLE … CASCADE. */
export interface DropReferences extends Change {
  readonly change: "dropReferences";
  readonly table: ObjectName;
}

/** What has that name gets another, and the text does not say of which kind it is: `RENAME a TO b`, `sp_rename`. */
export interface RenameAny extends Change {
  readonly change: "renameAny";
  readonly from: ObjectName;
  readonly to: string;
  /** It may also be a constraint, which has its name in the schema there. */
  readonly orConstraint: boolean;
}

function refersTo(constraint: Constraint, { schema, name }: ObjectName): boolean {
  return (
    constraint.kind === "foreignKey" &&
    sameName(constraint.referredTable, name) &&
    sameName(constraint.referredSchema, schema)
  );
}

function withReferencesTo(table: Table, from: ObjectName, to: ObjectName): Table {
  const constraints = table.constraints.map((constraint) =>
    constraint.kind === "foreignKey" && refersTo(constraint, from)
      ? { ...constraint, referredTable: to.name, referredSchema: to.schema }
      : constraint,
  );
  return { ...table, constraints };
}

/** What hangs on the table, such as a trigger, is not followed to another schema. */
export const moveTable: ChangeDefinition<MoveTable> = {
  keys: ({ from, to }) => [catalogKey(from.schema, from.name), catalogKey(to.schema, to.name)],
  apply(catalog, { from, to }) {
    const table = knownTable(catalog, from);
    if (table === undefined) return neverMet(catalog, from) ? catalog : undefined;
    const isTaken = catalog.table(to.schema, to.name) !== undefined;
    const hasParts = catalog.objects.values().some((object) => hangsOn(object, table.schema, table.name));
    if (isTaken || hasParts) return undefined;
    const moved = { ...renamedTable(table, to.name, catalog.rules), schema: to.schema };
    return catalog
      .tablesReferringTo(table.schema, table.name)
      .filter((other) => other !== table)
      .reduce(
        (current, other) => current.withTable(withReferencesTo(other, from, to)),
        catalog.withoutTable(table.schema, table.name).withTable(withReferencesTo(moved, from, to)),
      );
  },
};

export const dropReferences: ChangeDefinition<DropReferences> = {
  keys: () => [],
  apply: (catalog, { table: target }) =>
    catalog.tablesReferringTo(target.schema, target.name).reduce((current, table) => {
      const constraints = table.constraints.filter((constraint) => !refersTo(constraint, target));
      return current.withTable({ ...table, constraints });
    }, catalog),
};

/** The first table of a schema, by name, with a constraint of that name. */
function ownerOf(catalog: Catalog, { schema, name }: ObjectName): Table | undefined {
  return catalog.tables
    .values()
    .find(
      (table) => sameName(table.schema, schema) && constraintsOf(table).some((one) => constraintIsNamed(one, name)),
    );
}

export const renameAny: ChangeDefinition<RenameAny> = {
  keys: ({ from, to }) => [catalogKey(from.schema, from.name), catalogKey(from.schema, to)],
  apply(catalog, { from, to, orConstraint }, { origin }) {
    if (catalog.table(from.schema, to) !== undefined) return undefined;
    if (knownTable(catalog, from) !== undefined) return withRenamedTable(catalog, from, to, origin);
    const owner = orConstraint ? ownerOf(catalog, from) : undefined;
    if (owner !== undefined) return catalog.withTable(withRenamedConstraint(owner, from.name, to));
    return neverMet(catalog, from) ? catalog : undefined;
  },
};
