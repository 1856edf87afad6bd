import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { loadDialect } from "../../dialects/index.js";
import { Catalog } from "../../src/catalog/catalog.js";
import type { CatalogChange } from "../../src/catalog/changes/index.js";
import { EffectReading } from "../../src/compiler/sql-reader.js";
import { catalogFreeContext } from "../../src/compiler/compile.js";
import { ReplayPoint } from "../../src/compiler/replay.js";
import { compileRange, loadProject, column, identity, sql, t, table } from "../../src/index.js";
import type { OperationNode } from "../../src/operations/index.js";
import { Recorder, type Operations } from "../../src/revision/recorder.js";
import { dialectNames, type DialectName } from "../../src/schema/dialect-names.js";
import { CopyCheck, impurities } from "../support/plain-data.js";
import { packageFolder } from "../support/scripts.js";

const golden = ["postgresql", "mysql", "mariadb", "sqlite"] as const;
const samples: readonly (readonly [folder: string, target: string | undefined, dialect: DialectName])[] = [
  ["samples/branches", undefined, "postgresql"],
  ["samples/bug-tracker", undefined, "postgresql"],
  ["samples/saas", "mysql", "mysql"],
  ["samples/saas", "postgresql", "postgresql"],
  ["samples/users", undefined, "sqlite"],
  ["samples/warehouse", "mssql", "mssql"],
  ["samples/warehouse", "oracle", "oracle"],
];
const goldens = readdirSync(`${packageFolder}test/golden`, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) => golden.map((dialect) => [`test/golden/${name}`, dialect, dialect] as const));

const countsFreely: ReadonlySet<DialectName> = new Set(["postgresql", "mssql", "oracle"]);
const fromFive = identity({ start: 5n, increment: 2n });

async function checkFor(dialect: DialectName, version?: string): Promise<CopyCheck> {
  const loaded = await loadDialect(dialect);
  const catalog = Catalog.empty({ rules: loaded.rules, isComplete: true });
  const settings = { dialect: loaded, version, schemaChecks: false };
  return new CopyCheck(
    ReplayPoint.start(() => catalog),
    settings,
  );
}

/** What a body records, with what its SQL does to the schema. */
async function recorded(dialect: DialectName, body: (op: Operations) => void): Promise<readonly OperationNode[]> {
  const loaded = await loadDialect(dialect);
  const version = loaded.defaultVersion;
  const operations = await new Recorder({ dialect: { name: dialect, version } }).record(body);
  return new EffectReading(loaded, catalogFreeContext({ dialect: loaded })).read(operations);
}

describe("copies of operations, by structuredClone and by JSON, are as good as the operations", () => {
  it.each([...goldens, ...samples])("in %s for %s", async (folder, target, dialect) => {
    const project = await loadProject("sqlembic.config.ts", {
      cwd: `${packageFolder}${folder}`,
      ...(target !== undefined && { target }),
    });
    const up = await compileRange(project, "heads");
    const down = await compileRange(project, "heads:base", { direction: "downgrade" });
    const check = await checkFor(dialect, project.config.targetVersion);
    for (const { operations } of up.steps) {
      expect(impurities(operations)).toEqual([]);
      check.next(operations);
    }
    check.expectSameSchema();
    for (const { operations } of down.steps) {
      expect(impurities(operations)).toEqual([]);
      check.next(operations);
    }
    check.expectSameSchema();
  });

  it.each(dialectNames)("with values that JSON does not have, on %s", async (dialect) => {
    const moment = new Date(Date.UTC(2024, 1, 29, 12, 30, 0));
    const rows = [
      { id: 2n ** 53n + 1n, at: moment, raw: new Uint8Array([0, 255]), data: { a: [1, null], b: { value: "date" } } },
      { id: 1, at: sql`CURRENT_TIMESTAMP`, raw: null, data: [{ value: "bigint", text: "1" }] },
    ];
    const columns = [
      column("id", t.bigInteger(), { serverDefault: -7n }),
      column("at", t.dateTime()),
      column("raw", t.largeBinary()),
      column("data", t.json()),
    ];
    const operations = await recorded(dialect, (op) => {
      if (countsFreely.has(dialect)) op.createTable("counted", [column("id", t.bigInteger(), { identity: fromFive })]);
      op.bulkInsert(table("thing", columns), rows);
      op.execute({ sql: "DELETE FROM thing WHERE at < ? AND id = ?", parameters: [moment, 9007199254740993n] });
      op.execute(sql`DELETE FROM thing WHERE at = ${moment} AND id > ${3n}`);
    });
    expect(impurities(operations)).toEqual([]);
    const check = await checkFor(dialect);
    check.next(operations);
    check.expectSameSchema();
  });
});

const postgresqlStart = `CREATE SCHEMA app; CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE DOMAIN year AS int;
  CREATE SEQUENCE counter; CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
  CREATE FUNCTION g() RETURNS int LANGUAGE sql AS 'SELECT 2';
  CREATE TABLE person (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at mood, born year, n int DEFAULT nextval('counter'));
  CREATE TABLE item (id int, owner int CONSTRAINT fk REFERENCES person (id), name text CHECK (name <> ''));
  CREATE UNIQUE INDEX ix ON item (id); CREATE INDEX ix_name ON item (name); CREATE VIEW v AS SELECT id FROM item`;

const mysqlStart = `CREATE TABLE person (id int PRIMARY KEY, name text) DEFAULT CHARSET = latin1;
  CREATE TABLE item (id int PRIMARY KEY, owner int, name varchar(20), CHECK (id > 0), FOREIGN KEY (owner) REFERENCES person (id))`;

