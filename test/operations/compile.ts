import { loadDialect } from "../../dialects/index.js";
import { compileNodes } from "../../src/compiler/compile.js";
import { Recorder, type Operations } from "../../src/revision/recorder.js";
import type { DialectName } from "../../src/schema/dialect-names.js";

/** The statements of a body inside a history, for the default version of a dialect or the one that is named. */
export async function compileInHistory(
  body: (op: Operations) => void,
  dialect: DialectName,
  targetVersion?: string,
): Promise<readonly string[]> {
  const loaded = await loadDialect(dialect);
  const version = targetVersion ?? loaded.defaultVersion;
  const operations = await new Recorder({ dialect: { name: dialect, version } }).record(body);
  return compileNodes(operations, { dialect: loaded, version }).statements.map((statement) => statement.sql);
}
