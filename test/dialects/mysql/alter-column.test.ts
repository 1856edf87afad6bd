import { describe, expect, test } from "vitest";
import { column, computed, identity, mysql, sql, t } from "../../../src/index.js";
import type { AlterColumnOptions } from "../../../src/operations/alter-column.js";
import { refusal, statements } from "./statements.js";
import { allowUnparsed } from "../../parse-everything/statements.js";

/** A change of column c of an unknown table, and what stands behind ALTER TABLE t1, as Alembic 1.19 renders. */
const changes: readonly (readonly [string, AlterColumnOptions])[] = [
  ["MODIFY c INTEGER NOT NULL", { nullable: false, existingType: t.integer() }],
  ["MODIFY c VARCHAR(50) NULL", { type: t.string(50) }],
  ["MODIFY c INTEGER NOT NULL DEFAULT '5'", { nullable: false, existingType: t.integer(), existingServerDefault: "5" }],
  ["MODIFY c INTEGER NOT NULL COMMENT 'o'", { nullable: false, existingType: t.integer(), existingComment: "o" }],
  [
    "MODIFY c BIGINT NOT NULL AUTO_INCREMENT",
    { type: t.bigInteger(), existingNullable: false, existingAutoincrement: true },
  ],
  ["MODIFY c INTEGER NULL", { autoincrement: false, existingType: t.integer(), existingAutoincrement: true }],
  ["MODIFY c BOOL NULL", { comment: null, existingType: t.boolean(), existingComment: "o" }],
  ["MODIFY c BOOL NULL COMMENT 'it''s\\n'", { comment: "it's\n", existingType: t.boolean() }],
  ["CHANGE c c2 INTEGER NULL", { newColumnName: "c2", existingType: t.integer() }],
  [
    "CHANGE c `C2` INTEGER NULL AUTO_INCREMENT",
    { newColumnName: "C2", existingType: t.integer(), autoincrement: true },
  ],
  ["ALTER COLUMN c SET DEFAULT '1'", { serverDefault: "1" }],
  ["ALTER COLUMN c SET DEFAULT 1", { serverDefault: 1 }],
  ["ALTER COLUMN c DROP DEFAULT", { serverDefault: null, existingType: t.dateTime() }],
  [
    "CHANGE c c DATETIME NULL DEFAULT CURRENT_TIMESTAMP",
    { serverDefault: sql`CURRENT_TIMESTAMP`, existingType: t.dateTime() },
  ],
  ["CHANGE c c DATETIME NOT NULL", { nullable: false, existingType: t.dateTime() }],
  ["MODIFY c DATETIME NOT NULL", { nullable: false, serverDefault: null, existingType: t.dateTime() }],
  [
    "CHANGE c c TIMESTAMP NULL DEFAULT NULL ON UPDATE CURRENT_TIMESTAMP",
    { serverDefault: sql`NULL ON UPDATE CURRENT_TIMESTAMP`, existingType: t.TIMESTAMP() },
  ],
];

test.each(changes)("of an unknown table: %s", async (expected, options) => {
  expect(await statements((op) => op.alterColumn("t1", "c", options))).toEqual([`ALTER TABLE t1 ${expected}`]);
});

describe("sets an expression as default", () => {
  const body = (op: Parameters<Parameters<typeof statements>[0]>[0]): void =>
    op.alterColumn("t1", "c", { serverDefault: sql`upper('x')` });
  test("in parentheses in a history, since MySQL takes it only so", async () => {
    expect(await statements(body)).toEqual(["ALTER TABLE t1 ALTER COLUMN c SET DEFAULT (upper('x'))"]);
  });
  test("as it stands outside any history, as Alembic does, with a remark", async () => {
    allowUnparsed(/SET DEFAULT upper/, "MySQL refuses it, as the remark says");
    const notices: string[] = [];
    const target = { onTrust: true, notice: (text: string) => void notices.push(text) };
    expect(await statements(body, target)).toEqual(["ALTER TABLE t1 ALTER COLUMN c SET DEFAULT upper('x')"]);
    expect(notices).toEqual(["MySQL takes the default upper('x') only in parentheses: write sql`(upper('x'))`."]);
  });
  test("as it stands on MariaDB", async () => {
    expect(await statements(body, { dialect: "mariadb" })).toEqual([
      "ALTER TABLE t1 ALTER COLUMN c SET DEFAULT upper('x')",
    ]);
  });
});

