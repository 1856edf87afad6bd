import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sqliteInWasm from "node-sqlite3-wasm";
import { column, t, type Operations } from "sqlembic";
import { describe, expect, it } from "vitest";
import { checked } from "../../../dialects/sqlite/script/run-checks.js";
import { allowUnparsed } from "../../parse-everything/statements.js";
import { compileScript } from "../../dialects/shared/compile-script.js";

/** The statements of a script as a tool finds them that cuts it at its semicolons, those in quotes left out. */
function cutAtSemicolons(script: string): readonly string[] {
  const pieces = script.matchAll(/(?:--[^\n]*|'(?:[^']|'')*'|"(?:[^"]|"")*"|[^;'"-]|-(?!-))+;?/g);
  return [...pieces].map(([piece]) => piece.trim()).filter((piece) => piece !== "" && piece !== ";");
}

/** Runs every piece, whatever becomes of the ones before; returns what failed. */
function applyGoingOn(database: sqliteInWasm.Database, pieces: readonly string[]): readonly string[] {
  const errors: string[] = [];
  for (const piece of pieces) {
    try {
      database.exec(piece);
    } catch (error) {
      errors.push(String(error));
    }
  }
  return errors;
}

function stateOf(database: sqliteInWasm.Database): string {
  if (database.inTransaction) database.exec("ROLLBACK"); // what closing the connection does
  const schema = database.all(
    "SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name",
  ) as unknown as readonly { readonly name: string; readonly sql: string }[];
  const tables = schema.filter(({ sql }) => sql.startsWith("CREATE TABLE"));
  return JSON.stringify([schema, tables.map(({ name }) => database.all(`SELECT * FROM "${name}" ORDER BY 1`))]);
}

const before = (op: Operations): void => {
  op.createTable("account", [
    column("id", t.integer(), { primaryKey: true }),
    column("name", t.text(), { unique: true }),
  ]);
  op.createTable("empty", [column("id", t.integer())]);
  op.bulkInsert("account", [
    { id: 1, name: "a" },
    { id: 2, name: "b" },
  ]);
};
/** Everything that a revision may hold: rows by hand and by value, none at all, schema, a table that is made anew. */
const change = (op: Operations): void => {
  op.addColumn("account", column("note", t.text(), { nullable: true }));
  op.bulkInsert("account", [{ id: 3, name: "c" }]);
  op.execute("UPDATE account SET note = 'it''s; --' WHERE id > 1; DELETE FROM account WHERE id = 2");
  op.execute("UPDATE empty SET id = 1");
  op.execute("INSERT INTO account (id, name)\nSELECT id + 10, name || '!' FROM account -- and more");
  op.execute("INSERT INTO account (id, name) SELECT 1, 'x' WHERE 0");
  op.execute("INSERT OR IGNORE INTO account (id, name) VALUES (1, 'x')");
  op.execute("CREATE TABLE IF NOT EXISTS empty (id INTEGER)");
  op.execute("CREATE TABLE IF NOT EXISTS more (id INTEGER)");
  op.execute("DROP TABLE IF EXISTS absent");
  op.execute("DELETE FROM empty");
  op.createIndex("ix_note", "account", ["note"]);
  op.batchAlterTable("empty", (batch) => batch.alterColumn("id", { nullable: false }));
  op.renameTable("more", "most");
};

async function scriptFor(
  upgrade: (op: Operations) => void,
  transactionPerMigration = false,
): Promise<{ readonly start: string; readonly script: string; readonly pieces: readonly string[] }> {
  const history = [
    { id: "a1", upgrade: before },
    { id: "b2", follows: ["a1"], upgrade },
    { id: "c3", follows: ["b2"], upgrade: (op: Operations) => op.createTable("last", [column("id", t.integer())]) },
  ];
  const options = { client: "any", transactionPerMigration } as const;
  const start = await compileScript({ dialect: "sqlite" }, history, "a1", options);
  const script = await compileScript({ dialect: "sqlite", lockTimeout: 1 }, history, "a1:c3", options);
  return { start, script, pieces: cutAtSemicolons(script) };
}

function databaseAt(start: string): sqliteInWasm.Database {
  const database = new sqliteInWasm.Database(":memory:");
  database.exec(start);
  return database;
}

/** Runs a statement and takes it back. */
function failsIn(database: sqliteInWasm.Database, statement: string): void {
  database.exec("BEGIN");
  try {
    database.exec(statement);
  } finally {
    database.exec("ROLLBACK");
  }
}

