/**
 * SQL Server and Oracle are not at hand: their scripts are read by a full grammar of T-SQL and of PL/SQL with the words of
 * their clients, those that are kept of samples and those of the golden histories. In plain scripts it reads the
 * statements themselves, in all other layouts what stands around them.
 */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { compileRange, loadProject } from "../../src/index.js";
import { packageFolder } from "../support/scripts.js";
import { fullGrammarDialects, readInFull, type FullGrammarDialect } from "./full-grammar.js";
import { misreadTexts } from "./misread-texts.js";

const layouts = { mssql: ["guarded", "idempotent"], oracle: ["guarded", "idempotent", "resumable"] } as const;
const directions = { upgrade: "heads", downgrade: "heads:base" } as const;

/** What no script of a golden history is for, with the reason. */
const left: Readonly<Record<string, string>> = {
  "columns downgrade mssql": "raw SQL of other servers",
  "columns upgrade oracle": "raw SQL of other servers",
  "columns downgrade oracle": "raw SQL of other servers",
  "rows upgrade oracle": "1e+300 is outside the range of a NUMBER",
  "tables upgrade oracle": "Oracle has no ON UPDATE CASCADE",
  "types upgrade oracle": "Oracle has no time of day without a date",
};

function keptSample(dialect: FullGrammarDialect, direction: keyof typeof directions): string {
  return readFileSync(`${packageFolder}samples/warehouse/${dialect}.${direction}.sql`, "utf8");
}

function expectRead(dialect: FullGrammarDialect, script: string): void {
  expect(readInFull(dialect, script).problem).toBeUndefined();
}

async function compileGolden(
  name: string,
  dialect: FullGrammarDialect,
  direction: keyof typeof directions,
  layout: "plain" | (typeof layouts)[FullGrammarDialect][number],
): Promise<string> {
  // the targets of the golden histories are the servers that run here
  const project = await loadProject(undefined, { cwd: `${packageFolder}test/golden/${name}`, target: "sqlite" });
  const config = { ...project.config, dialect };
  return (await compileRange({ ...project, config }, directions[direction], { direction, layout })).script;
}

describe.each(fullGrammarDialects)("the full grammar for %s", { timeout: 300_000 }, (dialect) => {
  it.each(["upgrade", "downgrade"] as const)("reads the sample kept of it, %s", (direction) => {
    expectRead(dialect, keptSample(dialect, direction));
  });

  for (const name of readdirSync(`${packageFolder}test/golden`)) {
    for (const direction of ["upgrade", "downgrade"] as const) {
      if (left[`${name} ${direction} ${dialect}`] !== undefined) continue;
      it(`reads all statements of test/golden/${name}, ${direction}`, async () => {
        expectRead(dialect, await compileGolden(name, dialect, direction, "plain"));
      });
    }
  }

  it.each(layouts[dialect])("reads what stands around the statements of a history, %s", async (layout) => {
    for (const direction of ["upgrade", "downgrade"] as const) {
      expectRead(dialect, await compileGolden("history", dialect, direction, layout));
    }
  });

  const wrong = {
    mssql: ["ALTER TABLE t ADD COLUMN c INT;", "CREATE TABL t (a INT);", "IF 1 = 1 BEGIN SELECT 1;"],
    oracle: ["ALTER TABLE t ADD COLUMN c INTEGER;", "CREATE TABL t (a INTEGER);", "BEGIN\nNULL;\n/"],
  };
  it.each(wrong[dialect])("refuses %s", (sql) => {
    expect(readInFull(dialect, sql).problem).toMatch(/^line \d+, column \d+, /);
  });

  it("needs every entry of the list of what it misreads", async () => {
    const scripts = [keptSample(dialect, "upgrade"), await compileGolden("history", dialect, "upgrade", "plain")];
    const needed = scripts.flatMap((script) => readInFull(dialect, script).shapes);
    const listed = misreadTexts.filter(({ dialect: of }) => of === dialect).map(({ shape }) => shape);
    expect(listed.filter((shape) => !needed.includes(shape))).toEqual([]);
  });
});
