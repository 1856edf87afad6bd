import { catalogKey } from "../catalog-key.js";
import { withoutUses } from "../texts/uses.js";
import type { Change, ChangeDefinition, QualifiedName } from "./change.js";

/**
 * What uses a type or sequence goes before it, by CASCADE: columns of it with the views on these, checks, defaults and
 * indexes that mention it, routines that take or give it, and what uses those.
 */
export interface DropUses extends Change {
  readonly change: "dropUses";
  readonly kind: "type" | "relation";
  readonly subject: QualifiedName;
}

export const dropUses: ChangeDefinition<DropUses> = {
  keys: ({ subject }) => [catalogKey(subject.schema, subject.name)],
  apply: (catalog, { kind, subject }, because) => withoutUses(catalog, { kind, ...subject }, because),
};
