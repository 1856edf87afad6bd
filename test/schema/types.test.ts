import { describe, expect, it } from "vitest";
import { compileOperations, t } from "../../src/index.js";

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
