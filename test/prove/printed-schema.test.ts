import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { column, foreignKey, index, loadProject, postgresql, references, sql, t } from "../../src/index.js";
import type { Operations } from "../../src/index.js";
import { replaySchema } from "../../src/project/replayed-schema.js";
import { history } from "../support/history.js";
import { printsWhatHistoryMakes } from "./prints-what-history-makes.js";
import { packageFolder } from "../support/scripts.js";

describe("golden histories and samples", () => {
  for (const { name } of readdirSync(`${packageFolder}test/golden`, { withFileTypes: true })) {
    for (const target of ["postgresql", "mariadb", "sqlite"] as const) {
      const cwd = `${packageFolder}test/golden/${name}`;
      printsWhatHistoryMakes(`test/golden/${name}`, target, () => loadProject(undefined, { cwd, target }));
    }
  }
  printsWhatHistoryMakes("samples/users", "sqlite", () =>
    loadProject(undefined, { cwd: `${packageFolder}samples/users` }),
  );
});

/** What the test histories do not have: circles, schemas, enum types of their own, views on views, functions. */
const everything = (op: Operations): void => {
  op.createSchema("audit");
  op.createEnumType("mood", ["sad", "it's ok"]);
  op.createSequence("ticket", { start: 100 });
  op.createTable("zebra", [column("id", t.integer(), { primaryKey: true })]);
  op.createTable("a_child", [
    column("id", t.integer(), { primaryKey: true }),
    column("zebra", t.integer(), { references: references("zebra.id") }),
    column("own", t.integer(), { references: references("a_child.id", { name: "fk_own" }) }),
    column("m", postgresql.ENUM(["sad", "it's ok"], { name: "mood", createType: false })),
    column("n", t.enum(["x"], { name: "letter" })),
    index("ix_lower", [sql`abs(zebra)`], { unique: true, postgresql: { where: "id > 3" } }),
  ]);
  op.createTable("one", [column("id", t.integer(), { primaryKey: true }), column("two", t.integer())]);
  op.createTable("two", [
    column("id", t.integer(), { primaryKey: true }),
    column("one", t.integer()),
    foreignKey(["one"], ["one.id"], { name: "fk_two_one" }),
  ]);
  op.createForeignKey("fk_one_two", "one", "two", ["two"], ["id"]);
  op.createTable("log", [column("at", t.dateTime({ timezone: true }), { serverDefault: sql`now()` })], {
    schema: "audit",
  });
  op.createView("b_ids", "SELECT id FROM zebra");
  op.createView("a_ids", "SELECT id FROM b_ids");
  op.execute("CREATE VIEW c_ids AS SELECT id FROM a_ids");
  op.autocommitBlock(() => op.createIndex("ix_two", "two", ["one"], { postgresql: { concurrently: true } }));
};

printsWhatHistoryMakes("everything", "postgresql", () =>
  Promise.resolve(history({ dialect: "postgresql", targetVersion: "15" }, [{ id: "a1", upgrade: everything }])),
);

