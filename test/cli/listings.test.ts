import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { branched, chain, project } from "./projects.js";
import { runCli } from "./run-cli.js";

interface Listing {
  readonly command: string;
  readonly output: readonly string[];
}

const listings = JSON.parse(readFileSync(new URL("alembic-listings.json", import.meta.url), "utf8")) as Listing[];

describe("as Alembic 1.19 prints it, with labels sorted and paths from the project's folder:", () => {
  it.each(listings)("$command", async ({ command, output }) => {
    const cwd = project(branched, { "one.txt": "d1d1\n", "all.txt": "g1g1\nf1f1\n" });
    const { code, stdout, stderr } = await runCli(command.split(" "), { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout.split("\n")).toEqual(output);
  });
});

describe("history", () => {
  it("ends at several current revisions", async () => {
    const cwd = project(branched);
    const { stdout } = await runCli(["history", "-r", "c1c1:current", "--from", "-"], { cwd, stdin: "b2b2\nc1c1\n" });
    expect(stdout).toBe("a1a1 -> c1c1, shop front\n");
  });

  it("is empty up to the current revision of a new database", async () => {
    const { code, stdout } = await runCli(["history", "-r", ":current", "--from", "-"], { cwd: project(branched) });
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
  });

  it("says which revision is meant by a mistyped one", async () => {
    const { code, stderr } = await runCli(["history", "-r", "bilings:"], { cwd: project(branched) });
    expect(code).toBe(1);
    expect(stderr).toContain('Did you mean "billing"?');
  });
});

describe("current", () => {
  it("shows the rows of a pipe, and with -v where they came from", async () => {
    const cwd = project(chain);
    expect((await runCli(["current", "--from", "-"], { cwd, stdin: "bbbb2222\n" })).stdout).toBe("bbbb2222\n");
    const { stdout } = await runCli(["current", "-v", "--from", "-"], { cwd, stdin: "cccc3333" });
    expect(stdout).toMatch(/^Current revision\(s\) for standard input:\nRev: cccc3333 \(head\)\nParent: bbbb2222\n/);
  });

  it("shows nothing for a new database", async () => {
    expect(await runCli(["current", "--from", "-"], { cwd: project(chain) })).toEqual({
      code: 0,
      stdout: "",
      stderr: "",
    });
  });

  it("fails with --check-heads when the database lacks something, and names it", async () => {
    const cwd = project(chain);
    const behind = await runCli(["current", "--check-heads", "--from", "-"], { cwd, stdin: "aaaa1111" });
    expect(behind).toMatchObject({ code: 1, stdout: "" });
    expect(behind.stderr).toContain("error[not-at-head]: The database lacks 2 revisions: bbbb2222, cccc3333.");
    const complete = await runCli(["current", "--check-heads", "--from", "-"], { cwd, stdin: "cccc3333" });
    expect(complete).toEqual({ code: 0, stdout: "cccc3333 (head)\n", stderr: "" });
  });

  it("takes a head that another one depends on for applied", async () => {
    const stdin = "g1g1\nf1f1\n";
    const { code, stdout } = await runCli(["current", "--check-heads", "--from", "-"], {
      cwd: project(branched),
      stdin,
    });
    expect({ code, stdout }).toEqual({ code: 0, stdout: "e1e1 (effective head)\nf1f1 (head)\ng1g1 (head)\n" });
  });

  it("refuses rows of another project", async () => {
    const { code, stderr } = await runCli(["current", "--from", "-"], { cwd: project(chain), stdin: "ffff0000" });
    expect(code).toBe(1);
    expect(stderr).toContain('The version table holds "ffff0000", which is not a revision of this project.');
  });
});

describe("show", () => {
  it("refuses what stands for no revision", async () => {
    const cwd = project(chain);
    expect((await runCli(["show", "base"], { cwd })).stderr).toContain('"base" stands for no revision.');
    expect((await runCli(["show", "current", "--from", "-"], { cwd })).stderr).toContain(
      "The database has no revision yet.",
    );
    expect((await runCli(["show", "current"], { cwd })).code).toBe(2);
  });
});
