import { column, t, UnsupportedError, UsageError, type Operations } from "sqlembic";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runsOutsideTransaction } from "../../../../dialects/mssql/script/outside.js";
import { statementsOf } from "../../../../dialects/mssql/script/statements.js";
import { sqlString } from "../../../../dialects/mssql/script/text.js";
import { textOf } from "../../../../src/compiler/script/text.js";
import { bodyOf, compileScript, hostileText, stepOfText, type TestRevision } from "../../shared/compile-script.js";
import { readBatch, sqlcmdBatches } from "./sqlcmd-model.js";

const config = { dialect: "mssql" } as const;
const account = (op: Operations): void => {
  op.createTable("account", [column("id", t.integer(), { primaryKey: true }), column("reset", t.boolean())]);
};
const history: readonly TestRevision[] = [
  { id: "a1", message: "accounts", upgrade: account, downgrade: (op) => op.dropTable("account") },
  {
    id: "b2",
    follows: ["a1"],
    upgrade: (op) => op.execute("UPDATE account SET name = 'x'"),
    downgrade: (op) => op.execute("SELECT 1"),
  },
];
const one = (...statements: readonly string[]): readonly TestRevision[] => [
  { id: "a1", upgrade: (op) => statements.forEach((statement) => op.execute(statement)) },
];
/** What a script writes for the text of an author. */
function linesOf(text: string): readonly string[] {
  return statementsOf(stepOfText(text)).map(({ line }) => textOf(line));
}

const executed = (script: string): readonly string[] =>
  sqlcmdBatches(script).flatMap((batch) => readBatch(batch).executed);

