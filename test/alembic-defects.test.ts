import { describe, expect, it } from "vitest";
import {
  compileOperations,
  compileRange,
  column,
  index,
  mysql,
  sql,
  t,
  table,
  type DialectName,
  type Operations,
} from "sqlembic";
import { allowUnparsed } from "./parse-everything/statements.js";
import { history, type RevisionInMemory } from "./support/history.js";

/**
 * Defects of Alembic's --sql mode that must not exist here, each under its name. What the servers refuse outright is
 * in dialects/strictness.test.ts.
 */

const one: RevisionInMemory = {
  id: "a1",
  upgrade: (op) => op.createTable("t", [column("id", t.integer(), { primaryKey: true }), column("x", t.integer())]),
  downgrade: (op) => op.dropTable("t"),
};

async function statements(body: (op: Operations) => unknown, dialect: DialectName): Promise<readonly string[]> {
  return (await compileOperations(body, { dialect })).map((statement) => statement.sql);
}

async function upgraded(dialect: DialectName, revisions: readonly RevisionInMemory[], range = "head"): Promise<string> {
  const project = history({ dialect }, [one, ...revisions]);
  return (await compileRange(project, range)).script;
}

const all: readonly DialectName[] = ["postgresql", "mysql", "mariadb", "sqlite", "mssql", "oracle"];

