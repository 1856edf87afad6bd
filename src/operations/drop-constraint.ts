import { nothingDependsOnConstraint } from "../catalog/dependent-checks.js";
import { removeConstraint } from "../catalog/table-changes.js";
import { OperationError } from "../errors.js";
import { sql } from "../schema/expressions.js";
import type { Constraint } from "../schema/constraints.js";
import { takeOptions } from "../schema/take-options.js";
import type { Name } from "../schema/names.js";
import type { NamingConvention } from "../schema/naming.js";
import { conventionalName } from "../schema/naming.js";
import { isOnTable, options, whenSet } from "./call.js";
import type { BatchTable, BatchedDefinition, Operation, Recording } from "./operation.js";

const constraintTypes = ["foreignkey", "primary", "unique", "check"] as const;
export type ConstraintType = (typeof constraintTypes)[number];

export interface DropConstraint extends Operation {
  readonly kind: "dropConstraint";
  /** Undefined for the primary key of MySQL, which needs none. */
  readonly constraintName: Name | undefined;
  readonly tableName: Name;
  readonly schema: Name | undefined;
  readonly type: ConstraintType | undefined;
  readonly ifExists: boolean;
  /** The server does not look at foreign keys. */
  readonly foreignKeysUnchecked?: boolean;
}

export interface DropConstraintOptions {
  /** Needed on MySQL, which drops each kind by a statement of its own, unless the replayed schema knows the constraint. */
  readonly type?: ConstraintType | null;
  readonly schema?: Name | null;
  readonly ifExists?: boolean;
}

export interface DropConstraintDirectives {
  /**
   * Drops a constraint.
   *
   * @example op.dropConstraint("uq_name", "account", { type: "unique" })
   * // ALTER TABLE account DROP CONSTRAINT uq_name, ALTER TABLE account DROP INDEX uq_name on MySQL
   */
  dropConstraint(name: Name | null, table: Name, options?: DropConstraintOptions): void;
}

export interface BatchDropConstraintDirectives {
  /** Drops a constraint of the table. */
  dropConstraint(name: Name | null, options?: Omit<DropConstraintOptions, "schema">): void;
}

export const kindOfType: Readonly<Record<ConstraintType, Constraint["kind"]>> = {
  foreignkey: "foreignKey",
  primary: "primaryKey",
  unique: "unique",
  check: "check",
};

/** The name under the naming convention, which knows only constraints of a stated type. */
function dropName(
  convention: NamingConvention | undefined,
  name: Name | null,
  table: BatchTable,
  type: ConstraintType | undefined,
): Name | undefined {
  if (name === null) return undefined;
  const stand = { name, options: {} };
  switch (type) {
    case undefined:
      return name;
    case "check":
      return conventionalName(convention, { ...stand, kind: "check", condition: sql`` }, table);
    case "unique":
      return conventionalName(convention, { ...stand, kind: "unique", columns: [] }, table);
    case "primary":
      return conventionalName(convention, { ...stand, kind: "primaryKey", columns: [] }, table);
    case "foreignkey": {
      const referred = { referredSchema: undefined, referredTable: "", referredColumns: [], useAlter: false };
      return conventionalName(convention, { ...stand, kind: "foreignKey", columns: [], ...referred }, table);
    }
  }
}

function record(
  recording: Recording<DropConstraint>,
  name: Name | null,
  table: BatchTable,
  options: DropConstraintOptions,
  otherNames: readonly string[],
): void {
  takeOptions("dropConstraint", options, ["type", "ifExists", ...otherNames], "none");
  const type = options.type ?? undefined;
  if (type !== undefined && !constraintTypes.includes(type)) {
    throw new OperationError("constraint-type", `dropConstraint: there is no constraint type "${String(type)}".`, {
      hint: `Write one of ${constraintTypes.map((known) => `"${known}"`).join(", ")}.`,
    });
  }
  recording.add({
    kind: "dropConstraint",
    constraintName: dropName(recording.namingConvention, name, table, type),
    tableName: table.name,
    schema: table.schema,
    type,
    ifExists: options.ifExists ?? false,
  });
}

export const dropConstraint: BatchedDefinition<
  DropConstraint,
  DropConstraintDirectives,
  BatchDropConstraintDirectives
> = {
  kind: "dropConstraint",
  call({ constraintName, tableName, schema, type, ifExists }) {
    const given = options({ type, schema, ifExists: whenSet(ifExists) });
    return ["dropConstraint", constraintName ?? null, tableName, ...given];
  },
  batchCall(operation, table) {
    const { constraintName, type, ifExists } = operation;
    if (!isOnTable(operation, table)) return;
    return ["dropConstraint", constraintName ?? null, ...options({ type, ifExists: whenSet(ifExists) })];
  },
  directives: (recording) => ({
    dropConstraint(name, tableName, options = {}) {
      record(recording, name, { name: tableName, schema: options.schema ?? undefined }, options, ["schema"]);
    },
  }),
  batchDirectives: (recording, table) => ({
    dropConstraint: (name, options = {}) => record(recording, name, table, options, []),
  }),
  check(expect, { schema, tableName, constraintName, ifExists }) {
    const table = expect.table(schema, tableName);
    if (table === undefined || constraintName === undefined || ifExists) return;
    nothingDependsOnConstraint(expect, table, expect.constraint(table, constraintName));
  },
  apply: (catalog, { schema, tableName, constraintName, type }) =>
    catalog.changeTable(schema, tableName, (table) =>
      removeConstraint(table, constraintName, type === undefined ? undefined : kindOfType[type]),
    ),
};
