import { RevisionError, UsageError } from "../errors.js";
import type { RevisionNode } from "./graph.js";

/** A range as a user would have written it, for a start that came from a version table. */
export function describeRange(start: readonly RevisionNode[], target: string): string {
  return `${list(start)}:${target}`;
}

/** Both ends of a range are the same, or nothing that stands between them is applied. */
export function emptyRange(range: string): UsageError {
  return new UsageError("empty-range", `The range "${range}" is empty: there is no revision between its ends.`, {
    hint: "The start is not part of a range: to run revision x, begin at the one below it, as in x-1:x.",
    data: { range },
  });
}

/** A range that goes up in a downgrade or down in an upgrade. */
export function reversedRange(
  range: string,
  command: "upgrade" | "downgrade",
  start: readonly RevisionNode[],
  targets: readonly RevisionNode[],
): UsageError {
  const upgrade = command === "upgrade";
  const opposite = `${upgrade ? "downgrade" : "upgrade"} ${list(start)}:${list(targets)}`;
  return new UsageError(
    "reversed-range",
    `The range "${range}" is reversed: ${list(targets)} is ${upgrade ? "below" : "above"} ${list(start)}, and ${upgrade ? "an upgrade goes up" : "a downgrade goes down"}.`,
    { hint: `Write ${command} ${list(targets)}:${list(start)}, or ${opposite}.`, data: { range } },
  );
}

/** The target of a downgrade is neither below nor above the start. */
export function notBelowStart(range: string, target: RevisionNode, start: readonly RevisionNode[]): RevisionError {
  return new RevisionError(
    "not-an-ancestor",
    `Revision "${target.id}" (${target.revision.file}) is not an ancestor of ${list(start)}, so that "${range}" leads nowhere.`,
    {
      hint: "A downgrade ends at a revision that is applied at its start, or at base.",
      data: { range, target: target.id },
    },
  );
}

function list(nodes: readonly RevisionNode[]): string {
  return nodes.length === 0 ? "base" : nodes.map((node) => node.id).join(",");
}
