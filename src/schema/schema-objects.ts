import type { Domain } from "./domains.js";
import { textOfSql } from "./expressions.js";
import type { Extension } from "./extensions.js";
import type { Name } from "./names.js";
import { changedFurther, isObjectText, type ObjectText } from "./object-text.js";
import type { Partition } from "./partitions.js";
import type { FunctionContent, Functions, ProcedureContent, Procedures } from "./routines.js";
import { withOverload } from "./routines.js";
import type { Schema } from "./schemas.js";
import type { SequenceObject } from "./sequences.js";
import type { Trigger, TriggerContent } from "./triggers.js";
import type { MaterializedView, View, ViewContent } from "./views.js";

/** Every object beside tables and enum types. */
export type SchemaObject =
  Domain | Extension | Functions | MaterializedView | Partition | Procedures | Schema | SequenceObject | Trigger | View;

/** The kinds of objects beside tables and enum types. */
export type ObjectKind = SchemaObject["kind"];
export type ObjectOf<K extends ObjectKind> = Extract<SchemaObject, { kind: K }>;

/** Tells one kind of object from the others. */
export function isOfKind<K extends ObjectKind>(object: SchemaObject, kind: K): object is ObjectOf<K> {
  return object.kind === kind;
}

/** The table that a trigger or partition belongs to. */
export function tableNameOf(object: SchemaObject): Name | undefined {
  return object.kind === "trigger" || object.kind === "partition" ? object.tableName : undefined;
}

type Content = ViewContent | FunctionContent | ProcedureContent | TriggerContent | ObjectText;

function definitionIn(content: Content): string | undefined {
  if (isObjectText(content)) return content.definition;
  return textOfSql("body" in content ? content.body : content.definition);
}

/** The SQL text in which other objects may be named: the query of a view, the body of a routine or trigger. */
export function definitionOf(object: SchemaObject): string | undefined {
  switch (object.kind) {
    case "view":
    case "materializedView":
    case "trigger":
      return definitionIn(object.content);
    case "function":
    case "procedure": {
      const last = object.overloads.at(-1);
      return last && definitionIn(last.content);
    }
    case "domain":
    case "extension":
    case "partition":
    case "schema":
    case "sequence":
      return undefined;
  }
}

/** The kinds of objects of which SQL text may be all that is known. */
export type ReadKind = Exclude<ObjectKind, "partition">;

/** What was read of an object that SQL text makes. */
export interface ReadObject {
  readonly kind: ReadKind;
  readonly name: Name;
  readonly schema: Name | undefined;
  /** The table of a trigger. */
  readonly tableName?: Name | undefined;
  readonly definition?: string | undefined;
  /** What makes it, where that is not the whole statement. */
  readonly text?: string | undefined;
  /** The parameters of a routine. */
  readonly signature?: string | undefined;
  /** The language of a routine, where it is said. */
  readonly language?: string | undefined;
}

/**
 * The object that SQL text makes.
 *
 * @param known the object of that name before it: routines of one name may differ by their parameters
 */
export function objectOfText(read: ReadObject, statements: readonly string[], known?: SchemaObject): SchemaObject {
  const { kind, name, schema, tableName = "", definition, signature = "", language } = read;
  const content: ObjectText = { statements, definition, ...(language !== undefined && { language }) };
  switch (kind) {
    case "function": {
      const others = known?.kind === kind ? known.overloads : [];
      return { kind, name, schema, overloads: withOverload(others, { signature, content }) };
    }
    case "procedure": {
      const others = known?.kind === kind ? known.overloads : [];
      return { kind, name, schema, overloads: withOverload(others, { signature, content }) };
    }
    case "trigger":
      return { kind, name, schema, tableName, content };
    default:
      return { kind, name, schema, content };
  }
}

/** Overloads once more SQL text changed the last of them; undefined when that is more than text. */
function changedOverloads<O extends { readonly content: object }>(
  overloads: readonly O[],
  statement: string,
): readonly (O | (Omit<O, "content"> & { readonly content: ObjectText }))[] | undefined {
  const last = overloads.at(-1);
  if (last === undefined || !isObjectText(last.content)) return undefined;
  return [...overloads.slice(0, -1), { ...last, content: changedFurther(last.content, statement) }];
}

/** An object once more SQL text changed it; undefined when more is known of it than text. */
export function objectChangedFurther(object: SchemaObject, statement: string): SchemaObject | undefined {
  switch (object.kind) {
    case "function": {
      const overloads = changedOverloads(object.overloads, statement);
      return overloads && { ...object, overloads };
    }
    case "procedure": {
      const overloads = changedOverloads(object.overloads, statement);
      return overloads && { ...object, overloads };
    }
    case "partition":
      return undefined;
    default:
      return isObjectText(object.content)
        ? { ...object, content: changedFurther(object.content, statement) }
        : undefined;
  }
}
