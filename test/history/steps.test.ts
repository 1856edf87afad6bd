import { describe, expect, test } from "vitest";
import { RevisionError, UsageError } from "../../src/errors.js";
import { planStamp } from "../../src/history/steps-stamp.js";
import { planDowngrade, planUpgrade, type Plan } from "../../src/history/steps.js";
import { chain, errorOf, graphOf, stepText } from "./graph-fixtures.js";

const line = chain("a1", "a2", "a3");
/** Two branches on one trunk, one of which depends on the other, and their merge. */
const merged = graphOf(
  { id: "trunk" },
  { id: "shop1", down: ["trunk"], labels: ["shop"] },
  { id: "mail1", down: ["trunk"], labels: ["mail"] },
  { id: "mail2", down: ["mail1"] },
  { id: "joined", down: ["shop1", "mail2"] },
);
/** Two histories of their own; the application depends on the library. */
const dependent = graphOf(
  { id: "lib1", labels: ["lib"] },
  { id: "lib2", down: ["lib1"] },
  { id: "app1", labels: ["app"] },
  { id: "app2", down: ["app1"], dependsOn: ["lib2"] },
  { id: "app3", down: ["app2"] },
);

function texts(plan: Plan): string[] {
  return plan.steps.map(stepText);
}

function errorCode(call: () => unknown): string {
  const error = errorOf(call);
  if (error instanceof RevisionError || error instanceof UsageError) return error.code;
  throw error;
}

