import { RevisionError } from "../errors.js";
import { didYouMean } from "../suggestion.js";
import { findCycle, isWithoutCircles } from "./graph-cycle.js";
import { RevisionGraph, type RevisionNode } from "./graph.js";
import { checkName, matchName } from "./graph-names.js";
import type { Revision } from "./revision.js";

interface NodeInProgress extends RevisionNode {
  down: NodeInProgress[];
  readonly dependencies: NodeInProgress[];
  effectiveDown: readonly NodeInProgress[];
  next: NodeInProgress[];
  allNext: readonly NodeInProgress[];
}

/** No revisions, for all that have none: nothing is put in. */
const none: NodeInProgress[] = [];

/** Puts a revision to others. The first takes room for itself alone, since most revisions have one neighbour. */
function added(nodes: NodeInProgress[], node: NodeInProgress): NodeInProgress[] {
  if (nodes.length === 0) return [node];
  nodes.push(node);
  return nodes;
}

/**
 * Connects revisions to a graph and checks them as a whole: all problems come in one error.
 *
 * @example buildGraph([{ revision: "a1", downRevisions: [], … }, { revision: "a2", downRevisions: ["a1"], … }])
 */
export function buildGraph(revisions: readonly Revision[]): RevisionGraph {
  return new GraphBuilder().build(revisions);
}

class GraphBuilder {
  readonly #problems: RevisionError[] = [];
  readonly #nodes = new Map<string, NodeInProgress>();
  readonly #labels = new Map<string, NodeInProgress>();

