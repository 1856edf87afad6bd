import { readFileSync, writeFileSync } from "node:fs";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { loadDialect } from "../dialects/index.js";
import { commands } from "../src/cli/commands/index.js";
import * as sqlembic from "../src/index.js";
import { check, column, compileOperations, compileRange, index, loadProject, t, unique } from "../src/index.js";
import type { Operations, Statement } from "../src/index.js";
import { dialectNames, type DialectName } from "../src/schema/dialect-names.js";
import { fencesOf, withFences, type Fence } from "./support/fences.js";
import { sourceFiles, usesOf } from "./support/imports.js";
import { projectFolder } from "./support/project-folder.js";
import { packageFolder } from "./support/scripts.js";

const file = `${packageFolder}README.md`;
const readme = readFileSync(file, "utf8");
const fences = fencesOf(readme);
const names = Object.keys(sqlembic).filter((name) => name !== "default");

/** Blocks that are a whole file say themselves what they import; the others are the body of an `upgrade`. */
const isModule = ({ text }: Fence): boolean => text.includes("import ");

function runBody(body: string, op: Operations): void {
  // the page is a file of this repository: what it says is run here as its reader would run it
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const run = new Function("op", ...names, body) as (op: Operations, ...exported: unknown[]) => void;
  run(op, ...names.map((name) => (sqlembic as Record<string, unknown>)[name]));
}

/** The text of a revision whose upgrade is an example. */
function revisionOf(body: string): string {
  const imports = `import type { Operations } from "sqlembic";\nimport { ${names.join(", ")} } from "sqlembic";\n`;
  return `${imports}export function upgrade(op: Operations) {\n${body}}\n`;
}

/** The statements of an example that reads files: they stand in blocks of their own, and beside a revision file. */
async function statementsWithFiles(body: string, dialect: DialectName): Promise<readonly Statement[]> {
  const beside = fences.filter(({ note }) => note?.startsWith("beside: "));
  const cwd = projectFolder({
    "sqlembic.config.ts": `export default { dialect: "${dialect}" };\n`,
    "versions/a1.ts": `${revisionOf(body)}export const revision = "a1";\nexport const downRevision = null;\n`,
    ...Object.fromEntries(beside.map(({ note = "", text }) => [`versions/${note.slice("beside: ".length)}`, text])),
  });
  const { steps } = await compileRange(await loadProject(undefined, { cwd }), "head");
  return steps.flatMap(({ statements }) => statements);
}

async function statementsOf(body: string, dialect: DialectName): Promise<string> {
  const statements = body.includes("op.bulkInsertFrom")
    ? await statementsWithFiles(body, dialect)
    : await compileOperations((op) => runBody(body, op), { dialect });
  return statements.map(({ sql }) => `${sql};\n`).join("");
}

/** The script of the tutorial: its configuration and its revision, put into a folder. */
async function tutorialScript(): Promise<string> {
  const revision = fences.find(({ note }) => note === "revision");
  const config = fences.find(({ text }) => text.includes("defineConfig"));
  const cwd = projectFolder({
    "sqlembic.config.ts": config?.text ?? "",
    "versions/1975ea83b712_add_account.ts": revision?.text ?? "",
  });
  return (await compileRange(await loadProject(undefined, { cwd }), "head")).script;
}

/** What a block of SQL has to hold: its first line names the dialect, or the line above it the script. */
async function expectedSql(fence: Fence, position: number): Promise<string> {
  if (fence.note === "upgrade head") return tutorialScript();
  if (fence.note?.startsWith("file ")) return readFileSync(`${packageFolder}${fence.note.slice(5)}`, "utf8");
  const source = fences.slice(0, position).findLast(({ language }) => language === "ts");
  const dialect = dialectNames.find((name) => fence.text.startsWith(`-- ${name}\n`));
  if (source === undefined || dialect === undefined) throw new Error(`README.md:${fence.line}: no dialect is named`);
  return `-- ${dialect}\n${await statementsOf(source.text, dialect)}`;
}

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

