import { existsSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CompileRangeOptions } from "../../../../src/project/compile-range.js";
import { column, compileRange, sql, t, type Operations } from "../../../../src/index.js";
import { history, type RevisionInMemory } from "../../../support/history.js";
import { testOn } from "../../../engines/test-on.js";

const config = { dialect: "postgresql", targetVersion: "15" } as const;

async function compile(
  revisions: readonly RevisionInMemory[],
  range = "heads",
  options: CompileRangeOptions = {},
): Promise<string> {
  return (await compileRange(history(config, revisions), range, options)).script;
}

const concurrently: RevisionInMemory = {
  id: "b2",
  upgrade(op) {
    op.createIndex("ix_t", "t", ["a"], { postgresql: { concurrently: true } });
  },
};
const table: RevisionInMemory = { id: "a1", upgrade: (op) => void op.createTable("t", [column("a", t.integer())]) };

describe("timeouts and settings", () => {
  it("bound the wait for locks, and the run of statements where that is asked for", async () => {
    expect(await compile([table])).toContain("READ WRITE;\nSET LOCAL lock_timeout = '5s';\n\n");
    const script = await compile([table], "heads", { lockTimeout: 1500, statementTimeout: 600_000 });
    expect(script).toContain("\nSET LOCAL lock_timeout = '1500ms';\nSET LOCAL statement_timeout = '600s';\n");
  });

  it("are taken away around what cannot be rolled back", async () => {
    const script = await compile([table, concurrently], "a1:b2", { statementTimeout: 1000 });
    expect(script).toMatch(
      /SET lock_timeout = 0;\nSET statement_timeout = 0;\n[^]*COMMIT;\n\nCREATE INDEX CONCURRENTLY/,
    );
  });

  it("are set for the session by name, lists as lists", async () => {
    const session = [
      ["work_mem", "1GB"],
      ["search_path", "app, public"],
      ["my.note", "it's"],
    ] as const;
    expect(await compile([table], "heads", { session })).toContain(
      "SET work_mem = '1GB';\nSET search_path = 'app', 'public';\nSET my.note = 'it''s';\n",
    );
  });

  it.each([["lock_timeout"], ["LOCK_TIMEOUT"], ["standard_conforming_strings"], ["x = 1; DROP TABLE t; --"]])(
    "cannot set %s",
    async (name) => {
      await expect(compile([table], "heads", { session: [[name, "1"]] })).rejects.toMatchObject({ name: "UsageError" });
    },
  );
});

describe("clients", () => {
  it("other than psql get no line that only psql understands", async () => {
    const script = await compile([table, concurrently], "heads", { client: "any" });
    expect(script).not.toMatch(/^\s*\\/m);
    expect(script).toContain("RAISE NOTICE 'done: %', 'alembic_version is at b2';");
  });

  it("of other dialects are refused", async () => {
    await expect(compile([table], "heads", { client: "mysql" })).rejects.toMatchObject({ code: "foreign-client" });
  });

  it("that cannot leave statements out are refused an idempotent script with a concurrent index", async () => {
    const options = { client: "any", layout: "idempotent" } as const;
    await expect(compile([table, concurrently], "heads", options)).rejects.toMatchObject({
      code: "needs-psql",
      data: { revision: "b2" },
    });
    expect(await compile([table], "heads", options)).toContain("EXECUTE $sql$CREATE TABLE t");
  });
});

