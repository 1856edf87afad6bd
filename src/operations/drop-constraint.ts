import { nothingDependsOnConstraint } from "../catalog/dependent-checks.js";
import type { Catalog } from "../catalog/catalog.js";
import {
  isNamelessConstraint,
  removeNamelessConstraint,
  type NamelessConstraint,
} from "../catalog/nameless-constraints.js";
import { removeConstraint } from "../catalog/table-changes.js";
import { OperationError } from "../errors.js";
import { asSqlText, sql, type SqlText } from "../schema/expressions.js";
import type { Constraint } from "../schema/constraints.js";
import { takeOptions } from "../schema/take-options.js";
import { nameText, type Name } from "../schema/names.js";
import { constraintsOf } from "../schema/tables.js";
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
  /** What a constraint is that has no name, where the server gives none. */
  readonly nameless?: NamelessConstraint;
  /** The server does not look at foreign keys. */
  readonly foreignKeysUnchecked?: boolean;
}

export interface DropConstraintOptions {
  /** Needed on MySQL, which drops each kind by a statement of its own, unless the replayed schema knows the constraint. */
  readonly type?: ConstraintType | null;
  readonly schema?: Name | null;
  readonly ifExists?: boolean;
  /** The columns of a primary key, unique constraint or foreign key that has no name; the name is null then. */
  readonly columns?: Name | readonly Name[];
  /** The condition of a check that has no name; the name is null then. */
  readonly condition?: string | SqlText;
}

export interface DropConstraintDirectives {
  /**
   * Drops a constraint.
   *
   * @example op.dropConstraint("uq_name", "account", { type: "unique" })
   * // ALTER TABLE account DROP CONSTRAINT uq_name, ALTER TABLE account DROP INDEX uq_name on MySQL
   * @example op.dropConstraint(null, "account", { type: "foreignkey", columns: ["owner_id"] })
   * // one without a name: on SQLite the table is made anew without it, elsewhere it is dropped by the server's name
   */
  dropConstraint(name: Name | null, table: Name, options?: DropConstraintOptions): void;
}

export interface BatchDropConstraintDirectives {
  /** Drops a constraint of the table. */
  dropConstraint(name: Name | null, options?: Omit<DropConstraintOptions, "schema">): void;
}

export const kindOfType = {
  foreignkey: "foreignKey",
  primary: "primaryKey",
  unique: "unique",
  check: "check",
} as const satisfies Readonly<Record<ConstraintType, Constraint["kind"]>>;

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

/** What an author says of a constraint without a name. */
function namelessOf(
  name: Name | null,
  { type, columns, condition }: DropConstraintOptions,
): NamelessConstraint | undefined {
  if (columns === undefined && condition === undefined) return undefined;
  const isCheck = type === "check";
  if (name !== null || type === undefined || type === null || isCheck !== (condition !== undefined)) {
    throw new OperationError(
      "named-by-content",
      "dropConstraint: `columns` and `condition` say which constraint is meant that has no name.",
      {
        hint: 'Write null for the name, and the type: op.dropConstraint(null, "account", { type: "foreignkey", columns: ["owner_id"] }).',
      },
    );
  }
  if (condition !== undefined) return { kind: "check", condition: asSqlText(condition) };
  if (type === "check") return undefined;
  return { kind: kindOfType[type], columns: Array.isArray(columns) ? (columns as readonly Name[]) : [columns as Name] };
}

/** The name that the server gave a constraint without one; undefined where it gives none. */
function impliedName(schema: Catalog, table: BatchTable, nameless: NamelessConstraint): string | undefined {
  const known = schema.table(table.schema, table.name);
  const found = known && constraintsOf(known).find((constraint) => isNamelessConstraint(constraint, nameless));
  if (found !== undefined) return found.impliedName;
  throw new OperationError(
    "unknown-constraint",
    `dropConstraint: table "${nameText(table.name)}" is not known to have such a constraint without a name.`,
    { hint: "Look at what `sqlembic schema` says of the table, and drop the constraint by its name." },
  );
}

function record(
  recording: Recording<DropConstraint>,
  name: Name | null,
  table: BatchTable,
  options: DropConstraintOptions,
  otherNames: readonly string[],
): void {
  takeOptions("dropConstraint", options, ["type", "ifExists", "columns", "condition", ...otherNames], "none");
  const type = options.type ?? undefined;
  if (type !== undefined && !constraintTypes.includes(type)) {
    throw new OperationError("constraint-type", `dropConstraint: there is no constraint type "${String(type)}".`, {
      hint: `Write one of ${constraintTypes.map((known) => `"${known}"`).join(", ")}.`,
    });
  }
  const nameless = namelessOf(name, options);
  const implied = nameless && impliedName(recording.schema(), table, nameless);
  recording.add({
    kind: "dropConstraint",
    constraintName: implied ?? dropName(recording.namingConvention, name, table, type),
    tableName: table.name,
    schema: table.schema,
    type,
    ifExists: options.ifExists ?? false,
    ...(nameless !== undefined && implied === undefined && { nameless }),
  });
}

/** The options that say which constraint without a name is meant. */
function contentOptions(nameless: NamelessConstraint | undefined) {
  if (nameless === undefined) return {};
  return nameless.kind === "check" ? { condition: nameless.condition } : { columns: nameless.columns };
}

export const dropConstraint: BatchedDefinition<
  DropConstraint,
  DropConstraintDirectives,
  BatchDropConstraintDirectives
> = {
  kind: "dropConstraint",
  call({ constraintName, tableName, schema, type, ifExists, nameless }) {
    const given = options({ type, schema, ifExists: whenSet(ifExists), ...contentOptions(nameless) });
    return ["dropConstraint", constraintName ?? null, tableName, ...given];
  },
  batchCall(operation, table) {
    const { constraintName, type, ifExists, nameless } = operation;
    if (!isOnTable(operation, table)) return;
    const given = options({ type, ifExists: whenSet(ifExists), ...contentOptions(nameless) });
    return ["dropConstraint", constraintName ?? null, ...given];
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
  apply: (catalog, { schema, tableName, constraintName, type, nameless }) =>
    catalog.changeTable(schema, tableName, (table) =>
      nameless === undefined
        ? removeConstraint(table, constraintName, type === undefined ? undefined : kindOfType[type])
        : removeNamelessConstraint(table, nameless),
    ),
};
