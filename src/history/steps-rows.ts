import type { RevisionGraph, RevisionNode } from "./graph.js";
import type { VersionRowChange } from "./revision.js";

/**
 * The rows of the version table as they change from step to step. A row is a revision that is applied and that no other
 * applied revision follows or depends on.
 *
 * Which rows a step inserts, updates or deletes is what Alembic's `HeadMaintainer` does. Where Alembic takes the
 * members of a set in no order, the order here is that of the file: `downRevisions`, then `dependsOn`.
 */
export class VersionRows {
  readonly #rows: Set<RevisionNode>;
  readonly #applied: Set<RevisionNode>;
  /** The identifiers of the rows, until one of them changes. */
  #versions: readonly string[] | undefined;

  constructor(graph: RevisionGraph, rows: Iterable<RevisionNode>) {
    this.#rows = new Set(rows);
    this.#applied = graph.ancestors(this.#rows);
  }

  /** The identifiers of the rows, sorted. */
  get versions(): readonly string[] {
    return (this.#versions ??= [...this.#rows].map((row) => row.id).sort());
  }

  has(node: RevisionNode): boolean {
    return this.#rows.has(node);
  }

  /** Applies a revision. */
  upgrade(node: RevisionNode): readonly VersionRowChange[] {
    this.#applied.add(node);
    return this.replace(node.effectiveDown, node);
  }

  /** Takes back a revision that has a row. */
  downgrade(node: RevisionNode): readonly VersionRowChange[] {
    const opened = this.#openedBy(node);
    this.#applied.delete(node);
    const last = opened.at(-1);
    if (last === undefined) return [this.delete(node)];
    return [...opened.slice(0, -1).map((below) => this.insert(below)), this.#update(node, last)];
  }

  /** Puts one row in the place of others: the last of them becomes the new one. Without others the row is new. */
  replace(from: readonly RevisionNode[], to: RevisionNode): readonly VersionRowChange[] {
    const present = from.filter((row) => this.#rows.has(row));
    const last = present.at(-1);
    if (last === undefined) return [this.insert(to)];
    if (present.length === 1) return [this.#update(last, to)];
    return [...present.slice(0, -1).map((row) => this.delete(row)), this.#update(last, to)];
  }

  /** Adds a row beside the others. */
  insert(node: RevisionNode): VersionRowChange {
    this.#rows.add(node);
    this.#versions = undefined;
    return { change: "insert", version: node.id };
  }

  /** Removes a row. */
  delete(node: RevisionNode): VersionRowChange {
    this.#rows.delete(node);
    this.#versions = undefined;
    return { change: "delete", version: node.id };
  }

  /** The revisions that need a row of their own once a revision is taken back. */
  #openedBy(node: RevisionNode): readonly RevisionNode[] {
    const others = this.#rowsWithout([node]);
    const below = node.effectiveDown;
    // With other rows about, Alembic does not compare the candidates with each other: a dependency that is an ancestor of
    // another one gets a row too. Kept, so that a database looks the same whichever of the two tools was used.
    if (others.size > 0) return below.filter((candidate) => !this.#isBelow(candidate, others));
    if (below.length < 2) return below;
    return below.filter((candidate) => {
      const rest = new Set(below.filter((other) => other !== candidate));
      return !this.#isBelow(candidate, rest);
    });
  }

  #rowsWithout(excluded: readonly RevisionNode[]): ReadonlySet<RevisionNode> {
    const rest = new Set(this.#rows);
    for (const row of excluded) rest.delete(row);
    return rest;
  }

  /** Whether a revision is one of the given ones or below one, looking up through what is applied. */
  #isBelow(node: RevisionNode, tops: ReadonlySet<RevisionNode>): boolean {
    if (tops.size === 0) return false;
    const seen = new Set([node]);
    const pending = [node];
    for (let current = pending.pop(); current !== undefined; current = pending.pop()) {
      if (tops.has(current)) return true;
      for (const above of current.allNext) {
        if (this.#applied.has(above) && !seen.has(above)) {
          seen.add(above);
          pending.push(above);
        }
      }
    }
    return false;
  }

  #update(from: RevisionNode, to: RevisionNode): VersionRowChange {
    this.#rows.delete(from);
    this.#rows.add(to);
    this.#versions = undefined;
    return { change: "update", from: from.id, to: to.id };
  }
}