describe.each([false, true])(
  "a client that goes on after errors, a transaction for each revision: %s",
  (perMigration) => {
    it("applies a script in which nothing fails", async () => {
      const { start, pieces } = await scriptFor(change, perMigration);
      const database = databaseAt(start);
      expect(applyGoingOn(database, pieces)).toEqual([]);
      expect(database.all("SELECT version_num FROM alembic_version")).toEqual([{ version_num: "c3" }]);
      expect(database.all("SELECT name FROM temp.sqlite_master")).toEqual([]);
      database.close();
    });

    it("applies a revision that goes back to a savepoint", async () => {
      allowUnparsed(/SAVEPOINT|ROLLBACK TO/, "the grammar has no savepoints");
      const { start, pieces } = await scriptFor((op) => {
        op.execute("SAVEPOINT s");
        op.execute("INSERT INTO empty VALUES (1)");
        op.execute("ROLLBACK TO s");
        op.execute("INSERT INTO empty VALUES (2)");
      }, perMigration);
      const database = databaseAt(start);
      expect(applyGoingOn(database, pieces)).toEqual([]);
      expect(database.all("SELECT id FROM empty")).toEqual([{ id: 2 }]);
      database.close();
    });

    it("keeps nothing of a transaction in which any one of the statements fails", async () => {
      const { start, pieces } = await scriptFor(change, perMigration);
      const whole = new Set<string>();
      const database = databaseAt(start);
      whole.add(stateOf(database));
      for (const piece of pieces) {
        applyGoingOn(database, [piece]);
        if (!database.inTransaction) whole.add(stateOf(database));
      }
      database.close();
      expect(whole.size).toBe(perMigration ? 3 : 2);
      for (const [place, piece] of pieces.entries()) {
        const tried = databaseAt(start);
        applyGoingOn(tried, pieces.with(place, "SELECT * FROM nowhere"));
        expect(whole, piece).toContain(stateOf(tried));
        tried.close();
      }
    });
  },
);

describe("a client that cuts a script inside its texts", () => {
  it("applies nothing of it", async () => {
    const { start, script } = await scriptFor((op) => {
      op.bulkInsert("empty", [{ id: 1 }]);
      op.execute("INSERT INTO account (id, name) VALUES (7, 'one;\ntwo')");
      op.execute("UPDATE account SET name = 'z' WHERE id = 1");
    });
    const database = databaseAt(start);
    const state = stateOf(database);
    expect(applyGoingOn(database, script.split(";\n"))).not.toEqual([]);
    expect(stateOf(database)).toBe(state);
    database.close();
  });
});

