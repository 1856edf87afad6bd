import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { nodeExecutable, remedy, supportedNodes } from "../support/nodes.mjs";
import { chain, project } from "./projects.js";
import { runCli } from "./run-cli.js";

const main = fileURLToPath(new URL("../../dist/bundle/cli.cjs", import.meta.url));

function sqlembic(parameters: readonly string[], cwd: string, input = "", node = process.execPath) {
  const { status, stdout, stderr } = spawnSync(node, [main, ...parameters], {
    cwd,
    input,
    encoding: "utf8",
    env: { PATH: process.env["PATH"] },
  });
  return { code: status, stdout, stderr };
}

/** A revision whose text is read by PostgreSQL's own grammar, and whose helper by Node. */
const rawSql = {
  revision: "dddd4444",
  down: "cccc3333",
  upgrade: 'for (const name of ["a", "b"]) op.execute(`CREATE VIEW ${name} AS SELECT 1 AS one`);',
  downgrade: 'for (const name of ["a", "b"]) op.execute(`DROP VIEW ${name}`);',
};

describe("the compiled program", () => {
  beforeAll(() => {
    if (!existsSync(main)) throw new Error("Run `npm run build` first.");
  });

  it.each(["upgrade head", "upgrade hed", "upgrad", "history -v", "downgrade -1", "current --from -"])(
    "has the streams and the exit code of: %s",
    async (line) => {
      const cwd = project(chain);
      const parameters = line.split(" ");
      expect(sqlembic(parameters, cwd, "aaaa1111\n")).toEqual(await runCli(parameters, { cwd, stdin: "aaaa1111\n" }));
    },
  );

  it("reads rows from a pipe", () => {
    const { code, stdout } = sqlembic(["upgrade", "head", "--from", "-"], project(chain), "bbbb2222\n");
    expect(code).toBe(0);
    expect(stdout).toContain("SELECT 3;");
    expect(stdout).not.toContain("SELECT 2;");
  });

  it("writes all of a long script to a pipe before it ends", () => {
    const upgrade = 'for (let row = 0; row < 9000; row++) op.execute("SELECT 1");';
    const cwd = project([{ revision: "aaaa1111", upgrade }]);
    const { code, stdout } = sqlembic(["upgrade", "head", "--no-parse", "--plain"], cwd);
    expect(code).toBe(0);
    expect(stdout.match(/SELECT 1;/g)).toHaveLength(9_000);
    expect(stdout.trimEnd().endsWith("COMMIT;")).toBe(true);
  });

  it.skipIf(!existsSync("/dev/full"))("says that the disk is full", () => {
    const full = openSync("/dev/full", "w");
    const { status, stderr } = spawnSync(process.execPath, [main, "upgrade", "head"], {
      cwd: project(chain),
      stdio: ["ignore", full, "pipe"],
      encoding: "utf8",
    });
    closeSync(full);
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: "error[not-writable]: Standard output cannot be written: the disk is full.\n",
    });
  });

  it.skipIf(process.platform === "win32")("ends without a stack when the reader of the pipe goes", async () => {
    const upgrade = 'for (let row = 0; row < 20000; row++) op.execute("SELECT 1");';
    const cwd = project([{ revision: "aaaa1111", upgrade }]);
    const child = spawn(process.execPath, [main, "upgrade", "head", "--no-parse"], { cwd });
    let stderr = "";
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    child.stdout.once("data", () => child.stdout.destroy());
    const [code] = (await once(child, "close")) as [number];
    expect({ code, stderr }).toEqual({ code: 141, stderr: "" });
  });
});

describe.each(supportedNodes)("the compiled program on Node %i", (major) => {
  const node = nodeExecutable(major);
  const title = (what: string): string => (node === undefined ? `${what} (not here: ${remedy})` : what);

  it
    .skipIf(node === undefined)
    .each(["--help", "heads", "history -v", "current --from -", "upgrade head", "downgrade head:base"])(
    title("writes what it writes here, and nothing to stderr: %s"),
    async (line) => {
      const cwd = project([...chain, rawSql]);
      const parameters = line.split(" ");
      const { code, stdout } = await runCli(parameters, { cwd, stdin: "aaaa1111\n" });
      expect(sqlembic(parameters, cwd, "aaaa1111\n", node)).toEqual({ code, stdout, stderr: "" });
    },
  );

  it.skipIf(node === undefined)(title("writes an error to stderr, and nothing else"), async () => {
    const cwd = project(chain);
    const expected = await runCli(["upgrade", "hed"], { cwd });
    expect(sqlembic(["upgrade", "hed"], cwd, "", node)).toEqual(expected);
    expect(expected.stderr).toMatch(/^error\[/);
  });
});
