import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { loadConfig, type LoadConfigOptions } from "../../src/project/load-config.js";
import { loadProject } from "../../src/project/load-project.js";
import { ConfigError, LoadError, type SqlembicError } from "../../src/errors.js";
import { projectFolder } from "../support/project-folder.js";

type Op = { dropTable(name: string): void };

const config = 'import { defineConfig } from "sqlembic";\nexport default defineConfig({ dialect: "postgresql" });';
const first = '/** first */\nexport const revision = "a";\nexport const downRevision = null;\n';

function options(cwd: string, more: Partial<LoadConfigOptions> = {}): LoadConfigOptions {
  return { cwd, self: () => Promise.resolve({ column: () => "column" }), ...more };
}

async function failureOf(loading: Promise<unknown>): Promise<SqlembicError> {
  const error = await loading.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Error);
  return error as SqlembicError;
}

describe("the configuration file", () => {
  it.each(["sqlembic.config.ts", "sqlembic.config.mts", "sqlembic.config.js", "sqlembic.config.mjs"])(
    "is found as %s, and needs no more of sqlembic than defineConfig",
    async (name) => {
      const folder = projectFolder({ [name]: config });
      const self = vi.fn(() => Promise.resolve({}));
      const loaded = await loadConfig(undefined, options(folder, { self }));
      expect(loaded).toMatchObject({ folder, file: join(folder, name), config: { dialect: "postgresql" } });
      expect(self).not.toHaveBeenCalled();
    },
  );

  it("can be named, and its folder is the project's", async () => {
    const folder = projectFolder({ "db/own.ts": config });
    expect(await loadConfig("db/own.ts", options(folder))).toMatchObject({ folder: join(folder, "db") });
  });

  it("can be CommonJS, and can use its own modules and all of sqlembic", async () => {
    const common = projectFolder({ "sqlembic.config.js": "module.exports = { dialect: 'sqlite' };" });
    expect((await loadConfig(undefined, options(common))).config.dialect).toBe("sqlite");
    const modular = projectFolder({
      "sqlembic.config.ts": `
        import { column, defineConfig } from "sqlembic";
        import { locations } from "./locations.js";
        export default { versionLocations: locations, x: { made: String(column()) } };`,
      "locations.ts": 'export const locations: string[] = ["one", "two"];',
    });
    expect((await loadConfig(undefined, options(modular))).config).toMatchObject({
      versionLocations: ["one", "two"],
      x: { made: "column" },
    });
  });

  it("is missed with the way to begin", async () => {
    const error = await failureOf(loadConfig(undefined, options(projectFolder({}))));
    expect(error).toBeInstanceOf(ConfigError);
    expect(error).toMatchObject({ code: "config-not-found" });
    expect(error.hint).toContain("sqlembic init");
    expect((await failureOf(loadConfig("x.ts", options(projectFolder({}))))).message).toContain('"x.ts"');
  });

  it("needs a default export", async () => {
    const folder = projectFolder({ "sqlembic.config.ts": "export const config = {};" });
    expect(await failureOf(loadConfig(undefined, options(folder)))).toMatchObject({
      code: "invalid-config",
      message: "sqlembic.config.ts has no default export.",
      origin: { file: "sqlembic.config.ts" },
    });
  });

  it("is told its problems and its syntax errors by name", async () => {
    const wrong = projectFolder({ "sqlembic.config.ts": 'export default { dialect: "db2" };' });
    expect((await failureOf(loadConfig(undefined, options(wrong)))).message).toContain(
      "sqlembic.config.ts has a problem",
    );
    const broken = projectFolder({ "sqlembic.config.ts": "export default {\n  dialect: ;\n};" });
    expect(await failureOf(loadConfig(undefined, options(broken)))).toMatchObject({
      code: "syntax-error",
      origin: { file: "sqlembic.config.ts", line: 2, column: 12 },
    });
  });

  it("leaves the dialect to SQLEMBIC_URL, then to DATABASE_URL", async () => {
    const folder = projectFolder({ "sqlembic.config.ts": "export default {};" });
    const dialectIn = async (environment: Record<string, string>): Promise<string | undefined> =>
      (await loadConfig(undefined, options(folder, { environment }))).config.dialect;
    expect(await dialectIn({ DATABASE_URL: "mysql://db" })).toBe("mysql");
    expect(await dialectIn({ DATABASE_URL: "mysql://db", SQLEMBIC_URL: "sqlite://" })).toBe("sqlite");
    expect(await dialectIn({ DATABASE_URL: "mysql://db", SQLEMBIC_URL: "" })).toBe("mysql");
    expect(await dialectIn({})).toBeUndefined();
  });
});

