import { describe, expect, it } from "vitest";
import { column, compileOperations, LiteralError, mssql, mysql, t, table, type Operations } from "../../src/index.js";
import { dialectNames, type DialectName } from "../../src/schema/dialect-names.js";
import type { LiteralValue } from "../../src/schema/expressions.js";
import type { SqlType } from "../../src/schema/types/type.js";
import { leaveUnparsed } from "../parse-everything/statements.js";

/** What becomes of a value in a column: its literal, the words of a refusal, and what is noticed. */
async function written(value: LiteralValue, type: SqlType, dialect: DialectName) {
  const notices: string[] = [];
  const body = (op: Operations): void => op.bulkInsert(table("x", [column("c", type)]), [{ c: value }]);
  try {
    const statements = await compileOperations(body, { dialect, notice: (text) => void notices.push(text) });
    return { text: statements.map(({ sql }) => sql).join("\n"), notices };
  } catch (error) {
    if (error instanceof LiteralError) return { refused: error.message, notices };
    throw error;
  }
}

const refusal = (words: RegExp) => ({ refused: expect.stringMatching(words) as string });
const literal = (words: string) => ({ text: expect.stringContaining(words) as string, notices: [] });
const noticed = (words: RegExp) => ({ notices: [expect.stringMatching(words) as string] });

type Outcome = object;

/** One value on all dialects: what most do, and what others do instead. */
interface ValueCase {
  readonly value: LiteralValue;
  readonly type: SqlType;
  readonly most: Outcome;
  readonly others?: Partial<Readonly<Record<DialectName, Outcome>>>;
}

const half = "\ud83d";

const cases: Readonly<Record<string, ValueCase>> = {
  "a whole number beyond 2^53": { value: 9007199254740993, type: t.bigInteger(), most: refusal(/beyond 2\^53/) },
  "one in a numeric column": { value: 2 ** 60, type: t.numeric(30, 0), most: refusal(/beyond 2\^53/) },
  "one inside JSON": { value: { id: 2 ** 53 }, type: t.json(), most: refusal(/beyond 2\^53/) },
  "a bigint beyond 2^53": { value: 9007199254740993n, type: t.bigInteger(), most: literal("9007199254740993") },
  "a large float": { value: 2 ** 60, type: t.double(), most: literal("1152921504606847000") },
  "a number that is larger than its column": {
    value: 2 ** 31,
    type: t.integer(),
    most: refusal(/32 bits/),
    others: { sqlite: literal("2147483648"), oracle: literal("2147483648") },
  },
  "the same as text": {
    value: "40000",
    type: t.smallInteger(),
    most: refusal(/16 bits/),
    others: { sqlite: literal("40000"), oracle: literal("40000") },
  },
  "more than 64 bits": {
    value: 2n ** 63n,
    type: t.bigInteger(),
    most: refusal(/64 bits|15 of a number/),
    others: { oracle: literal("9223372036854775808") },
  },
  "more digits than the column has": {
    value: "1234.5",
    type: t.numeric(5, 2),
    most: refusal(/4 digits before the point/),
    others: { sqlite: literal("1234.5") },
  },
  "a fraction that is rounded": {
    value: "1.005",
    type: t.numeric(5, 2),
    most: noticed(/the server rounds it/),
    others: { sqlite: literal("1.005") },
  },
  "more than 15 digits": {
    value: "12345678901234567890.0123456789",
    type: t.numeric(30, 10),
    most: literal("12345678901234567890.0123456789"),
    others: { sqlite: refusal(/30 digits, and SQLite keeps 15/) },
  },
  "a sum of floats": { value: 0.1 + 0.2, type: t.double(), most: literal("0.30000000000000004") },
  "half a character in JSON": { value: { a: [half] }, type: t.json(), most: refusal(/half of a surrogate pair/) },
  "half a character as a key": { value: { [half]: 1 }, type: t.json(), most: refusal(/half of a surrogate pair/) },
  "zero with a minus": {
    value: -0,
    type: t.double(),
    most: literal("-0"),
    others: { sqlite: noticed(/-0 is written as 0/), oracle: noticed(/-0 is written as 0/) },
  },
  "the year 0": {
    value: new Date("0000-05-05T00:00:00Z"),
    type: t.date(),
    most: refusal(/0000-05-05 is outside/),
    others: { mysql: literal("'0000-05-05'"), mariadb: literal("'0000-05-05'"), sqlite: literal("'0000-05-05'") },
  },
  "digits of the second that are rounded": {
    value: new Date("2020-01-02T03:04:05.678Z"),
    type: t.dateTime({ precision: 1 }),
    most: noticed(/keeps 1 digits of the second/),
    others: { sqlite: literal("03:04:05.678000") },
  },
  "digits of the second as text": {
    value: "2020-01-02 03:04:05.678",
    type: t.dateTime({ precision: 1 }),
    most: noticed(/keeps 1 digits of the second/),
    others: { sqlite: literal("03:04:05.678") },
  },
};

