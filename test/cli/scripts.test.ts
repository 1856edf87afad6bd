import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { chain, configFile, project } from "./projects.js";
import { runCli } from "./run-cli.js";
import { allowUnparsed } from "../parse-everything/statements.js";

const selects = (sql: string): readonly string[] => sql.match(/SELECT -?\d/g) ?? [];

describe("upgrade", () => {
  it("writes SQL to standard output and nothing to standard error", async () => {
    const { code, stdout, stderr } = await runCli(["upgrade", "head"], { cwd: project(chain) });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(selects(stdout)).toEqual(["SELECT 1", "SELECT 2", "SELECT 3"]);
    expect(stdout).toContain("-- Running upgrade aaaa1111 -> bbbb2222, fill account\n");
    expect(stdout).toMatch(/^BEGIN [^]*^COMMIT;$/m);
  });

  it.each([
    ["aaaa:head", ["SELECT 2", "SELECT 3"]],
    ["head-1:head", ["SELECT 3"]],
    [":bbbb", ["SELECT 1", "SELECT 2"]],
    ["bbbb:", ["SELECT 3"]],
    ["+1", ["SELECT 1"]],
  ])("compiles the range %s", async (range, expected) => {
    expect(selects((await runCli(["upgrade", range], { cwd: project(chain) })).stdout)).toEqual(expected);
  });

  it("gives with --plain what Alembic gives", async () => {
    const { stdout } = await runCli(["upgrade", "aaaa:bbbb", "--plain"], { cwd: project(chain) });
    expect(stdout.replaceAll("\n\n", "\n")).toBe(
      "BEGIN;\n-- Running upgrade aaaa1111 -> bbbb2222\nSELECT 2;\n" +
        "UPDATE alembic_version SET version_num='bbbb2222' WHERE alembic_version.version_num = 'aaaa1111';\nCOMMIT;\n",
    );
  });

  it("gives each revision a transaction with --transaction-per-migration", async () => {
    const { stdout } = await runCli(["upgrade", "head", "--transaction-per-migration"], { cwd: project(chain) });
    expect(stdout.match(/^BEGIN .*;$/gm)).toHaveLength(3);
    expect(stdout.match(/^COMMIT;$/gm)).toHaveLength(3);
  });

  it("compiles for the dialect and version of the command line", async () => {
    const upgrade = "op.execute(`SELECT '${op.dialect.name} ${op.dialect.version}'`);";
    const cwd = project([{ revision: "aaaa1111", upgrade }]);
    const { stdout } = await runCli(["upgrade", "head", "--dialect", "mysql", "--target-version", "5.7"], { cwd });
    expect(stdout).toContain("SELECT 'mysql 5.7';");
  });

  it("compiles for a named target", async () => {
    const config = 'export default { dialect: "postgresql", targets: { small: { dialect: "sqlite" } } };';
    const upgrade = "op.execute(`SELECT '${op.dialect.name}'`);";
    const cwd = project([{ revision: "aaaa1111", upgrade }], { "sqlembic.config.ts": config });
    expect((await runCli(["upgrade", "head", "-n", "small"], { cwd })).stdout).toContain("SELECT 'sqlite';");
    expect((await runCli(["upgrade", "head"], { cwd })).stdout).toContain("SELECT 'postgresql';");
    const unknown = await runCli(["upgrade", "head", "--name", "smal"], { cwd });
    expect(unknown.stderr).toContain('Did you mean "small"?');
  });

  it("hands -x and --tag to the revisions", async () => {
    const upgrade = "op.execute(`SELECT '${JSON.stringify(op.x)} ${op.tag}'`);";
    const config = 'export default { dialect: "sqlite", x: { shop: "us", kept: "yes" } };';
    const cwd = project([{ revision: "aaaa1111", upgrade }], { "sqlembic.config.ts": config });
    const parameters = ["-x", "shop=eu", "upgrade", "head", "-x", "query=a=b", "-x", "dry", "--tag", "night"];
    expect((await runCli(parameters, { cwd })).stdout).toContain(
      `SELECT '{"shop":"eu","kept":"yes","query":"a=b","dry":""} night';`,
    );
    expect((await runCli(["upgrade", "head"], { cwd })).stdout).toContain("undefined';");
  });

  it("prints notices with their place, unless quiet", async () => {
    const cwd = project([{ revision: "aaaa1111", upgrade: 'op.execute(sql`SELECT ${""} FROM dual`);' }]);
    const { code, stdout, stderr } = await runCli(["upgrade", "head", "--dialect", "oracle"], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain("SELECT '' FROM dual");
    expect(stderr).toMatch(/^versions\/aaaa1111_x\.ts:12:6: notice: An empty string is NULL on Oracle\.$/m);
    expect((await runCli(["upgrade", "head", "--dialect", "oracle", "-q"], { cwd })).stderr).toBe("");
  });

  it("checks the syntax of SQL in op.execute, unless --no-parse says otherwise", async () => {
    allowUnparsed(/^SELEC 1/, "the error is what the test is about");
    const cwd = project([{ revision: "aaaa1111", upgrade: 'op.execute("SELEC 1");' }]);
    const { code, stdout, stderr } = await runCli(["upgrade", "head"], { cwd });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^ --> versions\/aaaa1111_x\.ts:12:\d+/m);
    expect((await runCli(["upgrade", "head", "--no-parse"], { cwd })).stdout).toContain("SELEC 1;");
  });
});