describe("the order of what is printed", () => {
  const project = history({ dialect: "postgresql", targetVersion: "15" }, [{ id: "a1", upgrade: everything }]);

  it("is what others stand on first, then by name, and the same every time", async () => {
    const first = (await replaySchema(project)).sql();
    const heads = [...first.matchAll(/^(?:CREATE|ALTER)[^\n]*?(?= \(|$| AS|;)/gm)].map(([head]) => head);
    expect(heads).toEqual([
      "CREATE SCHEMA audit",
      "CREATE TYPE letter",
      "CREATE TYPE mood",
      "CREATE SEQUENCE ticket START WITH 100",
      "CREATE TABLE audit.log",
      "CREATE TABLE zebra",
      "CREATE TABLE a_child",
      "CREATE UNIQUE INDEX ix_lower ON a_child",
      "CREATE TABLE one",
      "CREATE TABLE two",
      "CREATE INDEX ix_two ON two",
      "ALTER TABLE one ADD CONSTRAINT fk_one_two FOREIGN KEY(two) REFERENCES two",
      "CREATE VIEW b_ids",
      "CREATE VIEW a_ids",
      "CREATE VIEW c_ids",
    ]);
    expect((await replaySchema(project)).sql()).toBe(first);
  });

  it("goes up to the named revision, and says which in its first line", async () => {
    const two = history({ dialect: "sqlite" }, [
      { id: "a1", upgrade: (op) => void op.createTable("a", [column("id", t.integer())]) },
      { id: "b2", upgrade: (op) => void op.createTable("b", [column("id", t.integer())]) },
    ]);
    expect((await replaySchema(two, "a1")).sql()).toBe(
      "-- The schema at a1, as replayed from the history\n\nCREATE TABLE a (\n    id INTEGER\n);\n",
    );
    expect((await replaySchema(two, "base")).sql()).toBe("-- The schema at base, as replayed from the history\n");
    expect((await replaySchema(two)).sql()).toContain("CREATE TABLE b");
  });

  it("names what the replay does not know", async () => {
    const blurred = history({ dialect: "postgresql" }, [
      {
        id: "a1",
        upgrade(op) {
          op.createTable("a", [column("id", t.integer())]);
          op.execute("DO $$ BEGIN\nEXECUTE 'ALTER TABLE a ADD x int'; END $$");
        },
      },
    ]);
    expect((await replaySchema(blurred)).sql()).toMatch(
      /^-- The schema at a1.*\n-- Not known: what became of everything by: DO \$\$ BEGIN EXECUTE 'ALTER TABLE a ADD x int'; END \$\$/,
    );
  });
});

describe("the schema as data", () => {
  it("is plain JSON with the texts of the dialect", async () => {
    const project = history({ dialect: "postgresql", targetVersion: "15" }, [{ id: "a1", upgrade: everything }]);
    const json = (await replaySchema(project)).json();
    const plain = JSON.parse(JSON.stringify(json)) as { tables: { name: string }[] };
    expect(plain).toEqual(json);
    expect(plain).toMatchObject({
      dialect: "postgresql",
      targetVersion: "15",
      revisions: ["a1"],
      enums: [
        { schema: null, name: "letter", values: ["x"] },
        { schema: null, name: "mood", values: ["sad", "it's ok"] },
      ],
      unknown: [],
    });
    expect(plain.tables.map(({ name }) => name)).toEqual(["a_child", "log", "one", "two", "zebra"]);
    expect(plain.tables[0]).toMatchObject({
      schema: null,
      columns: [
        { name: "id", type: "INTEGER", nullable: false, default: null, autoincrement: true, comment: null },
        { name: "zebra", autoincrement: false, nullable: true },
        { name: "own" },
        { name: "m", type: "mood" },
        { name: "n", type: "letter" },
      ],
      primaryKey: { name: "a_child_pkey", isNamedByServer: true, columns: ["id"] },
      foreignKeys: [
        { columns: ["zebra"], references: { schema: null, table: "zebra", columns: ["id"] } },
        { name: "fk_own", columns: ["own"] },
      ],
      uniqueConstraints: [],
      indexes: [
        { name: "ix_lower", unique: true, columns: [{ expression: "abs(zebra)" }], options: { where: "id > 3" } },
      ],
    });
  });
});

describe("the schema as a diagram", () => {
  it("has tables, keys, comments and a line for each foreign key, in words that Mermaid takes", async () => {
    const project = history({ dialect: "postgresql" }, [
      {
        id: "a1",
        upgrade(op) {
          op.createTable("customer", [
            column("id", t.integer(), { primaryKey: true }),
            column("e mail", t.string(120), { unique: true, comment: 'the "main" one' }),
            column("credit", t.numeric(12, 2)),
          ]);
          op.createTable("order line", [
            column("id", t.integer(), { primaryKey: true, references: references("customer.id") }),
            column("payer", t.integer(), { nullable: false, references: references("customer.id") }),
          ]);
        },
      },
    ]);
    expect((await replaySchema(project)).mermaid()).toBe(
      [
        "erDiagram",
        "    customer {",
        "        INTEGER id PK",
        "        VARCHAR(120) e_mail UK \"the 'main' one\"",
        "        NUMERIC(12-2) credit",
        "    }",
        '    "order line" {',
        "        INTEGER id PK, FK",
        "        INTEGER payer FK",
        "    }",
        '    customer ||--o| "order line" : "id"',
        '    customer ||--o{ "order line" : "payer"',
        "",
      ].join("\n"),
    );
  });
});
