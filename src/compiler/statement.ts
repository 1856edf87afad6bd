import type { OperationNode } from "../operations/index.js";

/** What lets a script go on after a statement of which nobody knows whether it ran. */
export interface Resumption {
  /** A condition that holds when the statement has run; undefined for one that may simply run again. */
  readonly isDone: string | undefined;
  /** The same change as an action of ALTER TABLE, for several changes of one table at once. */
  readonly alteration?: Alteration;
}

/** An action of ALTER TABLE. */
export interface Alteration {
  /** The table, as statements name it. */
  readonly table: string;
  readonly action: string;
  /** What the action makes, changes or drops: two that touch the same cannot be one statement. */
  readonly touches: readonly string[];
}

/** One statement of a script. */
export interface Statement {
  /** The text, without terminator. */
  readonly sql: string;
  /** The call that it comes from; several statements can come from one. */
  readonly operation: OperationNode;
  /** The statement runs outside the transaction: it is committed before, and begun again after. */
  readonly autocommit: boolean;
  /** Lines of comment that stand directly before it in a script, without comment marks. */
  readonly comments?: readonly string[] | undefined;
  /** The text is the author's own, from `op.execute`. */
  readonly isAuthored: boolean;
  /**
   * It keeps a setting of the session, or changes or brings back one: the first two are said again where a revision goes on
   * in another session.
   */
  readonly setting?: "keeps" | "changes" | "restores";
  /** It has a moment that the server reads in the time zone of the session, and that is written in UTC. */
  readonly isInUtc?: boolean;
  /** How a run that was cut off goes on here; undefined where that was not asked for, and where nothing can tell. */
  readonly resumption?: Resumption | undefined;
}
