import { expect, it } from "vitest";
import { wholeOnly } from "../../../../dialects/mysql/script/text.js";
import { testOn } from "../../../engines/test-on.js";

it("closes a statement behind a comment at its end", () => {
  expect(wholeOnly("DROP TABLE t")).toBe("/*! DROP TABLE t */");
  expect(wholeOnly("DROP TABLE t -- gone")).toBe("/*! DROP TABLE t -- gone\n*/");
  expect(wholeOnly("DROP TABLE t # gone")).toBe("/*! DROP TABLE t # gone\n*/");
});

it.each(["CREATE TABLE t (id INT) /*!50100 PARTITION BY KEY (id) */", "DROP TABLE /* old */ t"])(
  "leaves a statement with comments of its own as it is: %s",
  (sql) => expect(wholeOnly(sql)).toBe(sql),
);

const create =
  "CREATE TABLE t (id INT, name VARCHAR(9) COMMENT 'a */ b; -- c' DEFAULT '*/') COMMENT 'whole' -- one; two";

testOn("mariadb", "a whole statement is run, whatever its strings and comments hold", async ({ database }) => {
  const { exitCode, stderr } = await database.apply(`${wholeOnly(create)};\n`);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  const columns = "SELECT column_comment FROM information_schema.columns WHERE table_schema = DATABASE()";
  expect(await database.query(columns)).toEqual([{ column_comment: "" }, { column_comment: "a */ b; -- c" }]);
});

testOn("mariadb", "no beginning of it does anything", async ({ database }) => {
  const whole = wholeOnly(create);
  for (let end = create.indexOf(")"); end < whole.length - 1; end += 1) {
    expect((await database.apply(whole.slice(0, end))).exitCode, whole.slice(0, end)).not.toBe(0);
  }
  const tables = "SELECT COUNT(*) AS n FROM information_schema.tables WHERE table_schema = DATABASE()";
  expect(await database.query(tables)).toEqual([{ n: "0" }]);
});
