import { describe, expect, it } from "vitest";
import type { DialectName } from "../../src/schema/dialect-names.js";
import { project, type RevisionSource } from "./projects.js";
import { runCli, type CliResult } from "./run-cli.js";

const history: readonly RevisionSource[] = [
  {
    revision: "aaaa1111",
    documentation: "add account",
    upgrade:
      'op.createTable("account", [column("id", t.integer(), { primaryKey: true }), column("name", t.string(20), { nullable: false })]);',
    downgrade: 'op.dropTable("account");',
  },
  {
    revision: "bbbb2222",
    down: "aaaa1111",
    documentation: "index names",
    upgrade: 'op.createIndex("ix_name", "account", ["name"]); op.addColumn("account", column("mail", t.text()));',
    downgrade: 'op.dropColumn("account", "mail"); op.dropIndex("ix_name", { tableName: "account" });',
  },
];

function folder(dialect: DialectName, revisions = history): string {
  const config = `export default { dialect: "${dialect}" };\n`;
  return project(revisions, { "sqlembic.config.ts": config });
}

function check(cwd: string, dump: string, ...more: readonly string[]): Promise<CliResult> {
  return runCli(["check", "--dump", "-", ...more], { cwd, stdin: dump });
}

/** A dump of each dialect with both revisions, its version rows in it. */
const dumps = {
  postgresql: `SET search_path = '';
CREATE TABLE public.account (
    id integer NOT NULL,
    name character varying(20) NOT NULL,
    mail text
);
CREATE SEQUENCE public.account_id_seq AS integer START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1;
ALTER SEQUENCE public.account_id_seq OWNED BY public.account.id;
CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
ALTER TABLE ONLY public.account ALTER COLUMN id SET DEFAULT nextval('public.account_id_seq'::regclass);
COPY public.account (id, name, mail) FROM stdin;
1	O'Hara; CREATE TABLE x (id int);	\\N
\\.
COPY public.alembic_version (version_num) FROM stdin;
bbbb2222
\\.
ALTER TABLE ONLY public.account ADD CONSTRAINT account_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.alembic_version ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
CREATE INDEX ix_name ON public.account USING btree (name);
`,
  mariadb: `CREATE TABLE \`account\` (
  \`id\` int(11) NOT NULL AUTO_INCREMENT,
  \`name\` varchar(20) NOT NULL,
  \`mail\` text DEFAULT NULL,
  PRIMARY KEY (\`id\`),
  KEY \`ix_name\` (\`name\`)
) ENGINE=InnoDB AUTO_INCREMENT=2 DEFAULT CHARSET=utf8mb4;
CREATE TABLE \`alembic_version\` (
  \`version_num\` varchar(32) NOT NULL,
  PRIMARY KEY (\`version_num\`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO \`alembic_version\` VALUES ('bbbb2222');
`,
  sqlite: `PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO alembic_version VALUES('bbbb2222');
CREATE TABLE account (
    id INTEGER NOT NULL,
    name VARCHAR(20) NOT NULL, mail TEXT,
    PRIMARY KEY (id)
);
CREATE INDEX ix_name ON account (name);
COMMIT;
`,
} as const;

type Dumped = keyof typeof dumps;
const dialects = Object.keys(dumps) as readonly Dumped[];

