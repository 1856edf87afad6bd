import { OperationError } from "../errors.js";
import { nameText } from "../schema/names.js";
import type { CompiledStep } from "./compile-plan.js";
import { compileNodes, type CompileSettings } from "./compile.js";
import type { Statement } from "./statement.js";
import type { VersionTable } from "./version-table.js";

/** What a statement does to a schema as a whole. */
interface SchemaChange {
  readonly change: "create" | "drop";
  /** It is content with a schema that is there. */
  readonly mayExist: boolean;
}

/** The statement of an author, behind his comments: what it does, whether IF NOT EXISTS or IF EXISTS stands in it, the name. */
const authoredChange =
  /^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*(CREATE|DROP)\s+(?:SCHEMA|DATABASE)\s+(IF\s+(?:NOT\s+)?EXISTS\s+)?(?:"([^"]+)"|`([^`]+)`|\[([^\]]+)\]|([\p{L}_][\p{L}\p{N}_$]*))/iu;

function authoredSchemaChange(sql: string, schema: string): SchemaChange | undefined {
  const [, verb = "", condition, ...names] = authoredChange.exec(sql) ?? [];
  const quoted = names.slice(0, 3).find((name) => name !== undefined);
  const plain = names[3];
  const isMeant = quoted === schema || (plain !== undefined && plain.toLowerCase() === schema.toLowerCase());
  if (!isMeant) return undefined;
  return { change: /^create$/i.test(verb) ? "create" : "drop", mayExist: condition !== undefined };
}

function schemaChange({ operation, isAuthored, sql }: Statement, schema: string): SchemaChange | undefined {
  if (isAuthored) return authoredSchemaChange(sql, schema);
  if (operation.kind !== "createSchema" && operation.kind !== "dropSchema") return undefined;
  if (nameText(operation.name) !== schema) return undefined;
  return operation.kind === "createSchema"
    ? { change: "create", mayExist: operation.ifNotExists }
    : { change: "drop", mayExist: operation.ifExists };
}

function refuseDrop(schema: string, { operation }: Statement): never {
  throw new OperationError(
    "schema-of-version-table",
    `The schema "${schema}" is dropped, and the version table is in it.`,
    {
      origin: operation.origin,
      hint: "Leave the statement out, or keep the version table elsewhere: versionTableSchema in the configuration.",
    },
  );
}

/** The same statement, content with a schema that is there. */
function tolerant(schema: string, statement: Statement, settings: CompileSettings): Statement {
  const { operation } = statement;
  if (operation.kind === "createSchema") {
    const { statements } = compileNodes([{ ...operation, ifNotExists: true }], settings);
    return { ...statement, sql: statements.map(({ sql }) => sql).join("\n") };
  }
  throw new OperationError(
    "schema-of-version-table",
    `The schema "${schema}" is made before the version table, which is in it, and here it is made again.`,
    { origin: operation.origin, hint: "Write CREATE SCHEMA IF NOT EXISTS, or op.createSchema." },
  );
}

export interface WithSchema {
  /** Makes the schema before the version table, where the steps make it only later. */
  readonly schemaFirst: readonly string[];
  readonly steps: readonly CompiledStep[];
}

/**
 * The version table is needed before the first revision has run. Where its schema is made by one of the revisions, the
 * script makes it before the table, and the revision takes the one that is there.
 *
 * @throws OperationError for a statement that would fail on it, or that drops the schema with the version table
 */
export function withSchemaFirst(
  steps: readonly CompiledStep[],
  makesTable: boolean,
  settings: CompileSettings & { readonly versionTable: VersionTable },
): WithSchema {
  const { schema } = settings.versionTable;
  if (schema === undefined) return { schemaFirst: [], steps };
  const first: string[] = [];
  const changed = steps.map((step) => ({
    ...step,
    statements: step.statements.map((statement) => {
      const change = schemaChange(statement, schema);
      if (change?.change === "drop") refuseDrop(schema, statement);
      if (change === undefined || !makesTable) return statement;
      const written = change.mayExist ? statement : tolerant(schema, statement, settings);
      if (first.length === 0) first.push(written.sql);
      return written;
    }),
  }));
  return { schemaFirst: first, steps: changed };
}