describe("an upgrade", () => {
  test("from nothing creates the version table and inserts its first row", () => {
    const plan = planUpgrade(line, "head");
    expect(texts(plan)).toEqual([" -> a1; INSERT a1; a1", "a1 -> a2; UPDATE a1 a2; a2", "a2 -> a3; UPDATE a2 a3; a3"]);
    expect(plan).toMatchObject({
      createsVersionTable: true,
      rowsBefore: [],
      rowsAfter: ["a3"],
      startsFromHeads: false,
    });
    expect(plan.steps.map((step) => [step.direction, step.revision.file, step.rowsBefore])).toEqual([
      ["upgrade", "versions/a1.ts", []],
      ["upgrade", "versions/a2.ts", ["a1"]],
      ["upgrade", "versions/a3.ts", ["a2"]],
    ]);
  });

  test("from a revision finds the version table", () => {
    const plan = planUpgrade(line, "a1:a2");
    expect(texts(plan)).toEqual(["a1 -> a2; UPDATE a1 a2; a2"]);
    expect(plan).toMatchObject({ createsVersionTable: false, rowsBefore: ["a1"] });
  });

  test.each([
    ["a1:", ["a2", "a3"]],
    [":a2", ["a1", "a2"]],
    ["head-1:head", ["a3"]],
    ["-2:", ["a2", "a3"]],
    ["a1:+1", ["a2"]],
    ["+1:+1", ["a2"]],
    ["base:+2", ["a1", "a2"]],
    ["a1:a1+2", ["a2", "a3"]],
  ])("of %s runs %j", (range, expected) => {
    expect(planUpgrade(line, range).steps.map((step) => step.revision.revision)).toEqual(expected);
  });

  test("opens a branch with a row of its own and merges by deleting and updating", () => {
    expect(texts(planUpgrade(merged, "head"))).toEqual([
      " -> trunk; INSERT trunk; trunk",
      "trunk -> mail1; UPDATE trunk mail1; mail1",
      "mail1 -> mail2; UPDATE mail1 mail2; mail2",
      "trunk -> shop1; INSERT shop1; mail2,shop1",
      "shop1,mail2 -> joined; DELETE shop1, UPDATE mail2 joined; joined",
    ]);
  });

  test("from several heads, named in any order, has one row for each", () => {
    const expected = ["shop1,mail2 -> joined; DELETE shop1, UPDATE mail2 joined; joined"];
    expect(texts(planUpgrade(merged, "shop1,mail2:head"))).toEqual(expected);
    expect(texts(planUpgrade(merged, "mail2,shop1:"))).toEqual(expected);
    expect(planUpgrade(merged, "shop1,mail2:head").rowsBefore).toEqual(["mail2", "shop1"]);
  });

  test("runs a dependency first and merges its row", () => {
    expect(texts(planUpgrade(dependent, "app1:app@head"))).toEqual([
      " -> lib1; INSERT lib1; app1,lib1",
      "lib1 -> lib2; UPDATE lib1 lib2; app1,lib2",
      "app1 -> app2; DELETE app1, UPDATE lib2 app2; app2",
      "app2 -> app3; UPDATE app2 app3; app3",
    ]);
  });

  test("to the heads of a branch leaves out one that another of them depends on", () => {
    const graph = graphOf(
      { id: "root", labels: ["all"] },
      { id: "x", down: ["root"] },
      { id: "y", down: ["root"], dependsOn: ["x"] },
    );
    expect(planUpgrade(graph, "all@heads").rowsAfter).toEqual(["y"]);
  });

  test("merges only what has a row when a dependency is also an ancestor", () => {
    const graph = graphOf(
      { id: "x" },
      { id: "a" },
      { id: "b", down: ["x"] },
      { id: "m", down: ["a", "b"], dependsOn: ["x"] },
    );
    expect(texts(planUpgrade(graph, "a,b:m"))).toEqual(["a,b -> m; DELETE a, UPDATE b m; m"]);
  });

  test("from version rows runs exactly what they lack", () => {
    const plan = planUpgrade(dependent, { rows: ["lib1", "app1"], target: "heads" });
    expect(plan.rowsBefore).toEqual(["app1", "lib1"]);
    expect(plan.steps.map((step) => step.revision.revision)).toEqual(["lib2", "app2", "app3"]);
    expect(planUpgrade(dependent, { rows: ["app3"], target: "heads" }).steps).toEqual([]);
    expect(planUpgrade(line, { rows: ["a1", "a1"], target: "+1" }).rowsAfter).toEqual(["a2"]);
    expect(planUpgrade(line, { rows: [], target: "a1" }).createsVersionTable).toBe(true);
  });

  test("from version rows counts +1 on the branch that the label names, even where only a dependency applied it", () => {
    const graph = graphOf(
      { id: "lib1", labels: ["lib"] },
      { id: "lib2", down: ["lib1"] },
      { id: "app1", dependsOn: ["lib1"] },
    );
    expect(planUpgrade(graph, { rows: ["app1"], target: "lib@+1" }).rowsAfter).toEqual(["app1", "lib2"]);
  });

  test("of an empty project has no steps", () => {
    expect(planUpgrade(graphOf(), "head")).toMatchObject({ steps: [], createsVersionTable: false });
  });

  test.each([
    ["a3:a1", "reversed-range", "Write upgrade a1:a3, or downgrade a3:a1."],
    ["a2:base", "reversed-range", "Write upgrade base:a2, or downgrade a2:base."],
    ["a2:a2", "empty-range", "x-1:x"],
    ["base", "empty-range", "x-1:x"],
    ["head:", "empty-range", "x-1:x"],
    ["a1:-1", "wrong-direction", "write head-1"],
    ["a1,a3:head", "overlapping-revisions", 'Leave "a1" out'],
    ["a1:a3:a2", "malformed-range", "start:end"],
  ])("of %s is refused as %s with a hint", (range, code, hint) => {
    expect(errorOf(() => planUpgrade(line, range))).toMatchObject({
      code,
      hint: expect.stringContaining(hint) as string,
    });
  });

  test("from version rows that no revision file has names the row and the nearest identifier", () => {
    expect(() => planUpgrade(line, { rows: ["a9"], target: "head" })).toThrow(
      'The version table holds "a9", which is not a revision of this project. Did you mean "a1"?',
    );
    expect(errorCode(() => planUpgrade(line, { rows: ["a"], target: "head" }))).toBe("unknown-version-row");
  });

  test("from version rows of which one implies another is refused, as Alembic does", () => {
    expect(errorCode(() => planUpgrade(dependent, { rows: ["app2", "lib2"], target: "heads" }))).toBe(
      "overlapping-revisions",
    );
  });

  test("by +1 from several rows asks for the branch", () => {
    expect(errorOf(() => planUpgrade(dependent, { rows: ["app1", "lib1"], target: "+1" }))).toMatchObject({
      code: "ambiguous-start",
      hint: "Say from which branch, as in app1@+1.",
    });
  });
});

