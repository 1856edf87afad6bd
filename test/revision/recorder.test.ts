import { describe, expect, it } from "vitest";
import { column, compileOperations, t, type Operations } from "../../src/index.js";

const sqlOf = async (body: (op: Operations) => void): Promise<readonly string[]> =>
  (await compileOperations(body, { dialect: "sqlite" })).map(({ sql }) => sql);

describe("what a body receives", () => {
  it("can be copied, with something of the author's own in the place of a directive", async () => {
    const seen: unknown[] = [];
    const statements = await sqlOf((op) => {
      const own: Operations = { ...op, execute: (statement) => void seen.push(statement) };
      own.execute("SELECT 1");
      own.createTable("a", [column("b", t.integer())]);
      expect(own.dialect).toEqual(op.dialect);
    });
    expect(seen).toEqual(["SELECT 1"]);
    expect(statements).toEqual([expect.stringContaining("CREATE TABLE a ")]);
  });

  it("names its directives, and nothing else", async () => {
    await sqlOf((op) => {
      expect(Object.keys(op)).toEqual(expect.arrayContaining(["createTable", "execute", "inspect", "f", "x"]));
      expect(Object.keys(op).filter((name) => !(name in op))).toEqual([]);
      expect("create_table" in op).toBe(false);
    });
  });
});
