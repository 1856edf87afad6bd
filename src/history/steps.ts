import { RevisionError } from "../errors.js";
import { orderDownwards } from "./graph-order.js";
import type { RevisionGraph, RevisionNode } from "./graph.js";
import type { Step } from "./revision.js";
import { downgradeTarget, upgradeTargets, type DowngradeTarget } from "./selector-target.js";
import { findBranch, parseRange } from "./selector.js";
import { describeRange, emptyRange, notBelowStart, reversedRange } from "./steps-errors.js";
import { VersionRows } from "./steps-rows.js";
import { refuseOverlap, selectStart, selectVersionRows } from "./steps-start.js";

/** What a command runs, in order, and what it assumes of the database. */
export interface Plan {
  readonly steps: readonly Step[];
  /** The version rows that the database has to hold before the first step, sorted. */
  readonly rowsBefore: readonly string[];
  /** The version rows after the last step, sorted. */
  readonly rowsAfter: readonly string[];
  /** The first step starts from nothing, so that the version table is made before it: Alembic's rule for scripts. */
  readonly createsVersionTable: boolean;
  /** The range named no start and a downgrade assumed the heads; worth telling the user. */
  readonly startsFromHeads: boolean;
  /** All rows of the version table are removed before the first step. */
  readonly purges: boolean;
}

/** A start that was read from a version table, and how far to go from there. */
export interface FromRows {
  /** The version rows: whole identifiers, in any order. */
  readonly rows: readonly string[];
  readonly target: string;
}

/**
 * The steps of `upgrade`. Without a start the range begins at the base, without an end it goes to all heads.
 *
 * A range that holds no step is an error. Version rows that have everything already give a plan without steps.
 *
 * @example planUpgrade(graph, "ae10:head").steps.map((step) => step.revision.revision)
 */
export function planUpgrade(graph: RevisionGraph, request: string | FromRows): Plan {
  const { start, target, range } = readRequest(graph, request, "base", "heads");
  refuseOverlap(graph, start);
  const targets = target.split(",").flatMap((one) => upgradeTargets(graph, start, one.trim()));
  const applied = graph.ancestors(start);
  const missing = new Set([...graph.ancestors(targets)].filter((node) => !applied.has(node)));
  if (missing.size === 0 && range !== undefined && graph.nodes.length > 0) {
    const same = targets.length === 0 ? start.length === 0 : targets.every((node) => start.includes(node));
    throw same ? emptyRange(range) : reversedRange(range, "upgrade", start, targets);
  }
  const rows = new VersionRows(graph, start);
  const steps = [...orderDownwards(graph, missing, targets)].reverse().map((node) => upgradeStep(rows, node));
  return plan(start, steps);
}

/**
 * The steps of `downgrade`. Without a start the range begins at the heads (`startsFromHeads` says so), without an end it
 * goes to the base.
 *
 * @example planDowngrade(graph, "head:-1").steps
 */
export function planDowngrade(graph: RevisionGraph, request: string | FromRows): Plan {
  const { start, target, range, startsFromHeads } = readRequest(graph, request, "heads", "base");
  const end = downgradeTarget(graph, start, target);
  const applied = graph.ancestors(start);
  const above = graph.descendants(downgradeRoots(graph, end, target));
  const removed = new Set([...applied].filter((node) => above.has(node)));
  if (removed.size === 0) {
    const described = range ?? describeRange(start, target);
    if (end.node !== undefined && !start.includes(end.node)) {
      const overshoots = graph.descendants(start).has(end.node) || start.length === 0;
      throw overshoots
        ? reversedRange(described, "downgrade", start, [end.node])
        : notBelowStart(described, end.node, start);
    }
    if (range !== undefined && graph.nodes.length > 0) throw emptyRange(range);
  }
  const rows = new VersionRows(graph, start);
  const steps = orderDownwards(graph, removed, start).map((node) => downgradeStep(rows, node));
  return { ...plan(start, steps), startsFromHeads };
}

interface Request {
  readonly start: readonly RevisionNode[];
  readonly target: string;
  /** The range as a user would write it; undefined when the start came from a version table. */
  readonly range: string | undefined;
  readonly startsFromHeads: boolean;
}

function readRequest(
  graph: RevisionGraph,
  request: string | FromRows,
  defaultStart: "base" | "heads",
  defaultEnd: "base" | "heads",
): Request {
  if (typeof request !== "string") {
    const start = selectVersionRows(graph, request.rows);
    return { start, target: request.target, range: undefined, startsFromHeads: false };
  }
  const range = parseRange(request);
  const startText = range.start ?? [defaultStart];
  const target = range.end ?? defaultEnd;
  return {
    start: selectStart(graph, startText),
    target,
    range: `${startText.join(",")}:${target}`,
    startsFromHeads: range.start === undefined && defaultStart === "heads",
  };
}

/** The lowest revisions that a downgrade takes away; what stands on them goes too. */
function downgradeRoots(
  graph: RevisionGraph,
  { node, branch }: DowngradeTarget,
  target: string,
): readonly RevisionNode[] {
  const roots = node === undefined ? graph.bases : node.next;
  if (branch === undefined || roots.length < 2) return roots;
  const line = graph.ancestors([findBranch(graph, branch)], { dependencies: false });
  const ofBranch = roots.filter((root) => line.has(root));
  if (ofBranch.length > 0) return ofBranch;
  throw new RevisionError("not-below-branch", `"${target}" is not below the branch "${branch}".`, {
    hint: `Leave "${branch}@" out to take down all branches that stand on it.`,
    data: { target, branch },
  });
}

function upgradeStep(rows: VersionRows, node: RevisionNode): Step {
  const rowsBefore = rows.versions;
  const versionRowChanges = rows.upgrade(node);
  return {
    direction: "upgrade",
    revision: node.revision,
    rowsBefore,
    rowsAfter: rows.versions,
    versionRowChanges,
    from: node.down.map((down) => down.id),
    to: [node.id],
  };
}

function downgradeStep(rows: VersionRows, node: RevisionNode): Step {
  const rowsBefore = rows.versions;
  const versionRowChanges = rows.downgrade(node);
  return {
    direction: "downgrade",
    revision: node.revision,
    rowsBefore,
    rowsAfter: rows.versions,
    versionRowChanges,
    from: [node.id],
    to: node.down.map((down) => down.id),
  };
}

/** Surrounds steps with what they assume. */
export function plan(start: readonly RevisionNode[], steps: readonly Step[]): Plan {
  const rowsBefore = start.map((node) => node.id).sort();
  return {
    steps,
    rowsBefore,
    rowsAfter: steps.at(-1)?.rowsAfter ?? rowsBefore,
    createsVersionTable: rowsBefore.length === 0 && steps.length > 0,
    startsFromHeads: false,
    purges: false,
  };
}
