import type { DialectOptions } from "../schema/dialect-names.js";

/** What happens to a table or a column. */
export type ChangeOfSubject = "dropTable" | "dropColumn" | "rename" | "retype";

/**
 * What a server does about an object when that happens to what its body names: it refuses the change; it lets it
 * through, and the object fails when it is used next; it carries a new name into the body; it goes on as before.
 */
type Fate = "refuses" | "breaks" | "follows" | "keeps";

export type Fates = Readonly<Record<ChangeOfSubject, Fate>>;

/** A routine, as far as it says how its body is read. */
export interface RoutineText {
  readonly body: string;
  readonly language: string | undefined;
  /** What stands between the header and the body. */
  readonly attributes: string | undefined;
}

/** How a server treats the body of a routine. */
export interface RoutineRules {
  readonly fates: Fates;
  /** A parameter or variable is meant where a column has the same name; else the column is. */
  readonly variablesGoFirst: boolean;
  /** A star in it is of what a table has when the routine runs. */
  readonly starIsOfUse: boolean;
}

/** A view, as far as it says how its query is kept. */
interface ViewText {
  readonly options: DialectOptions | undefined;
  /** The statement that made it, where only that is known. */
  readonly statement: string | undefined;
}

/** How a server treats what depends on tables and columns. */
export interface DependentRules {
  readonly view: Fates;
  /** How it treats a view that says so; undefined for any other. */
  readonly viewThatSays?: (view: ViewText) => Fates | undefined;
  /** A star in the query of a view is of what its tables have when it is used. */
  readonly viewStarIsOfUse?: boolean;
  /** A star in the query of a view is of what its tables had when the view was made. */
  readonly viewStarsAreFixed?: boolean;
  /** A trigger: its columns, its condition, and its body unless that is treated in another way. */
  readonly trigger: Fates;
  readonly triggerBody?: Fates;
  /** A variable of a trigger is meant where a column has the same name. */
  readonly triggerVariablesGoFirst?: boolean;
  /** Undefined for a body in a language that is not read. */
  readonly routine?: (routine: RoutineText) => RoutineRules | undefined;
  /** The rows of a table are a type, which parameters and results of routines may have. */
  readonly rowsAreTypes?: boolean;
  /**
   * The server keeps what a text mentions by what it is: a routine, type, table or sequence under another name or in
   * another schema is followed into every text but the bodies of routines that are text to it, too.
   */
  readonly tracksMentions?: boolean;
  /** A query of a WITH may name itself without being called RECURSIVE. */
  readonly withIsRecursive?: boolean;
  /** The results of a query keep their names when a column gets another. */
  readonly resultsKeepNames?: boolean;
}
