import { describe, expect, it } from "vitest";
import { check, column, computed, foreignKey, primaryKey, sql, t, unique } from "../../../../src/index.js";
import {
  comparison,
  readSql,
  same,
  schemaAfter,
  unknownIn,
  type Body,
  type Equivalent,
} from "../../shared/reader/read-sql.js";

const start: Body = (op) => {
  op.createTable("person", [column("id", t.integer(), { primaryKey: true }), column("name", t.string(20))]);
  op.createTable("item", [
    column("id", t.integer(), { primaryKey: true }),
    column("name", t.string(50), { nullable: false }),
    column("owner", t.integer()),
  ]);
  op.createIndex("ix_item_name", "item", ["name"]);
};

const statements: Readonly<Record<string, Equivalent>> = {
  "a table with keys, checks and defaults": {
    sql: `CREATE TABLE "t" (id INTEGER PRIMARY KEY, name VARCHAR(50) NOT NULL DEFAULT 'it''s', "key" TEXT COLLATE NOCASE,
      b BOOLEAN NOT NULL DEFAULT 0 CHECK (b IN (0, 1)), d DATETIME DEFAULT CURRENT_TIMESTAMP, e NUMERIC(10, 2) DEFAULT (1 + 2),
      f INTEGER REFERENCES person (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, g INTEGER GENERATED ALWAYS AS (id * 2) STORED,
      UNIQUE (name, b), CONSTRAINT ck CHECK (length(name) > 2))`,
    calls: (op) =>
      op.createTable("t", [
        column("id", t.integer(), { primaryKey: true, nullable: true }),
        column("name", t.string(50), { nullable: false, serverDefault: "it's" }),
        column("key", t.TEXT({ collation: "NOCASE" })),
        column("b", t.boolean(), { nullable: false, serverDefault: sql`0`, check: check("b IN (0, 1)") }),
        column("d", t.dateTime(), { serverDefault: sql`CURRENT_TIMESTAMP` }),
        column("e", t.numeric(10, 2), { serverDefault: sql`(1 + 2)` }),
        column("f", t.integer()),
        column("g", t.integer(), { computed: computed("id * 2", { persisted: true }) }),
        foreignKey("f", "person.id", { onDelete: "CASCADE", deferrable: true, initially: "DEFERRED" }),
        unique(["name", "b"]),
        check("length(name) > 2", { name: "ck" }),
      ]),
  },
  "a table with options, names in brackets and backticks": {
    sql: "CREATE TABLE IF NOT EXISTS [weird t] (`a` INTEGER NOT NULL, b TEXT, CONSTRAINT pk PRIMARY KEY (a, b)) WITHOUT ROWID, STRICT",
    calls: (op) =>
      op.createTable(
        "weird t",
        [column("a", t.integer(), { nullable: false }), column("b", t.text()), primaryKey(["a", "b"], { name: "pk" })],
        { sqlite: { withRowid: false, strict: true } },
      ),
  },
  "a key that is never used again, and conflicts": {
    sql: "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT UNIQUE ON CONFLICT IGNORE, b TEXT NOT NULL ON CONFLICT FAIL)",
    calls: (op) =>
      op.createTable(
        "t",
        [
          column("id", t.integer(), { primaryKey: true, nullable: true }),
          column("a", t.text()),
          column("b", t.text(), { nullable: false, sqlite: { onConflictNotNull: "FAIL" } }),
          unique(["a"], { sqlite: { onConflict: "IGNORE" } }),
        ],
        { sqlite: { autoincrement: true } },
      ),
  },
  "columns that come, go and change their names": {
    sql: `ALTER TABLE item ADD COLUMN weight INTEGER NOT NULL DEFAULT 1; ALTER TABLE item ADD seller INTEGER REFERENCES person(id);
      ALTER TABLE item RENAME COLUMN name TO title; ALTER TABLE item RENAME owner TO keeper; ALTER TABLE item DROP COLUMN weight`,
    calls(op) {
      op.addColumn("item", column("seller", t.integer()));
      op.createForeignKey(null, "item", "person", ["seller"], ["id"]);
      op.alterColumn("item", "name", { newColumnName: "title" });
      op.alterColumn("item", "owner", { newColumnName: "keeper" });
    },
  },
  "a table made anew by hand": {
    sql: `PRAGMA foreign_keys=OFF; BEGIN; CREATE TABLE new_item (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO new_item SELECT id, name FROM item;
      DROP TABLE item; ALTER TABLE new_item RENAME TO item; COMMIT; PRAGMA foreign_keys=ON;`,
    calls(op) {
      op.dropTable("item");
      op.createTable("item", [
        column("id", t.integer(), { primaryKey: true, nullable: true }),
        column("name", t.text()),
      ]);
    },
  },
  "indexes, views and triggers": {
    sql: `CREATE UNIQUE INDEX IF NOT EXISTS main.ix ON item (lower(name), owner DESC) WHERE owner IS NOT NULL; DROP INDEX ix_item_name;
      CREATE VIEW v AS SELECT id FROM item; CREATE TRIGGER tr AFTER INSERT ON item WHEN NEW.id > 0 BEGIN UPDATE item SET name = 'x; end'; SELECT CASE WHEN 1 THEN 2 END; END;
      DROP VIEW IF EXISTS none`,
    calls(op) {
      op.createIndex("ix", "item", [sql`lower(name)`, sql`owner DESC`], {
        unique: true,
        sqlite: { where: sql`owner IS NOT NULL` },
      });
      op.dropIndex("ix_item_name", { tableName: "item" });
      op.createView("v", "SELECT id FROM item");
      op.createTrigger("tr", "item", "BEGIN UPDATE item SET name = 'x; end'; SELECT CASE WHEN 1 THEN 2 END; END", {
        timing: "after",
        events: "insert",
        when: "NEW.id > 0",
      });
    },
  },
};

describe("SQL text on SQLite does the same as a directive", () => {
  it.each(Object.keys(statements))("%s", async (name) => {
    expect(await comparison("sqlite", start, statements[name] as Equivalent)).toEqual(same);
  });

  it("keeps the words of a type, since they decide what the column is", async () => {
    const after = await schemaAfter("sqlite", (op) =>
      op.execute("CREATE TABLE t (a INT PRIMARY KEY, b unsigned big int, c, d geometry(1, 2))"),
    );
    const types = after.table(undefined, "t")?.columns.map(({ type }) => type.parameters);
    expect(types).toEqual([{ text: "INT" }, { text: "unsigned big int" }, { text: "" }, { text: "geometry(1, 2)" }]);
  });
});

it("SQL text on SQLite is read also where it changes the schema as rows", async () => {
  const after = await schemaAfter("sqlite", (op) => op.execute("UPDATE sqlite_schema SET sql = 'x'"));
  expect(unknownIn(after)).toEqual(["*"]);
});

describe("SQL text on SQLite that is not understood makes unknown what it names", () => {
  it.each([
    ["a table made of a query", "CREATE TABLE copy AS SELECT 1", ["copy"]],
    ["another database", "ATTACH DATABASE 'other.db' AS other", ["*"]],
    ["rows of the table that holds the schema", "UPDATE sqlite_master SET sql = 'x' WHERE name = 't'", ["*"]],
    ["a table that passes", "CREATE TEMP TABLE passing (a)", ["passing"]],
  ])("%s", async (_title, text, names) => {
    expect(await readSql("sqlite", text)).toEqual({ operations: [], unknown: names });
  });
});
