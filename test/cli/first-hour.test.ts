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

describe("an export that is nearly one of a revision", () => {
  const file = (lines: readonly string[]): string =>
    project([], { "versions/a.ts": `${lines.join("\n")}\nexport function downgrade() {}\n` });

  it.each<readonly [line: string, rest: readonly string[], hint: string]>([
    ["export const branch_labels = ['billing'];", [], "It is spelled branchLabels here."],
    ["export const depends_on = 'b1';", [], "It is spelled dependsOn here."],
    ["export const down_revision = null;", [], "It is spelled downRevision here."],
    ["export const branchLabel = 'billing';", [], "Did you mean branchLabels?"],
    ["export const dependOn = 'b1';", [], "Did you mean dependsOn?"],
    [
      "export function upgarde() {}",
      ["export const branchLabels = null;", "export const dependsOn = null;"],
      "upgrade?",
    ],
    ["export const Upgrade = () => {};", [], "Did you mean upgrade?"],
  ])("is told apart: %s", async (line, rest, hint) => {
    const revision = [
      'export const revision = "a1";',
      ...(line.includes("down_rev") ? [] : ["export const downRevision = null;"]),
    ];
    const { code, stderr } = await runCli(["upgrade", "head"], { cwd: file([...revision, ...rest, line]) });
    expect(code).toBe(1);
    expect(stderr).toContain("error[unknown-export]: versions/a.ts exports");
    expect(stderr).toContain(hint);
  });

  it("is told of a file whose identifier is called otherwise", async () => {
    const lines = ['export const revisionId = "a1";', "export const downRevision = null;"];
    const { stderr } = await runCli(["heads"], { cwd: file(lines) });
    expect(stderr).toContain("error[unknown-export]: versions/a.ts exports revisionId");
    expect(stderr).toContain("versions/a.ts:1:1");
    expect(stderr).toContain("Did you mean revision?");
  });

  it("may be a helper where what it is near to is there", async () => {
    const lines = [
      'export const revision = "a1";',
      "export const downRevision = null;",
      "export const revisions = [1], columns = 2;",
      "export class Downgrades {}",
      "export function upgrade() { /* pass */ }",
    ];
    expect(await runCli(["heads"], { cwd: file(lines) })).toEqual({ code: 0, stdout: "a1 (head)\n", stderr: "" });
  });
});

describe("an upgrade that is empty", () => {
  const noticed = async (revisions: Parameters<typeof project>[0]): Promise<string> => {
    const { code, stderr } = await runCli(["upgrade", "heads"], { cwd: project(revisions) });
    expect(code).toBe(0);
    return stderr;
  };

  it("is noticed, with what says that it is meant", async () => {
    const stderr = await noticed([
      { revision: "aaaa1111", upgrade: "" },
      { revision: "bbbb2222", down: "aaaa1111", upgrade: "   " },
    ]);
    expect(stderr).toMatch(
      /^versions\/aaaa1111_x\.ts:11:1: notice: Revision aaaa1111 has an empty upgrade.*\/\/ pass$/m,
    );
    expect(stderr).toMatch(/^versions\/bbbb2222_x\.ts:11:1: notice: Revision bbbb2222 has an empty upgrade/m);
  });

  it("is noticed when there is none", async () => {
    const text = 'export const revision = "a1";\nexport const downRevision = null;\n';
    const { stderr } = await runCli(["upgrade", "head"], { cwd: project([], { "versions/a.ts": text }) });
    expect(stderr).toContain("versions/a.ts:1:1: notice: Revision a1 has no upgrade");
  });

  it.each<readonly [what: string, revision: Parameters<typeof project>[0][number]]>([
    ["says pass", { revision: "b", down: "a", upgrade: "// pass" }],
    ["asks the dialect", { revision: "b", down: "a", upgrade: 'if (op.dialect.name === "mysql") op.dropTable("t");' }],
    ["gives a label", { revision: "b", down: "a", labels: "billing", upgrade: "" }],
    ["depends on another", { revision: "b", down: null, dependsOn: "a", upgrade: "" }],
  ])("is not noticed where the revision %s", async (_what, revision) => {
    expect(await noticed([{ revision: "a", upgrade: 'op.execute("SELECT 1");' }, revision])).toBe("");
  });

  it("is not noticed in merges and on the way down", async () => {
    const upgrade = 'op.execute("SELECT 1");';
    const [a, b] = ["a", "b"].map((revision) => ({ revision, upgrade }));
    expect(await noticed([a!, b!, { revision: "c", down: ["a", "b"], upgrade: "" }])).toBe("");
    const down = await runCli(["downgrade", "a:base"], { cwd: project([a!]) });
    expect(down.stderr).toBe("");
  });
});

