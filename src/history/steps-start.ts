import { RevisionError } from "../errors.js";
import { didYouMean } from "../suggestion.js";
import type { RevisionGraph, RevisionNode } from "./graph.js";
import { withoutImplied } from "./selector-target.js";
import { selectRevisions } from "./selector.js";

/**
 * The version rows that the left side of a range assumes, sorted: `base` is none, `heads` what a complete database has.
 */
export function selectStart(graph: RevisionGraph, texts: readonly string[]): readonly RevisionNode[] {
  const start = sortById(texts.flatMap((text) => withoutImplied(graph, selectRevisions(graph, text))));
  refuseOverlap(graph, start);
  return start;
}

/** A row that says how far a revision is, `a006+1`, as scripts leave it when they end in its middle. */
function halfApplied(row: string, known: readonly string[]): RevisionError | undefined {
  const [, begun = "", sign = "", parts = ""] = /^(.+)([+-])(\d+)$/.exec(row) ?? [];
  const revision = known.find((id) => id === begun || (row.length === 32 && id.startsWith(begun)));
  if (begun === "") return undefined;
  const way = sign === "+" ? "upgrade" : "downgrade";
  if (revision === undefined) {
    return new RevisionError(
      "unknown-version-row",
      `The version table holds "${row}", the mark of a half-applied ${way} of "${begun}", which is not a revision of this project.${didYouMean(begun, known)}`,
      {
        hint: "Finish it with the script that began it, or with the project that has this revision; then ask again.",
        data: { row, revision: begun },
      },
    );
  }
  return new RevisionError(
    "half-applied-row",
    `The ${way} of ${revision} is half-applied: the version table holds "${row}", ${parts} of its parts are done.`,
    {
      hint: "Apply the script that began it once more: it goes on there, and takes the row away at its end.",
      data: { row, revision },
    },
  );
}

/** The revisions of rows read from a version table, sorted: a table gives its rows in no order. */
export function selectVersionRows(graph: RevisionGraph, rows: readonly string[]): readonly RevisionNode[] {
  const known = graph.nodes.map((node) => node.id);
  const nodes = rows.map((row) => {
    const node = graph.get(row);
    if (node !== undefined) return node;
    const half = halfApplied(row, known);
    if (half !== undefined) throw half;
    throw new RevisionError(
      "unknown-version-row",
      `The version table holds "${row}", which is not a revision of this project.${didYouMean(row, known)}`,
      {
        hint: "The rows may be those of another project, or the revision file is missing here.",
        data: { row, rows: [...rows] },
      },
    );
  });
  return sortById(nodes);
}

/** A version table holds no row that another of its rows implies; nor may a list of revisions to stamp or start from. */
export function refuseOverlap(graph: RevisionGraph, nodes: readonly RevisionNode[]): void {
  if (nodes.length < 2) return;
  for (const node of nodes) {
    const implied = graph.ancestors([node]);
    const below = nodes.find((other) => other !== node && implied.has(other));
    if (below === undefined) continue;
    throw new RevisionError(
      "overlapping-revisions",
      `Revision "${below.id}" (${below.revision.file}) is already implied by "${node.id}" (${node.revision.file}), which follows or depends on it.`,
      {
        hint: `Leave "${below.id}" out. If it is a row of a version table, delete that row first.`,
        data: { revision: node.id, implied: below.id },
      },
    );
  }
}

function sortById(nodes: readonly RevisionNode[]): readonly RevisionNode[] {
  return [...new Set(nodes)].sort((left, right) => (left.id < right.id ? -1 : 1));
}
