import { describe, expect } from "vitest";
import type { CompileRangeOptions } from "../../../../src/project/compile-range.js";
import { column, compileRange, t, type Operations } from "../../../../src/index.js";
import { history, type RevisionInMemory } from "../../../support/history.js";
import { runClient, type ClientResult } from "../../../engines/client.js";
import { ServerDatabase } from "../../../engines/postgresql.js";
import { testOn } from "../../../engines/test-on.js";

const table: RevisionInMemory = { id: "a1", upgrade: (op) => void op.createTable("t", [column("a", t.integer())]) };

async function compile(
  revisions: readonly RevisionInMemory[],
  range = "heads",
  options: CompileRangeOptions = {},
): Promise<string> {
  return (await compileRange(history({ dialect: "postgresql", targetVersion: "15" }, revisions), range, options))
    .script;
}

describe("scripts for any client", () => {
  const failing: readonly RevisionInMemory[] = [
    table,
    {
      id: "b2",
      upgrade(op) {
        op.execute("INSERT INTO t VALUES (2)");
        op.execute("INSERT INTO missing VALUES (2)");
      },
    },
    { id: "c3", upgrade: (op) => op.execute("INSERT INTO t VALUES (3)") },
  ];
  const sound = failing.map((revision) =>
    revision.id === "b2"
      ? { ...revision, upgrade: (op: Operations) => op.execute("INSERT INTO t VALUES (2)") }
      : revision,
  );
  const content = `SELECT (SELECT string_agg(version_num, ' ') FROM alembic_version) AS version,
    (SELECT count(*)::text FROM t) AS rows`;
  const psql = ({ url }: ServerDatabase, script: string, ...parameters: readonly string[]): Promise<ClientResult> =>
    runClient("psql", ["-X", "-q", ...parameters, "-d", url, "-f", "-"], { input: script });

  /** A database of the server that is at a1: the embedded one has no clients. */
  const onServer = (title: string, body: (database: ServerDatabase) => Promise<void>): void =>
    testOn("postgresql", title, async ({ database }) => {
      if (!(database instanceof ServerDatabase)) return;
      await database.apply(await compile([table]));
      await body(database);
    });

  const anyClient = { client: "any" } as const;
  const scripts = [
    ["guarded", anyClient],
    ["guarded, a transaction for each revision", { ...anyClient, transactionPerMigration: true }],
    ["idempotent", { ...anyClient, layout: "idempotent" }],
    [
      "idempotent, a transaction for each revision",
      { ...anyClient, layout: "idempotent", transactionPerMigration: true },
    ],
  ] as const;
  const settings = [[], ["-1"], ["-v", "AUTOCOMMIT=off"], ["-v", "ON_ERROR_STOP=1"]];

  for (const [layout, options] of scripts) {
    onServer(`are applied by psql, however it is set but for savepoints, ${layout}`, async (database) => {
      const script = await compile(sound, "a1:c3", options);
      const runs = [
        ...settings.map((parameters) => () => psql(database, script, ...parameters)),
        // as drivers do: as one message, and inside a transaction that has read something
        () => runClient("psql", ["-X", "-q", "-d", database.url, "-c", script]),
        () => psql(database, `BEGIN;\nSELECT count(*) AS rows FROM t \\gset\n${script}`),
      ];
      for (const run of runs) {
        const { exitCode, stderr } = await run();
        expect({ exitCode, stderr: stderr.replace(/^.*(?:NOTICE|WARNING): .*\n/gm, "") }).toEqual({
          exitCode: 0,
          stderr: "",
        });
        expect(await database.query(content)).toEqual([{ version: "c3", rows: "2" }]);
        await database.apply("UPDATE alembic_version SET version_num = 'a1'; DELETE FROM t;");
      }
    });

    onServer(
      `leave out what stands on a revision that failed, when the client goes on, ${layout}`,
      async (database) => {
        const { exitCode, stderr } = await psql(database, await compile(failing, "a1:c3", options));
        expect(exitCode).toBe(0);
        expect(stderr).toMatch(/ERROR:  relation "missing" does not exist[^]*ERROR:  not done/);
        expect(await database.query(content)).toEqual([{ version: "a1", rows: "0" }]);
      },
    );

    onServer(`refuse psql that sets savepoints, ${layout}`, async (database) => {
      for (const revisions of [failing, sound]) {
        const script = await compile(revisions, "a1:c3", options);
        for (const parameters of settings) {
          const { stderr } = await psql(database, script, "-v", "ON_ERROR_ROLLBACK=on", ...parameters);
          expect(stderr).toMatch(/ERROR:  cannot set transaction read-write mode inside a read-only transaction/);
          if (!parameters.includes("ON_ERROR_STOP=1")) {
            expect(stderr).toMatch(/ERROR:  upgrade to c3 refused: the client sets savepoints/);
          }
          expect(await database.query(content)).toEqual([{ version: "a1", rows: "0" }]);
        }
      }
    });

    // as JDBC does without autocommit, with autosave=always and cleanupSavepoints=true
    onServer(
      `end the session of a driver that always has a transaction and savepoints, ${layout}`,
      async (database) => {
        const script = (await compile(failing, "a1:c3", options)).replaceAll(/COMMIT;$/gm, "COMMIT;\nBEGIN;");
        const { exitCode, stderr } = await psql(database, script, "-v", "ON_ERROR_ROLLBACK=on");
        expect(stderr).toMatch(/WARNING:  this session ends: the client sets savepoints/);
        expect(exitCode).toBe(2);
        expect(await database.query(content)).toEqual([{ version: "a1", rows: "0" }]);
      },
    );
  }
});
