import { describe, expect, it } from "vitest";
import { loadDialect } from "../../dialects/index.js";
import { compileNodes } from "../../src/compiler/compile.js";
import { Recorder, type Operations } from "../../src/revision/recorder.js";
import { check, column, compileRange, identity, references, sql, t } from "../../src/index.js";
import type { DialectName } from "../../src/schema/dialect-names.js";
import { history } from "../support/history.js";

type Body = (op: Operations) => void;

async function compileInHistory(body: Body, dialect: DialectName): Promise<readonly string[]> {
  const loaded = await loadDialect(dialect);
  const version = loaded.defaultVersion;
  const operations = await new Recorder({ dialect: { name: dialect, version } }).record(body);
  return compileNodes(operations, { dialect: loaded, version }).statements.map((statement) => statement.sql);
}

/** Calls that Alembic renders into SQL which the server refuses, or which loses what was asked. */
const refused: readonly (readonly [what: string, dialect: DialectName, body: Body, message: RegExp])[] = [
  ["MATCH SIMPLE", "mssql", (op) => op.createForeignKey("f", "a", "b", ["x"], ["y"], { match: "SIMPLE" }), /MATCH/],
  ["MATCH SIMPLE", "oracle", (op) => op.createForeignKey("f", "a", "b", ["x"], ["y"], { match: "SIMPLE" }), /MATCH/],
  ["MATCH FULL", "mssql", (op) => op.createForeignKey("f", "a", "b", ["x"], ["y"], { match: "FULL" }), /MATCH/],
  ["DEFERRABLE", "mssql", (op) => op.createUniqueConstraint("u", "a", ["x"], { deferrable: true }), /defer/],
  ["DEFERRABLE", "mysql", (op) => op.createForeignKey("f", "a", "b", ["x"], ["y"], { deferrable: true }), /defer/i],
  [
    "ADD COLUMN IF NOT EXISTS",
    "mssql",
    (op) => op.addColumn("a", column("x", t.integer()), { ifNotExists: true }),
    /IF NOT EXISTS/,
  ],
  [
    "ADD COLUMN IF NOT EXISTS",
    "oracle",
    (op) => op.addColumn("a", column("x", t.integer()), { ifNotExists: true }),
    /IF NOT EXISTS/,
  ],
  [
    "ADD COLUMN IF NOT EXISTS",
    "mysql",
    (op) => op.addColumn("a", column("x", t.integer()), { ifNotExists: true }),
    /IF NOT EXISTS/,
  ],
  [
    "ADD COLUMN IF NOT EXISTS",
    "sqlite",
    (op) => op.addColumn("a", column("x", t.integer()), { ifNotExists: true }),
    /IF NOT EXISTS/,
  ],
  [
    "CREATE INDEX IF NOT EXISTS",
    "mysql",
    (op) => op.createIndex("i", "a", ["x"], { ifNotExists: true }),
    /IF NOT EXISTS/,
  ],
  [
    "CREATE INDEX IF NOT EXISTS",
    "mssql",
    (op) => op.createIndex("i", "a", ["x"], { ifNotExists: true }),
    /IF NOT EXISTS/,
  ],
  ["DROP INDEX without a table", "mysql", (op) => op.dropIndex("i"), /table/],
  ["DROP INDEX without a table", "mssql", (op) => op.dropIndex("i"), /table/],
  [
    "options that IDENTITY has not",
    "mssql",
    (op) => op.addColumn("a", column("x", t.integer(), { identity: identity({ cycle: true }) })),
    /cycle/,
  ],
  ["a type change that drops NOT NULL", "mssql", (op) => op.alterColumn("a", "x", { type: t.bigInteger() }), /NULL/],
  ["a type change that drops everything", "mysql", (op) => op.alterColumn("a", "x", { nullable: false }), /type/],
  ["TIME", "oracle", (op) => op.addColumn("a", column("x", t.time())), /time of day/],
  ["VARCHAR2 without a length", "oracle", (op) => op.addColumn("a", column("x", t.string())), /length/i],
];

describe("What Alembic renders though the server refuses it, or loses it", () => {
  it.each(refused)("is refused: %s on %s", async (_what, dialect, body, message) => {
    await expect(compileInHistory(body, dialect)).rejects.toThrow(message);
  });

  it.each(["mssql", "oracle"] as const)("keeps the unnamed check of an added column on %s", async (dialect) => {
    const statements = await compileInHistory(
      (op) => op.addColumn("a", column("x", t.integer(), { check: check(sql`x > 0`) })),
      dialect,
    );
    expect(statements.join("\n")).toContain("CHECK (x > 0)");
  });

  it.each(["mssql", "oracle"] as const)("keeps the inline reference of an added column on %s", async (dialect) => {
    const statements = await compileInHistory(
      (op) =>
        op.addColumn("a", column("x", t.integer(), { references: references("b.y") }), { inlineReferences: true }),
      dialect,
    );
    expect(statements.join("\n")).toContain("REFERENCES b (y)");
  });
});

describe("What a server would read in another way", () => {
  it("is a negative value behind a minus, which would begin a comment", async () => {
    const statements = await compileInHistory((op) => op.execute(sql`SELECT 5-${-1}`), "postgresql");
    expect(statements).toEqual(["SELECT 5-(-1)"]);
  });

  it.each(["mysql", "mariadb"] as const)("is a table named value behind INSERT INTO, on %s", async (dialect) => {
    const statements = await compileInHistory((op) => op.bulkInsert("value", [{ a: 1 }]), dialect);
    expect(statements).toEqual(["INSERT INTO `value` (a) VALUES (1)"]);
  });

  it("is a comment at the end of a statement, which would swallow the semicolon", async () => {
    const project = history({ dialect: "postgresql" }, [
      { id: "a1", upgrade: (op) => op.execute("SELECT 1 -- don't and can't") },
      { id: "b2", upgrade: (op) => op.execute("SELECT '-- no comment'") },
    ]);
    const { script } = await compileRange(project, "head");
    expect(script).toContain("SELECT 1 -- don't and can't\n;");
    expect(script).toContain("SELECT '-- no comment';");
  });
});

describe("A column of SQL Server in a key whose name only the server knows", () => {
  it("is not dropped", async () => {
    const project = history({ dialect: "mssql" }, [
      {
        id: "a1",
        upgrade: (op) => op.createTable("t", [column("a", t.integer()), column("b", t.integer(), { unique: true })]),
      },
      { id: "b2", upgrade: (op) => op.dropColumn("t", "b") },
    ]);
    await expect(compileRange(project, "head")).rejects.toThrow(/unique constraint without a name/);
  });
});
