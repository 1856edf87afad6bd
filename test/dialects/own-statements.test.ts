import { describe, expect, it } from "vitest";
import { SqlembicError } from "../../src/errors.js";
import { compileRange } from "../../src/index.js";
import { dialectNames, type DialectName } from "../../src/schema/dialect-names.js";
import { problemInFull } from "../parse-everything/full-grammar.js";
import { withoutMisread } from "../parse-everything/misread-texts.js";
import { leaveUnparsed } from "../parse-everything/statements.js";
import { history } from "../support/history.js";
import { ownStatements as mssqlStatements, unreadStatements as mssqlUnread } from "./mssql/own-statements.js";
import { ownStatements as oracleStatements, unreadStatements as oracleUnread } from "./oracle/own-statements.js";

/** What an author is told of a statement of his own: the notices, or the refusal. */
async function saidOf(dialect: DialectName, sql: string): Promise<readonly string[]> {
  const notices: string[] = [];
  const project = history({ dialect }, [{ id: "a1", upgrade: (op) => op.execute(sql) }]);
  try {
    await compileRange(project, "head", { notice: (text) => notices.push(text) });
  } catch (error) {
    if (!(error instanceof SqlembicError)) throw error;
    notices.push(`refused: ${error.message}`);
  }
  return notices;
}

describe.each([
  ["mssql", mssqlStatements, mssqlUnread],
  ["oracle", oracleStatements, oracleUnread],
] as const)("own SQL for %s", (dialect, ownStatements, unreadStatements) => {
  // as it was written, with the semicolon that MERGE needs and a script writes itself
  const problemOf = (sql: string): string | undefined => problemInFull(dialect, withoutMisread(dialect, sql).rest);

  it.each(ownStatements)("is taken without a word: %s", async (sql) => {
    leaveUnparsed();
    expect(problemOf(sql)).toBeUndefined();
    expect(await saidOf(dialect, sql)).toEqual([]);
  });

  it.each(Object.values(unreadStatements).flat())(
    "is taken without a word where only the manual has it: %s",
    async (sql) => {
      leaveUnparsed();
      expect(problemOf(sql)).toBeDefined();
      expect(await saidOf(dialect, sql)).toEqual([]);
    },
  );
});

describe.each(dialectNames)("broken SQL for %s", (dialect) => {
  it.each([
    ["SELEC 1", /SELEC/],
    ["UPDAT t SET a = 1", /UPDAT/],
    ["INSRT INTO t VALUES (1)", /INSRT/],
    ["DELET FROM t", /DELET/],
    ["CREAT TABLE t (a int)", /CREAT/],
    ["ALTR TABLE t ADD a int", /ALTR/],
    ["DRP TABLE t", /DRP/],
    ["GRAN SELECT ON t TO r", /GRAN/],
    ["/* a note */ UPDAT t SET a = 1", /UPDAT/],
    ["SELECT 'a", /quote that is not closed/],
    ["UPDATE t SET a = (1", /parenthesis that is not closed/],
    ["SELECT 1)", /closes a parenthesis/],
    ["SELECT 1 /* a note", /comment that is not closed/],
  ])("is told of: %s", async (sql, said) => {
    leaveUnparsed();
    expect(await saidOf(dialect, sql)).toEqual([expect.stringMatching(said) as string]);
  });
});
