import { describe, expect, it } from "vitest";
import { readSql } from "./reader-support.js";

describe("SQL text on Oracle makes unknown what it names", () => {
  it.each([
    ["a table", "ALTER TABLE Account ADD (email VARCHAR2(50))", ["account"]],
    ["a table in quotes and a schema", 'DROP TABLE app."Account" CASCADE CONSTRAINTS', ["app.Account"]],
    ["an index and its table", "CREATE INDEX ix ON account (name)", ["ix", "account"]],
    ["a block that runs strings", "BEGIN EXECUTE IMMEDIATE 'DROP TABLE t'; END;\n/", ["*"]],
    ["a call", "CALL change_all()", ["*"]],
    ["several statements", "CREATE TABLE a (x NUMBER)\n/\nDROP VIEW v\n/\n", ["a", "v"]],
    ["a table that is renamed", "RENAME a TO b", ["a", "b"]],
  ])("%s", async (_title, text, names) => {
    expect(await readSql("oracle", text)).toEqual({ operations: [], unknown: names });
  });

  it("but not for rows", async () => {
    expect(await readSql("oracle", "INSERT INTO t VALUES ('create table x')")).toEqual({ operations: [], unknown: [] });
  });
});
