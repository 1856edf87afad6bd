import { describe, expect, test } from "vitest";
import { RevisionError } from "../../src/errors.js";
import { isBranchPoint, isEffectiveHead, isHead, isMergePoint } from "../../src/history/graph.js";
import { planDowngrade, planUpgrade } from "../../src/history/steps.js";
import { chain, errorOf, graphOf, ids, type RevisionSketch } from "./graph-fixtures.js";

const branches = graphOf(
  { id: "trunk1" },
  { id: "shop1", down: ["trunk1"], labels: ["shop"] },
  { id: "mail1", down: ["trunk1"], labels: ["mail"] },
  { id: "shop2", down: ["shop1"], dependsOn: ["mail"] },
  { id: "extra1", labels: ["extra"] },
  { id: "extra2", down: ["extra1"] },
  { id: "joined", down: ["shop2", "extra2"] },
);

describe("a graph", () => {
  test("knows heads, bases, branch points and merge points in the order given", () => {
    expect(ids(branches.heads)).toEqual(["mail1", "joined"]);
    expect(ids(branches.bases)).toEqual(["trunk1", "extra1"]);
    expect(ids(branches.branchPoints)).toEqual(["trunk1"]);
    expect(ids(branches.mergePoints)).toEqual(["joined"]);
    expect(branches.nodes.filter(isBranchPoint)).toEqual(branches.branchPoints);
    expect(branches.nodes.filter(isMergePoint)).toEqual(branches.mergePoints);
  });

  test("tells a head that another revision depends on from a real head", () => {
    expect(ids(branches.realHeads)).toEqual(["joined"]);
    expect(ids(branches.nodes.filter(isHead))).toEqual(["mail1", "joined"]);
    expect(ids(branches.nodes.filter(isEffectiveHead))).toEqual(["mail1"]);
  });

  test("resolves dependencies that are written as label, identifier or beginning of one", () => {
    const graph = graphOf(
      { id: "aaaa1111", labels: ["first"] },
      { id: "bbbb2222" },
      { id: "cccc3333" },
      { id: "dddd4444", dependsOn: ["first", "bbbb2222", "cccc"] },
    );
    expect(ids(graph.get("dddd4444")?.dependencies ?? [])).toEqual(["aaaa1111", "bbbb2222", "cccc3333"]);
  });

  test("leaves out a dependency that a revision below names as well", () => {
    const graph = graphOf(
      { id: "other" },
      { id: "first", dependsOn: ["other"] },
      { id: "second", down: ["first"], dependsOn: ["other"] },
    );
    expect(ids(graph.get("first")?.effectiveDown ?? [])).toEqual(["other"]);
    expect(ids(graph.get("second")?.effectiveDown ?? [])).toEqual(["first"]);
    expect(ids(graph.get("other")?.allNext ?? [])).toEqual(["first", "second"]);
  });

  test("follows dependencies to ancestors and descendants unless told not to", () => {
    const shop2 = branches.nodes.filter((node) => node.id === "shop2");
    expect(ids(branches.ancestors(shop2)).sort()).toEqual(["mail1", "shop1", "shop2", "trunk1"]);
    expect(ids(branches.ancestors(shop2, { dependencies: false })).sort()).toEqual(["shop1", "shop2", "trunk1"]);
    const mail1 = branches.nodes.filter((node) => node.id === "mail1");
    expect(ids(branches.descendants(mail1)).sort()).toEqual(["joined", "mail1", "shop2"]);
    expect(ids(branches.descendants(mail1, { dependencies: false }))).toEqual(["mail1"]);
  });

  test("spreads a label to everything above, and below as far as the line has not forked", () => {
    const labels = (id: string) =>
      branches.nodes.filter((node) => node.id === id).map((node) => branches.branchLabels(node));
    expect(labels("joined")).toEqual([["extra", "shop"]]);
    expect(labels("mail1")).toEqual([["mail"]]);
    expect(labels("trunk1")).toEqual([[]]);
    const line = graphOf({ id: "low" }, { id: "high", down: ["low"], labels: ["late"] });
    expect(line.nodes.map((node) => line.branchLabels(node))).toEqual([["late"], ["late"]]);
  });

  test("of ten thousand revisions in one line is walked without recursion", () => {
    const graph = chain(...Array.from({ length: 10_000 }, (_, index) => `r${index}`));
    expect(graph.ancestors(graph.heads).size).toBe(10_000);
    expect(graph.descendants(graph.bases).size).toBe(10_000);
    expect(planUpgrade(graph, "heads").steps).toHaveLength(10_000);
    expect(planDowngrade(graph, "base").rowsAfter).toEqual([]);
  });

  test("may be empty", () => {
    expect(graphOf().heads).toEqual([]);
  });
});

