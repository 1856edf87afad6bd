import { describe, expect, it } from "vitest";
import { mssql, sql, t } from "../../src/index.js";
import type { LiteralValue, SqlText } from "../../src/schema/expressions.js";
import { describeTexts, valueOfText } from "../../src/schema/text-values.js";
import type { SqlType } from "../../src/schema/types/type.js";

const hex = { binary: "hex" } as const;

describe("a text of a file means, in a column of its type", () => {
  it.each<[type: SqlType, text: string, value: LiteralValue | SqlText]>([
    [t.string(9), " 007 ", " 007 "],
    [t.uuid(), "9f3c", "9f3c"],
    [t.integer(), "042", 42],
    [t.integer(), "+7", 7],
    [t.bigInteger(), "-9223372036854775808", -9223372036854775808n],
    [t.numeric(10, 2), "1.10", sql.raw("1.10")],
    [t.numeric(40, 2), "12345678901234567890123456789.10", sql.raw("12345678901234567890123456789.10")],
    [t.float(), "-1e-400", sql.raw("-1e-400")],
    [t.float(), "-Infinity", -Infinity],
    [t.double(), "NaN", NaN],
    [t.boolean(), "TRUE", true],
    [t.boolean(), "0", false],
    [t.date(), "2024-02-29", new Date("2024-02-29T00:00:00Z")],
    [t.dateTime(), "2024-05-31 12:30", new Date("2024-05-31T12:30:00Z")],
    [t.dateTime(), "2024-05-31T12:30:15.250", new Date("2024-05-31T12:30:15.250Z")],
    [t.dateTime(), "2024-05-31 12:30:15.123456", "2024-05-31 12:30:15.123456"],
    [t.dateTime({ timezone: true }), "2024-05-31 12:30+02", new Date("2024-05-31T10:30:00Z")],
    [t.dateTime({ timezone: true }), "2024-05-31 12:30:15.123456-0530", "2024-05-31 12:30:15.123456-05:30"],
    [t.dateTime({ timezone: true }), "2024-05-31 12:30", new Date("2024-05-31T12:30:00Z")],
    [mssql.DATETIMEOFFSET(), "2024-05-31 12:30Z", new Date("2024-05-31T12:30:00Z")],
    [t.time(), "23:59", new Date("1970-01-01T23:59:00Z")],
    [t.time(), "23:59:59.123456", "23:59:59.123456"],
    [t.largeBinary(), "\\x00fF", Buffer.from([0, 255])],
    [t.largeBinary(), "", Buffer.from([])],
    [t.json(), '{"a": [1, null]}', { a: [1, null] }],
    [t.array(t.integer()), "[1, 2]", [1, 2]],
  ])("$name: %j is %j", (type, text, value) => {
    expect(valueOfText(text, type, hex)).toEqual(value);
  });

  it("bytes, as base64 where that is said", () => {
    expect(valueOfText("AP8=", t.largeBinary(), { binary: "base64" })).toEqual(Buffer.from([0, 255]));
    expect(valueOfText("AP*=", t.largeBinary(), { binary: "base64" })).toBeUndefined();
  });
});

describe("nothing", () => {
  it.each<[type: SqlType, text: string]>([
    [t.integer(), "1.5"],
    [t.integer(), ""],
    [t.numeric(), "1,5"],
    [t.numeric(), "1); DROP TABLE a; --"],
    [t.boolean(), "maybe"],
    [t.date(), "2024-02-30"],
    [t.date(), "31.05.2024"],
    [t.dateTime(), "2024-05-31 25:00"],
    [t.dateTime(), "2024-05-31 12:30+02"],
    [t.time(), "12"],
    [t.largeBinary(), "0g"],
    [t.largeBinary(), "abc"],
    [t.json(), "{a: 1}"],
  ])("$name: %j", (type, text) => {
    expect(valueOfText(text, type, hex)).toBeUndefined();
    expect(describeTexts(type)).toMatch(/^Write .*\.$/);
  });
});
