import { describe, expect, it } from "vitest";
import { sqlite as dialect } from "../../../dialects/sqlite/index.js";
import { Catalog } from "../../../src/catalog/catalog.js";
import { compileNodes } from "../../../src/compiler/compile.js";
import { stateAt, ReplayPoint } from "../../../src/compiler/replay.js";
import { Recorder } from "../../../src/revision/recorder.js";
import {
  check,
  column,
  compileOperations,
  computed,
  identity,
  index,
  primaryKey,
  references,
  sql,
  sqlite,
  t,
  table,
  unique,
  UnsupportedError,
  type Operations,
} from "../../../src/index.js";
import { allowUnparsed } from "../../parse-everything/statements.js";

type Body = (op: Operations) => void;

interface Outcome {
  readonly statements: readonly string[];
  readonly notices: readonly string[];
}

/** The statements behind the ones that create the tables, and what is said on the side. */
async function changed(create: Body, change: Body, targetVersion?: string): Promise<Outcome> {
  const notices: string[] = [];
  const options = { dialect: "sqlite", targetVersion, notice: (text: string) => notices.push(text) } as const;
  const before = await compileOperations(create, options);
  notices.length = 0;
  const all = await compileOperations((op) => {
    create(op);
    change(op);
  }, options);
  const statements = all.slice(before.length).map((statement) => statement.sql.replace(/\s+/g, " "));
  return { statements, notices };
}

const createThing: Body = (op) =>
  op.createTable("thing", [
    column("id", t.integer(), { primaryKey: true }),
    column("name", t.string(20), { nullable: false }),
    column("size", t.integer()),
  ]);

const createPair: Body = (op) => {
  createThing(op);
  op.createTable("part", [column("thing_id", t.integer(), { references: references("thing.id") })]);
};

const rebuildStart = "CREATE TABLE _alembic_tmp_thing";

