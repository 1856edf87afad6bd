import { createRequire } from "node:module";

/*
 * What is loaded by its name while the program runs. The bundled program is no module to Node, and has this from a file
 * beside it.
 */

/**
 * Loads a package when it is first needed: most commands go without most packages.
 *
 * @example const { distance } = requirePackage("fastest-levenshtein") as typeof import("fastest-levenshtein");
 */
export const requirePackage = createRequire(import.meta.url) as (name: string) => unknown;

/** Loads a module of the user's, or a package that is nothing but a module. */
export function importModule(specifier: string): Promise<object> {
  return import(specifier) as Promise<object>;
}
