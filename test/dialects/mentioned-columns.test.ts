import { describe, expect, it } from "vitest";
import { mentionedColumns } from "../../dialects/shared/rules/mentions.js";
import { check, column, t, table as makeTable } from "../../src/index.js";
import type { TableView } from "../../src/compiler/server-rules.js";
import { dialectNames, type DialectName } from "../../src/schema/dialect-names.js";
import { expandTable } from "../../src/schema/expansion.js";
import { testOn } from "../engines/test-on.js";

const items = (condition: string) => [
  column("id", t.integer(), { primaryKey: true }),
  column("name", t.string(50), { nullable: false }),
  column("price", t.numeric(10, 2)),
  column("day_of", t.date()),
  column("at_time", t.dateTime()),
  check(condition, { name: "ck" }),
];

const everywhere = [
  "name = 'x' OR price * 2 > 1 -- or_else = 2\n",
  "name IN ('a', 'b') /* amount > 0 */",
  "price IS NOT NULL",
];

/** Expressions that servers take, with words that are no columns. Those of the first four are shown to their servers. */
const valid: Readonly<Record<DialectName, readonly string[]>> = {
  postgresql: [
    ...everywhere,
    "(day_of, day_of) OVERLAPS (day_of, INTERVAL '1' MONTH)",
    "CAST(name AS name) = 'x' AND name::regtype > 1::regtype",
    "name COLLATE \"C\" < 'b' AND name IS NORMALIZED = true",
    "name IS NFC NORMALIZED AND xmlexists('//a' PASSING BY REF name::xml)",
    "day_of + INTERVAL '1' DAY > date '2020-01-01' AND at_time AT TIME ZONE 'utc' > now()",
    "extract(epoch FROM at_time) > 0 AND extract(isodow FROM at_time) < 9",
    "tableoid > 0 OR name ~ 'x' AND price = ANY (ARRAY[1, 2])",
    "position('a' IN name) > 0 AND substring(name FROM 1 FOR 2) <> overlay(name PLACING 'x' FROM 1)",
    "trim(LEADING 'x' FROM name) <> '' AND CURRENT_CATALOG <> name",
    "CASE WHEN price > 1 THEN true ELSE false END = true AND name SIMILAR TO 'a'",
    "name::json IS NOT NULL AND name IS NOT DISTINCT FROM name",
  ],
  mysql: [
    ...everywhere,
    "name SOUNDS LIKE 'x'",
    "day_of + INTERVAL 1 DAY > '2020-01-01' AND TIMESTAMPDIFF(SQL_TSI_DAY, day_of, at_time) > 0",
    "CAST(price AS UNSIGNED INTEGER) > 0 AND CONVERT(name USING latin1) = _latin1 0x41",
    "'a' MEMBER OF ('[1]') OR name COLLATE utf8mb4_bin = 'x'",
    "price DIV 2 > 1 XOR price MOD 2 = 1 AND BINARY name = 'x'",
    "EXTRACT(DAY_HOUR FROM at_time) > 1 AND TRIM(BOTH 'x' FROM name) <> ''",
    "GET_FORMAT(DATE, 'EUR') = name OR WEIGHT_STRING(name AS CHAR(4)) = 'x'",
    "name RLIKE 'x' OR JSON_VALUE('{}', '$.a' RETURNING SIGNED NULL ON EMPTY ERROR ON ERROR) = 1",
  ],
  mariadb: [
    ...everywhere,
    "name SOUNDS LIKE 'x'",
    "day_of + INTERVAL 1 DAY_HOUR > '2020-01-01' AND TIMESTAMPADD(SQL_TSI_WEEK, 1, day_of) > 0",
    "CAST(price AS UNSIGNED) > 0 AND CONVERT(name USING latin1) = _latin1 0x41",
    "name COLLATE utf8mb4_bin = 'x' AND CHAR(77 USING utf8mb4) = name",
    "price DIV 2 > 1 XOR price MOD 2 = 1",
  ],
  sqlite: [
    ...everywhere,
    "name GLOB 'a*' AND name NOTNULL = 1",
    "name COLLATE NOCASE = 'x' AND rowid > 0",
    "CAST(price AS VARCHARISH) = 'x'",
  ],
  mssql: [
    ...everywhere,
    "name COLLATE Latin1_General_CS_AS = 'x' AND DATEDIFF(weekday, day_of, at_time) > 0",
    "TRY_CONVERT(hierarchyid, name) IS NOT NULL AND CAST(name AS sysname) = 'x'",
    "at_time AT TIME ZONE 'UTC' > CURRENT_TIMESTAMP",
  ],
  oracle: [
    ...everywhere,
    "name IS JSON STRICT WITH UNIQUE KEYS AND JSON_EXISTS(name, '$.a' TRUE ON ERROR)",
    "EXTRACT(TIMEZONE_HOUR FROM at_time) > 0 AND price < BINARY_DOUBLE_INFINITY",
    "JSON_VALUE(name, '$.a' RETURNING NUMBER NULL ON EMPTY) > 0",
    "XMLCAST(XMLQUERY('/a' PASSING name RETURNING CONTENT) AS NUMBER) > 1",
  ],
};

/** A column of no table, in each place that says that it is one. */
const wrong = [
  "prise > 0",
  "0 < prise",
  "price + prise = 1",
  "nmae IN ('a')",
  "nmae LIKE 'a%'",
  "prise IS NOT NULL",
  "prise BETWEEN 1 AND 2",
  "lower(nmae) = 'a'",
  "coalesce(prise, 1) > 0",
];

/** What the rule says of a table with this check. */
function said(condition: string): readonly string[] {
  const table = expandTable(makeTable("a", items(condition)), undefined);
  return [...mentionedColumns({ table } as TableView)].map(({ text }) => text);
}

describe("the words of an expression", () => {
  it.each(wrong)("are refused as columns that the table lacks where nothing else can stand: %s", (condition) => {
    expect(said(condition)).toMatchObject([expect.stringMatching(/speaks of "(?:prise|nmae)", which is no column/)]);
  });

  it.each(dialectNames.flatMap((dialect) => valid[dialect].map((condition) => [dialect, condition])))(
    "are let through where they may be the server's own: %s, %s",
    (_dialect, condition = "") => {
      expect(said(condition)).toEqual([]);
    },
  );
});

/** What the version of the server here does not take, or takes in no CHECK. */
const notHere = /NORMALIZED|regtype|xmlexists/;

const types = {
  postgresql: "at_time timestamp",
  mysql: "at_time datetime",
  mariadb: "at_time datetime",
  sqlite: "at_time datetime",
} as const;

for (const dialect of ["postgresql", "mysql", "mariadb", "sqlite"] as const) {
  testOn(dialect, `${dialect} takes the expressions that are let through`, async ({ database, engine, embedded }) => {
    if (embedded || (dialect === "mysql" && engine !== "mysql")) return;
    const columns = `id integer PRIMARY KEY, name varchar(50), price numeric(10, 2), day_of date, ${types[dialect]}`;
    for (const condition of valid[dialect].filter((text) => !notHere.test(text))) {
      const made = `DROP TABLE IF EXISTS a;\nCREATE TABLE a (${columns}, CHECK (${condition}));`;
      expect(await database.apply(made), condition).toMatchObject({ exitCode: 0 });
    }
  });
}
