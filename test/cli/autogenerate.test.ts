import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { DialectName } from "../../src/schema/dialect-names.js";
import { packageFolder } from "../support/scripts.js";
import { project, type RevisionSource } from "./projects.js";
import { runCli, type CliResult } from "./run-cli.js";

const account: RevisionSource = {
  revision: "aaaa1111",
  documentation: "add account",
  upgrade:
    'op.createTable("account", [column("id", t.integer(), { primaryKey: true }), column("name", t.string(20))]);',
  downgrade: 'op.dropTable("account");',
};

function config(dialect: DialectName, settings: string): string {
  return `import { defineConfig } from "sqlembic";
export default defineConfig({ dialect: "${dialect}", targetVersion: ${dialect === "postgresql" ? '"15"' : "undefined"}, ${settings} });
`;
}

interface Surroundings {
  readonly dialect?: DialectName;
  readonly settings?: string;
  readonly revisions?: readonly RevisionSource[];
}

/** A project with a target, by the file that holds it. */
function targeted(
  target: Readonly<Record<string, string>>,
  { dialect = "postgresql", settings = "", revisions = [account] }: Surroundings = {},
): string {
  const [file = ""] = Object.keys(target);
  const named = settings.includes("targetSchema") ? settings : `targetSchema: ${JSON.stringify(file)}, ${settings}`;
  return project(revisions, { ...target, "sqlembic.config.ts": config(dialect, named) });
}

function autogenerate(cwd: string, ...more: readonly string[]): Promise<CliResult> {
  const environment = { PATH: process.env["PATH"] ?? "" };
  return runCli(["revision", "--autogenerate", "-m", "change", "--rev-id", "bbbb2222", ...more], { cwd, environment });
}

const fileIn = (cwd: string): string => readFileSync(join(cwd, "versions", "bbbb2222_change.ts"), "utf8");

/** The bodies of the file that was written. */
function bodiesIn(cwd: string): string {
  return fileIn(cwd).slice(fileIn(cwd).indexOf("export function upgrade"));
}

const accountSql = "CREATE TABLE account (id serial PRIMARY KEY, name varchar(20));\n";

