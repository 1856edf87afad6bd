import { column, t, UsageError, type Operations } from "sqlembic";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { statementsOf } from "../../../../dialects/oracle/script/statements.js";
import { plsqlString } from "../../../../dialects/oracle/script/text.js";
import { textOf } from "../../../../src/compiler/script/text.js";
import { bodyOf, compileScript, hostileText, stepOfText, type TestRevision } from "../../shared/compile-script.js";
import { readBlock, readString, sqlPlusBlocks } from "./sqlplus-model.js";

const config = { dialect: "oracle" } as const;
const history: readonly TestRevision[] = [
  {
    id: "a1",
    message: "accounts",
    upgrade: (op) => op.createTable("account", [column("id", t.integer(), { primaryKey: true })]),
    downgrade: (op) => op.dropTable("account"),
  },
  {
    id: "b2",
    follows: ["a1"],
    upgrade(op) {
      op.addColumn("account", column("name", t.string(20)));
      op.execute("UPDATE account SET name = 'x'");
      op.execute("DELETE FROM account WHERE id = 0");
      op.alterColumn("account", "name", { nullable: false });
      op.execute("ALTER INDEX i REBUILD");
    },
    downgrade: (op) => op.dropColumn("account", "name"),
  },
];

/** The statements of the revisions alone, without those of the guards. */
function executed(script: string): readonly string[] {
  const all = sqlPlusBlocks(script).flatMap((block) => readBlock(block).executed);
  return all.filter((text) => !/^ALTER SESSION |alembic_version/.test(text));
}

const upgraded = [
  "CREATE TABLE account (\n    id INTEGER NOT NULL,\n    PRIMARY KEY (id)\n)",
  "ALTER TABLE account ADD name VARCHAR2(20 CHAR)",
  "UPDATE account SET name = 'x'",
  "DELETE FROM account WHERE id = 0",
  "ALTER TABLE account MODIFY name NOT NULL",
  "ALTER INDEX i REBUILD",
];

describe("an author's text for Oracle", () => {
  it.each([
    [
      "INSERT INTO t VALUES (q'[it's; here]'); DELETE FROM t",
      ["INSERT INTO t VALUES (q'[it's; here]')", "DELETE FROM t"],
    ],
    ["UPDATE t SET a = Nq'!it's;!'; DELETE FROM t", ["UPDATE t SET a = Nq'!it's;!'", "DELETE FROM t"]],
    ["UPDATE t SET q = 'a;b'; DELETE FROM t", ["UPDATE t SET q = 'a;b'", "DELETE FROM t"]],
  ])("is cut between its statements: %s", async (text, statements) => {
    expect(executed(await compileScript(config, [{ id: "a1", upgrade: (op) => op.execute(text) }]))).toEqual(
      statements,
    );
  });
});

