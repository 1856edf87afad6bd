import type { DialectName } from "../../src/schema/dialect-names.js";
import { grammarOf, type Grammar } from "./grammars.js";
import { askServer } from "./servers.js";
import { unparsedStatements, type UnparsedStatements } from "./unparsed-statements.js";

declare module "vitest" {
  interface TaskMeta {
    /** What node-sql-parser did not understand of the statements that the test rendered. */
    unparsed?: readonly Unparsed[];
  }
}

/** A statement that node-sql-parser did not understand, though the list says that it is right. */
export interface Unparsed {
  /** Its entry in the list. */
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

/**
 * The entries of the list that make a statement right, in order. Text that has a replacement is replaced, until the rest
 * can be parsed; an entry without one speaks for the whole statement, since the server is asked. None: it is not listed.
 */
function entriesFor(grammar: Grammar, dialect: DialectName, sql: string): readonly UnparsedStatements[] {
  const entries: UnparsedStatements[] = [];
  let rest = sql;
  for (const entry of unparsedStatements) {
    if (!entry.dialects.includes(dialect) || !entry.pattern.test(rest)) continue;
    entries.push(entry);
    if (entry.instead === undefined) return entries;
    rest = rest.replace(new RegExp(entry.pattern, `${entry.pattern.flags}g`), entry.instead);
    if (grammar.problemOf(rest) === undefined) return entries;
  }
  return [];
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
  if (grammar.isServers) return new Error(`${dialect} cannot parse, ${problem}:\n${sql}`);
  const entries = entriesFor(grammar, dialect, sql);
  if (entries.length === 0) {
    return new Error(
      `node-sql-parser cannot parse for ${dialect}, ${problem}:\n${sql}\n` +
        "If the server can, test/parse-everything/unparsed-statements.ts has to list the shape with the reason.",
    );
  }
  const answer = await askServer(dialect, sql);
  if (answer?.error !== undefined) return new Error(`${answer.server} cannot parse, ${answer.error}:\n${sql}`);
  return entries.map(({ shape }) => ({ shape, dialect, sql, acceptedBy: answer?.server }));
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
    if (grammar === undefined) continue;
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