/** SQL text that makes each kind of change; a kind that is missing does not compile. */
const texts: Readonly<Record<CatalogChange["change"], readonly [DialectName, string, string]>> = {
  addConstraintOfIndex: [
    "postgresql",
    postgresqlStart,
    "ALTER TABLE item ADD CONSTRAINT pk PRIMARY KEY USING INDEX ix",
  ],
  alterDomain: [
    "postgresql",
    postgresqlStart,
    "ALTER DOMAIN year SET NOT NULL; ALTER DOMAIN year SET DEFAULT 5; ALTER DOMAIN year ADD CHECK (VALUE > 0)",
  ],
  alterObject: ["postgresql", postgresqlStart, "ALTER FUNCTION f() STABLE"],
  alterSequence: ["postgresql", postgresqlStart, "ALTER SEQUENCE counter INCREMENT 5 MAXVALUE 9223372036854775800"],
  changeColumnOption: ["mysql", "CREATE TABLE a (b INT)", "ALTER TABLE a ALTER b SET INVISIBLE"],
  changeDeferral: ["postgresql", postgresqlStart, "ALTER TABLE item ALTER CONSTRAINT fk DEFERRABLE INITIALLY DEFERRED"],
  changeIdentity: [
    "postgresql",
    postgresqlStart,
    "ALTER TABLE person ALTER id SET GENERATED BY DEFAULT SET START 9223372036854775000",
  ],
  changeOther: [
    "postgresql",
    postgresqlStart,
    "CREATE POLICY p ON item USING (true); ALTER POLICY p ON item RENAME TO q",
  ],
  changeTableOptions: ["mysql", mysqlStart, "ALTER TABLE person ENGINE = MyISAM, COMMENT = 'people'"],
  convertCharset: ["mysql", mysqlStart, "ALTER TABLE person CONVERT TO CHARACTER SET utf8mb4"],
  copyTable: ["mysql", mysqlStart, "CREATE TABLE copy LIKE item"],
  createTableLike: ["postgresql", postgresqlStart, "CREATE TABLE copy (a int, LIKE item INCLUDING ALL, b int)"],
  dropGeneration: ["postgresql", postgresqlStart, "ALTER TABLE person ALTER id DROP IDENTITY IF EXISTS"],
  dropOther: ["postgresql", `${postgresqlStart}; CREATE POLICY p ON item USING (true)`, "DROP POLICY p ON item"],
  dropReferences: ["postgresql", postgresqlStart, "DROP TABLE person CASCADE"],
  dropRoutine: ["postgresql", postgresqlStart, "DROP FUNCTION f"],
  dropUniqueOfColumns: [
    "oracle",
    "CREATE TABLE item (id NUMBER(10), UNIQUE (id))",
    "ALTER TABLE item DROP UNIQUE (id)",
  ],
  dropUses: ["postgresql", "CREATE DOMAIN dm AS int; CREATE TABLE z (id int, d dm)", "DROP DOMAIN dm CASCADE"],
  keepOther: ["postgresql", postgresqlStart, "COMMENT ON INDEX ix IS 'an index'"],
  moveTable: ["postgresql", postgresqlStart, "ALTER TABLE person SET SCHEMA app"],
  renameAny: [
    "mssql",
    "CREATE TABLE item (id INT CONSTRAINT ck CHECK (id > 0))",
    "EXEC sp_rename 'ck', 'ck2'; EXEC sp_rename 'item', 'thing'",
  ],
  renameIndexIfThere: ["postgresql", postgresqlStart, "ALTER INDEX IF EXISTS ix_name RENAME TO ix_title"],
  renameObject: ["postgresql", postgresqlStart, "ALTER VIEW v RENAME TO w; ALTER SEQUENCE counter RENAME TO counted"],
  renameRoutine: ["postgresql", postgresqlStart, "ALTER FUNCTION f() RENAME TO h; ALTER FUNCTION g SET SCHEMA app"],
  renameSchema: ["postgresql", postgresqlStart, "ALTER SCHEMA app RENAME TO old"],
  renameType: ["postgresql", postgresqlStart, "ALTER TYPE mood RENAME TO feeling; ALTER DOMAIN year RENAME TO age"],
  renameViewColumn: ["postgresql", postgresqlStart, "ALTER VIEW v RENAME COLUMN id TO key"],
};

function changesIn(operations: readonly OperationNode[]): readonly string[] {
  return operations.flatMap((operation) => {
    if (operation.kind !== "execute") return [];
    const { changes = [], operations: inner = [] } = operation.effects ?? {};
    return [...changes.map(({ change }) => change), ...changesIn(inner)];
  });
}

describe("copies of raw SQL have its effects", () => {
  it.each(Object.entries(texts))("%s", async (change, [dialect, start, text]) => {
    const operations = await recorded(dialect, (op) => {
      op.execute(start);
      op.execute(text);
    });
    expect(changesIn(operations)).toContain(change);
    expect(impurities(operations)).toEqual([]);
    const check = await checkFor(dialect);
    check.next(operations);
    check.expectSameSchema();
  });
});

it("keeps rows as they were when the call was made", async () => {
  const rows = [{ id: 1, tags: ["a"] }];
  const operations = await recorded("postgresql", (op) => {
    op.bulkInsert("thing", rows);
    rows[0]?.tags.push("b");
    rows.push({ id: 2, tags: [] });
  });
  expect(operations).toMatchObject([{ kind: "bulkInsert", rows: [{ id: 1, tags: ["a"] }] }]);
});
