import { describe, expect, test } from "vitest";
import {
  check,
  column,
  computed,
  foreignKey,
  identity,
  index,
  mysql,
  primaryKey,
  references,
  sql,
  t,
  table,
} from "../../../src/index.js";
import type { Body } from "./statements.js";
import { statements } from "./statements.js";

/** One column in a table: what stands between the parentheses, as Alembic 1.19 renders. */
const types: readonly (readonly [string, ReturnType<typeof t.integer> | Parameters<typeof column>[1]])[] = [
  ["INTEGER", t.integer()],
  ["BIGINT", t.bigInteger()],
  ["SMALLINT", t.smallInteger()],
  ["VARCHAR(50)", t.string(50)],
  ["VARCHAR(50) COLLATE utf8mb4_bin", t.string(50, { collation: "utf8mb4_bin" })],
  ["TEXT", t.text()],
  ["TEXT(100)", t.text(100)],
  ["BOOL", t.boolean()],
  ["DATE", t.date()],
  ["DATETIME", t.dateTime({ timezone: true })],
  ["TIME", t.time()],
  ["DATETIME", t.interval()],
  ["FLOAT(10)", t.float(10)],
  ["DOUBLE", t.double()],
  ["NUMERIC(10, 2)", t.numeric(10, 2)],
  ["BLOB(20)", t.largeBinary(20)],
  ["ENUM('a','it''s')", t.enum(["a", "it's"], { name: "e" })],
  ["VARCHAR(3)", t.enum(["one", "b"], { nativeEnum: false })],
  ["JSON", t.json()],
  ["CHAR(32)", t.uuid()],
  ["TIMESTAMP NULL", t.TIMESTAMP()],
  ["NATIONAL VARCHAR(5)", t.NVARCHAR(5)],
  ["DOUBLE PRECISION", t.DOUBLE_PRECISION()],
  ["VARBINARY(10)", t.VARBINARY(10)],
  ["BIGINT(20) UNSIGNED", mysql.BIGINT(20, { unsigned: true })],
  ["SMALLINT(4) ZEROFILL", mysql.SMALLINT(4, { zerofill: true })],
  ["TINYINT(1)", mysql.TINYINT(1)],
  ["MEDIUMINT UNSIGNED", mysql.MEDIUMINT({ unsigned: true })],
  ["BIT(8)", mysql.BIT(8)],
  ["DATETIME(6)", mysql.DATETIME({ fsp: 6 })],
  ["TIME(3)", mysql.TIME({ fsp: 3 })],
  ["DECIMAL(10, 2) UNSIGNED", mysql.DECIMAL(10, 2, { unsigned: true })],
  ["DOUBLE(10, 2)", mysql.DOUBLE(10, 2)],
  ["FLOAT(10, 2) UNSIGNED", mysql.FLOAT(10, 2, { unsigned: true })],
  ["SET('a','b c')", mysql.SET(["a", "b c"])],
  [
    "ENUM('a') CHARACTER SET latin1 COLLATE latin1_bin",
    mysql.ENUM(["a"], { charset: "latin1", collation: "latin1_bin" }),
  ],
  ["LONGTEXT CHARACTER SET utf8mb4", mysql.LONGTEXT({ charset: "utf8mb4" })],
  ["MEDIUMTEXT ASCII", mysql.MEDIUMTEXT({ ascii: true })],
  ["TINYTEXT CHARACTER SET latin1 BINARY", mysql.TINYTEXT({ charset: "latin1", binary: true })],
  ["NATIONAL VARCHAR(20)", mysql.VARCHAR(20, { national: true })],
  ["LONGBLOB", mysql.LONGBLOB()],
  ["YEAR(4)", mysql.YEAR(4)],
  ["LONGTEXT", t.json().withVariant(mysql.LONGTEXT(), "mysql")],
];