describe("SQLite: a table that the replay knows", () => {
  it.each([
    [
      "a new column",
      (op: Operations) => op.addColumn("thing", column("note", t.text(), { index: true })),
      ["ALTER TABLE thing ADD COLUMN note TEXT", "CREATE INDEX ix_thing_note ON thing (note)"],
    ],
    [
      "a new column with a foreign key",
      (op: Operations) => op.addColumn("thing", column("up", t.integer(), { references: references("thing.id") })),
      ["ALTER TABLE thing ADD COLUMN up INTEGER REFERENCES thing (id)"],
    ],
    [
      "a new boolean with its check",
      (op: Operations) => op.addColumn("thing", column("on", t.boolean({ createConstraint: true, name: "ck_on" }))),
      ['ALTER TABLE thing ADD COLUMN "on" BOOLEAN CONSTRAINT ck_on CHECK ("on" IN (0, 1))'],
    ],
    [
      "a new column that may be there, and is not",
      (op: Operations) => op.addColumn("thing", column("note", t.text()), { ifNotExists: true }),
      ["ALTER TABLE thing ADD COLUMN note TEXT"],
    ],
    [
      "a new column that may be there, and is",
      (op: Operations) => op.addColumn("thing", column("name", t.text()), { ifNotExists: true }),
      [],
    ],
    [
      "a new name",
      (op: Operations) => op.batchAlterTable("thing", (batch) => batch.alterColumn("name", { newColumnName: "title" })),
      ["ALTER TABLE thing RENAME COLUMN name TO title"],
    ],
    [
      "a column that nothing names",
      (op: Operations) => op.batchAlterTable("thing", (batch) => batch.dropColumn("size")),
      ["ALTER TABLE thing DROP COLUMN size"],
    ],
    ["a column that may be gone, and is", (op: Operations) => op.dropColumn("thing", "gone", { ifExists: true }), []],
    [
      "a column with an index, which goes first",
      (op: Operations) => {
        op.createIndex("ix_size", "thing", [sql`abs(size)`]);
        op.dropColumn("thing", "size");
      },
      ["CREATE INDEX ix_size ON thing (abs(size))", "DROP INDEX ix_size", "ALTER TABLE thing DROP COLUMN size"],
    ],
  ])("is changed in place for %s", async (_what, change, expected) => {
    const { statements, notices } = await changed(createThing, change);
    expect(statements).toEqual(expected);
    expect(notices).toEqual([]);
  });

  it.each([
    ["a type", (op: Operations) => op.alterColumn("thing", "size", { type: t.text() })],
    ["NOT NULL", (op: Operations) => op.alterColumn("thing", "size", { nullable: false })],
    ["a default", (op: Operations) => op.alterColumn("thing", "size", { serverDefault: 0 })],
    ["a unique constraint", (op: Operations) => op.createUniqueConstraint("uq", "thing", ["name"])],
    ["a check", (op: Operations) => op.createCheckConstraint("ck", "thing", "size > 0")],
    ["a foreign key", (op: Operations) => op.createForeignKey("fk", "thing", "thing", ["size"], ["id"])],
    ["a unique column", (op: Operations) => op.addColumn("thing", column("code", t.integer(), { unique: true }))],
    [
      "a column with the time as its default",
      (op: Operations) => op.addColumn("thing", column("at", t.dateTime(), { serverDefault: sql`CURRENT_TIMESTAMP` })),
    ],
    [
      "a STORED column",
      (op: Operations) =>
        op.addColumn("thing", column("double", t.integer(), { computed: computed("size * 2", { persisted: true }) })),
    ],
    [
      "a column whose default has a line end of Windows",
      (op: Operations) => op.addColumn("thing", column("text", t.text(), { serverDefault: "a\r\nb" })),
    ],
  ])("is made anew for %s outside a batch, and this is said", async (_what, change) => {
    const { statements, notices } = await changed(createThing, change);
    expect(statements[0]).toContain(rebuildStart);
    expect(statements.filter((text) => !text.startsWith("PRAGMA foreign_key"))).toHaveLength(6);
    expect(notices).toEqual([expect.stringContaining("made anew")]);
  });

  it("is copied without its computed columns", async () => {
    const create: Body = (op) =>
      op.createTable("thing", [
        column("id", t.integer(), { primaryKey: true }),
        column("twice", t.integer(), { computed: computed("id * 2") }),
      ]);
    const { statements } = await changed(create, (op) => op.alterColumn("thing", "id", { type: t.bigInteger() }));
    expect(statements[1]).toBe("INSERT INTO _alembic_tmp_thing (id) SELECT thing.id FROM thing");
  });

  it("keeps the numbers that AUTOINCREMENT gave out", async () => {
    const create: Body = (op) =>
      op.createTable("thing", [column("id", t.integer(), { primaryKey: true }), column("x", t.integer())], {
        sqlite: { autoincrement: true },
      });
    const { statements } = await changed(create, (op) => op.alterColumn("thing", "x", { type: t.text() }));
    expect(statements).toContain(
      "UPDATE sqlite_sequence SET seq = coalesce((SELECT old.seq FROM sqlite_sequence AS old WHERE old.name = 'thing'), seq) WHERE name = '_alembic_tmp_thing'",
    );
  });

  it("is made anew with foreign keys off, and checks them, while another table refers to it", async () => {
    const { statements } = await changed(createPair, (op) => op.alterColumn("thing", "size", { type: t.text() }));
    expect(statements[0]).toBe("PRAGMA foreign_keys = OFF");
    expect(statements.slice(-2)).toEqual(["PRAGMA foreign_key_check", "PRAGMA foreign_keys = ON"]);
  });

  it("switches foreign keys outside the transaction, where alone the switch works", async () => {
    const statements = await compileOperations(
      (op) => {
        createPair(op);
        op.alterColumn("thing", "size", { type: t.text() });
      },
      { dialect: "sqlite" },
    );
    const outside = statements.filter(({ autocommit }) => autocommit).map((statement) => statement.sql);
    expect(outside).toEqual(["PRAGMA foreign_keys = OFF", "PRAGMA foreign_keys = ON"]);
  });

  it("renames a column that another table refers to in place, so that the other table follows", async () => {
    const { statements } = await changed(createPair, (op) =>
      op.batchAlterTable("thing", (batch) => {
        batch.dropColumn("size");
        batch.alterColumn("id", { newColumnName: "key", type: t.bigInteger() });
      }),
    );
    const rename = statements.indexOf('ALTER TABLE thing RENAME COLUMN id TO "key"');
    expect(rename).toBeGreaterThan(0);
    expect(statements[rename - 1]).toBe("PRAGMA foreign_keys = ON");
    expect(statements[rename + 2]).toContain('"key" BIGINT');
  });

  it("loses a check with the column that it mentions, and this is said", async () => {
    const create: Body = (op) =>
      op.createTable("thing", [
        column("low", t.integer()),
        column("high", t.integer()),
        check("low < high", { name: "ck_order" }),
      ]);
    const { statements, notices } = await changed(create, (op) =>
      op.batchAlterTable("thing", (batch) => batch.dropColumn("high")),
    );
    expect(statements[0]).toBe("CREATE TABLE _alembic_tmp_thing ( low INTEGER )");
    expect(notices).toEqual([
      'The check ck_order (low < high) of table "thing" goes with column "high", which it mentions.',
    ]);
  });

  it("keeps a check whose string has the name of a dropped column in it", async () => {
    const create: Body = (op) =>
      op.createTable("thing", [
        column("kind", t.text()),
        column("high", t.integer()),
        check("kind <> 'high'", { name: "ck_kind" }),
        index("ix", ["high"]),
      ]);
    const { statements } = await changed(create, (op) =>
      op.batchAlterTable("thing", { recreate: "always" }, (batch) => batch.dropColumn("high")),
    );
    expect(statements[0]).toBe(
      "CREATE TABLE _alembic_tmp_thing ( kind TEXT, CONSTRAINT ck_kind CHECK (kind <> 'high') )",
    );
  });

  it("carries a new name into checks, computed columns and indexes", async () => {
    const create: Body = (op) =>
      op.createTable("thing", [
        column("a", t.integer(), { check: check("a > 0") }),
        column("twice", t.integer(), { computed: computed("a * 2") }),
        index("ix_a", [sql`abs(a)`], { sqlite: { where: "a IS NOT NULL AND twice <> 'a'" } }),
      ]);
    const { statements } = await changed(create, (op) =>
      op.alterColumn("thing", "a", { newColumnName: "Size", type: t.bigInteger() }),
    );
    expect(statements[0]).toContain('CHECK ("Size" > 0)');
    expect(statements[0]).toContain('GENERATED ALWAYS AS ("Size" * 2)');
    expect(statements.at(-1)).toBe(
      `CREATE INDEX ix_a ON thing (abs("Size")) WHERE "Size" IS NOT NULL AND twice <> 'a'`,
    );
  });

  it.each([
    [
      "a column of a key of two",
      (op: Operations) =>
        op.createTable("pair", [column("a", t.integer()), column("b", t.integer()), primaryKey(["a", "b"])]),
      (op: Operations) => op.batchAlterTable("pair", (batch) => batch.dropColumn("b")),
      /primary key/,
    ],
    [
      "a column that another is computed from",
      (op: Operations) =>
        op.createTable("pair", [column("a", t.integer()), column("b", t.integer(), { computed: computed("a + 1") })]),
      (op: Operations) => op.batchAlterTable("pair", (batch) => batch.dropColumn("a")),
      /"b" is computed from "a"/,
    ],
    [
      "all columns",
      (op: Operations) => op.createTable("pair", [column("a", t.integer(), { unique: true })]),
      (op: Operations) =>
        op.batchAlterTable("pair", (batch) => {
          batch.addColumn(column("b", t.integer()));
          batch.dropColumn("a");
        }),
      /none of its columns is left/,
    ],
  ])("refuses to drop %s", async (_what, create, change, message) => {
    await expect(changed(create, change)).rejects.toThrow(message);
  });
});

