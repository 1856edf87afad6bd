import type { SchemaChecks } from "../catalog/schema-checks.js";
import { OperationError } from "../errors.js";
import { takeOptions } from "../schema/take-options.js";
import type { SqlText } from "../schema/expressions.js";
import { asSqlText } from "../schema/expressions.js";
import type { Name } from "../schema/names.js";
import { nameText } from "../schema/names.js";
import { options, unless, whenAny, whenSet } from "./call.js";
import type { Operation, OperationDefinition } from "./operation.js";

const objectTypes = [
  ...(["table", "sequence", "schema", "function", "procedure", "type"] as const),
  ...(["allTables", "allSequences", "allFunctions"] as const),
] as const;

/** What privileges are on; `allTables` and its like are all of those in the schema that is named. */
export type PrivilegeObject = (typeof objectTypes)[number];

interface Privileges extends Operation {
  /** In capitals: SELECT, ALL PRIVILEGES. */
  readonly privileges: readonly string[];
  readonly object: {
    readonly type: PrivilegeObject;
    readonly name: Name;
    readonly schema: Name | undefined;
    readonly parameters: SqlText | undefined;
  };
  /** The columns that the privileges are for; all when empty. */
  readonly columns: readonly Name[];
  readonly grantees: readonly Name[];
}

export interface Grant extends Privileges {
  readonly kind: "grant";
  readonly withGrantOption: boolean;
}

export interface Revoke extends Privileges {
  readonly kind: "revoke";
  /** Only the right to grant them further is taken. */
  readonly grantOptionFor: boolean;
  /** Also from those to whom they were granted further. */
  readonly cascade: boolean;
}

interface PrivilegeOptions {
  readonly schema?: Name | null;
  /** What the second argument names: a table or view unless said otherwise. */
  readonly type?: PrivilegeObject;
  readonly columns?: Name | readonly Name[];
  /** PostgreSQL: the parameters of a function, needed when there are several of the name. */
  readonly parameters?: string | SqlText;
}

export interface GrantOptions extends PrivilegeOptions {
  readonly withGrantOption?: boolean;
}

export interface RevokeOptions extends PrivilegeOptions {
  readonly grantOptionFor?: boolean;
  readonly cascade?: boolean;
}

type Words = string | readonly string[];
type Grantees = Name | readonly Name[];

export interface GrantDirectives {
  /**
   * Grants privileges on a table, view or other object. `"public"` is everybody; on MySQL and MariaDB a grantee can be
   * `"reader@localhost"`.
   *
   * @example op.grant(["select", "insert"], "account", "reader") // GRANT SELECT, INSERT ON account TO reader
   * @example op.grant("usage", "app", "reader", { type: "schema" }) // GRANT USAGE ON SCHEMA app TO reader
   */
  grant(privileges: Words, on: Name, to: Grantees, options?: GrantOptions): void;
}

export interface RevokeDirectives {
  /**
   * Takes privileges back: the counterpart of `op.grant`.
   *
   * @example op.revoke(["select", "insert"], "account", "reader") // REVOKE SELECT, INSERT ON account FROM reader
   */
  revoke(privileges: Words, on: Name, from: Grantees, options?: RevokeOptions): void;
}

const words = /^[A-Za-z]+( [A-Za-z]+)*$/;

/** Privileges reach the script without quotes, so they have to be words. */
function privilegeWords(where: string, privileges: Words): readonly string[] {
  const list = [privileges].flat() as readonly string[];
  for (const privilege of list) {
    if (typeof privilege === "string" && words.test(privilege)) continue;
    throw new OperationError("not-a-privilege", `${where}: "${String(privilege)}" is no privilege.`, {
      hint: 'Write words such as "select", "insert" or "all"; columns go into the option columns.',
    });
  }
  return list.map((privilege) => (/^all$/i.test(privilege) ? "ALL PRIVILEGES" : privilege.toUpperCase()));
}

function privilegeFields(directive: string, privileges: Words, on: Name, to: Grantees, options: PrivilegeOptions) {
  const where = `${directive}("${nameText(on)}")`;
  const { schema, type = "table", columns = [], parameters } = options;
  if (!objectTypes.includes(type)) {
    throw new OperationError("privilege-object", `${where}: there is no type "${String(type)}".`, {
      hint: `Write one of ${objectTypes.map((known) => `"${known}"`).join(", ")}.`,
    });
  }
  const grantees = Array.isArray(to) ? (to as readonly Name[]) : [to as Name];
  if (grantees.length === 0 || [privileges].flat().length === 0) {
    throw new OperationError("nothing-granted", `${where}: there is nobody, or nothing to grant.`, {
      hint: "Name at least one privilege and one grantee.",
    });
  }
  return {
    privileges: privilegeWords(where, privileges),
    object: {
      type,
      name: on,
      schema: schema ?? undefined,
      parameters: parameters === undefined ? undefined : asSqlText(parameters),
    },
    columns: Array.isArray(columns) ? (columns as readonly Name[]) : [columns as Name],
    grantees,
  };
}

const optionNames = ["schema", "type", "columns", "parameters"];

/** What the privileges are on is there, as far as it is known. */
function checkObject(expect: SchemaChecks, { object, columns }: Privileges): void {
  const { type, name, schema } = object;
  if (type !== "table") return;
  const table = expect.table(schema, name);
  if (table !== undefined) expect.columns(table, columns);
}

function privilegeOptions({ object, columns }: Privileges) {
  const { type, schema, parameters } = object;
  return { schema, type: unless("table", type), columns: whenAny(columns), parameters };
}

export const grant: OperationDefinition<Grant, GrantDirectives> = {
  kind: "grant",
  call(operation) {
    const { privileges, object, grantees, withGrantOption } = operation;
    const given = { ...privilegeOptions(operation), withGrantOption: whenSet(withGrantOption) };
    return ["grant", privileges, object.name, grantees, ...options(given)];
  },
  directives: (recording) => ({
    grant(privileges, on, to, options = {}) {
      takeOptions("op.grant", options, [...optionNames, "withGrantOption"], "none");
      const { withGrantOption = false } = options;
      const fields = privilegeFields("op.grant", privileges, on, to, options);
      recording.add({ kind: "grant", ...fields, withGrantOption });
    },
  }),
  check: checkObject,
  apply: (catalog) => catalog,
};

export const revoke: OperationDefinition<Revoke, RevokeDirectives> = {
  kind: "revoke",
  call(operation) {
    const { privileges, object, grantees, grantOptionFor, cascade } = operation;
    const flags = { grantOptionFor: whenSet(grantOptionFor), cascade: whenSet(cascade) };
    return ["revoke", privileges, object.name, grantees, ...options({ ...privilegeOptions(operation), ...flags })];
  },
  directives: (recording) => ({
    revoke(privileges, on, from, options = {}) {
      takeOptions("op.revoke", options, [...optionNames, "grantOptionFor", "cascade"], "none");
      const { grantOptionFor = false, cascade = false } = options;
      const fields = privilegeFields("op.revoke", privileges, on, from, options);
      recording.add({ kind: "revoke", ...fields, grantOptionFor, cascade });
    },
  }),
  check: checkObject,
  apply: (catalog) => catalog,
};
