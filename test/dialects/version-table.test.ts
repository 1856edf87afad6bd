import { describe, expect, it } from "vitest";
import { compileVersionTable, type CompilePlanOptions } from "../../src/project/compile-range.js";
import type { Config } from "../../src/config/config.js";
import { resolveConfig } from "../../src/config/resolve.js";
import type { DialectName } from "../../src/schema/dialect-names.js";
import { runClient, type ClientResult } from "../engines/client.js";
import type { Database, ResultRow } from "../engines/engine.js";
import { ServerDatabase } from "../engines/mysql.js";
import { testOn } from "../engines/test-on.js";

const allDialects = ["postgresql", "mysql", "mariadb", "sqlite", "mssql", "oracle"] as const;

/** Dialects whose script has a guard, with the lock that it takes. */
const locks: Partial<Record<DialectName, RegExp>> = {
  postgresql: /pg_try_advisory_xact_lock/,
  mysql: /GET_LOCK/,
  mariadb: /GET_LOCK/,
  sqlite: /^BEGIN IMMEDIATE;$/m,
  mssql: /sp_getapplock/,
  oracle: /DBMS_LOCK\.REQUEST/,
};
const guardedDialects = allDialects.filter((dialect) => dialect in locks);

function ensureVersion(dialect: DialectName, options: CompilePlanOptions = {}, config: Config = {}): Promise<string> {
  return compileVersionTable(resolveConfig({ dialect, ...config }, { file: "sqlembic.config.ts" }), options);
}

