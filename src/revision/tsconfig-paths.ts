import { existsSync, readFileSync } from "node:fs";
import { dirname, isAbsolute, join, resolve } from "node:path";
import vm from "node:vm";

/** The `paths` of a tsconfig.json, and the folder from which their targets start. */
interface Paths {
  readonly folder: string;
  readonly paths: Readonly<Record<string, readonly string[]>>;
}

interface Settings {
  readonly extends?: string | readonly string[];
  readonly compilerOptions?: { readonly baseUrl?: string; readonly paths?: Paths["paths"] };
}

/**
 * A tsconfig.json may have comments and trailing commas, as expressions of JavaScript may: it is evaluated as one, in a
 * context where there is nothing to call.
 */
function readSettings(file: string): Settings | undefined {
  try {
    const value: unknown = vm.runInNewContext(`(${readFileSync(file, "utf8")}\n)`, Object.create(null) as object, {
      timeout: 1000,
    });
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined; // the editor tells what is wrong with it: here it has no paths
  }
}

/** The file that `extends` names: a path; settings of a package have no paths of this project. */
function extendedFile(name: string, folder: string): string | undefined {
  if (!name.startsWith(".") && !isAbsolute(name)) return undefined;
  const path = resolve(folder, name);
  return [path, `${path}.json`, join(path, "tsconfig.json")].find((file) => file.endsWith(".json") && existsSync(file));
}

/** `paths` of a file, or of the last one that it extends and that has some: https://www.typescriptlang.org/tsconfig/#paths */
function pathsIn(file: string, seen: ReadonlySet<string> = new Set()): Paths | undefined {
  const settings = seen.has(file) ? undefined : readSettings(file);
  if (settings === undefined) return undefined;
  const folder = dirname(file);
  const { baseUrl, paths } = settings.compilerOptions ?? {};
  if (paths !== undefined) return { folder: resolve(folder, baseUrl ?? "."), paths };
  for (const name of [settings.extends ?? []].flat().reverse()) {
    const extended = extendedFile(name, folder);
    const found = extended && pathsIn(extended, new Set([...seen, file]));
    if (found) return found;
  }
  return undefined;
}

/** The tsconfig.json that stands for a file: the nearest one above it, as in TypeScript. */
function nearestSettings(folder: string): string | undefined {
  const file = join(folder, "tsconfig.json");
  if (existsSync(file)) return file;
  const parent = dirname(folder);
  return parent === folder ? undefined : nearestSettings(parent);
}

/** What stands for the `*` of a pattern in a specifier; undefined where it does not match. */
function matched(pattern: string, specifier: string): string | undefined {
  const star = pattern.indexOf("*");
  if (star === -1) return pattern === specifier ? "" : undefined;
  const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)];
  const fits =
    specifier.length >= before.length + after.length && specifier.startsWith(before) && specifier.endsWith(after);
  return fits ? specifier.slice(before.length, specifier.length - after.length) : undefined;
}

/**
 * The paths that `paths` in the project's tsconfig.json gives to a specifier, in the order in which they are tried; none
 * where it says nothing of it. The pattern with the longest text before its `*` counts.
 *
 * @example mappedPaths("@/columns", "/shop/versions/a.ts") // ["/shop/db/columns"]
 */
export function mappedPaths(specifier: string, importer: string): readonly string[] {
  const settings = nearestSettings(dirname(importer));
  const found = settings === undefined ? undefined : pathsIn(settings);
  if (found === undefined) return [];
  const weight = (pattern: string): number => (pattern.includes("*") ? pattern.indexOf("*") : Infinity);
  const best = Object.keys(found.paths)
    .filter((pattern) => matched(pattern, specifier) !== undefined)
    .reduce<string | undefined>(
      (one, other) => (one !== undefined && weight(one) >= weight(other) ? one : other),
      undefined,
    );
  if (best === undefined) return [];
  const star = matched(best, specifier) ?? "";
  return (found.paths[best] ?? []).map((target) =>
    resolve(
      found.folder,
      target.replace("*", () => star),
    ),
  );
}
