import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dialectNames } from "../../src/schema/dialect-names.js";
import { projectFolder } from "../support/project-folder.js";
import { branched, chain, configFile, project } from "./projects.js";
import { runCli } from "./run-cli.js";

const version = (cwd: string, name: string): string => readFileSync(join(cwd, "versions", name), "utf8");

const versions = (cwd: string): readonly string[] =>
  readdirSync(join(cwd, "versions"))
    .filter((name) => name.endsWith(".ts"))
    .sort();

describe("revision", () => {
  it("writes a file that follows the head, with its date in the configured zone", async () => {
    const config = configFile.replace("{ dialect", '{ timezone: "Asia/Tokyo", dialect');
    const cwd = project(chain, { "sqlembic.config.ts": config });
    const parameters = ["revision", "-m", "add a column", "--rev-id", "dddd4444"];
    expect(await runCli(parameters, { cwd })).toEqual({
      code: 0,
      stdout: "Created versions/dddd4444_add_a_column.ts\n",
      stderr: "",
    });
    expect(version(cwd, "dddd4444_add_a_column.ts")).toBe(`/**
 * add a column
 *
 * Revision ID: dddd4444
 * Revises: cccc3333
 * Create Date: 2026-03-01 21:34:56 Asia/Tokyo
 */
import { column, t, type Operations } from "sqlembic";

export const revision = "dddd4444";
export const downRevision = "cccc3333";
export const branchLabels = null;
export const dependsOn = null;

export function upgrade(op: Operations): void {}

export function downgrade(op: Operations): void {}
`);
    expect((await runCli(["heads"], { cwd })).stdout).toBe("dddd4444 (head)\n");
    expect((await runCli(["upgrade", "head"], { cwd })).code).toBe(0);
  });

  it("makes identifiers as Alembic does: twelve hexadecimal digits", async () => {
    const cwd = project([]);
    await runCli(["revision", "-m", "one"], { cwd });
    await runCli(["revision", "-m", "two"], { cwd });
    const names = versions(cwd);
    expect(names).toHaveLength(2);
    for (const name of names) expect(name).toMatch(/^[0-9a-f]{12}_(?:one|two)\.ts$/);
    expect((await runCli(["history"], { cwd })).stdout).toMatch(
      /^([0-9a-f]{12}) -> [0-9a-f]{12} \(head\), two\n<base> -> \1, one\n$/,
    );
  });

  it("begins a branch at the base, with a label and a dependency", async () => {
    const cwd = project(chain);
    const parameters = "revision -m billing --head base --branch-label billing --depends-on bbbb --rev-id dddd4444";
    expect((await runCli(parameters.split(" "), { cwd })).code).toBe(0);
    const text = version(cwd, "dddd4444_billing.ts");
    expect(text).toContain("export const downRevision = null;\n");
    expect(text).toContain('export const branchLabels = "billing";\n');
    expect(text).toContain('export const dependsOn = "bbbb2222";\n');
    expect(text).toContain(" * Revises: <base>\n");
  });

  it("keeps labels that it depends on, and completes identifiers", async () => {
    const cwd = project(branched);
    const parameters = "revision -m x --head g1g1 --depends-on billing --depends-on c1c1 --rev-id dddd4444";
    await runCli(parameters.split(" "), { cwd });
    expect(version(cwd, "dddd4444_x.ts")).toContain('export const dependsOn = ["billing", "c1c1"];\n');
  });

  it("follows a named branch", async () => {
    const cwd = project(branched);
    expect((await runCli("revision -m x --head reports@head --rev-id dddd4444".split(" "), { cwd })).code).toBe(0);
    expect(version(cwd, "dddd4444_x.ts")).toContain('export const downRevision = "g1g1";\n');
  });

  it("asks which head is meant when there are several", async () => {
    const { code, stdout, stderr } = await runCli(["revision", "-m", "x"], { cwd: project(branched) });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain("error[multiple-heads]: There are several heads: e1e1, f1f1, g1g1.\n");
    expect(stderr).toContain("--head e1e1");
  });

  it("follows a revision that is no head only with --splice", async () => {
    const cwd = project(chain);
    const parameters = "revision -m x --head bbbb --rev-id dddd4444".split(" ");
    const refused = await runCli(parameters, { cwd });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain(
      'error[not-a-head]: Revision "bbbb2222" is not a head: cccc3333 follows it already.',
    );
    expect(refused.stderr).toContain("--splice");
    expect((await runCli([...parameters, "--splice"], { cwd })).code).toBe(0);
    expect((await runCli(["branches"], { cwd })).stdout).toContain("bbbb2222 (branchpoint)\n");
  });

  it.each([
    ["--rev-id cccc3333", 'Revision "cccc3333" is present more than once'],
    ["--rev-id head", "is a reserved word"],
    ["--rev-id a-b", 'has "-", which no revision identifier may have'],
    [`--rev-id ${"x".repeat(33)}`, "the version table has room for 32"],
    ["--branch-label cccc3333 --rev-id dddd4444", 'Branch label "cccc3333"'],
    ["--depends-on nothing", 'There is no revision or branch "nothing".'],
    ["--depends-on base", "stands for no revision"],
    ["--head cccd", 'There is no revision or branch "cccd".'],
    ["--version-path elsewhere", "--version-path elsewhere is not a version location."],
  ])("refuses %s and writes nothing", async (options, message) => {
    const cwd = project(chain);
    const { code, stderr } = await runCli(["revision", "-m", "x", ...options.split(" ")], { cwd });
    expect(code).not.toBe(0);
    expect(stderr).toContain(message);
    expect(versions(cwd)).toHaveLength(chain.length);
  });

  it.each([
    ["a comment's end", "ends */ here", " * ends * / here\n"],
    ["several lines", "first\r\nsecond\n\nthird", " * first\n * second\n *\n * third\n"],
    ["separators of lines that few know", "a\u2028b\u2029c", " * a\n * b\n * c\n"],
    ["control characters", "a\u0000b\u001b[31m", " * a b [31m\n"],
    ["templates", "{{revision}} ${x} `", " * {{revision}} ${x} `\n"],
    ["quotes", `"it's"`, ` * "it's"\n`],
  ])("keeps a message inside its comment: %s", async (_what, message, expected) => {
    const cwd = project([]);
    expect((await runCli(["revision", "-m", message, "--rev-id", "dddd4444"], { cwd })).code).toBe(0);
    const [name = ""] = versions(cwd);
    expect(version(cwd, name)).toContain(`/**\n${expected} *\n * Revision ID: dddd4444\n`);
    const { code, stdout } = await runCli(["upgrade", "head"], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain("VALUES ('dddd4444')");
  });

  it("may begin with a number in its message", async () => {
    const cwd = project([]);
    expect((await runCli(["revision", "-m", "-5 rows", "--rev-id", "dddd4444"], { cwd })).code).toBe(0);
    expect(version(cwd, "dddd4444_5_rows.ts")).toContain(" * -5 rows\n");
  });

  it("is named by the file template", async () => {
    const template = 'fileTemplate: "%(year)d/%(month).2d_%(rev)s", recursiveVersionLocations: true, timezone: "UTC"';
    const cwd = project([], { "sqlembic.config.ts": configFile.replace("{ dialect", `{ ${template}, dialect`) });
    const { stdout } = await runCli(["revision", "-m", "x", "--rev-id", "dddd4444"], { cwd });
    expect(stdout).toBe("Created versions/2026/03_dddd4444.ts\n");
    expect((await runCli(["heads"], { cwd })).stdout).toBe("dddd4444 (head)\n");
  });

  it("is not written into a folder that would not be read", async () => {
    const config = configFile.replace("{ dialect", '{ fileTemplate: "%(year)d/%(rev)s", dialect');
    const cwd = project([], { "sqlembic.config.ts": config });
    const { code, stderr } = await runCli(["revision", "-m", "x"], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain("recursiveVersionLocations: true");
  });

  it("goes into the location of the revision below, or the one that is named", async () => {
    const config = configFile.replace("{ dialect", '{ versionLocations: ["versions", "more"], dialect');
    const cwd = project(chain, { "sqlembic.config.ts": config, "more/.gitkeep": "" });
    expect((await runCli(["revision", "--rev-id", "dddd4444"], { cwd })).stdout).toBe(
      "Created versions/dddd4444_empty_message.ts\n",
    );
    const elsewhere = await runCli(["revision", "--rev-id", "eeee5555", "--version-path", "more"], { cwd });
    expect(elsewhere.stdout).toBe("Created more/eeee5555_empty_message.ts\n");
    const undecided = await runCli(["revision", "--head", "base"], { cwd });
    expect(undecided.code).toBe(2);
    expect(undecided.stderr).toContain("Choose one with --version-path: versions, more.");
  });

  it("is filled into a template of the project's own", async () => {
    const config = configFile.replace("{ dialect", '{ revisionTemplate: "own.hbs", dialect');
    const own =
      "/** {{message}} */\nexport const revision = {{revisionLiteral}};\n" +
      "export const downRevision = {{downRevisionLiteral}};\n";
    const cwd = project(chain, { "sqlembic.config.ts": config, "own.hbs": own });
    await runCli(["revision", "-m", "own */ way", "--rev-id", "dddd4444"], { cwd });
    expect(version(cwd, "dddd4444_own_way.ts")).toBe(
      '/** own * / way */\nexport const revision = "dddd4444";\nexport const downRevision = "cccc3333";\n',
    );
    const labelled = await runCli(["revision", "--branch-label", "lost"], { cwd });
    expect(labelled.code).toBe(1);
    expect(labelled.stderr).toContain("error[template-differs]: The revision template own.hbs");
  });

  it.each([
    ["missing.hbs", {}, "it or its folder does not exist"],
    ["own.hbs", { "own.hbs": "{{unknown}}" }, "It may use comment, message, revision,"],
  ])("says what is wrong with such a template: %s", async (name, files, message) => {
    const config = configFile.replace("{ dialect", `{ revisionTemplate: "${name}", dialect`);
    const cwd = project(chain, { "sqlembic.config.ts": config, ...files });
    const { code, stderr } = await runCli(["revision"], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain("error[unreadable-template]");
    expect(stderr).toContain(message);
  });

  it("never touches an existing file", async () => {
    const config = configFile.replace("{ dialect", '{ fileTemplate: "%(slug)s", dialect');
    const cwd = project([], { "sqlembic.config.ts": config });
    await runCli(["revision", "-m", "same", "--rev-id", "dddd4444"], { cwd });
    const before = version(cwd, "same.ts");
    const { code, stderr } = await runCli(["revision", "-m", "same"], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain("versions/same.ts cannot be written: it is there already.");
    expect(version(cwd, "same.ts")).toBe(before);
  });
});

describe("merge", () => {
  const forked = [...chain, { revision: "dddd4444", down: "bbbb2222" }, { revision: "eeee5555" }];

  it("joins all heads unless some are named", async () => {
    const cwd = project(forked);
    const { code, stdout } = await runCli(["merge", "-m", "join all", "--rev-id", "ffff6666"], { cwd });
    expect({ code, stdout }).toEqual({ code: 0, stdout: "Created versions/ffff6666_join_all.ts\n" });
    const text = version(cwd, "ffff6666_join_all.ts");
    expect(text).toContain('export const downRevision = ["cccc3333", "dddd4444", "eeee5555"];\n');
    expect(text).toContain(" * Revises: cccc3333, dddd4444, eeee5555\n");
    expect(text).toContain('import type { Operations } from "sqlembic";\n');
    expect((await runCli(["heads"], { cwd })).stdout).toBe("ffff6666 (head)\n");
  });

  it.each([["cccc dddd"], ["cccc,dddd"]])("joins those that are named: %s", async (named) => {
    const cwd = project(forked);
    await runCli(["merge", ...named.split(" "), "-m", "some", "--rev-id", "ffff6666"], { cwd });
    expect(version(cwd, "ffff6666_some.ts")).toContain('downRevision = ["cccc3333", "dddd4444"];');
  });

  it("takes a label for the branch that begins there", async () => {
    const cwd = project(forked);
    await runCli(["merge", "--branch-label", "whole", "--rev-id", "ffff6666"], { cwd });
    expect(version(cwd, "ffff6666_empty_message.ts")).toContain('branchLabels = "whole";');
  });

  it("refuses a single revision, and one that is no head", async () => {
    const single = await runCli(["merge", "-m", "x"], { cwd: project(chain) });
    expect(single.code).toBe(2);
    expect(single.stderr).toContain("heads names one revision, cccc3333.");
    const cwd = project(forked);
    const followed = await runCli(["merge", "bbbb", "eeee"], { cwd });
    expect(followed.code).toBe(1);
    expect(followed.stderr).toContain("error[not-a-head]");
    expect((await runCli(["merge", "bbbb", "eeee", "--splice"], { cwd })).code).toBe(0);
  });
});

describe("init", () => {
  it("writes a project that compiles, and says what to do next", async () => {
    const cwd = projectFolder({});
    const { code, stdout, stderr } = await runCli(["init", "db"], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^ {2}created {2}db\/package\.json\n {2}created {2}db\/sqlembic\.config\.ts\n/);
    expect(stdout).toContain("\nNext steps:\n  cd db\n");
    const folder = join(cwd, "db");
    expect(readdirSync(folder).sort()).toEqual(["package.json", "sqlembic.config.ts", "tsconfig.json", "versions"]);
    expect(JSON.parse(readFileSync(join(folder, "package.json"), "utf8"))).toMatchObject({
      name: "db",
      type: "module",
    });
    expect((await runCli(["revision", "-m", "first"], { cwd: folder })).code).toBe(0);
    expect((await runCli(["upgrade", "head"], { cwd: folder })).code).toBe(0);
  });

  it.each(dialectNames)("writes the dialect that is named: %s", async (dialect) => {
    const cwd = projectFolder({});
    await runCli(["init", "--dialect", dialect], { cwd });
    expect(readFileSync(join(cwd, "sqlembic.config.ts"), "utf8")).toContain(`dialect: "${dialect}"`);
    expect((await runCli(["history"], { cwd })).code).toBe(0);
  });

  it("makes named targets with the template multi", async () => {
    const cwd = projectFolder({});
    expect((await runCli(["init", "--template", "multi"], { cwd })).code).toBe(0);
    expect((await runCli(["revision", "-m", "x", "-n", "orders", "--rev-id", "dddd4444"], { cwd })).stdout).toBe(
      "Created versions/orders/dddd4444_x.ts\n",
    );
    expect((await runCli(["heads", "-n", "orders"], { cwd })).stdout).toBe("dddd4444 (head)\n");
    expect((await runCli(["heads", "-n", "reports"], { cwd })).stdout).toBe("");
  });

  it("overwrites nothing, and makes nothing that a folder above has", async () => {
    const cwd = projectFolder({ "package.json": "{}", "db/tsconfig.json": "{ }", "db/versions/.gitkeep": "kept" });
    const { stdout } = await runCli(["init", "db"], { cwd });
    expect(stdout).toContain("  kept     package.json\n");
    expect(stdout).toContain("  kept     db/tsconfig.json\n");
    expect(stdout).toContain("  kept     db/versions/.gitkeep\n");
    expect(existsSync(join(cwd, "db/package.json"))).toBe(false);
    expect(readFileSync(join(cwd, "db/tsconfig.json"), "utf8")).toBe("{ }");
    expect(readFileSync(join(cwd, "db/versions/.gitkeep"), "utf8")).toBe("kept");
  });

  it("leaves a project alone", async () => {
    const cwd = project(chain);
    const { code, stderr } = await runCli(["init"], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain("error[project-exists]: This folder has a sqlembic.config.ts already.");
    expect(existsSync(join(cwd, "package.json"))).toBe(false);
  });

  it("says why a folder cannot be written", async () => {
    const { code, stderr } = await runCli(["init", "file"], { cwd: projectFolder({ file: "" }) });
    expect(code).toBe(1);
    expect(stderr).toMatch(/error\[not-writable\]: file\/\S+ cannot be written: /);
  });
});

describe("list-templates", () => {
  it("lists what init takes", async () => {
    const { code, stdout } = await runCli(["list-templates"], { cwd: "/" });
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^Available templates:\n\n {2}generic {2}One database.*\n {2}multi {4}Several databases.*\n/,
    );
  });
});

describe("edit", () => {
  it.skipIf(process.platform === "win32")("opens the files in the editor of the environment", async () => {
    const environment = { PATH: process.env["PATH"] ?? "", EDITOR: "false", VISUAL: "sh append.sh 'two words'" };
    const script = 'shift\nfor file in "$@"; do echo "// seen" >> "$file"; done\n';
    const folder = project(branched, { "append.sh": script });
    const { code, stderr } = await runCli(["edit", "heads"], { cwd: folder, environment });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(version(folder, "f1f1_x.ts")).toMatch(/\/\/ seen\n$/);
    expect(version(folder, "g1g1_x.ts")).toMatch(/\/\/ seen\n$/);
    expect(version(folder, "a1a1_x.ts")).not.toContain("// seen");
    const current = await runCli(["edit", "current", "--from", "-"], { cwd: folder, environment, stdin: "a1a1" });
    expect(current.code).toBe(0);
    expect(version(folder, "a1a1_x.ts")).toContain("// seen");
  });

  it.skipIf(process.platform === "win32")("fails when the editor does", async () => {
    const environment = { PATH: process.env["PATH"] ?? "", EDITOR: "false" };
    const { code, stderr } = await runCli(["edit", "head"], { cwd: project(chain), environment });
    expect(code).toBe(1);
    expect(stderr).toContain('error[editor-failed]: The editor "false" ended with 1.');
  });

  it("refuses what stands for no revision", async () => {
    expect((await runCli(["edit", "base"], { cwd: project(chain) })).code).toBe(1);
    expect((await runCli(["edit", "current"], { cwd: project(chain) })).code).toBe(2);
  });
});
