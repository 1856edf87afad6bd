import type { Name } from "./names.js";

/** What every object beside tables has. */
export interface NamedObject<K extends string> {
  readonly kind: K;
  readonly name: Name;
  readonly schema: Name | undefined;
}

/** An object of which only SQL text is known. */
export interface ObjectText {
  /** The statements that made it and what it is, one behind the other. */
  readonly statements: readonly string[];
  /** The query or body among them, as far as it was found. */
  readonly definition: string | undefined;
  /** The language of a routine, where it is said. */
  readonly language?: string | undefined;
}

/** Whether only SQL text is known of an object. */
export function isObjectText(content: object): content is ObjectText {
  return "statements" in content;
}

/** The text once more SQL changed the object. */
export function changedFurther(text: ObjectText, statement: string): ObjectText {
  return { ...text, statements: [...text.statements, statement] };
}
