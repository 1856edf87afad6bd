import { type CompileRangeOptions, type Operations } from "sqlembic";
import { beforeAll, describe, expect, it } from "vitest";
import { doneWhen } from "../../../../dialects/mssql/script/done-when.js";
import { statementsOf } from "../../../../dialects/mssql/script/statements.js";
import { grammarOf, type Grammar } from "../../../parse-everything/grammars.js";
import { applyToModel, type ModelDatabase } from "./server-model.js";
import { bodyOf, compileScript, stepOfText, type TestRevision } from "../../shared/compile-script.js";
import { readBatch, sqlcmdBatches } from "./sqlcmd-model.js";

const config = { dialect: "mssql" } as const;
const catalog = "CREATE FULLTEXT CATALOG texts";
const snapshot = "ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON";
const said =
  (...statements: readonly string[]) =>
  (op: Operations): void =>
    statements.forEach((statement) => op.execute(statement));
const inAutocommitBlock =
  (...statements: readonly string[]) =>
  (op: Operations): void =>
    op.autocommitBlock(() => said(...statements)(op));

const history: readonly TestRevision[] = [
  { id: "a1", upgrade: said("SELECT 'a'") },
  {
    id: "b2",
    follows: ["a1"],
    upgrade: said("SELECT 'b'", catalog, snapshot, "SELECT 'B'"),
    downgrade: said("SELECT '-B'", "DROP FULLTEXT CATALOG texts", "SELECT '-b'"),
  },
  { id: "c3", follows: ["b2"], upgrade: said("SELECT 'c'") },
];
const everything = ["SELECT 'a'", "SELECT 'b'", catalog, snapshot, "SELECT 'B'", "SELECT 'c'"];
type Options = Pick<CompileRangeOptions, "layout" | "client" | "transactionPerMigration">;
const layouts: readonly (readonly [string, Options])[] = [
  ["guarded", {}],
  ["guarded, a transaction for each revision", { transactionPerMigration: true }],
  ["guarded, for any client", { client: "any" }],
  ["idempotent", { layout: "idempotent" }],
  ["idempotent, a transaction for each revision", { layout: "idempotent", transactionPerMigration: true }],
];

const empty = (): ModelDatabase => ({ rows: undefined, done: [] });
const at = (...rows: readonly string[]): ModelDatabase => ({ rows, done: [] });
/** The catalog of a server in which nothing was but for what the script has made. */
const isTrue = (condition: string, { done }: ModelDatabase): boolean => {
  const isThere = done.filter((text) => text.includes("CATALOG")).at(-1) === catalog;
  return condition.startsWith("NOT (") ? !isThere : isThere;
};

describe.each(layouts)("a revision in parts for SQL Server, %s", (_name, options) => {
  it("runs everything once, and leaves no mark", async () => {
    const script = await compileScript(config, history, "heads", options);
    const database = empty();
    const { error, messages } = applyToModel(script, database, { isTrue });
    expect({ error, ...database }).toEqual({ error: undefined, rows: ["c3"], done: everything });
    expect(messages.at(-1)).toBe("OK: the database is at c3.");
  });

  it.each(everything)("goes on after an error in %s, and runs nothing twice", async (failsAt) => {
    const script = await compileScript(config, history, "heads", options);
    const database = empty();
    expect(applyToModel(script, database, { failsAt, isTrue }).error).toBe(`failed: ${failsAt}`);
    expect(applyToModel(script, database, { isTrue }).error).toBeUndefined();
    expect(database).toEqual({ rows: ["c3"], done: everything });
  });

  it.each(everything)("goes on after a connection that was lost behind %s", async (isCutOffAfter) => {
    const script = await compileScript(config, history, "heads", options);
    const database = empty();
    expect(applyToModel(script, database, { isCutOffAfter, isTrue }).error).toBe("the connection is lost");
    expect(applyToModel(script, database, { isTrue }).error).toBeUndefined();
    // what sets something to what it is to be runs again; nothing else does
    const repeated = isCutOffAfter === snapshot ? everything.toSpliced(4, 0, snapshot) : everything;
    expect(database).toEqual({ rows: ["c3"], done: repeated });
  });

  it("goes down the same way", async () => {
    const script = await compileScript(config, history, "b2:a1", { ...options, direction: "downgrade" });
    const database: ModelDatabase = { rows: ["b2"], done: [catalog] };
    expect(applyToModel(script, database, { failsAt: "SELECT '-b'", isTrue }).error).toBe("failed: SELECT '-b'");
    expect(database.rows).toEqual(["b2", "b2-2"]);
    expect(applyToModel(script, database, { isTrue }).error).toBeUndefined();
    expect(database).toEqual({
      rows: ["a1"],
      done: [catalog, "SELECT '-B'", "DROP FULLTEXT CATALOG texts", "SELECT '-b'"],
    });
  });

  it("refuses what stands in its way before it has begun", async () => {
    const script = await compileScript(config, history, "a1:heads", options);
    const database = at("a1");
    const { error } = applyToModel(script, database, { isTrue: () => true });
    expect(error).toBe(`Before its turn it is so already: ${catalog}`);
    expect(database).toEqual({ rows: ["a1"], done: [] });
  });
});

