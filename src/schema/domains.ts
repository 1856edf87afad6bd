import type { DefaultValue } from "./columns.js";
import type { Check } from "./constraints.js";
import type { NamedObject, ObjectText } from "./object-text.js";
import type { SqlType } from "./types/type.js";

/** What a domain is, besides its name. */
export interface DomainContent {
  readonly type: SqlType;
  readonly nullable: boolean | undefined;
  readonly serverDefault: DefaultValue | undefined;
  readonly checks: readonly Check[];
  readonly collation: string | undefined;
}

/** A type with conditions of its own. */
export interface Domain extends NamedObject<"domain"> {
  readonly content: DomainContent | ObjectText;
}
