import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LayoutName } from "../../../../src/compiler/script/model.js";
import type { CompilePlanOptions } from "../../../../src/project/compile-range.js";
import { column, compileRange, t, table } from "../../../../src/index.js";
import type { Operations } from "../../../../src/index.js";
import { testOn } from "../../../engines/test-on.js";
import { history, type RevisionInMemory } from "../../../support/history.js";

const dialects = ["mysql", "mariadb"] as const;
type Server = (typeof dialects)[number];

async function scriptOf(
  dialect: Server,
  revisions: readonly RevisionInMemory[],
  options: CompilePlanOptions = {},
  range = "heads",
): Promise<string> {
  return (await compileRange(history({ dialect }, revisions), range, options)).script;
}

const only = (upgrade: (op: Operations) => void): readonly RevisionInMemory[] => [{ id: "a1", upgrade }];

const trigger = only((op) => {
  op.createTable("account", [column("id", t.integer())]);
  op.execute("CREATE TRIGGER plus BEFORE INSERT ON account FOR EACH ROW BEGIN SET NEW.id = 1; SET NEW.id = 2; END");
});

const tables = (op: Operations): void => {
  op.createTable("account", [column("id", t.integer())]);
  op.addColumn("account", column("name", t.string(20)));
  op.createIndex("ix_name", "account", ["name"]);
  op.alterColumn("account", "name", { nullable: false });
};

describe.each(dialects)("scripts for %s", (dialect) => {
  it("set what literals depend on before anything else", async () => {
    const script = await scriptOf(dialect, only(tables), { lockTimeout: 1500 });
    expect(script).toMatch(
      /^SET NAMES utf8mb4;\nSET SESSION sql_mode = 'ONLY_FULL|^SET NAMES utf8mb4;\nSET SESSION sql_mode = 'STRICT/m,
    );
    expect(script).toContain("SET SESSION autocommit = 1,");
    expect(script).toContain("SET SESSION lock_wait_timeout = 2, innodb_lock_wait_timeout = 2;");
  });

  it.each([
    ["leave the time zone alone: NOW() is what the server has", t.dateTime(), false],
    ["set the time zone where a moment is read in it, and say so", t.TIMESTAMP(), true],
  ])("%s", async (_title, type, isSet) => {
    const body = (op: Operations): void => {
      op.createTable("visit", [column("at", type)]);
      op.bulkInsert(table("visit", [column("at", type)]), [{ at: new Date("2020-01-02T03:04:05Z") }]);
      op.execute("UPDATE visit SET at = NOW()");
    };
    const script = await scriptOf(dialect, only(body));
    expect(script.includes("SET SESSION time_zone = '+00:00';")).toBe(isSet);
    expect(script.includes("-- zone:   UTC")).toBe(isSet);
  });

  it("wait ten seconds for a lock when nothing says how long", async () => {
    expect(await scriptOf(dialect, only(tables))).toContain("SET SESSION lock_wait_timeout = 10,");
  });

  it("limit statements as the server can", async () => {
    const script = await scriptOf(dialect, only(tables), { statementTimeout: 2500 });
    if (dialect === "mariadb") expect(script).toContain("SET SESSION max_statement_time = 2.5;");
    else expect(script).toMatch(/max_execution_time = 2500;\n-- MySQL limits the time of SELECT alone/);
  });

  it("take settings of the session, as numbers, words or text", async () => {
    const session = [
      ["foreign_key_checks", "0"],
      ["sql_mode", "ANSI'; DROP TABLE x"],
    ] as const;
    const script = await scriptOf(dialect, only(tables), { session });
    expect(script).toContain(
      "SET SESSION foreign_key_checks = 0; SET @well_set = @well_set AND @@error_count = 0;\nSET SESSION sql_mode = 'ANSI''; DROP TABLE x';",
    );
    await expect(scriptOf(dialect, only(tables), { session: [["a; b", "1"]] })).rejects.toThrow(/not the name/);
  });

  it("keep a revision that only changes rows in one transaction with its version row, without a table of progress", async () => {
    const script = await scriptOf(
      dialect,
      only((op) => op.execute("DELETE FROM account")),
    );
    expect(script).not.toMatch(/progress \(|progress SET/);
    expect(script.match(/^START TRANSACTION;$/gm)).toHaveLength(1);
  });

  it("keep the rows of an INSERT that stands with others in one text", async () => {
    const text = "INSERT INTO a VALUES (1, ';'); REPLACE INTO b (c) VALUES (2); DELETE FROM c";
    const script = await scriptOf(
      dialect,
      only((op) => op.execute(text)),
    );
    for (const statement of text.split("; ")) expect(script).toContain(`\n${statement};\n`);
  });

  it("note errors behind each of several statements in one text", async () => {
    const script = await scriptOf(
      dialect,
      only((op) => op.execute("DELETE FROM a; DELETE FROM b WHERE c = ';'")),
    );
    expect(script).toMatch(/^DELETE FROM a;\nSET @all_well = .*\nDELETE FROM b WHERE c = ';';\nSET @all_well = /m);
  });

  it("join changes of one table where none touches what another one does", async () => {
    const script = await scriptOf(dialect, only(tables), { layout: "resumable" });
    expect(script).toMatch(/'ADD COLUMN name VARCHAR\(20\)'\),\nIF\(.*\n'ADD INDEX ix_name \(name\)'\)\)\), 'DO 0'\);/);
    expect(script).toContain("'ALTER TABLE account MODIFY name VARCHAR(20) NOT NULL', 'DO 0');");
  });

  it("refuse to be resumable where nothing tells whether a statement ran", async () => {
    const unnamed = only((op) => op.execute("CALL everything()"));
    await expect(scriptOf(dialect, unnamed, { layout: "resumable" })).rejects.toMatchObject({
      code: "not-resumable",
      message: expect.stringContaining("Revision a1") as string,
    });
  });

  it.each(["role", "function", "trigger", "procedure", "view", "server"])(
    "take tables and columns that are called %s, idempotent and resumable",
    async (name) => {
      const made = only((op) => {
        op.createTable(name, [column("id", t.integer(), { primaryKey: true }), column(name, t.string(9))]);
        op.alterColumn(name, name, { type: t.string(20) });
        op.execute(`ALTER TABLE \`${name}\` ADD COLUMN second_${name} INT`);
      });
      for (const layout of ["idempotent", "resumable"] as const) {
        expect(await scriptOf(dialect, made, { layout })).toContain("VARCHAR(20)");
      }
    },
  );

  it.each(["idempotent", "resumable"] as const)("make triggers %s only on MariaDB", async (layout: LayoutName) => {
    const script = scriptOf(dialect, trigger, { layout });
    if (dialect === "mariadb" && layout === "idempotent") expect(await script).toContain("'CREATE TRIGGER plus");
    else await expect(script).rejects.toThrow(/Revision a1: .*CREATE TRIGGER plus/);
  });

  it("tell the mysql client where a body ends, and no other client", async () => {
    expect(await scriptOf(dialect, trigger)).toMatch(/^DELIMITER \$\$\nCREATE TRIGGER/m);
    const any = await scriptOf(dialect, trigger, { client: "any" });
    expect(any).not.toContain("DELIMITER");
    expect(any).toMatch(dialect === "mariadb" ? /^EXECUTE IMMEDIATE 'CREATE TRIGGER/m : /^CREATE TRIGGER/m);
  });

  it("say in a block only on MariaDB what the server runs by itself", async () => {
    const script = scriptOf(dialect, trigger, { layout: "block" });
    if (dialect === "mysql") return expect(script).rejects.toMatchObject({ code: "unsupported-layout" });
    expect(await script).toMatch(
      /^BEGIN NOT ATOMIC$[^]*^EXECUTE IMMEDIATE 'CREATE TRIGGER[^]*^END\n\$\$\nDELIMITER ;$/m,
    );
  });

  const branches: readonly RevisionInMemory[] = [
    { id: "root", down: null, upgrade: (op) => void op.createTable("root", [column("id", t.integer())]) },
    { id: "left", down: "root", upgrade: (op) => void op.createTable("l", [column("id", t.integer())]) },
    { id: "right", down: "root", upgrade: (op) => void op.createTable("r", [column("id", t.integer())]) },
    { id: "merge", down: ["left", "right"], upgrade: (op) => op.dropTable("root") },
  ];

  for (const branch of ["left", "right"]) {
    testOn(dialect, `go on from the ${branch} branch alone, and twice`, async ({ database }) => {
      await database.apply(await scriptOf(dialect, branches, {}, branch));
      const script = await scriptOf(dialect, branches, { layout: "idempotent" });
      for (const attempt of [1, 2]) {
        expect({ attempt, ...(await database.apply(script)) }).toMatchObject({ attempt, exitCode: 0, stderr: "" });
        expect(await database.query("SELECT version_num FROM alembic_version")).toEqual([{ version_num: "merge" }]);
      }
    });
  }

  if (dialect === "mariadb") {
    testOn(dialect, "run as a block, refuse to run twice, and stop at the first error", async ({ database }) => {
      const script = await scriptOf(dialect, trigger, { layout: "block" });
      expect(await database.apply(script)).toMatchObject({ exitCode: 0, stderr: "" });
      const again = await database.apply(script);
      expect(again.exitCode).not.toBe(0);
      expect(again.stderr).toContain("refused: found [a1], needed []");
    });
  }
});