describe("statements outside a transaction", () => {
  const kept = (statement: string): RevisionInMemory => ({ id: "b2", upgrade: (op) => op.execute(statement) });

  it.each([
    ["CREATE UNIQUE INDEX CONCURRENTLY ix ON t (a)", "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS ix ON t (a);"],
    [
      'create index concurrently "I x" on only s."T" (a)',
      'create index concurrently IF NOT EXISTS "I x" on only s."T" (a);',
    ],
    ["DROP INDEX CONCURRENTLY s.ix", "DROP INDEX CONCURRENTLY IF EXISTS s.ix;"],
    [
      "ALTER TYPE s.mood ADD VALUE 'it''s' BEFORE 'ok'",
      "ALTER TYPE s.mood ADD VALUE IF NOT EXISTS 'it''s' BEFORE 'ok';",
    ],
    ["VACUUM t", "VACUUM t;"],
  ])("may be run again: %s", async (statement, expected) => {
    const script = await compile([table, kept(statement)], "a1:b2");
    expect(script).toContain(`COMMIT;\n\n${expected}\n\nRESET`);
  });

  it("look for an index in the schema of its table", async () => {
    const script = await compile([table, kept('CREATE INDEX CONCURRENTLY ix ON "S".t (a)')], "a1:b2");
    expect(script).toContain(`to_regclass('"S".ix') AND indisvalid`);
  });

  it("need a name for an index", async () => {
    await expect(compile([table, kept("CREATE INDEX CONCURRENTLY ON t (a)")])).rejects.toMatchObject({
      code: "unnamed-concurrent-index",
    });
  });

  it("run after the transaction of what stands before them, and mark the revision as half-applied", async () => {
    const both: RevisionInMemory = {
      id: "b2".padEnd(32, "0"),
      upgrade(op) {
        op.addColumn("t", column("b", t.integer()));
        op.createIndex("ix_b", "t", ["b"], { postgresql: { concurrently: true } });
      },
    };
    const script = await compile([table, both], `a1:${both.id}`);
    const marker = `${both.id.slice(0, 30)}+1`;
    expect(script.indexOf(`VALUES ('${marker}')`)).toBeGreaterThan(script.indexOf("ADD COLUMN b"));
    expect(script.indexOf(`VALUES ('${marker}')`)).toBeLessThan(script.indexOf("CREATE INDEX CONCURRENTLY"));
    expect(script.indexOf(`DELETE FROM alembic_version WHERE version_num = '${marker}'`)).toBeGreaterThan(
      script.indexOf("CREATE INDEX CONCURRENTLY"),
    );
  });
});

describe("what a revision in several transactions has for its session", () => {
  const outside = "CREATE INDEX CONCURRENTLY ix ON t (a)";
  const said = (...texts: readonly string[]): RevisionInMemory => ({
    id: "b2",
    upgrade: (op) => texts.forEach((text) => op.execute(text)),
  });

  it.each([
    ["a temporary table", "CREATE TEMP TABLE kept AS SELECT 1 AS a", "UPDATE t SET a = kept.a FROM kept"],
    ["a temporary view", 'CREATE OR REPLACE LOCAL TEMPORARY VIEW "Kept" AS SELECT 1', 'SELECT * FROM "Kept"'],
    ["rows selected into one", "SELECT a INTO TEMPORARY kept FROM t", "TABLE kept"],
    ["a function", "CREATE FUNCTION pg_temp.f() RETURNS int LANGUAGE sql AS 'SELECT 1'", "SELECT pg_temp.f()"],
    ["a prepared statement", "PREPARE kept AS SELECT 1", "EXECUTE kept"],
    ["a cursor", "DECLARE kept CURSOR WITH HOLD FOR SELECT 1", "FETCH 1 FROM kept"],
  ])("is refused where a later part needs it: %s", async (_title, makes, needs) => {
    const options = { schemaChecks: false };
    await expect(compile([table, said(makes, outside, needs)], "a1:b2", options)).rejects.toMatchObject({
      code: "lost-with-session",
    });
    await expect(compile([table, said(makes, needs, outside)], "a1:b2", options)).resolves.toContain(outside.slice(30));
    await expect(compile([table, said(makes, needs)], "a1:b2", options)).resolves.toContain(makes);
  });

  it("is set again in each part, and brought back at the end", async () => {
    const script = await compile([table, said("SET work_mem = '7MB'", "SELECT 1", outside, "SELECT 2")], "a1:b2");
    expect(script.split("SET work_mem = '7MB';")).toHaveLength(4);
    expect(script.lastIndexOf("SELECT 2;")).toBeLessThan(
      script.indexOf("substr(current_setting('sqlembic.work_mem'), 2)"),
    );
  });
});