describe("SQLite: a table that nobody knows", () => {
  it.each([
    ["a type", (op: Operations) => op.alterColumn("t", "c", { type: t.text() }), /copyFrom/],
    ["a constraint to drop", (op: Operations) => op.dropConstraint("uq", "t"), /copyFrom/],
    ["a unique column", (op: Operations) => op.addColumn("t", column("c", t.integer(), { unique: true })), /copyFrom/],
    [
      "an inline primary key",
      (op: Operations) => op.addColumn("t", column("c", t.integer(), { primaryKey: true }), { inlinePrimaryKey: true }),
      /copyFrom/,
    ],
    [
      "a batch",
      (op: Operations) => op.batchAlterTable("t", (batch) => batch.alterColumn("c", { nullable: true })),
      /copyFrom/,
    ],
    [
      "a batch that has to make it anew",
      (op: Operations) => op.batchAlterTable("t", { recreate: "always" }, () => undefined),
      /copyFrom/,
    ],
    ["a comment", (op: Operations) => op.createTableComment("t", "x"), /sqlite/],
    ["a comment of a column", (op: Operations) => op.alterColumn("t", "c", { comment: "x" }), /sqlite/],
    ["an enum type", (op: Operations) => op.createEnumType("e", ["a"]), /t\.enum/],
    ["an identity", (op: Operations) => op.alterColumn("t", "c", { serverDefault: identity() }), /new column/],
    [
      "a deferred unique constraint",
      (op: Operations) => op.createTable("t", [column("a", t.integer()), unique(["a"], { deferrable: true })]),
      /deferrable/,
    ],
    [
      "a deferred check",
      (op: Operations) => op.createTable("t", [column("a", t.integer()), check("a > 0", { initially: "DEFERRED" })]),
      /deferrable/,
    ],
    [
      "ON CONFLICT on the check of a column",
      (op: Operations) =>
        op.createTable("t", [column("a", t.integer(), { check: check("a > 0", { sqlite: { onConflict: "FAIL" } }) })]),
      /items of the table/,
    ],
    [
      "an unknown conflict clause",
      (op: Operations) =>
        op.createTable("t", [column("a", t.integer()), unique(["a"], { sqlite: { onConflict: "x) --" } })]),
      /ROLLBACK/,
    ],
    [
      "a VARCHAR in a STRICT table",
      (op: Operations) => op.createTable("t", [column("a", t.string())], { sqlite: { strict: true } }),
      /t\.text/,
    ],
    [
      "AUTOINCREMENT on a BIGINT",
      (op: Operations) =>
        op.createTable("t", [column("a", t.bigInteger(), { primaryKey: true })], { sqlite: { autoincrement: true } }),
      /t\.integer/,
    ],
    [
      "a counting column in a key of two",
      (op: Operations) =>
        op.createTable("t", [
          column("a", t.integer(), { primaryKey: true, autoincrement: true }),
          column("b", t.integer(), { primaryKey: true }),
        ]),
      /unique constraint/,
    ],
    ["a table without columns", (op: Operations) => op.createTable("t", []), /column/],
    ["an array", (op: Operations) => op.createTable("t", [column("a", t.array(t.integer()))]), /t\.json/],
  ])("is not changed by %s: the error says what to write", async (_what, body, hint) => {
    const failure = compileOperations(body, { dialect: "sqlite" });
    await expect(failure).rejects.toHaveProperty("hint", expect.stringMatching(hint));
  });

  it("is changed in place as Alembic does, with a remark where SQLite may refuse", async () => {
    allowUnparsed(/IF (?:NOT )?EXISTS/, "SQLite refuses it, as the remarks say");
    const notices: string[] = [];
    const statements = await compileOperations(
      (op) => {
        op.addColumn("t", column("a", t.dateTime(), { serverDefault: sql`CURRENT_TIMESTAMP` }));
        op.addColumn("t", column("b", t.boolean({ createConstraint: true })));
        op.addColumn("t", column("c", t.integer()), { ifNotExists: true });
        op.dropColumn("t", "d", { ifExists: true });
      },
      { dialect: "sqlite", notice: (text) => notices.push(text) },
    );
    expect(statements.map((statement) => statement.sql)).toEqual([
      "ALTER TABLE t ADD COLUMN a DATETIME DEFAULT CURRENT_TIMESTAMP",
      "ALTER TABLE t ADD COLUMN b BOOLEAN",
      "ALTER TABLE t ADD COLUMN IF NOT EXISTS c INTEGER",
      "ALTER TABLE t DROP COLUMN IF EXISTS d",
    ]);
    expect(notices).toEqual([
      expect.stringContaining("no constant"),
      expect.stringContaining("check of the type"),
      expect.stringContaining("no ADD COLUMN IF NOT EXISTS"),
      expect.stringContaining("no DROP COLUMN IF EXISTS"),
    ]);
  });

  it("is told apart from the table of copyFrom", async () => {
    const failure = compileOperations(
      (op) => op.batchAlterTable("t", { copyFrom: table("u", [column("a", t.integer())]) }, () => undefined),
      { dialect: "sqlite" },
    );
    await expect(failure).rejects.toThrow(/"t".*"u"/);
  });

  it("takes no column between others without being made anew, as in Alembic", async () => {
    const copyFrom = table("t", [column("a", t.integer()), column("b", t.integer())]);
    const failure = compileOperations(
      (op) =>
        op.batchAlterTable("t", { copyFrom }, (batch) =>
          batch.addColumn(column("c", t.integer()), { insertAfter: "a" }),
        ),
      { dialect: "sqlite" },
    );
    await expect(failure).rejects.toHaveProperty("hint", expect.stringContaining('recreate: "always"'));
  });

  it.each([
    [
      "column",
      (op: Operations) =>
        op.batchAlterTable("t", { copyFrom: table("t", [column("name", t.text())]) }, (batch) =>
          batch.dropColumn("nam"),
        ),
    ],
    [
      "constraint",
      (op: Operations) =>
        op.batchAlterTable(
          "t",
          { copyFrom: table("t", [column("a", t.text()), unique(["a"], { name: "name" })]) },
          (batch) => batch.dropConstraint("nam"),
        ),
    ],
    [
      "index",
      (op: Operations) =>
        op.batchAlterTable(
          "t",
          { recreate: "always", copyFrom: table("t", [column("a", t.text()), index("name", ["a"])]) },
          (batch) => batch.dropIndex("nam"),
        ),
    ],
  ])("has no %s of that name: the nearest one is suggested", async (_what, body) => {
    const failure = compileOperations(body, { dialect: "sqlite" });
    await expect(failure).rejects.toHaveProperty("hint", expect.stringContaining('Did you mean "name"?'));
  });
});

