import { describe, expect, it } from "vitest";
import { Catalog } from "../../src/catalog/catalog.js";
import { Inspector } from "../../src/catalog/inspector.js";
import { compileRange } from "../../src/project/compile-range.js";
import { check, column, computed, identity, index, references, sql, t, unique } from "../../src/index.js";
import type { Operations } from "../../src/index.js";
import { history } from "../support/history.js";
import { replayed } from "./replayed.js";

async function inspector(body: (op: Operations) => void): Promise<Inspector> {
  const catalog = await replayed(body);
  return new Inspector(() => catalog);
}

const shop = (op: Operations): void => {
  op.createTable("person", [column("id", t.integer(), { primaryKey: true })], { comment: "who pays" });
  op.createTable("account", [
    column("id", t.integer(), { primaryKey: true }),
    column("name", t.string(20), { nullable: false, serverDefault: "nobody", comment: "as printed" }),
    column("number", t.bigInteger(), { identity: identity({ always: true }) }),
    column("twice", t.integer(), { computed: computed("id * 2") }),
    column("mood", t.enum(["sad", "ok"], { name: "mood" })),
    column("owner", t.integer(), {
      references: references("person.id", { name: "fk_owner", onDelete: "CASCADE", deferrable: true }),
    }),
    column("age", t.integer(), { check: check("age > 0") }),
    unique(["name", "owner"], { name: "uq_name_owner" }),
    check("name <> ''", { name: "ck_name" }),
    index("ix_name", ["name"], { unique: true }),
    index("ix_lower", [sql`lower(name)`, "id"]),
  ]);
  op.createTable("log", [column("id", t.integer())], { schema: "audit" });
  op.createView("names", "SELECT name FROM account");
};

