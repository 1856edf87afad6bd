import { describe, expect, it } from "vitest";
import { runCli } from "./run-cli.js";
import { chain, project } from "./projects.js";

describe("wrong usage has exit code 2 and says what was meant:", () => {
  it.each([
    ["upgrad head", 'error[unknown-command]: There is no command "upgrad". Did you mean "upgrade"?'],
    ["upgrade head --plian", 'error[unknown-option]: upgrade has no option --plian. Did you mean "--plain"?'],
    ["upgrade head --outputdir sql", 'upgrade has no option --outputdir. Did you mean "--output-dir"?'],
    ["upgrade head --no-such-thing", "error[unknown-option]: upgrade has no option --no-such-thing."],
    ["upgrade head -Z", "error[unknown-option]: upgrade has no option -Z."],
    ["upgrade", "error[missing-parameter]: upgrade needs more: upgrade <revision>"],
    ["stamp", "error[missing-parameter]: stamp needs more: stamp <revisions..>"],
    ["upgrade head extra", 'error[unexpected-parameter]: upgrade does not take "extra": upgrade [revision]'],
    ["upgrade head -o", "error[missing-value]: -o stands without its value."],
    ["upgrade head --from", "error[missing-value]: --from stands without its value."],
    ["upgrade head -c a -c b", "error[repeated-option]: --config is given more than once."],
    ["upgrade head --dialect postgres", 'There is no dialect "postgres". Did you mean "postgresql"?'],
    ["upgrade head --target-version new", 'error[invalid-version]: --target-version "new" is not a version.'],
    ["upgrade head -o a.sql --check b.sql", "error[two-destinations]: --output and --check cannot be combined."],
    ["upgrade aaaa:head --from rows", "error[two-starts]:"],
    ["upgrade head -x =5", "error[nameless-argument]:"],
    ["upgrade head:base", "error[reversed-range]:"],
    ["upgrade head:head", "error[empty-range]:"],
    ["history -r head", "error[malformed-range]:"],
    ["history -i", "error[no-version-rows]:"],
    ["current", "error[no-version-rows]:"],
    ["init -t none", 'error[unknown-template]: There is no template "none".'],
    ["init", "error[project-exists]:"],
    ["-q", "error[missing-command]:"],
  ])("%s", async (line, message) => {
    const cwd = project(chain, { rows: "aaaa1111\n" });
    const { code, stdout, stderr } = await runCli(line.split(" "), { cwd });
    expect(stderr).toContain(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });
});

describe("what is right usage", () => {
  it.each(["downgrade -1", "upgrade -1:head", "history -r -1:", "history -r-1:", "upgrade +2", "upgrade base:+1"])(
    "has a revision with a sign: %s",
    async (line) => {
      const { code, stdout } = await runCli(line.split(" "), { cwd: project(chain) });
      expect(code).toBe(0);
      expect(stdout).not.toBe("");
    },
  );

  it("puts options of every command before or behind it", async () => {
    const cwd = project(chain, { "other.ts": 'export default { dialect: "sqlite" };' });
    const before = await runCli(["-c", "other.ts", "-q", "upgrade", "head", "--plain"], { cwd });
    const behind = await runCli(["upgrade", "head", "--plain", "-qc", "other.ts"], { cwd });
    expect(before).toMatchObject({ code: 0, stderr: "" });
    expect(behind).toEqual(before);
  });

  it.each(["upgrade head", "downgrade head:base", "stamp head", "ensure-version", "revision -m x --rev-id dddd"])(
    "accepts --sql where Alembic has it, without effect: %s",
    async (line) => {
      const without = await runCli(line.split(" "), { cwd: project(chain) });
      const withSql = await runCli([...line.split(" "), "--sql"], { cwd: project(chain) });
      expect(withSql).toEqual(without);
      expect(withSql.code).toBe(0);
    },
  );

  it("keeps identifiers of digits as they are", async () => {
    const cwd = project([
      { revision: "0012345678901234567890" },
      { revision: "1e5000", down: "0012345678901234567890" },
    ]);
    expect((await runCli(["show", "0012345678901234567890"], { cwd })).stdout).toContain(
      "Rev: 0012345678901234567890\n",
    );
    expect((await runCli(["show", "1e5000"], { cwd })).stdout).toContain("Rev: 1e5000 (head)\n");
  });
});
