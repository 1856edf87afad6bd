import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { loadDialect } from "../../dialects/index.js";
import { compareSchemas, differenceText } from "../../src/catalog/compare.js";
import type { SchemaDescription } from "../../src/catalog/description.js";
import { readBaseline } from "../../src/compiler/baseline.js";
import { schemaStatements } from "../../src/compiler/schema-script.js";
import { terminated } from "../../src/compiler/script/terminated.js";
import { column, compileRange, loadProject, t } from "../../src/index.js";
import type { DialectName } from "../../src/schema/dialect-names.js";
import { countsUp } from "../../src/schema/tables.js";
import type { Database, Engine } from "../engines/engine.js";
import { detectEngines } from "../engines/engines.js";
import { testOn } from "../engines/test-on.js";
import { applyClean } from "../engines/round-trip.js";
import { history } from "../support/history.js";
import { projectFolder } from "../support/project-folder.js";

function dumpOf(dialect: string): string {
  return readFileSync(new URL(`../dialects/${dialect}/dump.sql`, import.meta.url), "utf8");
}

async function catalogOf(dialectName: DialectName, dump: string) {
  const dialect = await loadDialect(dialectName);
  return readBaseline({ file: "schema.sql", text: () => Promise.resolve(dump) }, dialect);
}

/** The statements that make the schema of a dump anew, as one script. */
async function scriptOf(dialectName: DialectName, dump: string): Promise<string> {
  const dialect = await loadDialect(dialectName);
  const statements = schemaStatements(await catalogOf(dialectName, dump), { dialect });
  return statements.map(({ sql }) => terminated(sql, dialect.script)).join("\n");
}

async function describeServer(dialectName: DialectName, database: Database): Promise<SchemaDescription> {
  const read = await (await loadDialect(dialectName)).loadServerSchema?.();
  if (read === undefined) throw new Error(`${dialectName} reads no schema back`);
  return read((sql) => database.query(sql));
}