test.each(types)("writes the type %s", async (expected, type) => {
  expect(await statements((op) => op.createTable("t1", [column("c", type)]))).toEqual([
    `CREATE TABLE t1 (c ${expected})`,
  ]);
});

test("writes backslashes in the values of an enum so that they survive, where Alembic loses them", async () => {
  expect(await statements((op) => op.createTable("t1", [column("c", t.enum(["a\\b"]))]))).toEqual([
    "CREATE TABLE t1 (c ENUM('a\\\\b'))",
  ]);
});

const columns: readonly (readonly [string, Parameters<typeof column>])[] = [
  ["c INTEGER NOT NULL AUTO_INCREMENT, PRIMARY KEY (c)", ["c", t.integer(), { primaryKey: true }]],
  ["c INTEGER NOT NULL, PRIMARY KEY (c)", ["c", t.integer(), { primaryKey: true, autoincrement: false }]],
  [
    "c INTEGER NOT NULL AUTO_INCREMENT, PRIMARY KEY (c)",
    ["c", t.integer(), { primaryKey: true, identity: identity() }],
  ],
  ["c TINYINT NOT NULL AUTO_INCREMENT, PRIMARY KEY (c)", ["c", mysql.TINYINT(), { primaryKey: true }]],
  ["c VARCHAR(5) NOT NULL, PRIMARY KEY (c)", ["c", t.string(5), { primaryKey: true }]],
  ["c INTEGER DEFAULT '5'", ["c", t.integer(), { serverDefault: "5" }]],
  ["c INTEGER DEFAULT 5", ["c", t.integer(), { serverDefault: 5 }]],
  ["c BOOL DEFAULT true", ["c", t.boolean(), { serverDefault: true }]],
  ["c VARCHAR(9) DEFAULT 'it''s \\\\'", ["c", t.string(9), { serverDefault: "it's \\" }]],
  ["c VARCHAR(40) DEFAULT (uuid())", ["c", t.string(40), { serverDefault: sql`uuid()` }]],
  ["c VARCHAR(40) DEFAULT (uuid())", ["c", t.string(40), { serverDefault: sql`(uuid())` }]],
  ["c DATETIME DEFAULT (now())", ["c", t.dateTime(), { serverDefault: sql`now()` }]],
  ["c DATETIME(6) DEFAULT now(6)", ["c", mysql.DATETIME({ fsp: 6 }), { serverDefault: sql`now(6)` }]],
  [
    "c DATETIME DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP",
    ["c", t.dateTime(), { serverDefault: sql`CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP` }],
  ],
  ["c INTEGER GENERATED ALWAYS AS (abs(1))", ["c", t.integer(), { computed: computed(sql`abs(1)`) }]],
  [
    "c INTEGER GENERATED ALWAYS AS (abs(1)) STORED NOT NULL COMMENT 'q'",
    ["c", t.integer(), { computed: computed(sql`abs(1)`, { persisted: true }), nullable: false, comment: "q" }],
  ],
  ["c INTEGER COMMENT 'it''s 100%\\n'", ["c", t.integer(), { comment: "it's 100%\n" }]],
  ["c VARCHAR(9), UNIQUE (c)", ["c", t.string(9), { unique: true }]],
  ["c INTEGER CONSTRAINT ck CHECK (c > 1)", ["c", t.integer(), { check: check(sql`c > 1`, { name: "ck" }) }]],
];

test.each(columns)("defines a column: %s", async (expected, definition) => {
  expect(await statements((op) => op.createTable("t1", [column(...definition)]))).toEqual([
    `CREATE TABLE t1 (${expected})`,
  ]);
});