describe("a guarded script of Oracle", () => {
  it("is one block for each revision that locks, checks, runs and commits", async () => {
    const simple = [{ id: "a1" }, { id: "b2", follows: ["a1"], upgrade: history[0]?.downgrade ?? (() => undefined) }];
    expect(bodyOf(await compileScript(config, simple, "a1:b2"))).toBe(`WHENEVER SQLERROR EXIT FAILURE ROLLBACK
WHENEVER OSERROR EXIT FAILURE ROLLBACK
SET DEFINE OFF
SET SQLBLANKLINES ON
SET ECHO OFF
SET FEEDBACK OFF
SET SERVEROUTPUT ON

DECLARE
  own_schema CONSTANT VARCHAR2(128) := SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA');
  lock_id CONSTANT INTEGER := DBMS_UTILITY.GET_HASH_VALUE(own_schema, 0, 1073741823);
  answer INTEGER;
  has_versions INTEGER;
  has_progress INTEGER;
  found VARCHAR2(4000);
  half VARCHAR2(4000);
  at_revision VARCHAR2(400);
BEGIN
EXECUTE IMMEDIATE 'ALTER SESSION SET DDL_LOCK_TIMEOUT = 10 NLS_COMP = BINARY NLS_SORT = BINARY';
IF DBMS_TRANSACTION.LOCAL_TRANSACTION_ID IS NOT NULL THEN
  RAISE_APPLICATION_ERROR(-20001, 'Refused: the session is in a transaction already. Nothing is changed from here on.');
END IF;
-- One run at a time: the account needs EXECUTE on SYS.DBMS_LOCK.
IF DBMS_LOCK.REQUEST(lock_id, DBMS_LOCK.X_MODE, 10, FALSE) NOT IN (0, 4) THEN
  RAISE_APPLICATION_ERROR(-20001, 'Refused: another run is at work on this schema. Nothing is changed from here on.');
END IF;
SELECT COUNT(CASE table_name WHEN 'ALEMBIC_VERSION' THEN 1 END), COUNT(CASE table_name WHEN 'ALEMBIC_VERSION_PROGRESS' THEN 1 END)
  INTO has_versions, has_progress FROM all_tables WHERE owner = own_schema;
IF has_versions = 1 THEN
  EXECUTE IMMEDIATE q'[SELECT LISTAGG(version_num, ', ') WITHIN GROUP (ORDER BY version_num) FROM alembic_version]' INTO found;
END IF;
IF has_progress = 1 THEN
  EXECUTE IMMEDIATE q'[SELECT MAX(revision || ' at step ' || step) FROM alembic_version_progress]' INTO half;
END IF;
IF half IS NOT NULL THEN
  RAISE_APPLICATION_ERROR(-20001, 'Refused: the database is in revision ' || SUBSTRB(half, 1, 500) || ', which is half-applied: the file that began it has to end it. Nothing is changed from here on.');
END IF;
IF '[' || found || ']' != '[a1]' THEN
  RAISE_APPLICATION_ERROR(-20001, 'Refused: alembic_version' || CASE has_versions WHEN 0 THEN ' is missing' ELSE ' holds [' || SUBSTRB(found, 1, 500) || ']' END || ', and this file starts from [a1]. Nothing is changed from here on.');
END IF;

-- Running upgrade a1 -> b2
at_revision := 'b2';

EXECUTE IMMEDIATE 'DROP TABLE account';

EXECUTE IMMEDIATE q'[UPDATE alembic_version SET version_num='b2' WHERE alembic_version.version_num = 'a1']';
IF SQL%ROWCOUNT != 1 THEN
  RAISE_APPLICATION_ERROR(-20001, 'The version row a1 is not there.');
END IF;
COMMIT;

answer := DBMS_LOCK.RELEASE(lock_id);
DBMS_OUTPUT.PUT_LINE('OK: the database is at b2.');
EXCEPTION
WHEN OTHERS THEN
  answer := DBMS_LOCK.RELEASE(lock_id);
  IF at_revision IS NULL THEN RAISE; END IF;
  ROLLBACK;
  RAISE_APPLICATION_ERROR(-20002, 'Stopped in revision ' || at_revision || '. Oracle commits with each DDL: what the statements before the failing one did stays.', TRUE);
END;
/
`);
  });

  it("runs the statements of its revisions in order, each block behind the check for its own rows", async () => {
    const script = await compileScript(config, history);
    expect(executed(script)).toEqual(upgraded);
    const checks = sqlPlusBlocks(script).map((block) => /IF '\[' \|\| found \|\| ']' != (\S+) THEN/.exec(block)?.[1]);
    expect(checks).toEqual(["'[]'", "'[a1]'"]);
  });

  it("is one block without lines of SQL*Plus for any client", async () => {
    const body = bodyOf(await compileScript(config, history, "heads", { client: "any" }));
    expect(body).toMatch(/^DECLARE\n[^]*\nEND;\n$/);
    expect(body).not.toMatch(/^(?:\/|SET .*|WHENEVER.*)$/m);
    expect(body.match(/^DECLARE$/gm)).toHaveLength(1);
    expect(body.match(/found \|\| '\]' != /g)).toHaveLength(2);
    expect(readBlock(body).executed.filter((text) => !/^ALTER SESSION |alembic_version/.test(text))).toEqual(upgraded);
  });

  it("finds a version table in the schema and with the capitals that its name has", async () => {
    const script = await compileScript({ ...config, versionTable: "Versions", versionTableSchema: "app" }, history);
    expect(script).toContain("own_schema CONSTANT VARCHAR2(128) := 'APP';");
    expect(script).toContain("COUNT(CASE table_name WHEN 'Versions' THEN 1 END)");
    expect(script).toContain(`FROM app."Versions_progress"]' INTO half;`);
  });

  it("takes the times and the settings of the session", async () => {
    const script = await compileScript({ ...config, lockTimeout: "3s", statementTimeout: "2min" }, history, "heads", {
      session: [
        ["optimizer_mode", "FIRST_ROWS"],
        ["nls_date_format", "YYYY MM"],
      ],
    });
    expect(script).toContain("DDL_LOCK_TIMEOUT = 3 ");
    expect(script).toContain("NLS_SORT = BINARY optimizer_mode = FIRST_ROWS nls_date_format = 'YYYY MM']';");
    expect(script).toContain("by a resource plan alone");
    const wrong = compileScript(config, history, "heads", { session: [["a b", "1"]] });
    await expect(wrong).rejects.toThrow(UsageError);
  });

  it("keeps what SQL*Plus acts on out of comments, also of the first lines", async () => {
    const messages = ["R&D -", "ends;", "a & b\n/\n.", "x -- /"];
    for (const message of messages) {
      const script = await compileScript(config, [{ id: "a1", message }]);
      expect(sqlPlusBlocks(script)).toHaveLength(1);
    }
  });
});