describe("upgrade --from", () => {
  it("compiles exactly what the database lacks", async () => {
    const cwd = project(chain, { "rows.txt": " version_num \n-------------\n aaaa1111\n(1 row)\n" });
    const fromFile = await runCli(["upgrade", "head", "--from", "rows.txt"], { cwd });
    expect(selects(fromFile.stdout)).toEqual(["SELECT 2", "SELECT 3"]);
    const fromPipe = await runCli(["upgrade", "head", "--from", "-"], { cwd, stdin: "aaaa1111\n" });
    expect(fromPipe).toEqual(fromFile);
    expect(await runCli(["upgrade", "aaaa1111:head"], { cwd })).toEqual(fromFile);
  });

  it("takes a database without rows for a new one, and says so", async () => {
    const cwd = project(chain);
    const { stdout, stderr } = await runCli(["upgrade", "head", "--from", "-"], { cwd, stdin: "" });
    expect(selects(stdout)).toEqual(["SELECT 1", "SELECT 2", "SELECT 3"]);
    expect(stderr).toBe("note: there are no version rows in standard input: the database is taken as new.\n");
  });

  it("has nothing to write for a database that has it all", async () => {
    const cwd = project(chain);
    expect(await runCli(["upgrade", "head", "--from", "-"], { cwd, stdin: "cccc3333\n" })).toEqual({
      code: 0,
      stdout: "",
      stderr: "note: nothing to do: the database has it all.\n",
    });
  });

  it("leaves no older script in the file when there is nothing to do", async () => {
    const cwd = project(chain, { "up.sql": "-- from yesterday\n" });
    await runCli(["upgrade", "head", "--from", "-", "-o", "up.sql"], { cwd, stdin: "cccc3333\n" });
    expect(readFileSync(join(cwd, "up.sql"), "utf8")).toBe("");
  });

  it("refuses the message of a client that failed", async () => {
    const stdin = 'ERROR:  relation "alembic_version" does not exist\n';
    const { code, stdout, stderr } = await runCli(["upgrade", "head", "--from", "-"], { cwd: project(chain), stdin });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain("error[not-a-version-row]: Line 1 of standard input");
  });
});

describe("downgrade", () => {
  it("compiles the way down", async () => {
    const { code, stdout, stderr } = await runCli(["downgrade", "head:aaaa"], { cwd: project(chain) });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(selects(stdout)).toEqual(["SELECT -3", "SELECT -2"]);
  });

  it("starts from the heads when the range names no start, and says so", async () => {
    const { stdout, stderr } = await runCli(["downgrade", "-1"], { cwd: project(chain) });
    expect(selects(stdout)).toEqual(["SELECT -3"]);
    expect(stderr).toBe("note: the range names no start: the downgrade starts from cccc3333.\n");
  });

  it("starts from the rows of --from", async () => {
    const { stdout, stderr } = await runCli(["downgrade", "-1", "--from", "-"], {
      cwd: project(chain),
      stdin: "bbbb2222",
    });
    expect(selects(stdout)).toEqual(["SELECT -2"]);
    expect(stderr).toBe("");
  });
});

