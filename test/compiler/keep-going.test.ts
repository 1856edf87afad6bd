import { describe, expect, it } from "vitest";
import { compileRange } from "../../src/project/compile-range.js";
import { column, t } from "../../src/index.js";
import { dialectNames } from "../../src/schema/dialect-names.js";
import { testOn } from "../engines/test-on.js";
import { history, type RevisionInMemory } from "../support/history.js";

const revisions: readonly RevisionInMemory[] = [
  { id: "a1", upgrade: (op) => void op.createTable("first", [column("id", t.integer())]) },
  { id: "b2", upgrade: (op) => op.getBind() },
  { id: "c3", upgrade: (op) => op.addColumn("made_in_the_gap", column("note", t.integer())) },
  { id: "d4", upgrade: (op) => void op.createTable("last", [column("id", t.integer())]) },
];

describe("a revision that cannot be compiled", () => {
  it("ends the compilation, with the way to say it in SQL", async () => {
    const compiling = compileRange(history({ dialect: "postgresql" }, revisions), "head");
    await expect(compiling).rejects.toMatchObject({
      code: "no-connection",
      hint: expect.stringMatching(/INSERT INTO .* SELECT[^]*UPDATE .* FROM/) as string,
    });
  });

  it.each(dialectNames)("leaves a gap that refuses to run when the others are wanted, on %s", async (dialect) => {
    const project = history({ dialect }, revisions);
    const { steps, script } = await compileRange(project, "head", { keepGoing: true });
    expect(steps.map(({ failure }) => failure?.code)).toEqual([undefined, "no-connection", undefined, undefined]);
    const refusing = steps[1]?.statements.map(({ sql }) => sql).join("\n") ?? "";
    expect(refusing).toMatch(/RAISE EXCEPTION|SIGNAL SQLSTATE|CHECK \(ok = 1\)|RAISERROR|RAISE_APPLICATION_ERROR/);
    expect(refusing).toContain("the upgrade of revision b2 is missing here");
    const order = [
      /CREATE TABLE \W?first/,
      /-- A GAP: the upgrade of revision b2/,
      /made_in_the_gap/,
      /CREATE TABLE \W?last/,
    ];
    const positions = order.map((text) => script.search(text));
    expect(positions).toEqual([...positions].sort((one, other) => one - other));
    expect(positions).not.toContain(-1);
  });

  it("makes everything unknown, so that a question about the schema fails in the revisions behind it", async () => {
    const asking: RevisionInMemory = { id: "e5", upgrade: (op) => void op.inspect().hasTable("first") };
    const project = history({ dialect: "postgresql" }, [...revisions, asking]);
    const { steps } = await compileRange(project, "head", { keepGoing: true });
    expect(steps[4]?.failure).toMatchObject({
      code: "unknown-object",
      message: expect.stringContaining("the upgrade of revision b2, which could not be compiled") as string,
    });
  });

  it("does not hide a defect of the compiler itself", async () => {
    const project = history({ dialect: "postgresql" }, [{ id: "a1" }]);
    const broken = { ...project, bodyOf: () => Promise.reject(new TypeError("a defect")) };
    await expect(compileRange(broken, "head", { keepGoing: true })).rejects.toThrow("a defect");
  });
});

for (const dialect of ["postgresql", "mysql", "mariadb", "sqlite"] as const) {
  testOn(dialect, `a ${dialect} script with a gap stops there and changes nothing behind it`, async (context) => {
    const { database } = context;
    const three = revisions.filter(({ id }) => id !== "c3");
    const { script } = await compileRange(history({ dialect }, three), "head", { keepGoing: true, plain: true });
    const { exitCode, stderr } = await database.apply(script);
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain("the upgrade of revision b2 is missing here");
    await expect(database.query("SELECT * FROM last")).rejects.toThrow();
  });
}
