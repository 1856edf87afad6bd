import { ConfigError, SqlembicError } from "../errors.js";
import { reasonOf } from "../revision/load-failures.js";
import { originOfError } from "../revision/origin.js";

/** A function of the configuration whose failure is told as that: with its place in the file. */
export function configFunction<A extends readonly unknown[], R>(
  name: string,
  given: ((...values: A) => R) | undefined,
): ((...values: A) => R) | undefined {
  if (given === undefined) return undefined;
  const failed = (cause: unknown): never => {
    if (cause instanceof SqlembicError) throw cause;
    const problem = `${name} failed: ${cause instanceof Error ? reasonOf(cause) : String(cause)}`;
    throw new ConfigError("config-function-failed", problem, { origin: originOfError(cause), problems: [problem] });
  };
  return (...values) => {
    try {
      const returned = given(...values);
      return returned instanceof Promise ? (returned.catch(failed) as R) : returned;
    } catch (cause) {
      return failed(cause);
    }
  };
}