describe("a dump read and written again makes the schema that the dump itself makes", () => {
  // psql's own commands and rows are nothing for an embedded server, and sqlite_sequence makes itself
  const withoutClientLines = (dump: string): string =>
    dump.replace(
      /^\\(?:un)?restrict.*$|^COPY [^;]*;$[^]*?^\\\.$|^CREATE TABLE sqlite_sequence.*$|^\/\* v\(.*\*\/(?=;$)/gm,
      "",
    );

  for (const dialect of ["postgresql", "mariadb", "sqlite"] as const) {
    testOn(dialect, `the dump kept of ${dialect}`, async ({ engine, database }) => {
      const dump = dumpOf(dialect);
      const other = await ((await detectEngines())[engine] as Engine).createDatabase();
      try {
        await applyClean(database, withoutClientLines(dump));
        await applyClean(other, await scriptOf(dialect, dump));
        const differences = compareSchemas(
          await describeServer(dialect, database),
          await describeServer(dialect, other),
        );
        expect(differences.map(differenceText)).toEqual([]);
        expect((await catalogOf(dialect, dump)).unknown.keys()).toEqual([]);
      } finally {
        await other.drop();
      }
    });
  }
});

describe("a dump", () => {
  it("may hold rows, and commands for the client", async () => {
    const dump = [
      "\\restrict abc",
      "SET client_encoding = 'UTF8';",
      "CREATE TABLE public.a (x integer);",
      "COPY public.a (x) FROM stdin;",
      "CREATE TABLE trap (y integer);",
      "\\N",
      "\\.",
      "",
      "CREATE TABLE public.b (z integer);",
      "\\unrestrict abc",
    ].join("\n");
    const catalog = await catalogOf("postgresql", dump);
    expect(catalog.tables.keys()).toEqual(["a", "b"]);
    expect(catalog.unknown.keys()).toEqual([]);
  });

  it("tells by the sequence that a column owns that the column counts", async () => {
    const dump = `CREATE TABLE public.a (id integer NOT NULL);
      CREATE SEQUENCE public.a_id_seq AS integer START WITH 1;
      ALTER SEQUENCE public.a_id_seq OWNED BY public.a.id;
      ALTER TABLE ONLY public.a ALTER COLUMN id SET DEFAULT nextval('public.a_id_seq'::regclass);
      ALTER TABLE ONLY public.a ADD CONSTRAINT a_pkey PRIMARY KEY (id);`;
    const catalog = await catalogOf("postgresql", dump);
    const table = catalog.table(undefined, "a");
    expect(table?.columns.map((column) => [countsUp(table, column), column.serverDefault])).toEqual([
      [true, undefined],
    ]);
    expect(catalog.objects.keys()).toEqual([]);
  });

  it("tells of a key that nothing fills that the column does not count", async () => {
    const dump = "CREATE TABLE a (id integer NOT NULL); ALTER TABLE a ADD CONSTRAINT a_pkey PRIMARY KEY (id);";
    const catalog = await catalogOf("postgresql", dump);
    expect(catalog.table(undefined, "a")?.columns[0]?.autoincrement).toBe(false);
  });

  it("makes unknown only what it says in a way that is not understood", async () => {
    const dump = "CREATE TABLE a (x int);\nCREATE TABLE b OF a;\nCREATE TABLE c (x int);";
    const catalog = await catalogOf("postgresql", dump);
    expect(catalog.tables.keys()).toEqual(["a", "c"]);
    expect(catalog.unknown.keys()).toEqual(["b"]);
    expect(catalog.unknown.get("b")).toEqual({
      sql: "CREATE TABLE b OF a",
      origin: { file: "schema.sql", line: 2, column: 1 },
    });
  });

  it.each([
    ["postgresql", "CREATE TABLE a (x int);\n\nCREATE TABLE b (\n  x int,\n  y int int\n);", 5],
    ["postgresql", "-- a dump\nPGDMP\u0001\u000e", 2],
    ["mysql", "CREATE TABLE a (x int);\n\nINSERT INTO a VALUES ('never ends);", 3],
    ["sqlite", "CREATE TABLE a (x int);\nthis is no SQL", 2],
    ["mssql", "CREATE TABLE [a] (x int)\nGO\n\nnothing here\nGO", 4],
  ] as const)("of %s that cannot be read is refused at its line: %j", async (dialect, dump, line) => {
    await expect(catalogOf(dialect, dump)).rejects.toMatchObject({
      code: "unreadable-baseline",
      origin: { file: "schema.sql", line },
    });
  });
});

describe("a history with a baseline", () => {
  const dump = "CREATE TABLE account (id int AUTO_INCREMENT PRIMARY KEY, name varchar(50) NOT NULL COMMENT 'who');";
  const project = (
    upgrade: Parameters<typeof history>[1][number]["upgrade"],
    more: Parameters<typeof history>[1] = [],
  ) => ({
    ...history({ dialect: "mysql", baseline: "schema.sql" }, [{ id: "a1", upgrade: upgrade ?? (() => {}) }, ...more]),
    baseline: () => Promise.resolve(dump),
  });

  it("changes what the dump made, with all that is known of it", async () => {
    const { script } = await compileRange(
      project((op) => op.alterColumn("account", "name", { type: t.string(80) })),
      "head",
      { plain: true },
    );
    expect(script).toContain("ALTER TABLE account MODIFY name VARCHAR(80) NOT NULL COMMENT 'who'");
  });

  it("knows what is not there", async () => {
    const compiled = compileRange(
      project((op) => op.dropColumn("account", "nmae")),
      "head",
    );
    await expect(compiled).rejects.toMatchObject({ code: "unknown-column", hint: 'Did you mean "name"?' });
  });

  it("answers what a revision asks, also when the range starts later", async () => {
    const asked: boolean[] = [];
    const second = {
      id: "b2",
      upgrade: (op: Parameters<NonNullable<Parameters<typeof history>[1][number]["upgrade"]>>[0]) => {
        asked.push(op.inspect().hasColumn("account", "name"), op.inspect().hasColumn("account", "email"));
      },
    };
    await compileRange(
      project((op) => op.addColumn("account", column("email", t.text())), [second]),
      "a1:b2",
    );
    expect(asked.slice(-2)).toEqual([true, true]);
  });

  it("reads the dump beside the configuration", async () => {
    const folder = projectFolder({
      "sqlembic.config.ts": `export default { dialect: "sqlite", baseline: "old/schema.sql" };`,
      "old/schema.sql": "CREATE TABLE account (id INTEGER PRIMARY KEY, name TEXT);",
      "versions/a1.ts": `export const revision = "a1";
        export const downRevision = null;
        export function upgrade(op) { op.dropColumn("account", "name"); op.dropColumn("account", "gone"); }`,
    });
    const loaded = await loadProject(undefined, { cwd: folder });
    await expect(compileRange(loaded, "head")).rejects.toMatchObject({
      code: "unknown-column",
      message: expect.stringContaining('"gone"') as string,
    });
  });

  it("says that the dump is missing", async () => {
    const folder = projectFolder({
      "sqlembic.config.ts": `export default { dialect: "sqlite", baseline: "schema.sql" };`,
      "versions/a1.ts": `export const revision = "a1";
        export const downRevision = null;
        export function upgrade(op) { op.dropTable("account"); }`,
    });
    const loaded = await loadProject(undefined, { cwd: folder });
    await expect(compileRange(loaded, "head")).rejects.toMatchObject({ code: "baseline-not-found" });
  });
});
