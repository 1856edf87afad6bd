import { describe, expect, it } from "vitest";
import { parseRows } from "../../src/revision/row-files.js";

const csv = (text: string, options = {}, file = "versions/rows.csv") => parseRows({ file, text }, options).rows;
const json = (text: string) => parseRows({ file: "versions/rows.json", text }, {}).rows;

describe("a CSV file", () => {
  it("has rows with the line on which each ends, whatever ends the lines", () => {
    const text = 'id,name\r\n1,"O\'Hara, ""Jim"""\r\n\r\n2,"two\r\nlines"\r\n';
    expect(csv(text)).toEqual([
      { line: 2, values: { id: "1", name: `O'Hara, "Jim"` } },
      { line: 5, values: { id: "2", name: "two\r\nlines" } },
    ]);
  });

  it("says NULL by nothing, and the empty string by quotes", () => {
    expect(csv('a,b\n,""\n').map(({ values }) => values)).toEqual([{ a: null, b: "" }]);
  });

  it("says NULL by what is told, and then the empty string by nothing", () => {
    expect(csv('a,b,c\n\\N,"\\N",\n', { nullText: "\\N" })[0]?.values).toEqual({ a: null, b: "\\N", c: "" });
  });

  it("has another delimiter when told, or when it is a TSV file", () => {
    expect(csv("a;b\n1;2", { delimiter: ";" })[0]?.values).toEqual({ a: "1", b: "2" });
    expect(csv("a\tb\n1\t2", {}, "versions/rows.tsv")[0]?.values).toEqual({ a: "1", b: "2" });
  });

  it.each<[what: string, text: string, line: number, message: RegExp]>([
    ["too few values", "a,b\n1,2\n3\n", 3, /columns length is 2, got 1/],
    ["too many values", "a,b\n1,2,3\n", 2, /columns length is 2, got 3/],
    ["quotes that do not end", 'a,b\n1,2\n3,"4\n', 3, /[Qq]uote/],
    ["quotes inside a value", 'a,b\n1,x"y\n', 2, /[Qq]uote/],
    ["a column twice", "a,b,a\n1,2,3\n", 1, /"a" stands twice/],
    ["a column without name", "a,\n1,2\n", 1, /column 2 has no name/],
  ])("with %s is refused with its line", (_what, text, line, message) => {
    expect(() => csv(text)).toThrow(
      expect.objectContaining({ code: "unreadable-rows", data: expect.objectContaining({ line }) as object }) as Error,
    );
    expect(() => csv(text)).toThrow(message);
    expect(() => csv(text)).toThrow(new RegExp(`^versions/rows\\.csv:${line}: `));
  });
});

describe("a JSON file", () => {
  it("has rows with the line on which each begins", () => {
    expect(json('[\n  {"a": 1.50, "b": null},\n  {\n    "a": "}", "c": {"d": [true]}\n  }\n]')).toEqual([
      { line: 2, values: { a: 1.5, b: null } },
      { line: 3, values: { a: "}", c: { d: [true] } } },
    ]);
  });

  it.each(["12345678901234567890", "0.1000000000000000055511151231257827", "1e400"])(
    "with the number %s, which JSON.parse would change, is refused",
    (number) => {
      expect(() => json(`[\n{"a": 0.1},\n{"a": ${number}}]`)).toThrow(
        /^versions\/rows\.json:3: the number .* more digits/,
      );
    },
  );

  it.each(["0.1", "-1.50", "1E5", "9007199254740992", "0", "-0.0", "100", "1e-7", "123456789012345680000"])(
    "keeps the number %s",
    (number) => {
      expect(json(`[{"a": ${number}}]`)[0]?.values).toEqual({ a: Number(number) });
    },
  );

  it.each<[what: string, text: string, message: RegExp]>([
    ["an object instead of a list", '{"a": 1}', /no list of rows/],
    ["a list of lists", "[[1]]", /element 1 of the list is no object/],
    ["an error", '[\n{"a": 1},\n{"a" 2}]', /^versions\/rows\.json:3: /],
  ])("with %s is refused", (_what, text, message) => {
    expect(() => json(text)).toThrow(message);
  });
});

it("a file of another kind is refused", () => {
  expect(() => parseRows({ file: "rows.xlsx", text: "" }, {})).toThrow(/neither a CSV nor a JSON file/);
});