describe("puts parentheses around defaults that MySQL takes only so, where Alembic does not", () => {
  test.each<readonly [string, Parameters<typeof column>]>([
    ["c JSON DEFAULT ('{}')", ["c", t.json(), { serverDefault: "{}" }]],
    ["c TEXT DEFAULT ('x')", ["c", t.text(), { serverDefault: "x" }]],
    ["c DATE DEFAULT (CURRENT_DATE)", ["c", t.date(), { serverDefault: sql`CURRENT_DATE` }]],
    ["c VARCHAR(30) DEFAULT (CURRENT_TIMESTAMP)", ["c", t.string(30), { serverDefault: sql`CURRENT_TIMESTAMP` }]],
  ])("%s", async (expected, definition) => {
    expect(await statements((op) => op.createTable("t1", [column(...definition)]))).toEqual([
      `CREATE TABLE t1 (${expected})`,
    ]);
  });
});

const tableOptions: readonly (readonly [string, Record<string, string | number | boolean | readonly string[]>])[] = [
  [
    "ENGINE=InnoDB CHARSET=utf8mb4 COLLATE utf8mb4_bin",
    { engine: "InnoDB", charset: "utf8mb4", collate: "utf8mb4_bin" },
  ],
  [
    "DEFAULT CHARSET=utf8mb4 ENGINE=InnoDB COLLATE utf8mb4_bin",
    { collate: "utf8mb4_bin", defaultCharset: "utf8mb4", engine: "InnoDB" },
  ],
  ["COLLATE utf8mb4_bin ENGINE=InnoDB", { collate: "utf8mb4_bin", engine: "InnoDB" }],
  ["DEFAULT CHARACTER SET utf8mb4", { defaultCharacterSet: "utf8mb4" }],
  ["DEFAULT COLLATE=utf8mb4_bin", { defaultCollate: "utf8mb4_bin" }],
  ["ROW_FORMAT=DYNAMIC AUTO_INCREMENT=1000", { rowFormat: "DYNAMIC", autoIncrement: 1000 }],
  ["STATS_PERSISTENT=1", { statsPersistent: true }],
  ["DATA DIRECTORY='/var/it''s'", { dataDirectory: "/var/it's" }],
  ["ENCRYPTION='Y'", { encryption: "'Y'" }],
  ["UNION=(a, `B`)", { union: ["a", "B"] }],
  ["PARTITION BY HASH(c) PARTITIONS 4", { partitions: 4, partitionBy: "HASH(c)" }],
  [
    "PARTITION BY RANGE(c) SUBPARTITION BY HASH(c) SUBPARTITIONS 2 (PARTITION p VALUES LESS THAN MAXVALUE)",
    { subpartitions: 2, subpartitionBy: "HASH(c)", partitionBy: "RANGE(c) (PARTITION p VALUES LESS THAN MAXVALUE)" },
  ],
];

test.each(tableOptions)("writes the table options %s", async (expected, options) => {
  expect(await statements((op) => op.createTable("t1", [column("c", t.integer())], { mysql: options }))).toEqual([
    `CREATE TABLE t1 (c INTEGER) ${expected}`,
  ]);
});

test("puts the comment of a table before the collation that follows its character set", async () => {
  const options = { mysql: { charset: "utf8mb4", collate: "utf8mb4_bin" }, comment: "it's" };
  expect(await statements((op) => op.createTable("t1", [column("c", t.integer())], options))).toEqual([
    "CREATE TABLE t1 (c INTEGER) CHARSET=utf8mb4 COMMENT='it''s' COLLATE utf8mb4_bin",
  ]);
});