describe("a downgrade", () => {
  test("without a start begins at the heads and says so", () => {
    const plan = planDowngrade(line, "base");
    expect(texts(plan)).toEqual(["a3 -> a2; UPDATE a3 a2; a2", "a2 -> a1; UPDATE a2 a1; a1", "a1 -> ; DELETE a1; "]);
    expect(plan).toMatchObject({
      startsFromHeads: true,
      createsVersionTable: false,
      rowsBefore: ["a3"],
      rowsAfter: [],
    });
    expect(planDowngrade(line, "head:base").startsFromHeads).toBe(false);
    expect(planDowngrade(line, ":a1")).toMatchObject({ startsFromHeads: true, rowsAfter: ["a1"] });
  });

  test.each([
    ["a2:", ["a2", "a1"]],
    ["-1", ["a3"]],
    ["a2:-1", ["a2"]],
    ["head:head-2", ["a3", "a2"]],
    ["head:a1+1", ["a3"]],
    ["head:base+1", ["a3", "a2"]],
    ["head-1:-2", ["a2", "a1"]],
  ])("of %s takes back %j", (range, expected) => {
    expect(planDowngrade(line, range).steps.map((step) => step.revision.revision)).toEqual(expected);
  });

  test("of a merge opens its branches again and closes them one by one", () => {
    expect(texts(planDowngrade(merged, "base"))).toEqual([
      "joined -> shop1,mail2; INSERT shop1, UPDATE joined mail2; mail2,shop1",
      "shop1 -> trunk; DELETE shop1; mail2",
      "mail2 -> mail1; UPDATE mail2 mail1; mail1",
      "mail1 -> trunk; UPDATE mail1 trunk; trunk",
      "trunk -> ; DELETE trunk; ",
    ]);
  });

  test("of a dependency takes back what depends on it", () => {
    expect(texts(planDowngrade(dependent, "lib@base"))).toEqual([
      "app3 -> app2; UPDATE app3 app2; app2",
      "app2 -> app1; INSERT app1, UPDATE app2 lib2; app1,lib2",
      "lib2 -> lib1; UPDATE lib2 lib1; app1,lib1",
      "lib1 -> ; DELETE lib1; app1",
    ]);
  });

  test("of one branch leaves the other", () => {
    expect(texts(planDowngrade(merged, "shop1,mail2:mail@trunk"))).toEqual([
      "mail2 -> mail1; UPDATE mail2 mail1; mail1,shop1",
      "mail1 -> trunk; DELETE mail1; shop1",
    ]);
    expect(planDowngrade(merged, { rows: ["shop1", "mail2"], target: "shop@-1" }).rowsAfter).toEqual(["mail2"]);
  });

  test.each([
    ["a1:a3", "reversed-range", "Write downgrade a3:a1, or upgrade a1:a3."],
    ["base:a1", "reversed-range", "Write downgrade a1:base, or upgrade base:a1."],
    ["a2:a2", "empty-range", "x-1:x"],
    ["base:base", "empty-range", "x-1:x"],
    ["head:+1", "wrong-direction", "write base+1"],
    ["head:-9", "walk-too-far", "base"],
  ])("of %s is refused as %s with a hint", (range, code, hint) => {
    expect(errorOf(() => planDowngrade(line, range))).toMatchObject({
      code,
      hint: expect.stringContaining(hint) as string,
    });
  });

  test("to a revision beside the start is refused", () => {
    expect(errorCode(() => planDowngrade(merged, "shop1:mail1"))).toBe("not-an-ancestor");
  });

  test("by -1 from several heads asks for the branch", () => {
    expect(errorCode(() => planDowngrade(merged, "shop1,mail2:-1"))).toBe("ambiguous-start");
  });

  test("of a branch to what is not below it is refused", () => {
    const graph = graphOf({ id: "t" }, { id: "x", down: ["t"] }, { id: "y", down: ["t"] });
    expect(errorCode(() => planDowngrade(graph, "x,y:t@t"))).toBe("not-below-branch");
  });
});

