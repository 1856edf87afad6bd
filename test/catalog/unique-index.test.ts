import { describe, expect, it } from "vitest";
import { column, compileRange, t, unique, type DialectName } from "sqlembic";
import { history } from "../support/history.js";

function project(dialect: DialectName) {
  const items = [column("x", t.integer()), unique(["x"], { name: "uq_x" })];
  return history({ dialect }, [
    { id: "a1", upgrade: (op) => op.createTable("t", items) },
    { id: "b2", upgrade: (op) => op.dropIndex("uq_x", { tableName: "t" }) },
    { id: "c3", upgrade: (op) => op.dropConstraint("uq_x", "t", { type: "unique" }) },
  ]);
}

describe("A unique constraint", () => {
  it.each(["mysql", "mariadb"] as const)("is dropped as an index on %s, and gone then", async (dialect) => {
    expect((await compileRange(project(dialect), "base:b2", { plain: true })).script).toContain("DROP INDEX uq_x ON t");
    await expect(compileRange(project(dialect), "base:c3")).rejects.toMatchObject({ code: "unknown-constraint" });
  });

  it("is no index by itself on PostgreSQL", async () => {
    await expect(compileRange(project("postgresql"), "base:b2")).rejects.toMatchObject({ code: "unknown-index" });
  });
});
