import { describe, expect, it } from "vitest";
import { compileRange, loadProject } from "../../src/index.js";
import { allowUnparsed } from "../parse-everything/statements.js";
import { projectFolder } from "../support/project-folder.js";

/** A revision file whose seventh line is `before`, and whose body begins on the ninth. */
function revisionText(id: string, downRevision: string | null, body: string, before: string, end: string): string {
  return [
    'import { column, sql, t, type Operations } from "sqlembic";',
    "",
    `export const revision = "${id}";`,
    `export const downRevision: string | null = ${JSON.stringify(downRevision)};`,
    "export const branchLabels = null;",
    "export const dependsOn = null;",
    before,
    "export function upgrade(op: Operations): void {",
    body,
    "}",
    end,
  ].join("\n");
}

/** Makes a module one that exports a variable: it is loaded with live bindings then, which rewrites its text. */
const changing = "export let changes = 1;\n";

const account = '  op.createTable("account", [column("id", t.integer(), { primaryKey: true })]);';

describe("what goes wrong in a revision file is told with its place", () => {
  it.each([
    ["a directive that does not exist", '  op.creatTable("b", []);', "", "body-failed", 9, 6],
    [
      "a factory that does not exist",
      '  op.createTable("b", [\n    column("c", t.integr()),\n  ]);',
      "",
      "body-failed",
      10,
      19,
    ],
    [
      "an argument of the wrong kind",
      '  op.execute("SELECT 1");\n  op.addColumn("account", 5);',
      "",
      "not-a-table-item",
      10,
      6,
    ],
    ["a factory that throws", '  op.addColumn("account", column("b", "c"));', "", "no-type", 9, 27],
    ["a tag that throws", "  op.execute(sql`SELECT ${undefined}`);", "", "undefined-in-sql", 9, 17],
    [
      "a body inside the body that throws",
      '  op.batchAlterTable("account", (batch) => {\n    batch.dropColum("b");\n  });',
      "",
      "body-failed",
      10,
      11,
    ],
    [
      "a function of the file that throws",
      "  help(op);",
      "function help(op: Operations) { op.getBind(); }",
      "no-connection",
      7,
      36,
    ],
    ["a constant that throws", "  op.execute(broken);", "const broken = sql`${undefined}`;", "undefined-in-sql", 7, 19],
    [
      "a constant that asks nothing for a member",
      "  op.execute(broken);",
      "const broken = t.nothing.at(1);",
      "evaluation-failed",
      7,
      26,
    ],
    [
      "an operation that does not fit the schema",
      '  op.execute("SELECT 1");\n  op\n    .dropTable("nothing");',
      "",
      "unknown-table",
      11,
      6,
    ],
    ["SQL that is none", "  op.execute(`SELECT 1;\n    SELEC 2`);", "", "sql-syntax", 10, 5],
  ] as const)("%s", async (_what, body, before, code, line, column) => {
    if (code === "sql-syntax") allowUnparsed(/SELEC 2/, "the test is about where it is told");
    for (const end of ["", changing]) {
      const folder = projectFolder({
        "sqlembic.config.ts": 'export default { dialect: "postgresql" };\n',
        "versions/aaaa.ts": revisionText("aaaa", null, account, "", ""),
        "versions/bbbb.ts": revisionText("bbbb", "aaaa", body, before, end),
      });
      const compiling = loadProject(`${folder}/sqlembic.config.ts`).then((project) => compileRange(project, "head"));
      await expect(compiling).rejects.toMatchObject({ code, origin: { file: "versions/bbbb.ts", line, column } });
    }
  });
});
