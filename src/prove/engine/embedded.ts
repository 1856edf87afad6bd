import { EngineError } from "../../errors.js";

/**
 * An optional package that has a database engine in it.
 *
 * @throws EngineError that says how to install it
 */
export async function embeddedPackage<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause && cause.code === "ERR_MODULE_NOT_FOUND")) throw cause;
    const error = new EngineError(
      "engine-missing",
      `The package ${name}, which has the engine in it, is not installed.`,
      {
        hint: `Install it with: npm install --save-dev ${name}. Or name a server: prove --engine=URL`,
        data: { package: name },
      },
    );
    error.cause = cause;
    throw error;
  }
}

/** What an embedded engine has against a statement. */
export function refused(engine: string, cause: unknown): EngineError {
  const text = cause instanceof Error ? cause.message : String(cause);
  const error = new EngineError("engine-refused", `${engine}: ${text}`);
  error.cause = cause;
  return error;
}