describe("a stamp", () => {
  test("without a start inserts a row into a new version table", () => {
    const plan = planStamp(line, ["head"]);
    expect(texts(plan)).toEqual([" -> a3; INSERT a3; a3"]);
    expect(plan).toMatchObject({ createsVersionTable: true, purges: false });
    expect(plan.steps[0]?.direction).toBe("stamp");
  });

  test.each([
    [["a1:head"], ["a1 -> a3; UPDATE a1 a3; a3"]],
    [["head:a1"], ["a3 -> a1; UPDATE a3 a1; a1"]],
    [["head:base"], ["a3 -> ; DELETE a3; "]],
    [["a1:+1"], ["a1 -> a2; UPDATE a1 a2; a2"]],
    [["head:-1"], ["a3 -> a2; UPDATE a3 a2; a2"]],
    [["-1"], [" -> a2; INSERT a2; a2"]],
  ])("of %j changes the row", (targets, expected) => {
    expect(texts(planStamp(line, targets))).toEqual(expected);
  });

  test("of all heads has a row for each", () => {
    expect(planStamp(dependent, ["lib2", "app1"]).rowsAfter).toEqual(["app1", "lib2"]);
    expect(planStamp(dependent, ["heads"]).rowsAfter).toEqual(["app3"]);
  });

  test("below several rows makes one of them", () => {
    expect(texts(planStamp(merged, ["shop1,mail2:trunk"]))).toEqual([
      "mail2,shop1 -> trunk; DELETE mail2, UPDATE shop1 trunk; trunk",
    ]);
  });

  test("of a branch's base removes the rows of that branch only", () => {
    expect(texts(planStamp(dependent, ["app@base"], { rows: ["app1", "lib1"] }))).toEqual([
      "app1 -> ; DELETE app1; lib1",
    ]);
  });

  test("of several targets that replace the same rows reaches all of them", () => {
    const graph = graphOf({ id: "a1" }, { id: "a2", down: ["a1"] }, { id: "b1" }, { id: "b2", down: ["b1"] });
    expect(planStamp(graph, ["a2,b2:a1", "b1"]).rowsAfter).toEqual(["a1", "b1"]);
    expect(planStamp(graph, ["a1,b1:a2", "b2"]).rowsAfter).toEqual(["a2", "b2"]);
  });

  test("with purge forgets all rows, known or not", () => {
    expect(planStamp(line, ["a2"], { purge: true, rows: ["gone"] })).toMatchObject({
      purges: true,
      createsVersionTable: false,
      rowsBefore: [],
      rowsAfter: ["a2"],
    });
    expect(planStamp(line, ["base"], { purge: true })).toMatchObject({ purges: true, steps: [] });
  });

  test("of what the rows say already has no steps", () => {
    expect(planStamp(line, ["a2"], { rows: ["a2"] }).steps).toEqual([]);
  });

  test.each([
    [["a2:a2"], "empty-range"],
    [["base"], "empty-range"],
    [["a1", "a2"], "overlapping-revisions"],
    [["a1:a2", "a2:a3"], "two-starts"],
    [["a1:"], "malformed-range"],
  ])("of %j is refused as %s", (targets, code) => {
    expect(errorCode(() => planStamp(line, targets))).toBe(code);
  });

  test("with rows from the database and a start is refused", () => {
    expect(errorCode(() => planStamp(line, ["a1:a2"], { rows: ["a1"] }))).toBe("two-starts");
  });
});
