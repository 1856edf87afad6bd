import { describe, expect, it } from "vitest";
import { testOn } from "../engines/test-on.js";
import { compared } from "./compared.js";
import type { DialectName } from "../../src/schema/dialect-names.js";

/** Definitions of a column or a constraint behind the columns `a INT, b INT, s VARCHAR(20)`. */
function tableOf(definition: string): string {
  return `CREATE TABLE t (a INT, b INT, s VARCHAR(20), ${definition});`;
}

const same: readonly (readonly [dialect: DialectName, one: string, other: string])[] = [
  ["mssql", "c INT DEFAULT 0", "[c] [int] DEFAULT ((0))"],
  ["mssql", "c NVARCHAR(5) DEFAULT N'x'", "[c] [nvarchar](5) DEFAULT ('x')"],
  ["mssql", "c DATETIME DEFAULT CURRENT_TIMESTAMP", "[c] [datetime] DEFAULT (getdate())"],
  ["mssql", "c DECIMAL", "[c] [numeric](18, 0)"],
  ["mssql", "c DATETIME2", "[c] [datetime2](7)"],
  ["mssql", "c BIT DEFAULT CAST(0 AS BIT)", "[c] [bit] DEFAULT (CONVERT([bit],(0)))"],
  [
    "mssql",
    "CONSTRAINT k CHECK (a > 0 AND s IN ('x', 'y'))",
    "CONSTRAINT [k] CHECK (([a]>(0) AND ([s]='y' OR [s]='x')))",
  ],
  ["mssql", "CONSTRAINT k CHECK (a BETWEEN 1 AND 2)", "CONSTRAINT [k] CHECK (([a]>=(1) AND [a]<=(2)))"],
  ["oracle", "c INTEGER", "c NUMBER(*,0)"],
  ["oracle", "c NUMBER(10)", "c NUMBER(10,0)"],
  ["oracle", "c VARCHAR(5) DEFAULT ''", "c VARCHAR2(5 BYTE)"],
  ["oracle", "c DOUBLE PRECISION", "c FLOAT(126)"],
  ["oracle", "c TIMESTAMP DEFAULT sysdate", "c TIMESTAMP(6) DEFAULT SYSDATE"],
  ["oracle", "CONSTRAINT k CHECK (a > 0 AND NOT b = 1)", 'CONSTRAINT "K" CHECK ("A">0 AND "B" <> 1)'],
];

const different: readonly (readonly [dialect: DialectName, one: string, other: string])[] = [
  ...(["mysql", "mariadb"] as const).flatMap((dialect): readonly (readonly [DialectName, string, string])[] => [
    [dialect, "c INT", "c INT UNSIGNED"],
    [dialect, "c TINYINT(1)", "c TINYINT"],
    [dialect, "c VARCHAR(5) CHARACTER SET latin1", "c VARCHAR(5) CHARACTER SET utf8mb4"],
    [dialect, "c VARCHAR(5) COLLATE utf8mb4_bin", "c VARCHAR(5) COLLATE utf8mb4_general_ci"],
    [dialect, "c VARCHAR(5) DEFAULT '0'", "c VARCHAR(5) DEFAULT '0.0'"],
    [dialect, "c INT DEFAULT 1", "c INT DEFAULT 10"],
    [
      dialect,
      "c DATETIME DEFAULT CURRENT_TIMESTAMP",
      "c DATETIME DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP",
    ],
    [dialect, "c ENUM('a','b')", "c ENUM('b','a')"],
    [dialect, "CONSTRAINT k CHECK (a = 1 OR b = 2 AND a = 3)", "CONSTRAINT k CHECK ((a = 1 OR b = 2) AND a = 3)"],
    [dialect, "CONSTRAINT k CHECK (a - (b - 1) > 0)", "CONSTRAINT k CHECK (a - b - 1 > 0)"],
    [dialect, "CONSTRAINT k CHECK (s = 'A')", "CONSTRAINT k CHECK (s = 'a')"],
    [dialect, "CONSTRAINT k CHECK (a < b)", "CONSTRAINT k CHECK (a <= b)"],
    [dialect, "c INT AS (a) STORED", "c INT AS (a <> 0) STORED"],
    [dialect, "c INT AS (a + b)", "c INT AS (a + b) STORED"],
    [dialect, "KEY k (s(5))", "KEY k (s(6))"],
    [dialect, "KEY k (a)", "KEY k (a DESC)"],
    [dialect, "KEY k (a)", "UNIQUE KEY k (a)"],
  ]),
  ["mariadb", "c JSON", "c LONGTEXT"],
  ["sqlite", "c INTEGER", "c INT"],
  ["sqlite", "c TEXT DEFAULT '0'", "c TEXT DEFAULT '00'"],
  ["sqlite", "CONSTRAINT k CHECK (s = 'x')", "CONSTRAINT k CHECK (s <> 'x')"],
  ["mssql", "c NVARCHAR(5)", "c VARCHAR(5)"],
  ["mssql", "CONSTRAINT k CHECK (a > 0 OR b > 0)", "CONSTRAINT k CHECK (a > 0 AND b > 0)"],
  ["oracle", "c NUMBER(10)", "c NUMBER(10,2)"],
  ["oracle", "c VARCHAR2(5 CHAR)", "c VARCHAR2(5 BYTE)"],
];

