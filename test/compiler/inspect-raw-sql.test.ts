import { describe, expect, it } from "vitest";
import { column, compileRange, t, type DialectName } from "sqlembic";
import { history } from "../support/history.js";

const dialects: readonly DialectName[] = ["postgresql", "mysql", "mariadb", "sqlite", "mssql"];

describe("op.inspect() behind SQL text of the same revision", () => {
  it.each(dialects)("knows what the text did, on %s", async (dialect) => {
    const answers: boolean[] = [];
    const project = history({ dialect }, [
      { id: "a1", upgrade: (op) => op.createTable("account", [column("id", t.integer(), { primaryKey: true })]) },
      {
        id: "b2",
        upgrade(op) {
          answers.push(op.inspect().hasColumn("account", "phone"));
          op.execute(`ALTER TABLE account ADD ${dialect === "mssql" ? "" : "COLUMN "}phone INTEGER`);
          answers.push(op.inspect().hasColumn("account", "phone"));
        },
      },
    ]);
    await compileRange(project, "head");
    expect(answers.slice(-2)).toEqual([false, true]);
  });

  it("refuses to guess about what a text has made unknown", async () => {
    const project = history({ dialect: "postgresql" }, [
      {
        id: "a1",
        upgrade(op) {
          op.createTable("account", [column("id", t.integer(), { primaryKey: true })]);
          op.execute("DO $$ BEGIN EXECUTE 'ALTER TABLE account ADD COLUMN fax TEXT'; END $$");
          op.inspect().hasColumn("account", "fax");
        },
      },
    ]);
    await expect(compileRange(project, "head")).rejects.toMatchObject({ code: "unknown-object" });
  });
});
