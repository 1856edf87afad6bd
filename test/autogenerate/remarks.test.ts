import { describe, expect, it } from "vitest";
import { revisionBodies } from "../../src/authoring/bodies.js";
import { compared } from "./compared.js";

async function bodies(from: string, to: string) {
  const generated = await compared("postgresql", from, to);
  const { upgradeBody } = await revisionBodies(generated, { remarks: generated.remarks });
  return { ...generated, upgradeBody };
}

describe("a revision that autogenerate makes says beside its operations", () => {
  it("what is lost, only where something is", async () => {
    const { upgradeBody, warnings } = await bodies(
      "CREATE TABLE a (x VARCHAR(10), y VARCHAR(20), z INT); CREATE TABLE b (x INT);",
      "CREATE TABLE a (x VARCHAR(20), y VARCHAR(10));",
    );
    expect(warnings).toEqual([
      "loses values longer than 10 characters, of a.y",
      "loses the values of a.z",
      "loses all rows of b",
      "may fail at values of a.y that the new type does not hold",
    ]);
    expect(upgradeBody).toContain('// Loses the values of a.z.\n  op.dropColumn("a", "z");');
    expect(upgradeBody).toContain('// Loses all rows of b.\n  op.dropTable("b");');
    expect(upgradeBody).toMatch(/^\{\n {2}op\.alterColumn\("a", "x"/);
  });

  it("how it is made a rename", async () => {
    const { upgradeBody, renames } = await bodies(
      "CREATE TABLE a (nick VARCHAR(10)); CREATE TABLE b (x INT, y TEXT);",
      "CREATE TABLE a (alias VARCHAR(10)); CREATE TABLE c (x INT, y TEXT);",
    );
    expect(renames).toEqual(["--rename a.nick=alias", "--rename b=c"]);
    expect(upgradeBody).toContain("make this revision again with --rename a.nick=alias\n  op.dropColumn");
  });

  it("how a constraint or an index is renamed, of which the rows make nothing fail", async () => {
    const { upgradeBody, renames, warnings } = await bodies(
      "CREATE TABLE a (x INT CONSTRAINT one UNIQUE, y INT); CREATE UNIQUE INDEX first ON a (y);",
      "CREATE TABLE a (x INT CONSTRAINT other UNIQUE, y INT); CREATE UNIQUE INDEX second ON a (y);",
    );
    expect(renames).toEqual(["--rename a.one=other", "--rename a.first=second"]);
    expect(warnings).toEqual([]);
    expect(upgradeBody).toContain("make this revision again with --rename a.one=other\n  op.dropConstraint");
  });

  it("how a column without values is filled", async () => {
    const { upgradeBody } = await bodies("CREATE TABLE a (x INT);", "CREATE TABLE a (x INT, y INT NOT NULL);");
    expect(upgradeBody).toContain("//   op.execute(sql`UPDATE a SET y = …`);\n");
    const filled = await bodies("CREATE TABLE a (x INT);", "CREATE TABLE a (x INT, y INT NOT NULL DEFAULT 1);");
    expect(filled.upgradeBody).not.toContain("//");
  });

  it("what of a column no operation changes", async () => {
    const { gaps } = await compared(
      "mysql",
      "CREATE TABLE a (x INT, y INT);",
      "CREATE TABLE a (x INT, y INT INVISIBLE);",
    );
    expect(gaps.upgrade.map(({ what }) => what)).toEqual(['the options of column "a.y" go from none to visible false']);
  });

  it("what has to be decided, and compiles nothing until it is", async () => {
    const { upgradeBody, gaps } = await bodies("CREATE TABLE a (x DATE);", "CREATE TABLE a (x INT);");
    expect(gaps.upgrade).toHaveLength(1);
    expect(upgradeBody).toContain('// TO DECIDE: column "x" goes from DATE to INTEGER, and no cast leads there.');
    expect(upgradeBody).toContain('throw new Error(\'To be decided: column "x" goes');
  });
});
