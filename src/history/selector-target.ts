import { RevisionError } from "../errors.js";
import { walkDown, walkUp } from "./selector-walk.js";
import { branchLineage, parseSelector, selectRevisions, type Selector } from "./selector.js";
import type { RevisionGraph, RevisionNode } from "./graph.js";

/**
 * The revisions that an upgrade from the given version rows has to reach. Differs from `selectRevisions` in that `+2`
 * counts from the rows and not from the base.
 *
 * @example upgradeTargets(graph, rows, "billing@+1")
 */
export function upgradeTargets(
  graph: RevisionGraph,
  rows: readonly RevisionNode[],
  text: string,
): readonly RevisionNode[] {
  const selector = parseSelector(text);
  const { label, symbol, offset } = selector;
  if (symbol !== undefined || offset === undefined) return withoutImplied(graph, selectRevisions(graph, text));
  if (offset <= 0) throw wrongDirection(selector, "An upgrade", "head");
  const within = label === undefined ? undefined : branchLineage(graph, label);
  const [start, ...others] = within === undefined ? rows : rowsOfBranch(graph, rows, within);
  if (start !== undefined && others.length > 0) throw severalStarts(selector, [start, ...others]);
  const target = walkUp(graph, start, offset, { text, within });
  return target === undefined ? [] : [target];
}

/**
 * `label@heads` can name a head together with another one that depends on it. Alembic refuses to go to both; going to
 * the upper one does.
 */
export function withoutImplied(graph: RevisionGraph, targets: readonly RevisionNode[]): readonly RevisionNode[] {
  if (targets.length < 2) return targets;
  const below = graph.ancestors(targets.flatMap((target) => target.effectiveDown));
  return targets.filter((target) => !below.has(target));
}

/** Where a branch stands: at its version rows, else at the highest of it that a row implies, else nowhere yet. */
function rowsOfBranch(
  graph: RevisionGraph,
  rows: readonly RevisionNode[],
  lineage: ReadonlySet<RevisionNode>,
): readonly RevisionNode[] {
  const direct = rows.filter((row) => lineage.has(row));
  if (direct.length > 0) return direct;
  const implied = [...graph.ancestors(rows)].filter((node) => lineage.has(node));
  const below = new Set(implied.flatMap((node) => node.effectiveDown));
  return implied.filter((node) => !below.has(node));
}

/** Where a downgrade ends. */
export interface DowngradeTarget {
  /** The revision that stays; undefined when the downgrade goes to the base. */
  readonly node: RevisionNode | undefined;
  /** A revision of the only branch that is taken down, when the target is below several. */
  readonly branch: string | undefined;
}

/**
 * Where a downgrade from the given version rows ends; `-1` counts from the rows.
 *
 * @example downgradeTarget(graph, rows, "billing@-1")
 */
export function downgradeTarget(graph: RevisionGraph, rows: readonly RevisionNode[], text: string): DowngradeTarget {
  const selector = parseSelector(text);
  const { label, symbol, offset } = selector;
  if (offset === undefined) return { node: absoluteTarget(graph, selector), branch: label };
  if (symbol !== undefined) return { node: selectRevisions(graph, text)[0], branch: label };
  if (offset >= 0) throw wrongDirection(selector, "A downgrade", "base");
  const [start, ...others] = label === undefined ? rows : appliedOfBranch(graph, rows, branchLineage(graph, label));
  if (start === undefined) {
    throw new RevisionError("walk-too-far", `"${text}" counts down from what is applied, but nothing is.`, {
      hint: "Give a start, as in head:-1.",
      data: { text },
    });
  }
  if (others.length > 0) throw severalStarts(selector, [start, ...others]);
  // Without a label the row itself stands for its branch, so that -1 below a branch point takes down one branch only.
  return { node: walkDown(start, -offset, { text }), branch: label ?? start.id };
}

function absoluteTarget(graph: RevisionGraph, { text, label, symbol }: Selector): RevisionNode | undefined {
  // The label of label@id only says which branch is taken down: the target may stand below that branch.
  const ofBranch = symbol === "head" || symbol === "heads" || symbol === "base";
  const targets = selectRevisions(graph, ofBranch || label === undefined ? text : (symbol ?? text));
  if (targets.length < 2) return targets[0];
  const ids = targets.map((target) => target.id);
  throw new RevisionError("multiple-heads", `A downgrade ends at one revision, but "${text}" is ${ids.join(", ")}.`, {
    hint: "Name one of them.",
    data: { text, revisions: ids },
  });
}

/** Like `rowsOfBranch`; an implied revision counts when nothing that follows it is applied, dependents aside. */
function appliedOfBranch(
  graph: RevisionGraph,
  rows: readonly RevisionNode[],
  lineage: ReadonlySet<RevisionNode>,
): readonly RevisionNode[] {
  const direct = rows.filter((row) => lineage.has(row));
  if (direct.length > 0) return direct;
  return currentRevisions(graph, rows).filter((node) => lineage.has(node));
}

/**
 * What the `current` command shows for the given version rows: the rows, and the tips of other branches that are
 * applied because a row depends on them.
 */
export function currentRevisions(graph: RevisionGraph, rows: Iterable<RevisionNode>): readonly RevisionNode[] {
  const applied = graph.ancestors(rows);
  return graph.nodes.filter((node) => applied.has(node) && !node.next.some((above) => applied.has(above)));
}

function wrongDirection({ text, label, offset = 0 }: Selector, command: string, end: "head" | "base"): RevisionError {
  const instead = `${label === undefined ? "" : `${label}@`}${end}${offset < 0 ? offset : `+${offset}`}`;
  return new RevisionError("wrong-direction", `${command} cannot go to "${text}", which counts the other way.`, {
    hint: `To count from an end of the history write ${instead}.`,
    data: { text },
  });
}

function severalStarts({ text, offset = 0 }: Selector, starts: readonly RevisionNode[]): RevisionError {
  const ids = starts.map((start) => start.id);
  return new RevisionError("ambiguous-start", `"${text}" could count from any of ${ids.join(", ")}.`, {
    hint: `Say from which branch, as in ${ids[0]}@${offset < 0 ? offset : `+${offset}`}.`,
    data: { text, revisions: ids },
  });
}
