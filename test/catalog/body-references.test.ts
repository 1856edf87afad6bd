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
    expect(new BodyReferences(text, { withIsRecursive: true }).readsColumn(table("a"), "name")).toBe(false);
    expect(new BodyReferences(text).readsColumn(table("a"), "name")).toBe(true);
  });

  it.each([
    ["BEGIN SELECT count(*) INTO name FROM a; END", false],
    ["BEGIN SELECT name INTO x FROM a; END", true],
    ["BEGIN INSERT INTO a (name) VALUES (1); END", true],
    ["BEGIN INSERT INTO b SELECT id FROM c; UPDATE d SET name = 1; END", false],
    ["BEGIN FOR r IN SELECT id FROM a LOOP UPDATE b SET name = r.id; END LOOP; END", false],
    ["BEGIN FOR r IN SELECT id FROM b LOOP UPDATE a SET name = r.id; END LOOP; END", true],
    ["BEGIN IF EXISTS (SELECT 1 FROM a) THEN UPDATE b SET name = 1; END IF; END", false],
    ["BEGIN IF x > 0 THEN DELETE FROM a; ELSE UPDATE b SET name = 1; END IF; END", false],
    ["BEGIN UPDATE a SET id = CASE WHEN id > 1 THEN name ELSE id END; END", true],
    ["BEGIN EXECUTE 'UPDATE a SET name = 1'; END", false],
    ["BEGIN EXECUTE x USING name; DELETE FROM a; END", false],
    ["BEGIN CREATE TEMPORARY TABLE a (name int); UPDATE a SET name = 1; END", false],
    ["BEGIN PERFORM name FROM a; END", true],
    ["BEGIN SELECT * FROM a; END", false],
    ["DECLARE x a.name%TYPE; BEGIN RETURN x; END", true],
    ["BEGIN OPEN c; FETCH c INTO name; FETCH NEXT FROM a INTO name; CLOSE c; END", false],
    ["BEGIN SELECT x AS name FROM a ORDER BY name; END", false],
    ["BEGIN SELECT f(name => 1) FROM a; END", false],
    ["BEGIN INSERT INTO a (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET name = 2; END", true],
    ["MERGE INTO a USING b ON (a.id = b.id) WHEN MATCHED THEN UPDATE SET name = b.id", true],
    ["MERGE INTO b USING a ON (a.id = b.id) WHEN NOT MATCHED THEN INSERT (id, name) VALUES (a.id, 1)", true],
    ["UPDATE x SET name = 1 FROM a x", true],
    ["DELETE a WHERE name = 1", true],
    ["DELETE FROM b DELETE FROM a WHERE name = 1", true],
    ["SELECT DATEDIFF(name, id, id) FROM a", false],
    ["SELECT r.name FROM @rows r JOIN a ON a.id = r.id", false],
    ["WITH x AS (SELECT id FROM b) DELETE FROM a USING x WHERE name = 1", true],
  ])("are told in bodies: %s", (text, reads) => {
    expect(new BodyReferences(sql.raw(text), { starIsOfUse: true }).readsColumn(table("a"), "name")).toBe(reads);
  });

  it.each([
    ["BEGIN SELECT id FROM a WHERE id = name; END", ["name"], false],
    ["BEGIN UPDATE a SET name = name + 1; END", ["name"], true],
    ["BEGIN UPDATE a SET id = name; END", ["name"], false],
    ["BEGIN INSERT INTO a (name) VALUES (name); END", ["name"], true],
    ["BEGIN SELECT a.name FROM a; END", ["name"], true],
    ["BEGIN DECLARE x, name INT; SELECT name FROM a; END", [], false],
    ["DECLARE x int; name int; BEGIN RETURN (SELECT id FROM a WHERE id > name); END", [], false],
    ["BEGIN SELECT id FROM a WHERE id = name; END", [], true],
  ])("are no variables of those names: %s", (text, parameters, reads) => {
    expect(new BodyReferences(sql.raw(text), { parameters }).readsColumn(table("a"), "name")).toBe(reads);
  });

  it.each([
    ["BEGIN SELECT count(*) INTO a FROM b; END", false],
    ["TRUNCATE TABLE a", true],
    ["TRUNCATE a", true],
    ["INSERT a VALUES (1)", true],
    ["BEGIN RETURNING id INTO a; END", false],
    ["DECLARE r a%ROWTYPE; BEGIN END", true],
    ["FETCH NEXT FROM a INTO @x", false],
    ["DROP TABLE IF EXISTS a", false],
    ["UPDATE a SET x = 1 FROM b a", false],
  ])("are tables: %s", (text, reads) => {
    expect(new BodyReferences(sql.raw(text)).readsTable(table("a"))).toBe(reads);
  });

  it("takes the rows of a trigger for its table where they have another name", () => {
    const body = sql.raw("UPDATE x SET n = i.amt FROM x JOIN inserted i ON i.id = x.id");
    expect(new BodyReferences(body, { own: table("w") }).readsColumn(table("w"), "amt")).toBe(true);
    expect(new BodyReferences(body, { own: table("w") }).readsColumn(table("x"), "amt")).toBe(false);
  });

  it("takes NEW and OLD for the table of the trigger", () => {
    const body = sql.raw("BEGIN UPDATE log SET n = NEW.amt; END");
    expect(new BodyReferences(body, { own: table("w") }).readsColumn(table("w"), "amt")).toBe(true);
    expect(new BodyReferences(body, { own: table("w") }).readsColumn(table("log"), "amt")).toBe(false);
    expect(new BodyReferences(body, { own: table("w") }).readsColumn(table("log"), "n")).toBe(true);
  });

  it("carries a new name of a table to where the table is meant", () => {
    const text = sql.raw("SELECT one.n, x.one FROM one JOIN two x ON x.id = one.id");
    expect(textOfSql(new BodyReferences(text).withTable(table("one"), table("uno")))).toBe(
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
