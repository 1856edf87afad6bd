import { describe, expect, it } from "vitest";
import {
  check,
  column,
  computed,
  foreignKey,
  identity,
  index,
  mysql,
  postgresql,
  primaryKey,
  references,
  SchemaError,
  sql,
  t,
  table,
  unique,
  type Operations,
} from "../../src/index.js";
import { dialectNames, type DialectName } from "../../src/schema/dialect-names.js";
import { loadDialect } from "../../dialects/index.js";
import { compileNodes } from "../../src/compiler/compile.js";
import { Recorder } from "../../src/revision/recorder.js";
import { compileInHistory } from "../operations/compile.js";

const id = column("id", t.integer(), { primaryKey: true });

/** A mistake, and the server's answer on each dialect that would refuse it; the others take it. */
interface Mistake {
  readonly does: string;
  readonly body: (op: Operations) => void;
  readonly answers: { readonly [D in DialectName]?: readonly [code: string, answer: string] };
  /** The dialects in which it can be said at all. */
  readonly sayable?: readonly DialectName[];
}

const mistakes: readonly Mistake[] = [
  {
    does: "two columns of one name",
    body: (op) => op.createTable("x", [column("e", t.integer()), column("e", t.integer())]),
    answers: {
      postgresql: ["column-exists", "42701"],
      mysql: ["column-exists", "error 1060"],
      mariadb: ["column-exists", "error 1060"],
      sqlite: ["column-exists", '"duplicate column name"'],
      mssql: ["column-exists", "Msg 2705"],
      oracle: ["column-exists", "ORA-00957"],
    },
  },
  {
    does: "two columns whose names differ in capitals",
    body: (op) => op.createTable("x", [column("e", t.integer()), column("E", t.integer())]),
    answers: {
      mysql: ["column-exists", "error 1060"],
      mariadb: ["column-exists", "error 1060"],
      sqlite: ["column-exists", '"duplicate column name"'],
      mssql: ["column-exists", "Msg 2705"],
    },
  },
  {
    does: "an index of the name of another table's",
    body: (op) => {
      op.createTable("a", [id, column("x", t.integer()), index("ix_x", ["x"])]);
      op.createTable("b", [id, column("x", t.integer()), index("ix_x", ["x"])]);
    },
    answers: {
      postgresql: ["name-taken", "42P07 or 42710"],
      sqlite: ["name-taken", '"index … already exists"'],
      oracle: ["name-taken", "ORA-02264 or ORA-00955"],
    },
  },
  {
    does: "a foreign key of the name of another table's",
    body: (op) => {
      op.createTable("p", [id]);
      op.createTable("a", [id, column("p", t.integer(), { references: references("p.id", { name: "fk_p" }) })]);
      op.createTable("b", [id, column("p", t.integer(), { references: references("p.id", { name: "fk_p" }) })]);
    },
    answers: {
      mysql: ["name-taken", "error 1061, 1826 or 3822"],
      mariadb: ["name-taken", "error 1061 or 1005 (errno: 121)"],
      mssql: ["name-taken", "Msg 2714 or 1913"],
      oracle: ["name-taken", "ORA-02264 or ORA-00955"],
    },
  },
  {
    does: "a check that speaks of no column",
    body: (op) => op.createTable("x", [id, column("price", t.integer()), check("prise > 0", { name: "ck" })]),
    answers: {
      postgresql: ["mentioned-column", "42703"],
      mysql: ["mentioned-column", "error 3820 or 1054"],
      mariadb: ["mentioned-column", "error 1054"],
      sqlite: ["mentioned-column", '"no such column"'],
      mssql: ["mentioned-column", "Msg 207"],
      oracle: ["mentioned-column", "ORA-00904"],
    },
  },
  {
    does: "a foreign key to a column without a key",
    body: (op) => {
      op.createTable("p", [id, column("k", t.integer())]);
      op.createTable("c", [id, column("k", t.integer(), { references: references("p.k") })]);
    },
    answers: {
      postgresql: ["foreign-key-target", "42830, or 2BP01 where the key is dropped"],
      mysql: ["foreign-key-target", "error 6125 (1822 before 8.4), or 1553 where the key is dropped"],
      mariadb: ["foreign-key-target", "error 1005 (errno: 150), or 1553 where the index is dropped"],
      mssql: ["foreign-key-target", "Msg 1776, or 3725 where the key is dropped"],
      oracle: ["foreign-key-target", "ORA-02270, or ORA-02273 where the key is dropped"],
    },
  },
  {
    does: "a foreign key to a column that is only indexed",
    body: (op) => {
      op.createTable("p", [id, column("k", t.integer()), index("ix_k", ["k"])]);
      op.createTable("c", [id, column("k", t.integer())]);
      op.createForeignKey("fk", "c", "p", ["k"], ["k"]);
    },
    answers: {
      postgresql: ["foreign-key-target", "42830, or 2BP01 where the key is dropped"],
      mysql: ["foreign-key-target", "error 6125 (1822 before 8.4), or 1553 where the key is dropped"],
      mssql: ["foreign-key-target", "Msg 1776, or 3725 where the key is dropped"],
      oracle: ["foreign-key-target", "ORA-02270, or ORA-02273 where the key is dropped"],
    },
  },
  {
    does: "a foreign key between whole numbers of two sizes",
    body: (op) => {
      op.createTable("p", [id]);
      op.createTable("c", [id, column("p", t.bigInteger(), { references: references("p.id") })]);
    },
    answers: {
      mysql: ["foreign-key-types", "error 3780"],
      mariadb: ["foreign-key-types", "error 1005 (errno: 150), or 1832 and 1833"],
      mssql: ["foreign-key-types", "Msg 1778 or 1753"],
    },
  },
  {
    does: "another type for a column that a foreign key refers to",
    body: (op) => {
      op.createTable("p", [id]);
      op.createTable("c", [id, column("p", t.integer(), { references: references("p.id", { name: "fk" }) })]);
      op.alterColumn("p", "id", { type: t.bigInteger() });
    },
    answers: {
      mysql: ["foreign-key-types", "error 3780"],
      mariadb: ["foreign-key-types", "error 1005 (errno: 150), or 1832 and 1833"],
      mssql: ["foreign-key-types", "Msg 1778 or 1753"],
    },
  },
  {
    does: "the index that a foreign key needs is dropped",
    body: (op) => {
      op.createTable("p", [id]);
      op.createTable("c", [
        id,
        column("p", t.integer()),
        foreignKey(["p"], ["p.id"], { name: "fk" }),
        index("ix_p", ["p"]),
      ]);
      op.dropIndex("ix_p", { tableName: "c" });
    },
    answers: { mysql: ["foreign-key-index", "error 1553"], mariadb: ["foreign-key-index", "error 1553"] },
  },
  {
    does: "a column goes before its foreign key",
    body: (op) => {
      op.createTable("p", [id]);
      op.createTable("c", [id, column("p", t.integer()), foreignKey(["p"], ["p.id"], { name: "fk" })]);
      op.dropColumn("c", "p");
    },
    answers: { mysql: ["foreign-key-column", "error 1828"], mariadb: ["foreign-key-column", "error 1553"] },
  },
  {
    does: "a column of a unique constraint of several goes",
    body: (op) => {
      op.createTable("a", [id, column("x", t.integer()), column("y", t.integer()), unique(["x", "y"], { name: "uq" })]);
      op.dropColumn("a", "x");
    },
    answers: { mariadb: ["composite-key-column", "error 1072"], oracle: ["composite-key-column", "ORA-12991"] },
  },
  {
    does: "a column of a check of several goes",
    body: (op) => {
      op.createTable("a", [id, column("x", t.integer()), column("y", t.integer()), check("x < y", { name: "ck" })]);
      op.dropColumn("a", "x");
    },
    answers: {
      mysql: ["check-column", "error 3959"],
      mariadb: ["check-column", "error 1054"],
      oracle: ["check-column", "ORA-12991"],
    },
  },
  {
    does: "a new name for a column that a check speaks of",
    body: (op) => {
      op.createTable("a", [id, column("x", t.integer()), check("x > 0", { name: "ck" })]);
      op.alterColumn("a", "x", { newColumnName: "y" });
    },
    answers: { mysql: ["check-column", "error 3959"], mssql: ["enforced-dependency", "Msg 15336"] },
  },
  {
    does: "a new name for a column that another is computed from",
    body: (op) => {
      op.createTable("a", [id, column("x", t.integer()), column("y", t.integer(), { computed: computed("x + 1") })]);
      op.alterColumn("a", "x", { newColumnName: "z" });
    },
    answers: {
      mysql: ["computed-source", "error 3108"],
      mssql: ["enforced-dependency", "Msg 15336"],
      oracle: ["computed-source", "ORA-54031, 54032 or 54033"],
    },
  },
  {
    does: "another type for a column that another is computed from",
    body: (op) => {
      op.createTable("a", [id, column("x", t.integer()), column("y", t.bigInteger(), { computed: computed("x + 1") })]);
      op.alterColumn("a", "x", { type: t.numeric(12, 2) });
    },
    answers: {
      postgresql: ["computed-source", "0A000"],
      mssql: ["type-in-use", "Msg 5074"],
      oracle: ["computed-source", "ORA-54031, 54032 or 54033"],
    },
  },
  ...(["a new name", "a drop"] as const).map((what): Mistake => {
    return {
      does: `${what} of a column that an expression of an index speaks of`,
      sayable: ["postgresql", "mysql", "oracle"],
      body(op) {
        op.createTable("a", [id, column("x", t.integer()), column("y", t.integer())]);
        op.createIndex("ix", "a", [sql`(x + 1)`]);
        if (what === "a drop") op.dropColumn("a", "x");
        else op.alterColumn("a", "x", { newColumnName: "z" });
      },
      answers: { mysql: ["index-source", "error 3837"] },
    };
  }),
  ...(["a new name", "a drop"] as const).map((what): Mistake => {
    const change = (op: Operations): void => {
      if (what === "a drop") op.dropColumn("a", "x");
      else op.alterColumn("a", "x", { newColumnName: "z" });
    };
    return {
      does: `${what} of a column that the default of another speaks of`,
      sayable: ["mysql", "mariadb"],
      body(op) {
        op.createTable("a", [id, column("x", t.integer()), column("y", t.integer(), { serverDefault: sql`(x + 1)` })]);
        change(op);
      },
      answers: {
        mysql: ["default-source", "error 3766"],
        ...(what === "a drop" && { mariadb: ["default-source", "error 1054"] as const }),
      },
    };
  }),
  {
    does: "an index on text of any length",
    body: (op) => {
      op.createTable("a", [id, column("bio", t.text())]);
      op.createIndex("ix_bio", "a", ["bio"]);
    },
    answers: {
      mysql: ["key-type", "error 1170"],
      mssql: ["key-type", "Msg 1919"],
      oracle: ["key-type", "ORA-02327 or ORA-02329"],
    },
  },
  {
    does: "a primary key of text of any length",
    body: (op) => op.createTable("a", [column("bio", t.text()), primaryKey(["bio"])]),
    answers: {
      mysql: ["key-type", "error 1170"],
      mariadb: ["key-type", "error 1170"],
      mssql: ["key-type", "Msg 1919"],
      oracle: ["key-type", "ORA-02327 or ORA-02329"],
    },
  },
  {
    does: "a default that is no value of its enumeration",
    body: (op) => {
      const type = t.enum(["sad", "ok"], { name: "mood", createConstraint: true });
      op.createTable("a", [id, column("mood", type, { serverDefault: "happy" })]);
    },
    answers: {
      postgresql: ["enum-default", "22P02"],
      mysql: ["enum-default", "error 1067"],
      mariadb: ["enum-default", "error 1067"],
    },
  },
  {
    does: "a value for a column that the server computes",
    body: (op) => {
      op.createTable("a", [id, column("x", t.integer()), column("y", t.integer(), { computed: computed("x + 1") })]);
      op.bulkInsert("a", [{ id: 1, x: 1, y: 2 }]);
    },
    answers: {
      postgresql: ["computed-value", "428C9"],
      mysql: ["computed-value", "error 3105"],
      mariadb: ["computed-value", "error 1906"],
      sqlite: ["computed-value", '"cannot INSERT into generated column"'],
      mssql: ["computed-value", "Msg 271"],
      oracle: ["computed-value", "ORA-54013"],
    },
  },
  {
    does: "zero for a column that counts up",
    body: (op) => {
      op.createTable("a", [id, column("s", t.string(5))]);
      op.bulkInsert("a", [{ id: 1 }, { id: 0 }]);
    },
    answers: {
      mysql: ["autoincrement-zero", "another number, unless sql_mode has NO_AUTO_VALUE_ON_ZERO"],
      mariadb: ["autoincrement-zero", "another number, unless sql_mode has NO_AUTO_VALUE_ON_ZERO"],
    },
  },
  {
    does: "text that is to become a number",
    body: (op) => {
      op.createTable("a", [id, column("x", t.string(5))]);
      op.alterColumn("a", "x", { type: t.integer() });
    },
    answers: { postgresql: ["type-cast", "42804"] },
  },
  {
    does: "text that is to become a large object",
    body: (op) => {
      op.createTable("a", [id, column("x", t.string(5))]);
      op.alterColumn("a", "x", { type: t.text() });
    },
    answers: { oracle: ["large-object", "ORA-22858 or ORA-22859"] },
  },
  {
    does: "another type for a column of the primary key",
    body: (op) => {
      op.createTable("a", [id, column("x", t.integer())]);
      op.alterColumn("a", "id", { type: t.bigInteger() });
    },
    answers: { mssql: ["type-in-use", "Msg 5074"] },
  },
  {
    does: "a new column with a default that differs from row to row",
    body: (op) => {
      op.createTable("a", [id]);
      op.addColumn("a", column("u", t.string(36), { serverDefault: sql`(uuid())` }));
    },
    answers: { mysql: ["unsafe-default", "error 1674"] },
  },
  {
    does: "a key without the columns by which its table is parted",
    body: (op) =>
      op.createTable("ev", [id, column("at", t.date(), { nullable: false })], {
        postgresql: { partitionBy: "RANGE (at)" },
        mysql: { partitionBy: "RANGE (year(at)) (PARTITION p0 VALUES LESS THAN (2000))" },
      }),
    answers: {
      postgresql: ["partition-key", "0A000"],
      mysql: ["partition-key", "error 1503"],
      mariadb: ["partition-key", "error 1503"],
    },
  },
  {
    does: "an index of a partitioned table, made concurrently",
    body: (op) => {
      op.createTable("ev", [column("id", t.integer())], { postgresql: { partitionBy: "RANGE (id)" } });
      op.createIndex("ix", "ev", ["id"], { postgresql: { concurrently: true } });
    },
    answers: { postgresql: ["concurrent-partitioned-index", "0A000"] },
  },
];

