import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { column, compileRange, foreignKey, quotedName, t, type Operations } from "../../../../src/index.js";
import type { CompileRangeOptions } from "../../../../src/project/compile-range.js";
import { compileProjectPlan, graphOf } from "../../../../src/project/compile-range.js";
import type { Config } from "../../../../src/config/config.js";
import { planStamp } from "../../../../src/history/steps-stamp.js";
import { runClient } from "../../../engines/client.js";
import { allowUnparsed } from "../../../parse-everything/statements.js";
import { history, type RevisionInMemory } from "../../../support/history.js";

const hasShell = spawnSync("sqlite3", ["--version"]).status === 0;

async function compile(
  revisions: readonly RevisionInMemory[],
  range: string,
  options: CompileRangeOptions & { readonly config?: Partial<Config> } = {},
): Promise<string> {
  const { config, ...others } = options;
  return (await compileRange(history({ dialect: "sqlite", ...config }, revisions), range, others)).script;
}

const one = (upgrade: (op: Operations) => void): readonly RevisionInMemory[] => [{ id: "a1", upgrade }];

describe.skipIf(!hasShell)("scripts in the shell", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "sqlembic-script-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const shell = (script: string, database = "test.db") =>
    runClient("sh", ["-c", 'cd "$0" && exec sqlite3 -init /dev/null "$1"', folder, database], { input: script });

  async function apply(script: string, database?: string): Promise<string> {
    const { exitCode, stdout, stderr } = await shell(script, database);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    return stdout.trim();
  }

  const upgraded = async (revisions: readonly RevisionInMemory[], range = "head", config: Partial<Config> = {}) =>
    apply(await compile(revisions, range, { config }));

  const family: readonly RevisionInMemory[] = [
    {
      id: "a1",
      upgrade(op) {
        op.createTable("parent", [column("id", t.integer(), { primaryKey: true }), column("name", t.string(20))]);
        op.createTable("child", [
          column("parent_id", t.integer()),
          foreignKey(["parent_id"], ["parent.id"], { onDelete: "CASCADE" }),
        ]);
        op.execute("CREATE VIEW names AS SELECT name FROM parent");
        op.execute("INSERT INTO parent VALUES (1, 'Ann')");
        op.execute("INSERT INTO child VALUES (1)");
      },
    },
    {
      id: "b2",
      upgrade: (op) => op.batchAlterTable("parent", (batch) => batch.alterColumn("name", { nullable: false })),
    },
    { id: "c3", upgrade: (op) => op.execute("INSERT INTO child VALUES (1)") },
  ];

  for (const transactionPerMigration of [false, true]) {
    const title = transactionPerMigration ? ", a transaction for each revision" : "";

    it(`keep rows that refer to a table made anew, and views of it${title}`, async () => {
      await apply("PRAGMA foreign_keys = ON;\n");
      const script = await compile(family, "head", { config: { transactionPerMigration } });
      const after = "SELECT count(*) FROM child; SELECT * FROM names; PRAGMA foreign_keys;\n";
      expect(await apply(`PRAGMA foreign_keys = ON;\n${script}${after}`)).toMatch(
        /OK: the database is at c3\n2\nAnn\n1$/,
      );
      expect(script.match(/PRAGMA foreign_keys = O(?:N|FF);/g)).toEqual([
        "PRAGMA foreign_keys = OFF;",
        "PRAGMA foreign_keys = ON;",
      ]);
    });
  }

  it("leave foreign keys as they are where no table is made anew", async () => {
    const script = await compile(family, "a1");
    expect(script).not.toContain("foreign_keys");
  });

  it("are read rightly behind a byte order mark and with the line ends of Windows", async () => {
    for (const layout of ["guarded", "idempotent"] as const) {
      const script = await compile(family, "head", { layout });
      const changed = `\ufeff${script.replaceAll("\n", "\r\n")}`;
      expect(await apply(changed, `${layout}.db`)).toBe("OK: the database is at c3");
      // the second statement fails at once, and nothing is run behind it
      const broken = changed.replace("CREATE TABLE parent", "CREATE TABLE parent (a); CREATE TABLE parent");
      const { exitCode } = await shell(broken, `${layout}-broken.db`);
      expect(exitCode).toBe(1);
      expect(await apply(".tables\n", `${layout}-broken.db`)).toBe("");
    }
  });

  it("stamp, start over, and leave no row behind", async () => {
    const project = history({ dialect: "sqlite" }, family);
    const stamp = async (targets: readonly string[], purge: boolean, rows: readonly string[]) => {
      const plan = planStamp(graphOf(project), targets, purge ? { purge } : { rows });
      return apply((await compileProjectPlan(project, plan)).script);
    };
    expect(await stamp(["b2"], false, [])).toBe("OK: the database is at b2");
    await apply("INSERT INTO alembic_version VALUES ('stray');\n");
    expect(await stamp(["a1"], true, [])).toBe("OK: the database is at a1");
    expect(await stamp(["base"], true, [])).toBe("OK: the database has no revision applied");
  });

  const branches: readonly RevisionInMemory[] = [
    {
      id: "a1",
      upgrade: (op) => op.createTable("log", [column("entry", t.string(9))]),
      downgrade: (op) => op.dropTable("log"),
    },
    ...[
      ["b2", "a1"],
      ["c3", "b2"],
      ["d4", "a1"],
      ["e5", ["c3", "d4"]],
    ].map(([id, down]): RevisionInMemory => ({
      id: id as string,
      down: down as string,
      upgrade(op) {
        op.execute(`INSERT INTO log VALUES ('${id as string}')`);
        if (id === "b2") op.createTable("gone", [column("id", t.integer())]);
        if (id === "c3") op.execute("INSERT INTO gone VALUES (1)");
        if (id === "e5") op.dropTable("gone");
      },
      downgrade: (op) => op.execute(`DELETE FROM log WHERE entry = '${id as string}'`),
    })),
  ];
  const entries =
    "SELECT group_concat(entry) FROM (SELECT entry FROM log ORDER BY entry); SELECT version_num FROM alembic_version;\n";

  it.each(["none", "a1", "b2", "c3", "d4", "e5"])("bring a database at %s to the head, and again", async (start) => {
    if (start !== "none") await upgraded(branches, start);
    for (const transactionPerMigration of [false, true]) {
      const script = await compile(branches, "head", { layout: "idempotent", config: { transactionPerMigration } });
      expect(await apply(script)).toBe("OK: the database is at e5");
      expect(await apply(entries)).toBe("b2,c3,d4,e5\ne5");
    }
  });

  it.each(["e5", "c3", "d4", "a1"])("bring a database at %s down to the base, and again", async (start) => {
    await upgraded(branches, start);
    const script = await compile(branches, "head:base", { direction: "downgrade", layout: "idempotent" });
    const outcomes = [await apply(script), await apply(script)];
    expect(outcomes).toEqual(Array(2).fill("OK: the database has no revision applied"));
    expect(await apply("SELECT name FROM sqlite_master WHERE name = 'log';\n")).toBe("");
  });

  it("do not run what another run has written into the same folder", async () => {
    const script = await compile(branches, "head", { layout: "idempotent" });
    const [written = "", rest = ""] = script.split(/^(?=\.read )/m);
    await shell(written, "other.db");
    expect(readdirSync(folder)).toContain("sqlembic_e5.tmp");
    const { exitCode, stderr } = await shell(written.replace(/^\.once [^]*$/m, "") + rest);
    expect(stderr).toMatch(/CHECK constraint failed: refused/);
    expect(exitCode).toBe(1);
    expect(await apply(".tables\n")).toBe("");
  });

  it.each<readonly [what: string, target: string, name: string]>([
    ["in the place of the folder", ".", "sqlembic_e5.tmp"],
    ["in the place of the file", "../victim", "sqlembic_e5.tmp/wanted.sql"],
    ["to nothing", "../missing", "sqlembic_e5.tmp/wanted.sql"],
  ])("follow no link: one %s", async (_what, target, name) => {
    writeFileSync(join(folder, "victim"), "as it was");
    if (name.includes("/")) mkdirSync(join(folder, "sqlembic_e5.tmp"));
    symlinkSync(target, join(folder, name));
    const { exitCode, stderr } = await shell(await compile(branches, "head", { layout: "idempotent" }));
    expect(exitCode).toBe(1);
    expect(stderr).toContain("refused: sqlembic_e5.tmp is a link, or has one in it: remove it");
    expect(readFileSync(join(folder, "victim"), "utf8")).toBe("as it was");
    expect(readdirSync(folder).sort()).toEqual(["sqlembic_e5.tmp", "test.db", "victim"]);
    expect(await apply(".tables\n")).toBe("");
  });

  const hostileParts = ["\n", "\r", "'", '"', ";", "--", "/*", "*/", ".shell touch harm", ".quit", "\u2028", "$", "x"];
  const hostileText = fc
    .array(fc.constantFrom(...hostileParts), { minLength: 1, maxLength: 9 })
    .map((parts) => parts.join(""));

  it("run no command, whatever texts and names hold", async () => {
    allowUnparsed(/["/]/, "the grammar reads no quotes or comments inside quoted names");
    await fc.assert(
      fc.asyncProperty(hostileText, async (text) => {
        for (const layout of ["guarded", "idempotent"] as const) {
          const database = `${layout}.db`;
          rmSync(join(folder, database), { force: true });
          // the shell reads CR LF as LF, which changes a name wherever it stands
          const name = `t${text.replaceAll("\r", "")}`;
          const quotedAsIs = quotedName(name, true);
          const revisions = one((op) => {
            op.createTable(quotedAsIs, [column(quotedAsIs, t.text(), { serverDefault: text })]);
            op.bulkInsert(quotedAsIs, [{ [name]: text }]);
          });
          const script = await compile(revisions, "head", { layout });
          expect(await apply(script, database)).toBe("OK: the database is at a1");
          const quoted = `"${name.replaceAll('"', '""')}"`;
          const stored = await apply(`SELECT hex(CAST((SELECT * FROM ${quoted}) AS BLOB));\n`, database);
          expect(stored).toBe(Buffer.from(text, "utf8").toString("hex").toUpperCase());
          expect(readdirSync(folder)).not.toContain("harm");
        }
      }),
      { numRuns: 25, seed: Number(process.env["SQLEMBIC_TEST_SEED"] ?? 20260801) },
    );
  });
});