describe("stamp", () => {
  it("changes the version table and runs nothing", async () => {
    const { code, stdout, stderr } = await runCli(["stamp", "aaaa:head"], { cwd: project(chain) });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(selects(stdout)).toEqual([]);
    expect(stdout).toContain("UPDATE alembic_version SET version_num='cccc3333'");
  });

  it("removes all rows first with --purge", async () => {
    const { stdout } = await runCli(["stamp", "--purge", "head"], { cwd: project(chain) });
    const statements = stdout.split("\n").filter((line) => /^ *(?:DELETE|INSERT)/.test(line));
    expect(statements).toEqual([
      "DELETE FROM alembic_version;",
      "  INSERT INTO alembic_version (version_num) VALUES ('cccc3333');",
    ]);
  });

  it("takes several revisions", async () => {
    const cwd = project([{ revision: "aaaa1111" }, { revision: "bbbb2222" }]);
    const { stdout } = await runCli(["stamp", "aaaa", "bbbb"], { cwd });
    expect(stdout.match(/VALUES \('\w+'\)/g)).toEqual(["VALUES ('aaaa1111')", "VALUES ('bbbb2222')"]);
  });

  it("refuses to part a purge into files", async () => {
    const { code, stderr } = await runCli(["stamp", "--purge", "head", "--output-dir", "out"], { cwd: project(chain) });
    expect(code).toBe(2);
    expect(stderr).toContain("error[purge-in-files]");
  });
});

describe("ensure-version", () => {
  it("makes the version table alone", async () => {
    const { code, stdout } = await runCli(["ensure-version"], { cwd: project([]) });
    expect(code).toBe(0);
    expect(stdout).toContain("CREATE TABLE alembic_version (");
    expect(stdout).not.toContain("INSERT");
  });

  it("gives with --plain what Alembic gives, in the configured schema", async () => {
    const config = 'export default { dialect: "postgresql", versionTable: "steps", versionTableSchema: "app" };';
    const cwd = project([], { "sqlembic.config.ts": config });
    const { stdout } = await runCli(["ensure-version", "--plain"], { cwd });
    expect(stdout.replace(/\s+/g, " ")).toBe(
      "BEGIN; CREATE TABLE app.steps ( version_num VARCHAR(32) NOT NULL, CONSTRAINT steps_pkc PRIMARY KEY (version_num) ); COMMIT; ",
    );
  });
});

describe("ensure-version for a client and a session", () => {
  const script = async (...options: readonly string[]) => {
    const { code, stdout, stderr } = await runCli(["ensure-version", "--dialect", "mariadb", ...options], {
      cwd: project([]),
    });
    return { code, text: stdout + stderr };
  };

  it("takes no time without a unit, which could be seconds or milliseconds", async () => {
    for (const option of ["--lock-timeout", "--statement-timeout"]) {
      const { code, text } = await script(option, "5");
      expect([code, text]).toEqual([2, expect.stringContaining(`${option} "5" is not a time.`)]);
    }
  });

  it("takes what upgrade takes", async () => {
    const { code, text } = await script("--client", "any", "--lock-timeout", "3s", "--set", "sql_log_bin=0");
    expect(code).toBe(0);
    expect(text).toContain("-- run:    any client or driver");
    expect(text).toContain("lock_wait_timeout = 3,");
    expect(text).toContain("SET SESSION sql_log_bin = 0;");
  });

  it("has no other layouts than the guarded and the plain one", async () => {
    for (const layout of ["--idempotent", "--resumable", "--block"]) {
      const { code, text } = await script(layout);
      expect(code).toBe(2);
      expect(text).toContain(layout.slice(2));
    }
  });
});

