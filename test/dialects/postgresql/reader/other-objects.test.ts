import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { loadDialect } from "../../../../dialects/index.js";
import type { Catalog } from "../../../../src/catalog/catalog.js";
import { readBaseline } from "../../../../src/compiler/baseline.js";
import { schemaStatements } from "../../../../src/compiler/schema-script.js";
import { terminated } from "../../../../src/compiler/script/terminated.js";
import type { StatementAccount } from "../../../../src/compiler/statement-account.js";
import { nameText } from "../../../../src/schema/names.js";
import { detectEngines } from "../../../engines/engines.js";
import type { Database } from "../../../engines/engine.js";
import { testOn } from "../../../engines/test-on.js";
import { differencesOf, schemaAfter } from "../../shared/reader/read-sql.js";

const everything = readFileSync(new URL("../every-object.sql", import.meta.url), "utf8");

async function catalogOf(text: string, accounting?: (account: StatementAccount) => void): Promise<Catalog> {
  const dialect = await loadDialect("postgresql");
  return readBaseline({ file: "schema.sql", text: () => Promise.resolve(text) }, dialect, accounting);
}

async function scriptOf(catalog: Catalog): Promise<string> {
  const dialect = await loadDialect("postgresql");
  return schemaStatements(catalog, { dialect })
    .map(({ sql }) => terminated(sql, dialect.script))
    .join("\n");
}

/** The others of a catalog, as their titles with their tables. */
function othersIn(catalog: Catalog): readonly string[] {
  return catalog.others.values().map(({ class: kind, name, tableName }) => {
    return `${kind} ${nameText(name)}${tableName === undefined ? "" : ` of ${nameText(tableName)}`}`;
  });
}

async function othersAfter(...texts: readonly string[]): Promise<readonly string[]> {
  const catalog = await schemaAfter("postgresql", (op) => texts.forEach((text) => op.execute(text)));
  return [...othersIn(catalog), ...catalog.unknown.keys().map((key) => `unknown ${key}`)];
}

/** What a server knows of such objects. */
const questions: Readonly<Record<string, string>> = {
  comments: "SELECT description FROM pg_description d WHERE objoid >= 16384 ORDER BY 1",
  policies: "SELECT tablename, policyname, cmd, qual FROM pg_policies ORDER BY 1, 2",
  rules: "SELECT tablename, rulename, definition FROM pg_rules WHERE schemaname = 'public' ORDER BY 1, 2",
  security: "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity ORDER BY 1",
  options: "SELECT relname, reloptions FROM pg_class WHERE reloptions IS NOT NULL AND oid >= 16384 ORDER BY 1",
  identities: "SELECT relname, relreplident FROM pg_class WHERE relreplident = 'i' ORDER BY 1",
  clusters: "SELECT indexrelid::regclass FROM pg_index WHERE indisclustered",
  columns:
    "SELECT attrelid::regclass, attname, attstorage, attcompression, attstattarget, attoptions::text LIKE '%n_distinct=5%' AS distinct_values FROM pg_attribute WHERE attrelid >= 16384 AND attnum > 0 AND relkindOf IN ('r') ORDER BY 1, 2",
  inherited: "SELECT inhrelid::regclass, inhparent::regclass FROM pg_inherits ORDER BY 1",
  aggregates: "SELECT aggfnoid::regprocedure FROM pg_aggregate WHERE aggfnoid >= 16384",
  operators: "SELECT oid::regoperator FROM pg_operator WHERE oid >= 16384",
  casts: "SELECT castsource::regtype, casttarget::regtype, castcontext FROM pg_cast WHERE oid >= 16384",
  types: "SELECT typname, typtype FROM pg_type WHERE oid >= 16384 ORDER BY 1",
  collations: "SELECT collname FROM pg_collation WHERE oid >= 16384",
  statistics: "SELECT stxname, stxkind, stxstattarget FROM pg_statistic_ext",
  publications: "SELECT prrelid::regclass FROM pg_publication_rel",
  "event triggers": "SELECT evtname, evtenabled FROM pg_event_trigger",
  triggers: "SELECT tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal",
  "rule states": "SELECT rulename, ev_enabled FROM pg_rewrite WHERE rulename = 'no_delete'",
  "text search":
    "SELECT cfgname FROM pg_ts_config WHERE oid >= 16384 UNION ALL SELECT dictname FROM pg_ts_dict WHERE oid >= 16384",
  mappings:
    "SELECT mapcfg::regconfig, maptokentype, mapdict::regdictionary FROM pg_ts_config_map WHERE mapcfg >= 16384",
  servers: "SELECT srvname, srvoptions FROM pg_foreign_server",
  "foreign tables": "SELECT ftrelid::regclass, ftoptions FROM pg_foreign_table",
  sequences:
    "SELECT objid::regclass, refobjid::regclass, refobjsubid FROM pg_depend WHERE deptype = 'a' AND classid = 'pg_class'::regclass AND objid::regclass::text LIKE 'owned%'",
};

