import { describe, expect, test } from "vitest";
import { check, column, computed, mariadb, references, sql, t } from "../../../src/index.js";
import type { Body, Target } from "../mysql/statements.js";
import { refusal, statements as mysqlStatements } from "../mysql/statements.js";

const statements = (body: Body, target: Target = {}): Promise<readonly string[]> =>
  mysqlStatements(body, { dialect: "mariadb", ...target });

const calls: readonly (readonly [string, Body, readonly string[]])[] = [
  [
    "tests for existence of columns, indexes and constraints",
    (op) => {
      op.addColumn("t1", column("c", t.integer()), { ifNotExists: true });
      op.dropColumn("t1", "c", { ifExists: true });
      op.createIndex("ix", "t1", ["c"], { ifNotExists: true });
      op.dropIndex("ix", { tableName: "t1", ifExists: true });
      op.dropConstraint("fk", "t1", { type: "foreignkey", ifExists: true });
      op.dropConstraint("ck", "t1", { type: "check", ifExists: true });
    },
    [
      "ALTER TABLE t1 ADD COLUMN IF NOT EXISTS c INTEGER",
      "ALTER TABLE t1 DROP COLUMN IF EXISTS c",
      "CREATE INDEX IF NOT EXISTS ix ON t1 (c)",
      "DROP INDEX IF EXISTS ix ON t1",
      "ALTER TABLE t1 DROP FOREIGN KEY IF EXISTS fk",
      "ALTER TABLE t1 DROP CONSTRAINT IF EXISTS ck",
    ],
  ],
  [
    "drops a check by DROP CONSTRAINT",
    (op) => op.dropConstraint("MyCheck", "MyTable", { type: "check" }),
    ["ALTER TABLE `MyTable` DROP CONSTRAINT `MyCheck`"],
  ],
  [
    "has types of its own",
    (op) => op.createTable("t1", [column("u", t.uuid()), column("i", mariadb.INET4()), column("j", mariadb.INET6())]),
    ["CREATE TABLE t1 (u UUID, i INET4, j INET6)"],
  ],
  [
    "takes the options of the mysql group, unless a mariadb group says otherwise",
    (op) =>
      op.createTable("t1", [column("a", t.integer())], {
        mysql: { engine: "InnoDB", rowFormat: "COMPACT" },
        mariadb: { rowFormat: "DYNAMIC" },
      }),
    ["CREATE TABLE t1 (a INTEGER) ENGINE=InnoDB ROW_FORMAT=DYNAMIC"],
  ],
  [
    "makes a named check of a column one of the table, since MariaDB takes it only there",
    (op) => {
      op.createTable("t1", [column("a", t.integer(), { check: check(sql`a > 1`, { name: "ck" }) })]);
      op.addColumn("t1", column("b", t.integer(), { check: check(sql`b > 1`, { name: "ckb" }) }));
      op.addColumn("t1", column("c", t.integer(), { check: check(sql`c > 1`) }));
    },
    [
      "CREATE TABLE t1 (a INTEGER, CONSTRAINT ck CHECK (a > 1))",
      "ALTER TABLE t1 ADD COLUMN b INTEGER",
      "ALTER TABLE t1 ADD CONSTRAINT ckb CHECK (b > 1)",
      "ALTER TABLE t1 ADD COLUMN c INTEGER CHECK (c > 1)",
    ],
  ],
  [
    "says nothing about NULL on a computed column",
    (op) => op.createTable("t1", [column("a", t.integer(), { primaryKey: true, computed: computed(sql`1`) })]),
    ["CREATE TABLE t1 (a INTEGER GENERATED ALWAYS AS (1), PRIMARY KEY (a))"],
  ],
  [
    "takes literals as defaults of large columns",
    (op) =>
      op.createTable("t1", [
        column("a", t.text(), { serverDefault: "x" }),
        column("b", t.json(), { serverDefault: "{}" }),
      ]),
    ["CREATE TABLE t1 (a TEXT DEFAULT 'x', b JSON DEFAULT '{}')"],
  ],
  [
    "makes a foreign key of REFERENCES behind a column",
    (op) =>
      op.addColumn("t1", column("c", t.integer(), { references: references("t2.id") }), { inlineReferences: true }),
    ["ALTER TABLE t1 ADD COLUMN c INTEGER REFERENCES t2 (id)"],
  ],
  [
    "keeps the name of a foreign key, which cannot stand behind a column",
    (op) =>
      op.addColumn("t1", column("c", t.integer(), { references: references("t2.id", { name: "fk" }) }), {
        inlineReferences: true,
      }),
    ["ALTER TABLE t1 ADD COLUMN c INTEGER", "ALTER TABLE t1 ADD CONSTRAINT fk FOREIGN KEY(c) REFERENCES t2 (id)"],
  ],
  ["quotes its own reserved words", (op) => op.dropColumn("offset", "rank"), ["ALTER TABLE `offset` DROP COLUMN rank"]],
];

test.each(calls)("%s", async (_name, body, expected) => {
  expect(await statements(body)).toEqual(expected);
});

describe("refuses", () => {
  const refused: readonly (readonly [string, Body, RegExp, string])[] = [
    [
      "an index over an expression",
      (op) => op.createIndex("i", "t1", [sql`lower(a)`]),
      /functional indexes.*computed column/,
      "11.8",
    ],
    [
      "NOT NULL on a computed column",
      (op) => op.createTable("t1", [column("a", t.integer(), { computed: computed(sql`1`), nullable: false })]),
      /NOT NULL.*check/,
      "11.8",
    ],
    [
      "DROP PRIMARY KEY IF EXISTS",
      (op) => op.dropConstraint(null, "t1", { type: "primary", ifExists: true }),
      /ifExists/,
      "11.8",
    ],
    ["UUID before 10.7", (op) => op.createTable("t1", [column("u", t.UUID())]), /version 10\.7\.0 has/, "10.6"],
    [
      "INET4 before 10.10",
      (op) => op.createTable("t1", [column("u", mariadb.INET4())]),
      /version 10\.10\.0 has/,
      "10.6",
    ],
  ];
  test.each(refused)("%s", async (_what, body, message, version) => {
    expect(await refusal(body, { dialect: "mariadb", version })).toMatch(message);
  });
});

test("keeps a generic UUID in CHAR(32) before MariaDB 10.7", async () => {
  const body: Body = (op) => op.createTable("t1", [column("u", t.uuid())]);
  expect(await statements(body, { version: "10.6" })).toEqual(["CREATE TABLE t1 (u CHAR(32))"]);
});
