import type { Catalog } from "../catalog/catalog.js";
import { nothingUsesRoutine } from "../catalog/dependent-checks.js";
import type { SchemaChecks } from "../catalog/schema-checks.js";
import { OperationError } from "../errors.js";
import { takeOptions } from "../schema/take-options.js";
import type { SqlText } from "../schema/expressions.js";
import { asSqlText } from "../schema/expressions.js";
import type { Name } from "../schema/names.js";
import { nameText } from "../schema/names.js";
import { signatureOf, withOverload, type Overload, type ProcedureContent } from "../schema/routines.js";
import { isSqlType, type SqlType } from "../schema/types/type.js";
import { options, whenSet } from "./call.js";
import type { Operation, OperationDefinition } from "./operation.js";

interface Routine extends Operation {
  readonly name: Name;
  readonly schema: Name | undefined;
  /** What stands between the parentheses behind the name. */
  readonly parameters: SqlText | undefined;
}

interface CreateRoutine extends Routine, ProcedureContent {
  /** Takes the place of one that is there. */
  readonly replace: boolean;
}

export interface CreateFunction extends CreateRoutine {
  readonly kind: "createFunction";
  readonly returns: SqlText | SqlType;
}

export interface CreateProcedure extends CreateRoutine {
  readonly kind: "createProcedure";
}

export interface DropFunction extends Routine {
  readonly kind: "dropFunction";
  readonly ifExists: boolean;
}

export interface DropProcedure extends Routine {
  readonly kind: "dropProcedure";
  readonly ifExists: boolean;
}

export interface CreateProcedureOptions {
  readonly schema?: Name | null;
  /** SQL, without the parentheses: `"price numeric, rate numeric"`. */
  readonly parameters?: string | SqlText;
  /** PostgreSQL: `plpgsql` when the body is a block, else `sql`, unless said otherwise. */
  readonly language?: string;
  /** SQL between the header and the body: `"STABLE SECURITY DEFINER"`, `"READS SQL DATA"`, `"WITH SCHEMABINDING"`. */
  readonly attributes?: string | SqlText;
  /** Takes the place of one that is there; in `downgrade`, the same with the old body. */
  readonly replace?: boolean;
}

export interface CreateFunctionOptions extends CreateProcedureOptions {
  /** A type, or SQL such as `"SETOF account"` and `"TABLE (id int)"`. */
  readonly returns: string | SqlText | SqlType;
}

export interface DropRoutineOptions {
  readonly schema?: Name | null;
  /** PostgreSQL: the parameters, needed when there are several of the name. */
  readonly parameters?: string | SqlText;
  readonly ifExists?: boolean;
}

export interface CreateFunctionDirectives {
  /**
   * Creates a function. The body is SQL of the dialect; it is put in quotes, or between DELIMITER lines, as needed.
   *
   * @example op.createFunction("with_tax", "SELECT price * 1.19", { parameters: "price numeric", returns: t.numeric() })
   * // CREATE FUNCTION with_tax(price numeric) RETURNS NUMERIC LANGUAGE sql AS $$SELECT price * 1.19$$
   */
  createFunction(name: Name, body: string | SqlText, options: CreateFunctionOptions): void;
}

export interface CreateProcedureDirectives {
  /**
   * Creates a procedure. The body is SQL of the dialect.
   *
   * @example op.createProcedure("forget", "BEGIN DELETE FROM log; DELETE FROM visit; END")
   * // CREATE PROCEDURE forget() BEGIN … END on MySQL, between DELIMITER lines
   */
  createProcedure(name: Name, body: string | SqlText, options?: CreateProcedureOptions): void;
}

export interface DropFunctionDirectives {
  /**
   * Drops a function.
   *
   * @example op.dropFunction("with_tax") // DROP FUNCTION with_tax
   */
  dropFunction(name: Name, options?: DropRoutineOptions): void;
}

export interface DropProcedureDirectives {
  /**
   * Drops a procedure.
   *
   * @example op.dropProcedure("forget") // DROP PROCEDURE forget
   */
  dropProcedure(name: Name, options?: DropRoutineOptions): void;
}

const createNames = ["schema", "parameters", "language", "attributes", "replace"];

function routineFields(name: Name, body: string | SqlText, options: CreateProcedureOptions) {
  const { schema, parameters, language, attributes, replace = false } = options;
  return {
    name,
    schema: schema ?? undefined,
    parameters: parameters === undefined ? undefined : asSqlText(parameters),
    language,
    attributes: attributes === undefined ? undefined : asSqlText(attributes),
    body: asSqlText(body),
    replace,
  };
}

function dropFields(where: string, name: Name, options: DropRoutineOptions) {
  takeOptions(where, options, ["schema", "parameters", "ifExists"], "none");
  const { schema, parameters, ifExists = false } = options;
  return {
    name,
    schema: schema ?? undefined,
    parameters: parameters === undefined ? undefined : asSqlText(parameters),
    ifExists,
  };
}

type RoutineKind = "function" | "procedure";

/** The parameters of the routines of one name. */
function signaturesOf(catalog: Catalog, kind: RoutineKind, schema: Name | undefined, name: Name): readonly string[] {
  return catalog.object(kind, schema, name)?.overloads.map(({ signature }) => signature) ?? [];
}

/** Several routines of one name may differ by their parameters; which servers have that, they say themselves. */
function checkNew(expect: SchemaChecks, kind: RoutineKind, operation: CreateRoutine): void {
  const { schema, name, replace } = operation;
  const signatures = signaturesOf(expect.catalog, kind, schema, name);
  if (!replace && signatures.includes(signatureOf(operation.parameters))) expect.noObject(kind, schema, name);
}

