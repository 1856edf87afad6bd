import { describe, expect, it } from "vitest";
import { BodyReferences } from "../../src/catalog/body-references.js";
import { textOfSql, sql } from "../../src/schema/expressions.js";

const table = (name: string) => ({ schema: undefined, name });

describe("the tables and columns that a body names", () => {
  it.each([
    ["SELECT b.name FROM a JOIN b ON a.id = b.id", false],
    ["SELECT a.name FROM a", true],
    ["SELECT x.name FROM a AS x", true],
    ["SELECT x.name FROM a x, b", true],
    ["SELECT name FROM a", true],
    ["SELECT * FROM a", true],
    ["SELECT b.* FROM a JOIN b USING (id)", false],
    ["SELECT count(*) FROM a", false],
    ["SELECT id AS name FROM a", false],
    ["SELECT id name FROM a", false],
    ["SELECT 'name', name(id) FROM a -- name", false],
    ["SELECT EXTRACT(YEAR FROM name) FROM a", true],
    ["SELECT id FROM a WHERE id IN (SELECT id FROM b WHERE b.name IS NULL)", false],
    ['SELECT "A"."NAME" FROM a', true],
    ["INSERT INTO a (id, name) VALUES (1, 2)", true],
    ["UPDATE a SET name = 1", true],
    ["DELETE FROM b WHERE name = 1", false],
    ["WITH a AS (SELECT * FROM b) SELECT * FROM (SELECT * FROM a) c", false],
    ["WITH a (name) AS (SELECT id FROM b), c AS (SELECT a.name FROM a) SELECT name FROM c", false],
    ["WITH b AS MATERIALIZED (SELECT name FROM a) SELECT 1 FROM b", true],
    ["WITH a AS (SELECT name FROM a WHERE id > 1) SELECT 1 FROM a", true],
    ["WITH RECURSIVE a AS (SELECT 1 AS name UNION ALL SELECT name FROM a) SELECT name FROM a", false],
    ["WITH b AS (SELECT 1) SELECT x.a.name FROM x.a", false],
    ["SELECT * FROM b UNION ALL SELECT id FROM a", false],
    ["SELECT id FROM a UNION ALL SELECT name FROM b", false],
    ["SELECT * FROM (SELECT id FROM a) x", false],
    ["SELECT x.* FROM (SELECT a.id FROM a) x", false],
    ["SELECT 1 FROM a WHERE EXISTS (SELECT 1 FROM b WHERE name = 1)", true],
    ["INSERT INTO a (id) SELECT name FROM b", true],
    ["DELETE FROM a; UPDATE b SET name = 1", false],
    ["SELECT a.id FROM a WITH (NOLOCK) JOIN b ON b.name = a.id", false],
  ])("%s", (text, reads) => {
    expect(new BodyReferences(sql.raw(text)).readsColumn(table("a"), "name")).toBe(reads);
  });

  it("takes a name for a column of the nearest table that is known to have it", () => {
    const hasColumn = ([name]: readonly string[]): boolean => name === "b";
    const inner = new BodyReferences(sql.raw("SELECT 1 FROM a WHERE EXISTS (SELECT 1 FROM b WHERE name = 1)"));
    expect(inner.readsColumn(table("a"), "name", hasColumn)).toBe(false);
    expect(inner.readsColumn(table("b"), "name", hasColumn)).toBe(true);
  });

  it("takes a query of a WITH for what it names in itself where the server needs no RECURSIVE for that", () => {
    const text = sql.raw("WITH a AS (SELECT 1 AS name UNION ALL SELECT name FROM a) SELECT name FROM a");
    expect(new BodyReferences(text, undefined, true).readsColumn(table("a"), "name")).toBe(false);
    expect(new BodyReferences(text, undefined, false).readsColumn(table("a"), "name")).toBe(true);
  });

  it("takes NEW and OLD for the table of the trigger", () => {
    const body = sql.raw("BEGIN UPDATE log SET n = NEW.amt; END");
    expect(new BodyReferences(body, table("w")).readsColumn(table("w"), "amt")).toBe(true);
    expect(new BodyReferences(body, table("w")).readsColumn(table("log"), "amt")).toBe(false);
    expect(new BodyReferences(body, table("w")).readsColumn(table("log"), "n")).toBe(true);
  });

  it("carries a new name of a table to where the table is meant", () => {
    const text = sql.raw("SELECT one.n, x.one FROM one JOIN two x ON x.id = one.id");
    expect(textOfSql(new BodyReferences(text).withTable(table("one"), "uno"))).toBe(
      "SELECT uno.n, x.one FROM uno JOIN two x ON x.id = uno.id",
    );
  });

  it("carries a new name of a column, and keeps what results are called where the server does", () => {
    const text = sql.raw("SELECT c, b.c FROM o, b WHERE o.c > 1");
    const body = new BodyReferences(text);
    expect(textOfSql(body.withColumn(table("o"), "c", "d", true))).toBe("SELECT d AS c, b.c FROM o, b WHERE o.d > 1");
    expect(textOfSql(body.withColumn(table("o"), "c", "d", false))).toBe("SELECT d, b.c FROM o, b WHERE o.d > 1");
  });
});
