import { resolveConfig } from "../../src/config/resolve.js";
import type { CompilableProject } from "../../src/project/compile-range.js";
import type { RevisionFunctions } from "../../src/compiler/compile-plan.js";
import type { Config } from "../../src/config/config.js";
import type { Revision } from "../../src/history/revision.js";

/** A revision in memory: its file is `versions/<id>.ts`. */
export interface RevisionInMemory extends RevisionFunctions {
  readonly id: string;
  /** The revision before, when it is not the one that stands before it in the list. */
  readonly down?: string | readonly string[] | null;
}

/** A project whose revisions follow one another, without any file. */
export function history(config: Config, revisions: readonly RevisionInMemory[]): CompilableProject {
  const bodies = new Map(revisions.map((revision) => [revision.id, revision]));
  return {
    config: resolveConfig(config, { file: "sqlembic.config.ts" }),
    revisions: revisions.map(
      ({ id, down = revisions[revisions.findIndex((one) => one.id === id) - 1]?.id }): Revision => ({
        revision: id,
        downRevisions: down === undefined || down === null ? [] : [down].flat(),
        dependsOn: [],
        branchLabels: [],
        message: `revision ${id}`,
        documentation: `revision ${id}`,
        file: `versions/${id}.ts`,
      }),
    ),
    bodyOf: ({ revision }) => Promise.resolve(bodies.get(revision) ?? {}),
  };
}