describe("Defects of Alembic that must not exist here", () => {
  it("index order that changes between runs", async () => {
    const names = ["ix_c", "ix_a", "ix_b", "ix_d", "ix_e"];
    const rendered = await statements(
      (op) => op.createTable("t", [column("x", t.integer()), ...names.map((name) => index(name, ["x"]))]),
      "postgresql",
    );
    expect(rendered.slice(1).map((text) => /ix_\w/.exec(text)?.[0])).toEqual(names);
  });

  it.each(all)(":x in op.execute turned into NULL, on %s", async (dialect) => {
    const text = "UPDATE t SET x = 'at 10:30 :x', y = a::int";
    if (["mssql", "oracle"].includes(dialect)) allowUnparsed(/a::int/, "the casts are those of PostgreSQL");
    expect(await statements((op) => op.execute(text), dialect)).toEqual([text]);
  });

  it.each(all)("%% doubled, on %s", async (dialect) => {
    const rendered = await statements((op) => {
      op.execute("UPDATE t SET x = '50%' WHERE y LIKE 'a%'");
      op.bulkInsert("t", [{ x: "50%" }]);
    }, dialect);
    expect(rendered.join("\n")).not.toContain("%%");
  });

  it.each(all)("raw NUL bytes in binary literals, on %s", async (dialect) => {
    const items = [column("x", t.largeBinary())];
    const [rendered] = await statements(
      (op) => op.bulkInsert(table("t", items), [{ x: Buffer.from([0, 1, 0]) }]),
      dialect,
    );
    expect(rendered).not.toContain("\0");
    expect(rendered).toContain("000100");
  });

  it.each(all)("JSON literals that do not compile, on %s", async (dialect) => {
    const items = [column("x", t.json())];
    const [rendered] = await statements(
      (op) => op.bulkInsert(table("t", items), [{ x: { a: ["it's", 1, null] } }]),
      dialect,
    );
    expect(rendered).toContain("it''s");
  });

  it.each([
    ["postgresql", "'5400 seconds'"],
    ["mysql", "'1970-01-01 01:30:00'"],
    ["mariadb", "'1970-01-01 01:30:00'"],
    ["sqlite", "'1970-01-01 01:30:00.000000'"],
    ["mssql", "'1970-01-01T01:30:00'"],
    ["oracle", "NUMTODSINTERVAL(5400, 'SECOND')"],
  ] as const)("Interval literals that do not compile, on %s", async (dialect, literal) => {
    const items = [column("x", t.interval())];
    const [rendered] = await statements((op) => op.bulkInsert(table("t", items), [{ x: 5400 }]), dialect);
    expect(rendered).toBe(`INSERT INTO t (x) VALUES (${literal})`);
  });

  it("ALTER COLUMN and COMMENT ON for SQLite outside batch", async () => {
    const script = await upgraded("sqlite", [
      { id: "b2", upgrade: (op) => op.alterColumn("t", "x", { nullable: false, comment: "c" }) },
    ]);
    expect(script).not.toMatch(/ALTER COLUMN|COMMENT ON/);
    expect(script).toContain("x INTEGER NOT NULL");
  });

  it("mysql_engine ignored on mariadb", async () => {
    const body = (op: Operations): unknown =>
      op.createTable("t", [column("x", t.integer())], { mysql: { engine: "Aria" } });
    expect((await statements(body, "mariadb"))[0]).toMatch(/ENGINE=Aria$/);
    const own = (op: Operations): unknown =>
      op.createTable("t", [column("x", t.integer())], { mysql: { engine: "InnoDB" }, mariadb: { engine: "Aria" } });
    expect((await statements(own, "mariadb"))[0]).toMatch(/ENGINE=Aria$/);
    expect((await statements(own, "mysql"))[0]).toMatch(/ENGINE=InnoDB$/);
  });

  it.each(["mysql", "mariadb"] as const)(
    "CHANGE and MODIFY that lose NOT NULL, DEFAULT, COMMENT or AUTO_INCREMENT when they are known, on %s",
    async (dialect) => {
      const script = await upgraded(dialect, [
        {
          id: "b2",
          upgrade: (op) => {
            op.addColumn("t", column("y", mysql.VARCHAR(10), { nullable: false, serverDefault: "d", comment: "c" }));
            op.alterColumn("t", "y", { type: mysql.VARCHAR(20) });
            op.alterColumn("t", "y", { newColumnName: "z" });
            op.alterColumn("t", "id", { type: t.bigInteger() });
          },
        },
      ]);
      expect(script).toContain("MODIFY y VARCHAR(20) NOT NULL DEFAULT 'd' COMMENT 'c'");
      expect(script).toContain("CHANGE y z VARCHAR(20) NOT NULL DEFAULT 'd' COMMENT 'c'");
      expect(script).toContain("MODIFY id BIGINT NOT NULL AUTO_INCREMENT");
    },
  );

  it("a type change on SQL Server that drops NOT NULL", async () => {
    const script = await upgraded("mssql", [
      {
        id: "b2",
        upgrade: (op) => {
          op.addColumn("t", column("y", t.integer(), { nullable: false }));
          op.alterColumn("t", "y", { type: t.bigInteger() });
        },
      },
    ]);
    expect(script).toContain("ALTER TABLE t ALTER COLUMN y BIGINT NOT NULL");
  });

  it("drop_table on PostgreSQL that leaves its enum so that down and up again fails", async () => {
    const mood = { id: "b2" } as const;
    const project = history({ dialect: "postgresql" }, [
      one,
      {
        ...mood,
        upgrade: (op) => op.createTable("m", [column("x", t.enum(["sad", "ok"], { name: "mood" }))]),
        downgrade: (op) => op.dropTable("m"),
      },
    ]);
    expect((await compileRange(project, "a1:b2")).script).toContain("CREATE TYPE mood AS ENUM ('sad', 'ok');");
    const down = await compileRange(project, "b2:a1", { direction: "downgrade" });
    expect(down.script).toMatch(/DROP TABLE m;\n+DROP TYPE mood;/);
  });

  it.each(all)("X:base then base:X failing on CREATE TABLE alembic_version, on %s", async (dialect) => {
    const script = await upgraded(dialect, []);
    const isMissing =
      /CREATE TABLE IF NOT EXISTS|IF (?:to_regclass|OBJECT_ID)\(N?'\w+'(?:, N'U')?\) IS NULL|IF has_versions = 0 THEN/i;
    expect(script).toMatch(isMissing);
  });

  it.each(all)("INSERT … RETURNING in a script, on %s", async (dialect) => {
    const project = history({ dialect }, [one]);
    for (const plain of [false, true]) {
      expect((await compileRange(project, "head", { plain })).script).not.toMatch(
        /\bINSERT\b[^;]*\b(?:RETURNING|OUTPUT)\b/,
      );
    }
  });

  it("SQL with values in it that reaches the script with bind parameters", async () => {
    const rendered = await statements((op) => op.execute(sql`UPDATE t SET x = ${"O'Hara"}, y = ${null}`), "postgresql");
    expect(rendered).toEqual(["UPDATE t SET x = 'O''Hara', y = NULL"]);
  });
});
