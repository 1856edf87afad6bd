import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { chain, project } from "./projects.js";
import { runCli } from "./run-cli.js";

const upgrading = (upgrade: string): string => project([{ revision: "aaaa1111", upgrade }]);

describe("what is written as elsewhere", () => {
  it.each<readonly [body: string, code: string, hint: string]>([
    [
      'op.createTable("a", column("id", t.integer()), column("b", t.text()));',
      "items-apart",
      'op.createTable("name", [',
    ],
    ['op.create_table("a", []);', "body-failed", "Did you mean op.createTable?"],
    ['op.dropTabel("a");', "body-failed", "Did you mean op.dropTable?"],
    ['op.createTable("a", [column("id", t.varchar(5))]);', "body-failed", "Did you mean t.VARCHAR?"],
    ['op.createTable("a", [column("id", t.big_integer())]);', "body-failed", "Did you mean t.bigInteger?"],
    ['op.createTable(undefined, [column("id", t.integer())]);', "missing-name", "Look where the value comes from"],
    ["op.dropTable(null);", "missing-name", "Look where the value comes from"],
    ['op.addColumn("a", column(undefined, t.integer()));', "missing-name", "Look where the value comes from"],
  ])("is told what to write: %s", async (body, code, hint) => {
    const { code: exitCode, stderr } = await runCli(["upgrade", "head"], { cwd: upgrading(body) });
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`error[${code}]`);
    expect(stderr).toContain("versions/aaaa1111_x.ts:");
    expect(stderr).toContain(hint);
  });

  it("says how the constants of Alembic are spelled here", async () => {
    const cwd = project([], {
      "versions/a.ts":
        'export const revision = "a1";\nexport const down_revision = null;\nexport function upgrade() {}\n',
    });
    const { stderr } = await runCli(["heads"], { cwd });
    expect(stderr).toContain("It is spelled downRevision here.");
  });

  it.each([
    ["migrate", "upgrade"],
    ["up", "upgrade"],
    ["down", "downgrade"],
    ["rollback", "downgrade"],
    ["status", "current"],
    ["generate", "revision"],
    ["verify", "check"],
  ])("names the command that is meant by %s", async (name, meant) => {
    const { code, stderr } = await runCli([name], { cwd: project(chain) });
    expect(code).toBe(2);
    expect(stderr).toContain(`There is no command "${name}". Did you mean "${meant}"?`);
  });
});

describe("a version of the server that is not known", () => {
  it.each([["upgrade", "head"], ["schema"], ["prove", "head"], ["stamp", "head"], ["ensure-version"]])(
    "is refused by %s, from the command line and from the configuration",
    async (...line) => {
      const settings = { "sqlembic.config.ts": 'export default { dialect: "postgresql", targetVersion: "99" };' };
      for (const [cwd, options] of [
        [project(chain), ["--target-version", "99"]],
        [project(chain, settings), []],
      ] as const) {
        const { code, stdout, stderr } = await runCli([...line, ...options], { cwd });
        expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
        expect(stderr).toContain("error[unknown-version]: postgresql 99 is not a version that is known here.");
        expect(stderr).toContain("hint: The newest that is known is 18");
      }
    },
  );
});

describe("the configuration", () => {
  it("is found in a folder above, the nearest first", async () => {
    const cwd = project(chain);
    const deep = join(cwd, "src", "deep");
    mkdirSync(deep, { recursive: true });
    expect(await runCli(["heads"], { cwd: deep })).toEqual(await runCli(["heads"], { cwd }));
  });

  it("may be named by its folder", async () => {
    const cwd = project(chain);
    expect(await runCli(["heads", "-c", cwd], { cwd: "/" })).toMatchObject({ code: 0, stdout: "cccc3333 (head)\n" });
    const { stderr } = await runCli(["heads", "-c", join(cwd, "versions")], { cwd });
    expect(stderr).toContain("error[config-not-found]");
  });
});

describe("version rows of a half-applied revision", () => {
  it.each([
    [["upgrade", "head", "--from", "-"], "aaaa1111\nbbbb2222+1\n", "The upgrade of bbbb2222 is half-applied"],
    [["stamp", "head", "--from", "-"], "aaaa1111+0\n", 'the version table holds "aaaa1111+0", 0 of its parts are done'],
    [["current", "--from", "-"], "bbbb2222\ncccc3333-2\n", "The downgrade of cccc3333 is half-applied"],
  ])("are told, with the way out: %j", async (line, input, message) => {
    const { code, stderr } = await runCli(line, { cwd: project(chain), stdin: input });
    expect(code).toBe(1);
    expect(stderr).toContain("error[half-applied-row]");
    expect(stderr).toContain(message);
    expect(stderr).toContain("Apply the script that began it once more");
  });
});

describe("links in the folder of versions", () => {
  it.each<readonly [string, readonly (readonly [target: string, name: string])[]]>([
    ["to itself", [["a.ts", "a.ts"]]],
    [
      "in a circle",
      [
        ["b.ts", "a.ts"],
        ["a.ts", "b.ts"],
      ],
    ],
  ])("are told where they lead back: %s", async (_title, links) => {
    const cwd = project(chain);
    for (const [target, name] of links) symlinkSync(target, join(cwd, "versions", name));
    const { code, stderr } = await runCli(["heads"], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain("error[looping-link]: versions/a.ts is a link that leads back to itself.");
  });
});

describe("init", () => {
  it("names steps that work without a registry", async () => {
    const cwd = project([]);
    const { stdout } = await runCli(["init", "new"], { cwd });
    expect(stdout).toMatch(/^ {2}npm install --save-dev \.\.\/\S+$/m);
    expect(stdout).toMatch(/^ {2}npx sqlembic upgrade head -o upgrade.sql$/m);
    const settings = JSON.parse(readFileSync(join(cwd, "new", "package.json"), "utf8")) as object;
    expect(settings).not.toHaveProperty("devDependencies");
  });

  it("makes a project of several targets that asks for one of them", async () => {
    const cwd = project([]);
    await runCli(["init", "new", "-t", "multi"], { cwd });
    const { code, stderr } = await runCli(["upgrade", "head"], { cwd: join(cwd, "new") });
    expect(code).toBe(1);
    expect(stderr).toContain("hint: Choose a target with -n: orders, reports.");
  });
});