  build(revisions: readonly Revision[]): RevisionGraph {
    for (const revision of revisions) this.#addNode(revision);
    for (const node of this.#nodes.values()) this.#addLabels(node);
    for (const node of this.#nodes.values()) this.#connectDown(node);
    for (const node of this.#nodes.values()) this.#connectDependencies(node);
    this.#checkCycles();
    this.#reportProblems();
    this.#dropRepeatedDependencies();
    return new RevisionGraph([...this.#nodes.values()], this.#labels);
  }

  #addNode(revision: Revision): void {
    const id = revision.revision;
    const problem = checkName("revision identifier", id, revision.file);
    if (problem !== undefined) this.#problems.push(problem);
    const earlier = this.#nodes.get(id);
    if (earlier !== undefined) {
      this.#problems.push(
        new RevisionError(
          "duplicate-revision",
          `Revision "${id}" is present more than once: in ${earlier.revision.file} and in ${revision.file}.`,
          {
            hint: "Give one of the two files another revision identifier.",
            data: { revision: id, files: [earlier.revision.file, revision.file] },
          },
        ),
      );
      return;
    }
    const position = this.#nodes.size;
    this.#nodes.set(id, {
      ...{ id, revision, position },
      ...{ down: none, dependencies: [], effectiveDown: none, next: none, allNext: none },
    });
  }

  #addLabels(node: NodeInProgress): void {
    for (const label of new Set(node.revision.branchLabels)) {
      const problem = checkName("branch label", label, node.revision.file);
      if (problem !== undefined) this.#problems.push(problem);
      const owner = this.#nodes.get(label) ?? this.#labels.get(label);
      if (owner === undefined) {
        this.#labels.set(label, node);
        continue;
      }
      const use = owner.id === label ? "is the identifier of" : "is already used by";
      this.#problems.push(
        new RevisionError(
          "duplicate-branch-label",
          `Branch label "${label}" of revision "${node.id}" (${node.revision.file}) ${use} revision "${owner.id}" (${owner.revision.file}).`,
          { hint: "A label names one branch: choose another one.", data: { label, revisions: [owner.id, node.id] } },
        ),
      );
    }
  }

  #connectDown(node: NodeInProgress): void {
    for (const id of new Set(node.revision.downRevisions)) {
      const down = this.#nodes.get(id);
      if (down === undefined) {
        this.#problems.push(this.#unknownReference(node, "follows", "downRevision", id, this.#nodes.keys()));
        continue;
      }
      node.effectiveDown = node.down = added(node.down, down);
      down.allNext = down.next = added(down.next, node);
    }
  }

  #connectDependencies(node: NodeInProgress): void {
    for (const name of new Set(node.revision.dependsOn)) {
      const exact = this.#nodes.get(name) ?? this.#labels.get(name);
      const matches = exact === undefined ? matchName(name, this.#names()) : [[name, exact] as const];
      if (matches.length > 1) {
        const candidates = matches.map(([match]) => match);
        this.#problems.push(
          new RevisionError(
            "ambiguous-revision",
            `Revision "${node.id}" (${node.revision.file}) depends on "${name}", which several revisions start with: ${candidates.join(", ")}.`,
            { hint: "Write more characters of the one that is meant.", data: { revision: node.id, name, candidates } },
          ),
        );
        continue;
      }
      const dependency = matches[0]?.[1];
      if (dependency === undefined) {
        const known = [...this.#nodes.keys(), ...this.#labels.keys()];
        this.#problems.push(this.#unknownReference(node, "depends on", "dependsOn", name, known));
      } else if (!node.dependencies.includes(dependency)) {
        node.dependencies.push(dependency);
        if (!node.down.includes(dependency)) dependency.allNext = [...dependency.allNext, node];
      }
    }
  }

  *#names(): Iterable<readonly [string, NodeInProgress]> {
    yield* this.#nodes;
    yield* this.#labels;
  }

  #unknownReference(
    node: NodeInProgress,
    relation: string,
    constant: string,
    name: string,
    known: Iterable<string>,
  ): RevisionError {
    return new RevisionError(
      "unknown-revision",
      `Revision "${node.id}" (${node.revision.file}) ${relation} "${name}", which is not a revision of this project.${didYouMean(name, known)}`,
      {
        hint: `Correct ${constant} in ${node.revision.file}, or add the missing revision file.`,
        data: { revision: node.id, name, file: node.revision.file },
      },
    );
  }

  #checkCycles(): void {
    const nodes = [...this.#nodes.values()];
    if (isWithoutCircles(nodes)) return;
    const byDown = findCycle(nodes, (node) => node.down);
    const cycle = byDown ?? findCycle(nodes, (node) => [...node.down, ...node.dependencies]);
    if (cycle === undefined) return;
    const constant = byDown === undefined ? "dependsOn" : "downRevision";
    const path = [...cycle, ...cycle.slice(0, 1)].map((node) => `"${node.id}"`).join(" -> ");
    const files = [...new Set(cycle.map((node) => node.revision.file))];
    this.#problems.push(
      new RevisionError(
        byDown === undefined ? "dependency-cycle" : "revision-cycle",
        `Revisions ${byDown === undefined ? "depend on" : "follow"} each other in a circle: ${path} (${files.join(", ")}).`,
        {
          hint: `Change ${constant} in one of these files, so that one of the revisions comes first.`,
          data: { revisions: cycle.map((node) => node.id), files },
        },
      ),
    );
  }

  #reportProblems(): void {
    const [first, ...others] = this.#problems;
    if (first === undefined) return;
    if (others.length === 0) throw first;
    const lines = this.#problems.map((problem) => `  ${problem.message}`);
    throw new RevisionError(
      "invalid-history",
      `The revisions have ${this.#problems.length} problems:\n${lines.join("\n")}`,
      {
        hint: first.hint,
        data: { problems: this.#problems.map(({ code, message, data }) => ({ code, message, data })) },
      },
    );
  }

  /**
   * A dependency that a revision further down names as well is no edge of its own: Alembic orders steps and merges
   * version rows by the lowest of them only.
   */
  #dropRepeatedDependencies(): void {
    const dependents = new Map<NodeInProgress, Set<NodeInProgress>>();
    for (const node of this.#nodes.values()) {
      for (const dependency of node.dependencies) {
        const known = dependents.get(dependency);
        if (known === undefined) dependents.set(dependency, new Set([node]));
        else known.add(node);
      }
    }
    for (const node of this.#nodes.values()) {
      for (const dependency of node.dependencies) {
        const others = dependents.get(dependency) ?? new Set();
        const repeated = others.size > 1 && reachesBelow(node, others);
        if (!repeated && !node.effectiveDown.includes(dependency)) {
          node.effectiveDown = [...node.effectiveDown, dependency];
        }
      }
    }
  }
}

/** Whether one of `wanted` stands below a node, along `down` only. */
function reachesBelow(node: RevisionNode, wanted: ReadonlySet<RevisionNode>): boolean {
  const seen = new Set<RevisionNode>();
  const pending = [...node.down];
  for (let below = pending.pop(); below !== undefined; below = pending.pop()) {
    if (wanted.has(below)) return true;
    if (seen.has(below)) continue;
    seen.add(below);
    pending.push(...below.down);
  }
  return false;
}
