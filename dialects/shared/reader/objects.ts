import type { ReadKind } from "../../../src/schema/schema-objects.js";
import type { ObjectEffect } from "../../../src/operations/execute.js";
import { Cursor, NotUnderstood, type QualifiedName } from "./cursor.js";

/** The words that name the kinds of objects beside tables and indexes. */
const kinds: Readonly<Record<string, ReadKind>> = {
  VIEW: "view",
  TRIGGER: "trigger",
  FUNCTION: "function",
  PROCEDURE: "procedure",
  PROC: "procedure",
  SEQUENCE: "sequence",
  SCHEMA: "schema",
  DATABASE: "schema",
};

/** Words before the kind: what is made anew, who defines it and how it is run. */
const preamble: ReadonlySet<string> = new Set([
  ...[
    "OR",
    "REPLACE",
    "ALTER",
    "ALGORITHM",
    "UNDEFINED",
    "MERGE",
    "TEMPTABLE",
    "DEFINER",
    "SQL",
    "SECURITY",
    "INVOKER",
  ],
  ...["AGGREGATE", "CURRENT_USER", "CURRENT_ROLE", "FORCE", "NOFORCE", "EDITIONABLE", "NONEDITIONABLE"],
]);

function passPreamble(cursor: Cursor): void {
  for (let token = cursor.peek(); token !== undefined; token = cursor.peek()) {
    const isDefiner =
      token.text === "=" || token.value.startsWith("@") || token.kind === "name" || token.kind === "string";
    if (!isDefiner && !preamble.has(token.value)) return;
    cursor.next();
  }
}

function kindOf(cursor: Cursor): ReadKind {
  const word = cursor.word() ?? "";
  const kind = Object.hasOwn(kinds, word) ? kinds[word] : undefined;
  if (kind === undefined) throw new NotUnderstood(`${cursor.peek()?.text} is no kind of object`);
  cursor.next();
  return kind;
}

/** The name of a schema stands where that of an object in it does. */
function placed(kind: ReadKind, { schema, name }: QualifiedName): { schema: string | undefined; name: string } {
  return { schema: kind === "schema" ? undefined : schema, name };
}

function passUntil(cursor: Cursor, ...words: readonly string[]): void {
  cursor.textUntil(({ kind, value }) => kind === "word" && words.includes(value));
  if (cursor.isAtEnd) throw new NotUnderstood(`no ${words.join(" or ")}`);
}

/** The table of a trigger and what it does, from behind the name of the trigger. */
function triggerOf(cursor: Cursor): { tableName: string; definition: string } {
  passUntil(cursor, "ON");
  cursor.expect("ON");
  const { name } = cursor.qualifiedName();
  passUntil(cursor, "ROW", "BEGIN", "AS", "STATEMENT");
  if (!cursor.isAt("BEGIN")) cursor.next();
  if (cursor.acceptOneOf("FOLLOWS", "PRECEDES") !== undefined) cursor.name();
  if (cursor.accept("WHEN")) cursor.parenthesized();
  return { tableName: name, definition: cursor.rest() };
}

/** `CREATE VIEW`, `CREATE TRIGGER` and the like, from behind CREATE. */
export function createObject(cursor: Cursor): ObjectEffect {
  if (cursor.acceptOneOf("TEMP", "TEMPORARY") !== undefined) throw new NotUnderstood("an object that passes");
  passPreamble(cursor);
  const kind = kindOf(cursor);
  cursor.ifNotExists();
  const name = placed(kind, cursor.qualifiedName());
  switch (kind) {
    case "view": {
      passUntil(cursor, "AS");
      cursor.expect("AS");
      const definition = cursor.rest().replace(/\s+with\s+(?:cascaded\s+|local\s+)?check\s+option$/i, "");
      return { effect: "made", object: { kind, ...name, definition } };
    }
    case "trigger":
      return { effect: "made", object: { kind, ...name, ...triggerOf(cursor) } };
    case "function":
    case "procedure": {
      const start = cursor.place;
      if (cursor.isAt("(")) cursor.parenthesized();
      const written = cursor.textFrom(start).replace(/^\(|\)$/g, "");
      const text = written.trim().replace(/\s+/g, " ");
      return { effect: "made", object: { kind, ...name, definition: cursor.rest(), signature: text } };
    }
    case "schema":
    case "extension":
    case "sequence":
    case "domain":
    case "materializedView":
      return { effect: "made", object: { kind, ...name } };
  }
}

/** `ALTER VIEW` and the like, where they define all of the object anew, from behind ALTER. */
export function redefineObject(cursor: Cursor, redefined: readonly ReadKind[]): ObjectEffect {
  const start = new Cursor(cursor.statement, cursor.rules, cursor.tokens.slice(cursor.place));
  passPreamble(start);
  if (!redefined.includes(kindOf(start))) throw new NotUnderstood("a part of an object");
  return createObject(cursor);
}

/** `DROP VIEW` and the like, from behind DROP. */
export function dropObjects(cursor: Cursor): readonly ObjectEffect[] {
  const kind = kindOf(cursor);
  cursor.ifExists();
  const effects: ObjectEffect[] = [];
  do effects.push({ effect: "dropped", kind, ...placed(kind, cursor.qualifiedName()) });
  while (cursor.accept(","));
  if (cursor.acceptOneOf("CASCADE", "RESTRICT") === "CASCADE") cursor.accept("CONSTRAINTS");
  if (kind === "trigger" && cursor.accept("ON")) cursor.qualifiedName();
  cursor.expectEnd();
  return effects;
}
