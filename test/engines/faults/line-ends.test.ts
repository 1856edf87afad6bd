import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sqliteInWasm from "node-sqlite3-wasm";
import { column, compileRange, t, type CompileRangeOptions, type Operations } from "sqlembic";
import { describe, expect, it } from "vitest";
import type { DialectName } from "../../../src/schema/dialect-names.js";
import { history } from "../../support/history.js";
import { runClient, type ClientResult } from "../client.js";
import type { Database } from "../engine.js";
import { ServerDatabase } from "../mysql.js";
import { testOn } from "../test-on.js";

/** A text of an author's that is data, and would be another one with other line ends. */
const note = (op: Operations): void => {
  op.createTable("note", [column("body", t.text())]);
  op.execute("INSERT INTO note VALUES ('two\nlines')");
};
/** The same text as a value, and line breaks between the words of a statement alone. */
const safe = (op: Operations): void => {
  op.createTable("note", [column("body", t.text())]);
  op.bulkInsert("note", [{ body: "two\nlines" }]);
  op.execute("UPDATE note\nSET body = body");
};

async function compile(
  dialect: DialectName,
  upgrade: (op: Operations) => void,
  options: CompileRangeOptions = {},
): Promise<string> {
  return (await compileRange(history({ dialect }, [{ id: "a1", upgrade }]), "heads", options)).script;
}

/** What `sed 's/$/\r/'` makes of a file, and git with core.autocrlf. */
const converted = (script: string): string => script.replaceAll("\n", "\r\n");
const refusal = /refused: the line ends of this file were converted/;

describe("line ends that were converted", () => {
  for (const [layout, client] of [
    ["guarded", "psql"],
    ["guarded", "any"],
    ["idempotent", "psql"],
  ] as const) {
    testOn("postgresql", `are refused where they change texts, ${layout} for ${client}`, async ({ database }) => {
      const script = await compile("postgresql", note, { layout, client });
      const result = await database.apply(converted(script));
      expect(result.exitCode).not.toBe(0);
      expect(result.stderr).toMatch(refusal);
      expect(
        await database.query("SELECT to_regclass('note') AS note, to_regclass('alembic_version') AS versions"),
      ).toEqual([{ note: null, versions: null }]);
      expect((await database.apply(script)).exitCode).toBe(0);
      expect(await database.query("SELECT body FROM note")).toEqual([{ body: "two\nlines" }]);
    });
  }

  testOn("postgresql", "do no harm where no text holds one", async ({ database }) => {
    expect((await database.apply(converted(await compile("postgresql", safe)))).exitCode).toBe(0);
    expect(await database.query("SELECT body FROM note")).toEqual([{ body: "two\nlines" }]);
  });

  /** The client leaves line ends as they are with this option, as drivers do. */
  const inBinaryMode = (database: Database, input: string): Promise<ClientResult> => {
    const { client, connection, name } = database as ServerDatabase;
    return runClient(client, [...connection.parameters, "--binary-mode", name], { ...connection, input });
  };

  for (const layout of ["guarded", "idempotent", "resumable", "block"] as const) {
    testOn("mariadb", `are refused where they change texts, ${layout}`, async ({ database }) => {
      // the option takes DELIMITER away too
      const script = await compile("mariadb", note, { layout, client: layout === "block" ? "mysql" : "any" });
      const result = await inBinaryMode(database, converted(script));
      expect(result.exitCode).not.toBe(0);
      expect(result.stderr).toMatch(refusal);
      expect(
        await database.query("SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()"),
      ).toEqual([]);
      expect((await inBinaryMode(database, script)).exitCode).toBe(0);
      expect(await database.query("SELECT hex(body) AS body FROM note")).toEqual([{ body: hexOf("two\nlines") }]);
    });
  }

  testOn("mariadb", "are undone by the client", async ({ database }) => {
    expect((await database.apply(converted(await compile("mariadb", note)))).exitCode).toBe(0);
    expect(await database.query("SELECT hex(body) AS body FROM note")).toEqual([{ body: hexOf("two\nlines") }]);
  });

  testOn("mysql", "are undone by the client", async ({ database }) => {
    expect((await database.apply(converted(await compile("mysql", note)))).exitCode).toBe(0);
    expect(await database.query("SELECT hex(body) AS body FROM note")).toEqual([{ body: hexOf("two\nlines") }]);
  });

  testOn("sqlite", "are undone by the shell", async ({ database }) => {
    expect((await database.apply(converted(await compile("sqlite", note)))).exitCode).toBe(0);
    expect(await database.query("SELECT hex(body) AS body FROM note")).toEqual([{ body: hexOf("two\nlines") }]);
  });

  it("are refused by programs with SQLite inside, where they change texts", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sqlembic-line-ends-"));
    const database = new sqliteInWasm.Database(join(folder, "test.db"));
    try {
      const script = await compile("sqlite", note, { client: "any" });
      expect(() => database.exec(converted(script))).toThrow(refusal);
      if (database.inTransaction) database.exec("ROLLBACK");
      expect(database.all("SELECT name FROM sqlite_schema")).toEqual([]);
      database.exec(script);
      expect(database.all("SELECT body FROM note")).toEqual([{ body: "two\nlines" }]);
    } finally {
      database.close();
      rmSync(folder, { recursive: true });
    }
  });

  it("do no harm there where no text holds one", async () => {
    const database = new sqliteInWasm.Database(":memory:");
    database.exec(converted(await compile("sqlite", safe, { client: "any" })));
    expect(database.all("SELECT body FROM note")).toEqual([{ body: "two\nlines" }]);
    database.close();
  });
});

function hexOf(text: string): string {
  return Buffer.from(text).toString("hex").toUpperCase();
}
