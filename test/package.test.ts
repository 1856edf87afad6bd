import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ts from "typescript";
import { beforeAll, describe, expect, it } from "vitest";
import * as api from "sqlembic";
import { nodeExecutable, supportedNodes } from "./support/nodes.mjs";
import { projectFolder } from "./support/project-folder.js";
import { packageFolder } from "./support/scripts.js";

/** The package as npm would get it, unpacked. */
let packed: string;

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), "sqlembic-package-"));
  const pack = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
  const { stdout } = spawnSync("npm", pack, {
    cwd: packageFolder,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  const [{ filename }] = JSON.parse(stdout) as [{ readonly filename: string }];
  spawnSync("tar", ["-xzf", filename], { cwd: folder });
  packed = join(folder, "package");
  return () => rmSync(folder, { recursive: true });
});

/** A folder outside of the package in which the package is installed, and what it depends on. */
function programFolder(files: Readonly<Record<string, string>>): string {
  const folder = projectFolder(files);
  const installed = join(folder, "node_modules/sqlembic");
  cpSync(packed, installed, { recursive: true });
  symlinkSync(join(packageFolder, "node_modules"), join(installed, "node_modules"), "junction");
  return folder;
}

/** Helpers as projects have them, one for each function of the main entry, of which no type is written down. */
const helpers: Readonly<Record<string, string>> = {
  column: 'export const timestamps = () => [column("created_at", t.dateTime()), column("note", t.text())];',
  table: 'export const users = () => table("users", [column("id", t.integer())], { comment: "people" });',
  primaryKey: 'export const key = () => primaryKey(["id"], { name: "pk" });',
  unique: 'export const one = () => unique(["id"]);',
  foreignKey: 'export const owner = () => foreignKey(["owner"], ["users.id"], { onDelete: "CASCADE" });',
  references: 'export const toUser = () => references("users.id");',
  check: "export const positive = (name: string) => check(sql`${sql.identifier(name)} > 0`);",
  index: 'export const byName = () => index("ix", ["name"]);',
  identity: "export const counter = () => identity({ start: 1 });",
  computed: 'export const twice = () => computed("a * 2");',
  sequence: 'export const numbers = () => sequence("s", { start: 1 });',
  view: 'export const adult = () => view("adult", "SELECT id FROM person WHERE age >= 18");',
  quotedName: 'export const Name = () => quotedName("Name", true);',
  sql: "export const now = () => sql`now()`; export const parts = { ...sql };",
  t: "export const money = () => t.numeric(10, 2); export const types = { ...t };",
  postgresql: "export const json = () => postgresql.JSONB(); export const pg = { ...postgresql };",
  mysql: "export const my = { ...mysql };",
  mariadb: "export const maria = { ...mariadb };",
  mssql: "export const ms = { ...mssql };",
  oracle: "export const ora = { ...oracle };",
  sqlite: "export const lite = { ...sqlite };",
  dialectNames: "export const names = () => dialectNames.map((name) => name);",
  defineConfig: 'export const config = defineConfig({ dialect: "postgresql" });',
  compileOperations:
    'export const statements = () => compileOperations((op) => op.dropTable("a"), { dialect: "sqlite" });',
  compileRange: 'export const range = async () => compileRange(await loadProject(), "head");',
  loadProject: "export const project = () => loadProject();",
  proveRange: "export const proof = async () => proveRange(await loadProject());",
  replaySchema: "export const schema = async () => replaySchema(await loadProject());",
  isSqlembicError: "export const isOurs = isSqlembicError;",
  operations: `
    import type { BatchOperations, Operations } from "sqlembic";
    export const make = (op: Operations) => op.createTable("a", [column("id", t.integer())]);
    export const ask = (op: Operations) => op.inspect();
    export const columns = (op: Operations) => op.inspect().getColumns("a");
    export const indexes = (op: Operations) => op.inspect().getIndexes("a");
    export const keys = (op: Operations) => op.inspect().getForeignKeys("a");
    export const methods = (op: Operations) => [op.addColumn, op.alterColumn, op.createIndex, op.execute];
    export const inBatch = (batch: BatchOperations) => [batch.addColumn, batch.alterColumn, batch.createIndex];
    export const steps = async () => (await compileRange(await loadProject(), "head")).steps;
  `,
};

