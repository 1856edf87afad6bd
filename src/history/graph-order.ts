import type { RevisionGraph, RevisionNode } from "./graph.js";

/**
 * Puts a set of revisions into Alembic's order, from the top down: every revision comes before those below it, and one
 * line is followed as far as it goes before the next one is taken up. An upgrade runs this order backwards.
 *
 * `tops` are the revisions to begin with. The first in the order given is walked first; where a line meets a revision
 * that another line still stands on, the walk goes on with that other line. A merge point hands its own place to its
 * first down revision and puts the others, then its dependencies, at the end of the queue.
 *
 * The result is that of `RevisionMap._topological_sort`, with the ancestors that it recomputes at every merge point
 * replaced by a count of what still stands on a revision: a history with thousands of merges stays linear.
 */
export function orderDownwards(
  graph: RevisionGraph,
  selected: ReadonlySet<RevisionNode>,
  tops: Iterable<RevisionNode>,
): readonly RevisionNode[] {
  const lines = startingLines(selected, tops);
  const standing = new Standing(graph, selected, lines);
  const waiting = new Set(lines);
  const ordered: RevisionNode[] = [];
  let current = 0;
  for (let candidate = lines[current]; candidate !== undefined; candidate = lines[current]) {
    if (standing.isUnder(candidate)) {
      const above = standing.above(candidate);
      current = lines.findIndex((line) => line !== candidate && above.has(line));
      continue;
    }
    ordered.push(candidate);
    standing.remove(candidate);
    waiting.delete(candidate);
    const below = candidate.effectiveDown.filter((node) => selected.has(node) && !waiting.has(node));
    const [first, ...others] = below;
    if (first === undefined) {
      lines.splice(current, 1);
      current = Math.max(current - 1, 0);
    } else {
      lines[current] = first;
      lines.push(...others);
      for (const node of below) waiting.add(node);
    }
  }
  return ordered;
}

/**
 * The tops that are selected, and what is selected without anything selected above it: a range whose upper end lies
 * outside of it because only a dependency leads there.
 */
function startingLines(selected: ReadonlySet<RevisionNode>, tops: Iterable<RevisionNode>): RevisionNode[] {
  const lines = new Set<RevisionNode>();
  for (const top of tops) if (selected.has(top)) lines.add(top);
  for (const node of selected) {
    if (!node.allNext.some((above) => selected.has(above))) lines.add(node);
  }
  return [...lines].sort((left, right) => left.position - right.position);
}

/** Knows which revisions still have another one above them that has not been put into the order. */
class Standing {
  readonly #selected: ReadonlySet<RevisionNode>;
  /** How many direct neighbours above each revision are left; a revision leaves when it has been ordered. */
  readonly #left = new Map<RevisionNode, number>();

  constructor(graph: RevisionGraph, selected: ReadonlySet<RevisionNode>, lines: readonly RevisionNode[]) {
    this.#selected = selected;
    const reach = graph.ancestors(lines);
    for (const node of reach) this.#left.set(node, 0);
    for (const node of reach) {
      for (const below of node.effectiveDown) this.#left.set(below, (this.#left.get(below) ?? 0) + 1);
    }
  }

  isUnder(node: RevisionNode): boolean {
    return (this.#left.get(node) ?? 0) > 0;
  }

  /** Everything above a revision that is left. */
  above(node: RevisionNode): ReadonlySet<RevisionNode> {
    const found = new Set<RevisionNode>();
    const pending = [node];
    for (let below = pending.pop(); below !== undefined; below = pending.pop()) {
      for (const above of below.allNext) {
        if (this.#left.has(above) && !found.has(above)) {
          found.add(above);
          pending.push(above);
        }
      }
    }
    return found;
  }

  /** Takes an ordered revision away, and with it those outside of the selection on which nothing stands any more. */
  remove(ordered: RevisionNode): void {
    const gone = [ordered];
    for (let node = gone.pop(); node !== undefined; node = gone.pop()) {
      this.#left.delete(node);
      for (const below of node.effectiveDown) {
        const left = (this.#left.get(below) ?? 0) - 1;
        this.#left.set(below, left);
        if (left === 0 && !this.#selected.has(below)) gone.push(below);
      }
    }
  }
}
