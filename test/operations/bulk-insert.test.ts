import { describe, expect, it } from "vitest";
import { column, compileOperations, sql, t, table } from "../../src/index.js";
import type { Operations } from "../../src/index.js";
import type { DialectName } from "../../src/schema/dialect-names.js";
import { onAllDialects } from "./on-all-dialects.js";

const account = table("account", [column("id", t.integer()), column("name", t.string(20))]);

const inOne = ["INSERT INTO account (id, name) VALUES\n    (1, 'O''Hara'),\n    (2, NULL)"];
const guarded = ["SET IDENTITY_INSERT account ON", ...inOne, "SET IDENTITY_INSERT account OFF"];
const rows = [
  { id: 1, name: "O'Hara" },
  { id: 2, name: null },
];
const one = rows.map(({ id }) => `INSERT INTO account (id, name) VALUES (${id}, ${id === 1 ? "'O''Hara'" : "NULL"})`);

onAllDialects("rows", [
  {
    does: "are inserted one by one unless said otherwise",
    body: (op) => op.bulkInsert(account, rows, { multiinsert: false }),
    statements: {
      postgresql: one,
      mysql: one,
      mariadb: one,
      sqlite: one,
      mssql: ["SET IDENTITY_INSERT account ON", ...one, "SET IDENTITY_INSERT account OFF"],
      oracle: one,
    },
  },
  {
    does: "stand together in one INSERT as far as they fit",
    body: (op) => op.bulkInsert(account, rows, { rowsPerStatement: 100 }),
    statements: { postgresql: inOne, mysql: inOne, mariadb: inOne, sqlite: inOne, mssql: guarded, oracle: inOne },
  },
]);

async function compiled(
  body: (op: Operations) => void,
  dialect: DialectName = "postgresql",
  targetVersion?: string,
): Promise<readonly string[]> {
  return (await compileOperations(body, { dialect, targetVersion })).map((statement) => statement.sql);
}

describe("rows in one INSERT", () => {
  it("are at most as many as are asked for", async () => {
    const many = Array.from({ length: 7 }, (_, id) => ({ id }));
    const statements = await compiled((op) => op.bulkInsert("account", many, { rowsPerStatement: 3 }));
    expect(statements.map((text) => text.split("\n").length)).toEqual([4, 4, 1]);
    expect(statements[2]).toBe("INSERT INTO account (id) VALUES (6)");
  });

  it("are at most 1000 on SQL Server", async () => {
    const many = Array.from({ length: 1001 }, (_, id) => ({ name: `n${id}` }));
    const statements = await compiled((op) => op.bulkInsert("account", many, { rowsPerStatement: 5000 }), "mssql");
    expect(statements.map((text) => text.split("\n").length)).toEqual([1001, 1]);
  });

  it("are one on Oracle before 23, with a remark", async () => {
    const notices: string[] = [];
    const statements = await compileOperations((op) => op.bulkInsert("account", rows, { rowsPerStatement: 10 }), {
      dialect: "oracle",
      targetVersion: "19",
      notice: (text) => notices.push(text),
    });
    expect(statements).toHaveLength(2);
    expect(notices).toEqual(["Oracle 19 takes one row in an INSERT; version 23 takes several."]);
  });

  it("are no longer than a client takes", async () => {
    const long = Array.from({ length: 5 }, () => ({ name: "ä".repeat(200_000) }));
    const statements = await compiled((op) => op.bulkInsert("account", long, { rowsPerStatement: 10 }));
    expect(statements.map((text) => text.match(/'ä/g)?.length)).toEqual([2, 2, 1]);
    expect(Math.max(...statements.map((text) => Buffer.byteLength(text)))).toBeLessThan(1_000_000);
  });

  it("keep their order: other columns, or other kinds of values, begin a new one", async () => {
    const mixed = [{ id: 1 }, { id: null }, { id: 2, name: "a" }, { id: 3 }, { id: "4" }, { id: sql`5` }, { id: 6 }];
    const statements = await compiled((op) => op.bulkInsert("account", mixed, { rowsPerStatement: 10 }));
    expect(statements).toEqual([
      "INSERT INTO account (id) VALUES\n    (1),\n    (NULL)",
      "INSERT INTO account (id, name) VALUES (2, 'a')",
      "INSERT INTO account (id) VALUES (3)",
      "INSERT INTO account (id) VALUES ('4')",
      "INSERT INTO account (id) VALUES (5)",
      "INSERT INTO account (id) VALUES (6)",
    ]);
  });

  it.each([0, -1, 1.5, NaN])("cannot be %d", async (rowsPerStatement) => {
    const body = (op: Operations): void => op.bulkInsert("account", rows, { rowsPerStatement });
    await expect(compiled(body)).rejects.toMatchObject({ code: "rows-per-statement" });
  });
});
