import { describe, expect, it } from "vitest";
import { compileOperations, type DialectName } from "../../src/index.js";
import { askServer } from "./servers.js";
import { allowUnparsed, collect, parseCollected } from "./statements.js";
import { unparsedStatements } from "./unparsed-statements.js";

describe("statements that tests render", () => {
  it.each<[DialectName, string, string]>([
    ["postgresql", "ALTER TABLE t ADD COLUMN c", "at end of input"],
    ["mysql", "ALTER TABLE t DROP COLUM c", "If the server can"],
    ["mariadb", "CREATE TABL t (a INTEGER)", "If the server can"],
    ["sqlite", "CREATE TABLE t (a INTEGER", "If the server can"],
    ["mssql", "ALTER TABLE t ADD COLUMN", "If the server can"],
    ["mssql", "ALTER TABLE t ADD FOREIGN KEY(a) REFERENCES s (b) MATCH SIMPLE", "without a comma before it"],
    ["mssql", "ALTER TABLE t ALTER COLUMN c VARBINARY(max) FILESTREAM NULL", "a call without EXEC"],
    ["oracle", "ALTER TABLE t ADD COLUMN c INTEGER", "If the server can"],
    ["oracle", "COMMIT NOW", "If the server can"],
  ])("have to be parsed: on %s not %s", async (dialect, sql, message) => {
    collect(dialect, sql);
    await expect(parseCollected()).rejects.toThrow(`${sql}`);
    collect(dialect, `${sql} `);
    await expect(parseCollected()).rejects.toThrow(message);
  });

  it("are those of revisions and operations", async () => {
    await compileOperations((op) => op.execute("SELEC 1"), { dialect: "postgresql" });
    await expect(parseCollected()).rejects.toThrow('syntax error at or near "SELEC"');
  });

  it("may be wrong where the test says why", async () => {
    allowUnparsed(/^SELEC /, "the test is about this");
    collect("postgresql", "SELEC 2");
    expect(await parseCollected()).toEqual([]);
    collect("postgresql", "SELEC 2");
    await expect(parseCollected()).rejects.toThrow("SELEC 2");
  });

  it("are not said to be wrong when they are right", async () => {
    allowUnparsed(/^SELECT /, "the test is about this");
    collect("postgresql", "SELECT 3");
    await expect(parseCollected()).rejects.toThrow("Nothing that matches /^SELECT / fails to be parsed");
  });

  it("are given to the server where only the list knows them", async () => {
    // one that no other test renders, since each is parsed once
    const sql = "DROP INDEX ix_that_the_server_is_asked_about";
    collect("sqlite", sql);
    const [found] = await parseCollected();
    expect(found).toMatchObject({ shape: "DROP INDEX", dialect: "sqlite", sql });
    expect(found?.acceptedBy).toMatch(/^SQLite 3/);
    collect("sqlite", "DROP INDEX IF EXISTS ix;of");
    await expect(parseCollected()).resolves.toHaveLength(1);
    collect("sqlite", "DROP INDEX 'ix");
    await expect(parseCollected()).rejects.toThrow(/SQLite \S+ cannot parse, unrecognized token/);
  });

  it.each<[DialectName, string, readonly string[], string]>([
    [
      "mssql",
      "CREATE TABLE t (\n    a VARBINARY(max) FILESTREAM NULL,\n    b INTEGER DEFAULT NEXT VALUE FOR s\n)",
      ["FILESTREAM of a new column", "NEXT VALUE FOR as a default"],
      "REVOKE SELECT ON t FRM r",
    ],
    [
      "oracle",
      "CREATE DOMAIN d AS INTEGER GENERATED ALWAYS AS (1)",
      ["computed columns", "CREATE DOMAIN"],
      "DROP MATERIALIZED VIEWS v",
    ],
  ])("are parsed without what the list knows, on %s", async (dialect, sql, shapes, wrong) => {
    collect(dialect, sql);
    const found = await parseCollected();
    expect(found).toEqual(shapes.map((shape) => ({ shape, dialect, sql, acceptedBy: undefined })));
    collect(dialect, wrong);
    await expect(parseCollected()).rejects.toThrow(wrong);
  });
});

describe("a server that is asked", () => {
  it.each<[DialectName, string]>([
    ["sqlite", "ALTER TABLE t ADD COLUMN IF NOT EXISTS c INTEGER"],
    ["sqlite", "CREATE TABLE t (a INTEGER CONFLICT)("],
    ["sqlite", "SELECT 'a"],
    ["mariadb", "ALTER TABL t ADD COLUMN c INTEGER"],
    ["mariadb", "CREATE PROCEDURE p() BEGIN DELETE FROM t; EN"],
    ["mariadb", "SELECT 'a"],
    ["mysql", "INSERT INTO missing VALUES (1"],
  ])("refuses on %s: %s", async (dialect, sql) => {
    const answer = await askServer(dialect, sql);
    if (answer !== undefined) expect(answer.error).toMatch(/syntax|unrecognized token|incomplete input/);
  });

  it.each<[DialectName, string]>([
    ["sqlite", 'ALTER TABLE "a ""b" ADD COLUMN c INTEGER REFERENCES d (e) DEFERRABLE'],
    ["sqlite", "UPDATE missing SET a = b WHERE c = 1"],
    ["mariadb", "INSERT INTO missing VALUES ('it''s\\n', NEXT VALUE FOR missing)"],
    ["mariadb", "CREATE TRIGGER t AFTER INSERT ON missing FOR EACH ROW BEGIN DO 1; END"],
    ["mysql", "ALTER TABLE missing RENAME INDEX a TO b"],
  ])("accepts on %s, whatever is missing: %s", async (dialect, sql) => {
    const answer = await askServer(dialect, sql);
    if (answer !== undefined) expect(answer.error).toBeUndefined();
  });
});

describe("the list of what node-sql-parser cannot parse", () => {
  it("is for the dialects that have a server to ask", async () => {
    const dialects = new Set(unparsedStatements.flatMap(({ dialects }) => dialects));
    expect([...dialects].sort()).toEqual(["mariadb", "mysql", "sqlite"]);
    expect(await askServer("mssql", "SELECT 1")).toBeUndefined();
  });

  it("names each shape once", () => {
    const shapes = unparsedStatements.map(({ shape }) => shape);
    expect(shapes).toEqual([...new Set(shapes)]);
  });
});
