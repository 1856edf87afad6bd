import { takeOptions } from "../schema/take-options.js";
import type { Name } from "../schema/names.js";
import { options, whenSet } from "./call.js";
import type { Operation, OperationDefinition } from "./operation.js";

export interface CreateExtension extends Operation {
  readonly kind: "createExtension";
  readonly name: Name;
  /** The schema of its objects; the extension itself is in none. */
  readonly schema: Name | undefined;
  readonly version: string | undefined;
  /** With the extensions that it needs. */
  readonly cascade: boolean;
  readonly ifNotExists: boolean;
}

export interface DropExtension extends Operation {
  readonly kind: "dropExtension";
  readonly name: Name;
  readonly ifExists: boolean;
}

export interface CreateExtensionOptions {
  readonly schema?: Name | null;
  readonly version?: string | null;
  readonly cascade?: boolean;
  readonly ifNotExists?: boolean;
}

export interface CreateExtensionDirectives {
  /**
   * Loads an extension (PostgreSQL).
   *
   * @example op.createExtension("pgcrypto", { ifNotExists: true }) // CREATE EXTENSION IF NOT EXISTS pgcrypto
   */
  createExtension(name: Name, options?: CreateExtensionOptions): void;
}

export interface DropExtensionDirectives {
  /**
   * Drops an extension (PostgreSQL).
   *
   * @example op.dropExtension("pgcrypto") // DROP EXTENSION pgcrypto
   */
  dropExtension(name: Name, options?: { readonly ifExists?: boolean }): void;
}

export const createExtension: OperationDefinition<CreateExtension, CreateExtensionDirectives> = {
  kind: "createExtension",
  call({ name, schema, version, cascade, ifNotExists }) {
    const flags = { cascade: whenSet(cascade), ifNotExists: whenSet(ifNotExists) };
    return ["createExtension", name, ...options({ schema, version, ...flags })];
  },
  directives: (recording) => ({
    createExtension(name, options = {}) {
      takeOptions("op.createExtension", options, ["schema", "version", "cascade", "ifNotExists"], "none");
      const { schema, version, cascade = false, ifNotExists = false } = options;
      recording.add({
        kind: "createExtension",
        name,
        schema: schema ?? undefined,
        version: version ?? undefined,
        cascade,
        ifNotExists,
      });
    },
  }),
  check(expect, { name, ifNotExists }) {
    if (!ifNotExists) expect.noObject("extension", undefined, name);
  },
  apply(catalog, { name, schema: objectsIn, version, cascade, ifNotExists: mayExist }) {
    if (mayExist && catalog.object("extension", undefined, name) !== undefined) return catalog;
    const content = { objectsIn, version, cascade, mayExist };
    return catalog.withObject({ kind: "extension", name, schema: undefined, content });
  },
};

export const dropExtension: OperationDefinition<DropExtension, DropExtensionDirectives> = {
  kind: "dropExtension",
  call: ({ name, ifExists }) => ["dropExtension", name, ...options({ ifExists: whenSet(ifExists) })],
  directives: (recording) => ({
    dropExtension(name, options = {}) {
      takeOptions("op.dropExtension", options, ["ifExists"], "none");
      recording.add({ kind: "dropExtension", name, ifExists: options.ifExists ?? false });
    },
  }),
  check(expect, { name, ifExists }) {
    if (!ifExists) expect.object("extension", undefined, name);
  },
  apply: (catalog, { name }) => catalog.withoutObject("extension", undefined, name),
};
