import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, afterAll, describe, expect, it } from "vitest";
import * as sources from "../../src/index.js";
import { projectFolder } from "../support/project-folder.js";

const packageFolder = fileURLToPath(new URL("../../", import.meta.url));
const revision = `import { column, t, type Operations } from "sqlembic";

export const revision = "aaaa";
export const downRevision = null;

export function upgrade(op: Operations): void {
  op.createTable("account", [column("id", t.integer(), { primaryKey: true })]);
}
`;

/** A copy of the built package, so that a test can take it apart. */
const folder = mkdtempSync(join(tmpdir(), "sqlembic-bundle-"));
const bundle = join(folder, "dist/bundle");

function node(parameters: readonly string[], cwd: string): string {
  return execFileSync(process.execPath, parameters, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
}

function upgrade(files: Readonly<Record<string, string>>): string {
  const cwd = projectFolder({ "sqlembic.config.ts": 'export default { dialect: "sqlite" };\n', ...files });
  return node([join(bundle, "cli.cjs"), "upgrade", "head"], cwd);
}

beforeAll(() => {
  mkdirSync(join(folder, "dist"));
  cpSync(join(packageFolder, "dist/bundle"), bundle, { recursive: true });
  for (const name of ["package.json", "templates"])
    cpSync(join(packageFolder, name), join(folder, name), { recursive: true });
  symlinkSync(join(packageFolder, "node_modules"), join(folder, "node_modules"), "dir");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the bundled program", () => {
  it("is ASCII, and still prints what is not", () => {
    expect(readFileSync(join(bundle, "program.cjs"), "latin1")).not.toMatch(/[^\0-\x7f]/);
    const named = revision.replace('"account"', '"größe 😀"');
    expect(upgrade({ "versions/a.ts": named })).toContain('CREATE TABLE "größe 😀"');
  });

  it("gives packages of a project the modules that it runs itself, so that it knows their errors", () => {
    const helper = `import { OperationError } from "sqlembic";
      export const refuse = () => { throw new OperationError("not-today", "Not today."); };`;
    const cwd = projectFolder({
      "sqlembic.config.ts": 'export default { dialect: "sqlite" };\n',
      "node_modules/helper/package.json": '{ "type": "module", "exports": "./index.js" }',
      "node_modules/helper/index.js": helper,
      "versions/a.ts": `import { refuse } from "helper";\n${revision}`.replace(
        "op.createTable",
        "refuse();\n  op.createTable",
      ),
    });
    symlinkSync(folder, join(cwd, "node_modules/sqlembic"), "dir");
    const { status, stderr } = spawnSync(process.execPath, [join(bundle, "cli.cjs"), "upgrade", "head"], { cwd });
    expect(stderr.toString()).toContain("error[not-today]: Not today.\n --> versions/a.ts:8:3\n");
    expect(status).toBe(1);
  });

  it("exports to programs what the sources export", () => {
    const program = `import * as api from ${JSON.stringify(join(bundle, "index.js"))};
      process.stdout.write(JSON.stringify(Object.keys(api).sort()));`;
    expect(JSON.parse(node(["--input-type=module", "-e", program], folder))).toEqual(Object.keys(sources).sort());
  });

  it("can be required by a CommonJS program", () => {
    const program = `process.stdout.write(typeof require(${JSON.stringify(join(bundle, "index.js"))}).compileRange);`;
    expect(node(["-e", program], folder)).toBe("function");
  });
});
