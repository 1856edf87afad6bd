import fc from "fast-check";
import { column, t, type Operations } from "sqlembic";
import { describe, expect, it } from "vitest";
import { lexicalRules as mssqlRules } from "../../../../dialects/mssql/lexical-rules.js";
import { lexicalRules as mysqlRules } from "../../../../dialects/mysql/lexical-rules.js";
import { lexicalRules as oracleRules } from "../../../../dialects/oracle/lexical-rules.js";
import { lexicalRules as postgresqlRules } from "../../../../dialects/postgresql/lexical-rules.js";
import { hasQuotedLineBreak } from "../../../../dialects/shared/sql-text/line-ends.js";
import { tokensOf } from "../../../../dialects/shared/sql-text/tokens.js";
import { lexicalRules as sqliteRules } from "../../../../dialects/sqlite/lexical-rules.js";
import { dialectNames } from "../../../../src/schema/dialect-names.js";
import { compileScript } from "../compile-script.js";
import { sqlcmdBatches } from "../../mssql/script/sqlcmd-model.js";
import { sqlPlusBlocks } from "../../oracle/script/sqlplus-model.js";

const data = (op: Operations): void => op.execute("INSERT INTO t VALUES ('two\nlines')");
const words = (op: Operations): void => {
  op.createTable("t", [column("a", t.text(), { comment: "two\nlines" })]);
  op.bulkInsert("t", [{ a: "two\nlines" }]);
  op.execute("UPDATE t\nSET a = 'b'");
};

describe.each(dialectNames)("a script for %s", (dialect) => {
  it("checks its line ends where a text of an author's holds one", async () => {
    const script = await compileScript({ dialect }, [{ id: "a1", upgrade: data }]);
    const check = script.indexOf("the line ends of this file were converted");
    expect(check).toBeGreaterThan(0);
    expect(check).toBeLessThan(script.indexOf("INSERT INTO t "));
    expect(script.slice(check - 100, check + 200)).toContain("'\n'");
  });

  it("does not where line breaks stand between words, or in values", async () => {
    expect(await compileScript({ dialect }, [{ id: "a1", upgrade: words }])).not.toContain("line ends");
  });

  it("does not in Alembic's own layout", async () => {
    const script = await compileScript({ dialect }, [{ id: "a1", upgrade: data }], "heads", { layout: "plain" });
    expect(script).not.toContain("line ends");
  });
});

describe("the check of line ends", () => {
  it("stands where sqlcmd and SQL*Plus take it as it is", async () => {
    const [batch] = sqlcmdBatches(await compileScript({ dialect: "mssql" }, [{ id: "a1", upgrade: data }]));
    expect(batch).toContain(
      "IF UNICODE(N'\n') <> 10 THROW 50001, N'Refused: the line ends of this file were converted",
    );
    const [block] = sqlPlusBlocks(await compileScript({ dialect: "oracle" }, [{ id: "a1", upgrade: data }]));
    expect(block).toContain("IF '\n' != CHR(10) THEN\n  RAISE_APPLICATION_ERROR(-20001, 'Refused: the line ends");
  });
});

describe("a line break inside quotes", () => {
  it.each([
    ["a string", "SELECT 'a\nb'", mysqlRules],
    ["a string with a quote", "SELECT 'it''s\nb'", sqliteRules],
    ["a string in double quotes", 'SELECT "a\nb"', mysqlRules],
    ["a name", "SELECT [a\nb]", mssqlRules],
    ["dollar quotes that hold data", "SELECT $x$a\nb$x$", postgresqlRules],
    [
      "a string in the body of a function",
      "CREATE FUNCTION f() RETURNS text AS $$\nSELECT 'a\nb'\n$$ LANGUAGE sql",
      postgresqlRules,
    ],
    ["a string that is left open", "SELECT 'a\nb", sqliteRules],
    ["a string with delimiters of its own", "SELECT nq'[it's\nb]' FROM dual", oracleRules],
  ])("is found in %s", (_what, sql, rules) => {
    expect(hasQuotedLineBreak(sql, rules)).toBe(true);
  });

  it("is found wherever the lexer of a dialect sees one", () => {
    const fragments = [
      "'",
      "''",
      '"',
      "`",
      "[",
      "]",
      "q'[",
      "]'",
      "nQ'!",
      "!'",
      "\n",
      "a",
      "b\n",
      " ",
      "-",
      "--",
      "#",
      "/*",
      "*/",
    ];
    const lexers = [mssqlRules, mysqlRules, oracleRules, sqliteRules];
    const text = fc.array(fc.constantFrom(...fragments), { maxLength: 12 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, fc.constantFrom(...lexers), (sql, rules) => {
        const quotes = tokensOf(sql, rules).filter(({ kind }) => ["string", "name", "unfinished"].includes(kind));
        expect(hasQuotedLineBreak(sql, rules)).toBe(quotes.some((token) => token.text.includes("\n")));
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    ["words", "SELECT 'a',\n'b'", mysqlRules],
    ["a comment", "SELECT 1 -- it's\n, /* it's\n */ 'b'", postgresqlRules],
    ["the body of a function", "CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$\nSELECT 'a'\n$$", postgresqlRules],
    ["the body of DO", "DO $$\nBEGIN\nEND\n$$", postgresqlRules],
    ["the body of DO with a language", "DO LANGUAGE plpgsql $$\nBEGIN\nEND\n$$", postgresqlRules],
    ["words behind a string with delimiters", "SELECT q'!it's!'\nFROM dual", oracleRules],
    ["an escape", "SELECT 'a\\nb'\n", mysqlRules],
  ])("is not seen in %s", (_what, sql, rules) => {
    expect(hasQuotedLineBreak(sql, rules)).toBe(false);
  });
});