describe("building a graph refuses", () => {
  function problem(...sketches: readonly RevisionSketch[]): RevisionError {
    const error = errorOf(() => graphOf(...sketches));
    expect(error).toBeInstanceOf(RevisionError);
    return error as RevisionError;
  }

  test("a down revision that does not exist, with the file and the nearest one", () => {
    const error = problem({ id: "ae1027a6acf" }, { id: "27c6a30d7c24", down: ["ae1027a6acd"] });
    expect(error.code).toBe("unknown-revision");
    expect(error.message).toBe(
      'Revision "27c6a30d7c24" (versions/27c6a30d7c24.ts) follows "ae1027a6acd", which is not a revision of this project. Did you mean "ae1027a6acf"?',
    );
    expect(error.hint).toContain("downRevision in versions/27c6a30d7c24.ts");
  });

  test("a down revision given in part", () => {
    expect(problem({ id: "ae1027a6acf" }, { id: "b", down: ["ae10"] }).code).toBe("unknown-revision");
  });

  test("a dependency that does not exist, with the nearest label", () => {
    const error = problem({ id: "a", labels: ["billing"] }, { id: "b", dependsOn: ["biling"] });
    expect(error.code).toBe("unknown-revision");
    expect(error.message).toContain('Did you mean "billing"?');
  });

  test("a partial dependency that several revisions start with", () => {
    const error = problem({ id: "abcd1" }, { id: "abcd2" }, { id: "other", dependsOn: ["abcd"] });
    expect(error.code).toBe("ambiguous-revision");
    expect(error.message).toContain("abcd1, abcd2");
  });

  test("an identifier in two files, naming both", () => {
    const error = problem({ id: "a" }, { id: "a" });
    expect(error.code).toBe("duplicate-revision");
    expect(error.data).toMatchObject({ revision: "a", files: ["versions/a.ts", "versions/a.ts"] });
  });

  test.each([
    [
      "of two revisions",
      [
        { id: "a", labels: ["x"] },
        { id: "b", labels: ["x"] },
      ],
      "already used by",
    ],
    ["that is an identifier", [{ id: "a" }, { id: "b", labels: ["a"] }], "is the identifier of"],
  ])("a branch label %s", (_, sketches, words) => {
    const error = problem(...sketches);
    expect(error.code).toBe("duplicate-branch-label");
    expect(error.message).toContain(words);
  });

  test("revisions that follow each other in a circle, and names only those", () => {
    const error = problem(
      { id: "base1" },
      { id: "a", down: ["base1", "c"] },
      { id: "b", down: ["a"] },
      { id: "c", down: ["b"] },
      { id: "above", down: ["c"] },
    );
    expect(error.code).toBe("revision-cycle");
    expect(error.message).toContain('"a" -> "c" -> "b" -> "a"');
    expect(error.message).not.toContain("above");
    expect(error.hint).toContain("downRevision");
  });

  test("a revision that follows itself", () => {
    expect(problem({ id: "a", down: ["a"] }).message).toContain('"a" -> "a"');
  });

  test("revisions that depend on each other in a circle", () => {
    const error = problem({ id: "a", dependsOn: ["b2"] }, { id: "b" }, { id: "b2", down: ["b"], dependsOn: ["a"] });
    expect(error.code).toBe("dependency-cycle");
    expect(error.message).toContain('"a" -> "b2" -> "a"');
  });

  test.each(["with-dash", "a@b", "a+1", "a:b", "a,b", "head", "heads", "base", "current", "", " a"])(
    "the identifier %j",
    (id) => {
      expect(problem({ id }).code).toBe("invalid-revision-name");
    },
  );

  test.each(["a@b", "a:b", "head", ""])("the branch label %j", (label) => {
    expect(problem({ id: "a", labels: [label] }).code).toBe("invalid-revision-name");
  });

  test("several problems in one report", () => {
    const error = problem({ id: "a" }, { id: "a" }, { id: "b", down: ["nowhere"] }, { id: "c", labels: ["a"] });
    expect(error.code).toBe("invalid-history");
    expect(error.message).toMatch(/^The revisions have 3 problems:\n/);
    expect(error.data["problems"]).toMatchObject([
      { code: "duplicate-revision" },
      { code: "duplicate-branch-label" },
      { code: "unknown-revision" },
    ]);
  });

  test("nothing about a label with a dash", () => {
    expect(graphOf({ id: "a", labels: ["with-dash"] }).labelled("with-dash")?.id).toBe("a");
  });
});
