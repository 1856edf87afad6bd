import { describe, expect, it } from "vitest";
import { loadDialect } from "../../dialects/index.js";
import { compileNodes } from "../../src/compiler/compile.js";
import { compileOperations, UnsupportedError, type Operations } from "../../src/index.js";
import { Recorder } from "../../src/revision/recorder.js";
import type { DialectName } from "../../src/schema/dialect-names.js";

type Body = (op: Operations) => void;
type Compiled = readonly (readonly [sql: string, isOutside: boolean])[];

async function compiled(dialect: DialectName, body: Body): Promise<Compiled> {
  const loaded = await loadDialect(dialect);
  const version = loaded.defaultVersion;
  const operations = await new Recorder({ dialect: { name: dialect, version } }).record(body);
  const { statements } = compileNodes(operations, { dialect: loaded, version });
  return statements.map(({ sql, autocommit }) => [sql, autocommit]);
}

const texts = async (dialect: DialectName, ...authored: readonly string[]): Promise<readonly string[]> =>
  (await compiled(dialect, (op) => authored.forEach((text) => op.execute(text)))).map(([sql]) => sql);

const all: readonly DialectName[] = ["postgresql", "mysql", "mariadb", "sqlite", "mssql", "oracle"];

describe("an author's own transaction control", () => {
  const controls: Readonly<Record<DialectName, readonly string[]>> = {
    postgresql: [
      "COMMIT",
      "commit;",
      "BEGIN",
      "END",
      "ROLLBACK",
      "START TRANSACTION",
      "SAVEPOINT a",
      "ABORT",
      "SET TRANSACTION READ ONLY",
    ],
    mysql: ["COMMIT", "BEGIN", "START TRANSACTION", "ROLLBACK", "SAVEPOINT a", "SET TRANSACTION READ WRITE"],
    mariadb: ["COMMIT", "BEGIN", "START TRANSACTION", "ROLLBACK", "SAVEPOINT a", "SET SESSION TRANSACTION READ WRITE"],
    sqlite: ["COMMIT", "BEGIN", "END", "ROLLBACK", "BEGIN IMMEDIATE"],
    mssql: ["COMMIT", "BEGIN TRAN", "ROLLBACK TRANSACTION", "SAVE TRAN a", "IF 1 = 1 COMMIT"],
    oracle: ["COMMIT", "ROLLBACK", "SAVEPOINT a", "SET TRANSACTION READ ONLY"],
  };

  it.each(all)("is refused wherever it stands in a text, on %s", async (dialect) => {
    for (const control of controls[dialect]) {
      for (const text of [control, `-- first\n${control}`, `DELETE FROM a;\n${control};\nDELETE FROM b`]) {
        await expect(texts(dialect, text), text).rejects.toMatchObject({ code: "transaction-control" });
      }
    }
  });

  it.each(all)("is no word in a string, a name or a comment, on %s", async (dialect) => {
    const text = "INSERT INTO a VALUES ('; COMMIT; ROLLBACK'); -- COMMIT;\nDELETE FROM b";
    expect(await texts(dialect, text)).toEqual([text]);
  });

  it("names the way out, and the place of the call", async () => {
    const error: unknown = await texts("postgresql", "COMMIT").catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UnsupportedError);
    expect(error).toMatchObject({ hint: expect.stringContaining("op.autocommitBlock") as string });
    expect((error as UnsupportedError).origin?.file).toMatch(/authored-sql\.test\.ts$/);
  });

  it.each([
    ["postgresql", "CREATE INDEX CONCURRENTLY i ON a (b)"],
    ["postgresql", "ALTER TYPE a ADD VALUE 'b'"],
    ["sqlite", "PRAGMA foreign_keys = OFF"],
    ["mssql", "CREATE FULLTEXT CATALOG a"],
  ] as const)(
    "is what is meant around what runs outside the transaction anyway, on %s: %s",
    async (dialect, outside) => {
      const begin = dialect === "mssql" ? "BEGIN TRAN" : "BEGIN";
      for (const parts of [["COMMIT", outside, begin], [`COMMIT; ${outside}; ${begin};`]]) {
        const statements = await compiled(dialect, (op) => parts.forEach((text) => op.execute(text)));
        expect(statements).toEqual([[outside, true]]);
      }
    },
  );

  it("stands in bodies as it likes", async () => {
    const bodies: readonly (readonly [DialectName, string])[] = [
      ["postgresql", "CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN DELETE FROM a; COMMIT; END $$"],
      ["mysql", "CREATE PROCEDURE p() BEGIN START TRANSACTION; COMMIT; END"],
      ["mssql", "CREATE PROCEDURE p AS BEGIN TRAN; DELETE FROM a; COMMIT"],
      ["oracle", "CREATE PROCEDURE p AS BEGIN DELETE FROM a; COMMIT; END;"],
    ];
    for (const [dialect, body] of bodies) expect(await texts(dialect, body)).toEqual([body]);
  });
});

