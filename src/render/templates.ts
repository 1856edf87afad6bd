import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import Handlebars from "handlebars";

const environment = Handlebars.create();

/** A compiled template: gets the values that it names, and refuses when one is missing. */
export type Template = (values: object) => string;

/** The folder of the built-in templates, whether this file runs from the sources or compiled into `dist`. */
export function templatesFolder(): string {
  const candidates = ["../../templates/", "../../../templates/"].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  );
  return candidates.find((folder) => existsSync(`${folder}script`)) ?? (candidates[0] as string);
}

/**
 * Compiles the text of a template. Values are laid out as they are: nothing is escaped, and lines of a value are not
 * indented, since that would change literals that span lines.
 */
export function compileTemplate(text: string): Template {
  return environment.compile(text, { noEscape: true, strict: true, preventIndent: true, knownHelpersOnly: true });
}

/** A built-in template by its path under `templates/`. */
export function loadTemplate(path: string): Template {
  return compileTemplate(readFileSync(`${templatesFolder()}${path}`, "utf8"));
}
