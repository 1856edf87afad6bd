import { readdirSync, statSync } from "node:fs";
import { basename, extname, resolve } from "node:path";
import { ConfigError } from "../errors.js";
import { relativeFile } from "../revision/files.js";
import type { LoadedConfig } from "./load-config.js";

/** The files of a target schema: paths from the folder of the configuration, in the order in which they are read. */
export interface TargetFiles {
  readonly modules: readonly string[];
  readonly sql: readonly string[];
}

const moduleExtensions = [".ts", ".mts", ".js", ".mjs"];
/** What stands beside modules and is none of the schema. */
const passedOver = /\.(?:d|test)\.[mc]?[tj]s$/;

/** The part of a name in which a star stands for anything. */
function patternOf(part: string): RegExp {
  const escaped = part.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
  return new RegExp(`^(?![.])${escaped}$`);
}

function entriesOf(folder: string): readonly string[] {
  const isFolder = statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  return isFolder ? readdirSync(folder).sort() : [];
}

/** All folders in a folder, itself included; what packages bring and what is hidden excepted. */
function foldersIn(folder: string): readonly string[] {
  const inner = entriesOf(folder)
    .filter((name) => !name.startsWith(".") && name !== "node_modules")
    .map((name) => resolve(folder, name))
    .filter((path) => statSync(path).isDirectory());
  return [folder, ...inner.flatMap(foldersIn)];
}

/** The paths that a pattern stands for: `*` for a part of a name, `**` for any folders. */
function matches(folder: string, parts: readonly string[]): readonly string[] {
  const [part, ...others] = parts;
  if (part === undefined) return [folder];
  if (part === "**") return foldersIn(folder).flatMap((inner) => matches(inner, others));
  if (!part.includes("*")) return matches(resolve(folder, part), others);
  const pattern = patternOf(part);
  return entriesOf(folder)
    .filter((name) => pattern.test(name))
    .flatMap((name) => matches(resolve(folder, name), others));
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function refused(file: string, problem: string, hint: string, code: string): ConfigError {
  return new ConfigError(code, problem, {
    origin: { file: basename(file), line: 1, column: 1 },
    hint,
    problems: [`targetSchema: ${problem}`],
  });
}

/**
 * The files that `targetSchema` names: modules apart from SQL, each once.
 *
 * @throws ConfigError for a file that does not exist, a pattern that finds none, and a file that is neither
 */
export function targetFiles({ folder, file }: LoadedConfig, named: readonly string[]): TargetFiles {
  const found = named.flatMap((name) => {
    const isPattern = name.includes("*");
    const paths = matches(folder, name.replaceAll("\\", "/").split("/")).filter(
      (path) => isFile(path) && !(isPattern && passedOver.test(path)),
    );
    if (paths.length > 0) return paths;
    const problem = isPattern ? `No file is named like "${name}".` : `There is no file "${name}".`;
    throw refused(file, problem, "Paths of `targetSchema` are relative to the configuration file.", "no-target-schema");
  });
  const files = [...new Set(found)].map((path) => relativeFile(folder, path));
  const modules = files.filter((name) => moduleExtensions.includes(extname(name)));
  const sql = files.filter((name) => extname(name).toLowerCase() === ".sql");
  const other = files.find((name) => !modules.includes(name) && !sql.includes(name));
  if (other !== undefined) {
    const problem = `"${other}" is neither a module nor SQL.`;
    const hint = `Name files that end with .sql, ${moduleExtensions.join(", ")}; what a program prints is { command: "…" }.`;
    throw refused(file, problem, hint, "unknown-target-schema");
  }
  return { modules, sql };
}