describe("SQLite: a table that SQL text may have changed", () => {
  const thing = table("thing", [column("id", t.integer(), { primaryKey: true }), column("size", t.integer())]);
  const compile = async (body: Body, unknown: string): Promise<readonly string[]> => {
    const because = { sql: "ALTER TABLE thing …", origin: undefined };
    const catalog = Catalog.empty({ isComplete: true }).withTable(thing).withUnknown([unknown], because);
    const operations = await new Recorder({ dialect: { name: "sqlite", version: "3.45" } }).record(body);
    const { statements } = compileNodes(operations, { dialect }, stateAt(ReplayPoint.start(() => catalog)));
    return statements.map((statement) => statement.sql);
  };

  it("is not made anew: the error shows the text", async () => {
    const body: Body = (op) => op.alterColumn("thing", "size", { type: t.text() });
    await expect(compile(body, "thing")).rejects.toThrow(/ALTER TABLE thing …/);
    await expect(compile(body, "thing")).rejects.toHaveProperty("hint", expect.stringContaining("copyFrom"));
  });

  it("may refer to another one: foreign keys are off while one is made anew", async () => {
    const statements = await compile((op) => op.alterColumn("thing", "size", { type: t.text() }), "other");
    expect(statements[0]).toBe("PRAGMA foreign_keys = OFF");
  });
});

