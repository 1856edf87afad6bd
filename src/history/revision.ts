/**
 * What the graph needs to know of a revision file: the four constants and where they stand. Nothing of the file has
 * been evaluated to make one, so that a history of thousands can be ordered without running it.
 */
export interface Revision {
  /** The identifier, as the version table holds it. */
  readonly revision: string;
  /** Identifiers of the revisions that this one follows: none for a base, several for a merge. In the file's order. */
  readonly downRevisions: readonly string[];
  /** Identifiers, partial identifiers or branch labels of revisions that must be applied before this one. */
  readonly dependsOn: readonly string[];
  /** Labels that name the branch which this revision opens. */
  readonly branchLabels: readonly string[];
  /** The first paragraph of the file's first doc comment; may be empty and may hold newlines. */
  readonly message: string;
  /** The whole first doc comment, without comment marks. */
  readonly documentation: string;
  /** The file, relative to the project's folder, with forward slashes. */
  readonly file: string;
}

/** One change of the version table: what Alembic calls a merge, a branch opening or a plain step, as rows. */
export type VersionRowChange =
  | { readonly change: "insert"; readonly version: string }
  | { readonly change: "update"; readonly from: string; readonly to: string }
  | { readonly change: "delete"; readonly version: string };

/** One revision to run in one direction, and what it does to the rows of the version table. */
export interface Step {
  readonly direction: "upgrade" | "downgrade" | "stamp";
  /** The revision whose `upgrade` or `downgrade` runs; for a stamp the revision that is stamped. */
  readonly revision: Revision;
  /** The version rows before this step, sorted: what a guard has to find. */
  readonly rowsBefore: readonly string[];
  /** The version rows after this step, sorted. */
  readonly rowsAfter: readonly string[];
  /** Applied in this order, after the body of the step. */
  readonly versionRowChanges: readonly VersionRowChange[];
  /** The left and right side of "Running upgrade left -> right", as Alembic's log line prints them. */
  readonly from: readonly string[];
  readonly to: readonly string[];
}
