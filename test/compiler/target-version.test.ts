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

/** Later than all that are known, and, where a dialect leaves numbers out, between them. */
const unknown: { readonly [D in DialectName]: readonly string[] } = {
  postgresql: ["19", "99", "150"],
  mysql: ["10", "99", "6.0", "5.8"],
  mariadb: ["13.0", "99"],
  sqlite: ["4", "33"],
  mssql: ["2027", "2018", "18.0", "99", "9999"],
  oracle: ["27", "99", "20", "22.1"],
};

const releases: { readonly [D in DialectName]: readonly string[] } = {
  postgresql: ["15.99", "18.3"],
  mysql: ["5.7.44", "8.0.45", "8.4.99", "9.99.1"],
  mariadb: ["10.11.99", "11.8", "12.9"],
  sqlite: ["3.99", "3.53.1"],
  mssql: ["16.0.4153.1", "17", "2022"],
  oracle: ["19c", "19.28", "23ai", "23.26", "26ai"],
};

describe.each(dialectNames)("A target version of %s", (dialect) => {
  it("is refused when it is older than what is known, with the oldest that is", async () => {
    const { oldestVersion } = await loadDialect(dialect);
    const compiled = compileOperations((op) => op.dropTable("t"), { dialect, targetVersion: tooOld[dialect] });
    await expect(compiled).rejects.toMatchObject({ code: "version-too-old", data: { oldest: oldestVersion } });
  });

  it("is refused when its series is not known, with those that are", async () => {
    const { series } = await loadDialect(dialect);
    for (const targetVersion of unknown[dialect]) {
      const compiled = compileOperations((op) => op.dropTable("t"), { dialect, targetVersion });
      await expect(compiled, targetVersion).rejects.toMatchObject({
        code: "unknown-version",
        message: expect.stringContaining(targetVersion) as string,
        hint: expect.stringContaining(series.at(-1) ?? "") as string,
        data: { series, newest: series.at(-1) },
      });
    }
  });

  it("may be the oldest, the default, and any release of a known series", async () => {
    const { oldestVersion, defaultVersion } = await loadDialect(dialect);
    for (const targetVersion of [oldestVersion, defaultVersion, ...releases[dialect]]) {
      const [statement] = await compileOperations((op) => op.dropTable("t"), { dialect, targetVersion });
      expect(statement?.sql).toBe("DROP TABLE t");
    }
  });
});
