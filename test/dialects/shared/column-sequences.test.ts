import { describe, expect, it } from "vitest";
import { column, compileRange, sequence, t, type DialectName } from "sqlembic";
import { history } from "../../support/history.js";

const counted = () => column("id", t.integer(), { primaryKey: true, sequence: sequence("number_seq", { start: 3 }) });

function project(dialect: DialectName) {
  return history({ dialect }, [
    { id: "a1", upgrade: (op) => op.createTable("a", [counted()]), downgrade: (op) => op.dropTable("a") },
    { id: "b2", upgrade: (op) => op.createTable("b", [counted()]), downgrade: (op) => op.dropTable("b") },
  ]);
}

const defaults = {
  postgresql: "DEFAULT nextval('number_seq')",
  mssql: "DEFAULT NEXT VALUE FOR number_seq",
  oracle: "DEFAULT number_seq.NEXTVAL",
} as const;

describe.each(["postgresql", "mssql", "oracle"] as const)("A sequence that a column names, on %s", (dialect) => {
  it("is made once, before its first column, and fills the column", async () => {
    const { script } = await compileRange(project(dialect), "head");
    expect(script.match(/CREATE SEQUENCE number_seq START WITH 3/g)).toHaveLength(1);
    expect(script.indexOf("CREATE SEQUENCE")).toBeLessThan(script.indexOf("CREATE TABLE a ("));
    expect(script.split(defaults[dialect])).toHaveLength(3);
  });

  it("goes with its last column", async () => {
    const { script } = await compileRange(project(dialect), "head:base", { direction: "downgrade" });
    expect(script.match(/DROP SEQUENCE number_seq/g)).toHaveLength(1);
    expect(script.indexOf("DROP SEQUENCE")).toBeGreaterThan(script.indexOf("DROP TABLE a"));
  });
});