describe("a full name that the naming convention completes", () => {
  const convention = (ck: string): Record<string, string> => ({
    "sqlembic.config.ts": `export default { dialect: "postgresql", namingConvention: { ck: "${ck}" } };`,
  });
  const sqlembicOwn = "ck_%(table_name)s_%(constraint_name)s";

  it.each([
    'op.createTable("account", [column("w", t.integer()), check("w > 0", { name: "ck_account_w" })]);',
    'op.createTable("account", [column("w", t.integer(), { check: check("w > 0", { name: "ck_account_w" }) })]);',
    'op.createTable("account", [column("w", t.integer())]); op.createCheckConstraint("ck_account_w", "account", "w > 0");',
    'op.createTable("account", [column("w", t.integer())]); op.batchAlterTable("account", (batch) => batch.createCheckConstraint("ck_account_w", "w > 0"));',
  ])("is noticed: %s", async (upgrade) => {
    const cwd = project([{ revision: "aaaa1111", upgrade }], convention(sqlembicOwn));
    const { code, stdout, stderr } = await runCli(["upgrade", "head"], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain("ck_account_ck_account_w");
    expect(stderr.match(/notice: .*/g)).toEqual([
      'notice: The naming convention adds "ck_account_" to "ck_account_w", which has it: the name is "ck_account_ck_account_w". ' +
        'Write "w", or op.f("ck_account_w") for a name that is complete.',
    ]);
  });

  it.each([
    [sqlembicOwn, '"w"'],
    [sqlembicOwn, 'op.f("ck_account_ck_account_w")'],
    ["%(constraint_name)s_ck", '"account_w"'],
    ["ck_%(column_0_name)s", '"ck_account_w"'],
  ])("is not one in %s: %s", async (template, name) => {
    const upgrade = `op.createTable("account", [column("w", t.integer()), check("w > 0", { name: ${name} })]);`;
    const cwd = project([{ revision: "aaaa1111", upgrade }], convention(template));
    expect(await runCli(["upgrade", "head"], { cwd })).toMatchObject({ code: 0, stderr: "" });
  });
});

describe("imports by the paths of tsconfig.json", () => {
  const importing = (specifier: string, tsconfig: string, files: Record<string, string> = {}): string =>
    project([], {
      "versions/a.ts": `import { fill } from "${specifier}";
import type { Operations } from "sqlembic";
export const revision = "a1";
export const downRevision = null;
export function upgrade(op: Operations) { fill(op); }
`,
      "db/helpers/fill.ts": 'export const fill = (op: any) => op.execute("SELECT 42");\n',
      "tsconfig.json": tsconfig,
      ...files,
    });

  it.each([
    ["@/helpers/fill", '{ "compilerOptions": { "paths": { "@/*": ["./db/*"] } } }'],
    ["~/fill.js", '{ // comments\n "compilerOptions": { "paths": { "~/*": ["./nowhere/*", "./db/helpers/*"], }, } }'],
    ["fill", '{ "compilerOptions": { "baseUrl": "db", "paths": { "*": ["wrong/*"], "fill": ["helpers/fill"] } } }'],
    ["#db/fill", '{ "extends": "./base" }'],
  ])("are followed: %s by %s", async (specifier, tsconfig) => {
    const base = '{ "compilerOptions": { "paths": { "#db/*": ["./db/helpers/*"], "#*": ["./wrong/*"] } } }';
    const cwd = importing(specifier, tsconfig, { "base.json": base });
    const { code, stdout, stderr } = await runCli(["upgrade", "head"], { cwd });
    expect(stderr).toBe("");
    expect(code).toBe(0);
    expect(stdout).toContain("SELECT 42;");
  });

  it("are told where they lead when there is no file", async () => {
    const cwd = importing("@/helpers/fil", '{ "compilerOptions": { "paths": { "@/*": ["./db/*"] } } }');
    const { code, stderr } = await runCli(["upgrade", "head"], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain("versions/a.ts:1:22");
    expect(stderr).toContain('hint: "paths" of tsconfig.json makes it ../db/helpers/fil, from the importing file');
  });

  it("are no matter of a package that is missing", async () => {
    const { stderr } = await runCli(["upgrade", "head"], { cwd: importing("no-such-package", "{ not json") });
    expect(stderr).toContain("Install it in the project");
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

describe("a mark in the version table whose revision is not in the project", () => {
  it.each([
    [["current", "--from", "-"], "zzzz9999+1\n", "upgrade"],
    [["upgrade", "head", "--from", "-"], "aaaa1111\nzzzz9999-2\n", "downgrade"],
  ])("is told as one: %j", async (line, stdin, way) => {
    const { code, stderr } = await runCli(line, { cwd: project(chain), stdin });
    expect(code).toBe(1);
    expect(stderr).toContain("error[unknown-version-row]");
    expect(stderr).toContain(
      `the mark of a half-applied ${way} of "zzzz9999", which is not a revision of this project`,
    );
    expect(stderr).toContain("hint: Finish it with the script that began it");
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
