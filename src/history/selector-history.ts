import { RevisionError } from "../errors.js";
import { orderDownwards } from "./graph-order.js";
import { walkDown } from "./selector-walk.js";
import { branchLineage, findBranch, headsToCountFrom, parseRange, parseSelector, selectRevisions } from "./selector.js";
import type { RevisionGraph, RevisionNode } from "./graph.js";

/**
 * The revisions of a range from the top down, both ends included: what `history` prints. Without a range, or for a side
 * left out, everything.
 *
 * A start leaves out what is not above it along `downRevision`. `-3:` are the revisions from three below the heads; more
 * than there are is all of them.
 *
 * @example selectHistory(graph, "ae10:head").map((node) => node.id)
 */
export function selectHistory(graph: RevisionGraph, text = ":"): readonly RevisionNode[] {
  const { start, end = "heads" } = parseRange(text);
  const lowers = [...new Set((start ?? ["base"]).flatMap((item) => historyStart(graph, item)))];
  const uppers = historyEnd(graph, start, lowers, end);
  const selected = graph.ancestors(uppers);
  const outside = lowers.find((lower) => !selected.has(lower));
  if (outside !== undefined) throw notBelow(outside, end, text);
  if (lowers.length === 0) return orderDownwards(graph, selected, uppers);
  const wanted = graph.descendants(lowers, { dependencies: false });
  return orderDownwards(graph, new Set([...selected].filter((node) => wanted.has(node))), uppers);
}

function historyStart(graph: RevisionGraph, text: string): readonly RevisionNode[] {
  const { label, symbol, offset } = parseSelector(text);
  if (symbol !== undefined || offset === undefined || offset >= 0) return selectRevisions(graph, text, { clamp: true });
  const heads = headsToCountFrom(graph, label);
  const lowers = heads.map((head) => walkDown(head, -offset, { text, clamp: true }));
  if (lowers.every((lower) => lower === undefined)) return [];
  // A line that is shorter than asked for is shown whole, beside the longer ones.
  return heads.map((head, index) => lowers[index] ?? lowest(graph, head));
}

function lowest(graph: RevisionGraph, head: RevisionNode): RevisionNode {
  return [...graph.ancestors([head], { dependencies: false })].at(-1) ?? head;
}

function historyEnd(
  graph: RevisionGraph,
  start: readonly string[] | undefined,
  lowers: readonly RevisionNode[],
  end: string,
): readonly RevisionNode[] {
  const { label, symbol, offset } = parseSelector(end);
  const countsFromStart = symbol === undefined && offset !== undefined && offset > 0;
  const [lower, ...others] = lowers;
  const branch = label === undefined ? "" : `${label}@`;
  const text = countsFromStart && lower && others.length === 0 ? `${branch}${lower.id}+${offset}` : end;
  const uppers = selectRevisions(graph, text, { clamp: true });
  const labels = (start ?? []).map((item) => parseSelector(item).label).filter((item) => item !== undefined);
  return labels.reduce((rest, item) => rest.filter(branchMember(graph, item)), uppers);
}

/** Whether a revision shows the label of a branch; the lineage decides for a branch that has none. */
function branchMember(graph: RevisionGraph, label: string): (node: RevisionNode) => boolean {
  const branch = findBranch(graph, label);
  const [ownLabel, ...others] = graph.branchLabels(branch);
  const named = graph.labelled(label) === branch ? label : others.length === 0 ? ownLabel : undefined;
  if (named !== undefined) return (node) => graph.branchLabels(node).includes(named);
  const lineage = branchLineage(graph, label);
  return (node) => lineage.has(node);
}

function notBelow(lower: RevisionNode, end: string, text: string): RevisionError {
  return new RevisionError(
    "not-an-ancestor",
    `Revision "${lower.id}" (${lower.revision.file}) is not an ancestor of "${end}".`,
    { hint: "A range goes from the older to the newer revision: start:end.", data: { range: text, start: lower.id } },
  );
}
