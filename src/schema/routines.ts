import type { SqlText } from "./expressions.js";
import { textOfSql } from "./expressions.js";
import type { NamedObject, ObjectText } from "./object-text.js";
import type { SqlType } from "./types/type.js";

/** What a procedure is, besides its name. */
export interface ProcedureContent {
  /** What stands between the parentheses behind the name. */
  readonly parameters: SqlText | undefined;
  readonly body: SqlText;
  readonly language: string | undefined;
  /** What stands between the header and the body. */
  readonly attributes: SqlText | undefined;
}

/** What a function is, besides its name. */
export interface FunctionContent extends ProcedureContent {
  readonly returns: SqlText | SqlType;
}

/** One of the routines of a name, which differ by their parameters. */
export interface Overload<C> {
  /** The parameters, as they were written. */
  readonly signature: string;
  readonly content: C | ObjectText;
}

/** The functions of one name; the last one is what was made last. */
export interface Functions extends NamedObject<"function"> {
  readonly overloads: readonly Overload<FunctionContent>[];
}

/** The procedures of one name; the last one is what was made last. */
export interface Procedures extends NamedObject<"procedure"> {
  readonly overloads: readonly Overload<ProcedureContent>[];
}

/** The text by which routines of one name differ. */
export function signatureOf(parameters: SqlText | undefined): string {
  return parameters === undefined ? "" : textOfSql(parameters).trim().replace(/\s+/g, " ");
}

/** The overloads with one more, or with another in the place of the one with the same parameters. */
export function withOverload<C>(known: readonly Overload<C>[], added: Overload<C>): readonly Overload<C>[] {
  return [...known.filter(({ signature }) => signature !== added.signature), added];
}
