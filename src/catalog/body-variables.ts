import type { Token } from "./body-tokens.js";

function wordAt(tokens: readonly Token[], place: number): string | undefined {
  const token = tokens[place];
  return token?.kind === "word" || token?.kind === "sign" ? token.text.toUpperCase() : undefined;
}

function isName(token: Token | undefined): token is Token {
  return token?.kind === "word" || token?.kind === "quoted";
}

/** Statements, behind which no declarations stand any more. */
const statements = new Set(["SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "BEGIN", "WITH", "SET", "PERFORM"]);

/**
 * The names that a body may have as variables: what begins a statement or a declaration, stands behind DECLARE with
 * others, or is what FOR goes through. A word of SQL among them is of no matter: no column is called so.
 */
export function variablesIn(tokens: readonly Token[]): ReadonlySet<string> {
  const names = new Set<string>();
  let hasStatements = false;
  const add = (place: number): void => {
    const token = tokens[place];
    if (isName(token) && wordAt(tokens, place + 1) !== ".") names.add(token.text.toLowerCase());
  };
  for (const [place] of tokens.entries()) {
    const word = wordAt(tokens, place);
    if (place === 0) add(place);
    if (word === ";" || word === "FOR" || word === "FOREACH") add(place + 1);
    if (word === "DECLARE") {
      add(place + 1);
      for (let next = place + 2; wordAt(tokens, next) === ","; next += 2) add(next + 1);
    }
    if (!hasStatements && (word === "IS" || word === "AS")) add(place + 1);
    if (word !== undefined && statements.has(word)) hasStatements = true;
  }
  return names;
}

const modes = new Set(["IN", "OUT", "INOUT", "VARIADIC", "SETOF"]);

/** The words of each parameter that stand outside parentheses, without its mode. */
function parameterWords(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const all: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    const sign = token.kind === "sign" ? token.text : undefined;
    if (sign === "(") depth += 1;
    if (sign === ")") depth -= 1;
    if (depth > 0) continue;
    if (sign === ",") all.push([]);
    else if (isName(token) && (token.kind === "quoted" || !modes.has(token.text.toUpperCase())))
      all.at(-1)?.push(token);
  }
  return all;
}

/** The names of parameters, as they are declared: `a int, OUT b text`; a type alone has none. */
export function parametersIn(tokens: readonly Token[]): readonly string[] {
  return parameterWords(tokens).flatMap(([name, ...others]) =>
    name === undefined || others.length === 0 ? [] : [name.text.toLowerCase()],
  );
}

/** The words of the types of parameters, or of a result. */
export function typesIn(tokens: readonly Token[]): readonly string[] {
  return parameterWords(tokens).flatMap((words) =>
    (words.length > 1 ? words.slice(1) : words).map(({ text }) => text.toLowerCase()),
  );
}

/** The tables that a body makes itself, of which nothing outside is meant. */
export function tablesMadeIn(tokens: readonly Token[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [place] of tokens.entries()) {
    if (wordAt(tokens, place) !== "TABLE") continue;
    const before = [1, 2, 3].map((back) => wordAt(tokens, place - back));
    if (!before.includes("CREATE")) continue;
    const at = ["IF", "NOT", "EXISTS"].every((word, offset) => wordAt(tokens, place + 1 + offset) === word) ? 4 : 1;
    const name = tokens[place + at];
    if (isName(name)) names.add(name.text.toLowerCase());
  }
  return names;
}
