import { describe, expect, it } from "vitest";
import { compileRange, UnsupportedError, type Operations } from "../../../../src/index.js";
import type { CompileRangeOptions } from "../../../../src/project/compile-range.js";
import { compileProjectPlan, graphOf } from "../../../../src/project/compile-range.js";
import { planStamp } from "../../../../src/history/steps-stamp.js";
import { allowUnparsed } from "../../../parse-everything/statements.js";
import { history, type RevisionInMemory } from "../../../support/history.js";

async function compile(
  revisions: readonly RevisionInMemory[],
  range: string,
  options: CompileRangeOptions = {},
): Promise<string> {
  return (await compileRange(history({ dialect: "sqlite" }, revisions), range, options)).script;
}

const one = (upgrade: (op: Operations) => void): readonly RevisionInMemory[] => [{ id: "a1", upgrade }];

async function refusal(script: Promise<string>): Promise<string> {
  const error: unknown = await script.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UnsupportedError);
  return (error as UnsupportedError).code;
}

describe("a time limit for statements", () => {
  it.each([
    ["guarded", "sqlite3"],
    ["guarded", "any"],
    ["idempotent", "sqlite3"],
  ] as const)("is said to have no effect, %s for %s", async (layout, client) => {
    const revisions = one((op) => op.execute("SELECT 1"));
    const said = "-- SQLite limits the time of no statement by itself";
    expect(await compile(revisions, "head", { layout, client, statementTimeout: 1000 })).toContain(said);
    expect(await compile(revisions, "head", { layout, client })).not.toContain(said);
  });
});

describe("SQL that would leave its place", () => {
  it.each([
    ["shell-command", ".shell touch harm"],
    ["shell-command", "SELECT 1;\n.shell touch harm"],
    ["shell-command", "-- first\n.shell touch harm"],
    ["transaction-control", "COMMIT"],
    ["transaction-control", "SELECT 1; ROLLBACK; SELECT 2"],
    ["transaction-control", "BEGIN EXCLUSIVE"],
    ["transaction-control", "END TRANSACTION"],
  ])("is refused as %s: %j", async (code, text) => {
    const revisions = one((op) => op.execute(text));
    for (const layout of ["guarded", "idempotent"] as const) {
      expect(await refusal(compile(revisions, "head", { layout, parse: false }))).toBe(code);
    }
  });

  it.each([
    ["a dot in a string", "SELECT 'a;\n.shell touch harm'"],
    ["an open comment in a comment", "SELECT 1 -- /* not open"],
    ["a way back to a savepoint", "SAVEPOINT s; ROLLBACK TO s; RELEASE s"],
    [
      "the end of a trigger",
      "CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT CASE WHEN 1 THEN 2 END; DELETE FROM t; END",
    ],
  ])("is not %s", async (_title, text) => {
    if (text.startsWith("SAVEPOINT")) allowUnparsed(/SAVEPOINT/, "the grammar has no savepoints");
    const script = await compile(
      one((op) => op.execute(text)),
      "head",
      { parse: false },
    );
    expect(script).toContain(text);
  });
});

describe("what an idempotent script cannot be", () => {
  const revisions = one((op) => op.execute("SELECT 1"));

  it("is one for clients other than the shell", async () => {
    const code = await refusal(compile(revisions, "head", { layout: "idempotent", client: "any" }));
    expect(code).toBe("needs-sqlite3");
  });

  it("is one with a statement outside its transaction", async () => {
    allowUnparsed(/^VACUUM$/, "the grammar has no VACUUM");
    const outside = one((op) => op.execute("VACUUM"));
    expect(await refusal(compile(outside, "head", { layout: "idempotent" }))).toBe("not-conditional");
  });

  it("is one with characters that the shell writes in its own way", async () => {
    const bell = one((op) => op.execute("SELECT '\x07'"));
    expect(await refusal(compile(bell, "head", { layout: "idempotent", parse: false }))).toBe("control-character");
  });

  it("is a stamp", async () => {
    const project = history({ dialect: "sqlite" }, revisions);
    const plan = planStamp(graphOf(project), ["head"], { rows: [] });
    const script = compileProjectPlan(project, plan, { layout: "idempotent" }).then((result) => result.script);
    expect(await refusal(script)).toBe("idempotent-stamp");
  });
});

