/**
 * SQL Server and Oracle are not at hand: a full grammar of T-SQL and of PL/SQL, with the words of their clients, reads
 * every statement that a test renders, and here whole scripts: those that are kept of samples and those of the golden
 * histories. Each is read at the end of its test, as statements are; see setup.ts. In plain scripts that is the
 * statements as a client gets them, in all other layouts what stands around them.
 */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { compileRange, loadProject } from "../../src/index.js";
import { packageFolder } from "../support/scripts.js";
import { fullGrammarDialects, problemInFull, type FullGrammarDialect } from "./full-grammar.js";
import { misreadTexts, withoutMisread } from "./misread-texts.js";
import { collect } from "./statements.js";

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
    collect(dialect, keptSample(dialect, direction));
  });

  for (const name of readdirSync(`${packageFolder}test/golden`)) {
    for (const direction of ["upgrade", "downgrade"] as const) {
      if (left[`${name} ${direction} ${dialect}`] !== undefined) continue;
      it(`reads all statements of test/golden/${name}, ${direction}`, async () => {
        collect(dialect, await compileGolden(name, dialect, direction, "plain"));
      });
    }
  }

  it.each(layouts[dialect])("reads what stands around the statements of a history, %s", async (layout) => {
    for (const direction of ["upgrade", "downgrade"] as const) {
      collect(dialect, await compileGolden("history", dialect, direction, layout));
    }
  });

  const wrong = {
    mssql: ["ALTER TABLE t ADD COLUMN c INT;", "CREATE TABL t (a INT);", "IF 1 = 1 BEGIN SELECT 1;"],
    oracle: ["ALTER TABLE t ADD COLUMN c INTEGER;", "CREATE TABL t (a INTEGER);", "BEGIN\nNULL;\n/"],
  };
  it.each(wrong[dialect])("refuses %s", (sql) => {
    expect(problemInFull(dialect, sql)).toMatch(/^line \d+, column \d+, /);
  });

  it("reads a text with what it knows in the place of what it misreads, and nothing else", () => {
    const texts = {
      mssql: ["REVOKE SELECT ON t FROM r", "GRANT SELECT ON t TO r"],
      oracle: ["DROP MATERIALIZED VIEW v", "DROP VIEW v"],
    } as const;
    const [misread, rest] = texts[dialect];
    expect(problemInFull(dialect, misread)).toMatch(/^line 1, column \d+, /);
    expect(withoutMisread(dialect, misread).rest).toBe(rest);
    expect(problemInFull(dialect, rest)).toBeUndefined();
    expect(withoutMisread(dialect, rest)).toEqual({ shapes: [], rest });
  });
});

describe("the list of what the full grammars misread", () => {
  it("names each shape of a dialect once, with a page of the vendor", () => {
    const shapes = misreadTexts.map(({ shape, dialect }) => `${dialect} ${shape}`);
    expect(shapes).toEqual([...new Set(shapes)]);
    for (const { dialect, page } of misreadTexts) {
      expect(page).toMatch(
        { mssql: /^https:\/\/learn\.microsoft\.com\//, oracle: /^https:\/\/docs\.oracle\.com\// }[dialect],
      );
    }
  });
});
