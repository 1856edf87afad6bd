import { expect } from "vitest";
import { compileRange } from "../../src/project/compile-range.js";
import { constraintsOf } from "../../src/schema/tables.js";
import { replayHistory } from "../../src/project/replayed-schema.js";
import { check, column, foreignKey, postgresql, primaryKey, references, sql, t, unique } from "../../src/index.js";
import type { Operations } from "../../src/index.js";
import { nameText } from "../../src/schema/names.js";
import { applyClean } from "../engines/round-trip.js";
import { testOn } from "../engines/test-on.js";
import { history } from "../support/history.js";

const long = "a_table_whose_name_is_quite_long_and_does_not_leave_much_room";

const bodies: Readonly<Record<string, (op: Operations) => void>> = {
  "keys, uniques, foreign keys and checks": (op) => {
    op.createTable("person", [
      column("id", t.integer(), { primaryKey: true }),
      column("x", t.integer(), { unique: true }),
    ]);
    op.createTable("account", [
      column("a", t.integer(), { check: check("a > 0") }),
      column("b", t.integer(), { references: references("person.id") }),
      column("c", t.integer()),
      primaryKey(["a", "b"]),
      unique(["b", "c"]),
      unique(["c"]),
      check("a < b"),
      check("c > 1"),
      check("c < 100"),
      check(sql`length('a b c') > 2`),
      foreignKey(["b"], ["person.x"]),
      postgresql.exclude([["c", "="]], { using: "btree" }),
    ]);
  },
  "names that are taken": (op) => {
    const a = column("a", t.integer(), { unique: true });
    op.createTable("t", [a, column("b", t.integer()), unique("b", { name: "t_a_key1" })]);
    op.createUniqueConstraint(null, "t", ["a"]);
    op.createCheckConstraint(null, "t", "a > 0");
    op.createCheckConstraint(null, "t", "a > 1");
    op.createCheckConstraint(null, "t", "a > 2");
  },
  "long names": (op) => {
    op.createTable(long, [
      column("id", t.integer(), { primaryKey: true }),
      column("a_column_with_a_long_name_of_its_own", t.integer(), { unique: true }),
      column("größe", t.integer(), { unique: true }),
      unique(["a_column_with_a_long_name_of_its_own", "größe"]),
      check("größe > 0"),
    ]);
    op.createTable("straße_ß_ß_ß_ß_ß_ß_ß_ß_ß_ß_ß_ß_ß_ß_ß_ß", [
      column("ä_ö_ü_ä_ö_ü_ä_ö_ü_ä_ö_ü", t.integer(), { unique: true }),
    ]);
  },
  "names that stay when a table or column is renamed": (op) => {
    op.createTable("one", [
      column("id", t.integer(), { primaryKey: true }),
      column("a", t.integer(), { unique: true }),
    ]);
    op.renameTable("one", "two");
    op.alterColumn("two", "a", { newColumnName: "b" });
    op.createUniqueConstraint(null, "two", ["b"]);
  },
  "names that a renamed table still has, when the old name is given to another": (op) => {
    const items = [
      column("id", t.integer(), { primaryKey: true }),
      column("a", t.integer(), { unique: true, check: check("a > 0") }),
    ];
    op.createTable("one", items);
    op.renameTable("one", "old");
    op.createTable("one", items);
    op.dropTable("old");
    op.createTable("three", items);
    op.renameTable("three", "four");
  },
  "constraints that come with a column, and after others are gone": (op) => {
    op.createTable("p", [column("id", t.integer(), { primaryKey: true })]);
    op.createTable("t", [column("a", t.integer(), { unique: true })]);
    op.addColumn(
      "t",
      column("b", t.integer(), { unique: true, references: references("p.id"), check: check("b > 0") }),
    );
    op.dropConstraint("t_a_key", "t");
    op.createUniqueConstraint(null, "t", ["a"]);
    op.createPrimaryKey(null, "t", ["a"]);
  },
  "another schema": (op) => {
    op.createSchema("audit");
    op.createTable("t", [column("a", t.integer(), { unique: true })]);
    op.createTable("t", [column("a", t.integer(), { unique: true })], { schema: "audit" });
  },
};

for (const [title, upgrade] of Object.entries(bodies)) {
  testOn("postgresql", `constraints without a name have the server's in the replay: ${title}`, async ({ database }) => {
    const project = history({ dialect: "postgresql", targetVersion: "15" }, [{ id: "a1", upgrade }]);
    await applyClean(database, (await compileRange(project, "head")).script);
    const rows = await database.query(
      `SELECT n.nspname || '.' || c.relname AS owner, k.conname AS name, k.contype AS kind FROM pg_constraint k
       JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE k.contype IN ('p', 'u', 'f', 'c', 'x') AND c.relname <> 'alembic_version' AND n.nspname NOT LIKE 'pg\\_%'`,
    );
    const onServer = rows.map(({ owner, name, kind }) => `${owner} ${kind} ${name}`).sort();
    const { catalog } = await replayHistory(project);
    const replayedNames = catalog.tables.values().flatMap((table) =>
      constraintsOf(table).map(({ kind, name, impliedName }) => {
        const owner = `${table.schema === undefined ? "public" : nameText(table.schema)}.${nameText(table.name)}`;
        const letter = { primaryKey: "p", unique: "u", foreignKey: "f", check: "c", exclude: "x" }[kind];
        return `${owner} ${letter} ${name === undefined ? impliedName : nameText(name)}`;
      }),
    );
    expect(replayedNames.sort()).toEqual(onServer);
    expect(onServer).not.toEqual([]);
  });
}
