import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { column, compileOperations, LiteralError, mysql, t } from "../../src/index.js";
import type { DialectName } from "../../src/schema/dialect-names.js";
import type { LiteralValue } from "../../src/schema/expressions.js";
import type { SqlType } from "../../src/schema/types/type.js";
import { scriptOf } from "../support/script-of.js";
import { applyClean } from "./round-trip.js";
import { testOn } from "./test-on.js";

/** Set SQLEMBIC_TEST_SEED to try other values than those of every run. */
const seed = Number(process.env["SQLEMBIC_TEST_SEED"] ?? 20260731);

/** How the bytes of a column are read back, past every character set and every way to print a value. */
interface Reading {
  readonly textBytes: (column: string) => string;
  readonly bytes: (column: string) => string;
  readonly number: (column: string) => string;
  readonly moment: (column: string) => string;
  readonly integer: (column: string) => string;
  /** Text that has a NUL character can be stored. */
  readonly storesNul: boolean;
  /** How far, as a part of itself, a number may be from the literal that the server read. */
  readonly roundingError: number;
}

const exact = { number: (column: string) => column, integer: (column: string) => column, roundingError: 0 };

const mysqlReading: Reading = {
  ...exact,
  textBytes: (column) => `hex(${column})`,
  bytes: (column) => `hex(${column})`,
  moment: (column) => `date_format(${column}, '%Y-%m-%dT%H:%i:%s.%f')`,
  storesNul: true,
};

const readings: Partial<Readonly<Record<DialectName, Reading>>> = {
  postgresql: {
    ...exact,
    textBytes: (column) => `encode(convert_to(${column}::text, 'UTF8'), 'hex')`,
    bytes: (column) => `encode(${column}, 'hex')`,
    moment: (column) => `to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.US')`,
    storesNul: false,
  },
  mysql: mysqlReading,
  mariadb: mysqlReading,
  sqlite: {
    textBytes: (column) => `hex(CAST(${column} AS BLOB))`,
    bytes: (column) => `hex(${column})`,
    number: (column) => `printf('%!.17g', ${column})`,
    integer: (column) => `CAST(${column} AS TEXT)`,
    // SQLite promises 15 digits; before 3.43 it misreads and misprints the last of 17 now and then, the smallest most.
    // https://www.sqlite.org/floatingpoint.html
    roundingError: 2 ** -51,
    moment: (column) => `replace(${column}, ' ', 'T')`,
    storesNul: true,
  },
};

/** One kind of value: what it is stored in, what is tried, and how it is recognised when it comes back. */
interface Kind {
  readonly type: SqlType;
  readonly count: number;
  readonly values: (reading: Reading) => fc.Arbitrary<LiteralValue>;
  readonly read: (reading: Reading) => (column: string) => string;
  /** A value in the form in which what was read is compared with it. */
  readonly expected: (value: LiteralValue) => unknown;
  readonly received: (text: string) => unknown;
}

const textOf = (hex: string): string => Buffer.from(hex, "hex").toString("utf8");

/** Characters with a meaning for some client, server or line end, more often than chance would bring them. */
const specialCharacters = [
  ..."'\"`\\\n\r\t\b\f\v\x1a\x1b\x7f;-#/*%_:?$@!&{}()",
  "\u0085",
  "\u2028",
  "\ufeff",
  "\ufffd",
  "é",
  "漢",
  "😀",
];

/** Strings of all of Unicode, and strings that look like the start of something else. */
function strings({ storesNul }: Reading): fc.Arbitrary<string> {
  const unit = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...specialCharacters, ...(storesNul ? ["\0"] : [])) },
    { weight: 1, arbitrary: fc.string({ unit: "binary", minLength: 1, maxLength: 1 }) },
    { weight: 2, arbitrary: fc.string({ unit: "binary-ascii", minLength: 1, maxLength: 1 }) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        "--",
        "/*",
        "*/",
        "$$",
        "\\!",
        "\r\n",
        "\nGO\n",
        "\n/\n",
        "\n.quit\n",
        "DELIMITER //\n",
        "NULL",
      ),
    },
  );
  const text = fc.array(unit, { maxLength: 30 }).map((units) => units.join(""));
  return storesNul ? text : text.map((value) => value.replaceAll("\0", ""));
}

const moments = fc.date({
  min: new Date("1000-01-01"),
  max: new Date("9999-12-31T23:59:59.999Z"),
  noInvalidDate: true,
});

/**
 * JSON may write the same number and the same text in other words: what was read is compared as values. The numbers
 * have 14 digits, since SQLite stores a text that is one number, in a column of type JSON, as a number of its own.
 * https://www.sqlite.org/datatype3.html#determination_of_column_affinity
 */