describe("a helper module of a project", () => {
  it("can be written for every function of the main entry", () => {
    const functions = Object.keys(api).filter((name) => !name.endsWith("Error") || name === "isSqlembicError");
    expect(Object.keys(helpers).filter((name) => name !== "operations")).toEqual(expect.arrayContaining(functions));
  });

  it("compiles with declarations, outside of the package, without a type written down", () => {
    const names = Object.keys(api).filter((name) => !name.endsWith("Error") || name === "isSqlembicError");
    const files = Object.entries(helpers).map(([name, text]): [string, string] => {
      const used = names.filter((one) => new RegExp(String.raw`\b${one}\b`).test(text));
      return [`${name}.ts`, `import { ${used.join(", ")} } from "sqlembic";\n${text}\n`];
    });
    const folder = programFolder({ "package.json": '{ "type": "module" }', ...Object.fromEntries(files) });
    const program = ts.createProgram(
      files.map(([file]) => join(folder, file)),
      {
        module: ts.ModuleKind.NodeNext,
        target: ts.ScriptTarget.ES2023,
        strict: true,
        declaration: true,
        outDir: join(folder, "dist"),
        rootDir: folder,
        preserveSymlinks: true,
        types: [],
        skipLibCheck: true,
      },
    );
    const { diagnostics } = program.emit(undefined, () => undefined);
    const problems = [...ts.getPreEmitDiagnostics(program), ...diagnostics].map(
      ({ code, file, messageText }) =>
        `${file?.fileName.slice(folder.length) ?? ""} TS${code}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`,
    );
    expect([...new Set(problems)]).toEqual([]);
  });

  for (const major of supportedNodes) {
    const node = nodeExecutable(major);
    it.skipIf(node === undefined)(`may be a CommonJS module, on Node ${major}`, () => {
      const folder = programFolder({
        "use.cjs": 'const { column, t } = require("sqlembic"); console.log(column("a", t.text()).name);',
      });
      const { status, stdout, stderr } = spawnSync(node as string, ["--no-warnings", "use.cjs"], {
        cwd: folder,
        encoding: "utf8",
      });
      expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "a\n", stderr: "" });
    });
  }

  it("compiles a project by the command that the package installs", () => {
    const folder = programFolder({
      "sqlembic.config.ts":
        'import { defineConfig } from "sqlembic";\nexport default defineConfig({ dialect: "postgresql" });',
      "versions/a1_users.ts": `import { column, t, type Operations } from "sqlembic";
export const revision = "a1";
export const downRevision = null;
export function upgrade(op: Operations): void {
  op.createTable("users", [column("id", t.integer(), { primaryKey: true })]);
  op.execute("COMMENT ON TABLE users IS 'people'");
}
export function downgrade(op: Operations): void {
  op.dropTable("users");
}
`,
    });
    const { bin } = JSON.parse(readFileSync(join(packed, "package.json"), "utf8")) as { bin: Record<string, string> };
    const command = join(folder, "node_modules/sqlembic", bin["sqlembic"] ?? "");
    const { stdout, stderr, status } = spawnSync(process.execPath, [command, "upgrade", "head"], {
      cwd: folder,
      encoding: "utf8",
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("CREATE TABLE users");
    expect(stdout).toContain("COMMENT ON TABLE users IS 'people'");
  });
});

describe("errors", () => {
  it("are told from others, also those of another copy of the package", () => {
    const own = new api.OperationError("a-code", "text");
    const foreign = Object.defineProperty(new Error("text"), Symbol.for("sqlembic.error"), { value: true });
    const others = [new Error("text"), undefined, null, "text", { code: "a-code" }];
    expect([own, foreign].map(api.isSqlembicError)).toEqual([true, true]);
    expect(others.map(api.isSqlembicError)).toEqual(others.map(() => false));
  });
});

describe("the package", () => {
  const run = (file: string, ...parameters: readonly string[]) =>
    spawnSync(process.execPath, [join(packageFolder, "node_modules", file), ...parameters], {
      cwd: packageFolder,
      encoding: "utf8",
    });

  it("holds the program, its types and templates, and nothing else", () => {
    const { stdout } = spawnSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
      cwd: packageFolder,
      encoding: "utf8",
      shell: process.platform === "win32",
    });
    const [{ files }] = JSON.parse(stdout) as [{ readonly files: readonly { readonly path: string }[] }];
    const paths = files.map(({ path }) => path);
    // the pages, too, with the samples that they show
    const wanted = [
      /^dist\/bundle\//,
      /^dist\/types\/(?:src|dialects)\/.*\.d\.ts$/,
      /^(?:templates|samples|docs)\//,
      /^(?:package\.json|LICENSE|dialects\/SCRIPTS\.md|(?:.*\/)?README\.md)$/,
    ];
    expect(paths.filter((path) => !wanted.some((pattern) => pattern.test(path)))).toEqual([]);
    expect(paths).toEqual(expect.arrayContaining(["dist/bundle/cli.cjs", "dist/bundle/index.js", "README.md"]));
  });

  it("is read by Node and TypeScript as its package.json says", () => {
    const published = run("publint/src/cli.js", "--strict");
    expect(published.stdout + published.stderr).toContain("All good!");
    // It is a module alone, which CommonJS can require.
    const typed = run("@arethetypeswrong/cli/dist/index.js", "--pack", ".", "--profile", "esm-only", "--no-color");
    expect({ status: typed.status, text: typed.status === 0 ? "" : typed.stdout }).toEqual({ status: 0, text: "" });
  });
});
