import { describe, expect, test } from "vitest";
import { RevisionError, UsageError } from "../../src/errors.js";
import { selectHistory } from "../../src/history/selector-history.js";
import { parseRange, parseSelector, selectRevision, selectRevisions } from "../../src/history/selector.js";
import { chain, errorOf, graphOf, ids } from "./graph-fixtures.js";

const line = chain("ae1027a6", "27c6a30d", "f81d4fae", "7dec11d0");
const branches = graphOf(
  { id: "trunk1" },
  { id: "trunk2", down: ["trunk1"] },
  { id: "shop1", down: ["trunk2"], labels: ["shop"] },
  { id: "shop2", down: ["shop1"] },
  { id: "mail1", down: ["trunk2"], labels: ["mail-out"] },
  { id: "mail2", down: ["mail1"] },
);

function codeOf(call: () => unknown): string {
  const error = errorOf(call);
  if (error instanceof RevisionError || error instanceof UsageError) return error.code;
  throw error;
}

describe("a revision form", () => {
  test.each([
    ["ae1027a6", ["ae1027a6"]],
    ["27c6", ["27c6a30d"]],
    ["f", ["f81d4fae"]],
    ["head", ["7dec11d0"]],
    ["heads", ["7dec11d0"]],
    ["base", []],
    ["head-2", ["27c6a30d"]],
    ["head-4", []],
    ["ae10+2", ["f81d4fae"]],
    ["base+1", ["ae1027a6"]],
    ["-1", ["f81d4fae"]],
    ["+1", ["ae1027a6"]],
    ["27c6@head", ["7dec11d0"]],
    ["27c6@base", []],
    ["ae1027a6-1", []],
    [" head ", ["7dec11d0"]],
  ])("%s of a line", (text, expected) => {
    expect(ids(selectRevisions(line, text))).toEqual(expected);
  });

  test.each([
    ["heads", ["shop2", "mail2"]],
    ["shop@head", ["shop2"]],
    ["shop@heads", ["shop2"]],
    ["trunk1@heads", ["shop2", "mail2"]],
    ["mail-out@head-1", ["mail1"]],
    ["mail-out@trunk2+1", ["mail1"]],
    ["trunk1@trunk2", ["trunk2"]],
    ["shop", ["shop1"]],
    ["shop@-1", ["shop1"]],
    ["-1", ["shop1", "mail1"]],
    ["-3", ["trunk1"]],
    ["shop@+3", ["shop1"]],
    ["mail-out@base", []],
    ["mail1@head", ["mail2"]],
  ])("%s of two branches", (text, expected) => {
    expect(ids(selectRevisions(branches, text))).toEqual(expected);
  });

  test.each([
    ["head", "multiple-heads"],
    ["trunk1@head", "multiple-heads"],
    ["shp", "unknown-revision"],
    ["shp@head", "unknown-branch"],
    ["nothing@base", "unknown-branch"],
    ["trunk", "ambiguous-revision"],
    ["mail-out@shop2", "not-in-branch"],
    ["trunk2+1", "ambiguous-walk"],
    ["shop2+1", "walk-too-far"],
    ["shop2-9", "walk-too-far"],
    ["base-1", "walk-too-far"],
    ["shop@", "malformed-revision"],
    ["shop+", "malformed-revision"],
    ["", "malformed-revision"],
  ])("%j is refused as %s", (text, code) => {
    expect(codeOf(() => selectRevisions(branches, text))).toBe(code);
  });

  test("that is mistyped suggests the nearest name", () => {
    expect(() => selectRevision(branches, "shop3")).toThrow('no revision or branch "shop3". Did you mean "shop1"?');
    expect(() => selectRevision(line, "haed")).toThrow('Did you mean "head"?');
    expect(() => selectRevision(branches, "shup@head")).toThrow('no branch "shup". Did you mean "shop"?');
  });

  test("with several ways down says which starting heads to write instead", () => {
    const graph = graphOf({ id: "a" }, { id: "b" }, { id: "m", down: ["a", "b"] });
    expect(errorOf(() => selectRevisions(graph, "head-1"))).toMatchObject({
      code: "ambiguous-walk",
      hint: expect.stringContaining("a,b:head") as string,
    });
  });

  test("shorter than four characters in full never matches in part", () => {
    const graph = graphOf({ id: "abc" });
    expect(ids(selectRevisions(graph, "abc"))).toEqual(["abc"]);
    expect(codeOf(() => selectRevisions(graph, "ab"))).toBe("unknown-revision");
  });

  test("heads leaves out a head that another one depends on, which its branch still has", () => {
    const graph = graphOf({ id: "a", labels: ["lib"] }, { id: "b", dependsOn: ["lib"] });
    expect(ids(selectRevisions(graph, "heads"))).toEqual(["b"]);
    expect(ids(selectRevisions(graph, "lib@heads"))).toEqual(["a"]);
    expect(codeOf(() => selectRevisions(graph, "head"))).toBe("multiple-heads");
  });

  test("that has to be one revision is undefined for the base", () => {
    expect(selectRevision(line, "base")).toBeUndefined();
    expect(selectRevision(line, "head")?.id).toBe("7dec11d0");
    expect(codeOf(() => selectRevision(branches, "heads"))).toBe("multiple-heads");
  });

  test("in an empty project is nothing for head, heads and base", () => {
    for (const text of ["head", "heads", "base"]) expect(selectRevisions(graphOf(), text)).toEqual([]);
  });

  test("is taken apart into label, symbol and offset", () => {
    expect(parseSelector("mail-out@head-2")).toMatchObject({ label: "mail-out", symbol: "head", offset: -2 });
    expect(parseSelector("+3")).toMatchObject({ label: undefined, symbol: undefined, offset: 3 });
  });
});

