import { nothingUsesType } from "../catalog/dependent-checks.js";
import { plainDefault, writtenDefault, type ServerDefaultValue } from "../schema/columns.js";
import type { Check } from "../schema/constraints.js";
import { takeOptions } from "../schema/take-options.js";
import type { DomainContent } from "../schema/domains.js";
import type { Name } from "../schema/names.js";
import type { SqlType } from "../schema/types/type.js";
import { options, whenSet } from "./call.js";
import type { Operation, OperationDefinition } from "./operation.js";

export interface CreateDomain extends Operation, DomainContent {
  readonly kind: "createDomain";
  readonly name: Name;
  readonly schema: Name | undefined;
}

export interface DropDomain extends Operation {
  readonly kind: "dropDomain";
  readonly name: Name;
  readonly schema: Name | undefined;
  readonly ifExists: boolean;
}

export interface CreateDomainOptions {
  readonly schema?: Name | null;
  readonly nullable?: boolean;
  /** A string, number or boolean is a literal; SQL is sql`…`. */
  readonly serverDefault?: ServerDefaultValue | null;
  /** In the condition the value is called VALUE. */
  readonly check?: Check | readonly Check[];
  readonly collation?: string | null;
}

export interface CreateDomainDirectives {
  /**
   * Creates a domain: a type with conditions of its own.
   *
   * @example op.createDomain("percentage", t.numeric(5, 2), { nullable: false, check: check("VALUE BETWEEN 0 AND 100") })
   * // CREATE DOMAIN percentage AS NUMERIC(5, 2) NOT NULL CHECK (VALUE BETWEEN 0 AND 100)
   */
  createDomain(name: Name, type: SqlType, options?: CreateDomainOptions): void;
}

export interface DropDomainDirectives {
  /**
   * Drops a domain.
   *
   * @example op.dropDomain("percentage") // DROP DOMAIN percentage
   */
  dropDomain(name: Name, options?: { readonly schema?: Name | null; readonly ifExists?: boolean }): void;
}

export const createDomain: OperationDefinition<CreateDomain, CreateDomainDirectives> = {
  kind: "createDomain",
  call({ name, schema, type, nullable, serverDefault, checks, collation }) {
    const check = checks.length > 1 ? checks : checks[0];
    return [
      "createDomain",
      name,
      type,
      ...options({ schema, nullable, serverDefault: writtenDefault(serverDefault), check, collation }),
    ];
  },
  directives: (recording) => ({
    createDomain(name, type, options = {}) {
      const names = ["schema", "nullable", "serverDefault", "check", "collation"];
      takeOptions("op.createDomain", options, names, "none");
      const { schema, nullable, serverDefault, check, collation } = options;
      recording.add({
        kind: "createDomain",
        name,
        schema: schema ?? undefined,
        type,
        nullable,
        serverDefault: plainDefault(serverDefault),
        checks: check === undefined ? [] : [check].flat(),
        collation: collation ?? undefined,
      });
    },
  }),
  check: (expect, { schema, name }) => expect.noObject("domain", schema, name),
  apply(catalog, { name, schema, type, nullable, serverDefault, checks, collation }) {
    const content = { type, nullable, serverDefault, checks, collation };
    return catalog.withObject({ kind: "domain", name, schema, content });
  },
};

export const dropDomain: OperationDefinition<DropDomain, DropDomainDirectives> = {
  kind: "dropDomain",
  call: ({ name, schema, ifExists }) => ["dropDomain", name, ...options({ schema, ifExists: whenSet(ifExists) })],
  directives: (recording) => ({
    dropDomain(name, options = {}) {
      takeOptions("op.dropDomain", options, ["schema", "ifExists"], "none");
      const { schema, ifExists = false } = options;
      recording.add({ kind: "dropDomain", name, schema: schema ?? undefined, ifExists });
    },
  }),
  check(expect, { schema, name, ifExists }) {
    if (!ifExists) expect.object("domain", schema, name);
    nothingUsesType(expect, "domain", { schema, name });
  },
  apply: (catalog, { schema, name }) => catalog.withoutObject("domain", schema, name),
};