describe("revision --autogenerate", () => {
  it("writes what leads from the revisions to tables, enums, sequences and views of a module, and back", async () => {
    const cwd = targeted({
      "schema.ts": `
        import { column, postgresql, references, sequence, sql, t, table, view } from "sqlembic";
        export const mood = postgresql.ENUM(["sad", "ok"], { name: "mood" });
        export const invoiceNumber = sequence("invoice_number", { start: 1000 });
        export const invoice = table("invoice", [
          column("id", t.integer(), { primaryKey: true }),
          column("account_id", t.integer(), { index: true, references: references("account.id", { onDelete: "CASCADE" }) }),
        ]);
        export const account = table("account", [
          column("id", t.integer(), { primaryKey: true }),
          column("name", t.string(30), { nullable: false, serverDefault: "x" }),
          column("mood", mood),
        ]);
        export const named = view("named", sql\`SELECT id FROM account WHERE name <> 'x'\`);
      `,
    });
    expect(await autogenerate(cwd)).toEqual({
      code: 0,
      stdout: "Created versions/bbbb2222_change.ts\n",
      stderr: `Detected added enum type 'mood'
Detected added sequence 'invoice_number'
Detected added table 'invoice'
Detected added column 'account.mood'
Detected type change from VARCHAR(20) to VARCHAR(30) on 'account.name'
Detected NOT NULL on column 'account.name'
Detected server default on column 'account.name'
Detected added view 'named'
warning: fails when account.name is NULL in a row
`,
    });
    expect(bodiesIn(cwd)).toMatchInlineSnapshot(`
      "export function upgrade(op: Operations): void {
        op.createEnumType("mood", ["sad", "ok"]);
        op.createSequence("invoice_number", { start: 1000 });
        op.createTable("invoice", [
          column("id", t.integer(), { primaryKey: true }),
          column("account_id", t.integer(), { references: references("account.id", { onDelete: "CASCADE" }) }),
        ]);
        op.createIndex(op.f("ix_invoice_account_id"), "invoice", ["account_id"]);
        op.addColumn("account", column("mood", t.enum(["sad", "ok"], { name: "mood" })));
        // This fails when account.name is NULL in a row.
        op.alterColumn("account", "name", {
          type: t.string(30),
          nullable: false,
          serverDefault: "x",
          existingType: t.string(20),
        });
        op.createView("named", sql\`SELECT id FROM account WHERE name <> 'x'\`);
      }

      export function downgrade(op: Operations): void {
        op.dropView("named");
        // Loses values longer than 20 characters, of account.name.
        // This may fail at values of account.name that the new type does not hold.
        op.alterColumn("account", "name", {
          type: t.string(20),
          nullable: true,
          serverDefault: null,
          existingType: t.string(30),
        });
        // Loses the values of account.mood.
        op.dropColumn("account", "mood");
        op.dropIndex(op.f("ix_invoice_account_id"), { tableName: "invoice" });
        // Loses all rows of invoice.
        op.dropTable("invoice");
        // Loses the counter of invoice_number.
        op.dropSequence("invoice_number");
        op.dropEnumType("mood");
      }
      "
    `);
    expect(await autogenerate(cwd)).toMatchObject({
      code: 0,
      stdout: "No new upgrade operations detected: no file was written.\n",
    });
    expect(readdirSync(join(cwd, "versions")).filter((name) => name.endsWith(".ts"))).toHaveLength(2);
    expect(await runCli(["prove"], { cwd })).toMatchObject({ code: 0 });
  });

  it("asks whether a column that comes has only another name, and takes the answer", async () => {
    const cwd = targeted({ "schema.sql": accountSql.replace("name", "title") });
    const { stderr } = await autogenerate(cwd);
    expect(stderr).toContain("warning: ");
    expect(stderr).toContain("note: if that is a rename, say so: --rename account.name=title\n");

    const told = targeted({ "schema.sql": accountSql.replace("name", "title") });
    const answer = await autogenerate(told, "--rename", "account.name=title");
    expect(answer).toMatchObject({ code: 0, stderr: "Detected renamed 'account.name' to 'account.title'\n" });
    expect(bodiesIn(told)).toContain('op.alterColumn("account", "name", { newColumnName: "title" });');
    expect(await runCli(["check"], { cwd: told })).toMatchObject({ code: 0 });
    expect(await runCli(["revision", "--rename", "a.b=c"], { cwd })).toMatchObject({ code: 2 });
  });

  it("lets nothing be compiled while something is to be decided", async () => {
    const partitioned = (by: string): string => `CREATE TABLE log (id int, day date) PARTITION BY RANGE (${by});\n`;
    const upgrade = `op.execute("${partitioned("day").trim()}");`;
    const log = { revision: "aaaa1111", upgrade, downgrade: 'op.dropTable("log");' };
    const cwd = targeted({ "schema.sql": partitioned("id") }, { revisions: [log] });
    expect((await autogenerate(cwd)).stderr).toContain("warning: to be decided in the file: ");
    expect(await runCli(["upgrade", "head"], { cwd })).toMatchObject({ code: 1 });
    expect(await runCli(["check"], { cwd })).toMatchObject({ code: 1 });
  });

  it("writes a file for nothing when that is asked for", async () => {
    const cwd = targeted({ "schema.sql": accountSql });
    expect(await autogenerate(cwd, "--allow-empty")).toMatchObject({ code: 0, stderr: "" });
    expect(bodiesIn(cwd)).toBe(
      "export function upgrade(op: Operations): void {}\n\nexport function downgrade(op: Operations): void {}\n",
    );
    expect(await runCli(["revision", "--allow-empty"], { cwd })).toMatchObject({ code: 2 });
  });

  it.each<readonly [DialectName, string]>([
    ["postgresql", "drizzle-postgresql.sql"],
    ["postgresql", "knex-postgresql.sql"],
    ["mysql", "drizzle-mysql.sql"],
    ["sqlite", "drizzle-sqlite.sql"],
  ])("reads what tools export, and finds nothing more once it is written: %s, %s", async (dialect, name) => {
    const text = readFileSync(`${packageFolder}test/cli/schemas/${name}`, "utf8");
    const cwd = targeted({ "schema.sql": text }, { dialect, revisions: [] });
    expect(await autogenerate(cwd)).toMatchObject({ code: 0 });
    expect(await runCli(["check"], { cwd })).toEqual({
      code: 0,
      stdout: "No new upgrade operations detected.\n",
      stderr: "",
    });
    expect(await runCli(["upgrade", "head"], { cwd })).toMatchObject({ code: 0 });
    expect(await runCli(["prove"], { cwd })).toMatchObject({ code: 0 });
  });

  it("takes a list and patterns of files, modules and SQL together", async () => {
    const cwd = targeted(
      {
        "db/tables/account.ts": `
          import { column, t, table } from "sqlembic";
          const id = column("id", t.integer(), { primaryKey: true });
          export default { tables: [table("account", [id, column("name", t.string(20))])] };`,
        "db/tables/deeper/invoice.ts": `
          import { column, t, table } from "sqlembic";
          export const invoice = table("invoice", [column("id", t.integer(), { primaryKey: true })]);`,
        "db/tables/account.test.ts": "throw new Error('none of the schema');",
        "db/views.sql": "CREATE VIEW paid AS SELECT id FROM invoice;\n",
      },
      { settings: 'targetSchema: ["./db/**/*.ts", "db/views.sql"]' },
    );
    expect((await autogenerate(cwd)).stderr).toBe("Detected added table 'invoice'\nDetected added view 'paid'\n");
  });

  it("takes what a command prints, runs it beside the configuration and finds the programs of packages", async () => {
    const cwd = targeted(
      {
        "node_modules/.bin/print-schema": `echo "Reading schema files:"\necho "$1"; cat schema.txt\n`,
        "schema.txt": accountSql,
      },
      { settings: 'targetSchema: { command: "sh node_modules/.bin/print-schema ./schema.ts" }' },
    );
    expect(await autogenerate(cwd)).toEqual({
      code: 0,
      stdout: "No new upgrade operations detected: no file was written.\n",
      stderr:
        "Passed over before the SQL of sh node_modules/.bin/print-schema ./schema.ts: Reading schema files: ./schema.ts\n",
    });
  });

  it.each([
    ["exit 3", "error[target-command-failed]: The command of targetSchema ended with 3: exit 3\n"],
    ["echo no such table >&2; false", "ended with 1: echo no such table >&2; false\nno such table\n"],
    ["echo hello", "error[target-command-empty]: The command of targetSchema printed no SQL: echo hello\n"],
    ["echo 'CREATE TABEL account (id int)'", "error["],
  ])("refuses what a command does that prints no schema: %s", async (command, said) => {
    const cwd = targeted({ "x.txt": "" }, { settings: `targetSchema: { command: ${JSON.stringify(command)} }` });
    const { code, stderr } = await autogenerate(cwd);
    expect(code).toBe(1);
    expect(stderr).toContain(said);
    expect(readdirSync(join(cwd, "versions")).filter((name) => name.endsWith(".ts"))).toHaveLength(1);
  });

  it("refuses a statement of the target that it cannot read, at its line", async () => {
    const cwd = targeted({
      "schema.sql": `${accountSql}\nDO $$ BEGIN EXECUTE 'CREATE TABLE ' || 'x (id int)'; END $$;\n`,
    });
    const { code, stderr } = await autogenerate(cwd);
    expect(code).toBe(1);
    expect(stderr).toContain("error[unread-target]: The target schema cannot be read: DO $$");
    expect(stderr).toContain(" --> schema.sql:3:1\n");
  });

  it.each([
    ["nothing", "export const id = 5;", "error[empty-target]: No table is exported by schema.ts."],
    [
      "two things of one name",
      `import { column, t, table } from "sqlembic";
       const columns = [column("id", t.integer())];
       export const a = table("a", columns); export const b = table("a", columns);`,
      'error[repeated-target]: The target schema has two different things named "a".',
    ],
    [
      "a key to a table that is not there",
      `import { column, references, t, table } from "sqlembic";
       export const a = table("a", [column("id", t.integer(), { references: references("acount.id") })]);`,
      "acount",
    ],
  ])("refuses a module that exports %s", async (_what, text, said) => {
    const { code, stderr } = await autogenerate(targeted({ "schema.ts": text }));
    expect(code).toBe(1);
    expect(stderr).toContain(said);
    expect(stderr).toContain(" --> schema.ts:1:1\n");
  });

  it("says which target is missing, and that none is named", async () => {
    const gone = targeted({ "other.sql": "" }, { settings: 'targetSchema: "schema.sql"' });
    expect((await autogenerate(gone)).stderr).toContain('error[no-target-schema]: There is no file "schema.sql".\n');
    const none = project([account]);
    expect((await autogenerate(none)).stderr).toContain("error[no-target-schema]: The configuration does not say");
    const empty = targeted({ "schema.sql": "-- nothing yet\n" });
    expect((await autogenerate(empty)).stderr).toContain(
      "error[empty-target]: The target schema of schema.sql is empty.",
    );
  });

  it("refuses to compare what the revisions left unknown, and says where", async () => {
    const left = {
      ...account,
      upgrade: `${account.upgrade} op.execute("DO $$ BEGIN EXECUTE 'ALTER TABLE account' || ' ADD x int'; END $$");`,
    };
    const { code, stderr } = await autogenerate(targeted({ "schema.sql": accountSql }, { revisions: [left] }));
    expect(code).toBe(1);
    expect(stderr).toContain("error[not-comparable]: It is not known what became of ");
    expect(stderr).toMatch(/ --> versions\/aaaa1111_x\.ts:\d+:\d+ *\n/);
  });

  it("asks for one of several heads, and then starts from the schema of all", async () => {
    const table = (name: string): string =>
      `op.createTable("${name}", [column("id", t.integer(), { primaryKey: true })]);`;
    const revisions = [
      { ...account, labels: ["accounts"] },
      { revision: "dddd4444", labels: ["billing"], upgrade: table("invoice"), downgrade: 'op.dropTable("invoice");' },
    ];
    const target = `${accountSql}CREATE TABLE invoice (id serial PRIMARY KEY);\nCREATE TABLE receipt (id serial PRIMARY KEY);\n`;
    const cwd = targeted({ "schema.sql": target }, { revisions });
    expect((await autogenerate(cwd)).stderr).toContain("error[multiple-heads]");
    expect(await autogenerate(cwd, "--head", "billing@head")).toMatchObject({
      code: 0,
      stderr: "Detected added table 'receipt'\n",
    });
    expect(fileIn(cwd)).toContain('export const downRevision = "dddd4444";');
  });

  it("starts a branch that opens below the newest revision from the schema there", async () => {
    const revisions = [
      account,
      {
        revision: "cccc3333",
        down: "aaaa1111",
        upgrade: 'op.dropColumn("account", "name");',
        downgrade: 'op.addColumn("account", column("name", t.string(20)));',
      },
    ];
    const cwd = targeted(
      { "schema.sql": "CREATE TABLE account (id serial PRIMARY KEY, name varchar(25));" },
      { revisions },
    );
    expect(await autogenerate(cwd, "--head", "aaaa", "--splice")).toMatchObject({
      code: 0,
      stderr: "Detected type change from VARCHAR(20) to VARCHAR(25) on 'account.name'\n",
    });
  });
});

