import { describe, expect, it } from "vitest";
import { column, t, UnsupportedError, type Operations } from "../../../../src/index.js";
import { compileScript } from "../../shared/compile-script.js";

const concurrently = { postgresql: { concurrently: true } };

function script(body: (op: Operations) => void, options = {}): Promise<string> {
  const first = (op: Operations): void => {
    op.createTable("p", [column("id", t.integer()), column("name", t.text())]);
    op.createIndex("ix", "p", ["name"]);
    op.createTable("ev", [column("at", t.date(), { nullable: false })], { postgresql: { partitionBy: "RANGE (at)" } });
    op.createIndex("ev_at", "ev", ["at"]);
  };
  const revisions = [
    { id: "a1", upgrade: first },
    { id: "a2", follows: ["a1"], upgrade: body },
  ];
  return compileScript({ dialect: "postgresql" }, revisions, "a1:heads", options);
}

/** The statements outside the transaction and the markers, in their order. */
const steps = (text: string): readonly string[] =>
  [...text.matchAll(/^(?:CREATE|DROP) INDEX CONCURRENTLY.*$|(?<=^ *UPDATE .* SET version_num *= *)'a2\+\d'/gm)].map(
    ([found]) => found,
  );

describe("an index that is dropped and made anew concurrently in one revision", () => {
  const redefine = (op: Operations): void => {
    op.dropIndex("ix", { tableName: "p", ...concurrently });
    op.createIndex("ix", "p", ["name", "id"], concurrently);
  };

  it.each(["guarded", "idempotent"] as const)("is looked at between the two, in %s scripts", async (layout) => {
    expect(steps(await script(redefine, { layout }))).toEqual([
      "DROP INDEX CONCURRENTLY IF EXISTS ix;",
      "'a2+1'",
      "CREATE INDEX CONCURRENTLY IF NOT EXISTS ix ON p (name, id);",
    ]);
  });

  it("is the same index however its name is written", async () => {
    const text = await script((op) => {
      op.execute('DROP INDEX CONCURRENTLY public."ix"');
      op.execute("CREATE INDEX CONCURRENTLY IX ON p (id)");
    });
    expect(steps(text)).toContain("'a2+1'");
  });

  it("is not looked at between two indexes that have nothing to do with each other", async () => {
    const text = await script((op) => {
      op.dropIndex("ix", { tableName: "p", ...concurrently });
      op.createIndex("iy", "p", ["id"], concurrently);
    });
    expect(steps(text)).toHaveLength(2);
  });
});

describe("CONCURRENTLY on a partitioned table", () => {
  it.each<readonly [string, (op: Operations) => void]>([
    ["createIndex", (op) => op.createIndex("ixp", "ev", ["at"], concurrently)],
    ["an author's CREATE INDEX", (op) => op.execute("DELETE FROM p; CREATE INDEX CONCURRENTLY ixp ON ev (at)")],
  ])("is refused with the recipe: %s", async (_title, body) => {
    await expect(script(body)).rejects.toThrow(UnsupportedError);
    await expect(script(body)).rejects.toMatchObject({ hint: expect.stringContaining("ON ONLY ev") as string });
  });

  it.each<readonly [string, (op: Operations) => void]>([
    ["dropIndex", (op) => op.dropIndex("ev_at", { tableName: "ev", ...concurrently })],
    ["dropIndex without its table", (op) => op.dropIndex("ev_at", concurrently)],
  ])("is refused where its index is dropped: %s", async (_title, body) => {
    await expect(script(body)).rejects.toThrow(/partitioned table/);
  });

  it("is no matter where the history does not know the table", async () => {
    await expect(
      script((op) => op.createIndex("iz", "other", ["at"], concurrently), { schemaChecks: false }),
    ).resolves.toContain("iz");
  });
});
