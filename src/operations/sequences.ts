import { nothingUsesSequence } from "../catalog/dependent-checks.js";
import { plainNumbers, type SequenceOptions } from "../schema/columns.js";
import { takeOptions } from "../schema/take-options.js";
import type { Name } from "../schema/names.js";
import type { SequenceContent } from "../schema/sequences.js";
import type { SqlType } from "../schema/types/type.js";
import { options, whenSet } from "./call.js";
import type { Operation, OperationDefinition } from "./operation.js";

export interface CreateSequence extends Operation, SequenceContent {
  readonly kind: "createSequence";
  readonly name: Name;
  readonly schema: Name | undefined;
  readonly ifNotExists: boolean;
}

export interface DropSequence extends Operation {
  readonly kind: "dropSequence";
  readonly name: Name;
  readonly schema: Name | undefined;
  readonly ifExists: boolean;
}

export interface CreateSequenceOptions extends SequenceOptions {
  readonly schema?: Name | null;
  readonly type?: SqlType | null;
  /** PostgreSQL: `[table, column]`, in the schema of the sequence. The sequence is dropped with the column. */
  readonly ownedBy?: readonly [table: string, column: string] | null;
  readonly ifNotExists?: boolean;
}

export interface CreateSequenceDirectives {
  /**
   * Creates a sequence.
   *
   * @example op.createSequence("invoice_number", { start: 1000, cache: 20 })
   * // CREATE SEQUENCE invoice_number START WITH 1000 CACHE 20
   */
  createSequence(name: Name, options?: CreateSequenceOptions): void;
}

export interface DropSequenceDirectives {
  /**
   * Drops a sequence.
   *
   * @example op.dropSequence("invoice_number") // DROP SEQUENCE invoice_number
   */
  dropSequence(name: Name, options?: { readonly schema?: Name | null; readonly ifExists?: boolean }): void;
}

const numberNames = [
  ...["start", "increment", "minvalue", "maxvalue", "nominvalue", "nomaxvalue"],
  ...["cycle", "cache", "order"],
];

export const createSequence: OperationDefinition<CreateSequence, CreateSequenceDirectives> = {
  kind: "createSequence",
  call({ name, schema, type, ownedBy, ifNotExists, options: numbers }) {
    const given = { schema, type, ...numbers, ownedBy, ifNotExists: whenSet(ifNotExists) };
    return ["createSequence", name, ...options(given)];
  },
  directives: (recording) => ({
    createSequence(name, options = {}) {
      const names = ["schema", "type", "ownedBy", "ifNotExists", ...numberNames];
      takeOptions("op.createSequence", options, names, "none");
      const { schema, type, ownedBy, ifNotExists = false, ...numbers } = options;
      recording.add({
        kind: "createSequence",
        name,
        schema: schema ?? undefined,
        type: type ?? undefined,
        options: plainNumbers(numbers),
        ownedBy: ownedBy ?? undefined,
        ifNotExists,
      });
    },
  }),
  check(expect, { schema, name, ownedBy, ifNotExists }) {
    if (!ifNotExists) expect.noObject("sequence", schema, name);
    const table = ownedBy && expect.table(schema, ownedBy[0]);
    if (ownedBy !== undefined && table !== undefined) expect.column(table, ownedBy[1]);
  },
  apply(catalog, { name, schema, type, options, ownedBy, ifNotExists }) {
    if (ifNotExists && catalog.object("sequence", schema, name) !== undefined) return catalog;
    return catalog.withObject({ kind: "sequence", name, schema, content: { type, options, ownedBy } });
  },
};

export const dropSequence: OperationDefinition<DropSequence, DropSequenceDirectives> = {
  kind: "dropSequence",
  call: ({ name, schema, ifExists }) => ["dropSequence", name, ...options({ schema, ifExists: whenSet(ifExists) })],
  directives: (recording) => ({
    dropSequence(name, options = {}) {
      takeOptions("op.dropSequence", options, ["schema", "ifExists"], "none");
      const { schema, ifExists = false } = options;
      recording.add({ kind: "dropSequence", name, schema: schema ?? undefined, ifExists });
    },
  }),
  check(expect, { schema, name, ifExists }) {
    if (!ifExists) expect.object("sequence", schema, name);
    nothingUsesSequence(expect, { schema, name });
  },
  apply: (catalog, { schema, name }) => catalog.withoutObject("sequence", schema, name),
};
