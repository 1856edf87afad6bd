import { describe, expect, it } from "vitest";
import { column, compileRange, t } from "sqlembic";
import { dialectNames } from "../../src/schema/dialect-names.js";
import { history } from "../support/history.js";

const project = () =>
  history({ dialect: "postgresql" }, [
    { id: "a1", upgrade: (op) => op.createTable("account", [column("name", t.string(50))]) },
    { id: "b2", upgrade: (op) => op.createIndex("ix_nmae", "account", ["nmae"]) },
  ]);

describe("A range in the middle of a history", () => {
  it("is checked against what it shows itself", async () => {
    await expect(compileRange(project(), "a1:b2")).resolves.toBeDefined();
  });

  it("is checked against the whole schema when the whole history is asked for", async () => {
    await expect(compileRange(project(), "a1:b2", { wholeHistory: true })).rejects.toMatchObject({
      code: "unknown-column",
      hint: 'Did you mean "name"?',
    });
  });

  it("is not checked at all when that is asked for", async () => {
    await expect(compileRange(project(), "head", { schemaChecks: false })).resolves.toBeDefined();
    await expect(compileRange(project(), "head")).rejects.toThrow(/nmae/);
  });
});

describe.each(dialectNames)("A downgrade for %s", (dialect) => {
  const goingBack = (takeBack: "account" | "acount", broken = false) =>
    history({ dialect }, [
      {
        id: "a1",
        upgrade: (op) => {
          op.createTable("account", [column("name", t.string(50))]);
          if (broken) throw new Error("not today");
        },
      },
      {
        id: "b2",
        upgrade: (op) => op.addColumn("account", column("age", t.integer())),
        downgrade: (op) => (broken ? op.execute("DELETE FROM account") : op.dropColumn(takeBack, "age")),
      },
    ]);

  it("is checked against the schema that the upgrades leave", async () => {
    await expect(compileRange(goingBack("acount"), "b2:a1", { direction: "downgrade" })).rejects.toMatchObject({
      code: "unknown-table",
      message: expect.stringContaining('"acount"') as string,
    });
    await expect(compileRange(goingBack("account"), "b2:a1", { direction: "downgrade" })).resolves.toBeDefined();
  });

  it("is not checked when that is asked for", async () => {
    const options = { direction: "downgrade", schemaChecks: false } as const;
    await expect(compileRange(goingBack("acount"), "b2:a1", options)).resolves.toBeDefined();
  });

  it("is compiled with a notice where the history cannot be replayed", async () => {
    const notices: string[] = [];
    const options = { direction: "downgrade", notice: (text: string) => void notices.push(text) } as const;
    const compiled = compileRange(goingBack("account", true), "b2:a1", options);
    await expect(compiled).resolves.toBeDefined();
    expect(notices).toEqual([expect.stringMatching(/^The downgrade is not checked .*not today/)]);
  });
});
