import type { SequenceOptions } from "./columns.js";
import type { NamedObject, ObjectText } from "./object-text.js";
import type { SqlType } from "./types/type.js";

/** What a sequence is, besides its name. */
export interface SequenceContent {
  readonly type: SqlType | undefined;
  readonly options: SequenceOptions;
  /** The column with which it goes: table and column. */
  readonly ownedBy: readonly [table: string, column: string] | undefined;
}

/** A sequence of its own; that of a column is a part of the column. */
export interface SequenceObject extends NamedObject<"sequence"> {
  readonly content: SequenceContent | ObjectText;
}
