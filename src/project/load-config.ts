import { existsSync, statSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { defineConfig, type ResolvedConfig } from "../config/config.js";
import { resolveConfig, type ResolveOptions } from "../config/resolve.js";
import { ConfigError } from "../errors.js";
import { readSource } from "../revision/files.js";
import { ModuleLoader, type LoaderOptions } from "../revision/loader.js";

/** A configuration for one target, and the folder that holds it. */
export interface LoadedConfig {
  /** The folder of the configuration file: an absolute path. */
  readonly folder: string;
  /** The configuration file: an absolute path. */
  readonly file: string;
  readonly config: ResolvedConfig;
}

/** Where a configuration is looked for, and what it is for. */
export interface LoadConfigOptions extends Pick<ResolveOptions, "target" | "overrides"> {
  /** Where a configuration is looked for when none is named, and what a relative name starts from. */
  readonly cwd: string;
  /** The environment; `SQLEMBIC_URL` and `DATABASE_URL` can name the dialect. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Gets what `import … from "sqlembic"` means in the project's files. */
  readonly self: () => Promise<object>;
}

const configFileNames = ["sqlembic.config.ts", "sqlembic.config.mts", "sqlembic.config.js", "sqlembic.config.mjs"];

/**
 * Loads and checks a configuration: the named file, or `sqlembic.config.ts` (`.mts`, `.js`, `.mjs`) in `cwd`.
 *
 * @throws ConfigError when there is none, or with all of its problems
 */
export async function loadConfig(
  configFile: string | undefined,
  options: LoadConfigOptions,
): Promise<LoadedConfig & { readonly loader: ModuleLoader }> {
  const file = findConfig(configFile, options.cwd);
  const folder = dirname(file);
  const loader = new ModuleLoader({ folder, self: selfFor(options.self) });
  const name = basename(file);
  const exports = await loader.evaluate(name, readSource(file, name));
  if (exports["default"] === undefined) {
    throw new ConfigError("invalid-config", `${name} has no default export.`, {
      origin: { file: name, line: 1, column: 1 },
      hint: "Write `export default defineConfig({ … });`.",
      problems: ["no default export"],
    });
  }
  const { target, overrides = {} } = options;
  const environmentUrl = databaseUrlOf(options.environment ?? {});
  const config = resolveConfig(exports["default"], { file: name, target, overrides, environmentUrl });
  return { folder, file, config, loader };
}

function findConfig(configFile: string | undefined, cwd: string): string {
  const named = configFile === undefined ? undefined : resolve(cwd, configFile);
  const folders = named === undefined ? foldersAbove(cwd) : [named];
  const inFolders = folders.flatMap((folder) => configFileNames.map((name) => resolve(folder, name)));
  const isFolder = named !== undefined && statSync(named, { throwIfNoEntry: false })?.isDirectory() === true;
  const candidates = named === undefined || isFolder ? inFolders : [named];
  const file = candidates.find((path) => existsSync(path));
  if (file !== undefined) return file;
  throw new ConfigError(
    "config-not-found",
    configFile === undefined
      ? `There is no ${configFileNames[0]} in this folder, or in one above it.`
      : `There is no configuration file "${configFile}".`,
    {
      hint: "Run `sqlembic init` to begin a project here, or name its configuration with -c.",
      problems: ["the file does not exist"],
    },
  );
}

/** A folder and all above it, the nearest first. */
function foldersAbove(folder: string): readonly string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...foldersAbove(above)];
}

/** A file that asks sqlembic for nothing but `defineConfig` gets it without all of sqlembic being loaded. */
function selfFor(self: () => Promise<object>): LoaderOptions["self"] {
  const little = { defineConfig };
  return (importedNames) => (importedNames?.every((name) => name in little) ? Promise.resolve(little) : self());
}

function databaseUrlOf(environment: Readonly<Record<string, string | undefined>>): ResolveOptions["environmentUrl"] {
  const variable = ["SQLEMBIC_URL", "DATABASE_URL"].find((name) => (environment[name] ?? "") !== "");
  const url = variable === undefined ? undefined : environment[variable];
  return variable === undefined || url === undefined ? undefined : { variable, url };
}
