import { buildGraph } from "../../src/history/graph-builder.js";
import type { RevisionGraph, RevisionNode } from "../../src/history/graph.js";
import type { Revision, Step } from "../../src/history/revision.js";

/** The parts of a revision that the graph depends on. */
export interface RevisionSketch {
  readonly id: string;
  readonly down?: readonly string[];
  readonly dependsOn?: readonly string[];
  readonly labels?: readonly string[];
}

function revision({ id, down = [], dependsOn = [], labels = [] }: RevisionSketch): Revision {
  const file = `versions/${id}.ts`;
  return {
    revision: id,
    downRevisions: down,
    dependsOn,
    branchLabels: labels,
    message: "",
    documentation: "",
    file,
  };
}

export function graphOf(...sketches: readonly RevisionSketch[]): RevisionGraph {
  return buildGraph(sketches.map(revision));
}

/** A graph of revisions in one line, each following the one before. */
export function chain(...ids: readonly string[]): RevisionGraph {
  return graphOf(...ids.map((id, index) => ({ id, down: ids.slice(Math.max(0, index - 1), index) })));
}

export function ids(nodes: Iterable<RevisionNode>): string[] {
  return [...nodes].map((node) => node.id);
}

/** A step in one line: `a -> b; UPDATE a b; b` is the log line, the changes of the version table, its rows after. */
export function stepText(step: Step): string {
  const changes = step.versionRowChanges.map((row) =>
    row.change === "update" ? `UPDATE ${row.from} ${row.to}` : `${row.change.toUpperCase()} ${row.version}`,
  );
  return `${step.from.join(",")} -> ${step.to.join(",")}; ${changes.join(", ")}; ${step.rowsAfter.join(",")}`;
}

/** The error that a call throws, for looking at its code and hint. */
export function errorOf(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  throw new Error("the call was expected to throw");
}
