import { describe, expect, it } from "vitest";
import { project } from "./projects.js";
import { runCli } from "./run-cli.js";

const config = (dialect: string): Readonly<Record<string, string>> => ({
  "sqlembic.config.ts": `export default { dialect: "${dialect}" };\n`,
});

/** Two revisions, of which the second does not take back what it did when that is wanted. */
function shop(downgrade = 'op.dropColumn("account", "name");', dialect = "sqlite"): string {
  return project(
    [
      {
        revision: "a1",
        upgrade: 'op.createTable("account", [column("id", t.integer(), { primaryKey: true })]);',
        downgrade: 'op.dropTable("account");',
      },
      { revision: "b2", down: "a1", upgrade: 'op.addColumn("account", column("name", t.string(20)));', downgrade },
    ],
    config(dialect),
  );
}

describe("sqlembic prove", () => {
  it("lists what becomes of each revision, and succeeds when every downgrade is the inverse", async () => {
    const { code, stdout, stderr } = await runCli(["prove"], { cwd: shop() });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(
      /^a1 {2}reversible with data loss {2}a1\n {4}the downgrade loses all rows of account \(versions\/a1_x\.ts:\d+\)\nb2 /,
    );
    expect(stdout).toMatch(/\n2 revisions: 2 reversible with data loss\n$/);
  });

  it("fails when one is not, and names each difference", async () => {
    const { code, stdout } = await runCli(["prove", "a1:b2"], { cwd: shop('op.dropTable("account");') });
    expect(code).toBe(1);
    expect(stdout).toContain("downgrade is not the inverse");
    expect(stdout).toContain("after the downgrade, table account is missing");
  });

  it("succeeds when there is no way back at all: that is said, not judged", async () => {
    const { code, stdout } = await runCli(["prove", "a1:b2"], { cwd: shop("") });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^b2 {2}not reversible {2}b2\n {4}the downgrade does nothing/);
  });

  it("fails with --strict when there is no way back", async () => {
    const { code, stdout } = await runCli(["prove", "a1:b2", "--strict"], { cwd: shop("") });
    expect([code, stdout]).toEqual([1, expect.stringContaining("not reversible")]);
  });

  it("fails when a written downgrade cannot be compiled", async () => {
    const { code, stdout } = await runCli(["prove", "a1:b2"], { cwd: shop('op.dropTable("other");') });
    expect([code, stdout]).toEqual([1, expect.stringContaining("downgrade cannot be compiled  b2")]);
  });

  it("prints data for programs", async () => {
    const { code, stdout } = await runCli(["prove", "--json"], { cwd: shop() });
    expect(code).toBe(0);
    const { revisions } = JSON.parse(stdout) as { revisions: { revision: string; verdict: string }[] };
    expect(revisions.map(({ revision, verdict }) => [revision, verdict])).toEqual([
      ["a1", "lossy"],
      ["b2", "lossy"],
    ]);
    expect(revisions[0]).not.toHaveProperty("engine");
  });

  it.each([
    ["--engine alone", ["prove", "--engine"], 2],
    ["--engine before a range, which is no URL", ["prove", "--engine", "a1:b2"], 1],
    ["a range before --engine", ["prove", "a1:b2", "--engine"], 1],
  ])("proves on the engine inside this process with %s", async (_title, parameters, count) => {
    const { code, stdout, stderr } = await runCli([...parameters, "--json"], { cwd: shop() });
    expect([code, stderr]).toEqual([0, "note: proving on node-sqlite3-wasm, the SQLite inside this process\n"]);
    const { revisions } = JSON.parse(stdout) as { revisions: { engine: string[] }[] };
    expect(revisions.map(({ engine }) => engine)).toEqual(Array.from({ length: count }, () => []));
  });

  it("says what is wrong with an engine, and never shows a password", async () => {
    const cwd = shop();
    const both = await runCli(["prove", "a1:b2", "--engine", "head"], { cwd });
    expect([both.code, both.stderr]).toEqual([
      2,
      expect.stringContaining('--engine "head" is not the URL of a server.'),
    ]);
    const other = await runCli(["prove", "--engine=postgresql://me:s3cret@localhost/x"], { cwd });
    expect([other.code, other.stderr]).toEqual([2, expect.stringContaining("the scripts are for sqlite")]);
    expect(other.stderr).not.toContain("s3cret");
    const none = await runCli(["prove", "--engine"], { cwd: shop(undefined, "mariadb") });
    expect([none.code, none.stderr]).toEqual([1, expect.stringContaining("There is no mariadb that could run inside")]);
  });
});
