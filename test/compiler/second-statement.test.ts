import { describe, expect, it } from "vitest";
import {
  check,
  column,
  compileOperations,
  dialectNames,
  isSqlembicError,
  sql,
  t,
  type DialectName,
  type Operations,
} from "../../src/index.js";

type Body = (op: Operations) => void;

/** "compiles", or the code of the error. */
async function answer(dialect: DialectName, body: Body): Promise<string> {
  try {
    await compileOperations(body, { dialect });
    return "compiles";
  } catch (error) {
    if (!isSqlembicError(error)) throw error;
    return error.code;
  }
}

const table = (options: object, extra: readonly ReturnType<typeof check>[] = []): Body => {
  return (op) => op.createTable("t", [column("a", t.integer(), options), ...extra]);
};

const goesOn: readonly (readonly [what: string, body: Body])[] = [
  ["a view", (op) => op.createView("v", "SELECT 1 AS a; DROP TABLE t")],
  ["a view, behind a comment and a line", (op) => op.createView("v", "SELECT 1 AS a -- all\n;\nDROP TABLE t")],
  ["a default", table({ serverDefault: sql`1); DROP TABLE u; --` })],
  ["a check", table({}, [check("a > 0); DROP TABLE u; --", { name: "ck" })])],
  ["a check of a column", table({ check: check("a > 0); DROP TABLE u; --", { name: "ck" }) })],
  ["a check that is added", (op) => op.createCheckConstraint("ck", "t", "a > 0); DELETE FROM t; --")],
  [
    "a default that is changed",
    (op) => op.alterColumn("t", "a", { serverDefault: sql`1; DROP TABLE u`, existingType: t.integer() }),
  ],
  ["an index", (op) => op.createIndex("ix", "t", [sql`a); DROP TABLE u; --`])],
  ["a type", (op) => op.addColumn("t", column("b", sql`INTEGER; DROP TABLE u` as never))],
];

const triggers: { readonly [D in DialectName]?: readonly [good: readonly string[], bad: readonly string[]] } = {
  mysql: [
    [
      "BEGIN SET NEW.a = 1; SET NEW.b = ';'; END",
      "SET NEW.a = 1;",
      "IF NEW.a = 1 THEN SET NEW.b = 2; ELSE SET NEW.b = 3; END IF",
      "IF NEW.a = 1 THEN BEGIN SET NEW.b = 2; END; END IF",
      "BEGIN\n  CASE WHEN NEW.a = 1 THEN SET NEW.b = 2; END CASE;\n  -- it's done; really\nEND;",
    ],
    [
      "SET NEW.a = 1; DROP TABLE t",
      "BEGIN SET NEW.a = 1; END; DROP TABLE t",
      "BEGIN SET NEW.a = 1; END; CREATE PROCEDURE p() BEGIN END",
      "IF NEW.a = 1 THEN SET NEW.b = 2; END IF; DROP TABLE t",
    ],
  ],
  sqlite: [
    ["UPDATE t SET a = 1; SELECT CASE WHEN 1 THEN ';' END", "DELETE FROM t"],
    ["DELETE FROM t; END; DROP TABLE t; CREATE TRIGGER u AFTER INSERT ON t BEGIN SELECT 1"],
  ],
  postgresql: [["EXECUTE FUNCTION f()"], ["EXECUTE FUNCTION f(); DROP TABLE t"]],
  oracle: [
    ["BEGIN NULL; END", "DECLARE x NUMBER; BEGIN x := 1; END", ":NEW.a := 1; :NEW.b := 2"],
    ["BEGIN NULL; END; DROP TABLE t", "DECLARE x NUMBER; BEGIN x := 1; END; DELETE FROM t"],
  ],
  mssql: [["UPDATE t SET a = 1; DELETE FROM u", "BEGIN SELECT 1; END"], []],
};

describe.each(dialectNames)("a part of a statement on %s", (dialect) => {
  it.each(goesOn)("may not go on with another statement: %s", async (_what, body) => {
    const code = await answer(dialect, body);
    expect(code).not.toBe("compiles");
  });

  it("says what goes on, and where", async () => {
    const compiled = compileOperations((op) => op.createView("v", "SELECT 1 AS a; DROP TABLE t"), { dialect });
    await expect(compiled).rejects.toMatchObject({
      code: "second-statement",
      message: expect.stringContaining("SELECT 1 AS a; DROP TABLE t") as string,
      origin: { file: expect.stringContaining("second-statement.test.ts") as string },
    });
  });

  it.each<readonly [what: string, body: Body]>([
    ["strings", table({ serverDefault: "a;b" })],
    ["comments", table({ comment: "first; then the second" })],
    ["a check of strings", table({}, [check("a <> ';'", { name: "ck" })])],
    ["a view of strings", (op) => op.createView("v", "SELECT ';' AS a FROM t")],
    ["own SQL", (op) => op.execute("DELETE FROM t; DELETE FROM u")],
    ["rows", (op) => op.bulkInsert({ name: "t", columns: [column("a", t.string(20))] } as never, [{ a: "x; y" }])],
  ])("may have semicolons that end nothing: %s", async (_what, body) => {
    expect(await answer(dialect, body)).not.toBe("second-statement");
  });

  const [good, bad] = triggers[dialect === "mariadb" ? "mysql" : dialect] ?? [[], []];
  const trigger = (body: string): Body => {
    return (op) =>
      op.createTrigger("tr", "t", body, {
        timing: dialect === "mssql" ? "after" : "before",
        events: ["insert"],
        forEach: dialect === "mssql" ? undefined : "row",
      } as never);
  };

  it.each(good)("may be the body of a trigger: %s", async (body) => {
    expect(await answer(dialect, trigger(body))).toBe("compiles");
  });

  it.skipIf(bad.length === 0).each(bad)("is no body of a trigger: %s", async (body) => {
    expect(await answer(dialect, trigger(body))).toBe("second-statement");
  });
});
