import { isBranchPoint, isEffectiveHead, isHead, isMergePoint } from "../history/graph.js";
import type { RevisionGraph, RevisionNode } from "../history/graph.js";
import { visibleText } from "../visible-text.js";

/** What stands in a line about a revision. */
export interface LineOptions {
  readonly parents?: boolean;
  readonly labels?: boolean;
  readonly message?: boolean;
  /** Branch points and merge points are marked; true unless said otherwise. */
  readonly forks?: boolean;
  /** The revisions that a database stands at. */
  readonly current?: ReadonlySet<RevisionNode>;
}

/**
 * One line about a revision, as Alembic writes it.
 *
 * @example revisionLine(graph, node, { parents: true, message: true }) // "1975ea83b712 -> ae1027a6acf (head), add account"
 */
export function revisionLine(graph: RevisionGraph, node: RevisionNode, options: LineOptions = {}): string {
  const { revision } = node;
  const dependsOn = revision.dependsOn.length === 0 ? "" : ` (${revision.dependsOn.join(", ")})`;
  const labels = options.labels ? graph.branchLabels(node) : [];
  const line = [
    options.parents ? `${parentsOf(node)}${dependsOn} -> ` : "",
    node.id,
    labels.length === 0 ? "" : ` (${labels.join(", ")})`,
    isHead(node) ? (isEffectiveHead(node) ? " (effective head)" : " (head)") : "",
    options.current?.has(node) ? " (current)" : "",
    options.forks === false ? "" : forksOf(node),
    options.message ? `, ${revision.message}` : "",
  ].join("");
  return visibleText(line);
}

/** All about a revision, as Alembic's verbose lists and its `show` write it. Ends with an empty line. */
export function revisionEntry(
  graph: RevisionGraph,
  node: RevisionNode,
  current: ReadonlySet<RevisionNode> = new Set(),
): string {
  const { revision } = node;
  const labels = graph.branchLabels(node);
  const marks = `${isHead(node) ? " (head)" : ""}${forksOf(node)}${current.has(node) ? " (current)" : ""}`;
  const documentation = revision.documentation.split("\n").map((line) => `    ${line}`);
  const lines = [
    `Rev: ${node.id}${marks}`,
    `${isMergePoint(node) ? "Merges" : "Parent"}: ${parentsOf(node)}`,
    ...(revision.dependsOn.length > 0 ? [`Also depends on: ${revision.dependsOn.join(", ")}`] : []),
    ...(isBranchPoint(node) ? [`Branches into: ${idsOf(node.next)}`] : []),
    ...(labels.length > 0 ? [`Branch names: ${labels.join(", ")}`] : []),
    `Path: ${revision.file}`,
    "",
    ...documentation,
    "",
  ].join("\n");
  return visibleText(lines);
}

function parentsOf(node: RevisionNode): string {
  return node.down.length === 0 ? "<base>" : idsOf(node.down);
}

function forksOf(node: RevisionNode): string {
  return `${isBranchPoint(node) ? " (branchpoint)" : ""}${isMergePoint(node) ? " (mergepoint)" : ""}`;
}

function idsOf(nodes: readonly RevisionNode[]): string {
  return nodes.map((node) => node.id).join(", ");
}
