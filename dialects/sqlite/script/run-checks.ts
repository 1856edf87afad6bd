import type { ScriptModel } from "../../../src/compiler/script/model.js";
import { withComments } from "../../../src/compiler/script/terminated.js";
import type { Statement } from "../../../src/compiler/statement.js";
import { doubleQuotes, singleQuotes } from "../../shared/sql-text/quotes.js";
import { splitStatements, type SqlStatement } from "../../shared/reader/statements.js";
import type { Token } from "../../shared/sql-text/tokens.js";
import { lexicalRules } from "../lexical-rules.js";

const scriptRules = { ...lexicalRules, client: {} };

/**
 * What shows, behind a statement, that it has run: a client that goes on after errors cannot say so itself. It is seen from
 * what the last row of the guard has noted, when the guard's own row was the last change.
 *
 * - A statement of DDL moves `schema_version`, and one that failed does not.
 * - Rows that were changed move `total_changes()`.
 * - A statement that found no row leaves 0 in `changes()`, where one that could not be prepared leaves the 1 of the guard.
 *   One that failed while it ran leaves 0 too, but the rows that it was for are still there.
 *
 * https://www.sqlite.org/lang_corefunc.html#changes https://www.sqlite.org/pragma.html#pragma_schema_version
 */
export const createRan = [
  "CREATE TEMP VIEW sqlembic_ran AS SELECT",
  "  schema_version <> (SELECT version FROM sqlembic_guard WHERE version IS NOT NULL ORDER BY rowid DESC LIMIT 1)",
  "    OR total_changes() <> (SELECT total + 1 FROM sqlembic_guard ORDER BY rowid DESC LIMIT 1) AS moved,",
  "  changes() = 0 AS idle, total_changes() AS total, schema_version AS version",
  "FROM pragma_schema_version;",
].join("\n");

/**
 * A transaction also where BEGIN has failed, as it does while another one has the lock: without one, what comes next
 * would be kept statement by statement. https://www.sqlite.org/lang_savepoint.html
 */
export const inTransaction = "SAVEPOINT sqlembic;";

export const dropRan = "DROP VIEW temp.sqlembic_ran;";

/** Notes that a condition holds, and what the next statement is compared with. */
function noted(condition: string): string {
  return `INSERT INTO temp.sqlembic_guard SELECT ${condition}, total, version FROM temp.sqlembic_ran;`;
}

/** What the first statement is compared with. */
export const noteStart = noted("1");

/**
 * Rolls back where the table of the guard is missing: a statement that names the table could not tell, since it fails.
 * NULL is no version.
 */
export function guardExists({ versionTable: { qualified } }: ScriptModel): string {
  const isThere = "EXISTS (SELECT 1 FROM temp.sqlite_master WHERE name = 'sqlembic_guard')";
  return `INSERT OR ROLLBACK INTO ${qualified} (version_num) SELECT NULL WHERE NOT ${isThere};`;
}

/** Notes that the statement before has changed exactly one row. */
export const oneRowMoved = noted("moved AND changes() = 1");

/** A statement of a text, with a statement that notes what shows that it has run. */
export interface CheckedText {
  readonly sql: string;
  readonly note: string | undefined;
}

/** The tokens of a statement outside parentheses, each with its index. */
function outermost(tokens: readonly Token[]): readonly Token[] {
  let depth = 0;
  return tokens.filter(({ text }) => {
    if (text === ")") depth -= 1;
    const isOuter = depth === 0;
    if (text === "(") depth += 1;
    return isOuter;
  });
}

const tails = new Set(["RETURNING", "ORDER", "LIMIT"]);
const writers = new Set(["INSERT", "REPLACE", "UPDATE", "DELETE"]);
/** What may stand behind the queries of WITH. */
const verbs = new Set([...writers, "SELECT", "VALUES"]);

/** One statement that changes rows, taken apart at its outermost words. */
class RowStatement {
  readonly #outer: readonly Token[];
  readonly #verb: number;

  constructor(
    readonly script: string,
    readonly tokens: readonly Token[],
  ) {
    this.#outer = outermost(tokens);
    this.#verb = this.#outer.findIndex(({ kind, value }) => kind === "word" && verbs.has(value));
  }

  get verb(): string | undefined {
    return this.#outer[this.#verb]?.value;
  }