describe("check --dump", () => {
  it.each(dialects)("finds nothing in a database that is as its revisions have it: %s", async (dialect) => {
    expect(await check(folder(dialect), dumps[dialect])).toEqual({
      code: 0,
      stdout: "No drift: the database is as bbbb2222 has it.\n",
      stderr: "",
    });
  });

  it.each<readonly [Dumped, string, string, string]>([
    [
      "postgresql",
      "varying(20)",
      "varying(44)",
      `table account
  column account.name: type is VARCHAR(44) in the database, VARCHAR(20) in the revisions (aaaa1111, versions/aaaa1111_x.ts)
  to make the database as the revisions have it:
    ALTER TABLE account ALTER COLUMN name TYPE VARCHAR(20);
  to make the revisions as the database has it:
    ALTER TABLE account ALTER COLUMN name TYPE VARCHAR(44);

`,
    ],
    [
      "mariadb",
      ",\n  KEY `ix_name` (`name`)",
      "",
      `table account
  index ix_name of account is missing in the database: columns name, unique no (bbbb2222, versions/bbbb2222_x.ts)
  to make the database as the revisions have it:
    CREATE INDEX ix_name ON account (name);
  to make the revisions as the database has it:
    DROP INDEX ix_name ON account;

`,
    ],
    [
      "sqlite",
      "CREATE INDEX ix_name ON account (name);",
      "CREATE INDEX ix_name ON account (name);\nCREATE TABLE by_hand (id INTEGER NOT NULL PRIMARY KEY);",
      `table by_hand
  table by_hand is in the database alone: there
  to make the database as the revisions have it:
    DROP TABLE by_hand;
  to make the revisions as the database has it:
    CREATE TABLE by_hand (
        id INTEGER NOT NULL,
        PRIMARY KEY (id)
    );

`,
    ],
  ])("says what differs on which side, who made it, and what mends it: %s", async (dialect, old, next, told) => {
    const { code, stdout, stderr } = await check(folder(dialect), dumps[dialect].replace(old, next));
    expect({ code, stdout }).toEqual({ code: 1, stdout: told });
    expect(stderr).toContain("error[drift]: The database is not as bbbb2222 has it. What differs: table ");
  });

  it("takes the version from the rows, else from --at, else takes that of the heads", async () => {
    const cwd = folder("postgresql");
    const [schemaOnly = ""] = dumps.postgresql.split("COPY public.account ");
    const older = `${schemaOnly.replace("    mail text\n", "").replace("NOT NULL,\n);", "NOT NULL\n);")}
ALTER TABLE ONLY public.account ADD CONSTRAINT account_pkey PRIMARY KEY (id);\n`;
    const sound = "No drift: the database is as aaaa1111 has it.\n";
    expect(await check(cwd, older, "--at", "aaaa")).toMatchObject({ code: 0, stdout: sound });
    expect(await check(cwd, `${older}INSERT INTO public.alembic_version VALUES ('aaaa1111');\n`)).toMatchObject({
      code: 0,
      stdout: sound,
    });
    const { code, stderr } = await check(cwd, older);
    expect(code).toBe(1);
    expect(stderr).toContain("The database is not as bbbb2222 has it.");
    expect((await check(cwd, dumps.postgresql, "--at", "aaaa1111")).stderr).toContain("error[two-versions]");
    const foreign = dumps.postgresql.replace("\nbbbb2222\n", "\nffff9999\n");
    expect((await check(cwd, foreign)).stderr).toContain(
      'error[unknown-row]: standard input is of a database at "ffff9999"',
    );
  });

  it("says what it cannot compare, on either side, and compares the rest", async () => {
    const cwd = folder("postgresql");
    const text = "DO $$ BEGIN EXECUTE 'CREATE TABLE ' || 'x (id int)'; END $$;\n";
    const { code, stdout, stderr } = await check(cwd, dumps.postgresql + text);
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: "No drift in what can be compared: the database is as bbbb2222 has it.\n",
    });
    expect(stderr).toMatch(
      /^Not compared: what .*: a statement of the database is not understood: DO .* \(standard input:22\)\n$/,
    );
  });

  it("gives all as data", async () => {
    const dump = dumps.postgresql.replace("varying(20)", "varying(44)");
    const { code, stdout } = await check(folder("postgresql"), dump, "--json");
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      revisions: ["bbbb2222"],
      differences: [
        {
          object: "table account",
          details: [
            {
              object: "column account.name",
              attribute: "type",
              revisions: "VARCHAR(20)",
              database: "VARCHAR(44)",
              revision: "aaaa1111",
              file: "versions/aaaa1111_x.ts",
            },
          ],
          mendDatabase: { statements: ["ALTER TABLE account ALTER COLUMN name TYPE VARCHAR(20)"] },
          mendRevisions: { statements: ["ALTER TABLE account ALTER COLUMN name TYPE VARCHAR(44)"] },
        },
      ],
      notCompared: [],
    });
  });

  it("finds a changed view, and what is kept by its text alone", async () => {
    const revisions = [
      ...history,
      {
        revision: "cccc3333",
        down: "bbbb2222",
        upgrade: `op.createView("named", "SELECT id FROM account WHERE name <> ''");
          op.execute("CREATE POLICY own ON account USING (id > 0)");`,
        downgrade: 'op.execute("DROP POLICY own ON account"); op.dropView("named");',
      },
    ];
    const dump = (view: string, policy: string): string =>
      `${dumps.postgresql.replace("\nbbbb2222\n", "\ncccc3333\n")}
CREATE VIEW public.named AS ${view};\nCREATE POLICY own ON public.account USING ((id > ${policy}));\n`;
    const cwd = folder("postgresql", revisions);
    const sound = await check(
      cwd,
      dump("SELECT account.id FROM public.account WHERE account.name::text <> ''::text", "0"),
    );
    expect(sound.stdout).toBe("No drift: the database is as cccc3333 has it.\n");
    const { stderr } = await check(cwd, dump("SELECT account.id FROM public.account", "1"));
    expect(stderr).toContain("What differs: view named, policy own of account");
  });

  it("refuses what does not go with a dump, and a file that is not there", async () => {
    const cwd = folder("sqlite");
    expect(await runCli(["check", "--at", "aaaa"], { cwd })).toMatchObject({ code: 2 });
    expect(await check(cwd, dumps.sqlite, "up.sql")).toMatchObject({ code: 2 });
    expect((await runCli(["check", "--dump", "no.sql"], { cwd })).stderr).toContain("error[unreadable-dump]");
    expect((await check(cwd, "\n")).stderr).toContain("error[empty-dump]: standard input is empty");
  });
});