describe("objects that the replayed schema has no form for", () => {
  it("are all kept: nothing of a schema with every kind of them is unknown or left out", async () => {
    const accounts: StatementAccount[] = [];
    await catalogOf(everything, (account) => accounts.push(account));
    expect(accounts.filter(({ outcome }) => outcome === "unknown" || outcome === "ignored")).toEqual([]);
  });

  it("are the same once they are written and read again", async () => {
    const catalog = await catalogOf(everything);
    const again = await catalogOf(await scriptOf(catalog));
    expect(await differencesOf("postgresql", catalog, again)).toEqual([]);
    // what it inherits is in no catalog
    expect(again.unknown.keys()).toEqual(["child"]);
  });

  testOn("postgresql", "are made anew as the server had them", async ({ engine, database }) => {
    const other = await (await detectEngines())[engine]?.createDatabase();
    if (other === undefined) throw new Error("no second database");
    try {
      // a publication warns of servers that publish nothing
      const complaints = async (into: Database, script: string): Promise<readonly string[]> =>
        (await into.apply(script)).stderr.split("\n").filter((line) => line.includes("ERROR"));
      expect(await complaints(database, everything)).toEqual([]);
      expect(await complaints(other, await scriptOf(await catalogOf(everything)))).toEqual([]);
      for (const [title, question] of Object.entries(questions)) {
        const sql = question.replace("relkindOf", "(SELECT relkind FROM pg_class c WHERE c.oid = attrelid)");
        // what is sorted by an identifier of the server stands in another order
        const sorted = async (of: Database): Promise<readonly string[]> =>
          (await of.query(sql)).map((row) => JSON.stringify(row)).sort();
        const found = await sorted(database);
        expect(found, title).not.toEqual([]);
        expect(await sorted(other), title).toEqual(found);
      }
    } finally {
      await other.drop();
    }
  });
});

describe("what is kept by its text", () => {
  const table = "CREATE TABLE t (a int, b text CONSTRAINT c CHECK (b <> '')); CREATE INDEX i ON t (a)";

  it.each([
    ["goes with its table", "CREATE POLICY p ON t USING (true); COMMENT ON INDEX i IS 'x'", "DROP TABLE t"],
    ["goes with its column", "ALTER TABLE t ALTER b SET STORAGE PLAIN", "ALTER TABLE t DROP COLUMN b"],
    ["goes with its index", "COMMENT ON INDEX i IS 'x'; ALTER TABLE t CLUSTER ON i", "DROP INDEX i"],
    ["goes with its constraint", "COMMENT ON CONSTRAINT c ON t IS 'x'", "ALTER TABLE t DROP CONSTRAINT c"],
    [
      "goes with its view",
      "CREATE VIEW v AS SELECT 1 AS a; COMMENT ON COLUMN v.a IS 'x'; COMMENT ON VIEW v IS 'y'",
      "DROP VIEW v",
    ],
    [
      "goes with its function",
      "CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1'; COMMENT ON FUNCTION f(int) IS 'x'",
      "DROP FUNCTION f(int)",
    ],
    [
      "goes with its schema",
      "CREATE SCHEMA s; CREATE TYPE s.pair AS (a int); COMMENT ON SCHEMA s IS 'x'",
      "DROP SCHEMA s CASCADE",
    ],
    ["is dropped by its name", "CREATE TYPE pair AS (a int); COMMENT ON TYPE pair IS 'x'", "DROP TYPE pair"],
    [
      "is dropped by its name and types",
      "CREATE AGGREGATE g(int) (sfunc = int4pl, stype = int)",
      "DROP AGGREGATE g(integer)",
    ],
    [
      "is taken back",
      "ALTER TABLE t ENABLE ROW LEVEL SECURITY, ALTER a SET STATISTICS 5",
      "ALTER TABLE t DISABLE ROW LEVEL SECURITY, ALTER a SET STATISTICS -1",
    ],
    ["is taken back for all triggers", "ALTER TABLE t DISABLE TRIGGER x", "ALTER TABLE t ENABLE TRIGGER ALL"],
    ["is empty", "COMMENT ON INDEX i IS 'x'", "COMMENT ON INDEX i IS NULL"],
  ])("%s: %s", async (_title, made, gone) => {
    expect((await othersAfter(table, made)).length).toBeGreaterThan(0);
    expect(await othersAfter(table, made, gone)).toEqual([]);
  });

  it.each([
    ["ALTER TABLE t RENAME TO u", ["policy p of u", "comment index i of u"], "CREATE POLICY p ON u USING (a > 1)"],
    [
      "ALTER TABLE t RENAME COLUMN a TO x",
      ["policy p of t", "comment index i of t"],
      "CREATE POLICY p ON t USING (a > 1)",
    ],
    ["ALTER INDEX i RENAME TO j", ["policy p of t", "comment index j of t"], "COMMENT ON INDEX j IS 'x'"],
    ["ALTER POLICY p ON t RENAME TO q", ["policy q of t", "comment index i of t"], "ALTER POLICY p ON t RENAME TO q"],
  ])("follows %s", async (renaming, titles, text) => {
    const made = "CREATE POLICY p ON t USING (a > 1); COMMENT ON INDEX i IS 'x'";
    const catalog = await schemaAfter("postgresql", (op) => op.execute(`${table}; ${made}; ${renaming}`));
    expect([...othersIn(catalog)].sort()).toEqual([...titles].sort());
    expect(catalog.others.values().flatMap(({ content }) => content.statements)).toContain(text);
  });

  it("is unknown where SQL changes it and it is not there", async () => {
    expect(await othersAfter("ALTER POLICY p ON t USING (true)")).toEqual(["unknown p"]);
  });

  it("is another one where its text is", async () => {
    const one = await catalogOf(`${table}; CREATE POLICY p ON t USING (a > 1)`);
    const other = await catalogOf(`${table}; CREATE POLICY p ON t USING (a > 2)`);
    expect(await differencesOf("postgresql", one, other)).toEqual([
      "policy p of t: definition create policy p on t using ( a > 2 ) instead of create policy p on t using ( a > 1 )",
    ]);
  });
});
