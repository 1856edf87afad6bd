import { describe, expect, it } from "vitest";
import { UsageError } from "../../src/errors.js";
import { fileTemplateProblem, revisionFileName, slug } from "../../src/revision/file-template.js";

const parts = {
  revision: "ae1027a6acf",
  message: "Add last_transaction_date, to account!",
  date: new Date("2026-03-05T23:07:09.999Z"),
  timezone: "UTC",
};

describe("the name of a new revision file", () => {
  // The expected names are those that Alembic 1.19 gives, with .ts for .py.
  it.each([
    ["%(rev)s_%(slug)s", "ae1027a6acf_add_last_transaction_date_to_account.ts"],
    ["%(year)d_%(month).2d_%(day).2d_%(hour).2d%(minute).2d-%(rev)s", "2026_03_05_2307-ae1027a6acf.ts"],
    ["%(year)d%(month)02d%(day)02d%(second)02d", "2026030509.ts"],
    ["%(epoch)d_%(rev)s", "1772752029_ae1027a6acf.ts"],
    ["%(year)s-%(month)3d|%(month)-3d|%(month)+d|%(month)05.2d|%(month)s", "2026-  3|3  |+3|00003|3.ts"],
    ["%(rev).4s_%(slug)12.3s|%(rev)-12s|", "ae10_         add|ae1027a6acf |.ts"],
    ["100%%_%(rev)s", "100%_ae1027a6acf.ts"],
    ["%(year)d/%(month).2d/%(rev)s", "2026/03/ae1027a6acf.ts"],
  ])("for %s is %s", (template, name) => {
    expect(revisionFileName(template, parts)).toBe(name);
  });

  it("has the date of the time zone", () => {
    const template = "%(year)d-%(month).2d-%(day).2d_%(hour).2d.%(minute).2d";
    expect(revisionFileName(template, { ...parts, timezone: "Asia/Kathmandu" })).toBe("2026-03-06_04.52.ts");
    expect(revisionFileName(template, { ...parts, timezone: "america/new_york" })).toBe("2026-03-05_18.07.ts");
    expect(revisionFileName("%(hour)d", { ...parts, date: new Date("2026-01-01T00:00:00Z") })).toBe("0.ts");
  });

  it("inserts values as they are, whatever they contain", () => {
    expect(revisionFileName("%(slug)s", { ...parts, message: "cost $& in $1 %(rev)s" })).toBe("cost_in_1_rev_s.ts");
    expect(revisionFileName("%(rev)s", { ...parts, revision: "$&x" })).toBe("$&x.ts");
  });

  it("may not be one that is passed over when revisions are read", () => {
    const naming = (): string => revisionFileName("%(slug)s", { ...parts, message: "__init__" });
    expect(naming).toThrow(UsageError);
    expect(naming).toThrow("__init__.ts");
  });

  it("cannot be made of a wrong template", () => {
    expect(() => revisionFileName("%(foo)s", parts)).toThrow(UsageError);
  });
});

describe("a slug", () => {
  it.each([
    ["Add x", 40, "add_x"],
    ["  --  add:  x / y  ", 40, "add_x_y"],
    ["don't", 40, "don_t"],
    ["", 40, ""],
    ["Größe ändern 大", 40, "größe_ändern_大"],
    ["one two three", 13, "one_two_three"],
    ["one two three", 12, "one_two_"],
    ["one two three", 8, "one_two_"],
    ["one two three", 7, "one_"],
    ["abcdefghij", 4, "abcd_"],
    ["add 😀 x", 40, "add_x"],
  ])("of %j within %i is %j", (message, length, expected) => {
    expect(slug(message, length)).toBe(expected);
  });
});

describe("a file template", () => {
  it.each([
    ["", "is empty"],
    ["%%(rev)s_%%(slug)s", 'write "%(rev)s"'],
    ["%(slugg)s", 'Did you mean "slug"?'],
    ["%(rev)", 'write "%(rev)s"'],
    ["%(rev)d", 'write "%(rev)s"'],
    ["%(month)x", 'write "%(month)d"'],
    ["100%", 'write "%%"'],
    ["%s", 'write "%%"'],
    ["../%(rev)s", "leads out"],
    ["/tmp/%(rev)s", "leads out"],
    ["C:\\%(rev)s", "leads out"],
    ["a/../../%(rev)s", "leads out"],
    ["_%(rev)s", "helpers"],
    ["%(year)d/.%(rev)s", "helpers"],
    ["%(rev)s/", "ends with a folder"],
  ])("%j is refused", (template, problem) => {
    expect(fileTemplateProblem(template)).toContain(problem);
  });

  it("is accepted in the forms of Alembic's documentation", () => {
    const template = "%(year)d_%(month).2d_%(day).2d_%(hour).2d%(minute).2d-%(rev)s_%(slug)s";
    expect(fileTemplateProblem(template)).toBeUndefined();
    expect(fileTemplateProblem("%(year)d/%(month).2d/%(rev)s")).toBeUndefined();
  });
});
