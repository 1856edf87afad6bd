import type { Name } from "./names.js";
import type { NamedObject, ObjectText } from "./object-text.js";

/** What an extension is, besides its name. */
export interface ExtensionContent {
  /** The schema of its objects; the extension itself is in none. */
  readonly objectsIn: Name | undefined;
  readonly version: string | undefined;
  /** With the extensions that it needs. */
  readonly cascade: boolean;
  /** An empty database may have it already, as PostgreSQL's has plpgsql. */
  readonly mayExist: boolean;
}

/** An extension of the server, in no schema. */
export interface Extension extends NamedObject<"extension"> {
  readonly content: ExtensionContent | ObjectText;
}
