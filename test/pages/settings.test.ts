import { describe, expect, it } from "vitest";
import { compileRange, loadProject } from "../../src/index.js";
import type { DialectName } from "../../src/schema/dialect-names.js";
import { projectFolder } from "../support/project-folder.js";
import { pageOf } from "./pages.js";

/** The headings under which the page has the settings of each dialect. */
const headings: Readonly<Record<DialectName, string>> = {
  postgresql: "PostgreSQL",
  mysql: "MySQL and MariaDB",
  mariadb: "MySQL and MariaDB",
  sqlite: "SQLite",
  mssql: "SQL Server",
  oracle: "Oracle",
};

const page = pageOf("dialects/SCRIPTS.md").text;

function sectionOf(dialect: DialectName): string {
  const [, section = ""] = page.split(`\n### ${headings[dialect]}\n`);
  return section.slice(0, section.search(/^##/m));
}

/** The names of what a line of a script sets, in any of the ways in which clients and servers do. */
function settingsIn(line: string): readonly string[] {
  const whole = /^(?:\\set (\w+)|\\(if)\b|\.(\w+) |WHENEVER (\w+)|PRAGMA (\w+)|BEGIN (ISOLATION|IMMEDIATE))/.exec(line);
  if (whole !== null) return whole.slice(1).filter((name) => name !== undefined);
  if (/^SET NAMES/.test(line)) return ["NAMES"];
  const mode = /^SET (?:SESSION )?TRANSACTION (READ ONLY|READ WRITE|ISOLATION LEVEL)/.exec(line)?.[1];
  if (mode !== undefined) return [mode];
  const session = /ALTER SESSION SET ([^']+)/.exec(line)?.[1] ?? /^SET (?:SESSION |LOCAL )?(.+);?$/.exec(line)?.[1];
  if (session === undefined || /@(?!session\b)/.test(session)) return [];
  const assigned = [...session.matchAll(/(?:^|[ ,])@?"?(\w+)"? = /g)].map(([, name = ""]) => name);
  if (assigned.length > 0) return assigned;
  return [...session.replace(/ (?:ON|OFF|\d+);?$/, "").matchAll(/\w+/g)].map(([name]) => name);
}

const revision = `import { column, t, type Operations } from "sqlembic";
export const revision = "a1";
export const downRevision = null;
export function upgrade(op: Operations): void {
  op.createTable("account", [column("id", t.integer(), { primaryKey: true }), column("name", t.string(20))]);
  op.alterColumn("account", "name", { nullable: false });
  if (op.dialect.name === "postgresql") {
    op.createIndex("ix_name", "account", ["name"], { postgresql: { concurrently: true } });
  }
}
`;

describe("the page of the scripts", () => {
  it.each(Object.keys(headings) as DialectName[])("gives the reason of every setting of %s", async (dialect) => {
    const cwd = projectFolder({
      "sqlembic.config.ts": `export default { dialect: "${dialect}" };`,
      "versions/a1.ts": revision,
    });
    const project = await loadProject(undefined, { cwd });
    const layouts = { mariadb: ["guarded", "block"], sqlite: ["guarded", "idempotent"] } as const;
    const scripts = await Promise.all(
      (dialect in layouts ? layouts[dialect as keyof typeof layouts] : (["guarded"] as const)).map((layout) =>
        compileRange(project, "head", { layout, statementTimeout: 600_000 }),
      ),
    );
    const lines = scripts.flatMap(({ script }) => script.split("\n"));
    const settings = new Set(lines.flatMap(settingsIn));
    expect(settings.size).toBeGreaterThan(3);
    const section = sectionOf(dialect);
    const code = [...section.matchAll(/^\| (.+?) \|/gm)].map(([, cell]) => cell).join("\n");
    expect([...settings].filter((name) => !new RegExp(`\\b${name}\\b`).test(code))).toEqual([]);
  });
});
