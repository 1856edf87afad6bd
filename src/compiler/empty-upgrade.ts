import type { Origin } from "../errors.js";
import type { Step } from "../history/revision.js";
import { positionAt } from "../revision/origin.js";

/** An upgrade whose block has neither a call nor a comment. */
const emptyBody = /^export\b[^\n]*\bupgrade\b[^{;]*\{\s*\}/m;

/** A revision that is there for its place in the history, and not for what it does: a merge, a label, a dependency. */
function isForTheHistory({ downRevisions, branchLabels, dependsOn }: Step["revision"]): boolean {
  return downRevisions.length > 1 || branchLabels.length > 0 || dependsOn.length > 0;
}

/**
 * What to say about an upgrade that records nothing because nobody has written it yet; undefined for any other, and for
 * one that says in a comment that it is meant to do nothing, as Alembic's `pass` does.
 *
 * @param text - the text of the revision's file
 */
export function emptyUpgrade(
  { direction, revision }: Step,
  text: string,
): { readonly text: string; readonly origin: Origin } | undefined {
  if (direction !== "upgrade" || isForTheHistory(revision)) return undefined;
  const body = emptyBody.exec(text);
  if (body === null && /\bupgrade\b/.test(text)) return undefined;
  const what = body === null ? "has no upgrade" : "has an empty upgrade";
  return {
    text: `Revision ${revision.revision} ${what}: it changes the version row alone. Where that is meant, write a comment into the body: // pass`,
    origin: positionAt(revision.file, text, body?.index ?? 0),
  };
}
