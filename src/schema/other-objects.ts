import { nameText, type Name } from "./names.js";
import type { NamedObject, ObjectText } from "./object-text.js";

/** When the objects of a class are made in an empty database: each stage stands on those before it. */
export type OtherStage = "first" | "types" | "programs" | "tables" | "parts" | "last";

/** Every class of objects that are kept by their text alone, in the order in which they are made. */
const stages = {
  // before everything
  language: "first",
  collation: "first",
  "full-text catalog": "first",
  "full-text stoplist": "first",
  "partition function": "first",
  "partition scheme": "first",
  rule: "first",
  default: "first",
  // with domains and sequences
  "shell type": "types",
  "composite type": "types",
  "range type": "types",
  type: "types",
  "XML schema collection": "types",
  // with routines
  "base type": "programs",
  "access method": "programs",
  "foreign data wrapper": "programs",
  server: "programs",
  conversion: "programs",
  cast: "programs",
  transform: "programs",
  operator: "programs",
  "operator family": "programs",
  "operator class": "programs",
  aggregate: "programs",
  "text search parser": "programs",
  "text search template": "programs",
  "text search dictionary": "programs",
  "text search configuration": "programs",
  assembly: "programs",
  // with tables
  "foreign table": "tables",
  "virtual table": "tables",
  "external table": "tables",
  // of tables and views
  constraint: "parts",
  "rewrite rule": "parts",
  policy: "parts",
  "security policy": "parts",
  "row security": "parts",
  "forced row security": "parts",
  "trigger state": "parts",
  "rule state": "parts",
  "constraint state": "parts",
  statistics: "parts",
  "index attribute": "parts",
  "index statistics": "parts",
  "column storage": "parts",
  "column compression": "parts",
  "column statistics": "parts",
  "column options": "parts",
  "replica identity": "parts",
  cluster: "parts",
  "view options": "parts",
  synonym: "parts",
  "full-text index": "parts",
  "materialized view log": "parts",
  package: "parts",
  // of anything
  publication: "last",
  "event trigger": "last",
  "extension version": "last",
  event: "last",
  "extended property": "last",
  dependency: "last",
  "security label": "last",
  comment: "last",
} as const satisfies Readonly<Record<string, OtherStage>>;

/** A class of objects that are kept by their text alone. */
export type OtherClass = keyof typeof stages;

/** The classes of a stage, in the order in which they are made. */
export function classesOf(stage: OtherStage): readonly OtherClass[] {
  return (Object.keys(stages) as OtherClass[]).filter((name) => stages[name] === stage);
}

/** The classes that types are of, besides enum types and domains. */
export const typeClasses: readonly OtherClass[] = ["shell type", "composite type", "range type", "base type", "type"];

/** The classes of objects that have rows, so that they may stand where a table does. */
export const relationClasses: readonly OtherClass[] = ["foreign table", "virtual table", "external table", "synonym"];

/** What a property is of, besides its table. */
export interface OwningPart {
  readonly kind: "column" | "constraint" | "index" | "trigger" | "rule" | "object";
  readonly name: Name;
}

/**
 * An object, or a property of one, that is known by its SQL text alone, since the replayed schema has no form for it. Two
 * of them are equal when their texts are.
 */
export interface OtherObject extends NamedObject<"other"> {
  readonly class: OtherClass;
  /** The table that it goes with. */
  readonly tableName: Name | undefined;
  /** The part of that table, or of the schema, that it goes with. */
  readonly part?: OwningPart | undefined;
  readonly content: ObjectText;
}

/** What tells one from all others. */
export type OtherName = Pick<OtherObject, "class" | "schema" | "name" | "tableName">;

/** How it is called in a sentence: `policy reading`. */
export function otherTitle({ class: kind, name }: Pick<OtherObject, "class" | "name">): string {
  return `${kind} ${nameText(name)}`;
}
