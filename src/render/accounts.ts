import { ignoringRules } from "../schema/ignoring-rules.js";
import type { Outcome, StatementAccount } from "../compiler/statement-account.js";
import { oneLine } from "../compiler/script/comments.js";

/** Statements in a row of which the same is to be said. */
interface Repeated<T> {
  readonly value: T;
  readonly count: number;
}

/** Rows can be most of a dump: what says the same in a row is said once. */
function together<T>(values: readonly T[], isSame: (one: T, other: T) => boolean): readonly Repeated<T>[] {
  const all: { value: T; count: number }[] = [];
  for (const value of values) {
    const last = all.at(-1);
    if (last !== undefined && isSame(last.value, value)) last.count += 1;
    else all.push({ value, count: 1 });
  }
  return all;
}

/** How many statements ended in each way. */
function countsOf(accounts: readonly StatementAccount[]): Readonly<Record<Outcome, number>> {
  const counts = { read: 0, kept: 0, unknown: 0, ignored: 0 };
  for (const { outcome } of accounts) counts[outcome] += 1;
  return counts;
}

/** What is said of statements that were not read: one line of a list. */
interface Listed {
  readonly outcome: Exclude<Outcome, "read">;
  /** Objects, or the rule by which it is ignored. */
  readonly about: string;
  readonly account: StatementAccount;
}

function listedOf(account: StatementAccount): readonly Listed[] {
  const { outcome, objects, rules } = account;
  const ignored = [...new Set(rules)].map((rule): Listed => ({ outcome: "ignored", about: rule, account }));
  if (outcome === "read" || outcome === "ignored") return ignored;
  return [...objects.map((about): Listed => ({ outcome, about, account })), ...ignored];
}

function listOf(accounts: readonly StatementAccount[]): readonly Repeated<Listed>[] {
  return together(
    accounts.flatMap(listedOf),
    (one, other) =>
      one.outcome === other.outcome &&
      one.about === other.about &&
      one.account.sql === other.account.sql &&
      one.account.origin?.file === other.account.origin?.file,
  );
}

/** What became of the statements of SQL text, as plain data: how many, and all that were not read as operations. */
export function accountsJson(accounts: readonly StatementAccount[]): object {
  const list = listOf(accounts);
  const entries = (outcome: Listed["outcome"], name: string): readonly object[] =>
    list
      .filter(({ value }) => value.outcome === outcome)
      .map(({ value: { about, account }, count }) => ({
        [name]: about,
        sql: account.sql,
        file: account.origin?.file ?? null,
        line: account.origin?.line ?? null,
        ...(count > 1 && { count }),
      }));
  return {
    counts: countsOf(accounts),
    kept: entries("kept", "object"),
    unknown: entries("unknown", "object"),
    ignored: entries("ignored", "rule"),
  };
}

const titles: Readonly<Record<Listed["outcome"], string>> = {
  kept: "Kept with its text",
  unknown: "Not understood",
  ignored: "Ignored",
};

function shortened(sql: string): string {
  const line = oneLine(sql);
  return line.length > 100 ? `${line.slice(0, 100)}…` : line;
}

function sentenceOf({ value: { outcome, about, account }, count }: Repeated<Listed>): string {
  const { sql, origin } = account;
  const what =
    outcome === "ignored"
      ? `${about} (${ignoringRules[about as keyof typeof ignoringRules]})`
      : about === "*"
        ? "anything may have changed"
        : about;
  const where = origin === undefined ? "" : ` (${origin.file}:${origin.line})`;
  const times = count > 1 ? ` ${count} times` : "";
  return `${titles[outcome]}: ${what}: ${shortened(sql)}${times}${where}`;
}

/** The same in sentences, one for a line. */
export function accountSentences(accounts: readonly StatementAccount[]): readonly string[] {
  const { read, kept, unknown, ignored } = countsOf(accounts);
  return [
    `Statements of SQL text: ${read} read, ${kept} kept with their text, ${unknown} not understood, ${ignored} ignored`,
    ...listOf(accounts).map(sentenceOf),
  ];
}
