import { UsageError } from "../errors.js";
import type { RevisionGraph, RevisionNode } from "./graph.js";
import type { Step, VersionRowChange } from "./revision.js";
import { downgradeTarget, upgradeTargets, withoutImplied } from "./selector-target.js";
import { findBranch, parseRange, parseSelector, selectRevisions } from "./selector.js";
import { VersionRows } from "./steps-rows.js";
import { refuseOverlap, selectStart, selectVersionRows } from "./steps-start.js";
import { plan, type Plan } from "./steps.js";

export interface StampOptions {
  /** The version rows that the database holds, when they were read from it. */
  readonly rows?: readonly string[] | undefined;
  /** Remove all rows first, whatever they are. */
  readonly purge?: boolean | undefined;
}

/**
 * The steps of `stamp`, which changes version rows and runs nothing. Every target may carry the start, as in `a:b`;
 * without one the version table is taken to be empty.
 *
 * @example planStamp(graph, ["ae10:27c6"]).steps[0]?.versionRowChanges // [{ change: "update", from: …, to: … }]
 */
export function planStamp(graph: RevisionGraph, targets: readonly string[], options: StampOptions = {}): Plan {
  const { rows, purge = false } = options;
  const { start: startText, ends } = splitTargets(targets);
  if (startText !== undefined && (purge || rows !== undefined)) {
    throw new UsageError(
      "two-starts",
      `The start "${startText.join(",")}" stands beside rows that are already known.`,
      {
        hint: `Write ${ends.join(" ")} without a start, or leave the other option out.`,
        data: { targets: [...targets] },
      },
    );
  }
  const start = purge ? [] : rows === undefined ? selectStart(graph, startText ?? []) : selectVersionRows(graph, rows);
  const stamped = new Stamp(graph, start);
  const steps = stamped.to(ends);
  if (steps.length === 0 && !purge && rows === undefined && graph.nodes.length > 0) {
    const shown = `${startText?.join(",") ?? "base"}:${ends.join(" ")}`;
    throw new UsageError("empty-range", `Stamping "${shown}" changes no row of the version table.`, {
      hint: "Give the start that the database is at, as in heads:base, or remove all rows with --purge.",
      data: { targets: [...targets] },
    });
  }
  const planned = plan(start, steps);
  return { ...planned, purges: purge, createsVersionTable: planned.createsVersionTable && !purge };
}

function splitTargets(targets: readonly string[]): { start: readonly string[] | undefined; ends: readonly string[] } {
  const ranges = targets.map(parseRange);
  const starts = ranges.map((range) => range.start).filter((start) => start !== undefined);
  const [start] = starts;
  const other = starts.find((candidate) => candidate.join(",") !== start?.join(","));
  if (start !== undefined && other !== undefined) {
    throw new UsageError(
      "two-starts",
      `A stamp has one start, but both ${start.join(",")} and ${other.join(",")} are given.`,
      {
        hint: "Several starting heads are written a,b:target.",
        data: { targets: [...targets] },
      },
    );
  }
  const ends = ranges.map(({ end, text }) => {
    if (end !== undefined) return end;
    throw new UsageError("malformed-range", `"${text}" does not say which revision to stamp.`, {
      hint: "Write start:target or target.",
      data: { text },
    });
  });
  return { start, ends };
}

class Stamp {
  readonly #graph: RevisionGraph;
  readonly #start: readonly RevisionNode[];
  readonly #rows: VersionRows;

  constructor(graph: RevisionGraph, start: readonly RevisionNode[]) {
    this.#graph = graph;
    this.#start = start;
    this.#rows = new VersionRows(graph, start);
  }

  to(targets: readonly string[]): readonly Step[] {
    const concerned = [...new Set(targets.flatMap((target) => this.#rowsConcerned(target)))];
    const destinations = [...new Set(targets.flatMap((target) => this.#destinations(target)))];
    refuseOverlap(this.#graph, destinations);
    if (destinations.length === 0) return concerned.map((row) => this.#remove(row));
    return destinations.filter((node) => !concerned.includes(node)).map((node) => this.#move(concerned, node));
  }

  /** The rows on the branches of a target: those below or above it, dependencies included, or all of them for `base`. */
  #rowsConcerned(target: string): readonly RevisionNode[] {
    const { label } = parseSelector(target);
    const nodes = [...this.#destinations(target)];
    if (label !== undefined) nodes.push(findBranch(this.#graph, label));
    if (nodes.length === 0) return this.#start;
    const lineage = this.#graph.lineage(nodes, { dependencies: true });
    return this.#start.filter((row) => lineage.has(row));
  }

  /** `+1` and `-1` count from the start when there is one. */
  #destinations(target: string): readonly RevisionNode[] {
    const { symbol, offset } = parseSelector(target);
    if (symbol !== undefined || offset === undefined || this.#start.length === 0) {
      return withoutImplied(this.#graph, selectRevisions(this.#graph, target));
    }
    if (offset > 0) return upgradeTargets(this.#graph, this.#start, target);
    const { node } = downgradeTarget(this.#graph, this.#start, target);
    return node === undefined ? [] : [node];
  }

  #remove(row: RevisionNode): Step {
    return this.#step(row, [row], [], () => [this.#rows.delete(row)]);
  }

  #move(concerned: readonly RevisionNode[], node: RevisionNode): Step {
    const above = this.#graph.descendants([node]);
    const below = this.#graph.ancestors([node]);
    if (concerned.some((row) => above.has(row))) {
      return this.#step(node, concerned, [node], () => this.#rows.replace(concerned, node));
    }
    if (concerned.some((row) => below.has(row))) {
      // An earlier target took one of these rows already: then Alembic adds a row instead of replacing the others.
      const complete = concerned.every((row) => this.#rows.has(row));
      return this.#step(node, concerned, [node], () => this.#rows.replace(complete ? concerned : [], node));
    }
    return this.#step(node, [], [node], () => [this.#rows.insert(node)]);
  }

  #step(
    node: RevisionNode,
    from: readonly RevisionNode[],
    to: readonly RevisionNode[],
    change: () => readonly VersionRowChange[],
  ): Step {
    const rowsBefore = this.#rows.versions;
    const versionRowChanges = change();
    return {
      direction: "stamp",
      revision: node.revision,
      rowsBefore,
      rowsAfter: this.#rows.versions,
      versionRowChanges,
      from: from.map((row) => row.id),
      to: to.map((row) => row.id),
    };
  }
}
