import { resolve } from "node:path";
import { Catalog } from "../catalog/catalog.js";
import { readBaseline } from "../compiler/baseline.js";
import type { Dialect } from "../compiler/dialect.js";
import { oneLine } from "../compiler/script/comments.js";
import type { StatementAccount } from "../compiler/statement-account.js";
import type { TargetSchemaSource } from "../config/autogenerate.js";
import { ConfigError } from "../errors.js";
import { readSource } from "../revision/files.js";
import type { ModuleNamespace } from "../revision/loader.js";
import type { LoadedConfig } from "./load-config.js";
import { targetFiles } from "./target-files.js";
import { schemaOfModules, type TargetModule } from "./target-modules.js";

/** What of a project a target schema is read with. */
export interface TargetProject extends LoadedConfig {
  /** Evaluates a module by its path from the folder of the configuration. */
  moduleAt(file: string): Promise<ModuleNamespace>;
}

/** Runs the command that prints a schema, and gives the SQL that it prints. */
export type PrintSchema = (command: string) => Promise<string>;

/** A text of SQL, and how messages call it. */
interface SqlFile {
  readonly file: string;
  readonly text: string;
}

/** A statement of a target has to be understood: what is not would be taken for something to drop. */
function refuseUnknown(accounts: readonly StatementAccount[]): void {
  const unread = accounts.filter(({ outcome }) => outcome === "unknown");
  const [first] = unread;
  if (first === undefined) return;
  const placed = unread.map(({ sql, origin }) => `${origin?.file}:${origin?.line}: ${oneLine(sql)}`);
  const others = unread.length === 1 ? "" : ` ${unread.length - 1} more of its statements cannot, either.`;
  throw new ConfigError("unread-target", `The target schema cannot be read: ${oneLine(first.sql)}.${others}`, {
    origin: first.origin,
    hint:
      "Write the statement in a form that is read, or leave it out of the target and what it makes out of the comparison, " +
      "by includeName or includeObject in the configuration.",
    problems: placed,
  });
}

/** The objects of which a later statement left nothing known. */
function refuseUnknownObjects({ unknown }: Catalog): void {
  const [key] = unknown.keys();
  const found = key === undefined ? undefined : unknown.get(key);
  if (key === undefined || found === undefined) return;
  const { sql, origin } = found;
  const what = key === "*" ? "The target schema" : `${key} in the target schema`;
  throw new ConfigError("unread-target", `${what} is not known since: ${oneLine(sql)}`, {
    origin,
    hint: "Write the statement in a form that is read, or leave it out of the target.",
    problems: [`${origin?.file}:${origin?.line}: ${oneLine(sql)}`],
  });
}

async function schemaOfSql(files: readonly SqlFile[], start: Catalog, dialect: Dialect): Promise<Catalog> {
  const accounts: StatementAccount[] = [];
  let catalog = start;
  for (const { file, text } of files) {
    const baseline = { file, text: () => Promise.resolve(text) };
    catalog = await readBaseline(baseline, dialect, (account) => accounts.push(account), catalog);
  }
  refuseUnknown(accounts);
  refuseUnknownObjects(catalog);
  return catalog;
}

/** Who compares with a schema of nothing would drop everything. */
function notEmpty(catalog: Catalog, sources: readonly string[]): Catalog {
  if (catalog.tables.size + catalog.enums.size + catalog.objects.size > 0) return catalog;
  const problem = `The target schema of ${sources.join(", ")} is empty.`;
  throw new ConfigError("empty-target", problem, {
    hint: "Nothing is compared with it, since all tables would be dropped.",
    problems: [problem],
  });
}

/** The source of the target schema that the configuration names. */
function sourceOf({ config, file }: LoadedConfig): TargetSchemaSource {
  if (config.targetSchema !== undefined) return config.targetSchema;
  const problem = "The configuration does not say which schema is wanted.";
  throw new ConfigError("no-target-schema", problem, {
    hint: 'Set targetSchema: a module such as "./schema.ts", a file of SQL, or { command: "drizzle-kit export …" }.',
    data: { file },
    problems: [problem],
  });
}

/**
 * The schema that a project wants, from the modules, files of SQL or command that `targetSchema` names.
 *
 * @throws ConfigError with the file and line of what cannot be read
 */
export async function loadTargetSchema(
  project: TargetProject,
  dialect: Dialect,
  printSchema: PrintSchema,
): Promise<Catalog> {
  const source = sourceOf(project);
  const empty = Catalog.empty({ rules: dialect.rules, isComplete: true });
  if (typeof source === "object" && "command" in source) {
    const { command } = source;
    return notEmpty(await schemaOfSql([{ file: command, text: await printSchema(command) }], empty, dialect), [
      command,
    ]);
  }
  const { modules, sql } = targetFiles(project, [source].flat());
  const { namingConvention } = project.config;
  let catalog = empty;
  if (modules.length > 0) {
    const evaluated: TargetModule[] = [];
    for (const file of modules) evaluated.push({ file, exports: await project.moduleAt(file) });
    catalog = schemaOfModules(evaluated, empty, { dialect, namingConvention }, sql.length === 0);
  }
  const texts = sql.map((file) => ({ file, text: readSource(resolve(project.folder, file), file) }));
  return notEmpty(await schemaOfSql(texts, catalog, dialect), [...modules, ...sql]);
}
