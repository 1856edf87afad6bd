/** Where a text is no SQL, and why. */
export interface SyntaxProblem {
  readonly message: string;
  /** Characters from the beginning of the text. */
  readonly offset: number;
}

/** Looks for syntax errors in SQL text. */
export interface SqlParser {
  /** The grammar is the server's own, so that a problem is an error and no mere suspicion. */
  readonly isServerGrammar: boolean;
  problemOf(sql: string): SyntaxProblem | undefined;
  /** Loads another grammar, which says whether it takes a text that this one does not know. */
  readonly secondOpinion?: () => Promise<(sql: string) => boolean>;
}