describe("a guarded script of SQL Server", () => {
  it("is one batch that locks, checks, runs and commits, and a line that makes sqlcmd quit", async () => {
    const body = bodyOf(await compileScript(config, history, "a1:b2"));
    expect(body)
      .toBe(`SET XACT_ABORT, NOCOUNT, QUOTED_IDENTIFIER, ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL ON;
SET NUMERIC_ROUNDABORT, IMPLICIT_TRANSACTIONS OFF;
SET ROWCOUNT 0;
SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
SET LOCK_TIMEOUT 10000;
DECLARE @lock int, @found nvarchar(max), @refusal nvarchar(2048), @step nvarchar(400), @query nvarchar(max) =
  N'SELECT @found = ISNULL(STRING_AGG(CAST(version_num AS nvarchar(max)), N'', '') WITHIN GROUP (ORDER BY version_num COLLATE Latin1_General_BIN2), N'''') FROM alembic_version WITH (UPDLOCK, HOLDLOCK)';

BEGIN TRY
IF @@TRANCOUNT > 0 THROW 50001, N'Refused: the session is in a transaction already. Nothing is changed from here on.', 127;
BEGIN TRANSACTION;
EXEC @lock = sp_getapplock @Resource = N'alembic', @LockMode = N'Exclusive', @LockOwner = N'Transaction', @LockTimeout = 10000;
IF @lock < 0 THROW 50001, N'Refused: another run is at work on this database. Nothing is changed from here on.', 127;
SET @found = NULL;
IF OBJECT_ID(N'alembic_version', N'U') IS NOT NULL EXEC sp_executesql @query, N'@found nvarchar(max) OUTPUT', @found OUTPUT;
SET @refusal = LEFT(N'Refused: alembic_version' + ISNULL(N' holds [' + @found + N']', N' is missing')
  + CASE WHEN @found LIKE N'%[-+][0-9]%' THEN N' (half-applied: + or - and the number of its parts that are done; the file that began it has to end it)' ELSE N'' END
  + N', and this file starts from [a1]. Nothing is changed from here on.', 2048);
IF N'[' + ISNULL(@found, N'') + N']' <> N'[a1]' COLLATE Latin1_General_BIN2 THROW 50001, @refusal, 127;

-- Running upgrade a1 -> b2
SET @step = N'b2';

EXEC(N'UPDATE account SET name = ''x''');

IF @@TRANCOUNT <> 1 THROW 50001, N'A statement of the revision has ended the transaction of the script.', 127;
UPDATE alembic_version SET version_num='b2' WHERE alembic_version.version_num = 'a1';
IF @@ROWCOUNT <> 1 THROW 50001, N'The version row a1 is not there.', 127;

COMMIT TRANSACTION;

PRINT N'OK: the database is at b2.';
END TRY
BEGIN CATCH
IF @@TRANCOUNT > 0 ROLLBACK TRANSACTION;
IF @step IS NOT NULL PRINT N'Stopped in revision ' + @step + N': everything was rolled back.';
THROW;
END CATCH;
GO
IF @@ERROR <> 0 RAISERROR(N'Not applied: see the error above.', 16, 127);
GO
`);
  });

  it("makes the version table inside the transaction, behind the check for no rows", async () => {
    const body = bodyOf(await compileScript(config, history));
    const places = ["<> N'[]' COLLATE", "CREATE TABLE alembic_version", "EXEC(N'CREATE TABLE account"];
    expect(places.map((text) => body.indexOf(text))).toEqual(
      places.map((text) => body.indexOf(text)).sort((a, b) => a - b),
    );
    expect(places.every((text) => body.includes(text))).toBe(true);
  });

  it("asks for several heads in the order of their bytes", async () => {
    const heads = [{ id: "B" }, { id: "a" }, { id: "c", follows: ["B", "a"] }];
    expect(await compileScript(config, heads, "B,a:c")).toContain("<> N'[B, a]' COLLATE Latin1_General_BIN2");
  });

  it("joins the version rows without STRING_AGG for 2016", async () => {
    const script = await compileScript({ ...config, targetVersion: "2016" }, history);
    expect(script).not.toContain("STRING_AGG");
    expect(script).toContain("ORDER BY version_num COLLATE Latin1_General_BIN2 FOR XML PATH(''''), TYPE)");
  });

  it("has a batch with its own check for each revision when each has a transaction", async () => {
    const batches = sqlcmdBatches(await compileScript(config, history, "heads", { transactionPerMigration: true }));
    expect(batches).toHaveLength(4);
    expect(batches.map((batch) => /<> (N'\S*') COLLATE/.exec(batch)?.[1])).toEqual([
      "N'[]'",
      undefined,
      "N'[a1]'",
      undefined,
    ]);
    expect(batches[0]).toContain("PRINT N'OK: the database is at a1.'");
  });

  it("is one batch without GO for any client, its second transaction with a check of its own", async () => {
    const script = await compileScript(config, history, "heads", { client: "any", transactionPerMigration: true });
    expect(script).not.toMatch(/^GO$/m);
    expect(script.match(/^BEGIN TRANSACTION;$/gm)).toHaveLength(2);
    expect(script.match(/sp_getapplock/g)).toHaveLength(2);
    expect(script.match(/COLLATE Latin1_General_BIN2 THROW/g)).toHaveLength(2);
    expect(script.match(/^BEGIN TRY$/gm)).toHaveLength(1);
  });

  it("cannot run when it is cut off anywhere before its last line", async () => {
    const [batch = ""] = sqlcmdBatches(await compileScript(config, history));
    const lines = batch.split("\n");
    const start = lines.indexOf("BEGIN TRY");
    for (let end = start + 1; end < lines.length; end++) {
      const { outline } = readBatch(
        lines
          .slice(0, end)
          .join("\n")
          .replace(/N'(?:[^']|'')*$/, ""),
      );
      expect(/END TRY\nBEGIN CATCH[^]*END CATCH/.test(outline), lines[end - 1]).toBe(false);
    }
  });

  it("runs what SQL Server refuses in a transaction outside of it, under a lock of the session", async () => {
    const body = await compileScript(config, one("SELECT 1", "ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON"));
    const order =
      /SELECT 1'\)[^]*COMMIT TRANSACTION;[^]*<> N'\[a1\+1\]' COLLATE[^]*ALTER DATABASE[^]*BEGIN TRANSACTION;[^]*INSERT INTO alembic_version[^]*VALUES \('a1'\)[^]*COMMIT/;
    expect(body).toMatch(order);
    expect(body.match(/@LockOwner = N'Session'/g)).toHaveLength(3);
    expect(body).not.toContain("N'Transaction'");
    expect(body).toContain("what was committed before stays");
  });

  it("knows what SQL Server refuses in a transaction", () => {
    const outside = [
      "BACKUP DATABASE a TO DISK = 'b'",
      "-- c\nCREATE FULLTEXT INDEX ON t (a) KEY INDEX k",
      "RECONFIGURE",
    ];
    const inside = ["ALTER DATABASE SCOPED CONFIGURATION SET MAXDOP = 4", "CREATE INDEX i ON t (a)", "SELECT 'BACKUP'"];
    expect(outside.map(runsOutsideTransaction)).toEqual([true, true, true]);
    expect(inside.map(runsOutsideTransaction)).toEqual([false, false, false]);
  });

  it("writes the rows of an identity in one EXEC, since its SET ends with it", async () => {
    const rows = await compileScript(config, [
      { id: "a1", upgrade: account },
      { id: "b2", follows: ["a1"], upgrade: (op) => op.bulkInsert("account", [{ id: 1 }, { id: 2 }]) },
    ]);
    expect(executed(rows).at(-1)).toBe(
      "SET IDENTITY_INSERT account ON;\nINSERT INTO account (id) VALUES (1);\nINSERT INTO account (id) VALUES (2);\nSET IDENTITY_INSERT account OFF",
    );
  });

  it("keeps what EXEC would end at the top: settings and temporary tables", () => {
    expect(linesOf("SET IDENTITY_INSERT t ON")).toEqual(["SET IDENTITY_INSERT t ON;"]);
    expect(linesOf("SELECT a INTO #kept FROM t")).toEqual(["SELECT a INTO #kept FROM t;"]);
    expect(linesOf("CREATE TABLE [#kept] (a int)")).toEqual(["CREATE TABLE [#kept] (a int);"]);
    const others = ["SET @x = 1", "CREATE TABLE ##all (a int)", "SET NOCOUNT ON; RETURN", "DROP TABLE #kept"];
    expect(others.flatMap(linesOf)).toEqual(others.map((text) => `EXEC(N'${text}');`));
  });

  it("cuts an author's text where a line says GO, and nowhere else", () => {
    const lines = linesOf("SELECT 1\nGO\nSELECT 'a\nGO\nb' -- c\ngo -- d\nSELECT [\ngo]");
    const texts = lines.flatMap((line) => readBatch(line).executed);
    expect(texts).toEqual(["SELECT 1", "SELECT 'a\nGO\nb' -- c", "SELECT [\ngo]"]);
    expect(() => linesOf("SELECT 1\nGO 5")).toThrow(UnsupportedError);
  });

  it("takes the times and the settings of the session", async () => {
    const script = await compileScript({ ...config, lockTimeout: "3s", statementTimeout: "2min" }, history, "heads", {
      session: [["DEADLOCK_PRIORITY", "LOW"]],
    });
    expect(script).toContain("SET LOCK_TIMEOUT 3000;");
    expect(script).toContain("@LockTimeout = 3000;");
    expect(script).toContain("sqlcmd -t 120");
    expect(script).toContain("SET DEADLOCK_PRIORITY LOW;");
    const wrong = compileScript(config, history, "heads", { session: [["A", "ON; DROP TABLE t"]] });
    await expect(wrong).rejects.toThrow(UsageError);
  });
});