describe("an idempotent script of Oracle", () => {
  const idempotent = { layout: "idempotent" } as const;

  it("skips a revision that is applied, or that another stands on which is", async () => {
    const script = await compileScript(config, history, "heads", idempotent);
    const blocks = sqlPlusBlocks(script);
    expect(blocks.map((block) => /COUNT\(CASE WHEN (version_num IN \(.*?\)) THEN/.exec(block)?.[1])).toEqual([
      "version_num IN ('a1', 'b2')",
      "version_num IN ('b2')",
    ]);
    expect(blocks.every((block) => block.includes("\nIF answer = 0 THEN\n"))).toBe(true);
    expect(executed(script)).toEqual(upgraded);
  });

  it("refuses a revision that stands on one which a client left out after an error", async () => {
    const [first, second] = sqlPlusBlocks(await compileScript(config, history, "heads", idempotent));
    expect(first).not.toContain("INTO answer, unknown_rows, rows_below, rows_needed");
    expect(second).toContain("SIGN(COUNT(CASE WHEN version_num IN ('a1') THEN 1 END))");
    expect(second).toContain(
      "IF answer = 0 AND rows_needed < 1 THEN\n  RAISE_APPLICATION_ERROR(-20001, 'Refused: what",
    );
    const whole = await compileScript(config, history, "heads", { ...idempotent, client: "any" });
    expect(whole).not.toContain("rows_needed <");
  });

  it("takes down only what is there", async () => {
    const script = await compileScript(config, history, "heads:base", { ...idempotent, direction: "downgrade" });
    expect(script.match(/^IF answer > 0 THEN$/gm)).toHaveLength(2);
    expect(executed(script)).toEqual(["ALTER TABLE account DROP COLUMN name", "DROP TABLE account"]);
  });
});

describe("a resumable script of Oracle", () => {
  const resumable = { layout: "resumable" } as const;

  it("asks for each step whether it is done: by the dictionary, by the kept number, or not at all", async () => {
    const script = await compileScript(config, history, "a1:b2", resumable);
    const [block = ""] = sqlPlusBlocks(script);
    const owner = "owner = SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA')";
    const found = `SELECT COUNT(*) INTO answer FROM dual WHERE EXISTS (SELECT 1 FROM all_tab_columns WHERE ${owner} AND table_name = 'ACCOUNT' AND column_name = 'NAME'`;
    expect(block.split("\n").filter((line) => /^(?:SELECT COUNT\(\*\)|IF begins|IF at_step <)/.test(line))).toEqual([
      `${found});`,
      "IF begins(1, answer) THEN",
      "IF at_step < 2 THEN",
      `${found} AND nullable = 'N');`,
      "IF begins(3, answer) THEN",
      "IF begins(4, NULL) THEN",
    ]);
    expect(block).toMatch(/DELETE FROM account[^]*UPDATE alembic_version_progress SET step = 2';\nCOMMIT;/);
    expect(executed(script)).toEqual(upgraded.slice(1));
  });

  it("goes on with its own revisions and refuses those of other files", async () => {
    const script = await compileScript(config, history, "heads", resumable);
    const own = /WHERE NOT \(revision = 'a1' AND content = 'upgrade \w{16}'\) AND NOT \(revision = 'b2' AND content/g;
    expect(script.match(own)).toHaveLength(2);
  });

  it("says settings of the session again in each run, and counts none of them as a step", async () => {
    const sets = [
      "ALTER SESSION SET NLS_DATE_FORMAT = 'DD.MM.YYYY'",
      "alter session set optimizer_mode = first_rows",
      "SET CONSTRAINTS ALL DEFERRED",
      "BEGIN DBMS_APPLICATION_INFO.SET_MODULE('a', 'b'); EXECUTE IMMEDIATE q'[ALTER SESSION SET CURRENT_SCHEMA = app]'; END;",
    ];
    const upgrade = (op: Operations): void => {
      op.execute("UPDATE account SET born = TO_DATE('31.01.2026')");
      for (const set of sets) op.execute(set);
      op.execute("DELETE FROM account WHERE born = '01.02.2026'");
      op.execute("BEGIN DBMS_SESSION.SET_IDENTIFIER('y'); UPDATE account SET born = NULL; END;");
      op.dropTable("account");
    };
    const options = { ...resumable, schemaChecks: false };
    const script = await compileScript(config, [{ id: "b2", upgrade }], "heads", options);
    const [block = ""] = sqlPlusBlocks(script);
    const lines = block.slice(block.indexOf("\nat_revision := ")).split("\n");
    const always: string[] = [];
    let depth = 0;
    for (const line of lines) {
      if (/^END IF;$/.test(line)) depth -= 1;
      // the outermost condition asks whether the revision is applied
      if (depth === 1 && line.startsWith("EXECUTE IMMEDIATE ")) {
        always.push(readString(line.slice("EXECUTE IMMEDIATE ".length)).value);
      }
      if (/^IF .* THEN$/.test(line)) depth += 1;
    }
    expect(always.filter((text) => sets.includes(text))).toEqual(sets);
    const kept = always.findIndex((text) => text.includes("nls_session_parameters"));
    expect(kept).toBeLessThan(always.indexOf(sets[0] ?? ""));
    expect(kept).toBeGreaterThan(-1);
    expect(always.some((text) => text.startsWith("BEGIN EXECUTE IMMEDIATE 'ALTER SESSION SET NLS_DATE_FORMAT"))).toBe(
      true,
    );
    const [call] = statementsOf(stepOfText("CALL DBMS_SESSION.SET_IDENTIFIER('x')"));
    expect(call).toMatchObject({ ofSession: true });
    expect(lines.filter((line) => /^IF (?:at_step <|begins\()/.test(line))).toEqual([
      "IF at_step < 1 THEN",
      "IF at_step < 2 THEN",
      "IF begins(3, NULL) THEN",
      "IF begins(4, answer) THEN",
    ]);
  });
});

/** What a script writes for the text of an author. */
function linesOf(text: string): readonly string[] {
  return statementsOf(stepOfText(text)).flatMap(({ lines }) => lines.map(textOf));
}

describe("text in a script of Oracle", () => {
  it("reaches the server as it is, whatever SQL*Plus would see in it", () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 0, max: 3000 }), (hostile, padding) => {
        const text = hostile.replaceAll("\r\n", "\n") + "é".repeat(padding);
        const script = `SET DEFINE OFF\nBEGIN\nEXECUTE IMMEDIATE ${plsqlString(text)};\nEND;\n/\n`;
        expect(sqlPlusBlocks(script).map(readBlock)).toEqual([
          { outline: "BEGIN\nEXECUTE IMMEDIATE …;\nEND;", executed: [text] },
        ]);
      }),
      { numRuns: 500 },
    );
  });

  it("is a CLOB of literals that PL/SQL takes when it is long", () => {
    const text = Array.from({ length: 3000 }, (_none, line) => `-- line ${line} it's`).join("\n");
    const written = plsqlString(text);
    expect(written).toMatch(/^TO_CLOB\(/);
    expect(readString(written)).toEqual({ value: text, end: written.length });
  });

  it("is cut into statements, and PL/SQL keeps its semicolons", () => {
    const texts = (sql: string) =>
      linesOf(sql).map((line) => readString(line.slice("EXECUTE IMMEDIATE ".length)).value);
    expect(texts("UPDATE t SET a = ';'; DELETE FROM t")).toEqual(["UPDATE t SET a = ';'", "DELETE FROM t"]);
    expect(texts("BEGIN p; END")).toEqual(["BEGIN p; END;"]);
    expect(texts("CREATE OR REPLACE PROCEDURE p AS BEGIN a; b; END p")).toEqual([
      "CREATE OR REPLACE PROCEDURE p AS BEGIN a; b; END p;",
    ]);
    expect(texts("CREATE TABLE a (b INT)\n/\nBEGIN p; END;\n/")).toEqual(["CREATE TABLE a (b INT)", "BEGIN p; END;"]);
  });
});