describe("SQLite: what copyFrom tells", () => {
  const copyFrom = table("t", [column("a", t.integer()), column("b", t.text(), { index: true }), check("b <> ''")]);

  it.each([
    [
      "keeps the index of a column, which Alembic loses",
      (op: Operations) => op.batchAlterTable("t", { copyFrom, recreate: "always" }, () => undefined),
      "CREATE INDEX ix_t_b ON t (b)",
    ],
    [
      "drops an index with its column",
      (op: Operations) => op.batchAlterTable("t", { copyFrom }, (batch) => batch.dropColumn("b")),
      "ALTER TABLE _alembic_tmp_t RENAME TO t",
    ],
  ])("%s", async (_what, body, last) => {
    const statements = await compileOperations(body, { dialect: "sqlite" });
    expect(statements.at(-1)?.sql).toBe(last);
  });

  it("renames the column inside a check, which Alembic leaves with the old name", async () => {
    const [create] = await compileOperations(
      (op) => op.batchAlterTable("t", { copyFrom }, (batch) => batch.alterColumn("b", { newColumnName: "c" })),
      { dialect: "sqlite" },
    );
    expect(create?.sql).toContain("CHECK (c <> '')");
  });

  it("takes a new constraint under the new name of a column and under the old one", async () => {
    for (const name of ["a", "c"]) {
      const [create] = await compileOperations(
        (op) =>
          op.batchAlterTable("t", { copyFrom }, (batch) => {
            batch.alterColumn("a", { newColumnName: "c" });
            batch.createUniqueConstraint("uq", [name]);
          }),
        { dialect: "sqlite" },
      );
      expect(create?.sql).toContain("CONSTRAINT uq UNIQUE (c)");
    }
  });

  it("gives a column that is added the check of its type once", async () => {
    const [create] = await compileOperations(
      (op) =>
        op.batchAlterTable("t", { copyFrom: table("t", [column("a", t.integer())]) }, (batch) =>
          batch.addColumn(column("b", t.boolean({ createConstraint: true, name: "ck" }))),
        ),
      { dialect: "sqlite" },
    );
    expect(create?.sql.match(/CHECK/g)).toHaveLength(1);
  });
});

