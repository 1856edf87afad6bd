import { expect } from "vitest";
import { compileRange, type Operations } from "../../src/index.js";
import { history } from "../support/history.js";
import { testOn } from "./test-on.js";

const note = "INSERT INTO seen SELECT COALESCE(CURRENT_ROLE(), 'NONE')";

for (const dialect of ["mysql", "mariadb"] as const) {
  testOn(dialect, `SET ROLE lasts to the end of its revision, for ${dialect}`, async ({ database }) => {
    const project = history({ dialect }, [
      { id: "a1", upgrade: (op: Operations) => op.execute("CREATE TABLE seen (name varchar(200))") },
      {
        id: "b2",
        upgrade(op: Operations) {
          op.execute("SET ROLE NONE");
          op.execute(note);
        },
      },
      { id: "c3", upgrade: (op: Operations) => op.execute(note) },
    ]);
    const { script } = await compileRange(project, "heads");
    const role = `sqlembic_role_${dialect}_${process.pid}`;
    try {
      await database.apply(`CREATE ROLE ${role}; GRANT ALL ON *.* TO ${role};`);
      await database.apply(`GRANT ${role} TO root@localhost;`);
      expect(await database.apply(`SET ROLE ${role};\n${script}`)).toMatchObject({ exitCode: 0 });
      const seen = await database.query("SELECT name FROM seen");
      expect(seen.map(({ name }) => name?.replace(/`|@`?%`?/g, ""))).toEqual(["NONE", role]);
    } finally {
      await database.apply(`DROP ROLE IF EXISTS ${role};`);
    }
  });
}
