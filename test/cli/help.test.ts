import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { commands } from "../../src/cli/commands/index.js";
import { globalOptions } from "../../src/cli/global-options.js";
import { overview } from "../../src/cli/overview.js";
import { staticImports } from "./static-imports.js";
import { runCli } from "./run-cli.js";

const root = new URL("../../", import.meta.url);
const cwd = "/";

describe("the overview", () => {
  it.each([[["--help"]], [["-h"]], [["-q", "--help"]]])("is the answer to %j", async (parameters) => {
    expect(await runCli(parameters, { cwd })).toEqual({ code: 0, stdout: overview(), stderr: "" });
  });

  it("names every command with its summary", () => {
    for (const { usage, summary } of Object.values(commands)) {
      expect(overview()).toMatch(
        new RegExp(`^  ${usage.replace(/[[\].]/g, "\\$&")} +${summary.replace(/\./g, "\\.")}$`, "m"),
      );
    }
  });

  it("is what a call without parameters shows, as wrong usage", async () => {
    expect(await runCli([], { cwd })).toEqual({ code: 2, stdout: "", stderr: overview() });
  });

  it("fits into 120 columns", () => {
    for (const line of overview().split("\n")) expect(line.length).toBeLessThanOrEqual(120);
  });

  it("needs neither yargs nor anything that compiles", () => {
    const files = staticImports(new URL("src/cli/main.ts", root));
    expect(files.packages).toEqual([]);
    // the small modules that can tell which body was running when the process ended
    const ofBodies = ["src/revision/not-ready.ts", "src/revision/running-body.ts"];
    expect(files.modules.filter((file) => !file.startsWith("src/cli/")).toSorted()).toEqual([
      "src/errors.ts",
      "src/package-folder.ts",
      ...ofBodies,
    ]);
  });
});

describe("the version", () => {
  it("is that of the package", async () => {
    const { code, stdout } = await runCli(["--version"], { cwd });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe("the registry", () => {
  it("has one line for each file of the folder", () => {
    const files = readdirSync(new URL("src/cli/commands/", root)).filter((name) => name !== "index.ts");
    expect(Object.keys(commands).sort()).toEqual(files.map((name) => name.replace(".ts", "")).sort());
  });

  it.each(Object.entries(commands))("calls %s by the name of its usage", (name, { usage }) => {
    expect(usage.split(" ")[0]).toBe(name);
  });
});

describe.each(Object.entries(commands))("the help of %s", (name, { summary, load }) => {
  it("explains it, its options and those of every command, with examples", async () => {
    const { command } = await load();
    const { code, stdout, stderr } = await runCli([name, "--help"], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain(`sqlembic ${name}`);
    expect(stdout).toContain(summary);
    for (const option of Object.keys({ ...command.options, ...globalOptions })) {
      expect(stdout).toMatch(new RegExp(`^ +(?:-\\w, )? *${option.length === 1 ? "-" : "--"}${option}\\b`, "m"));
    }
    expect(command.examples.length).toBeGreaterThan(0);
    for (const [line] of command.examples) {
      expect(line.split(" ")[0]).toBe(name);
      expect(stdout).toContain(`sqlembic ${line}`);
    }
    expect(await runCli([name, "-h"], { cwd })).toEqual({ code: 0, stdout, stderr: "" });
  });

  it("breaks lines between words", async () => {
    const { command } = await load();
    const { stdout } = await runCli([name, "--help"], { cwd });
    const flowing = stdout.replace(/\s+/g, " ");
    for (const { describe: meaning = "" } of Object.values({ ...command.options, ...globalOptions })) {
      expect(flowing).toContain(meaning);
    }
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(110);
  });

  it("loads nothing that compiles", () => {
    const { modules, packages } = staticImports(new URL(`src/cli/commands/${name}.ts`, root));
    expect(packages).not.toContain("handlebars");
    expect(packages).not.toContain("oxc-transform");
    expect(modules.filter((file) => /^(?:dialects|src\/(?:compiler|operations|render|catalog))\//.test(file))).toEqual(
      [],
    );
  });
});

describe("history and its like", () => {
  it("load nothing that compiles", () => {
    for (const file of ["history-view.ts", "revision-display.ts", "open-project.ts"]) {
      const { modules, packages } = staticImports(new URL(`src/cli/${file}`, root));
      expect(packages).not.toContain("handlebars");
      expect(
        modules.filter((module) => /^(?:dialects|src\/(?:compiler|operations|render|catalog))\//.test(module)),
      ).toEqual([]);
    }
  });
});
