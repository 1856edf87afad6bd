import { describe, expect, it } from "vitest";
import { column, sql, t, type Operations } from "../../src/index.js";
import { testOn } from "../engines/test-on.js";
import { differencesOf, schemaAfter } from "../dialects/shared/reader/read-sql.js";
import { compared } from "./compared.js";

const view = "CREATE TABLE a (x INTEGER); CREATE MATERIALIZED VIEW m AS SELECT x FROM a;";
const index = "CREATE UNIQUE INDEX im ON m (x);";

describe("the index of a materialised view", () => {
  it("is a difference, and comes with its view", async () => {
    const added = await compared("postgresql", view, `${view} ${index}`);
    expect(added.detected).toEqual(["Detected changed materialized view 'm'"]);
    expect(added.sql).toEqual([
      "DROP MATERIALIZED VIEW m",
      "CREATE MATERIALIZED VIEW m AS SELECT x FROM a",
      "CREATE UNIQUE INDEX im ON m (x)",
    ]);
    expect({ rest: added.rest, gaps: added.gaps }).toEqual({ rest: [], gaps: { upgrade: [], downgrade: [] } });
  });

  it("is followed by calls as by SQL: made, renamed and dropped", async () => {
    const start = (op: Operations): void => {
      op.createTable("a", [column("x", t.integer())]);
      op.createView("m", sql`SELECT x FROM a`, { materialized: true });
    };
    const before = await schemaAfter("postgresql", start);
    const calls: readonly (readonly [string, (op: Operations) => void])[] = [
      ["CREATE INDEX im ON m (x)", (op) => op.createIndex("im", "m", ["x"])],
      ["ALTER INDEX im RENAME TO im2", (op) => op.renameIndex("im", "im2")],
      ["DROP INDEX im2", (op) => op.dropIndex("im2")],
    ];
    let [bySql, byCalls] = [before, before];
    for (const [position, [text, call]] of calls.entries()) {
      const former = bySql;
      bySql = await schemaAfter("postgresql", (op) => op.execute(text), bySql);
      byCalls = await schemaAfter("postgresql", call, byCalls);
      expect(await differencesOf("postgresql", bySql, byCalls)).toEqual([]);
      expect(bySql.unknown.keys()).toEqual([]);
      expect(await differencesOf("postgresql", former, bySql), String(position)).toHaveLength(1);
    }
    expect(await differencesOf("postgresql", before, bySql)).toEqual([]);
  });

  testOn("postgresql", "goes there and back", async ({ database }) => {
    const { sql: there, back } = await compared("postgresql", view, `${view} ${index}`);
    const script = [view, ...there.map((one) => `${one};`), ...back.map((one) => `${one};`)].join("\n");
    const { exitCode, stderr } = await database.apply(script);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  });
});