/** A body and its statements. */
const calls: readonly (readonly [string, Body, readonly string[]])[] = [
  [
    "puts the counting column first in the key of marked columns",
    (op) =>
      op.createTable("t1", [
        column("a", t.integer(), { primaryKey: true }),
        column("b", t.integer(), { primaryKey: true, autoincrement: true }),
      ]),
    ["CREATE TABLE t1 (a INTEGER NOT NULL, b INTEGER NOT NULL AUTO_INCREMENT, PRIMARY KEY (b, a))"],
  ],
  [
    "keeps the order of a key that is written out",
    (op) =>
      op.createTable("t1", [
        column("a", t.integer()),
        column("b", t.integer()),
        primaryKey(["b", "a"], { name: "pk" }),
      ]),
    ["CREATE TABLE t1 (a INTEGER NOT NULL, b INTEGER NOT NULL, CONSTRAINT pk PRIMARY KEY (b, a))"],
  ],
  [
    "names the method of a key",
    (op) => op.createTable("t1", [column("a", t.string(5)), primaryKey("a", { mysql: { using: "BTREE" } })]),
    ["CREATE TABLE t1 (a VARCHAR(5) NOT NULL, PRIMARY KEY (a) USING BTREE)"],
  ],
  [
    "adds a foreign key that waits for another table, which Alembic forgets",
    (op) => op.createTable("t1", [column("c", t.integer()), foreignKey("c", "t2.id", { name: "f", useAlter: true })]),
    ["CREATE TABLE t1 (c INTEGER)", "ALTER TABLE t1 ADD CONSTRAINT f FOREIGN KEY(c) REFERENCES t2 (id)"],
  ],
  [
    "writes the indexes of a table that may exist into its definition: CREATE INDEX has no IF NOT EXISTS",
    (op) =>
      op.createTable("t1", [column("c", t.string(9)), index("ix", ["c"], { mysql: { length: 3 } })], {
        ifNotExists: true,
      }),
    ["CREATE TABLE IF NOT EXISTS t1 (c VARCHAR(9), INDEX ix (c(3)))"],
  ],
  [
    "writes prefix lengths, kinds, parsers and methods of indexes",
    (op) => {
      op.createIndex("i1", "t1", ["b", "d"], { mysql: { length: { b: 5, d: 7 } } });
      op.createIndex("i2", "t1", ["b", "a"], { mysql: { length: { b: 5 } } });
      op.createIndex("i3", "t1", ["b"], { mysql: { prefix: "FULLTEXT", withParser: "ngram" } });
      op.createIndex("i4", "t1", ["a"], { unique: true, mysql: { using: "hash" } });
      op.createIndex("i5", "t1", [sql`b(5) DESC`, "a"]);
      op.createIndex("i6", "t1", ["a"], { mysql: { comment: "it's one", visible: false } });
    },
    [
      "CREATE INDEX i1 ON t1 (b(5), d(7))",
      "CREATE INDEX i2 ON t1 (b(5), a)",
      "CREATE FULLTEXT INDEX i3 ON t1 (b) WITH PARSER ngram",
      "CREATE UNIQUE INDEX i4 ON t1 (a) USING hash",
      "CREATE INDEX i5 ON t1 (b(5) DESC, a)",
      "CREATE INDEX i6 ON t1 (a) COMMENT 'it''s one' INVISIBLE",
    ],
  ],
  [
    "gives an expression in an index the parentheses that MySQL needs",
    (op) => {
      op.createIndex("i1", "t1", [sql`lower(name)`]);
      op.createIndex("i2", "t1", [sql`a + b desc`]);
      op.createIndex("i3", "t1", [sql`(lower(name))`]);
    },
    [
      "CREATE INDEX i1 ON t1 ((lower(name)))",
      "CREATE INDEX i2 ON t1 ((a + b) DESC)",
      "CREATE INDEX i3 ON t1 ((lower(name)))",
    ],
  ],
  [
    "drops each type of constraint by its own statement",
    (op) => {
      op.dropConstraint("f", "t1", { type: "foreignkey" });
      op.dropConstraint("u", "t1", { type: "unique", schema: "S" });
      op.dropConstraint("c", "t1", { type: "check" });
      op.dropConstraint(null, "t1", { type: "primary" });
    },
    [
      "ALTER TABLE t1 DROP FOREIGN KEY f",
      "ALTER TABLE `S`.t1 DROP INDEX u",
      "ALTER TABLE t1 DROP CHECK c",
      "ALTER TABLE t1 DROP PRIMARY KEY",
    ],
  ],
  [
    "keeps a renamed table in its schema",
    (op) => op.renameTable("a", "B", { schema: "s" }),
    ["ALTER TABLE s.a RENAME TO s.`B`"],
  ],
  [
    "sets and removes the comment of a table",
    (op) => {
      op.createTableComment("t1", "it's \\ here");
      op.dropTableComment("t1");
    },
    ["ALTER TABLE t1 COMMENT 'it''s \\\\ here'", "ALTER TABLE t1 COMMENT ''"],
  ],
  [
    "adds a counting column as a key",
    (op) => op.addColumn("t1", column("id", t.integer(), { primaryKey: true }), { inlinePrimaryKey: true }),
    ["ALTER TABLE t1 ADD COLUMN id INTEGER NOT NULL AUTO_INCREMENT PRIMARY KEY"],
  ],
  [
    "adds a check with the column type that needs one",
    (op) => op.alterColumn("t1", "c", { type: t.boolean({ createConstraint: true, name: "ck" }) }),
    ["ALTER TABLE t1 MODIFY c BOOL NULL", "ALTER TABLE t1 ADD CONSTRAINT ck CHECK (c IN (0, 1))"],
  ],
  [
    "leaves out what says that constraints are checked at once",
    (op) =>
      op.createForeignKey("f", "t1", "t2", ["a"], ["id"], {
        deferrable: false,
        initially: "IMMEDIATE",
        onDelete: "CASCADE",
      }),
    ["ALTER TABLE t1 ADD CONSTRAINT f FOREIGN KEY(a) REFERENCES t2 (id) ON DELETE CASCADE"],
  ],
  [
    "quotes names with backticks: reserved words, capitals, other characters",
    (op) =>
      op.createTable("Order", [column("rank", t.integer()), column("a`b", t.integer()), column("1st", t.integer())]),
    ["CREATE TABLE `Order` (`rank` INTEGER, `a``b` INTEGER, `1st` INTEGER)"],
  ],
  [
    "inserts rows with literals of the column types",
    (op) =>
      op.bulkInsert(
        table("t1", [
          column("a", t.dateTime()),
          column("b", t.date()),
          column("u", t.uuid()),
          column("x", t.largeBinary()),
          column("j", t.json()),
          column("o", t.boolean()),
          column("s", t.string(9)),
        ]),
        [
          {
            a: new Date("2020-01-02T03:04:05Z"),
            b: new Date("2020-01-02T03:04:05Z"),
            u: "12345678-1234-1234-1234-123456789abc",
            x: Buffer.from([0, 255]),
            j: { a: 'q"\\' },
            o: true,
            s: null,
          },
        ],
      ),
    [
      "INSERT INTO t1 (a, b, u, x, j, o, s) VALUES ('2020-01-02 03:04:05', '2020-01-02', " +
        "'12345678123412341234123456789abc', X'00FF', '{\"a\":\"q\\\\\"\\\\\\\\\"}', true, NULL)",
    ],
  ],
];

test.each(calls)("%s", async (_name, body, expected) => {
  expect(await statements(body)).toEqual(expected);
});

describe("writes a foreign key into the column only where the server makes one of it", () => {
  const body: Body = (op) =>
    op.addColumn("t1", column("c", t.integer(), { references: references("t2.id") }), { inlineReferences: true });
  test("MySQL 9", async () => {
    expect(await statements(body, { version: "9.0" })).toEqual([
      "ALTER TABLE t1 ADD COLUMN c INTEGER REFERENCES t2 (id)",
    ]);
  });
  test("MySQL 8.4", async () => {
    expect(await statements(body, { version: "8.4" })).toEqual([
      "ALTER TABLE t1 ADD COLUMN c INTEGER",
      "ALTER TABLE t1 ADD FOREIGN KEY(c) REFERENCES t2 (id)",
    ]);
  });
});
