import { describe, expect, it } from "vitest";
import { column, compileRange, t, type Operations } from "../../src/index.js";
import { replaySchema } from "../../src/project/replayed-schema.js";
import { history } from "../support/history.js";

const parent = (op: Operations): void => void op.createTable("parent", [column("at", t.date())]);

function project(upgrade: (op: Operations) => void) {
  return history({ dialect: "postgresql" }, [{ id: "a1", upgrade }]);
}

describe("a table that inherits columns", () => {
  const inheriting = (op: Operations): void => {
    parent(op);
    op.createTable("child", [column("extra", t.text())], { postgresql: { inherits: "parent" } });
  };

  it("is not said to lack those that it inherits", async () => {
    const compiled = compileRange(
      project((op) => {
        inheriting(op);
        op.createIndex("ix_child_at", "child", ["at"]);
      }),
      "head",
    );
    expect((await compiled).script).toContain("CREATE INDEX ix_child_at ON child (at)");
  });

  it("answers no question about its columns", async () => {
    const asking = project((op) => {
      inheriting(op);
      op.inspect().hasColumn("child", "at");
    });
    await expect(compileRange(asking, "head")).rejects.toThrow("CREATE TABLE child with columns of other tables");
  });
});

describe("a constraint that takes an index over", () => {
  it.each(["uq_t", undefined])(
    "stands in the printed schema as a constraint alone, under the name %s",
    async (name) => {
      const taking = project((op) => {
        op.createTable("t", [column("id", t.integer(), { nullable: false })]);
        op.createIndex("ix_t", "t", ["id"], { unique: true });
        op.createUniqueConstraint(name ?? null, "t", ["id"], { postgresql: { usingIndex: "ix_t" } });
      });
      const sql = (await replaySchema(taking, "head")).sql();
      expect(sql).toContain(`CONSTRAINT ${name ?? "ix_t"} UNIQUE (id)`);
      expect(sql).not.toContain("INDEX");
    },
  );
});