describe("the inspector", () => {
  it("says whether tables, columns and indexes are there", async () => {
    const inspect = await inspector(shop);
    expect([inspect.hasTable("account"), inspect.hasTable("log"), inspect.hasTable("names")]).toEqual([
      true,
      false,
      false,
    ]);
    expect(inspect.hasTable("log", { schema: "audit" })).toBe(true);
    expect([inspect.hasColumn("account", "name"), inspect.hasColumn("account", "x")]).toEqual([true, false]);
    expect(inspect.hasColumn("nothing", "x")).toBe(false);
    expect([inspect.hasIndex("account", "ix_name"), inspect.hasIndex("account", "ix")]).toEqual([true, false]);
  });

  it("lists tables and views of one schema, sorted", async () => {
    const inspect = await inspector(shop);
    expect(inspect.getTableNames()).toEqual(["account", "person"]);
    expect(inspect.getTableNames({ schema: "audit" })).toEqual(["log"]);
    expect(inspect.getViewNames()).toEqual(["names"]);
    expect(inspect.getViews()).toEqual(["names"]);
  });

  it("describes columns as SQLAlchemy's does", async () => {
    const columns = (await inspector(shop)).getColumns("account");
    expect(columns.map(({ name }) => name)).toEqual(["id", "name", "number", "twice", "mood", "owner", "age"]);
    expect(columns[0]).toMatchObject({ nullable: false, default: null, autoincrement: true, comment: null });
    expect(columns[1]).toMatchObject({
      nullable: false,
      default: "nobody",
      autoincrement: false,
      comment: "as printed",
      type: { name: "string", parameters: { length: 20 } },
    });
    expect(columns[2]).toMatchObject({ nullable: false, identity: { always: true } });
    expect(columns[3]).toMatchObject({ computed: { expression: sql`id * 2` } });
    expect(columns[5]).toMatchObject({ nullable: true });
  });

  it("describes keys, with the names that the server gave", async () => {
    const inspect = await inspector(shop);
    const key = { name: "account_pkey", constrainedColumns: ["id"] };
    expect(inspect.getPkConstraint("account")).toEqual(key);
    expect(inspect.getPrimaryKey("account")).toEqual(key);
    expect(inspect.getPrimaryKey("log", { schema: "audit" })).toEqual({ name: null, constrainedColumns: [] });
    expect(inspect.getForeignKeys("account")).toEqual([
      {
        name: "fk_owner",
        constrainedColumns: ["owner"],
        referredSchema: null,
        referredTable: "person",
        referredColumns: ["id"],
        options: { onDelete: "CASCADE", deferrable: true },
      },
    ]);
    expect(inspect.getUniqueConstraints("account")).toEqual([
      { name: "uq_name_owner", columnNames: ["name", "owner"] },
    ]);
    expect(inspect.getCheckConstraints("account")).toEqual([
      { name: "ck_name", sqltext: "name <> ''" },
      { name: "account_age_check", sqltext: "age > 0" },
    ]);
  });

  it("describes indexes, with null in the place of an expression", async () => {
    expect((await inspector(shop)).getIndexes("account")).toEqual([
      { name: "ix_name", columnNames: ["name"], unique: true },
      { name: "ix_lower", columnNames: [null, "id"], unique: false, expressions: ["lower(name)", "id"] },
    ]);
  });

  it("tells enum types and the comments of tables", async () => {
    const inspect = await inspector(shop);
    expect(inspect.getEnums()).toEqual([{ name: "mood", schema: null, labels: ["sad", "ok"] }]);
    expect(inspect.getTableComment("person")).toEqual({ text: "who pays" });
    expect(inspect.getTableComment("account")).toEqual({ text: null });
  });

  it("refuses a question about a table that is not there, with the nearest name", async () => {
    const inspect = await inspector(shop);
    const questions: ((name: string) => unknown)[] = [
      (name) => inspect.getColumns(name),
      (name) => inspect.getPkConstraint(name),
      (name) => inspect.getForeignKeys(name),
      (name) => inspect.getUniqueConstraints(name),
      (name) => inspect.getCheckConstraints(name),
      (name) => inspect.getIndexes(name),
      (name) => inspect.getTableComment(name),
    ];
    for (const ask of questions) {
      expect(() => ask("acount")).toThrow(
        expect.objectContaining({ code: "unknown-table", hint: 'Did you mean "account"? Or ask hasTable first.' }),
      );
    }
  });

  it("refuses a question about an unknown object, and says which SQL made it unknown", async () => {
    const because = { sql: "ALTER  TABLE account …", origin: { file: "versions/a1.ts", line: 7, column: 3 } };
    const catalog = (await replayed(shop)).withUnknown(["account"], because);
    const inspect = new Inspector(() => catalog);
    const expected = expect.objectContaining({
      code: "unknown-object",
      message: 'op.inspect(): nothing is known of "account" since the SQL at versions/a1.ts:7: ALTER TABLE account …',
    }) as Error;
    expect(() => inspect.hasTable("account")).toThrow(expected);
    expect(() => inspect.hasColumn("account", "id")).toThrow(expected);
    expect(() => inspect.hasIndex("account", "ix")).toThrow(expected);
    expect(() => inspect.getColumns("account")).toThrow(expected);
    expect(inspect.hasTable("person")).toBe(true);
    const everything = new Inspector(() => Catalog.empty().withUnknown(["*"], because));
    expect(() => everything.getTableNames()).toThrow(expect.objectContaining({ code: "unknown-object" }));
    expect(() => everything.getEnums()).toThrow(expect.objectContaining({ code: "unknown-object" }));
    expect(() => everything.getViewNames()).toThrow(expect.objectContaining({ code: "unknown-object" }));
  });
});

describe("op.inspect()", () => {
  it("lets a revision add what is not there yet, and sees what the same body did before", async () => {
    const seen: boolean[] = [];
    const project = history({ dialect: "postgresql" }, [
      { id: "a1", upgrade: shop },
      {
        id: "b2",
        upgrade(op) {
          const inspect = op.inspect();
          for (const name of ["name", "email"]) {
            seen.push(inspect.hasColumn("account", name));
            if (!inspect.hasColumn("account", name)) op.addColumn("account", column(name, t.string()));
          }
          seen.push(inspect.hasColumn("account", "email"), op.inspect().hasColumn("account", "email"));
        },
      },
    ]);
    const { steps } = await compileRange(project, "head");
    expect(seen).toEqual([true, false, true, true]);
    expect(steps[1]?.statements.map((statement) => statement.sql)).toEqual([
      "ALTER TABLE account ADD COLUMN email VARCHAR",
    ]);
  });
});
