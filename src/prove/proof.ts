import type { Difference } from "../catalog/compare.js";
import type { Origin, SqlembicError } from "../errors.js";
import type { WithOrigin } from "../facts/body.js";
import type { Loss, RowChange, RowFailure } from "../facts/facts.js";

/**
 * What becomes of a database that goes up one revision and down again.
 *
 * - `reversible`: the schema is what it was, and so are the rows;
 * - `lossy`: the schema is what it was, but values are gone;
 * - `irreversible`: there is no way down: no downgrade, an empty one, or one that throws an error on purpose;
 * - `downgradeFailed`: a downgrade is written, and cannot be compiled;
 * - `notInverse`: the way down leads to another schema;
 * - `unproven`: SQL that the replay does not understand may change the schema;
 * - `failed`: the way up cannot be compiled.
 */
export type Verdict =
  "reversible" | "lossy" | "irreversible" | "downgradeFailed" | "notInverse" | "unproven" | "failed";

/** One sentence of a proof, with the place that it speaks of. */
export interface Reason {
  readonly text: string;
  readonly origin?: Origin | undefined;
}

/** What was found of one revision. */
export interface RevisionProof {
  readonly revision: string;
  readonly message: string;
  readonly file: string;
  readonly verdict: Verdict;
  /** Why it is irreversible, unproven or failed. */
  readonly reasons: readonly Reason[];
  /** How the schema after the way down differs from the one before the way up. */
  readonly differences: readonly Difference[];
  readonly losses: readonly (WithOrigin<Loss> & { readonly direction: "upgrade" | "downgrade" })[];
  /** What the way down fails at, for rows of a certain kind. */
  readonly hazards: readonly WithOrigin<RowFailure>[];
  /** Statements that change rows: nothing is said about whether one way undoes the other. */
  readonly dataStatements: readonly (WithOrigin<RowChange> & { readonly direction: "upgrade" | "downgrade" })[];
  /** Columns that stand behind the others after the way down, since they were added anew. */
  readonly movedColumns: readonly string[];
  readonly error?: SqlembicError;
  /** How a real server differs from the replay, or from itself, in sentences; left out where none was asked. */
  readonly engine?: readonly string[];
}

/** What was found of all revisions of a range. */
export interface Proof {
  readonly revisions: readonly RevisionProof[];
}

/** What each verdict does to the command. */
const weights: Readonly<Record<Verdict, "passes" | "failsStrictly" | "fails">> = {
  reversible: "passes",
  lossy: "passes",
  unproven: "passes",
  irreversible: "failsStrictly",
  downgradeFailed: "fails",
  notInverse: "fails",
  failed: "fails",
};

/**
 * Whether a proof makes the command fail.
 *
 * @param strict - whether a revision without a way back fails too
 */
export function isRefuted({ revisions }: Proof, { strict = false }: { readonly strict?: boolean } = {}): boolean {
  return revisions.some(
    ({ verdict, engine = [] }) =>
      weights[verdict] === "fails" || (strict && weights[verdict] === "failsStrictly") || engine.length > 0,
  );
}
