import { compileRange } from "../../src/index.js";
import type { Operations } from "../../src/index.js";
import { resolveConfig } from "../../src/config/resolve.js";
import type { DialectName } from "../../src/schema/dialect-names.js";
import type { Revision } from "../../src/history/revision.js";

/** The whole script of a project that has one revision, as `upgrade head` writes it. */
export async function scriptOf(dialect: DialectName, upgrade: (op: Operations) => void): Promise<string> {
  const revision: Revision = {
    revision: "a1",
    downRevisions: [],
    dependsOn: [],
    branchLabels: [],
    message: "only",
    documentation: "only",
    file: "versions/a1.ts",
  };
  const project = {
    config: resolveConfig({ dialect }, { file: "sqlembic.config.ts" }),
    revisions: [revision],
    bodyOf: () => Promise.resolve({ upgrade }),
  };
  return (await compileRange(project, "head")).script;
}
