import { describe, expect, it } from "vitest";
import { compileOperations, dialectNames, type DialectName } from "../../src/index.js";
import { loadDialect } from "../../dialects/index.js";

const tooOld: { readonly [D in DialectName]: string } = {
  postgresql: "11",
  mysql: "5.6",
  mariadb: "10.2",
  sqlite: "3.24",
  mssql: "2014",
  oracle: "12.2",
};

describe.each(dialectNames)("A target version of %s", (dialect) => {
  it("is refused when it is older than what is known, with the oldest that is", async () => {
    const { oldestVersion } = await loadDialect(dialect);
    const compiled = compileOperations((op) => op.dropTable("t"), { dialect, targetVersion: tooOld[dialect] });
    await expect(compiled).rejects.toMatchObject({ code: "version-too-old", data: { oldest: oldestVersion } });
  });

  it("may be the oldest, and any later one", async () => {
    const { oldestVersion } = await loadDialect(dialect);
    for (const targetVersion of [oldestVersion, "9999"]) {
      const [statement] = await compileOperations((op) => op.dropTable("t"), { dialect, targetVersion });
      expect(statement?.sql).toBe("DROP TABLE t");
    }
  });
});