describe("the README", () => {
  it("shows the SQL that its examples compile to", async () => {
    const expected = await Promise.all(
      fences.map(async (fence, position) =>
        fence.language === "sql" ? await expectedSql(fence, position) : fence.text,
      ),
    );
    const page = withFences(readme, expected);
    if (process.env["UPDATE_SAMPLES"] === "1") {
      if (page !== readme) writeFileSync(file, page);
    } else {
      expect(readme, "npm test -- --update rewrites the SQL of the page").toBe(page);
    }
    expect(expected.length).toBeGreaterThan(20);
  });

  it("has examples that the compiler of TypeScript accepts", () => {
    const sources = fences.filter(({ language }) => language === "ts");
    const texts = new Map(
      sources.map((fence) => {
        const text = isModule(fence) ? fence.text : revisionOf(fence.text);
        return [`${packageFolder}test/readme-line-${fence.line}.ts`, text];
      }),
    );
    const { config } = ts.readConfigFile(`${packageFolder}test/tsconfig.json`, (path) => ts.sys.readFile(path)) as {
      config: unknown;
    };
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, `${packageFolder}test`);
    const host = ts.createCompilerHost(options);
    const withExamples: ts.CompilerHost = {
      ...host,
      fileExists: (path) => texts.has(path) || host.fileExists(path),
      getSourceFile(path, version) {
        const text = texts.get(path);
        return text === undefined ? host.getSourceFile(path, version) : ts.createSourceFile(path, text, version);
      },
    };
    const program = ts.createProgram([...texts.keys()], options, withExamples);
    const problems = [...texts.keys()].flatMap((path) => {
      const source = program.getSourceFile(path);
      return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    });
    const told = problems.map(
      ({ file: source, messageText }) => `${source?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
    );
    expect(told).toEqual([]);
  });

  it("says what each package is for, of those that the sources import and of no others", () => {
    const imported = [...sourceFiles("src"), ...sourceFiles("dialects")]
      .flatMap(usesOf)
      .filter(({ kind, target }) => (kind === "import" || kind === "lazy") && !/^(src|dialects|node:)/.test(target))
      .map(({ target }) => /^(?:@[^/]+\/)?[^/]+/.exec(target)?.[0]);
    const { dependencies, devDependencies } = JSON.parse(readFileSync(`${packageFolder}package.json`, "utf8")) as {
      [K in "dependencies" | "devDependencies"]: Readonly<Record<string, string>>;
    };
    const named = Object.keys({ ...dependencies, ...devDependencies }).filter((name) => readme.includes(`| ${name} |`));
    expect(named.sort()).toEqual([...new Set(imported)].sort());
  });

  it("says which dialect has which of the directives that Alembic lacks", async () => {
    const rows = readme.split("\n").filter((line) => /^\| `op\.\w+`/.test(line) && line.split("|").length === 9);
    const named = rows.flatMap((line) =>
      [...(line.split("|")[1] ?? "").matchAll(/`op\.(\w+)`/g)].map(([, name]) => name),
    );
    expect([...new Set(named)].sort()).toEqual(Object.keys(directives).sort());
    for (const line of rows) {
      const [, first = "", ...cells] = line.split("|").map((cell) => cell.trim());
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

  it("names every command, and every dialect with its oldest and its default version", async () => {
    const lines = readme.split("\n");
    const row = (cell: string) => lines.filter((line) => line.startsWith(`| ${cell}`));
    for (const name of Object.keys(commands)) expect(row(`\`${name}`), name).not.toEqual([]);
    for (const name of dialectNames) {
      const { oldestVersion, defaultVersion } = await loadDialect(name);
      expect(row(`${name} |`)).toEqual([`| ${name} | ${oldestVersion} | ${defaultVersion} |`]);
    }
  });
});