describe("settings of the session", () => {
  const script = (session: readonly (readonly [string, string])[]): Promise<string> =>
    compile(
      one((op) => op.execute("SELECT 1")),
      "head",
      { session },
    );

  it("become pragmas before the transaction", async () => {
    const text = await script([
      ["cache_size", "-64000"],
      ["temp_store_directory", "it's here"],
    ]);
    expect(text).toContain(
      "PRAGMA cache_size = -64000;\nPRAGMA temp_store_directory = 'it''s here';\n\nBEGIN IMMEDIATE;",
    );
  });

  it("have names of pragmas", async () => {
    await expect(script([["a = 1; DROP TABLE t; --", "1"]])).rejects.toMatchObject({ code: "setting-name" });
  });

  it("have values of one line", async () => {
    await expect(script([["cache_size", "1\n.shell touch harm"]])).rejects.toMatchObject({ code: "setting-value" });
  });
});

describe("statements that SQLite runs outside transactions", () => {
  it.each(["VACUUM", "PRAGMA journal_mode = WAL", "PRAGMA main.auto_vacuum = 1", "-- smaller\nPRAGMA page_size(8192)"])(
    "are refused behind the transaction, where a run that is cut off would pass over them: %s",
    async (text) => {
      allowUnparsed(/VACUUM|^(?:--.*\n)?PRAGMA/i, "the grammar takes few pragmas, and no VACUUM");
      const revisions = one((op) => (op.execute("SELECT 1"), op.execute(text)));
      expect(await refusal(compile(revisions, "head"))).toBe("behind-version-row");
      const first = one((op) => (op.execute(text), op.execute("SELECT 1")));
      expect(await compile(first, "head")).toMatch(/^COMMIT;\n\n[^;]*(?:VACUUM|PRAGMA)[^;]*;\n\nBEGIN IMMEDIATE;/m);
    },
  );

  it("stand behind the transaction where they are the connection's own, with a guard before the next", async () => {
    allowUnparsed(/^PRAGMA synchronous/, "the grammar takes few pragmas");
    const script = await compile(
      [
        { id: "a1", upgrade: (op) => (op.execute("SELECT 1"), op.execute("PRAGMA synchronous = NORMAL")) },
        { id: "b2", upgrade: (op) => op.execute("SELECT 2") },
      ],
      "head",
    );
    expect(script).toMatch(
      /COMMIT;\n\nPRAGMA synchronous = NORMAL;\n\nBEGIN IMMEDIATE;\n\n-- Guard: refuses unless alembic_version holds exactly a1\./,
    );
  });

  it("stand before the version row of a revision that has nothing else, behind a guard", async () => {
    allowUnparsed(/^PRAGMA journal_mode/, "the grammar takes few pragmas");
    const script = await compile(
      one((op) => op.execute("PRAGMA journal_mode = WAL")),
      "head",
    );
    expect(script).toMatch(
      /^BEGIN IMMEDIATE;[^]*^COMMIT;\n\nPRAGMA journal_mode = WAL;\n\nBEGIN IMMEDIATE;[^]*INSERT INTO alembic/m,
    );
  });

  it("do not stand between the changes of a revision", async () => {
    allowUnparsed(/^VACUUM$/, "the grammar has no VACUUM");
    const revisions = one((op) => (op.execute("SELECT 1"), op.execute("VACUUM"), op.execute("SELECT 2")));
    expect(await refusal(compile(revisions, "head"))).toBe("split-revision");
  });

  it("are not those that only an author takes out of the transaction", async () => {
    const revisions = one((op) => op.autocommitBlock(() => op.execute("DELETE FROM t")));
    const script = await compile(revisions, "head");
    expect(script.match(/^COMMIT;$/gm)).toHaveLength(1);
  });
});