describe("an idempotent script of SQL Server", () => {
  const idempotent = { layout: "idempotent" } as const;

  it("skips a revision that is applied, or that another stands on which is", async () => {
    const script = await compileScript(config, history, "heads", idempotent);
    expect(script.match(/^IF NOT EXISTS .*$/gm)).toEqual([
      "IF NOT EXISTS (SELECT 1 FROM alembic_version WHERE version_num COLLATE Latin1_General_BIN2 IN (N'a1', N'b2'))",
      "IF NOT EXISTS (SELECT 1 FROM alembic_version WHERE version_num COLLATE Latin1_General_BIN2 IN (N'b2'))",
    ]);
    expect(script).toContain(
      "version_num COLLATE Latin1_General_BIN2 NOT IN (N'a1', N'b2'))\n  THROW 50001, @refusal, 127;",
    );
  });

  it("wants one of the rows that say that what it begins above is applied", async () => {
    const script = await compileScript(config, history, "a1:b2", idempotent);
    expect(script).toContain(
      "\n  OR NOT EXISTS (SELECT 1 FROM alembic_version WHERE version_num COLLATE Latin1_General_BIN2 IN (N'a1', N'b2'))",
    );
    expect(script).not.toContain("CREATE TABLE alembic_version");
  });

  it("refuses a revision in a batch of its own that stands on one which a client left out after an error", async () => {
    const alone = await compileScript(config, history, "heads", { ...idempotent, transactionPerMigration: true });
    const refusals = alone.match(/^IF NOT EXISTS .* THROW 50001, N'Refused: what this revision stands on .*$/gm);
    expect(refusals).toHaveLength(1);
    expect(refusals?.[0]).toContain("IN (N'a1')");
    expect(await compileScript(config, history, "heads", idempotent)).not.toContain("stands on is not applied");
  });

  it("takes down only what is there", async () => {
    const script = await compileScript(config, history, "heads:base", { ...idempotent, direction: "downgrade" });
    expect(script).toMatch(/^IF EXISTS .* IN \(N'b2'\)\)\nBEGIN\n[^]*^IF EXISTS .* IN \(N'a1'\)\)\nBEGIN$/m);
    // nothing but b2 stands on a1
    expect(script).toMatch(/^INSERT INTO alembic_version \(version_num\) VALUES \('a1'\);\nIF @@ROWCOUNT <> 1/m);
  });

  it("has the same statements as the guarded one", async () => {
    expect(executed(await compileScript(config, history, "heads", idempotent))).toEqual(
      executed(await compileScript(config, history)),
    );
  });
});

describe("text in a script of SQL Server", () => {
  it("reaches the server as it is, whatever sqlcmd would see in it", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const unix = text.replaceAll("\r\n", "\n");
        const [batch = ""] = sqlcmdBatches(`EXEC(${sqlString(unix)});\nGO\n`);
        expect(readBatch(batch)).toEqual({ outline: "EXEC(…);", executed: [unix] });
      }),
      { numRuns: 500 },
    );
  });

  it("stays in its place as a message", async () => {
    const outlines = async (message: string) =>
      sqlcmdBatches(await compileScript(config, [{ id: "a1", message, upgrade: account }])).map(readBatch);
    const expected = await outlines("");
    await fc.assert(
      fc.asyncProperty(hostileText, async (message) => {
        expect(await outlines(message)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });
});