describe("objects of the whole server", () => {
  it.each([
    ["CREATE DATABASE d", "NOT EXISTS (SELECT FROM pg_database WHERE datname = 'd')", "database d exists already"],
    ['DROP TABLESPACE "D"', "EXISTS (SELECT FROM pg_tablespace WHERE spcname = 'D')", 'tablespace "D" does not exist'],
    [
      "DROP SUBSCRIPTION s",
      "EXISTS (SELECT FROM pg_subscription WHERE subname = 's')",
      "subscription s does not exist",
    ],
  ])("are left out where they are done already: %s", async (statement, undone, obstacle) => {
    const script = await compile([table, { id: "b2", upgrade: (op) => op.execute(statement) }], "a1:b2");
    expect(script).toContain(`SELECT (${undone}) AS sqlembic_undone \\gset\n\\if :sqlembic_undone\n\n${statement};`);
    expect(script).toContain(`RAISE EXCEPTION '${obstacle}'`);
  });
});

describe("new enum values", () => {
  const revisions: readonly RevisionInMemory[] = [
    { id: "a1", upgrade: (op) => op.execute("CREATE TYPE mood AS ENUM ('ok')") },
    {
      id: "b2",
      upgrade(op) {
        op.execute("ALTER TYPE mood ADD VALUE 'fine'");
        op.createTable("t", [column("m", t.VARCHAR(9)), column("n", t.VARCHAR(9))]);
        op.execute("INSERT INTO t SELECT 'fine'::mood::text, 'x'");
      },
    },
  ];

  for (const layout of ["guarded", "idempotent"] as const) {
    testOn("postgresql", `can be used in the revision that adds them, ${layout}`, async ({ database }) => {
      const script = await compile(revisions, "heads", { layout });
      expect(await database.apply(script)).toMatchObject({ exitCode: 0 });
      expect(await database.query("SELECT m FROM t")).toEqual([{ m: "fine" }]);
    });
  }
});

describe("idempotent scripts of branches", () => {
  const make =
    (name: string): NonNullable<RevisionInMemory["upgrade"]> =>
    (op) =>
      void op.createTable(name, [column("a", t.integer())]);
  const drop =
    (name: string): NonNullable<RevisionInMemory["downgrade"]> =>
    (op) =>
      op.dropTable(name);
  const revisions: readonly RevisionInMemory[] = [
    { id: "r0", upgrade: make("r0"), downgrade: drop("r0") },
    { id: "a1", down: "r0", upgrade: make("a1"), downgrade: drop("a1") },
    { id: "b1", down: "r0", upgrade: make("b1"), downgrade: drop("b1") },
    { id: "m1", down: ["a1", "b1"], upgrade: make("m1"), downgrade: drop("m1") },
  ];
  const rows = "SELECT version_num FROM alembic_version";

  for (const start of ["base", "r0", "a1", "b1", "m1"]) {
    testOn("postgresql", `go up from ${start}, and down to the base`, async ({ database, embedded }) => {
      if (embedded) return;
      if (start !== "base") await database.apply(await compile(revisions, start));
      const up = await compile(revisions, "heads", { layout: "idempotent" });
      for (const time of ["first", "second"]) expect(await database.apply(up), time).toMatchObject({ exitCode: 0 });
      expect(await database.query(rows)).toEqual([{ version_num: "m1" }]);
      const down = await compile(revisions, "heads:base", { layout: "idempotent", direction: "downgrade" });
      for (const time of ["first", "second"]) expect(await database.apply(down), time).toMatchObject({ exitCode: 0 });
      expect(await database.query(rows)).toEqual([]);
      expect(await database.query("SELECT 1 FROM pg_class WHERE relname IN ('r0', 'a1', 'b1', 'm1')")).toEqual([]);
    });
  }
});

