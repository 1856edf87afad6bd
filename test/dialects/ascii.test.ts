import { describe, expect, it } from "vitest";
import { column, compileOperations, compileRange, dialectNames, sql, t, table } from "sqlembic";
import { history } from "../support/history.js";

const text = "né 😀\n";

const literals = {
  postgresql: "E'n\\u00e9 \\U0001f600\\n'",
  mysql: "_utf8mb4 X'6EC3A920F09F98800A'",
  mariadb: "_utf8mb4 X'6EC3A920F09F98800A'",
  sqlite: "('n'||char(233)||' '||char(128512,10))",
  mssql: "(N'n' + NCHAR(233) + N' ' + NCHAR(55357) + NCHAR(56832) + NCHAR(10))",
  oracle: "'n' || UNISTR('\\00e9') || ' ' || UNISTR('\\d83d') || UNISTR('\\de00') || CHR(10)",
} as const;

describe.each(dialectNames)("--ascii on %s", (dialect) => {
  it("writes the characters of values by their codes", async () => {
    const items = [column("x", t.string(50))];
    const [statement] = await compileOperations((op) => op.bulkInsert(table("t", items), [{ x: text }]), {
      dialect,
      ascii: true,
    });
    expect(statement?.sql).toBe(`INSERT INTO t (x) VALUES (${literals[dialect]})`);
  });

  it("leaves a script without any other character, its comments included", async () => {
    const project = history({ dialect }, [{ id: "a1", upgrade: (op) => op.execute(sql`UPDATE t SET x = ${text}`) }]);
    const revisions = project.revisions.map((revision) => ({ ...revision, message: "größer" }));
    const { script } = await compileRange({ ...project, revisions }, "head", { ascii: true });
    expect(script).not.toMatch(/[^\n -~]/);
    expect(script).toContain("gr\\u{f6}\\u{df}er");
  });

  it("refuses names and SQL of one's own with other characters, at their place", async () => {
    const project = history({ dialect }, [{ id: "a1", upgrade: (op) => op.execute("UPDATE t SET x = 'é'") }]);
    await expect(compileRange(project, "head", { ascii: true })).rejects.toMatchObject({
      code: "not-ascii",
      message: 'The statement of op.execute has "é" in it, which --ascii does not allow.',
    });
  });
});

describe("--ascii where a server takes only the characters themselves", () => {
  it.each(["mysql", "mariadb"] as const)("refuses comments and values of an enum on %s", async (dialect) => {
    for (const item of [column("x", t.integer(), { comment: "é" }), column("x", t.enum(["é"]))]) {
      const compiled = compileOperations((op) => op.createTable("t", [item]), { dialect, ascii: true });
      await expect(compiled).rejects.toMatchObject({ code: "unstorable-value" });
    }
  });
});