describe("of a replayed table keeps what the author did not repeat", () => {
  const definition: Parameters<typeof column> = [
    "c",
    mysql.VARCHAR(20, { charset: "latin1", collation: "latin1_bin" }),
    { nullable: false, serverDefault: "x", comment: "why" },
  ];
  test.each<readonly [string, AlterColumnOptions]>([
    ["MODIFY c VARCHAR(20) CHARACTER SET latin1 COLLATE latin1_bin NULL DEFAULT 'x' COMMENT 'why'", { nullable: true }],
    [
      "MODIFY c VARCHAR(99) CHARACTER SET latin1 COLLATE latin1_bin NOT NULL DEFAULT 'x' COMMENT 'why'",
      { type: t.string(99) },
    ],
    [
      "MODIFY c TEXT CHARACTER SET latin1 COLLATE latin1_bin NOT NULL COMMENT 'why'",
      { type: t.text(), serverDefault: null },
    ],
    [
      "CHANGE c d VARCHAR(20) CHARACTER SET latin1 COLLATE latin1_bin NOT NULL DEFAULT 'x' COMMENT 'why'",
      { newColumnName: "d" },
    ],
    [
      "MODIFY c VARCHAR(9) CHARACTER SET latin1 COLLATE latin1_bin NOT NULL COMMENT 'why'",
      { type: t.string(9), serverDefault: null },
    ],
    [
      "MODIFY c VARCHAR(20) NULL",
      { comment: null, existingType: t.string(20), existingNullable: true, existingServerDefault: null },
    ],
  ])("%s", async (expected, options) => {
    const [, statement] = await statements((op) => {
      op.createTable("t1", [column(...definition)]);
      op.alterColumn("t1", "c", options);
    });
    expect(statement).toBe(`ALTER TABLE t1 ${expected}`);
  });

  test("AUTO_INCREMENT, as long as the new type can count", async () => {
    const [, wider, text] = await statements((op) => {
      op.createTable("t1", [column("id", t.integer(), { primaryKey: true })]);
      op.alterColumn("t1", "id", { type: t.bigInteger() });
      op.alterColumn("t1", "id", { type: t.string(36) });
    });
    expect(wider).toBe("ALTER TABLE t1 MODIFY id BIGINT NOT NULL AUTO_INCREMENT");
    expect(text).toBe("ALTER TABLE t1 MODIFY id VARCHAR(36) NOT NULL");
  });

  test("the expression of a computed column", async () => {
    const [, statement] = await statements((op) => {
      op.createTable("t1", [column("a", t.integer()), column("b", t.integer(), { computed: computed(sql`a + 1`) })]);
      op.alterColumn("t1", "b", { newColumnName: "c", comment: "one more" });
    });
    expect(statement).toBe("ALTER TABLE t1 CHANGE b c INTEGER GENERATED ALWAYS AS (a + 1) COMMENT 'one more'");
  });

  test("a date and time, whose default only CHANGE can set", async () => {
    const [, statement] = await statements((op) => {
      op.createTable("t1", [column("at", t.dateTime(), { nullable: false })]);
      op.alterColumn("t1", "at", { serverDefault: sql`now()` });
    });
    expect(statement).toBe("ALTER TABLE t1 CHANGE at at DATETIME NOT NULL DEFAULT now()");
  });

  test("a text without limit, whose default is an expression on MySQL", async () => {
    const body = (op: Parameters<Parameters<typeof statements>[0]>[0]): void => {
      op.createTable("t1", [column("x", t.text())]);
      op.alterColumn("t1", "x", { serverDefault: "a" });
    };
    expect((await statements(body))[1]).toBe("ALTER TABLE t1 ALTER COLUMN x SET DEFAULT ('a')");
    expect((await statements(body, { dialect: "mariadb" }))[1]).toBe("ALTER TABLE t1 ALTER COLUMN x SET DEFAULT 'a'");
  });
});

describe("is refused", () => {
  test("without a type, where the replay does not know the column", async () => {
    expect(await refusal((op) => op.alterColumn("t1", "c", { nullable: false }))).toMatch(
      /type of column "c" is not known.*existingType/,
    );
  });
  test("to or from a computed column", async () => {
    expect(await refusal((op) => op.alterColumn("t1", "c", { serverDefault: computed(sql`a`) }))).toMatch(/computed/i);
    const existingServerDefault = computed(sql`a`);
    expect(await refusal((op) => op.alterColumn("t1", "c", { serverDefault: null, existingServerDefault }))).toMatch(
      /computed/i,
    );
  });
  test("to or from an identity", async () => {
    expect(await refusal((op) => op.alterColumn("t1", "c", { serverDefault: identity() }))).toMatch(/identity/);
  });
});

test("nothing changes: no statement", async () => {
  expect(await statements((op) => op.alterColumn("t1", "c", { existingType: t.integer() }))).toEqual([]);
});
