import { writeFileSync } from "node:fs";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { parseCommandLine } from "../../src/cli/command-line.js";
import { packageFolder } from "../support/scripts.js";
import { isModule, placeOf, revisionOf, rewritten, words } from "./examples.js";
import { pages } from "./pages.js";

describe.each(pages.map((page) => [page.path, page] as const))("%s", (path, page) => {
  it("shows what its examples compile to, what its commands print, and files as they are", async () => {
    const expected = await rewritten(page);
    if (process.env["UPDATE_SAMPLES"] !== "1") {
      expect(page.text, "npm test -- --update rewrites what the pages show").toBe(expected);
    } else if (expected !== page.text) {
      writeFileSync(`${packageFolder}${path}`, expected);
    }
  });

  it("has no block that the tests do not find: each begins a line and names its language", () => {
    const marks = page.text.split("\n").filter((line) => line.trimStart().startsWith("```"));
    expect(marks).toHaveLength(2 * page.fences.length);
  });

  it("calls sqlembic with commands and options that it has", async () => {
    const lines = page.fences
      .filter(({ language }) => language === "sh" || language === "text")
      .flatMap(({ text }) => text.split("\n"))
      .map((line) => /(?:^|[$|(] ?|npx )sqlembic ([^|#>)]+)/.exec(line.replace(/ {2,}#.*$/, ""))?.[1])
      .filter((line) => line !== undefined);
    for (const line of lines) {
      await expect(parseCommandLine(words(line.trim()), 100), `sqlembic ${line}`).resolves.toBeDefined();
    }
  });
});

describe("the pages", () => {
  it("have examples that the compiler of TypeScript accepts", () => {
    const sources = pages.flatMap((page) => {
      const fences = page.fences.filter(({ language }) => language === "ts");
      return fences.map((fence) => {
        const name = placeOf(page, fence).replaceAll(/[^\w]+/g, "-");
        const text = isModule(fence) ? fence.text : revisionOf(fence.text);
        return [`${packageFolder}test/page-${name}.ts`, text] as const;
      });
    });
    expect(sources.length).toBeGreaterThan(30);
    expect(problemsOf(new Map(sources))).toEqual([]);
  });
});

/** What the compiler of TypeScript says of some files that exist nowhere but here. */
function problemsOf(texts: ReadonlyMap<string, string>): readonly string[] {
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
  return problems.map(
    ({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
  );
}
