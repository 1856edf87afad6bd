import { describe, expect, it } from "vitest";
import { column, t } from "../../../../src/index.js";
import { compileRange } from "../../../../src/project/compile-range.js";
import { testOn } from "../../../engines/test-on.js";
import { applyClean } from "../../../engines/round-trip.js";
import { leaveUnparsed } from "../../../parse-everything/statements.js";
import { history } from "../../../support/history.js";

type Family = "mysql" | "mariadb";
const layouts = ["guarded", "idempotent", "resumable"] as const;

const script = async (dialect: Family, text: string, layout: (typeof layouts)[number]): Promise<string> => {
  leaveUnparsed(); // node-sql-parser takes these comments for others
  const project = history({ dialect }, [
    {
      id: "r1",
      upgrade(op): void {
        op.createTable("t", [
          column("id", t.integer(), { primaryKey: true, autoincrement: false }),
          column("a", t.integer()),
        ]);
        op.execute(text);
      },
    },
  ]);
  return (await compileRange(project, "head", { layout })).script;
};

/** Text of an author with comments that are SQL, and the comments of the columns and the rows that it leaves. */
const texts: readonly (readonly [text: string, mysql: string, mariadb?: string])[] = [
  ["INSERT INTO t (id, a) VALUES (1, /*! 2 */ )", " 1:2"],
  ["/*!50000 INSERT INTO t (id, a) VALUES (1, 2) */", " 1:2"],
  [
    "INSERT INTO t VALUES (1, 2), (5, 6); UPDATE t SET a = 1 /*!50000 WHERE id = 5 */; /*!50000 DELETE FROM t WHERE id = 1 */",
    " 5:1",
  ],
  ["ALTER TABLE t MODIFY a INT COMMENT '*/ /*!'", "*/ /*! "],
  ["ALTER TABLE t MODIFY a INT /* plain */ /*!40000 COMMENT 'x' */; INSERT INTO t VALUES (1, 2) /*!40000 */", "x 1:2"],
  ["ALTER TABLE t MODIFY a INT /*!80000 COMMENT 'x' */; INSERT INTO t VALUES (1, 2)", "x 1:2", " 1:2"],
  ["ALTER TABLE t MODIFY a INT /*M! COMMENT 'x' */; INSERT INTO t VALUES (1, 2)", " 1:2", "x 1:2"],
  ["ALTER TABLE t MODIFY a INT /*!99999 FROBNICATE */; INSERT INTO t VALUES (1, 2)", " 1:2"],
];

describe.each(layouts)("comments that are SQL, in a script that is %s,", (layout) => {
  for (const dialect of ["mysql", "mariadb"] as const) {
    for (const [text, onMysql, onMariadb = onMysql] of texts) {
      // what no grammar here knows may have run is not made conditional
      const isUnresumable = layout === "resumable" && text.includes("99999");
      if (isUnresumable) continue;
      testOn(dialect, `run where the server runs them: ${text}`, async ({ database }) => {
        await applyClean(database, await script(dialect, text, layout));
        const [found] = await database.query(
          "SELECT CONCAT(column_comment, ' ', COALESCE((SELECT GROUP_CONCAT(CONCAT(id, ':', a)) FROM t), '')) AS found " +
            "FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 't' AND column_name = 'a'",
        );
        expect(found).toEqual({ found: dialect === "mysql" ? onMysql : onMariadb });
      });
    }
  }
});

describe("what stands in comments that are SQL", () => {
  const trigger =
    "CREATE /*!50017 DEFINER=CURRENT_USER */ /*!50003 TRIGGER tr BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1 */";

  it("is made conditional only where the server prepares it", async () => {
    await expect(script("mysql", trigger, "idempotent")).rejects.toThrow(
      "MySQL cannot make this statement conditional",
    );
    expect(await script("mariadb", trigger, "idempotent")).toContain("TRIGGER tr");
  });

  it("is no other comment where the client would end it there", async () => {
    const text = "/*!50001 CREATE VIEW v AS SELECT a /* all */ FROM t */";
    expect(await script("mysql", text, "guarded")).toContain(text);
    await expect(script("mariadb", text, "guarded")).rejects.toThrow("has a comment in a comment that is SQL");
  });

  it("is read as the server reads it: text for MySQL 8 is none for MariaDB", async () => {
    const text = "ALTER TABLE t MODIFY a INT /*!80000 COMMENT 'it''s */ x' */";
    expect(await script("mysql", text, "guarded")).toContain(text);
    await expect(script("mariadb", text, "guarded")).rejects.toThrow("has a quote that is not closed");
  });
});
