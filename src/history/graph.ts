import type { Revision } from "./revision.js";

/** A revision as it stands in the graph: its own data and its neighbours. */
export interface RevisionNode {
  readonly id: string;
  readonly revision: Revision;
  /** Place in the order in which the revisions were given; decides wherever the graph leaves an order open. */
  readonly position: number;
  /** The revisions that this one follows: none for a base, several for a merge point. */
  readonly down: readonly RevisionNode[];
  /** What `dependsOn` names, in the file's order. */
  readonly dependencies: readonly RevisionNode[];
  /**
   * `down`, then those dependencies that no revision below this one names as well. These are the edges that decide the
   * order of steps and the rows of the version table.
   */
  readonly effectiveDown: readonly RevisionNode[];
  /** The revisions that follow this one. */
  readonly next: readonly RevisionNode[];
  /** The revisions that follow this one or depend on it. */
  readonly allNext: readonly RevisionNode[];
}

/** Which edges a walk over the graph takes. */
export interface WalkOptions {
  /** Also follow `dependsOn`; true unless said otherwise. */
  readonly dependencies?: boolean;
}

/**
 * The directed acyclic graph of a project's revisions. It is pure: it reads no file and runs none. Made by `buildGraph`.
 *
 * All lists are in the order in which the revisions were given, which the loader makes the order of the file names.
 *
 * @example buildGraph(revisions).heads.map((head) => head.id)
 */
export class RevisionGraph {
  /** All revisions, in the order given. */
  readonly nodes: readonly RevisionNode[];
  /** Revisions that none follows: what `head` and the `heads` command speak of. */
  readonly heads: readonly RevisionNode[];
  /** Heads that no revision depends on: the version rows of a database that has everything, and what `heads` selects. */
  readonly realHeads: readonly RevisionNode[];
  /** Revisions that follow none. */
  readonly bases: readonly RevisionNode[];
  readonly #byId: ReadonlyMap<string, RevisionNode>;
  readonly #byLabel: ReadonlyMap<string, RevisionNode>;
  #labels: ReadonlyMap<RevisionNode, readonly string[]> | undefined;

  constructor(nodes: readonly RevisionNode[], labels: ReadonlyMap<string, RevisionNode>) {
    this.nodes = nodes;
    this.heads = nodes.filter(isHead);
    this.realHeads = nodes.filter((node) => node.allNext.length === 0);
    this.bases = nodes.filter((node) => node.down.length === 0);
    this.#byId = new Map(nodes.map((node) => [node.id, node]));
    this.#byLabel = labels;
  }

  /** The revision with exactly this identifier. */
  get(id: string): RevisionNode | undefined {
    return this.#byId.get(id);
  }

  /** The revision that carries exactly this branch label. */
  labelled(label: string): RevisionNode | undefined {
    return this.#byLabel.get(label);
  }

  /** All identifiers, then all branch labels: what a partial identifier is matched against. */
  *names(): Iterable<readonly [name: string, node: RevisionNode]> {
    yield* this.#byId;
    yield* this.#byLabel;
  }

  get branchPoints(): readonly RevisionNode[] {
    return this.nodes.filter(isBranchPoint);
  }

  get mergePoints(): readonly RevisionNode[] {
    return this.nodes.filter(isMergePoint);
  }

  /** The given revisions and everything below them. */
  ancestors(of: Iterable<RevisionNode>, { dependencies = true }: WalkOptions = {}): Set<RevisionNode> {
    return closure(of, dependencies ? (node) => node.effectiveDown : (node) => node.down);
  }

  /** The given revisions and everything above them. */
  descendants(of: Iterable<RevisionNode>, { dependencies = true }: WalkOptions = {}): Set<RevisionNode> {
    return closure(of, dependencies ? (node) => node.allNext : (node) => node.next);
  }

  /** Everything below, above and including the given revisions: what `label@` restricts a selection to. */
  lineage(of: Iterable<RevisionNode>, options: WalkOptions = { dependencies: false }): Set<RevisionNode> {
    const start = [...of];
    return new Set([...this.ancestors(start, options), ...this.descendants(start, options)]);
  }

  /**
   * The labels of the branches that a revision is part of, sorted, as `history` and `heads` show them. A label reaches
   * everything above its revision and, as long as the line has not forked, what is below.
   */
  branchLabels(node: RevisionNode): readonly string[] {
    this.#labels ??= spreadLabels(this, this.#byLabel);
    return this.#labels.get(node) ?? [];
  }
}

/** No revision follows this one. It is an effective head only when some other revision depends on it. */
export function isHead(node: RevisionNode): boolean {
  return node.next.length === 0;
}

/** A head that another revision depends on, so that it has no version row of its own once that one is applied. */
export function isEffectiveHead(node: RevisionNode): boolean {
  return isHead(node) && node.allNext.length > 0;
}

/** Several revisions follow this one. */
export function isBranchPoint(node: RevisionNode): boolean {
  return node.next.length > 1;
}

/** This revision follows several. */
export function isMergePoint(node: RevisionNode): boolean {
  return node.down.length > 1;
}

function closure(
  of: Iterable<RevisionNode>,
  neighbours: (node: RevisionNode) => readonly RevisionNode[],
): Set<RevisionNode> {
  const found = new Set<RevisionNode>();
  // A stack of our own: a history is thousands of revisions deep.
  const pending = [...of].reverse();
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (!found.has(node)) {
      found.add(node);
      for (const neighbour of neighbours(node)) pending.push(neighbour);
    }
  }
  return found;
}

function spreadLabels(
  graph: RevisionGraph,
  labels: ReadonlyMap<string, RevisionNode>,
): ReadonlyMap<RevisionNode, readonly string[]> {
  const spread = new Map<RevisionNode, string[]>();
  for (const label of [...labels.keys()].sort()) {
    const origin = labels.get(label);
    if (origin === undefined) continue;
    const members = graph.descendants([origin], { dependencies: false });
    const forks = (node: RevisionNode): boolean => node.allNext.length > 1 || isMergePoint(node);
    // Whether a fork stands above the label or not, Alembic goes down from the tip and stops at the first one.
    if (![...members].some(forks)) {
      for (let below = origin.down[0]; below !== undefined && !forks(below); below = below.down[0]) members.add(below);
    }
    for (const member of members) {
      const known = spread.get(member);
      if (known === undefined) spread.set(member, [label]);
      else known.push(label);
    }
  }
  return spread;
}