/** What clients and servers could take for a command, an end or an escape. */
const dangers = [
  ..."'\"`\\\n\r\t\0\x1a;#-*/%",
  "\\!",
  "\n\\! touch FILE\n",
  "\nsystem touch FILE\n",
  "\\' ;\n\\! touch FILE\n",
  "\nDELIMITER //\n",
  "*/",
  "/*!",
  "--\n",
  "é😀",
];

const hostile = fc.array(fc.constantFrom(...dangers), { minLength: 1, maxLength: 8 }).map((parts) => parts.join(""));

describe.each(dialects)("hostile strings on %s", (dialect) => {
  for (const layout of ["guarded", "idempotent", "resumable"] as const) {
    testOn(dialect, `come back as they went in, and run nothing, in ${layout} scripts`, async ({ database }) => {
      const folder = mkdtempSync(join(tmpdir(), "sqlembic-hostile-"));
      const file = join(folder, "ran");
      try {
        const values = fc.sample(hostile, { numRuns: 100, seed: 5 }).map((text) => text.replaceAll("FILE", file));
        const message = values.join(" ");
        const revisions = only((op) => {
          const table = op.createTable("text", [column("id", t.integer()), column("value", t.text())]);
          op.bulkInsert(
            table,
            values.map((value, id) => ({ id, value })),
          );
        });
        const project = history({ dialect }, revisions);
        const named = { ...project, revisions: project.revisions.map((revision) => ({ ...revision, message })) };
        const { script } = await compileRange(named, "heads", { layout });
        expect(await database.apply(script)).toMatchObject({ exitCode: 0, stderr: "" });
        expect(existsSync(file)).toBe(false);
        const rows = await database.query("SELECT hex(value) AS value FROM text ORDER BY id");
        expect(rows.map(({ value }) => Buffer.from(value ?? "", "hex").toString("utf8"))).toEqual(values);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });
  }
});
