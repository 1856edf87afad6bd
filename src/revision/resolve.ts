import { existsSync, readdirSync, statSync } from "node:fs";
import { isBuiltin } from "node:module";
import { basename, dirname, extname, isAbsolute, join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { didYouMean } from "../suggestion.js";
import { importModule } from "../on-demand.js";
import { mappedPaths } from "./tsconfig-paths.js";

/** Whether an import names a file of the project and not a package. */
export function isFileSpecifier(specifier: string): boolean {
  return /^\.{1,2}(?:\/|$)/.test(specifier) || specifier.startsWith("file:") || isAbsolute(specifier);
}

/** Extensions that a specifier may leave out or replace, in the order in which they are tried. */
const sourceExtensions = [".ts", ".mts", ".js", ".mjs", ".json"];
const sourcesOf: Readonly<Record<string, readonly string[]>> = { ".js": [".ts"], ".mjs": [".mts"], ".cjs": [".cts"] };

/**
 * The file that an import of a project's own file means. As in TypeScript, `./columns.js` means `columns.ts` where both
 * exist, and extension and `/index` may be left out.
 *
 * @returns undefined when there is no such file
 */
export function resolveFile(specifier: string, importer: string): string | undefined {
  const path = pathOf(specifier, importer);
  const extension = extname(path);
  const written = (sourcesOf[extension] ?? []).map((source) => path.slice(0, -extension.length) + source);
  const completed = [path, join(path, "index")].flatMap((stem) => sourceExtensions.map((source) => stem + source));
  return [...written, path, ...completed].find((candidate) => statSync(candidate, { throwIfNoEntry: false })?.isFile());
}

/** What to say about an import for which {@link resolveFile} found nothing. */
export function hintForMissingFile(specifier: string, importer: string): string {
  const path = pathOf(specifier, importer);
  const folder = dirname(path);
  if (!existsSync(folder)) return `There is no folder ${dirname(specifier)} beside the importing file.`;
  const wanted = basename(path).slice(0, basename(path).length - extname(path).length);
  const names = readdirSync(folder).map((name) => name.slice(0, name.length - extname(name).length));
  const suggestion = didYouMean(wanted, names.sort());
  return `Relative imports start at the folder of the importing file.${suggestion}`;
}

/**
 * The URL that a bare import means in the importing file, by Node's own rules, which `import()` would apply to this
 * file instead.
 */
export async function resolvePackage(specifier: string, importer: string): Promise<string> {
  if (isBuiltin(specifier)) return specifier;
  const { resolve: resolveFrom } = (await importModule("import-meta-resolve")) as typeof import("import-meta-resolve");
  return resolveFrom(specifier, pathToFileURL(importer).href);
}

/** The file that an import means by `paths` of the project's tsconfig.json, which Node does not read. */
export function resolveMapped(specifier: string, importer: string): string | undefined {
  for (const path of mappedPaths(specifier, importer)) {
    const file = resolveFile(path, importer);
    if (file !== undefined) return file;
  }
  return undefined;
}

/** Whether a package leads to TypeScript source, as a workspace or an entry of `imports` may: Node would refuse it. */
export function isTypeScript(url: string): boolean {
  return /^file:.*\.m?ts$/.test(url);
}

/** What to do about a package that {@link resolvePackage} did not find. */
export function hintForMissingPackage(specifier: string, importer: string): string {
  const mapped = mappedPaths(specifier, importer).map((path) =>
    relative(dirname(importer), path).replaceAll("\\", "/"),
  );
  if (mapped.length > 0) {
    return `"paths" of tsconfig.json makes it ${mapped.join(" or ")}, from the importing file: there is no such file.`;
  }
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;
  return `Install it in the project (\`npm install ${name}\`), or write a relative import ("./…") for a file of the project.`;
}

function pathOf(specifier: string, importer: string): string {
  return specifier.startsWith("file:") ? fileURLToPath(specifier) : resolve(dirname(importer), specifier);
}
