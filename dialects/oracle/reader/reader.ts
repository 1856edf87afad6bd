import type { SqlReader } from "../../../src/compiler/sql-reader.js";
import { Cursor, NotUnderstood, type NameRules } from "../../shared/reader/cursor.js";
import type { SqlGrammar } from "../../shared/reader/grammar.js";
import { ignoredWords } from "../../shared/reader/ignored-words.js";
import { everything, objectsNamedIn } from "../../shared/reader/named-objects.js";
import type { ReadStatement } from "../../shared/reader/reader.js";
import { noEffects, sqlReader } from "../../shared/reader/reader.js";
import { schemaWords } from "../../shared/reader/statement-reader.js";
import type { ScriptRules, SqlStatement } from "../../shared/reader/statements.js";
import { splitStatements } from "../../shared/reader/statements.js";
import type { Token } from "../../shared/sql-text/tokens.js";
import { passConstraintState } from "./constraints.js";
import { identifiers } from "../identifiers.js";
import { lexicalRules } from "../lexical-rules.js";
import { readStatement, readTableOptions } from "./statements.js";
import { readType } from "./types.js";

const script: ScriptRules = { ...lexicalRules, client: { batchLine: /^\/$/ } };

/** Whether a name in small letters is written without quotes, and so means the one in capitals. */
function isWrittenPlainly(name: string): boolean {
  return /^[a-z][a-z0-9_$#]*$/.test(name) && !identifiers.reserved.has(name);
}

/**
 * Names without quotes are in small letters, as authors write those whose case does not matter. In quotes, capitals are
 * the same name; small letters are another one, which authors cannot write in that way.
 */
const names: NameRules = {
  foldCase: true,
  quoted(text) {
    const folded = text.toLowerCase();
    if (!isWrittenPlainly(folded)) return text;
    if (text === folded) throw new NotUnderstood(`"${text}" in small letters`);
    return text === text.toUpperCase() ? folded : text;
  },
};

const grammar: SqlGrammar = {
  script,
  names,
  group: "oracle",
  readType,
  readTableOptions,
  keysCountSilently: true,
  indexWords: new Set(),
  usingBeginsConstraintState: true,
  passConstraintState,
};

/** Words of a block that does no more than run strings, and pass over errors of these. */
const plainWords: ReadonlySet<string> = new Set([
  ...["BEGIN", "END", "EXCEPTION", "WHEN", "OTHERS", "THEN", "IF", "ELSE", "SQLCODE", "RAISE", "NULL", "AND", "OR"],
  ...["NOT", "IN"],
]);

/** The strings that a block runs when it does nothing else; undefined when it may do anything. */
function stringsRunBy({ tokens }: SqlStatement): readonly string[] | undefined {
  const strings: string[] = [];
  for (let place = 0; place < tokens.length; place += 1) {
    const [token, second, third, fourth] = tokens.slice(place, place + 4) as (Token | undefined)[];
    const isRun = token?.value === "EXECUTE" && second?.value === "IMMEDIATE" && third?.kind === "string";
    if (isRun && fourth?.text === ";") {
      strings.push(third.value);
      place += 2;
    } else if (token?.kind === "word" && !plainWords.has(token.value)) return undefined;
  }
  return strings;
}

/** What a statement may change that is not understood. */
function unknownIn(statement: SqlStatement): readonly string[] {
  if (statement.tokens[0]?.value !== "BEGIN") return objectsNamedIn(statement, names);
  const strings = stringsRunBy(statement);
  if (strings === undefined) return objectsNamedIn(statement, names);
  const inner = strings.flatMap((text) => splitStatements(text, script));
  const found = inner.filter(({ tokens: [first] }) => !ignoredWords.has(first?.value ?? "")).map(unknownIn);
  return found.some((keys) => keys.includes(everything)) ? [everything] : [...new Set(found.flat())];
}

/** `q'[…]'`, in which a quote may stand alone: the text behind it may have been cut in the wrong places. */
function hasOtherQuotes({ tokens }: SqlStatement): boolean {
  return tokens.some(
    ({ kind, value, end }, place) =>
      kind === "word" &&
      (value === "Q" || value === "NQ") &&
      tokens[place + 1]?.text.startsWith("'") === true &&
      tokens[place + 1]?.start === end,
  );
}

function read(statement: SqlStatement, origin: Parameters<SqlReader["read"]>[1]): ReadStatement {
  const [first] = statement.tokens;
  const word = first?.kind === "word" ? first.value : "";
  const rule = word === "DECLARE" ? undefined : ignoredWords.get(word);
  if (rule !== undefined) return { ...noEffects, ignored: [rule] };
  const isFinished = statement.tokens.at(-1)?.kind !== "unfinished";
  if (isFinished && !hasOtherQuotes(statement)) {
    try {
      return { ...readStatement(new Cursor(statement, names), grammar, origin), unknown: [] };
    } catch (error) {
      if (!(error instanceof NotUnderstood)) throw error;
    }
  }
  const unknown = unknownIn(statement);
  if (isFinished && (schemaWords.has(word) || word === "DECLARE")) {
    // a block that runs only strings which are ignored
    return { operations: [], unknown, ...(unknown.length === 0 && { ignored: ["rows"] }) };
  }
  return { operations: [], unknown, problem: { message: "no statement of Oracle's begins here", offset: 0 } };
}

/** Reads Oracle's DDL. A PL/SQL block makes unknown what it names, also in the strings that it runs. */
export function loadReader(): SqlReader {
  return sqlReader(script, () => read);
}