describe("a range", () => {
  test.each([
    ["head", undefined, "head"],
    ["a:b", ["a"], "b"],
    ["a,b:head", ["a", "b"], "head"],
    [" a , b : head ", ["a", "b"], "head"],
    ["a:", ["a"], undefined],
    [":a", undefined, "a"],
    [":", undefined, undefined],
    ["head-1:head", ["head-1"], "head"],
  ])("%j has a start and an end", (text, start, end) => {
    expect(parseRange(text)).toEqual({ text, start, end });
  });

  test.each(["a:b:c", "a,,b:c", ",a:b"])("%j is refused", (text) => {
    expect(codeOf(() => parseRange(text))).toBe("malformed-range");
  });
});

describe("a history", () => {
  test.each([
    [":", ["shop2", "shop1", "mail2", "mail1", "trunk2", "trunk1"]],
    ["trunk2:shop@head", ["shop2", "shop1", "trunk2"]],
    ["shop1:", ["shop2", "shop1"]],
    ["shop1:shop2", ["shop2", "shop1"]],
    ["shop@base:heads", ["shop2", "shop1", "trunk2", "trunk1"]],
    ["shop1:+1", ["shop2", "shop1"]],
    ["shop1:+9", ["shop2", "shop1"]],
    ["-1:", ["shop2", "shop1", "mail2", "mail1"]],
    ["-50:", ["shop2", "shop1", "mail2", "mail1", "trunk2", "trunk1"]],
    [":trunk2", ["trunk2", "trunk1"]],
  ])("of %s", (range, expected) => {
    expect(ids(selectHistory(branches, range))).toEqual(expected);
  });

  test("shows a short line whole beside longer ones", () => {
    const graph = graphOf({ id: "a1" }, { id: "a2", down: ["a1"] }, { id: "a3", down: ["a2"] }, { id: "b1" });
    expect(ids(selectHistory(graph, "-1:"))).toEqual(["a3", "a2", "b1"]);
  });

  test("that reaches its start only through a dependency still lists it", () => {
    const graph = graphOf({ id: "b1" }, { id: "b2", down: ["b1"] }, { id: "a1", dependsOn: ["b2"] });
    expect(ids(selectHistory(graph, "b1:"))).toEqual(["b2", "b1"]);
  });

  test("refuses a start that is not below the end", () => {
    expect(codeOf(() => selectHistory(line, "7dec:27c6"))).toBe("not-an-ancestor");
  });
});
