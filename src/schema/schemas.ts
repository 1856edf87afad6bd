import type { Name } from "./names.js";
import type { NamedObject, ObjectText } from "./object-text.js";

/** What a schema is, besides its name. */
export interface SchemaContent {
  /** The role that owns it. */
  readonly authorization: Name | undefined;
  /** An empty database may have it already, as PostgreSQL's has public. */
  readonly mayExist: boolean;
}

/** A schema; it is in none itself. */
export interface Schema extends NamedObject<"schema"> {
  readonly content: SchemaContent | ObjectText;
}
