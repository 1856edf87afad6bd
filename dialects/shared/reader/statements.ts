import { Lexer, type LexicalRules, type Token } from "../sql-text/tokens.js";

/** A statement of a script: its tokens, placed in the whole script. */
export interface SqlStatement {
  /** The whole script. */
  readonly script: string;
  readonly tokens: readonly Token[];
  /** Where marks stand in the script at the ends of comments that are SQL. */
  readonly marks: ReadonlySet<number>;
}

/** What of a script is for its client and not for the server. */
interface ClientRules {
  /** `DELIMITER ;;` of the mysql client. */
  readonly delimiterCommand?: boolean;
  /** How a line for the client alone begins: `\` for psql, `.` for sqlite3. */
  readonly commandLine?: "\\" | ".";
  /** Rows after `COPY … FROM stdin;`, up to a line `\.`. */
  readonly copiedRows?: boolean;
  /** A line that ends a batch of statements: `GO`, or a slash. */
  readonly batchLine?: RegExp;
}

export interface ScriptRules extends LexicalRules {
  readonly client: ClientRules;
  /** Of INSERT and REPLACE the first word is enough, for readers of the schema: rows can be most of a dump. */
  readonly passesRows?: boolean;
  /** A semicolon inside parentheses ends nothing: `CREATE RULE … DO (a; b)`. */
  readonly parenthesesHold?: boolean;
  /**
   * The only blocks are the bodies of routines in SQL, and `begin`, `case`, `end` are names everywhere else.
   * https://www.postgresql.org/docs/current/sql-createfunction.html
   */
  readonly blocksAreAtomic?: boolean;
}

/** What may be a mark at the ends of what stands in `/*! … *\/` and is SQL. */
const mark = /\/\*M?!(?:\d{5,6})?|\*\//g;

/** The text of tokens that follow one another, without the marks of comments that are SQL. */
export function textOf({ script, marks }: SqlStatement, tokens: readonly Token[]): string {
  let text = "";
  for (const [position, token] of tokens.entries()) {
    const start = tokens[position - 1]?.end ?? token.start;
    const gap = script.slice(start, token.start);
    text +=
      marks.size === 0 ? gap : gap.replace(mark, (found, offset: number) => (marks.has(start + offset) ? "" : found));
    text += token.text;
  }
  return text;
}

/** The text of a statement, without its terminator. */
export function statementText(statement: SqlStatement): string {
  return textOf(statement, statement.tokens);
}

const routineWords = new Set(["TRIGGER", "PROCEDURE", "FUNCTION", "EVENT", "PACKAGE"]);
/** What else is created, and may be called like a routine: a table `event`. */
const otherWords = new Set([
  "TABLE",
  "VIEW",
  "INDEX",
  "DATABASE",
  "SCHEMA",
  "SEQUENCE",
  "USER",
  "ROLE",
  "DOMAIN",
  "RULE",
]);

/** Finds out by its first words whether a statement defines a routine: names of columns are no words of a body. */
class DefinedKind {
  isRoutine = false;
  #isOpen = true;
  #count = 0;