describe("the settings of autogenerate", () => {
  const target =
    "CREATE TABLE account (id serial PRIMARY KEY, name varchar(30) DEFAULT 'x');\nCREATE TABLE audit.log (id int);\n";

  it.each([
    ["compareType: false", ["Detected added table 'audit.log'", "Detected server default on column 'account.name'"]],
    [
      "compareServerDefault: false, includeSchemas: false",
      ["Detected type change from VARCHAR(20) to VARCHAR(30) on 'account.name'"],
    ],
    ['includeName: (name, type) => type !== "column" || name !== "name"', ["Detected added table 'audit.log'"]],
    [
      'includeObject: (object, name, type, reflected, compareTo) => !(type === "table" && !reflected && compareTo === null)',
      [
        "Detected type change from VARCHAR(20) to VARCHAR(30) on 'account.name'",
        "Detected server default on column 'account.name'",
      ],
    ],
  ])("%s", async (settings, detected) => {
    const cwd = targeted({ "schema.sql": `CREATE SCHEMA audit;\n${target}` }, { settings: `${settings}, ` });
    const { stderr } = await autogenerate(cwd);
    expect(
      stderr
        .trim()
        .split("\n")
        .filter((line) => !line.includes("schema 'audit'")),
    ).toEqual(detected);
  });

  it.each<readonly [DialectName, string, boolean]>([
    ["sqlite", "", true],
    ["sqlite", "renderAsBatch: false", false],
    ["postgresql", "", false],
    ["postgresql", "renderAsBatch: true", true],
  ])("put the changes of a table in one batch: %s, %s", async (dialect, settings, isBatch) => {
    const sql = `CREATE TABLE account (id ${dialect === "sqlite" ? "integer NOT NULL" : "serial"} PRIMARY KEY, name varchar(30) NOT NULL, mail text);
CREATE INDEX ix_mail ON account (mail);\nCREATE TABLE invoice (id integer NOT NULL PRIMARY KEY);\n`;
    const cwd = targeted({ "schema.sql": sql }, { dialect, settings });
    expect(await autogenerate(cwd)).toMatchObject({ code: 0 });
    expect(bodiesIn(cwd).match(/op\.batchAlterTable\("account", \(batch\)/g) ?? []).toHaveLength(isBatch ? 2 : 0);
    expect(await runCli(["check"], { cwd })).toMatchObject({ code: 0 });
    expect(await runCli(["prove"], { cwd })).toMatchObject({ code: 0 });
  });

  it("processRevisionDirectives changes, splits and takes away revisions", async () => {
    const split = `processRevisionDirectives(context, revision, directives) {
      const [first] = directives;
      const tables = first.upgradeOps.filter(({ kind }) => kind === "createTable");
      const rest = first.upgradeOps.filter(({ kind }) => kind !== "createTable");
      first.message = [context.dialect.name, context.x.shop, ...revision].join(" ");
      first.upgradeOps = rest;
      directives.push({ ...first, revId: "cccc3333", message: "tables", upgradeOps: tables, downgradeOps: [] });
    }`;
    const sql =
      "CREATE TABLE account (id serial PRIMARY KEY, name varchar(30));\nCREATE TABLE invoice (id serial PRIMARY KEY);\n";
    const cwd = targeted({ "schema.sql": sql }, { settings: split });
    expect((await autogenerate(cwd, "-x", "shop=eu")).stdout).toBe(
      "Created versions/bbbb2222_postgresql_eu_aaaa1111.ts\nCreated versions/cccc3333_tables.ts\n",
    );
    expect(readFileSync(join(cwd, "versions/cccc3333_tables.ts"), "utf8")).toContain('downRevision = "bbbb2222"');
    expect(await runCli(["check"], { cwd })).toMatchObject({ code: 0 });

    const none = targeted(
      { "schema.sql": sql },
      { settings: "processRevisionDirectives: (c, r, all) => void (all.length = 0)" },
    );
    expect((await autogenerate(none)).stdout).toBe("processRevisionDirectives left none: no file was written.\n");
    const wrong = targeted(
      { "schema.sql": sql },
      { settings: "processRevisionDirectives: () => { throw new Error('no'); }" },
    );
    expect((await autogenerate(wrong)).stderr).toMatch(
      /error\[config-function-failed\]: processRevisionDirectives failed: Error: no\n --> sqlembic\.config\.ts:2:\d+\n/,
    );
  });

  it("renderItem gives items and types a text of their own, with what it imports", async () => {
    const settings = `renderItem(type, item, context) {
      if (type !== "type" || item.name !== "NUMERIC") return false;
      context.imports.add('import { money } from "../types.ts";');
      return "money()";
    }`;
    const sql = `${accountSql}CREATE TABLE invoice (id serial PRIMARY KEY, price numeric(10, 2));\n`;
    const types = 'import { t } from "sqlembic";\nexport const money = () => t.NUMERIC(10, 2);\n';
    const cwd = targeted({ "schema.sql": sql, "types.ts": types }, { settings });
    expect(await autogenerate(cwd)).toMatchObject({ code: 0 });
    expect(fileIn(cwd)).toContain('import { money } from "../types.ts";\n');
    expect(fileIn(cwd)).toContain('column("price", money())');
    expect(await runCli(["check"], { cwd })).toMatchObject({ code: 0 });
  });

  it("postWriteHooks get the path of every new file, in their order", async () => {
    const settings = `postWriteHooks: ["sed -i -e s/change/CHANGE/", "sh -c 'echo // >> REVISION_SCRIPT_FILENAME'"]`;
    const cwd = targeted({ "schema.sql": `${accountSql}CREATE TABLE b (id int);` }, { settings });
    expect(await autogenerate(cwd)).toMatchObject({ code: 0 });
    expect(fileIn(cwd)).toMatch(/^\/\*\*\n \* CHANGE\n[^]*}\n\/\/\n$/);
    await runCli(["revision", "-m", "by hand", "--rev-id", "cccc3333"], {
      cwd,
      environment: { PATH: process.env["PATH"] ?? "" },
    });
    expect(readFileSync(join(cwd, "versions", "cccc3333_by_hand.ts"), "utf8")).toMatch(/}\n\/\/\n$/);

    const failing = targeted(
      { "schema.sql": `${accountSql}CREATE TABLE b (id int);` },
      { settings: 'postWriteHooks: ["ls --no-such-option"]' },
    );
    const { code, stderr } = await autogenerate(failing);
    expect(code).toBe(1);
    expect(stderr).toContain('error[hook-failed]: The hook "ls --no-such-option" ended with 2.\n');
    expect(fileIn(failing)).toContain('op.createTable("b"');
  });
});

