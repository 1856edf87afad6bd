import { describe, expect, it } from "vitest";
import type { Config } from "../../src/config/config.js";
import { column, t, type Operations } from "../../src/index.js";
import type { DialectName } from "../../src/schema/dialect-names.js";
import type { Database } from "../engines/engine.js";
import { testOn } from "../engines/test-on.js";
import { compileScript, type TestRevision } from "./shared/compile-script.js";

const withSchemas = ["postgresql", "mysql", "mariadb", "mssql"] as const;
const schema = "sqlembic_ops";

function history(make: (op: Operations) => void, unmake?: (op: Operations) => void): readonly TestRevision[] {
  return [
    { id: "a1", upgrade: (op) => op.createTable("account", [column("id", t.integer(), { primaryKey: true })]) },
    { id: "b2", follows: ["a1"], upgrade: make, ...(unmake && { downgrade: unmake }) },
  ];
}

const config = (dialect: DialectName): Config => ({ dialect, versionTableSchema: schema });

const ways: readonly (readonly [string, (op: Operations) => void])[] = [
  ["a directive", (op) => op.createSchema(schema)],
  ["a directive that takes one that is there", (op) => op.createSchema(schema, { ifNotExists: true })],
];
const inSql = (op: Operations): void => op.execute(`/* ops */ CREATE SCHEMA IF NOT EXISTS ${schema}`);

describe.each(withSchemas)("the schema of the version table, made by a later revision of %s", (dialect) => {
  it.each([...ways, ...(dialect === "mssql" ? [] : [["SQL", inSql] as const])])(
    "is made before the table, and taken as it is where the revision makes it: %s",
    async (_way, make) => {
      for (const layout of ["guarded", "plain"] as const) {
        const script = await compileScript(config(dialect), history(make), "head", { layout });
        const tolerant =
          /CREATE SCHEMA IF NOT EXISTS|IF SCHEMA_ID\(N'+sqlembic_ops'+\) IS NULL EXEC\(N'+CREATE SCHEMA/g;
        const places = [...script.matchAll(tolerant)];
        expect(places).toHaveLength(2);
        expect(script.match(/CREATE SCHEMA/g)).toHaveLength(2);
        expect(places[0]?.index).toBeLessThan(script.search(/CREATE TABLE (?:IF NOT EXISTS )?sqlembic_ops\./));
      }
    },
  );

  it("is left to others where no revision makes it, or an earlier one has", async () => {
    const other = await compileScript(
      config(dialect),
      history((op) => op.createSchema("other")),
      "head",
    );
    expect(other.match(/CREATE SCHEMA/g)).toHaveLength(1);
    const later = await compileScript(
      config(dialect),
      history((op) => op.createSchema(schema)),
      "a1:head",
    );
    expect(later).not.toMatch(/SCHEMA IF NOT EXISTS|IF SCHEMA_ID/);
  });

  it("is refused where a statement of an author would fail on it", async () => {
    const made = history((op) => op.execute(`CREATE SCHEMA ${schema}`));
    await expect(compileScript(config(dialect), made, "head")).rejects.toMatchObject({
      code: "schema-of-version-table",
      hint: "Write CREATE SCHEMA IF NOT EXISTS, or op.createSchema.",
    });
  });

  it.each([
    ["a directive", (op: Operations) => op.dropSchema(schema)],
    ["SQL", (op: Operations) => op.execute(`DROP SCHEMA IF EXISTS ${schema}`)],
  ])("is refused to be dropped with the table in it: %s", async (_way, unmake) => {
    const all = history((op) => op.createSchema(schema), unmake);
    await expect(compileScript(config(dialect), all, "b2:a1", { direction: "downgrade" })).rejects.toMatchObject({
      code: "schema-of-version-table",
    });
  });
});

async function versions(database: Database): Promise<unknown> {
  return database.query(`SELECT version_num FROM ${schema}.alembic_version`);
}

for (const dialect of ["postgresql", "mysql", "mariadb"] as const) {
  describe(`a later revision makes the schema of the version table on ${dialect}`, () => {
    for (const layout of ["guarded", "idempotent"] as const) {
      testOn(dialect, `the ${layout} script brings the database to its head`, async ({ database }) => {
        try {
          for (const [, make] of [...ways, ["SQL", inSql] as const].slice(layout === "guarded" ? 0 : 2)) {
            await database.apply(`DROP SCHEMA IF EXISTS ${schema}${dialect === "postgresql" ? " CASCADE" : ""};`);
            await database.apply("DROP TABLE IF EXISTS account;");
            const script = await compileScript(config(dialect), history(make), "head", { layout });
            expect(await database.apply(script)).toMatchObject({ exitCode: 0 });
            expect(await versions(database)).toEqual([{ version_num: "b2" }]);
          }
        } finally {
          await database.apply(`DROP SCHEMA IF EXISTS ${schema}${dialect === "postgresql" ? " CASCADE" : ""};`);
        }
      });
    }
  });
}