describe("options of the session in a revision in parts for SQL Server", () => {
  const upgrade = said(
    "SET DATEFORMAT dmy",
    "SET IDENTITY_INSERT t ON",
    "SET LANGUAGE German",
    "SELECT 'b'",
    "SET IDENTITY_INSERT t OFF",
    "SET DATEFORMAT ymd",
    catalog,
    "SET ARITHABORT OFF",
    "SELECT 'B'",
  );

  it.each(layouts)("are set again in each part, %s", async (_layout, options) => {
    const script = await compileScript(config, [{ id: "a1", upgrade }], "heads", options);
    const texts = /^(?:SET (?:DATEFORMAT|IDENTITY_INSERT|LANGUAGE|ARITHABORT) .*|.*EXEC\(N'.*|COMMIT TRANSACTION;)$/gm;
    const lines = (script.match(texts) ?? []).map((line) => line.trim().replace(/^IF NOT \(.*\) (?=EXEC)/, ""));
    expect(lines.filter((line) => !line.includes("alembic_version"))).toEqual([
      "SET DATEFORMAT dmy;",
      "SET IDENTITY_INSERT t ON;",
      "SET LANGUAGE German;",
      "EXEC(N'SELECT ''b''');",
      "SET IDENTITY_INSERT t OFF;",
      "SET DATEFORMAT ymd;",
      "COMMIT TRANSACTION;",
      "SET LANGUAGE German;",
      "SET DATEFORMAT ymd;",
      `EXEC(N'${catalog}');`,
      "SET LANGUAGE German;",
      "SET DATEFORMAT ymd;",
      "SET ARITHABORT OFF;",
      "EXEC(N'SELECT ''B''');",
      "COMMIT TRANSACTION;",
    ]);
  });
});

describe("a half-applied revision of SQL Server", () => {
  const half = async (): Promise<ModelDatabase> => {
    const database = at("a1");
    applyToModel(await compileScript(config, history, "a1:heads"), database, { failsAt: snapshot, isTrue });
    return database;
  };

  it("leaves a row that names it and how many of its parts are done", async () => {
    expect((await half()).rows).toEqual(["a1", "b2+2"]);
  });

  it.each([
    ["another revision", "a1:d4", {}],
    ["another revision, idempotent", "a1:d4", { layout: "idempotent" }],
    ["a way back", "a1:base", { direction: "downgrade" }],
  ] as const)("keeps every other file from running: %s", async (_name, range, options) => {
    const other = { id: "d4", follows: ["a1"], upgrade: said("SELECT 'd'") };
    const script = await compileScript(config, [...history, other], range, options);
    const database = await half();
    const before = { ...database };
    expect(applyToModel(script, database, { isTrue }).error).toBe("[a1, b2+2]");
    expect(database).toEqual(before);
    expect(script).toContain("(half-applied: + or - and the number of its parts that are done");
  });

  it("is told of at the end of the run that left it, and how to go on", async () => {
    expect(await compileScript(config, history)).toContain(
      "This file, run again, ends a revision that is half-applied.",
    );
    expect(await compileScript(config, history, "a1")).not.toContain("run again");
  });
});

describe("the parts of a revision of SQL Server", () => {
  const partsOf = async (upgrade: TestRevision["upgrade"]): Promise<readonly string[]> => {
    const body = bodyOf(await compileScript(config, [{ id: "a1", ...(upgrade && { upgrade }) }]));
    return [...body.matchAll(/^-- (?:Running upgrade {2}-> )?(a1.*)$/gm)].map(([, title = ""]) => title);
  };

  it("are a transaction of its own for what an autocommit block holds and a transaction could", async () => {
    const titles = await partsOf((op) => {
      said("SELECT 1")(op);
      inAutocommitBlock("UPDATE t SET a = 1", "EXEC dbo.rebuild")(op);
    });
    expect(titles).toEqual([
      "a1, part 1 of 3",
      "a1, part 2 of 3",
      "a1, part 3 of 3, outside a transaction",
      "a1, its version row",
    ]);
  });

  it("are none where all of it is one transaction", async () => {
    expect(await partsOf(said("SELECT 1", "SELECT 2"))).toEqual(["a1"]);
    const script = await compileScript(config, [{ id: "a1", upgrade: said("SELECT 1") }]);
    expect(script).not.toMatch(/@start|Session/);
  });

  it("mark also a revision that is one statement outside a transaction", async () => {
    const script = await compileScript(config, [{ id: "a1", upgrade: said(snapshot) }]);
    const database = empty();
    applyToModel(script, database, { failsAt: snapshot });
    expect(database).toEqual({ rows: ["a1+0"], done: [] });
    expect(applyToModel(script, database).error).toBeUndefined();
    expect(database).toEqual({ rows: ["a1"], done: [snapshot] });
  });

  it("are found in the batches of an author's text too", () => {
    const text = `SELECT 1\nGO\n${snapshot}\nGO\nSELECT 2`;
    expect(statementsOf(stepOfText(text)).map(({ place }) => place)).toEqual(["transaction", "outside", "transaction"]);
  });
});

describe("statements outside a transaction of SQL Server", () => {
  it("are done when the catalog says so, where they would fail a second time", () => {
    expect(doneWhen("CREATE DATABASE [a'b]")).toBe("DB_ID(N'a''b') IS NOT NULL");
    expect(doneWhen("DROP DATABASE a")).toBe("NOT (DB_ID(N'a') IS NOT NULL)");
    expect(doneWhen("CREATE FULLTEXT INDEX ON [dbo].t (body) KEY INDEX k")).toBe(
      "EXISTS (SELECT 1 FROM sys.fulltext_indexes WHERE object_id = OBJECT_ID(N'[dbo].t'))",
    );
    expect(doneWhen("DROP FULLTEXT INDEX ON t")).toMatch(/^NOT \(EXISTS .*OBJECT_ID\(N't'\)\)\)$/);
    expect(doneWhen("-- c\nCREATE FULLTEXT CATALOG [c]")).toContain("sys.fulltext_catalogs WHERE name = N'c'");
  });

  it("may run again otherwise", () => {
    const others = [
      snapshot,
      "DROP DATABASE IF EXISTS a",
      "DROP DATABASE a, b",
      "RECONFIGURE",
      "BACKUP DATABASE a TO DISK = 'b'",
    ];
    expect(others.map(doneWhen)).toEqual(others.map(() => undefined));
  });
});

describe("the statements of a revision in parts", () => {
  let grammar: Grammar;
  beforeAll(async () => {
    grammar = await grammarOf("mssql");
  });

  it.each(["guarded", "idempotent"] as const)("are T-SQL, %s", async (layout) => {
    const script = await compileScript(config, history, "heads", { layout });
    const lines = sqlcmdBatches(script).flatMap((batch) => batch.split("\n"));
    const changes = lines.filter((line) => /^(?:INSERT|UPDATE|DELETE) /.test(line));
    const queries = lines.flatMap(
      (line) => /EXISTS \((SELECT 1 FROM .*? (?:= N'\w+'|IN \(.*?\)))\)/.exec(line)?.[1] ?? [],
    );
    const checked = [...changes, ...queries];
    expect(changes.length).toBeGreaterThan(5);
    expect(checked.map((text) => [text, grammar.problemOf(text)])).toEqual(checked.map((text) => [text, undefined]));
  });

  it.each(["guarded", "idempotent"] as const)(
    "stand in blocks and transactions that are closed, %s",
    async (layout) => {
      for (const batch of sqlcmdBatches(await compileScript(config, history, "heads", { layout }))) {
        const { outline } = readBatch(batch);
        const count = (pattern: RegExp): number => (outline.match(pattern) ?? []).length;
        expect(count(/^BEGIN$/gm)).toBe(count(/^END;$/gm));
        expect(count(/^BEGIN TRANSACTION;$/gm)).toBe(count(/^COMMIT TRANSACTION;$/gm));
      }
    },
  );
});