describe("what a server writes for what", () => {
  it.each(same)("is the same on %s: %s, %s", async (dialect, one, other) => {
    const { detected } = await compared(dialect, tableOf(one), tableOf(other));
    expect(detected).toEqual([]);
  });

  it.each(different)("what is not the same is found on %s: %s, %s", async (dialect, one, other) => {
    const { detected } = await compared(dialect, tableOf(one), tableOf(other));
    expect(detected).not.toEqual([]);
  });
});

/** Conditions in spellings that MySQL and MariaDB write otherwise. */
const conditions = [
  ...[
    "NOT (a = 1 AND b = 2)",
    "a AND b OR s <> ''",
    "NOT (a < b)",
    "s NOT LIKE 'x%'",
    "s LIKE 'x!%' ESCAPE '!'",
    "s RLIKE 'a'",
  ],
  ...[
    "a IN (1)",
    "a NOT IN (1)",
    "NOT a IN (1, 2)",
    "a NOT BETWEEN 1 AND 2 AND b",
    "NOT (a IS NULL)",
    "a IS TRUE",
    "a IS NOT FALSE",
  ],
  ...[
    "a MOD 2 = 0",
    "MOD(a, 2) = 0",
    "a DIV 2 = 0",
    "-a < +b",
    "a - -1 > 0",
    "!a",
    "a <=> b",
    "a != b",
    "a XOR b",
    "a && b || a",
  ],
  ...[
    "LCASE(s) = 'a'",
    "CHARACTER_LENGTH(s) > 1",
    "SUBSTRING(s FROM 1 FOR 2) = 'a'",
    "MID(s, 1, 2) = 'a'",
    "POWER(a, 2) > 1",
  ],
  ...[
    "CAST(s AS CHAR(10)) = 'x'",
    "CONVERT(s, UNSIGNED) = 1",
    "BINARY s = 'x'",
    "TRIM(BOTH 'x' FROM s) = 's'",
    "POSITION('a' IN s) > 0",
  ],
  ...[
    "INSTR(s, 'a') > 0",
    "s COLLATE utf8mb4_bin = 'x'",
    "s = N'x'",
    "s = _latin1'x'",
    "a = b'1'",
    "a = TRUE",
    "(a, b) = (1, 2)",
  ],
  ...[
    "a << 1 > 2",
    "s SOUNDS LIKE 'x'",
    "ISNULL(a)",
    "(a = 1) = (b = 1)",
    "a / 2 * 3 > 1",
    "a - (2 - 3) > 1",
    "1 < a",
    's = "it\'s"',
  ],
  ...[
    "CASE a WHEN 1 THEN 2 ELSE 3 END > 1",
    "NULLIF(a, b) > 1",
    "s IN ('a', \"b\") IS TRUE",
    "A > 1",
    "OCTET_LENGTH(s) > 1",
  ],
];

describe("a condition and what the server makes of it are the same", () => {
  for (const dialect of ["mariadb", "mysql"] as const) {
    testOn(
      dialect,
      "conditions of every kind",
      async ({ database }) => {
        const text = tableOf(
          conditions.map((condition, number) => `CONSTRAINT c${number} CHECK (${condition})`).join(", "),
        );
        const { exitCode, stderr } = await database.apply(text);
        expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
        const [shown] = await database.query("SHOW CREATE TABLE t");
        const { detected } = await compared(dialect, text, shown?.["Create Table"] ?? "");
        expect(detected).toEqual([]);
      },
      { except: dialect === "mysql" ? { mariadb: "it has a dialect of its own" } : {} },
    );
  }
});
