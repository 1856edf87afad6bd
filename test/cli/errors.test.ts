import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectFolder } from "../support/project-folder.js";
import { chain, project } from "./projects.js";
import { runCli } from "./run-cli.js";

describe("a failing revision", () => {
  const misspelt = 'op.createTable("account", [column("id", t.integer())], { coment: "x" } as never);';

  it("prints its own frame: place, line, operation and hint, with exit code 1", async () => {
    const cwd = project([{ revision: "aaaa1111", upgrade: misspelt }]);
    const { code, stdout, stderr } = await runCli(["upgrade", "head"], { cwd });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    const [title, place, line, caret, hint] = stderr.split("\n");
    expect(title).toMatch(/^error\[unknown-option\]: .*"coment"/);
    expect(place).toBe(" --> versions/aaaa1111_x.ts:12:6 (createTable)");
    expect(line).toBe(`12 |   ${misspelt}`);
    expect(caret).toBe("   |      ^");
    expect(hint).toMatch(/^hint: .*comment/);
  });

  it("is named relative to the working folder, so that the place can be opened from there", async () => {
    const folder = project([{ revision: "aaaa1111", upgrade: misspelt }]);
    const { stderr } = await runCli(["upgrade", "head", "-c", "../sqlembic.config.ts"], {
      cwd: join(folder, "versions"),
    });
    expect(stderr).toContain("\n --> aaaa1111_x.ts:12:6 (createTable)\n12 | ");
    const above = await runCli(["-c", join(folder, "sqlembic.config.ts"), "upgrade", "head"], {
      cwd: join(folder, ".."),
    });
    expect(above.stderr).toMatch(/\n --> sqlembic-test-\w+\/versions\/aaaa1111_x\.ts:12:6 \(createTable\)\n12 \| /);
  });

  it("shows where it threw an error of its own, and with --raiseerr the stack in written lines", async () => {
    const cwd = project([{ revision: "aaaa1111", upgrade: 'throw new TypeError("no rows");' }]);
    const { code, stderr } = await runCli(["upgrade", "head"], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain("error[body-failed]: upgrade of revision aaaa1111 failed: TypeError: no rows\n");
    expect(stderr).toContain(" --> versions/aaaa1111_x.ts:12:9\n");
    expect(stderr).not.toContain("    at ");
    const raised = await runCli(["upgrade", "head", "--raiseerr"], { cwd });
    expect(raised.stderr).toMatch(/caused by: TypeError: no rows\n {4}at .*aaaa1111_x\.ts:12:9\)?\n/);
  });

  it("may be a file that cannot be parsed", async () => {
    const cwd = project(chain, { "versions/dddd4444_x.ts": "export const revision = ;\n" });
    const { code, stderr } = await runCli(["history"], { cwd });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^error\[syntax-error\]: .*\n --> versions\/dddd4444_x\.ts:1:\d+\n1 \| export const revision = ;\n/,
    );
  });

  it("is red on a terminal", async () => {
    const { stderr } = await runCli(["show", "nothing"], { cwd: project(chain), isTTY: true });
    expect(stderr).toMatch(/^\u001b\[1m\u001b\[31merror\[unknown-revision\]\u001b\[39m\u001b\[22m: There is no/);
    expect((await runCli(["show", "nothing"], { cwd: project(chain) })).stderr).not.toContain("\u001b");
  });
});

describe("a history that does not hold together", () => {
  it("is reported as a whole", async () => {
    const cwd = project([
      ...chain,
      { revision: "dddd4444", down: "cccc333" },
      { revision: "eeee5555", dependsOn: "zzzz" },
    ]);
    const { code, stderr } = await runCli(["upgrade", "head"], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain("error[invalid-history]: The revisions have 2 problems:\n");
    expect(stderr).toContain('"cccc333", which is not a revision of this project. Did you mean "cccc3333"?');
    expect(stderr).toContain('depends on "zzzz"');
  });
});

describe("a configuration", () => {
  const run = (config: string, environment: Readonly<Record<string, string>> = {}) =>
    runCli(["upgrade", "head"], { cwd: project([], { "sqlembic.config.ts": config }), environment });

  it("is reported as a whole, with suggestions for unknown keys", async () => {
    const { code, stderr } = await run(
      'export default { dialekt: "postgresql", targetVersion: 16, versionLocations: [] };',
    );
    expect(code).toBe(1);
    expect(stderr).toContain("error[invalid-config]: sqlembic.config.ts has 3 problems:\n");
    expect(stderr).toContain('  dialekt: unknown key. Did you mean "dialect"?\n');
    expect(stderr).toContain("  targetVersion: expected a version in quotes");
    expect(stderr).toContain("  versionLocations: expected an array of folders");
  });

  it("may be missing", async () => {
    const { code, stderr } = await runCli(["heads"], { cwd: projectFolder({}) });
    expect(code).toBe(1);
    expect(stderr).toContain(
      "error[config-not-found]: There is no sqlembic.config.ts in this folder, or in one above it.\nhint: Run `sqlembic init`",
    );
  });

  it("has to say the dialect where SQL is written", async () => {
    const { code, stderr } = await run("export default {};");
    expect(code).toBe(1);
    expect(stderr).toContain("error[missing-dialect]");
    expect((await run("export default {};", { DATABASE_URL: "postgres://me:geheim@db/shop" })).code).toBe(0);
  });

  it.each([
    ["a URL of no known dialect", 'export default { url: "db2://me:geheim@db/shop" };'],
    ["a URL that contradicts", 'export default { dialect: "mysql", url: "postgres://me:geheim@db/shop" };'],
    ["an error that quotes a URL", 'throw new Error("no answer from postgres://me:geh@eim@db/shop?password=geheim");'],
    ["a line that holds a URL", 'const url = "postgres://me:geheim@db/shop"; undefinedFunction();'],
    ["a connection string", 'throw new Error("Server=db;Password=geheim;");'],
  ])("never has its credentials printed: %s", async (_what, config) => {
    for (const more of [[], ["--raiseerr"]]) {
      const cwd = project([], { "sqlembic.config.ts": config });
      const { code, stdout, stderr } = await runCli(["upgrade", "head", ...more], { cwd });
      expect(code).toBe(1);
      expect(stdout + stderr).not.toMatch(/geh|eim/);
    }
  });

  it("never has those of the environment printed", async () => {
    const { code, stderr } = await run("export default {};", { SQLEMBIC_URL: "db2://me:geheim@db/shop" });
    expect(code).toBe(1);
    expect(stderr).toContain("SQLEMBIC_URL");
    expect(stderr).not.toContain("geheim");
  });
});