describe("a text of several statements", () => {
  it.each([
    ["postgresql", "CREATE TABLE a (b int)", "CREATE INDEX CONCURRENTLY i ON a (b)", "DELETE FROM a"],
    ["postgresql", "CREATE RULE r AS ON INSERT TO a DO (DELETE FROM b; DELETE FROM c)", "VACUUM a", "DELETE FROM a"],
    ["sqlite", "CREATE TABLE a (b int)", "PRAGMA foreign_keys = OFF", "DELETE FROM a"],
    ["mssql", "DELETE FROM a", "ALTER DATABASE CURRENT SET RECOVERY SIMPLE", "DELETE FROM b"],
  ] as const)("is cut where one runs outside the transaction, on %s", async (dialect, first, outside, last) => {
    const expected = [
      [first, false],
      [outside, true],
      [last, false],
    ];
    expect(await compiled(dialect, (op) => op.execute([first, outside, last].join(";\n")))).toEqual(expected);
    const turned = [expected[1], expected[0], expected[2]];
    expect(await compiled(dialect, (op) => op.execute([outside, first, last].join("; ")))).toEqual(turned);
  });

  it("keeps the comments before each statement", async () => {
    const text = "VACUUM a; -- why; not\nDELETE FROM a";
    expect(await texts("postgresql", text)).toEqual(["VACUUM a", "-- why; not\nDELETE FROM a"]);
  });

  it("stays one text where none of them is out of the ordinary", async () => {
    for (const dialect of all) expect(await texts(dialect, "DELETE FROM a; DELETE FROM b")).toHaveLength(1);
  });
});

describe("what a client would take for its own", () => {
  it.each([
    ["postgresql", "client-command", "SELECT 1;\n\\x"],
    ["postgresql", "client-command", "SELECT 1 \\gset"],
    ["postgresql", "copy-from-stdin", "CREATE TABLE a (b int); COPY a FROM stdin"],
    ["mysql", "use-database", "DELETE FROM a; USE other"],
    ["mariadb", "use-database", "USE other"],
    ["mariadb", "client-command", "DELETE FROM a; source other.sql"],
    ["mysql", "client-command", "SELECT 1 \\G"],
    ["sqlite", "shell-command", "DELETE FROM a;\n.shell ls"],
    ["mssql", "use-database", "DELETE FROM a\nUSE other\nDELETE FROM b"],
    ["mssql", "client-command", "DELETE FROM a\n:r other.sql"],
    ["oracle", "client-command", "SET DEFINE OFF"],
    ["oracle", "client-command", "DELETE FROM a;\nEXEC p"],
  ] as const)("is refused on %s as %s: %j", async (dialect, code, text) => {
    await expect(texts(dialect, text)).rejects.toMatchObject({ code });
  });

  it("is understood where dumps have it: DELIMITER, GO and the slash", async () => {
    const body = "CREATE PROCEDURE p() BEGIN SELECT 1; END";
    expect(await texts("mysql", `DELIMITER //\n${body}//\nDELIMITER ;\nDELETE FROM a;`)).toEqual([
      body,
      "DELETE FROM a",
    ]);
    expect(await texts("mariadb", `DELIMITER $$\n${body}$$\nDELIMITER ;\n`)).toEqual([body]);
    const trigger = "CREATE TRIGGER r BEFORE INSERT ON a FOR EACH ROW BEGIN NULL; END;";
    expect(await texts("oracle", `${trigger}\n/\n`)).toEqual([trigger]);
    expect(await texts("oracle", `${trigger}\n/\nDELETE FROM a\n/`)).toEqual([trigger, "DELETE FROM a"]);
  });

  it("is no variable of psql: a colon before a name gets a blank, and a cast none", async () => {
    expect(await texts("postgresql", "SELECT (b)[1:USER::text::int], ':USER', $$:USER$$, \":USER\"")).toEqual([
      "SELECT (b)[1: USER::text::int], ':USER', $$:USER$$, \":USER\"",
    ]);
    expect(await texts("postgresql", 'SELECT b[1:2], \'{"a":"b"}\'::jsonb')).toEqual([
      'SELECT b[1:2], \'{"a":"b"}\'::jsonb',
    ]);
  });
});

