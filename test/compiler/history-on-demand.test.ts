import { describe, expect, it } from "vitest";
import { compileRange } from "../../src/project/compile-range.js";
import { column, t } from "../../src/index.js";
import type { Operations } from "../../src/index.js";
import type { DialectName } from "../../src/schema/dialect-names.js";
import { history } from "../support/history.js";

/** A history of three revisions in which the given one comes last, and a list of the bodies that were run. */
function watched(dialect: DialectName, last: (op: Operations) => void) {
  const ran: string[] = [];
  const note = (what: string, body: (op: Operations) => void) => (op: Operations) => {
    ran.push(what);
    body(op);
  };
  const project = history({ dialect }, [
    {
      id: "a1",
      upgrade: note("a1 up", (op) => {
        op.createTable("account", [
          column("id", t.integer(), { primaryKey: true }),
          column("name", t.string(20), { nullable: false, serverDefault: "nobody" }),
        ]);
      }),
    },
    {
      id: "b2",
      upgrade: note("b2 up", (op) => op.addColumn("account", column("mood", t.enum(["sad", "ok"], { name: "mood" })))),
      downgrade: note("b2 down", (op) => op.dropColumn("account", "mood")),
    },
    { id: "c3", upgrade: note("c3 up", last), downgrade: note("c3 down", last) },
  ]);
  return { ran, project };
}

describe("a range in the middle of a history", () => {
  it("runs no body of the revisions before it when nothing asks for the schema", async () => {
    const { ran, project } = watched("postgresql", (op) => {
      op.addColumn("account", column("note", t.text()));
      op.createIndex("ix_note", "account", ["note"]);
      op.alterColumn("account", "name", { nullable: true });
      op.execute("UPDATE account SET note = name");
    });
    await compileRange(project, "b2:c3");
    expect(ran).toEqual(["c3 up"]);
  });

  it("replays them when the body asks, and runs the body once more", async () => {
    const answers: boolean[] = [];
    const { ran, project } = watched("postgresql", (op) => {
      answers.push(op.inspect().hasColumn("account", "mood"));
      op.dropColumn("account", "name");
    });
    const { steps } = await compileRange(project, "b2:c3");
    expect(answers).toEqual([true]);
    expect(ran).toEqual(["c3 up", "a1 up", "b2 up", "c3 up"]);
    expect(steps[0]?.statements.map(({ sql }) => sql)).toEqual(["ALTER TABLE account DROP COLUMN name"]);
  });

  it("replays them when the dialect asks, and writes what it learnt", async () => {
    const { ran, project } = watched("mysql", (op) => op.alterColumn("account", "name", { nullable: true }));
    const { script } = await compileRange(project, "b2:c3");
    expect(ran).toEqual(["c3 up", "a1 up", "b2 up"]);
    expect(script).toContain("ALTER TABLE account MODIFY name VARCHAR(20) NULL DEFAULT 'nobody'");
  });

  it("replays upgrades alone before a downgrade, and only once for all of its steps", async () => {
    const { ran, project } = watched("postgresql", (op) => void op.inspect().getColumns("account"));
    const { script } = await compileRange(project, "c3:a1", { direction: "downgrade" });
    expect(ran).toEqual(["a1 up", "b2 up", "c3 up", "c3 down", "b2 down"]);
    expect(script).toContain("DROP TYPE mood");
  });

  it("replays nothing for a range that begins at the base", async () => {
    const { ran, project } = watched("postgresql", (op) => void op.inspect().hasTable("account"));
    await compileRange(project, "base:c3");
    expect(ran).toEqual(["a1 up", "b2 up", "c3 up"]);
  });

  it("names the file of a revision before it that fails while it is replayed", async () => {
    const project = history({ dialect: "postgresql" }, [
      {
        id: "a1",
        upgrade() {
          throw new TypeError("broken");
        },
      },
      { id: "b2", upgrade: (op) => void op.inspect().getTableNames() },
    ]);
    await expect(compileRange(project, "a1:b2")).rejects.toMatchObject({
      code: "body-failed",
      message: "upgrade of revision a1 failed: TypeError: broken",
    });
  });
});
