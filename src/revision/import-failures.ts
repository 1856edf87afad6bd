import { LoadError, type Origin } from "../errors.js";
import { didYouMean } from "../suggestion.js";
import { positionAt } from "./origin.js";
import { hintForMissingFile, hintForMissingPackage } from "./resolve.js";

/** The place of the import in the file. The specifier stands there as a string, in either kind of quotes. */
function originOfImport(file: string, source: string, specifier: string): Origin {
  const offset = Math.max(source.indexOf(`"${specifier}"`), source.indexOf(`'${specifier}'`), 0);
  return positionAt(file, source, offset);
}

/** The other module does not export what is imported from it. */
export function missingExport(
  file: string,
  source: string,
  specifier: string,
  missing: string,
  namespace: object,
): LoadError {
  const message = `${file} imports ${missing} from "${specifier}", which does not export it.`;
  return new LoadError("missing-export", message + didYouMean(missing, Object.keys(namespace).sort()), {
    origin: originOfImport(file, source, specifier),
    hint: `If ${missing} is a type, write \`import type\` or \`export type\`.`,
    data: { file, specifier, name: missing },
  });
}

/** There is no file of that name. */
export function importNotFound(
  importer: { readonly file: string; readonly path: string },
  source: string,
  specifier: string,
): LoadError {
  const { file, path } = importer;
  return new LoadError("import-not-found", `${file} imports "${specifier}", and there is no such file.`, {
    origin: originOfImport(file, source, specifier),
    hint: hintForMissingFile(specifier, path),
    data: { file, specifier },
  });
}

/** Whether Node found no package of a name, or takes it for none: `@/columns`, `#columns`. */
export function isNotFound(cause: unknown): boolean {
  const codes: readonly unknown[] = [
    "ERR_MODULE_NOT_FOUND",
    "ERR_INVALID_MODULE_SPECIFIER",
    "ERR_PACKAGE_IMPORT_NOT_DEFINED",
  ];
  return cause instanceof Error && "code" in cause && codes.includes(cause.code);
}

/** Node cannot load a package. */
export function importFailed(
  { file, path }: { readonly file: string; readonly path: string },
  source: string,
  specifier: string,
  cause: unknown,
): LoadError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const error = new LoadError("import-failed", `${file} cannot import "${specifier}": ${reason}`, {
    origin: originOfImport(file, source, specifier),
    hint: isNotFound(cause) ? hintForMissingPackage(specifier, path) : undefined,
    data: { file, specifier },
  });
  error.cause = cause;
  return error;
}
