import { describe, expect, test } from "vitest";
import { check, column, computed, identity, mariadb, sql, t } from "../../../src/index.js";
import type { Body } from "./statements.js";
import { refusal, statements } from "./statements.js";
import { allowUnparsed } from "../../parse-everything/statements.js";

const refused: readonly (readonly [string, Body, RegExp])[] = [
  [
    "ADD COLUMN IF NOT EXISTS",
    (op) => op.addColumn("t1", column("c", t.integer()), { ifNotExists: true }),
    /ifNotExists/,
  ],
  ["DROP COLUMN IF EXISTS", (op) => op.dropColumn("t1", "c", { ifExists: true }), /ifExists/],
  ["CREATE INDEX IF NOT EXISTS", (op) => op.createIndex("ix", "t1", ["c"], { ifNotExists: true }), /ifNotExists/],
  ["DROP INDEX IF EXISTS", (op) => op.dropIndex("ix", { tableName: "t1", ifExists: true }), /ifExists/],
  ["DROP CONSTRAINT IF EXISTS", (op) => op.dropConstraint("u", "t1", { type: "unique", ifExists: true }), /ifExists/],
  ["an index without its table", (op) => op.dropIndex("ix"), /tableName/],
  ["a constraint without its type", (op) => op.dropConstraint("u", "t1"), /foreignkey.*primary.*unique.*check/],
  ["a constraint without its name", (op) => op.dropConstraint(null, "t1", { type: "unique" }), /name/i],
  ["MATCH", (op) => op.createForeignKey("f", "t1", "t2", ["a"], ["b"], { match: "FULL" }), /MATCH.*ON DELETE/],
  ["DEFERRABLE", (op) => op.createForeignKey("f", "t1", "t2", ["a"], ["b"], { deferrable: true }), /DEFERRABLE/],
  ["INITIALLY DEFERRED", (op) => op.createUniqueConstraint("u", "t1", ["a"], { initially: "DEFERRED" }), /deferred/],
  ["EXCLUDE", (op) => op.createExcludeConstraint("e", "t1", [["a", "="]]), /EXCLUDE/],
  ["an enum type", (op) => op.createEnumType("e", ["a"]), /t\.enum/],
  ["VARCHAR without a length", (op) => op.createTable("t1", [column("c", t.string())]), /length.*t\.text/],
  ["VARBINARY without a length", (op) => op.createTable("t1", [column("c", t.VARBINARY())]), /length/],
  ["UUID", (op) => op.createTable("t1", [column("c", t.UUID())]), /t\.uuid/],
  ["INET6", (op) => op.createTable("t1", [column("c", mariadb.INET6())]), /INET6.*VARBINARY\(16\)/],
  ["CLOB", (op) => op.createTable("t1", [column("c", t.CLOB())]), /t\.text/],
  ["an array", (op) => op.createTable("t1", [column("c", t.array(t.integer()))]), /t\.json/],
  ["a table without columns", (op) => op.createTable("t1", []), /no columns/],
  [
    "an identity that is no key",
    (op) => op.createTable("t1", [column("id", t.integer(), { identity: identity() })]),
    /AUTO_INCREMENT.*primary key/,
  ],
  [
    "options of an identity that AUTO_INCREMENT has not",
    (op) => op.createTable("t1", [column("id", t.integer(), { primaryKey: true, identity: identity({ start: 5 }) })]),
    /autoIncrement/,
  ],
  [
    "a counting column that is no key",
    (op) => op.addColumn("t1", column("id", t.integer(), { primaryKey: true })),
    /inlinePrimaryKey/,
  ],
  [
    "a collation that is no name",
    (op) => op.createTable("t1", [column("c", t.string(5, { collation: "x; DROP TABLE y" }))]),
    /collation/,
  ],
  [
    "an index prefix of several words",
    (op) => op.createIndex("i", "t1", ["c"], { mysql: { prefix: "a b" } }),
    /prefix/,
  ],
  [
    "a table option that is no name",
    (op) => op.createTable("t1", [column("c", t.integer())], { mysql: { "a=b": 1 } }),
    /option/,
  ],
  ["a name of 65 characters", (op) => op.dropTable("x".repeat(65)), /65 characters.*64/],
  ["a name that ends with a space", (op) => op.dropColumn("t1", "a "), /ends with a space/],
  ["an emoji in a name", (op) => op.createTable("t1", [column("a😀", t.integer())]), /emoji/],
  ["an empty name", (op) => op.dropTable(""), /empty/],
  ["NaN", (op) => op.execute(sql`SELECT ${Number.NaN}`), /NaN/],
  ["Infinity", (op) => op.execute(sql`SELECT ${-Infinity}`), /Infinity/],
  ["half of a surrogate pair", (op) => op.execute(sql`SELECT ${"\ud800"}`), /surrogate/],
];

