import { expect } from "vitest";
import { column, t, type Operations } from "../../../../src/index.js";
import { testOn } from "../../../engines/test-on.js";
import { compileScript } from "../../shared/compile-script.js";

/** Rows that are no dates under the server's own sql_mode; and the table `late` is missing when the first run comes there. */
function upgrade(op: Operations): void {
  op.createTable("day", [column("d", t.date())]);
  op.execute("INSERT INTO day VALUES ('2026-01-31')");
  op.execute("SET SESSION sql_mode = '', foreign_key_checks = 0");
  op.execute("INSERT INTO day VALUES ('2026-02-00')");
  op.execute("SET SESSION sort_buffer_size = 300000");
  op.execute("ALTER TABLE late ADD COLUMN seen VARCHAR(40)");
  op.execute(
    "UPDATE late SET seen = CONCAT(IF(@@SESSION.foreign_key_checks, 'on ', 'off '), @@SESSION.sort_buffer_size)",
  );
  op.execute("INSERT INTO day VALUES ('2026-03-00')");
}

for (const dialect of ["mysql", "mariadb"] as const) {
  testOn(
    dialect,
    `settings of a revision are made again where a script for ${dialect} goes on`,
    async ({ database }) => {
      const options = { layout: "resumable", schemaChecks: false } as const;
      const script = await compileScript({ dialect }, [{ id: "a1", upgrade }], "heads", options);
      expect((await database.apply(script)).stderr).toContain("late");
      expect(await database.query("SELECT step FROM alembic_version_progress")).toEqual([{ step: "2" }]);
      await database.query("CREATE TABLE late AS SELECT 'none' AS id");
      // the client is another one now, with a session of its own
      expect(await database.apply(script)).toMatchObject({ exitCode: 0 });
      expect(await database.query("SELECT seen FROM late")).toEqual([{ seen: "off 300000" }]);
      expect(await database.query("SELECT COUNT(*) AS days FROM day")).toEqual([{ days: "3" }]);
      expect(await database.query("SELECT version_num FROM alembic_version")).toEqual([{ version_num: "a1" }]);
    },
  );
}
