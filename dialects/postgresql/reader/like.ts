import type { TableLikeClause } from "libpg-query";
import type { CopiedParts, LikeClause } from "../../../src/catalog/changes/table-copies.js";
import { relationName, type Session } from "./source.js";

/** What LIKE copies besides names, types and NOT NULL: `TableLikeOption` in PostgreSQL's nodes/parsenodes.h. */
const parts: Readonly<Record<keyof CopiedParts, number>> = {
  comments: 1,
  constraints: 4,
  defaults: 8,
  generated: 16,
  identity: 32,
  indexes: 64,
};

/** A LIKE among the columns of a new table, behind `place` of its own. */
export function readLike({ relation, options = 0 }: TableLikeClause, place: number, session: Session): LikeClause {
  const isCopied = (part: keyof CopiedParts): boolean => (options & parts[part]) !== 0;
  return {
    model: relationName(relation, session),
    parts: {
      comments: isCopied("comments"),
      constraints: isCopied("constraints"),
      defaults: isCopied("defaults"),
      generated: isCopied("generated"),
      identity: isCopied("identity"),
      indexes: isCopied("indexes"),
    },
    place,
  };
}