async function refusalOf(body: (op: Operations) => void, dialect: DialectName): Promise<unknown> {
  try {
    await compileInHistory(body, dialect);
    return undefined;
  } catch (error) {
    return error;
  }
}

describe("what the servers refuse by rules of their own", () => {
  for (const { does, body, answers, sayable = dialectNames } of mistakes) {
    describe(does, () => {
      it.each(sayable)("on %s", async (dialect) => {
        const error = await refusalOf(body, dialect);
        const expected = answers[dialect];
        if (expected === undefined) {
          expect(error).toBeUndefined();
          return;
        }
        const [code, answer] = expected;
        expect(error).toBeInstanceOf(SchemaError);
        expect(error).toMatchObject({ code, data: { answer } });
        expect((error as SchemaError).hint).toMatch(/ https:\S+$/);
      });
    });
  }

  it.each(dialectNames)("%s: each rule has a number and a page, and says what to write", async (dialect) => {
    const { serverRules = [] } = await loadDialect(dialect);
    expect(serverRules.length).toBeGreaterThan(4);
    for (const { code, answer, page, ofTable, ofOperation } of serverRules) {
      expect(code).toMatch(/^[a-z-]+$/);
      expect(answer).not.toBe("");
      expect(page).toMatch(/^https:\/\//);
      expect(ofTable ?? ofOperation).toBeDefined();
    }
  });
});

describe("what a server takes and breaks later", () => {
  it.each([
    [
      "sqlite",
      (op: Operations) => {
        op.createTable("p", [id, column("k", t.integer())]);
        op.createTable("c", [id, column("k", t.integer(), { references: references("p.k") })]);
      },
      /needs a primary key.*foreign key mismatch/,
    ],
    [
      "mssql",
      (op: Operations) => {
        const type = t.enum(["sad", "ok"], { createConstraint: true, name: "mood" });
        op.createTable("a", [id, column("mood", type, { serverDefault: "happy" })]);
      },
      /the default 'happy' of "a\.mood" is no value.*Msg 547/,
    ],
    [
      "mysql",
      (op: Operations) => {
        op.createTable("a", [id, column("x", t.string(5), { nullable: false })]);
        op.alterColumn("a", "x", { comment: "how it is called", existingType: t.integer() });
      },
      /existingType says that "a\.x" is INTEGER, and the history made it VARCHAR\(5\)[^]*"a\.x" stays NOT NULL/,
    ],
    [
      "mariadb",
      (op: Operations) => {
        op.createTable("a", [id, column("x", t.boolean(), { nullable: false })]);
        op.alterColumn("a", "x", { newColumnName: "y", existingType: mysql.TINYINT(1), existingNullable: false });
      },
      /^$/,
    ],
  ] as const)("is said on %s", async (name, body, message) => {
    const dialect = await loadDialect(name);
    const notices: string[] = [];
    const recorder = new Recorder({ dialect: { name, version: dialect.defaultVersion } });
    compileNodes(await recorder.record(body), { dialect, notice: (text) => notices.push(text) });
    expect(notices.join("\n")).toMatch(message);
  });
});

const fine: readonly [does: string, body: (op: Operations) => void][] = [
  [
    "an index goes while another serves the foreign key",
    (op) => {
      op.createTable("p", [id]);
      op.createTable("c", [
        id,
        column("p", t.integer()),
        column("q", t.integer()),
        foreignKey(["p"], ["p.id"], { name: "fk" }),
        index("ix_p", ["p"]),
        index("ix_pq", ["p", "q"]),
      ]);
      op.dropIndex("ix_p", { tableName: "c" });
    },
  ],
  [
    "the foreign key goes before its index and its column",
    (op) => {
      op.createTable("p", [id]);
      op.createTable("c", [
        id,
        column("p", t.integer()),
        foreignKey(["p"], ["p.id"], { name: "fk" }),
        index("ix_p", ["p"]),
      ]);
      op.batchAlterTable("c", (batch) => {
        batch.dropConstraint("fk", { type: "foreignkey" });
        batch.dropIndex("ix_p");
        batch.dropColumn("p");
      });
    },
  ],
  [
    "texts of two lengths refer to one another, except on SQL Server",
    (op) => {
      if (op.dialect.name === "mssql") return;
      op.createTable("p", [column("k", t.string(10), { primaryKey: true })]);
      op.createTable("c", [id, column("k", t.string(20), { references: references("p.k") })]);
    },
  ],
  [
    "checks with functions, types, strings and words of SQL",
    (op) =>
      op.createTable("x", [
        id,
        column("a", t.string(9)),
        column("b", t.date()),
        check("a IN ('prise', 'b') AND length(a) > 0 AND NOT a IS NULL", { name: "ck_1" }),
        check("b > CAST('2020-01-01' AS date) OR a LIKE 'x%'", { name: "ck_2" }),
        check("CASE WHEN a = '' THEN 1 ELSE 0 END = 0 AND x.a <> 'nope'", { name: "ck_3" }),
      ]),
  ],
];

describe("what the servers take", () => {
  for (const [does, body] of fine) {
    it.each(dialectNames)(`${does}: %s`, async (dialect) => {
      expect(await refusalOf(body, dialect)).toBeUndefined();
    });
  }

  it("keeps a check without a name where MariaDB defines its column anew", async () => {
    const statements = await compileInHistory((op) => {
      op.createTable("gauge", [id, column("lvl", t.integer(), { check: check("lvl > 0") })]);
      op.alterColumn("gauge", "lvl", { nullable: false });
      op.alterColumn("gauge", "lvl", { newColumnName: "level_" });
    }, "mariadb");
    expect(statements.slice(1)).toEqual([
      "ALTER TABLE gauge MODIFY lvl INTEGER NOT NULL CHECK (lvl > 0)",
      "ALTER TABLE gauge CHANGE lvl level_ INTEGER NOT NULL CHECK (level_ > 0)",
    ]);
  });

  it("drops a default that PostgreSQL cannot cast before the type changes, and sets the new one after", async () => {
    const statements = await compileInHistory((op) => {
      op.createTable("o", [id, column("f", t.boolean(), { serverDefault: false })]);
      op.alterColumn("o", "f", { type: t.integer(), serverDefault: 0, postgresql: { using: sql`f::int` } });
    }, "postgresql");
    expect(statements.slice(1)).toEqual([
      "ALTER TABLE o ALTER COLUMN f DROP DEFAULT",
      "ALTER TABLE o ALTER COLUMN f TYPE INTEGER USING f::int",
      "ALTER TABLE o ALTER COLUMN f SET DEFAULT 0",
    ]);
  });

  it("overrides the identities that PostgreSQL always counts itself, in rows that have values for them", async () => {
    const statements = await compileInHistory((op) => {
      op.createTable("x", [
        column("id", t.integer(), { primaryKey: true, identity: identity({ always: true }) }),
        column("s", t.text()),
      ]);
      op.bulkInsert(table("x", [column("id", t.integer()), column("s", t.text())]), [{ id: 1, s: "a" }, { s: "b" }]);
    }, "postgresql");
    expect(statements.slice(1)).toEqual([
      "INSERT INTO x (id, s) OVERRIDING SYSTEM VALUE VALUES (1, 'a')",
      "INSERT INTO x (s) VALUES ('b')",
    ]);
  });

  it.each([
    [sql`a ->> 'k'`, "(a ->> 'k')"],
    [sql`a ->> 'k' DESC NULLS LAST`, "(a ->> 'k') DESC NULLS LAST"],
    [sql`lower(s) || s`, "(lower(s) || s)"],
    [sql`lower(s)`, "lower(s)"],
    [sql`lower(s) varchar_pattern_ops`, "lower(s) varchar_pattern_ops"],
    [sql`pg_catalog.lower(s) DESC`, "pg_catalog.lower(s) DESC"],
    [sql`(s || ')')`, "(s || ')')"],
    [sql`s DESC`, "s DESC"],
    [sql`s COLLATE "C"`, 's COLLATE "C"'],
    [sql`s text_pattern_ops`, "s text_pattern_ops"],
  ])(
    "puts an expression of an index of PostgreSQL in parentheses where it needs them: %j",
    async (expression, expected) => {
      const statements = await compileInHistory((op) => {
        op.createTable("d", [id, column("a", postgresql.JSONB()), column("s", t.text())]);
        op.createIndex("ix", "d", [expression]);
      }, "postgresql");
      expect(statements.at(-1)).toBe(`CREATE INDEX ix ON d (${expected})`);
    },
  );

  it("has vectors where the server has them", async () => {
    const body = (op: Operations): unknown => op.createTable("v", [column("e", mysql.VECTOR(3))]);
    expect(await compileInHistory(body, "mysql", "9.0")).toEqual(["CREATE TABLE v (\n    e VECTOR(3)\n)"]);
    await expect(compileInHistory(body, "mysql", "8.4")).rejects.toThrow("VECTOR");
    await expect(compileInHistory(body, "mariadb", "11.4")).rejects.toThrow("VECTOR");
  });

  it("drops and makes anew what keeps SQL Server from altering a column", async () => {
    const statements = await compileInHistory((op) => {
      op.createTable("p", [id, column("k", t.integer()), check("k > 0", { name: "ck_k" }), index("ix_k", ["k"])]);
      op.alterColumn("p", "k", { type: t.bigInteger() });
    }, "mssql");
    expect(statements.slice(2)).toEqual([
      "DROP INDEX ix_k ON p",
      "ALTER TABLE p DROP CONSTRAINT ck_k",
      "ALTER TABLE p ALTER COLUMN k BIGINT NULL",
      "ALTER TABLE p ADD CONSTRAINT ck_k CHECK (k > 0)",
      "CREATE INDEX ix_k ON p (k)",
    ]);
  });

  it("leaves an index where SQL Server only makes a text longer", async () => {
    const statements = await compileInHistory((op) => {
      op.createTable("p", [id, column("k", t.string(5)), index("ix_k", ["k"])]);
      op.alterColumn("p", "k", { type: t.string(9) });
    }, "mssql");
    expect(statements.slice(2)).toEqual(["ALTER TABLE p ALTER COLUMN k VARCHAR(9) NULL"]);
  });

  it("does not tell Oracle what holds already of NULL", async () => {
    const statements = await compileInHistory((op) => {
      op.createTable("a", [id, column("x", t.string(5))]);
      op.alterColumn("a", "x", { nullable: true, type: t.string(9) });
      op.alterColumn("a", "x", { nullable: false });
      op.alterColumn("a", "x", { nullable: false });
    }, "oracle");
    expect(statements.slice(1)).toEqual(["ALTER TABLE a MODIFY x VARCHAR2(9 CHAR)", "ALTER TABLE a MODIFY x NOT NULL"]);
  });

  it("reads the name of a constraint of SQL Server into a variable that loses nothing of it", async () => {
    const statements = await compileInHistory((op) => {
      op.createTable("größe", [id, column("列", t.string(3), { serverDefault: "x" })]);
      op.alterColumn("größe", "列", { serverDefault: null });
    }, "mssql");
    expect(statements.at(-1)).toMatch(/^declare @const_name nvarchar\(258\)\n/);
  });
});

describe("arguments of types", () => {
  it.each([
    [() => t.string(-5), /its length is -5/],
    [() => t.string(0.5), /its length is 0\.5/],
    [() => t.numeric(10, Number.NaN), /its scale is null/],
    [() => t.string(5, { lenght: 3 } as object), /no argument "lenght"/],
    [() => mysql.SET("x" as never), /its values is "x"/],
    [() => mysql.SET([]), /its values is \[\]/],
    [() => t.enum([]), /its values is \[\]/],
    [() => t.enum(["a", "a"]), /its values is \["a","a"\]/],
    [() => postgresql.BIT({ length: 3 } as never), /its length is \{"length":3\}/],
    [() => t.dateTime({ fsp: 9 }), /its fsp is 9/],
    [() => t.dateTime(true as never), /no object of arguments/],
    [() => (t.integer as (length: number) => unknown)(5), /has no arguments/],
    [() => t.array("integer" as never), /its item is "integer"/],
  ])("are told when they are wrong", (make, message) => {
    expect(make).toThrow(message);
  });
});