describe.each(Object.entries(cases))("%s", (_title, { value, type, most, others = {} }) => {
  it.each(dialectNames)("on %s", async (dialect) => {
    expect(await written(value, type, dialect)).toMatchObject(others[dialect] ?? most);
  });
});

describe("values of one dialect", () => {
  const milliseconds = (text: string) => new Date(`2020-01-02T03:04:05.${text}Z`);
  it.each<[string, DialectName, LiteralValue, SqlType, object]>([
    ["a step of DATETIME", "mssql", milliseconds("007"), t.dateTime(), literal("03:04:05.007")],
    ["a time between two steps", "mssql", milliseconds("001"), t.dateTime(), refusal(/three-hundredth/)],
    ["seconds of SMALLDATETIME", "mssql", milliseconds("000"), mssql.SMALLDATETIME(), refusal(/no seconds/)],
    ["text beyond ASCII in VARCHAR", "mssql", "Łódź", t.string(20), noticed(/"Ł".*VARCHAR\(20\).*t\.unicode/)],
    ["the same in NVARCHAR", "mssql", "Łódź", t.unicode(20), literal("N'Łódź'")],
    [
      "the same in UTF-8",
      "mssql",
      "Łódź",
      t.string({ length: 20, collation: "Latin1_General_100_CI_AS_SC_UTF8" }),
      literal("N'Łódź'"),
    ],
    ["a TIMESTAMP after 2038", "mysql", new Date("2040-01-01T00:00:00Z"), t.TIMESTAMP(), refusal(/2038/)],
    ["a number without a sign", "mysql", 4_000_000_000, mysql.INTEGER({ unsigned: true }), literal("4000000000")],
    ["a fraction in a DECIMAL without numbers", "mariadb", 1.5, t.numeric(), noticed(/rounds it/)],
    [
      "a whole number of 64 bits in NUMERIC",
      "sqlite",
      "9223372036854775807",
      t.numeric(),
      literal("9223372036854775807"),
    ],
    ["a larger one", "sqlite", "9223372036854775808", t.numeric(), refusal(/19 digits/)],
    ["a zip code in a column of text", "sqlite", "12345678901234567890", t.string(30), literal("12345678901234567890")],
  ])("%s (%s)", async (_title, dialect, value, type, outcome) => {
    expect(await written(value, type, dialect)).toMatchObject(outcome);
  });

  it.each([
    ["漢", 1, true],
    ["漢", 300, true],
    ["\t", 150, false],
    ["\t", 20_000, false],
  ])("SQLite takes %j %i times (ASCII: %s)", async (character, times, ascii) => {
    const body = (op: Operations): void =>
      op.bulkInsert(table("x", [column("c", t.text())]), [{ c: character.repeat(times) }]);
    const [statement] = await compileOperations(body, { dialect: "sqlite", ascii });
    const calls = statement?.sql.match(/char\([^)]*\)/g) ?? [];
    expect(calls.every((call) => call.split(",").length <= 100)).toBe(true);
    expect(calls.length).toBeLessThanOrEqual(100);
  });

  it.each(dialectNames)("a string of 10 MB compiles on %s", async (dialect) => {
    // the grammars take a minute, and the servers a setting, for as much
    leaveUnparsed();
    const long = "0123456789 'é\n".repeat(750_000);
    const { text = "" } = await written(long, t.text(), dialect);
    expect(text.length).toBeGreaterThan(long.length);
  });
});
