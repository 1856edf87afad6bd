import { graphOf, stepCompilerOf, type CompilableProject, type CompilePlanOptions } from "../project/compile-range.js";
import type { Step } from "../history/revision.js";
import { planUpgrade } from "../history/steps.js";
import type { Proof } from "./proof.js";
import { RevisionProver, type ProvenRevision, type StepPair } from "./prove-revision.js";

export type ProveOptions = Pick<CompilePlanOptions, "x" | "tag" | "activeResources" | "schemaChecks" | "progress">;

/** The step that takes back a step up. What becomes of the version rows is no part of a proof. */
function stepBack(up: Step): StepPair {
  const { revision, rowsBefore, rowsAfter, from, to } = up;
  const down: Step = {
    direction: "downgrade",
    revision,
    rowsBefore: rowsAfter,
    rowsAfter: rowsBefore,
    versionRowChanges: [],
    from: to,
    to: from,
  };
  return { up, down };
}

/** Goes through the revisions of a range from the oldest to the newest, each with its proof. */
export async function* provenRevisions(
  project: CompilableProject,
  range: string,
  options: ProveOptions = {},
): AsyncGenerator<ProvenRevision & { readonly prover: RevisionProver }> {
  const graph = graphOf(project);
  const plan = planUpgrade(graph, range);
  const compiler = await stepCompilerOf(project, options);
  const prover = new RevisionProver(compiler);
  let before = await compiler.replay(plan.rowsBefore);
  for (const [position, step] of plan.steps.entries()) {
    options.progress?.(step, position, plan.steps.length);
    const proven = await prover.prove(stepBack(step), before);
    yield { ...proven, prover };
    const { revision, direction } = step;
    const lost = {
      sql: `the ${direction} of revision ${revision.revision}, which cannot be compiled`,
      origin: undefined,
    };
    before = proven.up?.after ?? before.withUnknown(["*"], lost);
  }
}

/**
 * Proves, for each revision of a range, that its downgrade takes back what its upgrade does to the schema: both are
 * replayed and the schemas before and after compared. Nothing is connected.
 *
 * @example
 * const { revisions } = await proveRange(await loadProject(), "base:heads");
 * revisions.filter(({ verdict }) => verdict === "notInverse").map(({ revision }) => revision);
 */
export async function proveRange(
  project: CompilableProject,
  range = "base:heads",
  options: ProveOptions = {},
): Promise<Proof> {
  const revisions = [];
  for await (const { proof } of provenRevisions(project, range, options)) revisions.push(proof);
  return { revisions };
}
