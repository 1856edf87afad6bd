import { describe, expect, it } from "vitest";
import { loadDialect } from "../../../../dialects/index.js";
import type { StatementAccount } from "../../../../src/compiler/statement-account.js";
import type { DialectName } from "../../../../src/schema/dialect-names.js";
import { schemaAfter } from "./read-sql.js";
import { dialectNames } from "../../../../src/schema/dialect-names.js";

async function accountsOf(dialectName: DialectName, text: string): Promise<readonly StatementAccount[]> {
  const reader = await (await loadDialect(dialectName)).loadReader?.();
  const accounts: StatementAccount[] = [];
  reader?.read(text, { file: "a.ts", line: 3, column: 1 }, (account) => accounts.push(account));
  return accounts;
}

/** Statements of each dialect, and how each ends: what is kept or unknown, or the rule by which it is ignored. */
const endings: Readonly<
  Record<DialectName, readonly (readonly [sql: string, outcome: string, said?: string | undefined])[]>
> = {
  postgresql: [
    ["CREATE TABLE a (x integer)", "read"],
    ["CREATE POLICY p ON a USING (true)", "kept", "policy p of a"],
    ["COMMENT ON INDEX i IS 'x'", "kept", "comment index i"],
    ["CREATE TABLE b AS SELECT 1 AS one", "unknown", "b"],
    ["INSERT INTO a VALUES (1)", "ignored", "rows"],
    ["SELECT 1", "ignored", "query"],
    ["SET search_path = app", "ignored", "session"],
    ["BEGIN", "ignored", "transaction"],
    ["VACUUM a", "ignored", "maintenance"],
    ["ALTER TABLE a OWNER TO someone", "ignored", "owners"],
    ["ALTER VIEW v OWNER TO someone", "ignored", "owners"],
    ["GRANT SELECT ON a TO someone", "ignored", "privileges"],
    ["CREATE ROLE someone", "ignored", "roles"],
    ["DO $$ BEGIN UPDATE a SET x = 1; END $$", "ignored", "rows"],
    ["ALTER SEQUENCE s RESTART WITH 5", "ignored", "rows"],
    ["CREATE SUBSCRIPTION s CONNECTION 'password=x' PUBLICATION p", "ignored", "connections"],
  ],
  mysql: [
    ["CREATE TABLE a (x int)", "read"],
    ["CREATE VIEW v AS SELECT 1 AS one", "kept", "view v"],
    ["CREATE TABLE b SELECT 1 AS one", "unknown", "b"],
    ["REPLACE INTO a VALUES (1)", "ignored", "rows"],
    ["DO SLEEP(1)", "ignored", "query"],
    ["/*!40101 SET NAMES utf8 */", "ignored", "session"],
    ["LOCK TABLES a WRITE", "ignored", "transaction"],
    ["/*!40000 ALTER TABLE `a` DISABLE KEYS */", "ignored", "maintenance"],
    ["ALTER DATABASE CHARACTER SET utf8mb4", "ignored", "server"],
    ["CREATE USER someone", "ignored", "roles"],
    ["CREATE DEFINER=`root`@`localhost` EVENT e ON SCHEDULE EVERY 1 DAY DO DELETE FROM a", "kept", "event e"],
    ["ALTER EVENT e RENAME TO f", "kept", "event e"],
    ["DROP EVENT IF EXISTS e", "read"],
  ],
  mariadb: [["OPTIMIZE TABLE a", "ignored", "maintenance"]],
  sqlite: [
    ["CREATE TABLE a (x int)", "read"],
    ["PRAGMA foreign_keys = ON", "ignored", "session"],
    ["CREATE TABLE sqlite_sequence(name,seq)", "ignored", "own table of the server"],
    ["CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END", "kept", "trigger t"],
  ],
  mssql: [
    ["CREATE TABLE a (x int)", "read"],
    ["CREATE LOGIN someone WITH PASSWORD = 'x'", "ignored", "roles"],
    ["PRINT 'a'", "ignored", "session"],
    ["ALTER INDEX i ON a REBUILD", "ignored", "storage"],
    ["ALTER TABLE a NOCHECK CONSTRAINT ALL", "ignored", "constraint state"],
    ["EXEC some_procedure", "unknown", "*"],
    ["CREATE SYNONYM dbo.s FOR other.dbo.a", "kept", "synonym s"],
    ["CREATE TYPE code FROM varchar(20)", "kept", "type code"],
    ["CREATE PARTITION FUNCTION pf (int) AS RANGE LEFT FOR VALUES (1)", "kept", "partition function pf"],
  ],
  oracle: [
    ["CREATE TABLE a (x NUMBER)", "read"],
    ["ALTER SESSION SET NLS_SORT = BINARY", "ignored", "session"],
    ["ALTER VIEW v COMPILE", "ignored", "maintenance"],
    ["ALTER TABLE a MOVE", "ignored", "storage"],
    ["CREATE OR REPLACE PUBLIC SYNONYM s FOR a", "kept", "synonym s"],
    ["CREATE OR REPLACE TYPE pair AS OBJECT (a NUMBER)", "kept", "type pair"],
    ["CREATE TABLESPACE x DATAFILE 'a' SIZE 1M", "ignored", "server"],
  ],
};

describe.each(dialectNames)("every statement of %s ends in one way", (name) => {
  it.each(endings[name].map(([sql, outcome, said]) => ({ sql, outcome, said })))("$sql", async (ending) => {
    const { sql, outcome, said } = ending;
    const [account, ...others] = await accountsOf(name, sql);
    expect(others).toEqual([]);
    expect(account).toMatchObject({ outcome, origin: { file: "a.ts", line: 3 } });
    expect(said === undefined ? [] : [...(account?.objects ?? []), ...(account?.rules ?? [])]).toEqual(
      said === undefined ? [] : [said],
    );
  });
});

describe("a virtual table", () => {
  const fts = `CREATE VIRTUAL TABLE note USING fts5(body);
    CREATE TABLE IF NOT EXISTS 'note_data'(id INTEGER PRIMARY KEY, block BLOB);
    CREATE TABLE note_data_of_mine (id INTEGER); CREATE TABLE other_data (id INTEGER);`;

  it("is kept with its text, and the tables that it makes by itself are left out", async () => {
    const accounts = await accountsOf("sqlite", fts);
    expect(accounts.map(({ outcome, objects, rules }) => [outcome, ...objects, ...rules])).toEqual([
      ["kept", "virtual table note"],
      ["ignored", "shadow of a virtual table"],
      ["read"],
      ["read"],
    ]);
  });

  it("goes by DROP TABLE", async () => {
    const catalog = await schemaAfter("sqlite", (op) => op.execute(`${fts} DROP TABLE note`));
    expect([catalog.others.size, catalog.unknown.keys()]).toEqual([0, []]);
  });
});

describe("statements of one text", () => {
  it("are told of one by one, and of a part that is ignored the rule", async () => {
    const text = "CREATE TABLE a (x int); ALTER TABLE a ADD y int, OWNER TO someone; INSERT INTO a VALUES (1)";
    const accounts = await accountsOf("postgresql", text);
    expect(accounts.map(({ outcome, rules }) => [outcome, ...rules])).toEqual([
      ["read"],
      ["read", "owners"],
      ["ignored", "rows"],
    ]);
  });
});