describe("-o FILE", () => {
  it("gets what standard output would, and says so on standard error", async () => {
    const cwd = project(chain);
    const { stdout: expected } = await runCli(["upgrade", "head"], { cwd });
    expect(await runCli(["upgrade", "head", "-o", "up.sql"], { cwd })).toEqual({
      code: 0,
      stdout: "",
      stderr: "Wrote up.sql\n",
    });
    expect(readFileSync(join(cwd, "up.sql"), "utf8")).toBe(expected);
    expect((await runCli(["upgrade", "head", "-o", "-"], { cwd })).stdout).toBe(expected);
    expect((await runCli(["upgrade", "head", "-qo", "up.sql"], { cwd })).stderr).toBe("");
  });

  it("stays as it is when a revision fails", async () => {
    const failing = { revision: "dddd4444", down: "cccc3333", upgrade: 'throw new Error("no");' };
    const cwd = project([...chain, failing], { "up.sql": "-- kept\n" });
    const { code } = await runCli(["upgrade", "head", "-o", "up.sql"], { cwd });
    expect(code).toBe(1);
    expect(readFileSync(join(cwd, "up.sql"), "utf8")).toBe("-- kept\n");
    expect(readdirSync(cwd).sort()).toEqual(["sqlembic.config.ts", "up.sql", "versions"]);
  });

  it("keeps its permissions, and stays a link when it is one", async () => {
    const cwd = project(chain, { "kept/real.sql": "" });
    chmodSync(join(cwd, "kept/real.sql"), 0o640);
    symlinkSync("kept/real.sql", join(cwd, "up.sql"));
    await runCli(["upgrade", "head", "-o", "up.sql"], { cwd });
    expect(lstatSync(join(cwd, "up.sql")).isSymbolicLink()).toBe(true);
    expect(statSync(join(cwd, "kept/real.sql")).mode & 0o777).toBe(0o640);
    expect(readFileSync(join(cwd, "kept/real.sql"), "utf8")).toContain("SELECT 3");
    expect(readdirSync(join(cwd, "kept"))).toEqual(["real.sql"]);
  });

  it.skipIf(process.platform === "win32")("may be a device", async () => {
    const { code } = await runCli(["upgrade", "head", "-o", "/dev/null"], { cwd: project(chain) });
    expect(code).toBe(0);
    expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
  });

  it.each([
    ["nowhere/up.sql", "it or its folder does not exist"],
    ["versions", "it is a folder"],
    ["sqlembic.config.ts/up.sql", "a part of its path is a file"],
  ])("is refused with the reason: %s", async (file, reason) => {
    const { code, stderr } = await runCli(["upgrade", "head", "-o", file], { cwd: project(chain) });
    expect(code).toBe(1);
    expect(stderr).toContain(`error[not-writable]: ${file} cannot be written: ${reason}.`);
  });
});

describe("-o on a device without room", () => {
  it.skipIf(!existsSync("/dev/full"))("is refused with the reason", async () => {
    const { code, stderr } = await runCli(["upgrade", "head", "-o", "/dev/full"], { cwd: project(chain) });
    expect(code).toBe(1);
    expect(stderr).toContain("error[not-writable]: /dev/full cannot be written: the disk is full.");
  });
});

