import { describe, expect, it } from "vitest";
import { loadDialect } from "../../dialects/index.js";
import { Catalog } from "../../src/catalog/catalog.js";
import { walkCatalog, type CatalogVisitor } from "../../src/catalog/walk.js";
import { catalogFreeContext, type CompileSettings } from "../../src/compiler/compile.js";
import { schemaStatements } from "../../src/compiler/schema-script.js";
import { EffectReading } from "../../src/compiler/sql-reader.js";
import { check, column, sql, t } from "../../src/index.js";
import { applyAll } from "../../src/operations/index.js";
import { schemaJson } from "../../src/render/schema-json.js";
import { Recorder, type Operations } from "../../src/revision/recorder.js";
import type { DialectName } from "../../src/schema/dialect-names.js";
import { nameText } from "../../src/schema/names.js";

async function replayed(dialectName: DialectName, body: (op: Operations) => void) {
  const dialect = await loadDialect(dialectName);
  const settings: CompileSettings = { dialect };
  const context = { dialect: { name: dialectName, version: dialect.defaultVersion } };
  const recorded = await new Recorder(context).record(body);
  const operations = await new EffectReading(dialect, catalogFreeContext(settings)).read(recorded);
  return { catalog: applyAll(Catalog.empty({ rules: dialect.rules, isComplete: true }), operations), settings };
}

/** The statements that make the schema to which a body leads. */
async function schemaAfter(dialect: DialectName, body: (op: Operations) => void): Promise<readonly string[]> {
  const { catalog, settings } = await replayed(dialect, body);
  return schemaStatements(catalog, settings).map((statement) => statement.sql);
}

function makeOneOfEach(op: Operations): void {
  op.createSchema("app");
  op.createExtension("citext");
  op.createEnumType("mood", ["sad", "ok"]);
  op.createDomain("percentage", t.integer(), { check: check("VALUE <= 100") });
  op.createSequence("invoice", { start: 1000 });
  op.createTable("visit", [column("id", t.integer(), { primaryKey: true }), column("day", t.date())], {
    postgresql: { partitionBy: "RANGE (id)" },
  });
  op.createPartition("visit_1", "visit", { from: 1, to: 10 });
  op.createFunction("one", "SELECT 1", { returns: t.integer() });
  op.createProcedure("nothing", "SELECT 1");
  op.createView("v", "SELECT id FROM visit");
  op.createView("m", "SELECT id FROM visit", { materialized: true });
  op.createTrigger("tr", "visit", "EXECUTE FUNCTION f()", { timing: "before", events: "insert" });
}

describe("a walk over a catalog", () => {
  it("comes to each kind of object once, in the order of their kinds and names", async () => {
    const { catalog } = await replayed("postgresql", makeOneOfEach);
    const named = ({ kind, name }: { readonly kind: string; readonly name: string | { readonly text: string } }) =>
      `${kind} ${nameText(name)}`;
    const visitor: CatalogVisitor<string> = {
      table: named,
      enum: ({ name }) => `enum ${nameText(name)}`,
      domain: named,
      extension: named,
      function: named,
      materializedView: named,
      other: named,
      partition: named,
      procedure: named,
      schema: named,
      sequence: named,
      trigger: named,
      view: named,
    };
    expect(walkCatalog(catalog, visitor)).toEqual([
      "table visit",
      "table visit_1",
      "enum mood",
      "domain percentage",
      "extension citext",
      "function one",
      "materializedView m",
      "partition visit_1",
      "procedure nothing",
      "schema app",
      "sequence invoice",
      "trigger tr",
      "view v",
    ]);
  });

  it("finds plain data: what a catalog holds has neither operations nor origins", async () => {
    const { catalog } = await replayed("postgresql", makeOneOfEach);
    const text = JSON.stringify(catalog.objects.values());
    expect(text).not.toMatch(/"origin"|"madeBy"|"replace"|"kind":"create/);
  });
});

describe("objects of a schema", () => {
  it.each(["postgresql", "mysql", "sqlite", "mssql", "oracle"] as const)(
    "say on %s what they are, not how they came to be",
    async (dialect) => {
      const made = await schemaAfter(dialect, (op) => {
        op.createTable("a", [column("id", t.integer(), { primaryKey: true })]);
        op.createView("v", "SELECT id FROM a WHERE id > 1");
      });
      const replaced = await schemaAfter(dialect, (op) => {
        op.createTable("a", [column("id", t.integer(), { primaryKey: true })]);
        op.createView("v", "SELECT id FROM a");
        op.replaceView("v", "SELECT id FROM a WHERE id > 1");
      });
      expect(replaced).toEqual(made);
    },
  );

  it("keep each function of one name", async () => {
    const statements = await schemaAfter("postgresql", (op) => {
      op.createFunction("twice", "SELECT n * 2", { parameters: "n integer", returns: t.integer() });
      op.createFunction("twice", "SELECT n || n", { parameters: "n text", returns: t.text() });
      op.execute("CREATE FUNCTION twice(n date) RETURNS date LANGUAGE sql AS 'SELECT n'");
      op.dropFunction("twice", { parameters: "n text" });
    });
    expect(statements).toEqual([
      "CREATE FUNCTION twice(n integer) RETURNS INTEGER LANGUAGE sql AS $$SELECT n * 2$$",
      "CREATE FUNCTION twice(n date) RETURNS date LANGUAGE sql AS 'SELECT n'",
    ]);
  });

  it("stay what they are where IF NOT EXISTS finds them", async () => {
    const statements = await schemaAfter("postgresql", (op) => {
      op.createSequence("s", { start: 5 });
      op.createSequence("s", { start: 6, ifNotExists: true });
      op.createSchema("app", { authorization: "owner" });
      op.createSchema("app", { ifNotExists: true });
    });
    expect(statements).toEqual(["CREATE SCHEMA app AUTHORIZATION owner", "CREATE SEQUENCE s START WITH 5"]);
  });

  it("follow the new name of their table, and of their own", async () => {
    const statements = await schemaAfter("postgresql", (op) => {
      op.createTable("a", [column("id", t.integer())]);
      op.createTrigger("tr", "a", sql`EXECUTE FUNCTION f()`, { timing: "before", events: "insert" });
      op.renameTable("a", "b");
      op.execute("ALTER TRIGGER tr ON b RENAME TO checked");
      op.execute("CREATE VIEW v AS SELECT 1 AS one; ALTER VIEW v RENAME TO w");
    });
    expect(statements).toEqual([
      "CREATE TABLE b (\n    id INTEGER\n)",
      "CREATE VIEW w AS SELECT 1 AS one",
      "CREATE TRIGGER checked BEFORE INSERT ON b FOR EACH ROW EXECUTE FUNCTION f()",
    ]);
  });

  it("are in JSON with their kind, name, table and text", async () => {
    const { catalog, settings } = await replayed("postgresql", makeOneOfEach);
    const { objects } = schemaJson(catalog, [], settings) as { objects: readonly unknown[] };
    expect(objects).toContainEqual({ kind: "view", schema: null, name: "v", definition: "SELECT id FROM visit" });
    expect(objects).toContainEqual({
      ...{ kind: "partition", schema: null, name: "visit_1", table: "visit" },
      attributes: { bounds: expect.any(String) as string },
    });
  });
});
