import { describe, expect, it } from "vitest";
import { column, index, primaryKey, t, unique, type Operations } from "../../src/index.js";
import { replayHistory } from "../../src/project/replayed-schema.js";
import { compileRange } from "../../src/project/compile-range.js";
import type { DialectName } from "../../src/schema/dialect-names.js";
import { nameText } from "../../src/schema/names.js";
import { isSqlText } from "../../src/schema/expressions.js";
import { testOn, type EngineTest } from "../engines/test-on.js";
import { applyClean } from "../engines/round-trip.js";
import { history } from "../support/history.js";

const upgrade = (op: Operations): void => {
  op.createTable("x", [
    column("a", t.integer(), { nullable: false, autoincrement: false }),
    column("b", t.integer(), { nullable: false }),
    column("c", t.integer()),
    primaryKey(["a", "b"]),
    unique(["b", "c"], { name: "uq" }),
    index("ix_1", ["c", "a"]),
    index("ix_2", ["b"]),
  ]);
  op.dropColumn("x", "b");
};

const project = (dialect: DialectName) => history({ dialect }, [{ id: "r1", upgrade }]);

describe("a column that is dropped", () => {
  it.each([
    ["mysql", ["primaryKey a", "uq c", "ix_1 c,a"]],
    ["postgresql", ["ix_1 c,a"]],
    ["sqlite", ["ix_1 c,a"]],
  ] as const)("leaves keys and indexes to their other columns where the server does: %s", async (dialect, expected) => {
    const { catalog } = await replayHistory(project(dialect));
    const table = catalog.table(undefined, "x");
    const found = [...(table?.constraints ?? []), ...(table?.indexes ?? [])].map((item) => {
      const columns = "columns" in item ? item.columns.map((name) => (isSqlText(name) ? "" : nameText(name))) : [];
      return `${item.name === undefined ? item.kind : nameText(item.name)} ${columns.join(",")}`;
    });
    expect(found).toEqual(expected);
  });

  it("takes what carries it along with it, and another name goes there too", async () => {
    const carrying = (change: (op: Operations) => void) =>
      history({ dialect: "postgresql" }, [
        {
          id: "r1",
          upgrade(op: Operations): void {
            op.createTable("x", [
              column("a", t.integer()),
              column("b", t.integer()),
              index("ix", ["a"], { postgresql: { include: ["b"], ops: { a: "int4_ops" } } }),
              unique(["a"], { name: "uq", postgresql: { include: ["b"] } }),
            ]);
            change(op);
          },
        },
      ]);
    const after = async (change: (op: Operations) => void) =>
      (await replayHistory(carrying(change))).catalog.table(undefined, "x");
    const dropped = await after((op) => op.dropColumn("x", "b"));
    expect([dropped?.indexes, dropped?.constraints]).toEqual([[], []]);
    const renamed = await after((op) => {
      op.alterColumn("x", "b", { newColumnName: "c" });
      op.alterColumn("x", "a", { newColumnName: "d" });
    });
    expect(renamed?.indexes[0]?.options).toEqual({ postgresql: { include: ["c"], ops: { d: "int4_ops" } } });
    expect(renamed?.constraints[0]?.options).toEqual({ postgresql: { include: ["c"] } });
  });

  const onServer = async ({ database }: EngineTest): Promise<void> => {
    await applyClean(database, (await compileRange(project("mysql"), "head")).script);
    const rows = await database.query(
      "SELECT index_name AS name, GROUP_CONCAT(column_name ORDER BY seq_in_index) AS columns " +
        "FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = 'x' GROUP BY index_name ORDER BY 1",
    );
    expect(rows).toEqual([
      { name: "ix_1", columns: "c,a" },
      { name: "PRIMARY", columns: "a" },
      { name: "uq", columns: "c" },
    ]);
  };
  testOn("mysql", "leaves keys and indexes to their other columns", onServer, {
    except: { mariadb: "error 1072: https://mariadb.com/kb/en/alter-table/#drop-column" },
  });
});