function checkOne(expect: SchemaChecks, kind: RoutineKind, operation: DropFunction | DropProcedure): void {
  const { schema, name, parameters, ifExists } = operation;
  nothingUsesRoutine(expect, kind, { schema, name });
  if (ifExists) return;
  expect.object(kind, schema, name);
  const signatures = signaturesOf(expect.catalog, kind, schema, name);
  if (signatures.length < 2 || parameters !== undefined) return;
  throw expect.error(
    "ambiguous-routine",
    `there are ${signatures.length} ${kind}s "${nameText(name)}": ${signatures.map((text) => `(${text})`).join(", ")}.`,
    "Say which: { parameters: … }.",
  );
}

/** What is left of routines of one name without the one that is said, as far as its text tells. */
function withoutOverload<C>(
  overloads: readonly Overload<C>[],
  parameters: SqlText | undefined,
): readonly Overload<C>[] {
  const named = overloads.findIndex(({ signature }) => signature === signatureOf(parameters));
  return overloads.toSpliced(Math.max(named, 0), 1);
}

function createOptions({ schema, parameters, language, attributes, replace }: CreateRoutine) {
  const [given = {}] = options({ schema, parameters, language, attributes, replace: whenSet(replace) });
  return given;
}

export const createFunction: OperationDefinition<CreateFunction, CreateFunctionDirectives> = {
  kind: "createFunction",
  call(operation) {
    const { name, body, returns } = operation;
    return ["createFunction", name, body, { returns, ...createOptions(operation) }];
  },
  directives: (recording) => ({
    createFunction(name, body, options) {
      const where = `op.createFunction("${nameText(name)}")`;
      takeOptions(where, options ?? {}, [...createNames, "returns"], "none");
      if (options?.returns === undefined) {
        throw new OperationError("no-return-type", `${where}: what the function returns is missing.`, {
          hint: 'Write { returns: t.integer() }, or SQL such as { returns: "SETOF account" }.',
        });
      }
      const { returns } = options;
      recording.add({
        kind: "createFunction",
        ...routineFields(name, body, options),
        returns: isSqlType(returns) ? returns : asSqlText(returns),
      });
    },
  }),
  check: (expect, operation) => checkNew(expect, "function", operation),
  apply(catalog, { name, schema, parameters, body, language, attributes, returns }) {
    const known = catalog.object("function", schema, name)?.overloads ?? [];
    const content = { parameters, body, language, attributes, returns };
    const overloads = withOverload(known, { signature: signatureOf(parameters), content });
    return catalog.withObject({ kind: "function", name, schema, overloads });
  },
};

export const createProcedure: OperationDefinition<CreateProcedure, CreateProcedureDirectives> = {
  kind: "createProcedure",
  call(operation) {
    return ["createProcedure", operation.name, operation.body, ...options(createOptions(operation))];
  },
  directives: (recording) => ({
    createProcedure(name, body, options = {}) {
      takeOptions(`op.createProcedure("${nameText(name)}")`, options, createNames, "none");
      recording.add({ kind: "createProcedure", ...routineFields(name, body, options) });
    },
  }),
  check: (expect, operation) => checkNew(expect, "procedure", operation),
  apply(catalog, { name, schema, parameters, body, language, attributes }) {
    const known = catalog.object("procedure", schema, name)?.overloads ?? [];
    const content = { parameters, body, language, attributes };
    const overloads = withOverload(known, { signature: signatureOf(parameters), content });
    return catalog.withObject({ kind: "procedure", name, schema, overloads });
  },
};

export const dropFunction: OperationDefinition<DropFunction, DropFunctionDirectives> = {
  kind: "dropFunction",
  call: ({ name, schema, parameters, ifExists }) => [
    "dropFunction",
    name,
    ...options({ schema, parameters, ifExists: whenSet(ifExists) }),
  ],
  directives: (recording) => ({
    dropFunction(name, options = {}) {
      recording.add({ kind: "dropFunction", ...dropFields("op.dropFunction", name, options) });
    },
  }),
  check: (expect, operation) => checkOne(expect, "function", operation),
  apply(catalog, { name, schema, parameters }) {
    const known = catalog.object("function", schema, name);
    const overloads = withoutOverload(known?.overloads ?? [], parameters);
    if (known === undefined || overloads.length === 0) return catalog.withoutObject("function", schema, name);
    return catalog.withObject({ ...known, overloads });
  },
};

export const dropProcedure: OperationDefinition<DropProcedure, DropProcedureDirectives> = {
  kind: "dropProcedure",
  call: ({ name, schema, parameters, ifExists }) => [
    "dropProcedure",
    name,
    ...options({ schema, parameters, ifExists: whenSet(ifExists) }),
  ],
  directives: (recording) => ({
    dropProcedure(name, options = {}) {
      recording.add({ kind: "dropProcedure", ...dropFields("op.dropProcedure", name, options) });
    },
  }),
  check: (expect, operation) => checkOne(expect, "procedure", operation),
  apply(catalog, { name, schema, parameters }) {
    const known = catalog.object("procedure", schema, name);
    const overloads = withoutOverload(known?.overloads ?? [], parameters);
    if (known === undefined || overloads.length === 0) return catalog.withoutObject("procedure", schema, name);
    return catalog.withObject({ ...known, overloads });
  },
};
