import { describe, expect, it, vi } from "vitest";
import { loadProject } from "../../src/config/project.js";
import { compileRange, type Operations } from "../../src/index.js";
import { projectFolder } from "../support/project-folder.js";

vi.mock(import("../../src/revision/transpile.js"), async (importOriginal) => ({
  ...(await importOriginal()),
  transpile(file: string) {
    throw new Error(`${file} was given to the parser`);
  },
}));

const config = `import { defineConfig } from "sqlembic";

export default defineConfig({ dialect: "postgresql" });
`;

const revision = `/** add account */
import { column, t, type Operations } from "sqlembic";

export const revision = "aaaa";
export const downRevision: string | null = null;
export const branchLabels: readonly string[] | null = ["billing"];
export const dependsOn = null;

export function upgrade(op: Operations): void {
  op.createTable("account", [column("id", t.integer(), { primaryKey: true })]);
}

export function downgrade(op: Operations): void {
  op.dropTable("account");
}
`;

describe("A project of files of the ordinary shape", () => {
  const load = (files: Readonly<Record<string, string>>) =>
    loadProject<Operations>(undefined, { cwd: projectFolder(files), self: () => import("../../src/index.js") });

  it("is compiled without the parser that takes types out", async () => {
    const project = await load({ "sqlembic.config.ts": config, "versions/aaaa.ts": revision });
    expect((await compileRange(project, "head")).script).toContain("CREATE TABLE account");
  });

  it("may have a configuration that is a plain object", async () => {
    const plain = 'export default { dialect: "sqlite", versionTable: "v" };\n';
    const { config } = await load({ "sqlembic.config.ts": plain, "versions/aaaa.ts": revision });
    expect(config).toMatchObject({ dialect: "sqlite", versionTable: "v" });
  });

  it("needs it for one file alone when only that one is of another shape", async () => {
    const other = revision
      .replace('revision = "aaaa"', 'revision = "bbbb"')
      .replace('["billing"]', "null")
      .replace("dependsOn = null", "dependsOn = null as null");
    const project = await load({
      "sqlembic.config.ts": config,
      "versions/aaaa.ts": revision,
      "versions/bbbb.ts": other,
    });
    await expect(compileRange(project, "aaaa")).resolves.toBeDefined();
    await expect(compileRange(project, "bbbb")).rejects.toThrow("versions/bbbb.ts was given to the parser");
  });
});
