import { sql } from "../../schema/expressions.js";
import { nameText } from "../../schema/names.js";
import type { ObjectText } from "../../schema/object-text.js";
import type { SchemaObject } from "../../schema/schema-objects.js";
import { replaced, type TableName } from "../body-references.js";
import { tokensOf, type Token } from "../body-tokens.js";
import { writtenText } from "../written-text.js";

/** The words that stand before the name of what a statement makes or alters. */
const kindWords: Readonly<Partial<Record<SchemaObject["kind"], string>>> = {
  domain: "DOMAIN",
  function: "FUNCTION",
  materializedView: "VIEW",
  procedure: "PROCEDURE",
  schema: "SCHEMA",
  sequence: "SEQUENCE",
  trigger: "TRIGGER",
  view: "VIEW",
};

function isWord(token: Token | undefined, ...words: readonly string[]): boolean {
  return token?.kind === "word" && words.includes(token.text.toUpperCase());
}

/** The tokens of the name that a statement begins with, behind the word for its kind. */
function nameAtHead(tokens: readonly Token[], word: string): readonly Token[] {
  let at = tokens.findIndex((token) => isWord(token, word)) + 1;
  while (isWord(tokens[at], "IF", "NOT", "EXISTS")) at += 1;
  let end = at;
  while (tokens[end + 1]?.text === "." && tokens[end + 1]?.kind === "sign") end += 2;
  return tokens.slice(at, end + 1);
}

function withNameAtHead(statement: string, word: string, { schema, name }: TableName): string {
  const text = sql.raw(statement);
  const found = nameAtHead(tokensOf(text), word);
  const [first, last] = [found[0], found.at(-1)];
  if (first === undefined || last === undefined) return statement;
  const to = [...(schema === undefined ? [] : [nameText(schema)]), nameText(name)];
  return writtenText(replaced(text, [{ place: { ...last, start: first.start }, to }]));
}

function textUnder(kind: SchemaObject["kind"], text: ObjectText, to: TableName): ObjectText {
  const word = kindWords[kind];
  if (word === undefined) return text;
  return { ...text, statements: text.statements.map((statement) => withNameAtHead(statement, word, to)) };
}

/** An object under another name or in another schema, also in the statements that make it. */
export function underName<O extends SchemaObject>(object: O, to: TableName): SchemaObject {
  const own: SchemaObject = { ...object, schema: to.schema, name: to.name };
  const change = <C extends object>(content: C): C | ObjectText =>
    "statements" in content ? textUnder(own.kind, content as unknown as ObjectText, to) : content;
  switch (own.kind) {
    case "function":
      return { ...own, overloads: own.overloads.map((one) => ({ ...one, content: change(one.content) })) };
    case "procedure":
      return { ...own, overloads: own.overloads.map((one) => ({ ...one, content: change(one.content) })) };
    case "partition":
      return own;
    default:
      return { ...own, content: change(own.content) } as SchemaObject;
  }
}
