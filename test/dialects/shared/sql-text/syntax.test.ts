import { describe, expect, it } from "vitest";
import { loadDialect } from "../../../../dialects/index.js";
import { compileRange, type Operations } from "../../../../src/index.js";
import type { DialectName } from "../../../../src/schema/dialect-names.js";
import { history } from "../../../support/history.js";
import { allowUnparsed, leaveUnparsed } from "../../../parse-everything/statements.js";

describe("PostgreSQL's grammar", () => {
  it.each([
    ["SELECT 'a", "unterminated quoted string", 7],
    ['SELECT "a', "unterminated quoted identifier", 7],
    ["SELECT $$a", "unterminated dollar-quoted string", 7],
    ["SELECT E'a\\'", "unterminated quoted string", 7],
    ["SELECT 1 /* x", "unterminated /* comment", 9],
  ])("does not take %j, which is left open", async (sql, message, offset) => {
    const problem = (await parserOf("postgresql")).problemOf(sql);
    expect(problem).toEqual({ message: expect.stringContaining(message) as string, offset });
  });

  it("names the wrong one of many", async () => {
    allowUnparsed(/SETT/, "the wrong statement is what the test is about");
    const revisions = Array.from({ length: 130 }, (_all, position) => ({
      id: `r${String(position).padStart(3, "0")}`,
      upgrade: (op: Operations) =>
        op.execute(position === 77 ? "UPDATE t SETT a = 77" : `UPDATE t SET a = ${position}`),
    }));
    const compiling = compileRange(history({ dialect: "postgresql" }, revisions), "head");
    await expect(compiling).rejects.toMatchObject({ code: "sql-syntax", data: { sql: "UPDATE t SETT a = 77" } });
  });
});

async function parserOf(dialectName: DialectName) {
  const parser = await (await loadDialect(dialectName)).loadParser?.();
  if (parser === undefined) throw new Error(`${dialectName} has no parser`);
  return parser;
}

describe.each(["mysql", "mariadb", "sqlite", "mssql"] as const)("the syntax check for %s", (dialect) => {
  it("says where a text is no SQL, as a suspicion", async () => {
    const parser = await parserOf(dialect);
    expect(parser.isServerGrammar).toBe(false);
    expect(parser.problemOf("UPDATE t SET a = 1 WHERE b = 2")).toBeUndefined();
    expect(parser.problemOf("SELECT ) FROM t")).toEqual({ message: 'unexpected ")"', offset: 7 });
    expect(parser.problemOf("SELECT 1 +")).toEqual({ message: "unexpected end", offset: 10 });
  });

  it("tells of it where the call stands, and compiles", async () => {
    allowUnparsed(/SETT/, "the suspicion is what the test is about");
    const notices: string[] = [];
    const project = history({ dialect }, [{ id: "a1", upgrade: (op) => op.execute("UPDATE t SETT a = 1") }]);
    const { script } = await compileRange(project, "head", { notice: (text) => notices.push(text) });
    expect(notices).toEqual([expect.stringMatching(`the grammar is not ${dialect}'s own`) as string]);
    expect(script).toContain("UPDATE t SETT a = 1");
  });
});

