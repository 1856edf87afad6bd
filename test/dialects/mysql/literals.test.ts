import fc from "fast-check";
import { expect, test } from "vitest";
import { mariadb as mariadbDialect } from "../../../dialects/mariadb/index.js";
import { mysql as mysqlDialect } from "../../../dialects/mysql/index.js";
import { catalogFreeContext } from "../../../src/compiler/compile.js";
import { column, sql, t, table, mysql } from "../../../src/index.js";
import { statements } from "./statements.js";

const unescaped: Readonly<Record<string, string>> = {
  "0": "\0",
  b: "\b",
  t: "\t",
  n: "\n",
  r: "\r",
  Z: "\x1a",
  "\\": "\\",
};

/** Reads a string literal as the server does: https://dev.mysql.com/doc/refman/8.4/en/string-literals.html */
function read(literal: string): string {
  expect(literal).toMatch(/^'(?:[^'\\]|''|\\.)*'$/su);
  return literal
    .slice(1, -1)
    .replace(/''|\\(.)/gsu, (_all, escape?: string) => (escape === undefined ? "'" : (unescaped[escape] ?? escape)));
}

const contexts = [mysqlDialect, mariadbDialect].map((dialect) => catalogFreeContext({ dialect }));
const hostile = ["\\", "'", '"', "`", "\0", "\b", "\t", "\n", "\r", "\x1a", "%", "_", ";", "--", "\\!", "é", "😀", "n"];

test("every string can be read back, and has no character that a client changes", () => {
  const text = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.array(fc.constantFrom(...hostile)).map((parts) => parts.join("")),
  );
  fc.assert(
    fc.property(text, fc.constantFrom(...contexts), (value, context) => {
      const literal = context.literal(value);
      expect(literal).not.toMatch(/[\0\b\t\n\r\x1a]/);
      expect(read(literal)).toBe(value);
    }),
    { numRuns: 1000 },
  );
});

test.each<readonly [string, Parameters<typeof sql>[1]]>([
  ["'it''s \\\\ \\0\\n\\r\\t\\b\\Z'", "it's \\ \0\n\r\t\b\x1a"],
  ["'日本 😀'", "日本 😀"],
  ["X''", new Uint8Array()],
  ["X'00FF27'", Uint8Array.of(0, 255, 39)],
  ["-9223372036854775808", -9223372036854775808n],
  ["18446744073709551615", 18446744073709551615n],
  ["1.5e+30", 1.5e30],
  ["0", -0],
  ["true", true],
  ["NULL", null],
  ["'2020-02-29 23:59:59.123'", new Date("2020-02-29T23:59:59.123Z")],
  ['\'{"a":[1,"\\\\n"]}\'', { a: [1, "\n"] }],
])("writes %s", async (expected, value) => {
  expect(await statements((op) => op.execute(sql`SELECT ${value ?? null}`))).toEqual([`SELECT ${expected}`]);
});

test("writes a moment as its column keeps it, in UTC without a zone", async () => {
  const moment = new Date("2020-02-29T23:59:59.120Z");
  const columns = [
    column("a", mysql.DATETIME({ fsp: 3 })),
    column("b", mysql.TIMESTAMP({ fsp: 2, timezone: true })),
    column("c", mysql.TIME({ fsp: 6 })),
    column("d", t.date()),
  ];
  const row = { a: moment, b: moment, c: moment, d: moment };
  expect(await statements((op) => op.bulkInsert(table("t1", columns), [row]))).toEqual([
    "INSERT INTO t1 (a, b, c, d) VALUES " +
      "('2020-02-29 23:59:59.120', '2020-02-29 23:59:59.120', '23:59:59.120', '2020-02-29')",
  ]);
});
