import { describe, expect } from "vitest";
import { column, dialectNames, t, type DialectName, type Operations } from "../../src/index.js";
import { isSqlembicError } from "../../src/errors.js";
import { compileScript } from "../dialects/shared/compile-script.js";
import { testOn } from "./test-on.js";

/** What some client would take for its own among the statements of the others. */
const revisions = [
  {
    id: "a1",
    upgrade(op: Operations): void {
      op.createTable("one", [column("id", t.integer(), { primaryKey: true }), column("name", t.string(20))]);
    },
  },
  {
    id: "b2",
    follows: ["a1"],
    upgrade(op: Operations): void {
      op.execute("INSERT INTO kept VALUES (1)");
      op.execute("/* all of it */ DELETE FROM kept");
      op.createTable("two", [column("id", t.integer(), { primaryKey: true })]);
    },
  },
];

const options = [
  { layout: "guarded" },
  { layout: "guarded", transactionPerMigration: true },
  { layout: "idempotent" },
  { layout: "resumable" },
  { layout: "block" },
] as const;

/** The scripts of a dialect, in the layouts that it has. */
async function scriptsOf(dialect: DialectName): Promise<readonly string[]> {
  const scripts: string[] = [];
  for (const layout of options) {
    try {
      scripts.push(await compileScript({ dialect, schemaChecks: false }, revisions, "heads", layout));
    } catch (error) {
      if (!isSqlembicError(error) || error.code !== "unsupported-layout") throw error;
    }
  }
  return scripts;
}

/** Makes a client go on after errors where that is what it does by itself. */
const asByItself: Partial<Record<DialectName, string>> = {
  postgresql: "\\set ON_ERROR_STOP off\n",
  sqlite: ".bail off\n",
};

const tables: Partial<Record<DialectName, string>> = {
  postgresql: "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1",
  mysql: "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY 1",
  sqlite: "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1",
};

const families = [["postgresql"], ["mysql", "mariadb"], ["sqlite"], ["mssql"], ["oracle"]] as const;

describe("a script that is given to the client of another server", () => {
  for (const applied of ["postgresql", "mysql", "sqlite"] as const) {
    const own: readonly DialectName[] = families.find(([first]) => first === applied) ?? [];
    for (const written of dialectNames.filter((name) => !own.includes(name))) {
      testOn(applied, `changes nothing: for ${written}`, async ({ database, embedded }) => {
        const scripts = await scriptsOf(written);
        expect(scripts.length).toBeGreaterThan(1);
        await database.apply("CREATE TABLE kept (id INTEGER); INSERT INTO kept VALUES (7);");
        for (const script of scripts) {
          await database.apply((embedded ? "" : (asByItself[applied] ?? "")) + script);
          expect(await database.query(tables[applied] ?? ""), script).toEqual([{ name: "kept" }]);
          expect(await database.query("SELECT id FROM kept"), script).toEqual([{ id: "7" }]);
        }
      });
    }
  }
});