/** What servers take, node-sql-parser does not know, and is said nothing of. */
const taken: Readonly<Record<"mysql" | "mariadb" | "sqlite" | "mssql", readonly string[]>> = {
  mysql: [
    "SELECT * FROM a, JSON_TABLE(a.files, '$[*]' COLUMNS (f VARCHAR(10) PATH '$')) j",
    "INSERT INTO a (status) VALUES (1) ON DUPLICATE KEY UPDATE x = VALUES(x)",
    "UPDATE a SET x = 1 ORDER BY id LIMIT 3",
    "OPTIMIZE TABLE a",
    "DO SLEEP(0)",
    "TABLE a ORDER BY id LIMIT 2",
    "ALTER TABLE a REORGANIZE PARTITION p0 INTO (PARTITION p1 VALUES LESS THAN (10))",
    "ALTER TABLE `a` ORDER BY id",
    "ALTER DATABASE CHARACTER SET utf8mb4",
    "UPDATE LOW_PRIORITY IGNORE a SET x = 1",
    "SELECT SUBSTRING(x FROM 2 FOR 3) FROM a",
    "ALTER EVENT e DISABLE",
    "DO COALESCE(NULLIF(CONCAT('it\\'s (', ']'), \"a)\"), 1)",
  ],
  mariadb: [
    "SELECT * FROM a CROSS JOIN JSON_TABLE(a.files, '$[*]' COLUMNS (f VARCHAR(10) PATH '$')) j",
    "DELETE FROM a ORDER BY id LIMIT 1",
    "ANALYZE TABLE a",
    "DO RELEASE_LOCK('a')",
    "SELECT x FROM a LOCK IN SHARE MODE",
    "SELECT NEXT VALUE FOR s",
    "INSERT INTO a (id) VALUES (NEXT VALUE FOR s)",
    "ALTER SEQUENCE s RESTART 5",
    "CREATE TABLE b (x INT) WITH SYSTEM VERSIONING",
    "SELECT x FROM a FOR SYSTEM_TIME AS OF TIMESTAMP '2026-01-01'",
    "DELETE HISTORY FROM a BEFORE SYSTEM_TIME '2026-01-01'",
    "UPDATE a FOR PORTION OF p FROM '2026-01-01' TO '2026-02-01' SET x = 1",
    "DELETE FROM a FOR PORTION OF p FROM '2026-01-01' TO '2026-02-01'",
    "SELECT x FROM a LIMIT ROWS EXAMINED 100",
    "SELECT COLUMN_GET(c, 'a' AS INT) FROM a",
    "CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO DELETE FROM a",
  ],
  sqlite: [
    "PRAGMA foreign_keys=OFF",
    "PRAGMA main.secure_delete = ON",
    "PRAGMA wal_checkpoint(TRUNCATE)",
    "UPDATE OR IGNORE a SET v = 1",
    "INSERT INTO a (x) VALUES (1) ON CONFLICT (x) DO UPDATE SET x = excluded.x",
    "UPDATE a SET x = b.y FROM b WHERE a.id = b.id",
    "REINDEX ix",
    "WITH x AS MATERIALIZED (SELECT 1 AS y) UPDATE a SET v = (SELECT y FROM x)",
    "SELECT v FROM a WHERE body MATCH 'y'",
    "SELECT sum(v) FILTER (WHERE x > 1) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE TIES) FROM a",
    "INSERT INTO a (x) VALUES (1) ON CONFLICT (x) WHERE v > 1 DO UPDATE SET v = excluded.v WHERE a.v < 3",
    "CREATE VIRTUAL TABLE f USING fts5(title, body, tokenize='porter')",
    "SELECT a.id FROM a INDEXED BY i WHERE id > 0",
    "DELETE FROM a NOT INDEXED WHERE id > 0",
  ],
  mssql: [
    "UPDATE STATISTICS dbo.a",
    "DISABLE TRIGGER tr ON dbo.a",
    "DBCC CHECKIDENT ('a', RESEED, 1)",
    "CREATE TYPE ids AS TABLE (id int)",
  ],
};

describe.each(Object.entries(taken))("the syntax check for %s", (dialect, statements) => {
  it.each(statements)("has nothing to say of %s", async (statement) => {
    leaveUnparsed();
    const notices: string[] = [];
    const project = history({ dialect: dialect as DialectName }, [
      { id: "a1", upgrade: (op) => op.execute(statement) },
    ]);
    await compileRange(project, "head", { notice: (text) => notices.push(text) });
    expect(notices).toEqual([]);
  });

  it("tells of text that no grammar can take", async () => {
    for (const statement of [
      "PRAGMA x = 'a",
      "SELECT (1",
      "CHECK (a",
      "DBCC 'a",
      "ANALYZE ((a)",
      "ANALYZE a)",
      "ANALYZE a /* b",
      "DBCC a /* b",
    ]) {
      const accepts = await (await parserOf(dialect as DialectName)).secondOpinion?.();
      expect(accepts?.(statement)).toBe(false);
    }
  });
});

describe("the syntax check", () => {
  it.each([
    ["sqlite", "DROP INDEX ix"],
    ["sqlite", "CREATE TABLE [t x] (a DOUBLE PRECISION, b INT REFERENCES o (id) DEFERRABLE INITIALLY DEFERRED)"],
    ["mariadb", "ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (a) REFERENCES u (b)"],
    ["mysql", "ALTER TABLE t RENAME INDEX a TO b"],
    ["mssql", "CREATE INDEX ix ON dbo.t (a ASC) INCLUDE (b)"],
    ["mssql", "EXEC sp_rename 't.a', 'b', 'COLUMN'"],
  ] as const)("of %s has nothing to say of DDL that the replayed schema follows: %s", async (dialect, sql) => {
    expect((await parserOf(dialect)).problemOf(sql)).toBeUndefined();
  });
});
