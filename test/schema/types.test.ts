import { describe, expect, it } from "vitest";
import { column, compileOperations, t, type Operations } from "../../src/index.js";

describe("a type for numbers", () => {
  it.each([
    [t.numeric(10, 2)],
    [t.numeric({ precision: 10, scale: 2 })],
    [t.numeric(10, { scale: 2 })],
    [t.numeric({ precision: 10 }, 2)],
  ])("keeps precision and scale, however they are given", async (type) => {
    const [statement] = await compileOperations((op) => op.alterColumn("account", "balance", { type }), {
      dialect: "postgresql",
    });
    expect(statement?.sql).toBe("ALTER TABLE account ALTER COLUMN balance TYPE NUMERIC(10, 2)");
  });
});

describe("a column without a type", () => {
  const body = (op: Operations): void => {
    op.createTable("a", [column("x", t.raw(""))]);
  };

  it("is made on SQLite", async () => {
    const [statement] = await compileOperations(body, { dialect: "sqlite" });
    expect(statement?.sql.replace(/\s+/g, " ")).toMatch(/^CREATE TABLE a \( x ?\)$/);
  });

  it.each(["postgresql", "mysql", "mariadb", "mssql", "oracle"] as const)("is refused on %s", async (dialect) => {
    await expect(compileOperations(body, { dialect })).rejects.toThrow(
      "A column without a type exists on SQLite alone.",
    );
  });
});