describe("a setting of the session", () => {
  const restored: readonly (readonly [DialectName, setting: string, lines: readonly RegExp[]])[] = [
    [
      "postgresql",
      "SET search_path TO tenant",
      [
        /'sqlembic\.search_path', .*current_setting\('search_path'/,
        /set_config\('search_path', substr\(current_setting\('sqlembic/,
      ],
    ],
    [
      "postgresql",
      "SELECT pg_catalog.set_config('search_path', '', false)",
      [/sqlembic\.search_path/, /set_config\('search_path'/],
    ],
    ["postgresql", "SET ROLE owner", [/current_setting\('role'/, /set_config\('role'/]],
    ["postgresql", "DO $$ BEGIN SET search_path = b; END $$", [/sqlembic\.search_path/, /set_config\('search_path'/]],
    ["postgresql", "SET SCHEMA 'b'", [/sqlembic\.search_path/, /set_config\('search_path'/]],
    [
      "mysql",
      "SET sql_mode = ''",
      [/^SET @sqlembic_sql_mode = @@SESSION\.sql_mode$/, /^SET SESSION sql_mode = @sqlembic_sql_mode$/],
    ],
    [
      "mariadb",
      "SET @a = 1, @@session.foreign_key_checks = 0",
      [/foreign_key_checks/, /^SET SESSION foreign_key_checks = @sqlembic_foreign_key_checks$/],
    ],
    [
      "oracle",
      "ALTER SESSION SET CURRENT_SCHEMA = b",
      [/SET_CLIENT_INFO/, /ALTER SESSION SET CURRENT_SCHEMA = "' \|\|/],
    ],
    [
      "oracle",
      "ALTER SESSION SET NLS_DATE_FORMAT = 'YYYY-MM-DD'",
      [/nls_session_parameters WHERE parameter = 'NLS_DATE_FORMAT'/, /ALTER SESSION SET NLS_DATE_FORMAT = ''' \|\|/],
    ],
    [
      "oracle",
      "ALTER SESSION SET nls_timestamp_format = 'YYYY-MM-DD HH24:MI:SS'",
      [/SET_MODULE\(SYS_CONTEXT\('USERENV', 'MODULE'\), kept\)/, /ALTER SESSION SET NLS_TIMESTAMP_FORMAT/],
    ],
  ];

  it.each(restored)("lasts to the end of the revision, on %s: %s", async (dialect, setting, [remember, restore]) => {
    const [before, set, rest, after] = await texts(dialect, setting, "DELETE FROM a");
    expect(before).toMatch(remember ?? "");
    expect([set, rest]).toEqual([setting, "DELETE FROM a"]);
    expect(after).toMatch(restore ?? "");
  });

  it.each(["mysql", "mariadb"] as const)("is also the role of the session, on %s", async (dialect) => {
    const all = await texts(dialect, "SET ROLE NONE", "DELETE FROM a");
    expect(all[0]).toContain("CURRENT_ROLE()");
    expect(all.slice(2)).toEqual([
      "SET ROLE NONE",
      "DELETE FROM a",
      "PREPARE sqlembic_role FROM @sqlembic_role",
      "EXECUTE sqlembic_role",
      "DEALLOCATE PREPARE sqlembic_role",
    ]);
  });

  it.each([
    "ALTER SESSION SET NLS_TERRITORY = GERMANY",
    "ALTER SESSION SET NLS_DATE_FORMAT = 'YYYY' NLS_SORT = BINARY",
    "ALTER SESSION SET NLS_NUMERIC_CHARACTERS = ',.'",
    "BEGIN EXECUTE IMMEDIATE q'[ALTER SESSION SET NLS_SORT = GERMAN]'; END;",
    "BEGIN DBMS_SESSION.SET_NLS('NLS_SORT', 'GERMAN'); END;",
  ])("that nothing could bring back is refused, on oracle: %s", async (text) => {
    await expect(texts("oracle", text)).rejects.toMatchObject({ code: "own-setting" });
  });

  it.each([
    "SET ROLE readers",
    "BEGIN EXECUTE IMMEDIATE 'SET ROLE readers'; END;",
    "DECLARE n NUMBER; BEGIN execute immediate q'[set role readers]'; END;",
    "BEGIN EXECUTE IMMEDIATE 'SET ROLE ' || 'readers'; END;",
    "BEGIN SYS.DBMS_SESSION.SET_ROLE('readers'); END;",
  ])("that is the roles is refused, on oracle, also in a block: %s", async (text) => {
    await expect(texts("oracle", text)).rejects.toMatchObject({ code: "set-role" });
  });

  it("lasts to the end of the revision where a block sets it, on oracle, and is nobody's where a routine would", async () => {
    const block = "BEGIN EXECUTE IMMEDIATE 'ALTER SESSION SET CURRENT_SCHEMA = app'; END;";
    const [remember, set, restore] = await texts("oracle", block);
    expect(remember).toContain("SET_CLIENT_INFO");
    expect(set).toBe(block);
    expect(restore).toContain("'CLIENT_INFO'");
    const routine = "CREATE PROCEDURE p AS BEGIN EXECUTE IMMEDIATE 'SET ROLE readers'; END;";
    expect(await texts("oracle", routine)).toEqual([routine]);
  });

  it("that is off by itself is turned off again, on SQLite", async () => {
    const on = "PRAGMA legacy_alter_table = ON";
    expect(await texts("sqlite", on, "DELETE FROM a")).toEqual([
      on,
      "DELETE FROM a",
      "PRAGMA legacy_alter_table = OFF",
    ]);
    expect(await texts("sqlite", on, "PRAGMA legacy_alter_table = OFF")).toHaveLength(2);
  });

  it.each([
    ["postgresql", "SET default_transaction_read_only = on"],
    ["postgresql", "SET standard_conforming_strings = off"],
    ["postgresql", "DELETE FROM a; RESET ALL"],
    ["mysql", "SET autocommit = 0"],
    ["mariadb", "SET sql_mode = 'NO_BACKSLASH_ESCAPES'"],
    ["mssql", "SET XACT_ABORT OFF"],
  ] as const)("that the script relies on is refused, on %s: %s", async (dialect, text) => {
    await expect(texts(dialect, text)).rejects.toMatchObject({ code: "own-setting" });
  });

  it("may say again what the script says, as dumps do", async () => {
    await expect(
      texts("postgresql", "SET client_encoding = 'UTF8'", "SET standard_conforming_strings = on"),
    ).resolves.toBeDefined();
  });

  it("cannot reach over the transactions of a revision where names hang on it", async () => {
    const revision = texts("postgresql", "SET search_path TO b", "CREATE INDEX CONCURRENTLY i ON a (b)");
    await expect(revision).rejects.toMatchObject({ code: "setting-across-transactions" });
    await expect(texts("postgresql", "SET work_mem = '1GB'", "VACUUM a")).resolves.toHaveLength(4);
  });
});

describe("a table that is called like a routine", () => {
  it.each(["postgresql", "mysql", "mariadb", "sqlite", "oracle"] as const)(
    "opens no block with its columns, on %s",
    async (dialect) => {
      const text = "CREATE TABLE event (begin date); COMMIT";
      await expect(texts(dialect, text)).rejects.toMatchObject({ code: "transaction-control" });
      const rows = "INSERT INTO event (begin) VALUES (NULL); COMMIT";
      await expect(texts(dialect, rows)).rejects.toMatchObject({ code: "transaction-control" });
    },
  );
});

it.each(["postgresql", "mysql", "mariadb", "mssql", "oracle"] as const)(
  "the hint for COMMIT on %s does not name the block that it stands in",
  async (dialect) => {
    const inBlock = compileOperations((op) => op.autocommitBlock(() => op.execute("COMMIT")), { dialect });
    const hint = "Leave it out: each statement of this op.autocommitBlock is committed by itself.";
    await expect(inBlock).rejects.toMatchObject({ hint: expect.stringContaining(hint) as string });
  },
);