describe("a lock that goes away while a client goes on", () => {
  it("leaves all of a revision or nothing of it, whenever that is", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sqlembic-going-on-"));
    const { start, pieces } = await scriptFor(change);
    const whole = new Set<string>();
    try {
      for (const [place, last] of pieces.entries()) {
        const file = join(folder, `${place}.db`);
        const database = new sqliteInWasm.Database(file);
        database.exec(start);
        whole.add(stateOf(database));
        mkdirSync(`${file}.lock`); // what another process with this SQLite does
        const locked = applyGoingOn(database, pieces.slice(0, place));
        rmSync(`${file}.lock`, { recursive: true });
        applyGoingOn(database, pieces.slice(place));
        const state = stateOf(database);
        if (locked.length === 0) whole.add(state);
        expect(whole, last).toContain(state);
        database.close();
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
    expect(whole.size).toBe(2);
  });
});

describe("a statement that fails while it runs, in a client that goes on", () => {
  it.each([
    ["a row that is there", "INSERT INTO account VALUES (1, 'z')"],
    ["a query with a row that is there", "INSERT INTO account SELECT id, name FROM account"],
    [
      "a query with a name that is there, behind WITH",
      "WITH x AS (SELECT 9 AS id) INSERT INTO account SELECT id, 'a' FROM x",
    ],
    ["an update that makes two rows the same", "UPDATE account SET name = 'a' WHERE id > 0"],
    ["an update of all rows", "UPDATE account SET name = NULL"],
    [
      "an update from another table",
      "UPDATE account SET id = 1 FROM empty RIGHT JOIN (SELECT 2 AS two) AS x WHERE account.id = x.two",
    ],
    ["a deletion that rows refer to", "DELETE FROM account WHERE id = 1"],
    ["a unique index over rows that are the same", "CREATE UNIQUE INDEX u ON child (account)"],
    ["a table that cannot be filled", "CREATE TABLE x AS SELECT abs(-9223372036854775808) AS z"],
    ["a column that rows cannot have", "ALTER TABLE account ADD COLUMN q INTEGER NOT NULL CHECK (q > 1) DEFAULT 0"],
    ["a table that rows refer to", "DROP TABLE account"],
  ])("keeps the revision from being committed: %s", async (_what, statement) => {
    const { start, pieces } = await scriptFor((op) => {
      op.execute("CREATE TABLE one (id INTEGER)");
      op.execute("SELECT 'here'");
      op.execute("CREATE TABLE two (id INTEGER)");
    });
    const database = databaseAt(start);
    database.exec("PRAGMA foreign_keys = ON; CREATE TABLE child (account INTEGER NOT NULL REFERENCES account (id))");
    database.exec("INSERT INTO child VALUES (1), (1)");
    database.exec(
      "CREATE TRIGGER named BEFORE UPDATE ON account WHEN NEW.name IS NULL BEGIN SELECT RAISE(ABORT, 'no name'); END",
    );
    const state = stateOf(database);
    const here = pieces.findIndex((piece) => piece.startsWith("SELECT 'here'"));
    const tried = pieces.toSpliced(here, 2, ...checked(statement).flatMap(({ sql, note }) => [`${sql};`, note ?? ""]));
    expect(() => failsIn(database, statement)).toThrow();
    expect(applyGoingOn(database, tried)).not.toEqual([]);
    expect(stateOf(database)).toBe(state);
    database.close();
  });
});

describe("what shows that a statement has run", () => {
  const conditionsOf = (sql: string): readonly string[] =>
    checked(sql).map(({ note }) => /SELECT (.*), total, version FROM/s.exec(note ?? "")?.[1] ?? "");

  it.each([
    ["DELETE FROM t AS a WHERE a.b = ')' RETURNING b", "SELECT 1 FROM t AS a WHERE a.b = ')'"],
    [
      "UPDATE t SET a = (SELECT b FROM c WHERE d), e = 1 WHERE f IS DISTINCT FROM 2",
      "SELECT 1 FROM t WHERE f IS DISTINCT FROM 2",
    ],
    [
      "UPDATE OR FAIL main.t AS a SET a = 1 FROM b JOIN c USING (d) WHERE e",
      "SELECT 1 FROM main.t AS a, (b JOIN c USING (d)) WHERE e",
    ],
    ["INSERT INTO t (a, b) SELECT a, b FROM c ORDER BY 1", "SELECT a, b FROM c ORDER BY 1"],
    ["REPLACE INTO t WITH q AS (SELECT 1) SELECT * FROM q", "WITH q AS (SELECT 1) SELECT * FROM q"],
  ])("is what it has left to do: %s", (statement, work) => {
    expect(conditionsOf(statement)).toEqual([`CASE WHEN moved THEN 1 WHEN idle THEN NOT EXISTS (${work}) ELSE 0 END`]);
  });

  it("is a change, for what always changes something", () => {
    const statements = [
      "INSERT INTO t VALUES (1)",
      "INSERT INTO t DEFAULT VALUES",
      "ALTER TABLE t ADD a",
      "DROP TABLE t",
      "CREATE INDEX i ON t (a)",
    ];
    expect(conditionsOf(statements.join(";\n"))).toEqual(statements.map(() => "moved"));
  });

  it("is that it was prepared, for what may pass over rows by its own wish", () => {
    expect(conditionsOf("INSERT OR IGNORE INTO t VALUES (1)")).toEqual(["moved OR idle"]);
    expect(conditionsOf("INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING")).toEqual(["moved OR idle"]);
  });

  it("is what is listed, for what may do nothing, or in another schema", () => {
    expect(conditionsOf("DROP VIEW IF EXISTS other.[a b]")).toEqual([
      `moved OR NOT EXISTS (SELECT 1 FROM "other".sqlite_master WHERE name = 'a b' COLLATE NOCASE)`,
    ]);
    expect(conditionsOf("CREATE TEMP TABLE IF NOT EXISTS t (a)")).toEqual([
      "moved OR EXISTS (SELECT 1 FROM temp.sqlite_master WHERE name = 't' COLLATE NOCASE)",
    ]);
  });

  it("is nothing for what changes nothing", () => {
    expect(conditionsOf("SELECT 1")).toEqual(["1"]);
    expect(conditionsOf("WITH x AS (SELECT 1 AS a) SELECT replace(a, 1, 2) FROM x")).toEqual(["1"]);
  });
});
