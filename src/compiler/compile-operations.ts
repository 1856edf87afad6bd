import type { OperationNode } from "../operations/index.js";
import { fitterOf } from "./identifiers.js";
import type { Operations } from "../revision/recorder.js";
import { Recorder } from "../revision/recorder.js";
import type { DialectName } from "../schema/dialect-names.js";
import { inRevision } from "../operations/in-revision.js";
import type { NamingConvention } from "../schema/naming.js";
import { compileNodes } from "./compile.js";
import type { Dialect } from "./dialect.js";
import type { Statement } from "./statement.js";
import { targetVersionOf } from "./target-version.js";

export interface CompileOperationsOptions {
  readonly dialect: DialectName;
  readonly targetVersion?: string | undefined;
  readonly namingConvention?: NamingConvention | undefined;
  readonly x?: Readonly<Record<string, string>> | undefined;
  /** Values are written in ASCII only. */
  readonly ascii?: boolean | undefined;
  readonly notice?: ((text: string, operation: OperationNode) => void) | undefined;
}

/**
 * Compiles one body of calls outside any history: tables that it does not know are taken on trust.
 *
 * @throws SqlembicError with the position of the call that cannot be compiled
 */
export async function compileBody(
  body: (op: Operations) => unknown,
  dialect: Dialect,
  options: CompileOperationsOptions,
): Promise<readonly Statement[]> {
  const version = targetVersionOf(dialect, options.targetVersion);
  const { namingConvention, x, ascii, notice } = options;
  const fitName = fitterOf(dialect.identifiers);
  const context = { dialect: { name: dialect.name, version }, namingConvention, fitName, x };
  const recorder = new Recorder(context);
  const operations = inRevision(await recorder.record(body));
  await recorder.settle();
  return compileNodes(operations, { dialect, version, namingConvention, onTrust: true, ascii, notice }).statements;
}
