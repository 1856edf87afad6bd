import { withLaterInRevision } from "./later-in-revision.js";
import type { OperationNode } from "./node.js";
import { withSettingsInRevision } from "./settings-in-revision.js";

/** The operations of one revision, where each knows what the revision says before and behind it that changes its meaning. */
export function inRevision(operations: readonly OperationNode[]): readonly OperationNode[] {
  return withSettingsInRevision(withLaterInRevision(operations));
}
