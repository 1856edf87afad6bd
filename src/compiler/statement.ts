import type { OperationNode } from "../operations/index.js";

/** One statement of a script. */
export interface Statement {
  /** The text, without terminator. */
  readonly sql: string;
  /** The call that it comes from; several statements can come from one. */
  readonly operation: OperationNode;
  /** The statement runs outside the transaction: it is committed before, and begun again after. */
  readonly autocommit: boolean;
  /** Lines of comment that stand directly before it in a script, without comment marks. */
  readonly comments?: readonly string[];
  /** The text is the author's own, from `op.execute`. */
  readonly isAuthored: boolean;
}