describe.each(allDialects)("ensure-version for %s", (dialect) => {
  it("says what it is, and needs no version", async () => {
    const [title, , run = "", needs] = (await ensureVersion(dialect)).split("\n");
    expect(title).toBe("-- ensure-version alembic_version");
    expect(run).toMatch(/^-- run: /);
    expect(needs).toBe("-- needs:  alembic_version missing, or as it has to be: then it stays as it is");
  });

  it("touches no row", async () => {
    expect(await ensureVersion(dialect)).not.toMatch(/\b(?:INSERT INTO|UPDATE|DELETE FROM) \W?alembic_version/);
  });

  it("is Alembic's own CREATE TABLE with --plain", async () => {
    const script = await ensureVersion(dialect, { layout: "plain" });
    expect(script).not.toMatch(/^--|IF NOT EXISTS/m);
    expect(script.match(/CREATE TABLE alembic_version \(/g)).toHaveLength(1);
  });

  it("makes the table in the configured schema", async () => {
    const config = { versionTable: "steps", versionTableSchema: "ops" };
    expect(await ensureVersion(dialect, {}, config)).toMatch(/CREATE TABLE (?:IF NOT EXISTS )?ops\.steps \(/);
  });
});

describe.each(guardedDialects)("ensure-version for %s, guarded", (dialect) => {
  it("takes the lock, and refuses a table without the column", async () => {
    const script = await ensureVersion(dialect);
    expect(script).toMatch(locks[dialect] as RegExp);
    expect(script).toMatch(/refused: (?:the table )?alembic_version has no column version_num/i);
  });

  it("has lines for its client alone, and none for any other", async () => {
    // .exit stands in a string or a comment of scripts for other servers than SQLite
    const forOneClient = /^(?:\\|\.(?!exit)|WHENEVER |SET DEFINE |GO$|DELIMITER |\/$)/m;
    const withLines = dialect !== "mysql" && dialect !== "mariadb";
    expect(forOneClient.test(await ensureVersion(dialect))).toBe(withLines);
    expect(await ensureVersion(dialect, { client: "any" })).not.toMatch(forOneClient);
  });

  it("is not for the client of another dialect", async () => {
    const client = dialect === "sqlite" ? "psql" : "sqlite3";
    await expect(ensureVersion(dialect, { client })).rejects.toMatchObject({ code: "foreign-client" });
  });

  it("waits for locks as long as it is told", async () => {
    const [short, long] = [{ lockTimeout: 3000 }, { lockTimeout: 7000 }];
    const withLong = (await ensureVersion(dialect, long)).replace(/^-- sha256.*$/m, "");
    expect(withLong).toMatch(/\b7(?:000|s)?\b/);
    expect(withLong).not.toBe((await ensureVersion(dialect, short)).replace(/^-- sha256.*$/m, ""));
  });

  it("is in ASCII when it has to be", async () => {
    const name = { versionTable: "versionés" };
    await expect(ensureVersion(dialect, { ascii: true }, name)).rejects.toMatchObject({ code: "not-ascii" });
  });
});

/** Applies a script in a way that goes on after errors. */
function applyToItsEnd(dialect: DialectName, database: Database, script: string): Promise<ClientResult> {
  if (database instanceof ServerDatabase) {
    const { connection, client, name } = database;
    const { parameters, environment } = connection;
    return runClient(client, [...parameters, "--force", name], { input: script, environment });
  }
  return database.apply(
    dialect === "sqlite" ? script.replace(".bail on", ".bail off") : `\\set ON_ERROR_STOP off\n${script}`,
  );
}

async function versions(database: Database): Promise<readonly ResultRow[]> {
  return database.query("SELECT version_num FROM alembic_version ORDER BY version_num");
}

for (const dialect of guardedDialects) {
  if (dialect === "mssql" || dialect === "oracle") continue; // no engine runs them here
  describe(`ensure-version for ${dialect}`, () => {
    testOn(dialect, "makes the table where it is missing, also twice", async ({ database }) => {
      const script = await ensureVersion(dialect);
      for (const run of ["the first run", "the second run"]) {
        const { exitCode } = await database.apply(script);
        expect(exitCode, run).toBe(0);
        expect(await versions(database)).toEqual([]);
      }
      const insertion = "INSERT INTO alembic_version VALUES ('a1');";
      expect((await database.apply(insertion)).exitCode).toBe(0);
      expect((await database.apply(insertion)).exitCode, "the table has its key").not.toBe(0);
    });

    testOn(dialect, "makes it with the script for any client, too", async ({ database, engine }) => {
      if (engine === "sqlite") return; // the shell has to refuse it
      expect((await database.apply(await ensureVersion(dialect, { client: "any" }))).exitCode).toBe(0);
      expect(await versions(database)).toEqual([]);
    });

    testOn(dialect, "leaves a table that is there, with its rows", async ({ database }) => {
      const table = "CREATE TABLE alembic_version (version_num VARCHAR(99), note VARCHAR(9));";
      await database.apply(`${table}\nINSERT INTO alembic_version VALUES ('a1', 'x'), ('b2', 'y');`);
      const { exitCode } = await database.apply(await ensureVersion(dialect));
      expect(exitCode).toBe(0);
      expect(await database.query("SELECT * FROM alembic_version ORDER BY version_num")).toEqual([
        { version_num: "a1", note: "x" },
        { version_num: "b2", note: "y" },
      ]);
    });

    testOn(dialect, "refuses a table of another shape, in clients that stop and in others", async (context) => {
      const { database, embedded } = context;
      await database.apply(
        "CREATE TABLE alembic_version (other VARCHAR(9)); INSERT INTO alembic_version VALUES ('x');",
      );
      const refusal = /refused: (?:the table )?alembic_version has no column version_num/;
      const stopped = await database.apply(await ensureVersion(dialect));
      expect(stopped.exitCode).not.toBe(0);
      expect(stopped.stderr).toMatch(refusal);
      for (const client of embedded ? [] : ([undefined, "any"] as const)) {
        const { stdout, stderr } = await applyToItsEnd(dialect, database, await ensureVersion(dialect, { client }));
        expect(stderr).toMatch(dialect === "sqlite" && client === "any" ? /refused: the sqlite3 shell/ : refusal);
        expect(stdout + stderr).not.toMatch(/OK: |NOTICE:.*done/);
      }
      expect(await database.query("SELECT * FROM alembic_version")).toEqual([{ other: "x" }]);
    });

    testOn(dialect, "is made once by two runs at once", async ({ database, embedded }) => {
      if (embedded) return;
      const script = await ensureVersion(dialect);
      const results = await Promise.all([1, 2, 3, 4].map(() => database.apply(script)));
      for (const { exitCode, stderr } of results) {
        if (exitCode !== 0) expect(stderr).toMatch(/refused: another run is at work/);
      }
      expect(results.some(({ exitCode }) => exitCode === 0)).toBe(true);
      expect(await versions(database)).toEqual([]);
    });
  });
}

for (const dialect of ["mysql", "mariadb"] as const) {
  testOn(dialect, `ensure-version for ${dialect} lets a half-applied revision be`, async ({ database }) => {
    const progress =
      "CREATE TABLE alembic_version_progress (direction VARCHAR(9), revision VARCHAR(64), step INTEGER, content CHAR(16));";
    await database.apply(`${progress}\nINSERT INTO alembic_version_progress VALUES ('upgrade', 'a1', 1, 'x');`);
    expect((await database.apply(await ensureVersion(dialect))).exitCode).toBe(0);
    expect(await versions(database)).toEqual([]);
    expect(await database.query("SELECT revision FROM alembic_version_progress")).toEqual([{ revision: "a1" }]);
  });
}
