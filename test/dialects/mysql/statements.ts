import { compileNodes } from "../../../src/compiler/compile.js";
import type { OperationNode } from "../../../src/operations/index.js";
import type { Operations } from "../../../src/revision/recorder.js";
import { Recorder } from "../../../src/revision/recorder.js";
import { SqlembicError } from "../../../src/errors.js";
import { mariadb } from "../../../dialects/mariadb/index.js";
import { mysql } from "../../../dialects/mysql/index.js";

export type Body = (op: Operations) => void;

export interface Target {
  readonly dialect?: "mysql" | "mariadb";
  readonly version?: string;
  /** Compiled outside any history, as `compileOperations` does. */
  readonly onTrust?: boolean;
  readonly schemaChecks?: boolean;
  readonly notice?: (text: string, operation: OperationNode) => void;
}

/** The statements of a body, as in a revision of a history unless said otherwise, on one line each. */
export async function statements(body: Body, target: Target = {}): Promise<readonly string[]> {
  const dialect = target.dialect === "mariadb" ? mariadb : mysql;
  const { version = dialect.defaultVersion, onTrust = false, schemaChecks = true, notice } = target;
  const operations = await new Recorder({ dialect: { name: dialect.name, version } }).record(body);
  return compileNodes(operations, { dialect, version, onTrust, schemaChecks, notice }).statements.map(({ sql }) =>
    sql.replace(/\s+/g, " ").replaceAll("( ", "(").replaceAll(" )", ")"),
  );
}

/** The message and the hint of the error that a body ends in. */
export async function refusal(body: Body, target: Target = {}): Promise<string> {
  try {
    await statements(body, target);
  } catch (error) {
    if (error instanceof SqlembicError) return `${error.message} ${error.hint ?? ""}`;
    throw error;
  }
  throw new Error("the body compiles");
}
