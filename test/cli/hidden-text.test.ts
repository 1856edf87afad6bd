import { describe, expect, it } from "vitest";
import { compileOperations, column, quotedName, t, type Operations } from "../../src/index.js";
import { dialectNames } from "../../src/schema/dialect-names.js";
import { commentLine } from "../../src/compiler/script/comments.js";
import { visibleText } from "../../src/visible-text.js";
import { project } from "./projects.js";
import { runCli } from "./run-cli.js";

describe("Text that hides something", () => {
  it("is shown by its codes, and lines and tabs stay", () => {
    expect(visibleText("a\u202eb\x1b[2Kc\u2066\n\td é漢")).toBe("a\\u{202e}b\\u{1b}[2Kc\\u{2066}\n\td é漢");
  });

  it("is shown in comments of a script, which stay on one line", () => {
    expect(commentLine("a\r\nb\u202ec\x1b")).toBe("-- a b\\u{202e}c\\u{1b}");
  });

  it.each(dialectNames)("is refused in a name on %s, unless quotedName says so", async (dialect) => {
    const body = (name: Parameters<Operations["createTable"]>[0]) => (op: Operations) =>
      op.createTable(name, [column("id", t.integer())]);
    for (const name of ["a\u202eb", "a\nb", "a\x1bb"]) {
      await expect(compileOperations(body(name), { dialect })).rejects.toMatchObject({ code: "hidden-text" });
      await expect(compileOperations(body(quotedName(name, true)), { dialect })).resolves.toHaveLength(1);
    }
  });

  it("is shown by its codes in the schema, as JSON means the same and as a diagram", async () => {
    const upgrade =
      'op.createTable({ text: "a\\u202eb", quote: true }, [column("id", t.integer(), { comment: "c\\u009b" })]);';
    const cwd = project([{ revision: "a1", upgrade }]);
    const json = (await runCli(["schema", "--json"], { cwd })).stdout;
    expect(json).not.toMatch(/[\u202e\u009b]/);
    expect(JSON.stringify(JSON.parse(json))).toContain("a\u202eb");
    const { stdout } = await runCli(["schema", "--mermaid"], { cwd });
    expect(stdout).not.toMatch(/[\u202e\u009b]/);
    expect(stdout).toContain("\\u{202e}");
  });

  it("is shown by its codes in notes", async () => {
    const cwd = project([{ revision: "a1" }], { "rows\u202e.txt": "" });
    const { stderr } = await runCli(["upgrade", "head", "--from", "rows\u202e.txt"], { cwd });
    expect(stderr).toContain("note: there are no version rows in rows\\u{202e}.txt");
  });

  it("is shown by its codes by history, heads, show and the script", async () => {
    const cwd = project(
      [{ revision: "a1", documentation: "add\u202e name\x1b[2K", upgrade: 'op.execute("SELECT 1");' }],
      {
        "sqlembic.config.ts": 'export default { dialect: "sqlite" };\n',
      },
    );
    for (const words of [["history"], ["heads", "-v"], ["show", "a1"], ["upgrade", "head"]]) {
      const { stdout } = await runCli(words, { cwd });
      expect(stdout).not.toMatch(/[\u202e\x1b]/);
      expect(stdout).toContain("add\\u{202e} name\\u{1b}[2K");
    }
  });
});
