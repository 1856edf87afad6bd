import type { DialectName } from "../../src/schema/dialect-names.js";
import { grammarOf, type Grammar } from "./grammars.js";
import { withoutMisread } from "./misread-texts.js";
import { askServer } from "./servers.js";
import { unparsedStatements } from "./unparsed-statements.js";

declare module "vitest" {
  interface TaskMeta {
    /** What its grammar did not understand of the statements that the test rendered. */
    unparsed?: readonly Unparsed[];
  }
}

/** A statement that its grammar did not understand, though a list says that it is right. */
export interface Unparsed {
  /** Its entry in the list of what node-sql-parser or antlr4ts-sql does not understand. */
  readonly shape: string;
  readonly dialect: DialectName;
  readonly sql: string;
  /** The server whose own parser accepted it; undefined where none was asked. */
  readonly acceptedBy: string | undefined;
}

interface Allowance {
  readonly pattern: RegExp;
  readonly reason: string;
  isUsed: boolean;
}

const rendered = new Map<DialectName, Set<string>>();
const parsed = new Map<DialectName, Set<string>>();
let allowances: Allowance[] = [];
let isLeftOut = false;

/** Notes that a test rendered a statement. */
export function collect(dialect: DialectName, sql: string): void {
  const statements = rendered.get(dialect) ?? new Set();
  rendered.set(dialect, statements.add(sql));
}

/**
 * Says, inside a test, that statements which match a pattern are no SQL of their server, and why the test renders them
 * all the same. A test whose statements can all be parsed fails: it has nothing to allow.
 *
 * @example allowUnparsed(/SELEC 1/, "the test is about --no-parse")
 */
export function allowUnparsed(pattern: RegExp, reason: string): void {
  allowances.push({ pattern, reason, isUsed: false });
}

/** Says, inside a test, that what it renders is not to be parsed. Other tests render the same shapes. */
export function leaveUnparsed(): void {
  isLeftOut = true;
}

/** Where the shapes stand that a package refuses, though the server does not. */
const lists = {
  "libpg-query": undefined,
  "node-sql-parser": "test/parse-everything/unparsed-statements.ts has to list the shape with the reason.",
  "antlr4ts-sql": "test/parse-everything/misread-texts.ts has to list the shape with the vendor's page.",
} as const satisfies Readonly<Record<Grammar["package"], string | undefined>>;

/**
 * The shapes of a statement that its grammar refuses wrongly; none when it is not listed, or wrong all the same. A
 * server is asked for all of it, where there is one; where there is none, the grammar for all that is not listed.
 */
async function shapesOf(grammar: Grammar, dialect: DialectName, sql: string): Promise<readonly Unparsed[] | Error> {
  if (grammar.package === "antlr4ts-sql") {
    const { shapes, rest } = withoutMisread(dialect, sql);
    if (grammar.problemOf(rest) !== undefined) return [];
    return shapes.map((shape) => ({ shape, dialect, sql, acceptedBy: undefined }));
  }
  const entry = unparsedStatements.find(({ dialects, pattern }) => dialects.includes(dialect) && pattern.test(sql));
  if (entry === undefined) return [];
  const answer = await askServer(dialect, sql);
  if (answer?.error !== undefined) return new Error(`${answer.server} cannot parse, ${answer.error}:\n${sql}`);
  return [{ shape: entry.shape, dialect, sql, acceptedBy: answer?.server }];
}

/** One statement: what the list says of it where it cannot be parsed, or an error that tells what to do. */
async function parse(
  grammar: Grammar,
  dialect: DialectName,
  sql: string,
  allowed: readonly Allowance[],
): Promise<readonly Unparsed[] | "allowed" | Error> {
  const problem = grammar.problemOf(sql);
  if (problem === undefined) return [];
  const allowance = allowed.find(({ pattern }) => pattern.test(sql));
  if (allowance !== undefined) {
    allowance.isUsed = true;
    return "allowed";
  }
  const list = lists[grammar.package];
  if (list === undefined) return new Error(`${dialect} cannot parse, ${problem}:\n${sql}`);
  const shapes = await shapesOf(grammar, dialect, sql);
  if (shapes instanceof Error || shapes.length > 0) return shapes;
  return new Error(`${grammar.package} cannot parse for ${dialect}, ${problem}:\n${sql}\nIf the server can, ${list}`);
}

/**
 * Parses what was collected and not parsed before.
 *
 * @returns what the list allowed
 * @throws Error with every statement that no parser accepts
 */
export async function parseCollected(): Promise<readonly Unparsed[]> {
  // a test that runs at the same time goes on collecting
  const batch = isLeftOut ? [] : [...rendered];
  const allowed = allowances;
  rendered.clear();
  allowances = [];
  isLeftOut = false;
  const problems: string[] = [];
  const unparsed: Unparsed[] = [];
  for (const [dialect, statements] of batch) {
    const grammar = await grammarOf(dialect);
    const known = parsed.get(dialect) ?? new Set();
    parsed.set(dialect, known);
    for (const sql of statements) {
      if (known.has(sql)) continue;
      const result = await parse(grammar, dialect, sql, allowed);
      if (result === "allowed") continue;
      known.add(sql);
      if (result instanceof Error) problems.push(result.message);
      else unparsed.push(...result);
    }
  }
  for (const { pattern, reason, isUsed } of allowed) {
    if (!isUsed) problems.push(`Nothing that matches ${String(pattern)} fails to be parsed, though: ${reason}`);
  }
  if (problems.length > 0) throw new Error(problems.join("\n\n"));
  return unparsed;
}
