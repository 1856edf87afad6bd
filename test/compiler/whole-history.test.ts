import { describe, expect, it } from "vitest";
import { column, compileRange, t } from "sqlembic";
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