describe("a project", () => {
  it("has its revisions in the order of their files, none of them evaluated", async () => {
    const folder = projectFolder({
      "sqlembic.config.ts": 'export default { dialect: "sqlite", versionLocations: ["versions", "more"] };',
      "versions/2_b.ts": `throw new Error("evaluated");\nexport const revision = "b";\nexport const downRevision = "a";`,
      "versions/1_a.ts": first,
      "more/0.ts": 'export const revision = "c"; export const downRevision = "b"; export const dependsOn = ["a"];',
      "versions/_helper.ts": 'throw new Error("evaluated");',
    });
    const project = await loadProject<Op>(undefined, options(folder));
    expect(project.folder).toBe(folder);
    expect(project.revisions.map(({ revision, file, message }) => [revision, file, message])).toEqual([
      ["c", "more/0.ts", ""],
      ["a", "versions/1_a.ts", "first"],
      ["b", "versions/2_b.ts", ""],
    ]);
  });

  it("gives the body of one revision, evaluating that file and its helpers", async () => {
    const folder = projectFolder({
      "sqlembic.config.ts": config,
      "versions/a.ts": `${first}
        import { drop } from "./_helper.js";
        import type { Operations } from "sqlembic";
        export async function upgrade(op: Operations): Promise<void> { await null; drop(op, "x"); }`,
      "versions/_helper.ts":
        "export const drop = (op: { dropTable(name: string): void }, name: string): void => op.dropTable(name);",
      "versions/b.ts": `throw new Error("evaluated");\nexport const revision = "b";\nexport const downRevision = "a";`,
    });
    const project = await loadProject<Op>(undefined, options(folder));
    const [a, b] = project.revisions;
    if (a === undefined || b === undefined) throw new Error("revisions are missing");
    const body = await project.bodyOf(a);
    const dropTable = vi.fn();
    await body.upgrade?.({ dropTable });
    expect(dropTable).toHaveBeenCalledWith("x");
    expect(body).not.toHaveProperty("downgrade");
    expect(await failureOf(project.bodyOf(b))).toMatchObject({ code: "evaluation-failed", origin: { line: 1 } });
  });

  it("evaluates a file whose constants are computed", async () => {
    const folder = projectFolder({
      "sqlembic.config.ts": config,
      "versions/a.ts": `/** computed */\nconst prefix = "a";\nexport const revision = prefix + "1";\nexport const downRevision = [prefix, 'b'].slice(1);`,
    });
    const project = await loadProject<Op>(undefined, options(folder));
    expect(project.revisions).toEqual([
      {
        revision: "a1",
        downRevisions: ["b"],
        dependsOn: [],
        branchLabels: [],
        message: "computed",
        documentation: "computed",
        file: "versions/a.ts",
      },
    ]);
    const [revision] = project.revisions;
    if (revision === undefined) throw new Error("the revision is missing");
    expect(await project.bodyOf(revision)).toEqual({});
  });

  it.each([
    ["export const revision = 5;\nexport const downRevision = null;", "revision is 5", 1],
    ["export const revision = 'a';\nexport const downRevision = undefined;", "downRevision is undefined", 2],
    [
      "export const revision = 'a';\nexport const downRevision = null;\nexport const branchLabels = [1];",
      "branchLabels is [1]",
      3,
    ],
    ["export const revision = 'a';\nexport const downRevision = () => 'b';", "downRevision is a function", 2],
  ])("refuses constants of a wrong type at their line: %j", async (source, message, line) => {
    const folder = projectFolder({ "sqlembic.config.ts": config, "versions/a.ts": source });
    const error = await failureOf(loadProject(undefined, options(folder)));
    expect(error).toBeInstanceOf(LoadError);
    expect(error).toMatchObject({ code: "invalid-constant", origin: { file: "versions/a.ts", line, column: 1 } });
    expect(error.message).toContain(message);
  });

  it("refuses a file that is no revision", async () => {
    const folder = projectFolder({
      "sqlembic.config.ts": config,
      "versions/names.ts": "export { a } from './_a.js';",
      "versions/_a.ts": "export const a = 1;",
    });
    const error = await failureOf(loadProject(undefined, options(folder)));
    expect(error).toMatchObject({ code: "not-a-revision" });
    expect(error.hint).toContain("_names.ts");
  });

  it.each([
    'export let revision = "a";\nexport const downRevision = null;\nrevision = "z";',
    'export const revision = "a";\nexport const downRevision: string[] = ["b"];\ndownRevision.push("c");',
    'export const revision = "a";\nexport const downRevision: string[] = ["b"];\ndownRevision[0] = "c";',
  ])("refuses constants that change while the file is evaluated: %j", async (source) => {
    const folder = projectFolder({ "sqlembic.config.ts": config, "versions/a.ts": source });
    const project = await loadProject<Op>(undefined, options(folder));
    const [revision] = project.revisions;
    if (revision === undefined) throw new Error("the revision is missing");
    expect(await failureOf(project.bodyOf(revision))).toMatchObject({ code: "constants-differ" });
  });

  it("refuses a body that is not a function", async () => {
    const folder = projectFolder({
      "sqlembic.config.ts": config,
      "versions/a.ts": `${first}export const upgrade = ["DROP TABLE x"];`,
    });
    const project = await loadProject<Op>(undefined, options(folder));
    const [revision] = project.revisions;
    if (revision === undefined) throw new Error("the revision is missing");
    const error = await failureOf(project.bodyOf(revision));
    expect(error).toMatchObject({ code: "invalid-body" });
    expect(error.message).toContain("upgrade is not a function");
  });

  it("may have no revision yet, but needs its versions folder", async () => {
    const folder = projectFolder({ "sqlembic.config.ts": config, "versions/.gitkeep": "" });
    expect((await loadProject(undefined, options(folder))).revisions).toEqual([]);
    const bare = projectFolder({ "sqlembic.config.ts": config });
    expect(existsSync(join(bare, "versions"))).toBe(false);
    expect(await failureOf(loadProject(undefined, options(bare)))).toMatchObject({ code: "missing-version-location" });
  });
});
