import { describe, expect, it } from "vitest";
import { check, column, computed, index, primaryKey, t, unique } from "../../../src/index.js";
import type { Operations } from "../../../src/index.js";
import { compileRange } from "../../../src/project/compile-range.js";
import { compileInHistory } from "../../operations/compile.js";
import { allowUnparsed } from "../../parse-everything/statements.js";
import { history } from "../../support/history.js";

type Body = (op: Operations) => void;

const start: Body = (op) => {
  op.createTable("a", [column("id", t.integer()), primaryKey(["id"], { name: "pk_a" })]);
  op.createTable("t", [column("x", t.integer()), column("y", t.integer()), column("z", t.integer())]);
};

async function messageOf(body: Body): Promise<string | undefined> {
  const project = history({ dialect: "mssql" }, [
    { id: "r1", upgrade: start },
    { id: "r2", upgrade: body },
  ]);
  try {
    await compileRange(project, "heads");
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

describe("a column of SQL Server that op.dropColumn drops", () => {
  const tables: readonly (readonly [what: string, body: Body, dropped: readonly string[]])[] = [
    [
      "a check of the table",
      (op) => op.createCheckConstraint("ck", "t", "x > y"),
      ["ALTER TABLE t DROP CONSTRAINT ck"],
    ],
    [
      "the check of another column",
      (op) => op.addColumn("t", column("w", t.integer(), { check: check("w > x", { name: "ck" }) })),
      ["ALTER TABLE t DROP CONSTRAINT ck"],
    ],
    [
      "an index that carries it along",
      (op) => op.createIndex("ix", "t", ["y"], { mssql: { include: ["x"] } }),
      ["DROP INDEX ix ON t"],
    ],
    [
      "an index that has a condition of it",
      (op) => op.createIndex("ix", "t", ["y"], { mssql: { where: "x > 1" } }),
      ["DROP INDEX ix ON t"],
    ],
    ["nothing else", (op) => op.createIndex("ix", "t", ["y"]), []],
  ];

  it.each(tables)("takes %s with it", async (_what, body, dropped) => {
    const statements = await compileInHistory((op) => {
      start(op);
      body(op);
      op.dropColumn("t", "x");
    }, "mssql");
    expect(statements.slice(3)).toEqual([...dropped, "ALTER TABLE t DROP COLUMN x"]);
  });

  it("is refused where a check has a name that only the server knows", async () => {
    const message = await messageOf((op) => {
      op.createTable("u", [column("x", t.integer()), column("y", t.integer()), check("x > y")]);
      op.dropColumn("u", "x");
    });
    expect(message).toBe(
      'The column "x" is spoken of by a check of the table without a name, which has to be dropped first.',
    );
  });

  it("is refused where a trigger asks whether it was written to", async () => {
    allowUnparsed(/IF UPDATE\(x\)/, "antlr4ts-sql knows no UPDATE() of triggers");
    const trigger: Body = (op) =>
      op.createTrigger("tr", "t", "IF UPDATE(x) DELETE FROM a", { timing: "after", events: ["update"] });
    const change = (directive: Body): Promise<string | undefined> =>
      messageOf((op) => {
        trigger(op);
        directive(op);
      });
    expect(await change((op) => op.dropColumn("t", "x"))).toContain("trigger tr would fail from then on");
    expect(await change((op) => op.alterColumn("t", "x", { newColumnName: "w" }))).toContain("trigger tr");
    expect(await change((op) => op.dropColumn("t", "y"))).toBeUndefined();
  });
});

describe("a column that SQL of the author's own changes on SQL Server", () => {
  const users: readonly (readonly [title: string, body: Body])[] = [
    ['the index "ix"', (op) => op.createIndex("ix", "t", ["x"])],
    ['the index "ix"', (op) => op.createIndex("ix", "t", ["y"], { mssql: { include: ["x"] } })],
    ['the check "ck"', (op) => op.createCheckConstraint("ck", "t", "x > y")],
    ['the unique constraint "uq"', (op) => op.createUniqueConstraint("uq", "t", ["y", "x"])],
    ['the foreign key "fk"', (op) => op.createForeignKey("fk", "t", "a", ["x"], ["id"])],
    ['the computed column "w"', (op) => op.addColumn("t", column("w", t.integer(), { computed: computed("x + 1") }))],
  ];
  const after = (user: Body, text: string): Promise<string | undefined> =>
    messageOf((op) => {
      user(op);
      op.execute(text);
    });

  it.each(users)("has nothing on it, such as %s", async (title, user) => {
    const uses = `${title} uses it.`;
    expect(await after(user, "ALTER TABLE t DROP COLUMN x")).toBe(`op.execute: "t.x" cannot be dropped: ${uses}`);
    expect(await after(user, "ALTER TABLE t ALTER COLUMN x BIGINT")).toBe(
      `op.execute: "t.x" cannot be altered: ${uses}`,
    );
    expect(await after(user, "ALTER TABLE t DROP COLUMN z")).toBeUndefined();
    expect(await after(user, "ALTER TABLE t ALTER COLUMN x INTEGER")).toBeUndefined();
  });

  it("may be freed in the same text", async () => {
    const message = await messageOf((op) => {
      op.createTable("u", [
        column("x", t.integer()),
        column("y", t.integer()),
        unique(["x"], { name: "uq" }),
        index("ix", ["x"]),
      ]);
      op.execute("DROP INDEX ix ON u; ALTER TABLE u DROP CONSTRAINT uq; ALTER TABLE u DROP COLUMN x");
    });
    expect(message).toBeUndefined();
  });
});
