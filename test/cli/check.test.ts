import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { branched, chain, project } from "./projects.js";
import { runCli } from "./run-cli.js";

/** A project in which scripts were written by a command, before another revision came. */
async function written(revisions: typeof chain, line: readonly string[]): Promise<string> {
  const cwd = project(revisions);
  expect(await runCli([...line, "-o", "script.sql"], { cwd })).toMatchObject({ code: 0 });
  const [file = ""] = readdirSync(join(cwd, "versions")).filter((name) => name.startsWith("a"));
  const heads = revisions === branched ? ["f1f1"] : ["cccc3333"];
  const text = readFileSync(join(cwd, "versions", file), "utf8")
    .replace(/revision = "a\w+"/, 'revision = "zzzz9999"')
    .replace(/downRevision = null/, `downRevision = ${JSON.stringify(heads[0])}`);
  writeFileSync(join(cwd, "versions", "zzzz9999_later.ts"), text);
  return cwd;
}

const madeIn = (cwd: string): string | undefined =>
  /^-- made: +sqlembic \S+ (.*)$/m.exec(readFileSync(join(cwd, "script.sql"), "utf8"))?.[1];

describe("check", () => {
  it.each<readonly [line: string, made: string]>([
    ["upgrade head", "upgrade base:cccc3333"],
    ["upgrade aaaa:head --idempotent --lock-timeout 7s", "upgrade aaaa1111:cccc3333 --idempotent --lock-timeout=7s"],
    ["upgrade +1 --transaction-per-migration -q", "upgrade base:aaaa1111 --transaction-per-migration"],
    ["downgrade head:base", "downgrade cccc3333:base"],
    ["downgrade -1 --dialect sqlite", "downgrade cccc3333:bbbb2222 --dialect=sqlite"],
    ["stamp aaaa:head", "stamp aaaa1111:cccc3333"],
    ["stamp --purge head", "stamp --purge cccc3333"],
    ["stamp cccc:base", "stamp cccc3333:base"],
    ["ensure-version --dialect mysql", "ensure-version --dialect=mysql"],
    ["upgrade head --tag t --client any --ascii", "upgrade base:cccc3333 --client=any --ascii --tag=t"],
  ])("stays green when a later revision comes: %s", async (line, made) => {
    const cwd = await written(chain, line.split(" "));
    expect(madeIn(cwd)).toBe(made);
    expect(await runCli(["check", "script.sql"], { cwd })).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  it("takes values with blanks and quotes, and ranges with several heads", async () => {
    const cwd = await written(branched, ["upgrade", "heads", "--set", "my.note=it's a 'test'"]);
    expect(madeIn(cwd)).toBe("upgrade base:f1f1,g1g1 '--set=my.note=it''s a ''test'''");
    expect(await runCli(["check", "script.sql"], { cwd })).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  it("keeps values of -x out of the file, and takes them from its own command", async () => {
    const upgrade = 'op.execute("SELECT " + op.x["secret"].length);';
    const cwd = project([{ revision: "aaaa1111", upgrade }]);
    await runCli(["upgrade", "head", "-x", "secret=hunter2", "-x", "dry", "-o", "script.sql"], { cwd });
    expect(madeIn(cwd)).toBe("upgrade base:aaaa1111 --x=secret=... --x=dry");
    expect(readFileSync(join(cwd, "script.sql"), "utf8")).not.toContain("hunter2");

    const given = ["-x", "secret=hunter2"];
    expect(await runCli(["check", "script.sql", ...given], { cwd })).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(await runCli(["upgrade", "--check", "script.sql", ...given], { cwd })).toMatchObject({ code: 0 });
    expect(await runCli(["check", "script.sql", "-x", "secret=longer than it"], { cwd })).toMatchObject({ code: 1 });
    const { code, stderr } = await runCli(["check", "script.sql"], { cwd });
    expect(code).not.toBe(0);
    expect(stderr).toContain(
      "error[values-missing]: script.sql was made with values of -x, which no file has: secret.",
    );
    expect(stderr).toContain("hint: Give them: sqlembic check script.sql -x secret=VALUE");
  });

  it("is what upgrade and downgrade do without a range", async () => {
    const cwd = await written(chain, ["upgrade", "head"]);
    expect(await runCli(["upgrade", "--check", "script.sql"], { cwd })).toMatchObject({ code: 0, stderr: "" });
    expect(await runCli(["upgrade", "head", "--check", "script.sql"], { cwd })).toMatchObject({ code: 1 });
  });

  it("takes the numbered files of a folder", async () => {
    const cwd = project(chain);
    await runCli(["upgrade", "head", "--output-dir", "sql"], { cwd });
    const files = readdirSync(join(cwd, "sql")).map((name) => `sql/${name}`);
    expect(files).toHaveLength(3);
    expect(await runCli(["check", ...files], { cwd })).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  it("passes over another version of the tool, and nothing else of a file", async () => {
    const cwd = await written(chain, ["upgrade", "head"]);
    const text = readFileSync(join(cwd, "script.sql"), "utf8");
    writeFileSync(join(cwd, "script.sql"), text.replace(/sqlembic \d\S+/, "sqlembic 99.9.9"));
    expect(await runCli(["check", "script.sql"], { cwd })).toMatchObject({ code: 0 });
    writeFileSync(join(cwd, "script.sql"), text.replace("SELECT 2", "SELECT 22"));
    const { code, stderr } = await runCli(["check", "script.sql"], { cwd });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^-SELECT 22;$[^]*^\+SELECT 2;$[^]*script\.sql is not what compiles now/m);
  });

  it("tells of every file, whatever is the matter with one", async () => {
    const cwd = await written(chain, ["upgrade", "head"]);
    await runCli(["upgrade", "head", "--plain", "-o", "plain.sql"], { cwd });
    writeFileSync(
      join(cwd, "script.sql"),
      readFileSync(join(cwd, "script.sql"), "utf8").replace("SELECT 2", "SELECT 22"),
    );
    const { code, stderr } = await runCli(["check", "none.sql", "plain.sql", "versions", "script.sql"], { cwd });
    expect(code).toBe(1);
    for (const part of ["error[check-missing]", "error[no-command]", "error[check-folder]", "script.sql is not what"]) {
      expect(stderr).toContain(part);
    }
  });

  it("names no place and no person in the command", async () => {
    const cwd = project(chain, { "rows.txt": "aaaa1111\n" });
    const line = ["upgrade", "head", "--from", "rows.txt", "-c", join(cwd, "sqlembic.config.ts"), "--raiseerr"];
    await runCli([...line, "-o", join(cwd, "script.sql")], { cwd });
    expect(madeIn(cwd)).toBe("upgrade aaaa1111:cccc3333");
  });
});