describe("--output-dir", () => {
  const names = ["0001_aaaa1111_add_account.sql", "0002_bbbb2222_fill_account.sql", "0003_cccc3333_close_account.sql"];

  it("gets one numbered file for each revision, each a script of its own", async () => {
    const cwd = project(chain);
    const { code, stdout, stderr } = await runCli(["upgrade", "head", "--output-dir", "a/sql"], { cwd });
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: "", stderr: "Wrote 3 files to a/sql\n" });
    expect(readdirSync(join(cwd, "a/sql")).sort()).toEqual(names);
    const [first, second] = names.map((name) => readFileSync(join(cwd, "a/sql", name), "utf8"));
    expect(first).toContain("CREATE TABLE alembic_version");
    expect(second).toBe((await runCli(["upgrade", "aaaa:bbbb"], { cwd })).stdout);
  });

  it("loses the files of an earlier run, and keeps those of others", async () => {
    const cwd = project(chain);
    await runCli(["upgrade", "head", "--output-dir", "sql"], { cwd });
    writeFileSync(join(cwd, "sql/README.md"), "Apply in order.\n");
    await runCli(["upgrade", "bbbb:head", "--output-dir", "sql"], { cwd });
    expect(readdirSync(join(cwd, "sql")).sort()).toEqual(["0001_cccc3333_close_account.sql", "README.md"]);
  });

  it("is refused when it holds numbered scripts of someone else", async () => {
    const cwd = project(chain, { "sql/0001_init.sql": "SELECT 1;" });
    const { code, stderr } = await runCli(["upgrade", "head", "--output-dir", "sql"], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain("error[foreign-file]: sql holds 0001_init.sql");
    expect(readdirSync(join(cwd, "sql"))).toEqual(["0001_init.sql"]);
  });

  it("stays as it is when a revision fails", async () => {
    const failing = { revision: "dddd4444", down: "cccc3333", upgrade: 'throw new Error("no");' };
    const cwd = project([...chain, failing]);
    expect((await runCli(["upgrade", "head", "--output-dir", "sql"], { cwd })).code).toBe(1);
    expect(existsSync(join(cwd, "sql"))).toBe(false);
  });

  it("is left as it is when one file cannot be written", async () => {
    const cwd = project(chain);
    mkdirSync(join(cwd, "sql", names[1] as string), { recursive: true });
    const { code, stderr } = await runCli(["upgrade", "head", "--output-dir", "sql"], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain("it is a folder");
    expect(readdirSync(join(cwd, "sql"))).toEqual([names[1]]);
  });

  it("has names that any file system takes", async () => {
    const cwd = project([{ revision: "r_2", documentation: "ok" }], {
      "versions/odd.ts": 'export const revision = "a/b c";\nexport const downRevision = "r_2";\n',
    });
    await runCli(["upgrade", "head", "--output-dir", "sql"], { cwd });
    expect(readdirSync(join(cwd, "sql")).sort()).toEqual(["0001_r_2_ok.sql", "0002_a-b-c.sql"]);
    expect((await runCli(["upgrade", "head", "--output-dir", "sql"], { cwd })).code).toBe(0);
  });
});

describe("--check", () => {
  it("is silent and writes nothing when the file is what compiles", async () => {
    const cwd = project(chain);
    await runCli(["upgrade", "head", "-o", "up.sql"], { cwd });
    const before = statSync(join(cwd, "up.sql")).mtimeMs;
    expect(await runCli(["upgrade", "head", "--check", "up.sql"], { cwd })).toEqual({
      code: 0,
      stdout: "",
      stderr: "",
    });
    expect(statSync(join(cwd, "up.sql")).mtimeMs).toBe(before);
  });

  it("fails with a unified diff when it is not, and writes nothing", async () => {
    const cwd = project(chain);
    await runCli(["upgrade", "head", "-o", "up.sql"], { cwd });
    const changed = readFileSync(join(cwd, "up.sql"), "utf8").replace("SELECT 2;", "SELECT 22;");
    writeFileSync(join(cwd, "up.sql"), changed);
    const { code, stdout, stderr } = await runCli(["upgrade", "head", "--check", "up.sql"], { cwd });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^--- up\.sql\n\+\+\+ up\.sql \(compiled now\)\n@@ -\d+,7 \+\d+,7 @@\n/);
    expect(stderr).toContain("\n-SELECT 22;\n+SELECT 2;\n");
    expect(stderr).toContain("\nup.sql is not what compiles now.\n");
    expect(readFileSync(join(cwd, "up.sql"), "utf8")).toBe(changed);
  });

  it("is coloured on a terminal, where NO_COLOR does not forbid it", async () => {
    const cwd = project(chain, { "down.sql": "-- Running\n" });
    const { stderr } = await runCli(["downgrade", "head:base", "--check", "down.sql"], { cwd, isTTY: true });
    expect(stderr).toContain("\u001b[1m--- down.sql\u001b[22m\n");
    expect(stderr).toContain("\u001b[31m--- Running\u001b[39m\n");
    expect(stderr).toContain("\u001b[32m+SELECT -1;\u001b[39m\n");
    const environment = { NO_COLOR: "1" };
    const plain = await runCli(["downgrade", "head:base", "--check", "down.sql"], { cwd, isTTY: true, environment });
    expect(plain.stderr).not.toContain("\u001b");
  });

  it("names line ends when they are all that differs", async () => {
    const cwd = project(chain);
    const { stdout } = await runCli(["upgrade", "head"], { cwd });
    writeFileSync(join(cwd, "up.sql"), stdout.replaceAll("\n", "\r\n"));
    const { code, stderr } = await runCli(["upgrade", "head", "--check", "up.sql"], { cwd });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: "up.sql: only the line ends differ.\nup.sql is not what compiles now.\n",
    });
  });

  it("shows where the difference begins when nearly every line differs", async () => {
    const upgrade = "for (let row = 0; row < 6000; row++) op.execute(`SELECT ${row}`);";
    const other = Array.from({ length: 9000 }, (_, row) => `-- ${row}\n`).join("");
    const cwd = project([{ revision: "aaaa1111", upgrade }], { "up.sql": other });
    const { code, stderr } = await runCli(["upgrade", "head", "--check", "up.sql", "--no-parse"], { cwd });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^@@ more than 5000 lines differ, from line 1 @@\n--- 0\n\+.*\nup\.sql is not what compiles now\.$/m,
    );
  });

  it("fails for a file that is not there, with the way to make it", async () => {
    const { code, stderr } = await runCli(["stamp", "head", "--check", "up.sql"], { cwd: project(chain) });
    expect(code).toBe(1);
    expect(stderr).toContain("error[check-missing]: There is no up.sql");
    expect(stderr).toContain("-o FILE");
  });

  it("compares a folder with what --output-dir would write", async () => {
    const cwd = project(chain);
    await runCli(["upgrade", "head", "--output-dir", "sql"], { cwd });
    expect((await runCli(["upgrade", "head", "--check", "sql"], { cwd })).code).toBe(0);
    const { code, stderr } = await runCli(["upgrade", "bbbb", "--check", "sql"], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain("--- sql/0003_cccc3333_close_account.sql\n+++ /dev/null\n");
  });

  it("works for ensure-version", async () => {
    const cwd = project([]);
    await runCli(["ensure-version", "-o", "table.sql"], { cwd });
    expect((await runCli(["ensure-version", "--check", "table.sql"], { cwd })).code).toBe(0);
    expect((await runCli(["ensure-version", "--check", "table.sql", "--dialect", "mysql"], { cwd })).code).toBe(1);
  });
});

