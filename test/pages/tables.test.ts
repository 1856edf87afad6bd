import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { loadDialect } from "../../dialects/index.js";
import { check, column, compileOperations, index, t, unique } from "../../src/index.js";
import type { Operations } from "../../src/index.js";
import { dialectNames, type DialectName } from "../../src/schema/dialect-names.js";
import { sourceFiles, usesOf } from "../support/imports.js";
import { packageFolder } from "../support/scripts.js";
import { pageOf, rowsOfTables } from "./pages.js";

/** A call of each directive that the table of directives names, on a table that the history knows. */
const directives: Readonly<Record<string, (op: Operations) => unknown>> = {
  createSchema: (op) => op.createSchema("app"),
  dropSchema: (op) => op.dropSchema("app"),
  createExtension: (op) => op.createExtension("pgcrypto"),
  dropExtension: (op) => op.dropExtension("pgcrypto"),
  createSequence: (op) => op.createSequence("number"),
  dropSequence: (op) => op.dropSequence("number"),
  createEnumType: (op) => op.createEnumType("mood", ["ok"]),
  dropEnumType: (op) => op.dropEnumType("mood"),
  addEnumValue: (op) => op.addEnumValue("mood", "calm"),
  renameEnumValue: (op) => op.renameEnumValue("mood", "ok", "good"),
  createDomain: (op) => op.createDomain("percentage", t.numeric(5, 2)),
  dropDomain: (op) => op.dropDomain("percentage"),
  createView: (op) => op.createView("everybody", "SELECT id FROM account"),
  replaceView: (op) => op.replaceView("everybody", "SELECT id FROM account"),
  dropView: (op) => op.dropView("everybody"),
  refreshMaterializedView: (op) => op.refreshMaterializedView("everybody"),
  createFunction: (op) => op.createFunction("one", "BEGIN RETURN 1; END", { returns: t.integer() }),
  createProcedure: (op) => op.createProcedure("forget", "BEGIN DELETE FROM account; END"),
  dropFunction: (op) => op.dropFunction("one"),
  dropProcedure: (op) => op.dropProcedure("forget"),
  createTrigger: (op) =>
    op.createTrigger("log", "account", "BEGIN DELETE FROM log; END", { timing: "after", events: "insert" }),
  dropTrigger: (op) => op.dropTrigger("log", "account"),
  renameIndex: (op) => op.renameIndex("ix_name", "ix_account_name", { tableName: "account" }),
  renameConstraint: (op) => op.renameConstraint("ck_id", "ck_account_id", "account"),
  validateConstraint: (op) => op.validateConstraint("ck_id", "account"),
  createPartition: (op) => op.createPartition("visit_1", "visit", { from: 0, to: 1 }),
  dropPartition: (op) => op.dropPartition("visit_1", "visit"),
  attachPartition: (op) => op.attachPartition("visit_1", "visit", { from: 0, to: 1 }),
  detachPartition: (op) => op.detachPartition("visit_1", "visit"),
  grant: (op) => op.grant("select", "account", "reader"),
  revoke: (op) => op.revoke("select", "account", "reader"),
};

/** Whether a directive compiles for a dialect. */
async function compiles(directive: string, dialect: DialectName): Promise<boolean> {
  const items = [
    column("id", t.integer(), { primaryKey: true }),
    column("name", t.string(20)),
    check("id > 0", { name: "ck_id" }),
    unique(["name"], { name: "uq_name" }),
    index("ix_name", ["name", "id"]),
  ];
  const body = (op: Operations): void => {
    op.createTable("account", items);
    directives[directive]?.(op);
  };
  return compileOperations(body, { dialect }).then(
    () => true,
    () => false,
  );
}

describe("the page of the dialects", () => {
  it("has every dialect with its oldest and its default version, and the series that are known", async () => {
    const expected = await Promise.all(
      dialectNames.map(async (name) => {
        const { oldestVersion, defaultVersion, series } = await loadDialect(name);
        return [name, oldestVersion, defaultVersion, series.join(", ")];
      }),
    );
    expect(rowsOfTables(pageOf("dialects/README.md"), "dialect", "oldest version")).toEqual(expected);
  });
});

describe("the defaults of the dialects", () => {
  it("are what the page says: transactions and client", async () => {
    const rows = rowsOfTables(pageOf("dialects/README.md"), "dialect", "DDL in a transaction", "client");
    const expected = await Promise.all(
      dialectNames.map(async (name) => {
        const { script } = await loadDialect(name);
        return [name, script.transactionalDdl ? "yes" : "no", script.client];
      }),
    );
    expect(rows.map((row) => row.slice(0, 3))).toEqual(expected);
  });
});

describe("the page of the directives", () => {
  it("says which dialect has which of the directives that Alembic lacks", async () => {
    const rows = rowsOfTables(pageOf("src/operations/README.md"), "", ...dialectNames);
    const named = rows.flatMap(([first = ""]) => [...first.matchAll(/`op\.(\w+)`/g)].map(([, name]) => name));
    expect([...new Set(named)].sort()).toEqual(Object.keys(directives).sort());
    for (const [first = "", ...cells] of rows) {
      const own = [...first.matchAll(/`op\.(\w+)`(?! with)/g)].map(([, name = ""]) => name);
      for (const directive of own) {
        for (const [position, dialect] of dialectNames.entries()) {
          expect(`${directive} ${dialect} ${cells[position] !== "no"}`).toBe(
            `${directive} ${dialect} ${await compiles(directive, dialect)}`,
          );
        }
      }
    }
  });
});

describe("the page of those who work here", () => {
  it("says what each package is for that the sources import or that is installed with sqlembic, and names no other", () => {
    const imported = [...sourceFiles("src"), ...sourceFiles("dialects")]
      .flatMap(usesOf)
      .filter(({ kind, target }) => (kind === "import" || kind === "lazy") && !/^(src|dialects|node:)/.test(target))
      .map(({ target }) => /^(?:@[^/]+\/)?[^/]+/.exec(target)?.[0]);
    const { dependencies, devDependencies } = JSON.parse(readFileSync(`${packageFolder}package.json`, "utf8")) as {
      [K in "dependencies" | "devDependencies"]: Readonly<Record<string, string>>;
    };
    const named = rowsOfTables(pageOf("test/README.md"), "package", "what for").flatMap(([cell = ""]) =>
      cell.split(", "),
    );
    expect(named.filter((name) => !(name in { ...dependencies, ...devDependencies }))).toEqual([]);
    expect([...new Set(imported)].filter((name) => !named.includes(name ?? ""))).toEqual([]);
    expect(Object.keys(dependencies).filter((name) => !named.includes(name))).toEqual([]);
  });
});
