import { readdirSync, readFileSync, realpathSync, statSync, type Dirent, type Stats } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { LoadError, type Origin } from "../errors.js";

const revisionFile = /^(?![_.])(?!.*\.(?:d|test)\.[mc]?[tj]s$).*\.(?:ts|mts|js|mjs)$/;

/** Whether a file of this name in a versions folder has to be a revision. Helpers begin with an underscore. */
export function isRevisionFileName(name: string): boolean {
  return revisionFile.test(name);
}

/** A path relative to the project's folder, with forward slashes on every system. */
export function relativeFile(folder: string, file: string): string {
  const path = relative(folder, file);
  return sep === "/" ? path : path.replaceAll(sep, "/");
}

/**
 * The files of all version locations, relative to the project's folder and sorted. Files and folders whose names begin
 * with `_` or `.` are passed over, and so are declaration files and tests.
 */
export function listRevisionFiles(
  folder: string,
  versionLocations: readonly string[],
  options: { readonly recursive: boolean },
): string[] {
  const files = new Set<string>();
  const open: string[] = [];
  const addFolder = (path: string, entries: readonly Dirent[]): void => {
    const real = realpathSync(path);
    if (open.includes(real)) throw loopingLink(relativeFile(folder, path));
    open.push(real);
    const relativeFolder = relativeFile(folder, path);
    const prefix = relativeFolder === "" ? "" : `${relativeFolder}/`;
    for (const entry of entries) {
      const { name } = entry;
      const target = entry.isSymbolicLink() ? targetOf(join(path, name), prefix + name) : entry;
      if (target?.isFile() && isRevisionFileName(name)) {
        files.add(prefix + name);
      } else if (options.recursive && target?.isDirectory() && !/^[_.]|^node_modules$/.test(name)) {
        addFolder(join(path, name), readdirSync(join(path, name), { withFileTypes: true }));
      }
    }
    open.pop();
  };
  for (const location of versionLocations) {
    const path = resolve(folder, location);
    addFolder(path, readFolder(path, location));
  }
  return [...files].sort();
}

function loopingLink(file: string): LoadError {
  return new LoadError("looping-link", `${file} is a link that leads back to itself.`, {
    hint: "Remove it, or let it lead to a file or a folder elsewhere.",
    data: { file },
  });
}

/** What a link leads to; undefined for one that leads nowhere. */
function targetOf(path: string, shown: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === "ELOOP" ? loopingLink(shown) : error;
  }
}

/** Options that Node takes as they are: of the name of an encoding it makes new ones for each file. */
const asText = { encoding: "utf8", flag: "r" } as const;

/** The text of a source file, without a byte order mark. */
export function readSource(path: string, file: string): string {
  let source: string;
  try {
    source = readFileSync(path, asText);
  } catch (cause) {
    const error = new LoadError("unreadable-file", `${file} cannot be read: ${reasonOf(cause)}.`, { data: { file } });
    error.cause = cause;
    throw error;
  }
  if (source.includes("\uFFFD")) requireUtf8(path, file);
  return source.charCodeAt(0) === 0xfeff ? source.slice(1) : source;
}

/**
 * The line at a position with a caret below it, as error messages show it; undefined when the file has no such line.
 *
 * @example
 * // 12 |   op.dropTabel("account");
 * //    |      ^
 */
export function sourceFrame(origin: Origin, folder: string): string | undefined {
  let source: string;
  try {
    source = readFileSync(resolve(folder, origin.file), "utf8");
  } catch {
    return undefined;
  }
  const text = source.replace(/^\uFEFF/, "").split(/\r?\n/)[origin.line - 1];
  if (text === undefined) return undefined;
  const number = String(origin.line);
  const indent = text.slice(0, origin.column - 1).replace(/[^\t]/g, " ");
  return `${number} | ${text}\n${" ".repeat(number.length)} | ${indent}^`;
}

function readFolder(path: string, location: string): Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (cause) {
    const error = new LoadError("missing-version-location", `The versions folder "${location}" ${reasonOf(cause)}.`, {
      hint: "Create it, correct `versionLocations` in the configuration, or run `sqlembic init` for a new project.",
      data: { location },
    });
    error.cause = cause;
    throw error;
  }
}

/** A replacement character was read: either the author wrote one, or the bytes are of another encoding. */
function requireUtf8(path: string, file: string): void {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path));
  } catch (cause) {
    const error = new LoadError("not-utf8", `${file} is not UTF-8 text.`, {
      hint: "Save the file in UTF-8, so that its strings mean the same on every machine.",
      data: { file },
    });
    error.cause = cause;
    throw error;
  }
}

function reasonOf(cause: unknown): string {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (code === "ENOENT") return "does not exist";
  if (code === "EACCES") return "may not be read by this user";
  if (code === "ENOTDIR") return "is not a folder";
  if (code === "EISDIR") return "is a folder";
  return cause instanceof Error ? cause.message : String(cause);
}
