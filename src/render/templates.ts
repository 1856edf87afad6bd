import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageFolder } from "../package-folder.js";
import { requirePackage } from "../on-demand.js";

const { compile } = requirePackage("handlebars") as typeof import("handlebars");

/** A compiled template: gets the values that it names, and refuses when one is missing. */
export type Template = (values: object) => string;

/** The folder of the built-in templates. */
export function templatesFolder(): string {
  return join(packageFolder(), "templates");
}

/**
 * Compiles the text of a template. Values are laid out as they are: nothing is escaped, and lines of a value are not
 * indented, since that would change literals that span lines.
 */
export function compileTemplate(text: string): Template {
  return compile(text, { noEscape: true, strict: true, preventIndent: true, knownHelpersOnly: true });
}

/** A built-in template by its path under `templates/`. */
export function loadTemplate(path: string): Template {
  return compileTemplate(readFileSync(join(templatesFolder(), path), "utf8"));
}