test.each(refused)("refuses %s", async (_what, body, message) => {
  expect(await refusal(body)).toMatch(message);
});

describe("finds in the replayed schema what the author left out", () => {
  test("the type of a constraint, and the table of an index", async () => {
    const list = await statements((op) => {
      op.createTable("t1", [column("a", t.integer(), { index: true })]);
      op.createUniqueConstraint("uq", "t1", ["a"]);
      op.createForeignKey("fk", "t1", "t2", ["a"], ["id"]);
      op.dropConstraint("uq", "t1");
      op.dropConstraint("fk", "t1");
      op.dropIndex("ix_t1_a");
    });
    expect(list.slice(-3)).toEqual([
      "ALTER TABLE t1 DROP INDEX uq",
      "ALTER TABLE t1 DROP FOREIGN KEY fk",
      "DROP INDEX ix_t1_a ON t1",
    ]);
  });

  test("the type of a check that stands in its column", async () => {
    const body: Body = (op) => {
      op.createTable("t1", [column("a", t.integer(), { check: check(sql`a > 1`, { name: "ck" }) })]);
      op.dropConstraint("ck", "t1");
    };
    const [, drop] = await statements(body, { schemaChecks: false });
    expect(drop).toBe("ALTER TABLE t1 DROP CHECK ck");
  });
});

describe("knows what a target lacks, and which version has it", () => {
  const gates: readonly (readonly [string, string, string, string, Body])[] = [
    ["CHECK", "8.0.15", "8.0.16", "8.0", (op) => op.createTable("t1", [column("a", t.integer()), check(sql`a > 1`)])],
    ["dropping a check", "5.7", "8.0.16", "8.0.16", (op) => op.dropConstraint("c", "t1", { type: "check" })],
    [
      "an expression as default",
      "5.7",
      "8.0.13",
      "8.0",
      (op) => op.createTable("t1", [column("a", t.string(40), { serverDefault: sql`uuid()` })]),
    ],
    [
      "a default of TEXT",
      "8.0.12",
      "8.0.13",
      "8.4",
      (op) => op.createTable("t1", [column("a", t.text(), { serverDefault: "" })]),
    ],
    ["an expression in an index", "5.7.44", "8.0.13", "8.0", (op) => op.createIndex("i", "t1", [sql`lower(a)`])],
    ["JSON", "5.6", "5.7.8", "5.7", (op) => op.createTable("t1", [column("a", t.json())])],
    [
      "a computed column",
      "5.6",
      "5.7.6",
      "5.7",
      (op) => op.createTable("t1", [column("a", t.integer(), { computed: computed(sql`1`) })]),
    ],
  ];
  test.each(gates)("%s: not in %s, since %s, in %s", async (_what, without, since, having, body) => {
    expect(await refusal(body, { version: without })).toContain(`version ${since} has`);
    await expect(statements(body, { version: having })).resolves.toHaveLength(1);
  });

  test("before expressions as defaults, now() stands without parentheses", async () => {
    const body: Body = (op) => op.createTable("t1", [column("a", t.dateTime(), { serverDefault: sql`now()` })]);
    expect(await statements(body, { version: "5.7" })).toEqual(["CREATE TABLE t1 (a DATETIME DEFAULT now())"]);
  });
});

test("outside any history says by remarks what the server will refuse", async () => {
  allowUnparsed(/DEFERRABLE/, "MySQL refuses it, as a remark says");
  const notices: string[] = [];
  const list = await statements(
    (op) => {
      op.createForeignKey("f", "t1", "t2", ["a"], ["b"], { deferrable: true });
      op.dropIndex("ix");
      op.createIndex("ix", "t1", [sql`lower(a)`]);
    },
    { onTrust: true, notice: (text) => void notices.push(text) },
  );
  expect(list).toEqual([
    "ALTER TABLE t1 ADD CONSTRAINT f FOREIGN KEY(a) REFERENCES t2 (b) DEFERRABLE",
    "DROP INDEX ix ON no_table",
    "CREATE INDEX ix ON t1 (lower(a))",
  ]);
  expect(notices).toHaveLength(3);
});