  /** Where one of some words stands next, outside parentheses; DISTINCT FROM is an operator. */
  #find(words: ReadonlySet<string>, after = this.#verb): number {
    return this.#outer.findIndex(
      ({ kind, value }, index) =>
        index > after &&
        kind === "word" &&
        words.has(value) &&
        !(value === "FROM" && this.#outer[index - 1]?.value === "DISTINCT"),
    );
  }

  /** The text from behind one outermost token up to another one; -1 for the end. */
  #text(from: number, to: number): string {
    const start = this.#outer[from]?.end ?? 0;
    const before = to === -1 ? this.tokens.at(-1) : this.tokens[this.tokens.indexOf(this.#outer[to] as Token) - 1];
    return this.script.slice(start, before?.end).trim();
  }

  #withPrefix(query: string): string {
    const [first, verb] = [this.#outer[0] as Token, this.#outer[this.#verb] as Token];
    return this.script.slice(first.start, verb.start) + query;
  }

  /** The statement itself says that rows may be left out: OR IGNORE, ON CONFLICT. */
  get #mayIgnore(): boolean {
    const words = this.#outer.map(({ value }) => value);
    return words.some((word, index) => {
      const next = words[index + 1];
      return (word === "OR" && next === "IGNORE") || (word === "ON" && next === "CONFLICT");
    });
  }

  /** A query that finds a row when the statement has something to do; "always", or undefined where nothing tells. */
  get work(): string | undefined {
    if (this.#mayIgnore) return undefined;
    const tail = this.#find(tails);
    switch (this.verb) {
      case "DELETE":
        return this.#withPrefix(`SELECT 1 FROM ${this.#text(this.#find(new Set(["FROM"])), tail)}`);
      case "UPDATE":
        return this.#updateWork(tail);
      default:
        return this.#insertWork();
    }
  }

  #updateWork(tail: number): string | undefined {
    const set = this.#find(new Set(["SET"]));
    if (set === -1) return undefined;
    const start = this.#outer[this.#verb + 1]?.value === "OR" ? this.#verb + 2 : this.#verb;
    const where = this.#find(new Set(["WHERE"]), set);
    const from = this.#find(new Set(["FROM"]), set);
    const others = from === -1 ? "" : `, (${this.#text(from, where === -1 ? tail : where)})`;
    const condition = where === -1 ? "" : ` WHERE ${this.#text(where, tail)}`;
    return this.#withPrefix(`SELECT 1 FROM ${this.#text(start, set)}${others}${condition}`);
  }

  #insertWork(): string | undefined {
    const source = this.#find(new Set(["VALUES", "DEFAULT", "SELECT", "WITH"]));
    const first = this.#outer[source];
    if (first === undefined) return undefined;
    if (first.value === "VALUES" || first.value === "DEFAULT") return "always";
    const returning = this.#find(new Set(["RETURNING"]));
    return this.#withPrefix(`${first.text} ${this.#text(source, returning)}`);
  }
}

/** Where an object is listed that a statement makes or removes; undefined for any other statement. */
function isListed(tokens: readonly Token[]): string | undefined {
  const words = tokens.map(({ kind, value }) => (kind === "word" ? value : ""));
  const kind = words.findIndex((word) => ["TABLE", "INDEX", "VIEW", "TRIGGER"].includes(word));
  if (kind === -1 || kind > 3) return undefined;
  let index = kind + 1;
  while (["IF", "NOT", "EXISTS"].includes(words[index] ?? "")) index += 1;
  const isQualified = tokens[index + 1]?.text === ".";
  const nameOf = (token: Token | undefined): string => (token?.kind === "word" ? token.text : (token?.value ?? ""));
  const isTemporary = words.slice(0, kind).some((word) => word === "TEMP" || word === "TEMPORARY");
  const schema = isQualified ? `${doubleQuotes(nameOf(tokens[index]))}.` : isTemporary ? "temp." : "";
  const name = singleQuotes(nameOf(tokens[isQualified ? index + 2 : index]));
  return `EXISTS (SELECT 1 FROM ${schema}sqlite_master WHERE name = ${name} COLLATE NOCASE)`;
}

/** A condition that holds when a statement has run. */
function conditionOf({ script, tokens }: SqlStatement): string {
  const [first] = tokens;
  const verb = first?.kind === "word" ? first.value : "";
  if (verb === "CREATE" || verb === "DROP") {
    const words = tokens.slice(0, 6).map(({ value }) => value);
    const listed = isListed(tokens);
    const mayDoNothing = words.includes("EXISTS") || words.some((word) => word === "TEMP" || word === "TEMPORARY");
    const isElsewhere = tokens.slice(2, 8).some(({ text }) => text === ".");
    if (listed === undefined || !(mayDoNothing || isElsewhere)) return "moved";
    return `moved OR ${verb === "DROP" ? "NOT " : ""}${listed}`;
  }
  if (verb === "ALTER") return tokens[3]?.text === "." ? "1" : "moved";
  if (!writers.has(verb) && verb !== "WITH") return "1";
  const statement = new RowStatement(script, tokens);
  if (!writers.has(statement.verb ?? "")) return "1";
  const { work } = statement;
  if (work === undefined) return "moved OR idle";
  return work === "always" ? "moved" : `CASE WHEN moved THEN 1 WHEN idle THEN NOT EXISTS (${work}) ELSE 0 END`;
}

/** A statement of a revision, or one of several in its text. */
export interface CheckedStatement extends CheckedText {
  readonly statement: Statement;
}

/** For a client that stops at the first error. */
export function unchecked(statement: Statement): CheckedStatement {
  return { statement, sql: withComments(statement), note: undefined };
}

/** Whether a text goes back to a savepoint, and takes back what was noted since. */
function returnsToSavepoint(sql: string): boolean {
  return (
    /\brollback\b/i.test(sql) && splitStatements(sql, scriptRules).some(({ tokens }) => tokens[0]?.value === "ROLLBACK")
  );
}

/** The statements of a revision, each with what shows that it has run, as far as that can be noted. */
export function allChecked(statements: readonly Statement[]): readonly CheckedStatement[] {
  if (!statements.some(({ sql }) => returnsToSavepoint(sql))) {
    return statements.flatMap((statement) => checked(withComments(statement)).map((part) => ({ ...part, statement })));
  }
  return statements.map((statement, index) => ({
    ...unchecked(statement),
    note: index === statements.length - 1 ? noteStart : undefined,
  }));
}

/** The statements of a text one by one, each with what shows that it has run. */
export function checked(sql: string): readonly CheckedText[] {
  const statements = splitStatements(sql, scriptRules);
  if (statements.length < 2) return statements.map((statement) => ({ sql, note: noted(conditionOf(statement)) }));
  return statements.map((statement, index) => {
    const { tokens } = statement;
    const start = index === 0 ? 0 : tokens[0]?.start;
    return { sql: sql.slice(start, tokens.at(-1)?.end), note: noted(conditionOf(statement)) };
  });
}
