import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import vm from "node:vm";
import { importsParameter, type ModuleText } from "./module-text.js";

type ImportFunction = (specifier: string, metadata?: { readonly importedNames?: readonly string[] }) => Promise<object>;
export type LiveModule = (
  importStatic: ImportFunction,
  exports: object,
  importDynamic: ImportFunction,
  exportAll: (source: object) => void,
  meta: object,
) => Promise<void>;
export type CopiedModule = (imports: readonly object[]) => object | Promise<object>;

/** The names that oxc's module runner form gives to what a module needs from its loader. */
const liveParameters = [
  "__vite_ssr_import__",
  "__vite_ssr_exports__",
  "__vite_ssr_dynamic_import__",
  "__vite_ssr_exportAll__",
  "__vite_ssr_import_meta__",
];

/** The code begins on a line of its own, so that its columns stay as they are; line numbers are set back by one. */
export function compileLive(path: string, code: string): LiveModule {
  const body = `"use strict"; return (async () => {\n${code}\n})()`;
  return vm.compileFunction(body, liveParameters, { filename: path, lineOffset: -1 }) as LiveModule;
}

/** Undefined for a text in which imports and exports were not what they seemed. */
export function compileCopied(path: string, { body, isAsync }: ModuleText): CopiedModule | undefined {
  const text = isAsync ? `return (async () => { ${body} })()` : body;
  try {
    return vm.compileFunction(text, [importsParameter], { filename: path, lineOffset: -1 }) as CopiedModule;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Gives a module what it exports: what it defines, and what it passes on of others. */
export function giveExports(
  exports: Record<string, unknown>,
  { imports }: ModuleText,
  from: readonly object[],
  own: object,
): void {
  Object.assign(exports, own);
  for (const [position, { isExported }] of imports.entries()) {
    if (isExported) copyExports(from[position] as object, exports, "default");
  }
}

/** What `import.meta` is: few modules ask for it, and a URL takes its time to make. */
export function importMeta(path: string): object {
  return {
    get url() {
      return pathToFileURL(path).href;
    },
    get filename() {
      return path;
    },
    get dirname() {
      return dirname(path);
    },
  };
}

/** Makes live views of what another module exports, where there is nothing of that name yet. */
export function copyExports(from: object, to: Record<string, unknown>, except?: string): void {
  const source = from as Readonly<Record<string, unknown>>;
  for (const name of Object.keys(source)) {
    if (name in to || name === except) continue;
    Object.defineProperty(to, name, { enumerable: true, configurable: true, get: () => source[name] });
  }
}