describe("SQLite: target versions", () => {
  it.each([
    ["3.30", (op: Operations) => op.createTable("t", [column("a", t.integer(), { computed: computed("1") })]), /3\.31/],
    [
      "3.36",
      (op: Operations) => op.createTable("t", [column("a", t.integer())], { sqlite: { strict: true } }),
      /3\.37/,
    ],
    ["3.44", (op: Operations) => op.createTable("t", [column("a", sqlite.JSONB())]), /3\.45/],
    ["3.34", (op: Operations) => op.dropColumn("t", "a"), /3\.35/],
  ])("before what it asks for, %s, is an error that names the version", async (targetVersion, body, message) => {
    const failure = compileOperations(body, { dialect: "sqlite", targetVersion });
    await expect(failure).rejects.toThrow(UnsupportedError);
    await expect(failure).rejects.toThrow(message);
  });

  it("make a table anew to drop a column before 3.35", async () => {
    const { statements } = await changed(createThing, (op) => op.dropColumn("thing", "size"), "3.34");
    expect(statements[0]).toContain(rebuildStart);
  });

  it("change checks and NOT NULL in place from 3.53", async () => {
    const { statements } = await changed(
      createThing,
      (op) => {
        op.createCheckConstraint("ck", "thing", "size > 0");
        op.alterColumn("thing", "size", { nullable: false });
        op.alterColumn("thing", "name", { nullable: true, newColumnName: "title" });
        op.dropConstraint("ck", "thing");
      },
      "3.53",
    );
    expect(statements).toEqual([
      "ALTER TABLE thing ADD CONSTRAINT ck CHECK (size > 0)",
      "ALTER TABLE thing ALTER COLUMN size SET NOT NULL",
      "ALTER TABLE thing ALTER COLUMN name DROP NOT NULL",
      "ALTER TABLE thing RENAME COLUMN name TO title",
      "ALTER TABLE thing DROP CONSTRAINT ck",
    ]);
  });
});
