import { createRequire } from "node:module";
import type { DialectName } from "../../src/schema/dialect-names.js";
import { misreadTexts } from "./misread-texts.js";

/** The dialects whose servers nobody has beside these tests: a full grammar reads the scripts for them. */
export const fullGrammarDialects = ["mssql", "oracle"] as const satisfies readonly DialectName[];
export type FullGrammarDialect = (typeof fullGrammarDialects)[number];

/** Where the package keeps the grammar of a dialect, and the rule that reads a whole file of its client. */
const grammars = {
  mssql: { folder: "tsql", lexer: "TSqlLexer", parser: "TSqlParser", rule: "tsql_file" },
  oracle: { folder: "plsql", lexer: "PlSqlLexer", parser: "PlSqlParser", rule: "sql_script" },
} as const;

/** What is used of antlr4ts. Its own types are not: they come with the grammars of all servers. */
interface CharStream {
  LA(offset: number): number;
}
interface Recognizer {
  buildParseTree?: boolean;
  removeErrorListeners(): void;
  addErrorListener(listener: {
    syntaxError(recognizer: unknown, symbol: unknown, line: number, column: number, message: string): void;
  }): void;
}
type Rule = (typeof grammars)[FullGrammarDialect]["rule"];
interface Runtime {
  readonly CharStreams: { fromString(text: string): CharStream };
  readonly CommonTokenStream: new (lexer: Recognizer) => object;
}
type Lexers = Readonly<Record<string, new (stream: CharStream) => Recognizer>>;
type Parsers = Readonly<Record<string, new (tokens: object) => Recognizer & Readonly<Record<Rule, () => unknown>>>>;

// the packages are CommonJS, and their index loads the grammars of all servers
const require = createRequire(import.meta.url);

/** The grammars have their words in capitals alone: they are shown capitals, and keep the text as it is. */
function inCapitals(stream: CharStream): CharStream {
  const original = stream.LA.bind(stream);
  stream.LA = (offset) => {
    const code = original(offset);
    return code >= 0x61 && code <= 0x7a ? code - 0x20 : code;
  };
  return stream;
}

/** The first thing in a text that a grammar does not understand. */
function firstProblem(dialect: FullGrammarDialect, text: string): string | undefined {
  const { folder, lexer: lexerName, parser: parserName, rule } = grammars[dialect];
  const { CharStreams, CommonTokenStream } = require("antlr4ts") as Runtime;
  const file = (name: string): string => `antlr4ts-sql/dist/src/grammar-output/${folder}/${name}.js`;
  const OfLexer = (require(file(lexerName)) as Lexers)[lexerName];
  const OfParser = (require(file(parserName)) as Parsers)[parserName];
  if (OfLexer === undefined || OfParser === undefined) throw new Error(`antlr4ts-sql has no ${parserName}`);
  let problem: string | undefined;
  const listener = {
    syntaxError: (_recognizer: unknown, _symbol: unknown, line: number, column: number, message: string) => {
      problem ??= `line ${line}, column ${column + 1}, ${message.slice(0, 200)}: ${text.split("\n")[line - 1]}`;
    },
  };
  const lexer = new OfLexer(inCapitals(CharStreams.fromString(text)));
  const parser = new OfParser(new CommonTokenStream(lexer));
  for (const recognizer of [lexer, parser]) {
    recognizer.removeErrorListeners();
    recognizer.addErrorListener(listener);
  }
  parser.buildParseTree = false;
  parser[rule]();
  return problem;
}

/** A script as its full grammar reads it. */
interface FullReading {
  /** What it does not understand; undefined when it understands all, what the list of misread texts names left aside. */
  readonly problem: string | undefined;
  /** The entries of that list which the script has. */
  readonly shapes: readonly string[];
}

/** Reads a whole script, or one statement with its end, by the full grammar of its dialect. */
export function readInFull(dialect: FullGrammarDialect, script: string): FullReading {
  const shapes: string[] = [];
  let text = script;
  for (const { shape, dialect: of, pattern, instead } of misreadTexts) {
    const changed = of === dialect ? text.replace(pattern, instead) : text;
    if (changed !== text) shapes.push(shape);
    text = changed;
  }
  return { problem: firstProblem(dialect, text), shapes };
}
