import type { RevisionNode } from "./graph.js";

/** Whether no revision follows or depends on itself by way of others; `nodes` are in the order of their positions. */
export function isWithoutCircles(nodes: readonly RevisionNode[]): boolean {
  const left = new Uint32Array(nodes.length);
  for (const node of nodes) for (const above of node.allNext) left[above.position] = (left[above.position] ?? 0) + 1;
  const free = nodes.filter((node) => left[node.position] === 0);
  let passed = 0;
  for (let node = free.pop(); node !== undefined; node = free.pop()) {
    passed += 1;
    for (const above of node.allNext) {
      const rest = (left[above.position] ?? 0) - 1;
      left[above.position] = rest;
      if (rest === 0) free.push(above);
    }
  }
  return passed === nodes.length;
}

/**
 * The revisions of one circle, each pointing at the following one; undefined when there is none. Takes away what has
 * nothing left below it until only circles and what stands on them remain.
 */
export function findCycle<Node extends RevisionNode>(
  nodes: readonly Node[],
  below: (node: Node) => readonly Node[],
): readonly Node[] | undefined {
  const above = new Map<Node, Node[]>();
  const open = new Map<Node, number>();
  for (const node of nodes) {
    const targets = below(node);
    open.set(node, targets.length);
    for (const target of targets) {
      const sources = above.get(target);
      if (sources === undefined) above.set(target, [node]);
      else sources.push(node);
    }
  }
  const free = nodes.filter((node) => open.get(node) === 0);
  for (let node = free.pop(); node !== undefined; node = free.pop()) {
    open.delete(node);
    for (const source of above.get(node) ?? []) {
      const left = (open.get(source) ?? 0) - 1;
      open.set(source, left);
      if (left === 0) free.push(source);
    }
  }
  return open.size === 0 ? undefined : followCycle(open, below);
}

/** Every node left has another one left below it, so going down ends in a circle. */
function followCycle<Node extends RevisionNode>(
  left: ReadonlyMap<Node, number>,
  below: (node: Node) => readonly Node[],
): readonly Node[] {
  const path = new Map<Node, number>();
  let [node] = left.keys();
  while (node !== undefined && !path.has(node)) {
    path.set(node, path.size);
    node = below(node).find((candidate) => left.has(candidate));
  }
  const start = node === undefined ? 0 : (path.get(node) ?? 0);
  return [...path.keys()].slice(start);
}