function jsonValues(reading: Reading): fc.Arbitrary<LiteralValue> {
  const { json } = fc.letrec<{ json: LiteralValue }>((tie) => ({
    json: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.constantFrom(null, true, false),
      fc
        .double({ noNaN: true, noDefaultInfinity: true, min: -1e11, max: 1e11 })
        .map((value) => Math.round(value * 1000) / 1000),
      strings(reading),
      fc.array(tie("json"), { maxLength: 4 }),
      fc.dictionary(strings(reading), tie("json"), { maxKeys: 4 }),
    ),
  }));
  // null by itself is NULL, not JSON
  return json.filter((value) => value !== null);
}

const kinds: Readonly<Record<string, Kind>> = {
  strings: {
    type: t.text(),
    count: 500,
    values: strings,
    read: ({ textBytes }) => textBytes,
    expected: (value) => value,
    received: textOf,
  },
  bytes: {
    type: t.largeBinary(),
    count: 150,
    values: () => fc.uint8Array({ maxLength: 40 }),
    read: ({ bytes }) => bytes,
    expected: (value) => Buffer.from(value as Uint8Array).toString("hex"),
    received: (hex) => hex.toLowerCase(),
  },
  numbers: {
    type: t.double(),
    count: 200,
    values: ({ roundingError }) =>
      fc
        .oneof(
          fc.double({ noNaN: true, noDefaultInfinity: true }),
          fc.double({ noNaN: true, min: -1e6, max: 1e6 }),
          fc.maxSafeInteger(),
        )
        .map((value) => (roundingError > 0 && Math.abs(value) < 1e-280 ? 0 : value)),
    read: ({ number }) => number,
    expected: (value) => (value as number) + 0,
    received: Number,
  },
  bigints: {
    type: t.bigInteger(),
    count: 100,
    values: () =>
      fc.oneof(
        fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
        fc.constantFrom(-(2n ** 63n), 2n ** 63n - 1n, 0n),
      ),
    read: ({ integer }) => integer,
    expected: (value) => value,
    received: BigInt,
  },
  dates: {
    type: t.date(),
    count: 100,
    values: () => moments,
    read: ({ moment }) => moment,
    expected: (value) => (value as Date).toISOString().slice(0, 10),
    received: (text) => text.slice(0, 10),
  },
  "dates with times": {
    type: t
      .dateTime()
      .withVariant(mysql.DATETIME({ fsp: 3 }), "mysql")
      .withVariant(mysql.DATETIME({ fsp: 3 }), "mariadb"),
    count: 100,
    values: () => moments,
    read: ({ moment }) => moment,
    expected: (value) => (value as Date).toISOString(),
    received: (text) => new Date(`${text}Z`).toISOString(),
  },
  json: {
    type: t.json(),
    count: 150,
    values: jsonValues,
    read: ({ textBytes }) => textBytes,
    expected: (value) => JSON.parse(JSON.stringify(value)) as unknown,
    received: (hex) => JSON.parse(textOf(hex)) as unknown,
  },
};

for (const [dialect, reading] of Object.entries(readings) as [DialectName, Reading][]) {
  describe(`literals of ${dialect} (seed ${seed})`, () => {
    for (const [kindName, kind] of Object.entries(kinds)) {
      testOn(dialect, `${kind.count} ${kindName} come back as they went in`, async ({ database }) => {
        const values = fc.sample(kind.values(reading), { numRuns: kind.count, seed });
        const script = await scriptOf(dialect, (op) => {
          const table = op.createTable("literal", [
            column("id", t.integer(), { primaryKey: true, autoincrement: false }),
            column("value", kind.type),
          ]);
          op.bulkInsert(
            table,
            values.map((value, id) => ({ id, value })),
          );
        });
        await applyClean(database, script);
        const query = `SELECT ${kind.read(reading)("value")} AS value FROM literal ORDER BY id`;
        const expected = values.map(kind.expected);
        const received = (await database.query(query)).map(({ value }, position) => {
          if (value == null) return value;
          const back = kind.received(value);
          const wanted = expected[position];
          const isNear =
            typeof back === "number" && Math.abs(back - Number(wanted)) <= Math.abs(back) * reading.roundingError;
          return isNear ? wanted : back;
        });
        expect(received).toEqual(expected);
      });
    }

    it("refuses what no script can hold", async () => {
      const insert = (type: SqlType, value: LiteralValue) => () =>
        compileOperations(
          (op) => {
            const table = op.createTable("literal", [column("value", type)]);
            op.bulkInsert(table, [{ value }]);
          },
          { dialect },
        );
      await expect(insert(t.text(), "\ud83d")).rejects.toThrow(LiteralError);
      await expect(insert(t.dateTime(), new Date(Number.NaN))).rejects.toThrow(LiteralError);
      await expect(insert(t.json(), { a: Infinity })).rejects.toThrow(LiteralError);
      if (!reading.storesNul) await expect(insert(t.text(), "a\0b")).rejects.toThrow(LiteralError);
    });
  });
}