  take(word: string): void {
    if (!this.#isOpen) return;
    if (this.#count === 0) this.#isOpen = word === "CREATE" || word === "ALTER";
    else if (otherWords.has(word) || this.#count >= 12) this.#isOpen = false;
    else if (routineWords.has(word)) {
      this.isRoutine = true;
      this.#isOpen = false;
    }
    this.#count += 1;
  }
}

const transactionWords = new Set([
  "TRAN",
  "TRANSACTION",
  "WORK",
  "IMMEDIATE",
  "EXCLUSIVE",
  "DEFERRED",
  "ISOLATION",
  "READ",
  "DEFERRABLE",
]);
/** END IF, END LOOP … close what no BEGIN or CASE opened. */
const innerEnds = new Set(["IF", "LOOP", "WHILE", "REPEAT", "FOR"]);

/** Follows `BEGIN ATOMIC …; END`, whose END alone stands behind a semicolon, or behind ATOMIC. */
class AtomicBlock {
  isInside = false;
  readonly #definition = new DefinedKind();
  #previous = "";

  take({ kind, value, text }: Token): void {
    const word = kind === "word" ? value : text;
    const previous = this.#previous;
    this.#previous = word;
    this.#definition.take(word);
    if (this.#definition.isRoutine && !this.isInside) this.isInside = word === "ATOMIC" && previous === "BEGIN";
    else if (this.isInside && word === "END") this.isInside = previous !== ";" && previous !== "ATOMIC";
  }
}

/** Follows BEGIN … END, inside which a semicolon ends no statement. */
class BlockDepth {
  #depth = 0;
  #mayHaveBlocks = false;
  #previous: Token | undefined;
  #count = 0;
  readonly #definition = new DefinedKind();

  get isInside(): boolean {
    return this.#depth > 0;
  }

  take(token: Token): void {
    this.#definition.take(token.value);
    if (token.kind === "word") this.#word(token.value);
    this.#previous = token;
    this.#count += 1;
  }

  #word(word: string): void {
    const previous = this.#previous?.kind === "word" ? this.#previous.value : undefined;
    if (this.#count === 0) this.#mayHaveBlocks = ["IF", "WHILE", "DECLARE"].includes(word);
    if (this.#definition.isRoutine) this.#mayHaveBlocks = true;
    // BEGIN at the beginning is a block unless it opens a transaction, which its next word tells.
    if (this.#count === 1 && previous === "BEGIN" && !transactionWords.has(word)) {
      this.#mayHaveBlocks = true;
      this.#depth = 1;
    }
    if (!this.#mayHaveBlocks) return;
    if (previous === "END" && innerEnds.has(word)) this.#depth += 1;
    else if (previous === "BEGIN" && transactionWords.has(word)) this.#depth -= 1;
    else if (word === "CASE" && previous === "END") return;
    else if ((word === "BEGIN" && this.#count > 0) || word === "CASE") this.#depth += 1;
    else if (word === "END") this.#depth = Math.max(0, this.#depth - 1);
  }
}

class Splitting {
  readonly #lexer: Lexer;
  readonly #statements: SqlStatement[] = [];
  #tokens: Token[] = [];
  #blocks: AtomicBlock | BlockDepth;
  #parentheses = 0;
  #delimiter = ";";

  constructor(
    readonly script: string,
    readonly rules: ScriptRules,
    start = 0,
  ) {
    this.#lexer = new Lexer(script, rules);
    this.#lexer.position = start;
    this.#blocks = this.#noBlocks();
  }

  #noBlocks(): AtomicBlock | BlockDepth {
    return this.rules.blocksAreAtomic === true ? new AtomicBlock() : new BlockDepth();
  }

  #lineEnd(position: number): number {
    const end = this.script.indexOf("\n", position);
    return end === -1 ? this.script.length : end;
  }

  #isLineStart(position: number): boolean {
    return /(?:^|\n)[ \t]*$/.test(this.script.slice(Math.max(0, position - 80), position));
  }

  #statement(): SqlStatement {
    return { script: this.script, tokens: this.#tokens, marks: this.#lexer.marks };
  }

  #end(): void {
    if (this.#tokens.length > 0) this.#statements.push(this.#statement());
    this.#tokens = [];
    this.#blocks = this.#noBlocks();
    this.#parentheses = 0;
  }

  #isInside(): boolean {
    return this.#blocks.isInside || this.#parentheses > 0;
  }

  /** Passes over a line for the client; false when there is none here. */
  #clientLine(position: number): boolean {
    const { delimiterCommand, commandLine, batchLine } = this.rules.client;
    const character = this.script[position] ?? "";
    if (this.#tokens.length === 0) {
      if (delimiterCommand === true && /^d/i.test(character)) {
        const [, delimiter] = /^delimiter[ \t]+(\S+)/i.exec(this.script.slice(position, position + 60)) ?? [];
        if (delimiter !== undefined) {
          this.#delimiter = delimiter;
          this.#lexer.position = this.#lineEnd(position);
          return true;
        }
      }
      if (character === commandLine) {
        this.#lexer.position = this.#lineEnd(position);
        return true;
      }
    }
    if (batchLine === undefined || !this.#isLineStart(position)) return false;
    const lineEnd = this.#lineEnd(position);
    if (!batchLine.test(this.script.slice(position, lineEnd).trim())) return false;
    this.#end();
    this.#lexer.position = lineEnd;
    return true;
  }

  /** The client ends a statement at its delimiter also where a name could hold it: `END$$`. */
  #withoutDelimiter(token: Token | undefined): Token | undefined {
    if (this.#delimiter === ";" || token?.kind !== "word") return token;
    const length = token.text.indexOf(this.#delimiter);
    if (length < 1) return token;
    const end = token.start + length;
    this.#lexer.position = end;
    return { ...token, text: token.text.slice(0, length), value: token.value.slice(0, length), end };
  }

  /** Nothing but the end of the statement is looked for. */
  #isInRows(): boolean {
    if (this.rules.passesRows !== true) return false;
    const [first] = this.#tokens;
    if (first?.kind !== "word" || (first.value !== "INSERT" && first.value !== "REPLACE")) return false;
    const { client, dollarQuotes } = this.rules;
    return this.#delimiter === ";" && client.batchLine === undefined && dollarQuotes !== true;
  }

  /** The rows behind COPY are no SQL. */
  #skipCopiedRows(): void {
    const words = this.#tokens.map(({ value }) => value);
    if (words[0] !== "COPY" || !words.some((word, place) => word === "FROM" && words[place + 1] === "STDIN")) return;
    const end = /^\\\.\s*$/gm;
    end.lastIndex = this.#lexer.position;
    this.#lexer.position = end.exec(this.script) === null ? this.script.length : end.lastIndex;
  }

  #takeParenthesis({ text }: Token): void {
    if (text === "(") this.#parentheses += 1;
    if (text === ")") this.#parentheses = Math.max(0, this.#parentheses - 1);
  }

  statements(): readonly SqlStatement[] {
    for (;;) {
      this.#lexer.skip();
      const { position } = this.#lexer;
      if (position >= this.script.length) break;
      if (this.#clientLine(position)) continue;
      if (this.script.startsWith(this.#delimiter, position) && !(this.#isInside() && this.#delimiter === ";")) {
        this.#lexer.position = position + this.#delimiter.length;
        if (this.rules.client.copiedRows === true) this.#skipCopiedRows();
        this.#end();
        continue;
      }
      if (this.#isInRows() && this.#lexer.passPlain()) continue;
      const token = this.#withoutDelimiter(this.#lexer.next());
      if (token === undefined) break;
      if (this.#isInRows() && token.kind !== "unfinished") continue;
      this.#tokens.push(token);
      this.#blocks.take(token);
      if (this.rules.parenthesesHold === true) this.#takeParenthesis(token);
    }
    return [...this.#statements, ...this.#rest()];
  }

  /**
   * What the script ends with. The client sends it without waiting for its delimiter, and the server reads several
   * statements in it. https://dev.mysql.com/doc/c-api/8.4/en/c-api-multiple-queries.html
   */
  #rest(): readonly SqlStatement[] {
    const [first] = this.#tokens;
    if (first === undefined) return [];
    if (this.#delimiter !== ";") return new Splitting(this.script, this.rules, first.start).statements();
    return [this.#statement()];
  }
}

/** Splits a script into its statements, what is for the client left out. */
export function splitStatements(script: string, rules: ScriptRules): readonly SqlStatement[] {
  return new Splitting(script, rules).statements();
}
