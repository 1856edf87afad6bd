import { createRequire } from "node:module";
import type { DialectName } from "../../src/schema/dialect-names.js";

/** The dialects whose servers nobody has beside these tests: a full grammar stands for them. */
export const fullGrammarDialects = ["mssql", "oracle"] as const satisfies readonly DialectName[];
export type FullGrammarDialect = (typeof fullGrammarDialects)[number];

/**
 * A rule through which a grammar takes words for what they are not, so that the end of a statement, or of a column, passes
 * as another one instead of being refused.
 */
interface Loophole {
  readonly rule: string;
  /** Whether it is one where it is about to be read: behind this token, inside the reading of this rule. */
  readonly isOne: (before: string | undefined, inside: string) => boolean;
  readonly problem: string;
  /** The rule that reads the same text as it is meant. */
  readonly instead?: string;
}

/** A grammar in the package. */
interface FullGrammar {
  readonly folder: string;
  readonly lexer: string;
  readonly parser: string;
  /** The rule that reads a whole file of the server's client. */
  readonly rule: string;
  /** What a text needs behind it: a statement comes without the semicolon that PL/SQL wants. */
  readonly end: string;
  readonly loopholes: readonly Loophole[];
}

const grammars: Readonly<Record<FullGrammarDialect, FullGrammar>> = {
  mssql: {
    folder: "tsql",
    lexer: "TSqlLexer",
    parser: "TSqlParser",
    rule: "tsql_file",
    end: "",
    loopholes: [
      { rule: "execute_body_batch", isOne: () => true, problem: "a call without EXEC" },
      {
        // the comma between columns may be missing
        rule: "column_def_table_constraint",
        isOne: (before = "") => !/^(?:,|\(|ADD)$/i.test(before),
        problem: "a column or constraint without a comma before it",
      },
    ],
  },
  oracle: {
    folder: "plsql",
    lexer: "PlSqlLexer",
    parser: "PlSqlParser",
    rule: "sql_script",
    end: "\n;",
    loopholes: [
      {
        // commands of the client would be taken for calls, too
        rule: "procedure_call",
        isOne: (_before, inside) => inside === "Unit_statementContext",
        problem: "a call without EXEC",
        instead: "sql_plus_command",
      },
    ],
  },
};

/** What is used of antlr4ts. Its own types are not: they come with the grammars of all servers. */
interface CharStream {
  LA(offset: number): number;
}
interface Recognizer {
  removeErrorListeners(): void;
  addErrorListener(listener: {
    syntaxError(recognizer: unknown, symbol: unknown, line: number, column: number, message: string): void;
  }): void;
}
interface Token {
  readonly line: number;
  readonly charPositionInLine: number;
  readonly text?: string;
}
interface Parser extends Recognizer {
  buildParseTree: boolean;
  /** What is being read. */
  readonly context: object;
  readonly currentToken: Token;
  readonly inputStream: { tryLT(offset: number): Token | undefined };
}
type Rules = Record<string, () => unknown>;
interface Runtime {
  readonly CharStreams: { fromString(text: string): CharStream };
  readonly CommonTokenStream: new (lexer: Recognizer) => object;
}
type Lexers = Readonly<Record<string, new (stream: CharStream) => Recognizer>>;
type Parsers = Readonly<Record<string, new (tokens: object) => Parser & Rules>>;

/** Ends the reading of a text at the first thing that a grammar does not understand. */
class SyntaxProblem extends Error {}

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

/**
 * The first thing that the full grammar of a dialect does not understand in a script or a statement; undefined when it
 * understands all of it. The grammar is loaded with the first text, and quick once it has seen a text of the same shape.
 */
export function problemInFull(dialect: FullGrammarDialect, sql: string): string | undefined {
  const { folder, lexer: lexerName, parser: parserName, rule, end, loopholes } = grammars[dialect];
  const { CharStreams, CommonTokenStream } = require("antlr4ts") as Runtime;
  const file = (name: string): string => `antlr4ts-sql/dist/src/grammar-output/${folder}/${name}.js`;
  const OfLexer = (require(file(lexerName)) as Lexers)[lexerName];
  const OfParser = (require(file(parserName)) as Parsers)[parserName];
  if (OfLexer === undefined || OfParser === undefined) throw new Error(`antlr4ts-sql has no ${parserName}`);
  const text = /(?:;|\n\/)\s*$/.test(sql) ? sql : sql + end;
  const refuse = (line: number, column: number, message: string): never => {
    const written = (text.split("\n")[line - 1] ?? "").slice(0, 200);
    throw new SyntaxProblem(`line ${line}, column ${column + 1}, ${message.slice(0, 200)}: ${written}`);
  };
  const lexer = new OfLexer(inCapitals(CharStreams.fromString(text)));
  const parser = new OfParser(new CommonTokenStream(lexer));
  for (const recognizer of [lexer, parser]) {
    recognizer.removeErrorListeners();
    recognizer.addErrorListener({ syntaxError: (_recognizer, _symbol, ...problem) => refuse(...problem) });
  }
  parser.buildParseTree = false;
  const rules: Rules = parser;
  for (const { rule: name, isOne, problem, instead } of loopholes) {
    const original = rules[name]?.bind(parser);
    rules[name] = () => {
      if (!isOne(parser.inputStream.tryLT(-1)?.text, parser.context.constructor.name)) return original?.();
      const { line, charPositionInLine } = parser.currentToken;
      return instead === undefined ? refuse(line, charPositionInLine, problem) : rules[instead]?.();
    };
  }
  try {
    rules[rule]?.();
    return undefined;
  } catch (error) {
    if (error instanceof SyntaxProblem) return error.message;
    throw error;
  }
}
