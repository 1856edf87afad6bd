import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { project } from "./projects.js";
import { runCli } from "./run-cli.js";

const shop = (): string =>
  project([
    {
      revision: "a1",
      upgrade: 'op.createTable("account", [column("id", t.integer(), { primaryKey: true })]);',
      downgrade: 'op.dropTable("account");',
    },
    {
      revision: "b2",
      down: "a1",
      upgrade:
        'op.addColumn("account", column("name", t.string(20)));\n  if (op.x["extra"] !== undefined) op.createTable("extra", [column("id", t.integer())]);',
      downgrade: 'op.dropColumn("account", "name");',
    },
  ]);

describe("sqlembic schema", () => {
  it("prints CREATE statements as the heads have them", async () => {
    const { code, stdout, stderr } = await runCli(["schema"], { cwd: shop() });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toBe(
      [
        "-- The schema at b2, as replayed from the history",
        "",
        "CREATE TABLE account (",
        "    id SERIAL NOT NULL,",
        "    name VARCHAR(20),",
        "    PRIMARY KEY (id)",
        ");",
        "",
      ].join("\n"),
    );
  });

  it("prints an older one, for another dialect, with the arguments of the revisions", async () => {
    const cwd = shop();
    const older = await runCli(["schema", "a1", "--dialect", "sqlite"], { cwd });
    expect(older.stdout).toContain("id INTEGER NOT NULL");
    expect(older.stdout).not.toContain("name");
    expect((await runCli(["schema", "-x", "extra=1"], { cwd })).stdout).toContain("CREATE TABLE extra");
  });

  it("prints data and diagrams, to a file when one is named", async () => {
    const cwd = shop();
    const json = await runCli(["schema", "--json", "-o", "schema.json"], { cwd });
    expect([json.code, json.stdout]).toEqual([0, ""]);
    expect(JSON.parse(readFileSync(join(cwd, "schema.json"), "utf8"))).toMatchObject({
      revisions: ["b2"],
      tables: [{ name: "account" }],
    });
    const diagram = await runCli(["schema", "--mermaid"], { cwd });
    expect(diagram.stdout).toMatch(/^erDiagram\n {4}account \{\n {8}INTEGER id PK\n/);
  });

  it("says what became of SQL text, with the lines, where it is asked to", async () => {
    const cwd = project(
      [
        {
          revision: "a1",
          upgrade: `op.execute("CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1'");\n  op.execute("GRANT SELECT ON v TO web");`,
          downgrade: 'op.execute("DROP PROCEDURE p");',
        },
      ],
      {
        "sqlembic.config.ts":
          'import { defineConfig } from "sqlembic";\n\nexport default defineConfig({ dialect: "postgresql", baseline: "old.sql" });\n',
        "old.sql": "CREATE TABLE a (x integer);\nSET a.b = 1;\nSET a.b = 1;\nCREATE TABLE b AS SELECT 1;\n",
      },
    );
    const { stdout } = await runCli(["schema", "--verbose"], { cwd });
    expect(stdout.split("\n").slice(0, 7)).toEqual([
      "-- The schema at a1, as replayed from the history",
      "-- Statements of SQL text: 1 read, 1 kept with their text, 1 not understood, 3 ignored",
      "-- Ignored: session (is about the session that runs it): SET a.b = 1 2 times (old.sql:2)",
      "-- Not understood: b: CREATE TABLE b AS SELECT 1 (old.sql:4)",
      "-- Kept with its text: procedure p: CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1' (versions/a1_x.ts:12)",
      "-- Ignored: privileges (says who may do what): GRANT SELECT ON v TO web (versions/a1_x.ts:13)",
      "-- Not known: what became of b by: CREATE TABLE b AS SELECT 1 (old.sql:4)",
    ]);
    const { statements } = JSON.parse((await runCli(["schema", "--json"], { cwd })).stdout) as { statements: object };
    expect(statements).toMatchObject({
      counts: { read: 1, kept: 1, unknown: 1, ignored: 3 },
      kept: [{ object: "procedure p", file: "versions/a1_x.ts", line: 12 }],
      unknown: [{ object: "b", file: "old.sql", line: 4 }],
      ignored: [{ rule: "session", line: 2, count: 2 }, { rule: "privileges" }],
    });
  });

  it("takes one form only, and revisions that exist", async () => {
    const cwd = shop();
    const both = await runCli(["schema", "--json", "--mermaid", "-o", "x"], { cwd });
    expect([both.code, existsSync(join(cwd, "x"))]).toEqual([2, false]);
    expect(both.stderr).toContain("--json and --mermaid cannot be combined.");
    const unknown = await runCli(["schema", "zz"], { cwd });
    expect(unknown.code).toBe(1);
    expect(unknown.stderr).toContain("zz");
  });
});

describe("sqlembic upgrade --keep-going", () => {
  const withGap = (): string =>
    project([
      { revision: "a1", upgrade: 'op.createTable("account", [column("id", t.integer())]);' },
      { revision: "b2", down: "a1", upgrade: "op.getBind();" },
      { revision: "c3", down: "b2", upgrade: 'op.createTable("card", [column("id", t.integer())]);' },
    ]);

  it("writes the others with a gap that refuses to run, tells why, and fails", async () => {
    const cwd = withGap();
    const { code, stdout, stderr } = await runCli(["upgrade", "head", "--keep-going"], { cwd });
    expect(code).toBe(1);
    expect(stdout).toMatch(/CREATE TABLE account[^]*RAISE EXCEPTION[^]*CREATE TABLE card/);
    expect(stderr).toContain("error[no-connection]: op.getBind(): nothing is connected while a script is compiled.");
    expect(stderr).toMatch(/--> versions\/b2_x\.ts:\d+:\d+ \(getBind\)/);
    expect(stderr).toContain("One revision is missing in the script, which refuses to run there.");
  });

  it("writes nothing without it", async () => {
    const cwd = withGap();
    const { code, stdout } = await runCli(["upgrade", "head"], { cwd });
    expect([code, stdout]).toEqual([1, ""]);
  });
});

describe("sqlembic downgrade --with-before", () => {
  it("tells what was there directly before the statement that takes it away", async () => {
    const { code, stdout } = await runCli(["downgrade", "b2:a1", "--with-before"], { cwd: shop() });
    expect(code).toBe(0);
    expect(stdout).toContain("-- was column of account: name VARCHAR(20)\n");
    expect((await runCli(["downgrade", "b2:a1"], { cwd: shop() })).stdout).not.toContain("-- was");
  });
});
