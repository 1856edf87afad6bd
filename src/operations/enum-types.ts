import { nothingUsesType } from "../catalog/dependent-checks.js";
import { withoutTypeKeptByText } from "../catalog/others.js";
import { takeOptions } from "../schema/take-options.js";
import type { Name } from "../schema/names.js";
import { options, whenSet } from "./call.js";
import type { Operation, OperationDefinition } from "./operation.js";

export interface CreateEnumType extends Operation {
  readonly kind: "createEnumType";
  readonly name: Name;
  readonly schema: Name | undefined;
  readonly values: readonly string[];
  /** Made for a column, and dropped with the last column that uses it. */
  readonly forColumn: boolean;
}

export interface DropEnumType extends Operation {
  readonly kind: "dropEnumType";
  readonly name: Name;
  readonly schema: Name | undefined;
  readonly ifExists: boolean;
}

export interface CreateEnumTypeDirectives {
  /**
   * Creates an enum type (PostgreSQL). Columns of `t.enum` create theirs by themselves.
   *
   * @example op.createEnumType("mood", ["sad", "ok"]) // CREATE TYPE mood AS ENUM ('sad', 'ok')
   */
  createEnumType(name: Name, values: readonly string[], options?: { readonly schema?: Name | null }): void;
}

export interface DropEnumTypeDirectives {
  /**
   * Drops an enum type (PostgreSQL).
   *
   * @example op.dropEnumType("mood") // DROP TYPE mood
   */
  dropEnumType(name: Name, options?: { readonly schema?: Name | null; readonly ifExists?: boolean }): void;
}

export const createEnumType: OperationDefinition<CreateEnumType, CreateEnumTypeDirectives> = {
  kind: "createEnumType",
  call: ({ name, schema, values, forColumn }) =>
    forColumn ? undefined : ["createEnumType", name, values, ...options({ schema })],
  directives: (recording) => ({
    createEnumType(name, values, options = {}) {
      takeOptions("op.createEnumType", options, ["schema"], "none");
      recording.add({ kind: "createEnumType", name, schema: options.schema ?? undefined, values, forColumn: false });
    },
  }),
  apply: (catalog, { name, schema, values, forColumn }) => catalog.withEnum({ name, schema, values, forColumn }),
};

export const dropEnumType: OperationDefinition<DropEnumType, DropEnumTypeDirectives> = {
  kind: "dropEnumType",
  call: ({ name, schema, ifExists }) => ["dropEnumType", name, ...options({ schema, ifExists: whenSet(ifExists) })],
  directives: (recording) => ({
    dropEnumType(name, options = {}) {
      takeOptions("op.dropEnumType", options, ["schema", "ifExists"], "none");
      const { schema, ifExists = false } = options;
      recording.add({ kind: "dropEnumType", name, schema: schema ?? undefined, ifExists });
    },
  }),
  check(expect, { schema, name }) {
    if (expect.catalog.enum(schema, name) !== undefined) nothingUsesType(expect, "enum type", { schema, name });
  },
  apply: (catalog, { name, schema }) => withoutTypeKeptByText(catalog.withoutEnum(schema, name), { schema, name }),
};
