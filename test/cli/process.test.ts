import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
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

  it("keeps what revisions print out of the script", () => {
    const upgrade = 'console.log("CREATE TABLE logged (b int);"); process.stdout.write("x"); op.execute("SELECT 1");';
    const { code, stdout, stderr } = sqlembic(["upgrade", "head", "-q"], project([{ revision: "aaaa1111", upgrade }]));
    expect({ code, stderr }).toEqual({ code: 0, stderr: "CREATE TABLE logged (b int);\nx" });
    expect(stdout).not.toContain("logged");
  });

  const early: Readonly<Record<string, { readonly upgrade: string; readonly told: RegExp }>> = {
    "a promise that never settles": {
      upgrade: "return new Promise(() => {});",
      told: /^error\[never-settles\]: What is awaited in the upgrade of revision aaaa1111 never happens/,
    },
    "process.exit in a body": {
      upgrade: 'op.execute("SELECT 1"); process.exit(0);',
      told: /^error\[ended-early\]: process\.exit was called in the upgrade of revision aaaa1111/,
    },
    "a timer that calls after the end": {
      upgrade: '[1].forEach(async (n) => { await new Promise((r) => setTimeout(r, 5)); op.execute("SELECT " + n); });',
      told: /^error\[called-after-end\]: op\.execute is called after the upgrade of revision aaaa1111 has ended\.\n --> versions\/[^:]*:\d+:\d+/,
    },
    "a timer that never ends": {
      upgrade: "setInterval(() => {}, 1000);",
      told: /^error\[left-running\]: the upgrade of revision aaaa1111 has ended, and what it began has not: Timeout\./,
    },
    "a failure that nobody awaits": {
      upgrade: 'setTimeout(() => { throw new RangeError("lost"); }, 5);',
      told: /^error\[stray-error\]: What a file of the project began, and did not await, failed: RangeError: lost\n --> versions\//,
    },
  };
  const commands = [["upgrade", "head"], ["upgrade", "head", "--check", "kept.sql"], ["prove"], ["schema"]];

  it.each(Object.entries(early))("ends with 1 and says so, whatever the command: %s", (_what, { upgrade, told }) => {
    const cwd = project([{ revision: "aaaa1111", upgrade }]);
    writeFileSync(join(cwd, "kept.sql"), "");
    for (const command of commands) {
      const { code, stdout, stderr } = sqlembic([...command, "-q"], cwd);
      // a proof tells what cannot be compiled among its verdicts
      const text = command[0] === "prove" && code === 1 && stdout !== "" ? `error[${stdout}` : stderr;
      expect({ command, code }).toEqual({ command, code: 1 });
      if (text === stderr) expect(stderr).toMatch(told);
      if (command[0] !== "prove") expect(stdout).toBe("");
    }
  });

  it.skipIf(process.platform === "win32")(
    "does not say that all is well when a file takes a part of the script",
    () => {
      const upgrade = 'for (let row = 0; row < 9000; row++) op.execute("SELECT 1");';
      const cwd = project([{ revision: "aaaa1111", upgrade }]);
      const line = `trap '' XFSZ; ulimit -f 64; "${process.execPath}" "${main}" upgrade head --no-parse --plain > out.sql`;
      const { status, stderr } = spawnSync("bash", ["-c", line], { cwd, encoding: "utf8" });
      expect(status).toBe(1);
      expect(stderr).toMatch(/^error\[not-writable\]: Standard output cannot be written: /m);
    },
  );
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
