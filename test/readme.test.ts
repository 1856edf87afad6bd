import { readFileSync, writeFileSync } from "node:fs";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { loadDialect } from "../dialects/index.js";
import { commands } from "../src/cli/commands/index.js";
import * as sqlembic from "../src/index.js";
import { compileOperations, compileRange, loadProject, type Operations } from "../src/index.js";
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

async function statementsOf(body: string, dialect: DialectName): Promise<string> {
  const statements = await compileOperations((op) => runBody(body, op), { dialect });
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
        const body = `import type { Operations } from "sqlembic";\nimport { ${names.join(", ")} } from "sqlembic";\n`;
        const text = isModule(fence)
          ? fence.text
          : `${body}export function upgrade(op: Operations) {\n${fence.text}}\n`;
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
      .map(({ target }) => target.split("/")[0] ?? "");
    const { dependencies } = JSON.parse(readFileSync(`${packageFolder}package.json`, "utf8")) as {
      dependencies: Readonly<Record<string, string>>;
    };
    const named = Object.keys(dependencies).filter((name) => readme.includes(`| ${name} |`));
    expect(named.sort()).toEqual([...new Set(imported)].sort());
  });

  it("names every command, and every dialect with its default version", async () => {
    const lines = readme.split("\n");
    const row = (cell: string) => lines.filter((line) => line.startsWith(`| ${cell}`));
    for (const name of Object.keys(commands)) expect(row(`\`${name}`), name).not.toEqual([]);
    for (const name of dialectNames) {
      expect(row(`${name} |`)).toEqual([`| ${name} | ${(await loadDialect(name)).defaultVersion} |`]);
    }
  });
});
