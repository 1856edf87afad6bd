import fc from "fast-check";
import sqliteInWasm from "node-sqlite3-wasm";
import { describe, expect, it } from "vitest";
import {
  column,
  compileOperations,
  LiteralError,
  sql,
  sqlite,
  t,
  table,
  UnsupportedError,
  type Operations,
} from "../../../src/index.js";

async function literal(
  value: Parameters<typeof sql.literal>[0],
  type?: Parameters<typeof sql.literal>[1],
): Promise<string> {
  const body = (op: Operations): void => op.execute(sql`SELECT ${sql.literal(value, type)}`);
  const [statement] = await compileOperations(body, { dialect: "sqlite" });
  return statement?.sql.replace(/^SELECT /, "") ?? "";
}

const moment = new Date("2020-01-02T03:04:05.678Z");

describe("SQLite literals", () => {
  it.each([
    ["a quote", "it's", undefined, "'it''s'"],
    ["a backslash and a colon", "a\\b :c %", undefined, "'a\\b :c %'"],
    ["line ends", "a\r\nb\n", undefined, "('a'||char(13,10)||'b'||char(10))"],
    ["NUL", "a\0", undefined, "('a'||char(0))"],
    ["true", true, undefined, "1"],
    ["the largest integer", 9223372036854775807n, undefined, "9223372036854775807"],
    ["the smallest integer", -9223372036854775808n, undefined, "-9223372036854775808"],
    ["infinity", Infinity, undefined, "9e999"],
    ["minus infinity", -Infinity, t.float(), "-9e999"],
    ["bytes", new Uint8Array([0, 255]), undefined, "X'00FF'"],
    ["a moment", moment, undefined, "'2020-01-02 03:04:05.678000'"],
    ["a moment with a time zone", moment, t.dateTime({ timezone: true }), "'2020-01-02 03:04:05.678000'"],
    ["a moment of whole seconds", new Date("2020-01-02T03:04:05Z"), t.TIMESTAMP(), "'2020-01-02 03:04:05.000000'"],
    ["a date", moment, t.date(), "'2020-01-02'"],
    ["a time", moment, t.time(), "'03:04:05.678000'"],
    ["a UUID", "12345678-1234-5678-1234-567812345678", t.uuid(), "'12345678123456781234567812345678'"],
    ["JSON", { a: ["it's\n"] }, t.json(), `'{"a":["it''s\\n"]}'`],
    ["JSONB", { a: 1 }, sqlite.JSONB(), `jsonb('{"a":1}')`],
  ])("write %s", async (_what, value, type, expected) => {
    expect(await literal(value, type)).toBe(expected);
  });

  it.each([
    ["NaN", NaN],
    ["an integer of more than 64 bits", 9223372036854775808n],
    ["half of a surrogate pair", "\ud800"],
    ["an invalid date", new Date(NaN)],
  ])("refuse %s", async (_what, value) => {
    await expect(literal(value)).rejects.toThrow(LiteralError);
  });

  it("refuse JSONB before version 3.45", async () => {
    const failure = compileOperations((op) => op.execute(sql.literal({}, sqlite.JSONB())), {
      dialect: "sqlite",
      targetVersion: "3.44",
    });
    await expect(failure).rejects.toThrow(UnsupportedError);
  });

  it("stand in defaults, as an expression where a table is made and as a constant where a column is added", async () => {
    const text = column("c", t.text(), { serverDefault: "a\nb" });
    const [create, add] = await compileOperations(
      (op) => {
        op.createTable("t", [text]);
        op.addColumn("u", text);
      },
      { dialect: "sqlite" },
    );
    expect(create?.sql).toContain("DEFAULT ('a'||char(10)||'b')");
    expect(add?.sql).toBe("ALTER TABLE u ADD COLUMN c TEXT DEFAULT 'a\nb'");
  });

  it("refuse a carriage return in the default of a column that is added to an unknown table", async () => {
    const failure = compileOperations((op) => op.addColumn("u", column("c", t.text(), { serverDefault: "a\r\nb" })), {
      dialect: "sqlite",
    });
    await expect(failure).rejects.toThrow(LiteralError);
  });

  const strings = fc.oneof(
    fc.string({ unit: "binary", maxLength: 40 }),
    fc.string({
      unit: fc.constantFrom("\0", "\r", "\n", "\t", "\u001a", "\u007f", "'", "\\u000a", "a", "_"),
      maxLength: 300,
    }),
  );

  it("come back from SQLite as they were", async () => {
    const values = fc.sample(
      strings.filter((text) => text.isWellFormed()),
      { numRuns: 1000, seed: 3 },
    );
    const long = ["line\n".repeat(500), "\\u000a\r\\u000a_\n".repeat(120)];
    values.push(...long);
    const database = new sqliteInWasm.Database(":memory:");
    const insert = (op: Operations): void => {
      const rows = table("kept", [column("id", t.integer()), column("text", t.text())]);
      op.createTable("kept", [column("id", t.integer()), column("text", t.text())]);
      op.bulkInsert(
        rows,
        values.map((text, id) => ({ id, text })),
      );
    };
    const statements = await compileOperations(insert, { dialect: "sqlite" });
    try {
      for (const statement of statements) database.exec(statement.sql);
      const kept = database.all("SELECT hex(text) AS bytes FROM kept ORDER BY id") as unknown as { bytes: string }[];
      expect(kept.map(({ bytes }) => Buffer.from(bytes, "hex").toString("utf8"))).toEqual(values);
    } finally {
      database.close();
    }
  });

  it("have no character in them that a client or a change of line ends could alter", async () => {
    const values = fc.sample(
      strings.filter((text) => text.isWellFormed()),
      { numRuns: 200, seed: 5 },
    );
    for (const value of values) expect(await literal(value)).not.toMatch(/[\x00-\x1f\x7f]/);
  });
});
