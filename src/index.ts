import { loadDialect } from "../dialects/index.js";
import type { CompileOperationsOptions } from "./compiler/compile-operations.js";
import { compileBody } from "./compiler/compile-operations.js";
import type { Statement } from "./compiler/statement.js";
import { loadProject as loadProjectFrom, type Project } from "./project/load-project.js";
import type { CompilableProject } from "./project/compile-range.js";
import type { Proof } from "./prove/proof.js";
import type { ProveOptions } from "./prove/prove-range.js";
import type { ReplayedSchema } from "./project/replayed-schema.js";
import type { Operations } from "./revision/recorder.js";
import { exclude } from "./schema/constraints.js";
import { mssqlTypes } from "./schema/types/mssql.js";
import { mariadbTypes, mysqlTypes } from "./schema/types/mysql.js";
import { oracleTypes } from "./schema/types/oracle.js";
import { postgresqlTypes } from "./schema/types/postgresql.js";
import { sqliteTypes } from "./schema/types/sqlite.js";

export { column, computed, identity, sequence } from "./schema/columns.js";
export { check, foreignKey, primaryKey, references, unique } from "./schema/constraints.js";
export { sql } from "./schema/expressions.js";
export { index } from "./schema/indexes.js";
export { quotedName } from "./schema/names.js";
export { table } from "./schema/tables.js";
export { t } from "./schema/types/generic.js";
export { view } from "./schema/views.js";
export { defineConfig } from "./config/config.js";
export { compileRange } from "./project/compile-range.js";
export * from "./errors.js";
export type { CompiledRange, CompileRangeOptions } from "./project/compile-range.js";
export type { Config } from "./config/config.js";
export type {
  IncludeName,
  IncludeObject,
  ProcessRevisionDirectives,
  RenderItem,
  RevisionDirective,
  TargetSchemaSource,
} from "./config/autogenerate.js";
export type { CompileOperationsOptions } from "./compiler/compile-operations.js";
export type { Mapping, Position, SourceMap } from "./compiler/script/source-map.js";
export type { Purpose } from "./compiler/script/text.js";
export type { Statement } from "./compiler/statement.js";
export type { BatchOperations, OperationNode } from "./operations/index.js";
export type { Proof, RevisionProof, Verdict } from "./prove/proof.js";
export type { ReplayedSchema } from "./project/replayed-schema.js";
export type { Operations } from "./revision/recorder.js";
export type { Revision } from "./history/revision.js";
export { dialectNames, type DialectName } from "./schema/dialect-names.js";
export type { NamingConvention } from "./schema/naming.js";
export type * from "./public-types.js";

/** PostgreSQL's own types, and its exclusion constraint. */
export const postgresql = { ...postgresqlTypes, exclude };
export const mysql = mysqlTypes;
export const mariadb = mariadbTypes;
export const mssql = mssqlTypes;
export const oracle = oracleTypes;
export const sqlite = sqliteTypes;

/**
 * Compiles one body of calls outside any history, for one dialect.
 *
 * @example
 * await compileOperations((op) => op.dropTable("account"), { dialect: "postgresql" });
 * // [{ sql: "DROP TABLE account", … }]
 * @throws SqlembicError with the position of the call that cannot be compiled
 */
export async function compileOperations(
  body: (op: Operations) => unknown,
  options: CompileOperationsOptions,
): Promise<readonly Statement[]> {
  return compileBody(body, await loadDialect(options.dialect), options);
}

/**
 * Loads a project: the named configuration file, or the one in the current folder. Revision files are read, and run
 * only when they are compiled.
 *
 * @throws ConfigError with every problem of the configuration
 */
export function loadProject(
  configFile?: string,
  options: { readonly target?: string; readonly cwd?: string } = {},
): Promise<Project<Operations>> {
  const { target, cwd = process.cwd() } = options;
  return loadProjectFrom<Operations>(configFile, {
    cwd,
    environment: process.env,
    self: () => import("./index.js"),
    ...(target !== undefined && { target }),
  });
}

/**
 * Proves, for each revision of a range, that its downgrade takes back what its upgrade does to the schema. Nothing is
 * connected.
 *
 * @example (await proveRange(await loadProject())).revisions.filter(({ verdict }) => verdict === "notInverse")
 */
export async function proveRange(project: CompilableProject, range?: string, options?: ProveOptions): Promise<Proof> {
  return (await import("./prove/prove-range.js")).proveRange(project, range, options);
}

/**
 * Replays a project's history up to a revision, the heads unless another one is named, and gives the schema as SQL, as
 * data or as a diagram.
 *
 * @example (await replaySchema(await loadProject(), "ae1027a6acf")).sql() // CREATE TABLE account (…);
 */
export async function replaySchema(
  project: CompilableProject,
  revision?: string,
  options?: { readonly x?: Readonly<Record<string, string>>; readonly tag?: string },
): Promise<ReplayedSchema> {
  return (await import("./project/replayed-schema.js")).replaySchema(project, revision, options);
}