describe("idempotent scripts of long histories", () => {
  const chain = Array.from({ length: 400 }, (_, index): RevisionInMemory => {
    const revision = (op: Operations): void => op.execute("SELECT 1");
    return { id: `r${index + 1000}`, upgrade: revision, downgrade: revision };
  });

  it.each([
    ["upgrade", false],
    ["upgrade", true],
    ["downgrade", false],
  ] as const)(
    "are as much longer as there are more revisions: %s, a transaction for each %s",
    async (direction, each) => {
      const length = async (count: number): Promise<number> => {
        const range = direction === "upgrade" ? "base:heads" : "heads:base";
        const options = { layout: "idempotent", direction, transactionPerMigration: each } as const;
        return (await compile(chain.slice(0, count), range, options)).length;
      };
      const [some, twice, fourTimes] = [await length(100), await length(200), await length(400)];
      expect((fourTimes - twice) / (twice - some)).toBeCloseTo(2, 1);
    },
  );
});

describe("stamps", () => {
  testOn("postgresql", "remove whatever rows there are with --purge, and are guarded without", async ({ database }) => {
    const { planStamp } = await import("../../../../src/history/steps-stamp.js");
    const { compileProjectPlan, graphOf } = await import("../../../../src/project/compile-range.js");
    const project = history(config, [table, concurrently]);
    const stamp = async (target: string, purge: boolean): Promise<string> =>
      (await compileProjectPlan(project, planStamp(graphOf(project), [target], { purge }))).script;
    expect(await database.apply(await stamp("a1", false))).toMatchObject({ exitCode: 0 });
    expect((await database.apply(await stamp("a1", false))).exitCode).not.toBe(0);
    expect(await database.apply(await stamp("a1:b2", false))).toMatchObject({ exitCode: 0 });
    expect(await database.apply(await stamp("a1", true))).toMatchObject({ exitCode: 0 });
    expect(await database.query("SELECT version_num FROM alembic_version")).toEqual([{ version_num: "a1" }]);
  });
});

describe("hostile texts", () => {
  const proof = join(tmpdir(), `sqlembic-hostile-${process.pid}`);
  const piece = fc.constantFrom(
    `\\! touch ${proof}`,
    `\`touch ${proof}\``,
    "\n",
    "\r",
    "'",
    '"',
    "\\",
    "$guard$",
    "$sql$",
    "$$",
    "$",
    "%",
    "--",
    "/*",
    ";",
    ":ENCODING",
    "\\q\n",
    "COMMIT;",
    "é",
  );
  const hostile = fc.array(piece, { minLength: 1, maxLength: 6 }).map((pieces) => pieces.join(""));

  for (const layout of ["guarded", "idempotent"] as const) {
    testOn("postgresql", `never leave their place in ${layout} scripts`, async ({ database }) => {
      let round = 0;
      const property = fc.asyncProperty(hostile, hostile, async (id, value) => {
        round += 1;
        const name = `t${round}`;
        const identifier = `${`${round}${id.replaceAll(/[-@:+,]/g, "")}`.slice(0, 31)}x`;
        const upgrade: NonNullable<RevisionInMemory["upgrade"]> = (op) => {
          op.createTable(name, [column("value", t.text(), { comment: value })]);
          op.execute(sql`INSERT INTO ${sql.identifier(name)} VALUES (${value})`);
        };
        const project = history({ ...config, versionTable: `version ${round} "q"` }, [{ id: identifier, upgrade }]);
        const { script } = await compileRange(project, "heads", { layout });
        const { exitCode, stderr } = await database.apply(script);
        expect({ exitCode, stderr: stderr.replace(/^.*NOTICE.*\n/gm, "") }).toEqual({ exitCode: 0, stderr: "" });
        expect(await database.query(`SELECT value FROM ${name}`)).toEqual([{ value }]);
        expect(await database.query(`SELECT version_num FROM "version ${round} ""q"""`)).toEqual([
          { version_num: identifier },
        ]);
        expect(existsSync(proof)).toBe(false);
      });
      try {
        await fc.assert(property, { numRuns: 25, seed: Number(process.env["SQLEMBIC_TEST_SEED"] ?? 1) });
      } finally {
        rmSync(proof, { force: true });
      }
    });
  }
});
