import { LoadError, SqlembicError, type Origin } from "../errors.js";
import { mapStack, originOfError } from "./origin.js";

/** The value of a JSON file, as the module that it is to its importers. */
export function parseJson(file: string, source: string): object {
  try {
    return { default: JSON.parse(source) as unknown };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const error = new LoadError("syntax-error", `${file} is not JSON: ${reason}`, { data: { file } });
    error.cause = cause;
    throw error;
  }
}

/** Anything thrown while a file was evaluated, as an error that says where. */
export function failureOf(file: string, cause: unknown): SqlembicError {
  if (cause instanceof Error) {
    const origin = originOfError(cause);
    mapStack(cause);
    if (cause instanceof SqlembicError) {
      cause.origin ??= origin;
      return cause;
    }
    return withCause(file, reasonOf(cause), origin, cause);
  }
  return withCause(file, String(cause), undefined, cause);
}

/**
 * What an error says, in the names of its author: where a module was rewritten to be run, an import is a property there.
 *
 * @example reasonOf(new TypeError("(0 , __vite_ssr_import_0__.colum) is not a function")) // "TypeError: colum is not a function"
 */
export function reasonOf({ name, message }: Error): string {
  return `${name}: ${message}`
    .replace(/\(0 ?, (__vite_ssr_import_\d+__\.[\w$.]+)\)/g, "$1")
    .replace(/__vite_ssr_import_\d+__\./g, "");
}

function withCause(file: string, reason: string, origin: Origin | undefined, cause: unknown): LoadError {
  const error = new LoadError("evaluation-failed", `${file} failed while it was loaded: ${reason}`, {
    origin: origin ?? { file, line: 1, column: 1 },
    data: { file },
  });
  error.cause = cause;
  return error;
}
