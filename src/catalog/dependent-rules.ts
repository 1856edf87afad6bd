/** What happens to a table or a column. */
export type ChangeOfSubject = "dropTable" | "dropColumn" | "rename" | "retype";

/**
 * What a server does about a view or trigger when that happens to what its body names: it refuses the change; it lets
 * it through, and the object fails when it is used next; it carries a new name into the body; it goes on as before.
 */
type Fate = "refuses" | "breaks" | "follows" | "keeps";

/** How a server treats what depends on tables and columns. */
export interface DependentRules {
  readonly view: Readonly<Record<ChangeOfSubject, Fate>>;
  readonly trigger: Readonly<Record<ChangeOfSubject, Fate>>;
  /** The body of a trigger is text to the server; only its columns and its condition depend on the table. */
  readonly triggerBodiesAreText?: boolean;
  /** A query of a WITH may name itself without being called RECURSIVE. */
  readonly withIsRecursive?: boolean;
  /** The results of a query keep their names when a column gets another. */
  readonly resultsKeepNames?: boolean;
}