describe("check without files", () => {
  const target = "CREATE TABLE account (id serial PRIMARY KEY, name varchar(30));\nCREATE TABLE b (id int);\n";

  it("fails with what is to do, and succeeds when that is nothing", async () => {
    const cwd = targeted({ "schema.sql": target });
    expect(await runCli(["check"], { cwd })).toEqual({
      code: 1,
      stdout: "Detected added table 'b'\nDetected type change from VARCHAR(20) to VARCHAR(30) on 'account.name'\n",
      stderr:
        "error[schema-differs]: New upgrade operations detected: 2.\n" +
        'hint: Write them into a revision: sqlembic revision --autogenerate -m "…"\n',
    });
    writeFileSync(join(cwd, "schema.sql"), accountSql);
    expect(await runCli(["check"], { cwd })).toEqual({
      code: 0,
      stdout: "No new upgrade operations detected.\n",
      stderr: "",
    });
    expect(await runCli(["check", "-q"], { cwd })).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  it("prints the statements, or all as data", async () => {
    const cwd = targeted({ "schema.sql": target });
    expect(await runCli(["check", "--sql"], { cwd })).toMatchObject({
      code: 1,
      stdout: "CREATE TABLE b (\n    id INTEGER\n);\n\nALTER TABLE account ALTER COLUMN name TYPE VARCHAR(30);\n\n",
    });
    const { code, stdout } = await runCli(["check", "--json"], { cwd });
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      revisions: ["aaaa1111"],
      detected: ["Detected added table 'b'", "Detected type change from VARCHAR(20) to VARCHAR(30) on 'account.name'"],
      operations: [
        { kind: "createTable", call: 'op.createTable("b", [column("id", t.INTEGER())]);' },
        {
          kind: "alterColumn",
          call: expect.stringMatching(/^op\.alterColumn\("account", "name", \{ .*type: t\.VARCHAR\(30\)/) as string,
        },
      ],
      toDecide: [],
      sql: ["CREATE TABLE b (\n    id INTEGER\n)", "ALTER TABLE account ALTER COLUMN name TYPE VARCHAR(30)"],
    });
  });

  it("refuses forms that do not go together", async () => {
    const cwd = targeted({ "schema.sql": target });
    expect(await runCli(["check", "--json", "--sql"], { cwd })).toMatchObject({ code: 2 });
    expect(await runCli(["check", "up.sql", "--json"], { cwd })).toMatchObject({ code: 2 });
  });
});
