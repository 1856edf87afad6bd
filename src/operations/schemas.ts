import { withoutReferencesInto } from "../catalog/changes/tables.js";
import { withoutUsesOfSchema } from "../catalog/texts/uses.js";
import { withoutSchema } from "../catalog/dependents.js";
import { takeOptions } from "../schema/take-options.js";
import type { Name } from "../schema/names.js";
import { nameText } from "../schema/names.js";
import { options, whenSet } from "./call.js";
import type { Operation, OperationDefinition } from "./operation.js";

export interface CreateSchema extends Operation {
  readonly kind: "createSchema";
  readonly name: Name;
  readonly ifNotExists: boolean;
  /** The role that owns it. */
  readonly authorization: Name | undefined;
}

export interface DropSchema extends Operation {
  readonly kind: "dropSchema";
  readonly name: Name;
  readonly ifExists: boolean;
  /** With everything in it. */
  readonly cascade: boolean;
}

export interface CreateSchemaDirectives {
  /**
   * Creates a schema; on MySQL and MariaDB that is a database.
   *
   * @example op.createSchema("app", { ifNotExists: true }) // CREATE SCHEMA IF NOT EXISTS app
   */
  createSchema(name: Name, options?: { readonly ifNotExists?: boolean; readonly authorization?: Name | null }): void;
}

export interface DropSchemaDirectives {
  /**
   * Drops a schema.
   *
   * @example op.dropSchema("app") // DROP SCHEMA app
   */
  dropSchema(name: Name, options?: { readonly ifExists?: boolean; readonly cascade?: boolean }): void;
}

export const createSchema: OperationDefinition<CreateSchema, CreateSchemaDirectives> = {
  kind: "createSchema",
  call: ({ name, ifNotExists, authorization }) => [
    "createSchema",
    name,
    ...options({ ifNotExists: whenSet(ifNotExists), authorization }),
  ],
  directives: (recording) => ({
    createSchema(name, options = {}) {
      takeOptions("op.createSchema", options, ["ifNotExists", "authorization"], "none");
      const { ifNotExists = false, authorization } = options;
      recording.add({ kind: "createSchema", name, ifNotExists, authorization: authorization ?? undefined });
    },
  }),
  check(expect, { name, ifNotExists }) {
    if (!ifNotExists) expect.noObject("schema", undefined, name);
  },
  apply(catalog, { name, authorization, ifNotExists: mayExist }) {
    if (mayExist && catalog.object("schema", undefined, name) !== undefined) return catalog;
    return catalog.withObject({ kind: "schema", name, schema: undefined, content: { authorization, mayExist } });
  },
};

export const dropSchema: OperationDefinition<DropSchema, DropSchemaDirectives> = {
  kind: "dropSchema",
  call({ name, ifExists, cascade }) {
    return ["dropSchema", name, ...options({ ifExists: whenSet(ifExists), cascade: whenSet(cascade) })];
  },
  directives: (recording) => ({
    dropSchema(name, options = {}) {
      takeOptions("op.dropSchema", options, ["ifExists", "cascade"], "none");
      const { ifExists = false, cascade = false } = options;
      recording.add({ kind: "dropSchema", name, ifExists, cascade });
    },
  }),
  check(expect, { name, ifExists }) {
    if (!ifExists) expect.object("schema", undefined, name);
  },
  apply(catalog, { name, cascade, origin }) {
    const because = { sql: `DROP SCHEMA ${nameText(name)} CASCADE`, origin };
    const alone = cascade ? withoutReferencesInto(catalog, nameText(name), because) : catalog;
    const without = withoutSchema(alone, name, origin);
    return cascade ? withoutUsesOfSchema(without, name, because) : without;
  },
};
