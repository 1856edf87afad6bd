import type { NameRules } from "./cursor.js";
import { Cursor, NotUnderstood } from "./cursor.js";
import type { SqlStatement } from "./statements.js";

/** The key of everything there is. */
export const everything = "*";

const objectWords = new Set([
  ...["TABLE", "VIEW", "SEQUENCE", "TYPE", "DOMAIN", "FUNCTION", "PROCEDURE", "TRIGGER", "SCHEMA", "EXTENSION"],
  ...["EVENT", "SYNONYM", "PACKAGE"],
]);
const schemaVerbs = new Set(["CREATE", "ALTER", "DROP", "RENAME", "COMMENT"]);
/** Clauses in which the word for a kind of object names none that changes. */
const passing = new Set(["SET SCHEMA", "USING INDEX", "RETURNS TRIGGER", "OF TYPE"]);
/** Words whose effect no text tells: what they run stands elsewhere or is put together from strings. */
const dynamicWords = new Set(["EXEC", "EXECUTE", "CALL"]);

/** What a block or a statement that is not understood may have changed, as far as its words tell. */
interface Mentions {
  readonly names: readonly string[];
  /** It changes objects, or may do so by what it runs. */
  readonly changesSchema: boolean;
  readonly isDynamic: boolean;
}

function isExecutedElsewhere(cursor: Cursor): boolean {
  const word = cursor.word();
  if (word === undefined || !dynamicWords.has(word)) return false;
  // the clause of a trigger, and the right of a grant
  const following = cursor.word(1);
  return !["FUNCTION", "PROCEDURE", "ON"].includes(following ?? "");
}

/** Passes over the words between the kind of an object and its name. */
function passPreamble(cursor: Cursor): void {
  cursor.accept("CONCURRENTLY");
  if (!cursor.ifNotExists()) cursor.ifExists();
  cursor.accept("ONLY");
}

function nameOf(cursor: Cursor): string | undefined {
  const kind = cursor.peek()?.kind;
  if (kind !== "word" && kind !== "name") return undefined;
  try {
    const { schema, name } = cursor.qualifiedName();
    return schema === undefined ? name : `${schema}.${name}`;
  } catch (error) {
    if (error instanceof NotUnderstood) return undefined;
    throw error;
  }
}

function mentionsOf(statement: SqlStatement, rules: NameRules): Mentions {
  const cursor = new Cursor(statement, rules);
  const names: string[] = [];
  let changesSchema = false;
  let isDynamic = false;
  const isQuery = ["SELECT", "WITH", "EXPLAIN"].includes(cursor.word() ?? "");
  let before: string | undefined;
  let afterVerb: string | undefined;
  const take = (): void => {
    const name = nameOf(cursor);
    if (name !== undefined) names.push(name);
  };
  while (!cursor.isAtEnd && cursor.peek()?.kind !== "unfinished") {
    if (isExecutedElsewhere(cursor)) isDynamic = true;
    const word = cursor.word();
    if (word !== undefined && schemaVerbs.has(word)) {
      afterVerb = word;
      changesSchema = true;
    }
    cursor.next();
    if (word === undefined) continue;
    const previous = before;
    before = word;
    if (word === "INTO" && isQuery) {
      cursor.acceptOneOf("TEMPORARY", "TEMP", "UNLOGGED");
      cursor.accept("TABLE");
      take();
      changesSchema = true;
    }
    // Oracle leaves the kind out
    if (word === "RENAME" && cursor.place === 1 && !objectWords.has(cursor.word() ?? "")) take();
    if (afterVerb === undefined || passing.has(`${previous} ${word}`)) continue;
    if (objectWords.has(word)) {
      passPreamble(cursor);
      do take();
      while (cursor.accept(","));
    } else if (word === "INDEX") {
      passPreamble(cursor);
      if (!cursor.isAt("ON")) take();
    } else if (word === "ON" && ["CREATE", "DROP"].includes(afterVerb)) {
      cursor.accept("ONLY");
      take();
    } else if (word === "TO" && (afterVerb === "RENAME" || previous === "RENAME")) take();
    else if (word === "PARTITION" && (previous === "ATTACH" || previous === "DETACH")) take();
  }
  return { names, changesSchema, isDynamic };
}

/**
 * The catalog keys of the objects that a statement may have changed which is not understood, by the words in it:
 * everything when it names none, or when it runs what is not in its text.
 *
 * @param inner texts inside the statement that are SQL too, such as the body of a DO block
 * @param keys objects that are known to change, whatever the words say
 */
export function objectsNamedIn(
  statement: SqlStatement,
  rules: NameRules,
  inner: readonly SqlStatement[] = [],
  keys: readonly string[] = [],
): readonly string[] {
  const all = [statement, ...inner].map((part) => mentionsOf(part, rules));
  if (all.some(({ isDynamic }) => isDynamic)) return [everything];
  const names = new Set([...all.flatMap(({ names: found }) => found), ...keys]);
  if (names.size > 0) return [...names];
  return all.some(({ changesSchema }) => changesSchema) || inner.length === 0 ? [everything] : [];
}
