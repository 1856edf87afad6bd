import { RevisionError } from "../errors.js";
import type { RevisionGraph, RevisionNode } from "./graph.js";

export interface WalkDetails {
  /** What the user wrote, for the message. */
  readonly text: string;
  /** Only branches among these are taken on the way up. */
  readonly within?: ReadonlySet<RevisionNode> | undefined;
  /** Stop at the end of the history instead of failing. */
  readonly clamp?: boolean;
}

/** The revision a number of steps above a start; an undefined start is the base. */
export function walkUp(
  graph: RevisionGraph,
  start: RevisionNode | undefined,
  steps: number,
  { text, within, clamp = false }: WalkDetails,
): RevisionNode | undefined {
  let node = start;
  for (let taken = 0; taken < steps; taken += 1) {
    const all = node === undefined ? graph.bases : node.next;
    const above = within === undefined ? all : all.filter((candidate) => within.has(candidate));
    if (above.length > 1) throw ambiguous(text, "up", node, above);
    const [only] = above;
    if (only === undefined) {
      if (clamp) return node;
      throw tooFar(text, "above", start, taken, steps);
    }
    node = only;
  }
  return node;
}

/** The revision a number of steps below a start; undefined is the base, which is one step below the lowest revision. */
export function walkDown(
  start: RevisionNode | undefined,
  steps: number,
  { text, clamp = false }: WalkDetails,
): RevisionNode | undefined {
  let node = start;
  for (let taken = 0; taken < steps; taken += 1) {
    if (node === undefined) {
      if (clamp) return undefined;
      throw tooFar(text, "below", start, taken, steps);
    }
    if (node.down.length > 1) throw ambiguous(text, "down", node, node.down);
    node = node.down[0];
  }
  return node;
}

function ambiguous(
  text: string,
  direction: "up" | "down",
  node: RevisionNode | undefined,
  choices: readonly RevisionNode[],
): RevisionError {
  const ids = choices.map((choice) => choice.id);
  const place = node === undefined ? "the base" : `revision "${node.id}" (${node.revision.file})`;
  const fork = direction === "up" ? "is followed by" : "merges";
  const forms =
    direction === "up" ? "put a branch before it, as in label@+1" : `write ${ids.join(",")}:head for a start`;
  return new RevisionError(
    "ambiguous-walk",
    `"${text}" has several ways to go ${direction}: ${place} ${fork} ${ids.join(", ")}.`,
    { hint: `Name the revision itself, or ${forms}.`, data: { text, revisions: ids } },
  );
}

function tooFar(
  text: string,
  side: "above" | "below",
  start: RevisionNode | undefined,
  available: number,
  wanted: number,
): RevisionError {
  const place = start === undefined ? "the base" : `revision "${start.id}"`;
  return new RevisionError(
    "walk-too-far",
    `"${text}" asks for ${wanted} revisions ${side} ${place}, but there are only ${available}.`,
    { hint: `Use a smaller number, or ${side === "above" ? "head" : "base"}.`, data: { text, available, wanted } },
  );
}