describe("progress", () => {
  const long = Array.from({ length: 30 }, (_, index) => ({
    revision: `r${String(index).padStart(4, "0")}`,
    down: index === 0 ? null : `r${String(index - 1).padStart(4, "0")}`,
  }));
  const clock = (): (() => Date) => {
    let time = 0;
    return () => new Date((time += 50));
  };

  it("is one line on a terminal, gone at the end", async () => {
    const { stdout, stderr } = await runCli(["upgrade", "head"], { cwd: project(long), isTTY: true, now: clock() });
    expect(stderr).toMatch(/^\r\u001b\[2KCompiling \d+ of 30: versions\/r\d+_x\.ts\r/);
    expect(stderr.endsWith("\r\u001b[2K")).toBe(true);
    expect(stderr).not.toContain("\n");
    expect(stdout).not.toContain("Compiling");
  });

  it("is not shown elsewhere, nor when quiet, nor for what is done at once", async () => {
    const cwd = project(long);
    expect((await runCli(["upgrade", "head"], { cwd, now: clock() })).stderr).toBe("");
    expect((await runCli(["upgrade", "head", "-q"], { cwd, isTTY: true, now: clock() })).stderr).toBe("");
    expect((await runCli(["upgrade", "head"], { cwd, isTTY: true })).stderr).toBe("");
  });
});

describe("two runs", () => {
  it("give the same bytes, whatever the time and its zone", async () => {
    const cwd = project(chain, { "sqlembic.config.ts": configFile });
    const first = await runCli(["upgrade", "head"], { cwd, now: () => new Date(0) });
    const { TZ } = process.env;
    process.env["TZ"] = "Pacific/Kiritimati";
    const second = await runCli(["upgrade", "head"], { cwd, now: () => new Date("2030-01-01") });
    if (TZ === undefined) delete process.env["TZ"];
    else process.env["TZ"] = TZ;
    expect(second).toEqual(first);
  });
});
