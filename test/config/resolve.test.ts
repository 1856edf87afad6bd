import { describe, expect, it } from "vitest";
import { ConfigError } from "../../src/errors.js";
import { defineConfig, type Config } from "../../src/config/config.js";
import { requireDialect, resolveConfig, type ResolveOptions } from "../../src/config/resolve.js";

const file = "sqlembic.config.ts";

function resolve(config: Config, options: Partial<ResolveOptions> = {}) {
  return resolveConfig(config, { file, ...options });
}

function failureOf(config: unknown, options: Partial<ResolveOptions> = {}): ConfigError {
  try {
    resolveConfig(config, { file, ...options });
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error("the configuration was accepted");
}

describe("a configuration", () => {
  it("is filled up with defaults", () => {
    expect(resolve({})).toEqual({
      dialect: undefined,
      targetVersion: undefined,
      versionLocations: ["versions"],
      recursiveVersionLocations: false,
      fileTemplate: "%(rev)s_%(slug)s",
      truncateSlugLength: 40,
      timezone: undefined,
      revisionTemplate: undefined,
      versionTable: "alembic_version",
      versionTableSchema: undefined,
      versionTablePk: true,
      transactionalDdl: undefined,
      transactionPerMigration: false,
      namingConvention: {},
      baseline: undefined,
      schemaChecks: true,
      lockTimeout: undefined,
      statementTimeout: undefined,
      targetSchema: undefined,
      compareType: true,
      compareServerDefault: true,
      includeSchemas: true,
      renderAsBatch: undefined,
      postWriteHooks: [],
      x: {},
      target: undefined,
    });
  });

  it("keeps what it says", () => {
    const said = {
      dialect: "oracle",
      targetVersion: "19c",
      versionLocations: ["a", "../b"],
      recursiveVersionLocations: true,
      fileTemplate: "%(year)d_%(rev)s",
      truncateSlugLength: 10,
      timezone: "Europe/Berlin",
      revisionTemplate: "revision.hbs",
      versionTable: "schema_version",
      versionTableSchema: "admin",
      versionTablePk: false,
      transactionalDdl: true,
      transactionPerMigration: true,
      namingConvention: { pk: "pk_%(table_name)s", ck: "ck_%(short)s", short: () => "s" },
      baseline: "schema.sql",
      schemaChecks: false,
      targetSchema: { command: "print-schema" },
      compareType: false,
      compareServerDefault: false,
      includeSchemas: ["audit"],
      includeName: () => true,
      includeObject: () => true,
      processRevisionDirectives: () => undefined,
      renderItem: () => false,
      renderAsBatch: true,
      postWriteHooks: ["prettier --write"],
      x: { tenant: "a" },
    } as const satisfies Config;
    expect(resolve(defineConfig({ ...said, lockTimeout: "5s", statementTimeout: 1500 }))).toEqual({
      ...said,
      lockTimeout: 5000,
      statementTimeout: 1500,
      target: undefined,
    });
  });

  it.each([
    ["250ms", 250],
    ["1.5s", 1500],
    ["2min", 120_000],
    ["1h", 3_600_000],
    [0, 0],
  ] as const)("reads the time %s as %i milliseconds", (lockTimeout, expected) => {
    expect(resolve({ lockTimeout }).lockTimeout).toBe(expected);
  });

  it("has every problem in one report, by the path of its key", () => {
    const error = failureOf({
      dialekt: "postgresql",
      dialect: "postgres",
      targetVersion: 16,
      version_locations: ["x"],
      versionLocations: ["ok", 5],
      truncateSlugLength: 0,
      fileTemplate: "%%(rev)s",
      timezone: "Mars/Olympus",
      versionTablePk: "yes",
      namingConvention: { pk: 1, ix: "ix_%(table_name)s", uk: () => "x" },
      lockTimeout: "5 parsecs",
      statementTimeout: -1,
      schemaChecks: null,
      x: { a: 1 },
      targets: { eu: { dialect: "mysqll", targets: {} }, us: "mysql", jp: { colour: 1 } },
      qqq: 1,
    });
    expect(error.code).toBe("invalid-config");
    expect(error.problems).toEqual([
      'dialekt: unknown key. Did you mean "dialect"?',
      'dialect: expected one of postgresql, mysql, mariadb, sqlite, mssql, oracle, found "postgres". Did you mean "postgresql"?',
      'targetVersion: expected a version in quotes, such as "16" or "8.0", found 16',
      'version_locations: unknown key. Did you mean "versionLocations"?',
      "versionLocations[1]: expected a path, relative to the configuration file, found 5",
      "truncateSlugLength: expected a whole number above zero, found 0",
      'fileTemplate: doubles a percent sign: write "%(rev)s", not "%%(rev)s"',
      'timezone: expected the name of a time zone, such as "UTC" or "Europe/Berlin", found "Mars/Olympus"',
      'versionTablePk: expected true or false, found "yes"',
      'namingConvention.pk: expected a template such as "pk_%(table_name)s", found 1',
      "namingConvention.uk: is neither a kind (fk, pk, ix, ck, uq) nor a token that a template uses",
      'lockTimeout: expected milliseconds or a time such as "5s" or "2min", found "5 parsecs"',
      'statementTimeout: expected milliseconds or a time such as "5s" or "2min", found -1',
      "schemaChecks: expected true or false, found null",
      "x.a: expected a string, found 1",
      'targets.eu.dialect: expected one of postgresql, mysql, mariadb, sqlite, mssql, oracle, found "mysqll". Did you mean "mysql"?',
      "targets.eu.targets: unknown key. A target cannot have targets of its own.",
      'targets.us: expected an object, found "mysql"',
      "targets.jp.colour: unknown key.",
      "qqq: unknown key.",
    ]);
    expect(error.message).toMatch(/^sqlembic\.config\.ts has 20 problems:\n {2}dialekt: /);
  });

  it.each([
    [null, "the configuration: expected an object, found null"],
    [[], "the configuration: expected an object, found an empty array"],
    [() => ({}), "the configuration: expected an object, found a function"],
    [
      { versionLocations: "versions" },
      'versionLocations: expected an array of folders, such as ["versions"], found "versions"',
    ],
    [
      { versionLocations: [] },
      'versionLocations: expected an array of folders, such as ["versions"], found an empty array',
    ],
    [{ x: ["a=b"] }, "x: expected an object of strings, found an array"],
    [{ targets: [] }, "targets: expected an object of named targets, found an empty array"],
    [{ fileTemplate: 1 }, "fileTemplate: expected a template, found 1"],
    [{ versionTable: "" }, 'versionTable: expected the name of a table, found ""'],
    [{ constructor: 1 }, "constructor: unknown key."],
  ])("%j is refused", (config, problem) => {
    expect(failureOf(config).problems).toEqual([problem]);
  });

  it("says all that is wrong with what it says of autogenerate", () => {
    const { problems } = failureOf({
      targetSchema: { comand: "drizzle-kit export" },
      compare_type: true,
      compareType: "yes",
      includeSchemas: ["audit", ""],
      includeName: "x",
      includeObject: {},
      processRevisionDirectives: true,
      renderItem: 1,
      renderAsBatch: 0,
      postWriteHooks: ["prettier --write", { type: "exec" }],
      targets: { eu: { targetSchema: [] }, us: { targetSchema: 5, postWriteHooks: "prettier", includeSchemas: 1 } },
    });
    expect(problems).toEqual([
      'targetSchema.comand: unknown key. Did you mean "command"?',
      "targetSchema.command: is missing",
      'compare_type: unknown key. Did you mean "compareType"?',
      'compareType: expected true or false, found "yes"',
      'includeSchemas[1]: expected the name of a schema, found ""',
      'includeName: expected a function (name, type, parentNames) => …, found "x"',
      "includeObject: expected a function (object, name, type, reflected, compareTo) => …, found an object",
      "processRevisionDirectives: expected a function (context, revision, directives) => …, found true",
      "renderItem: expected a function (type, item, context) => …, found 1",
      "renderAsBatch: expected true or false, found 0",
      "postWriteHooks[1]: expected a command, as it is typed, found an object",
      "targets.eu.targetSchema: expected at least one file, found an empty array",
      'targets.us.targetSchema: expected a file such as "./schema.ts", an array of files, or { command: "…" }, found 5',
      'targets.us.postWriteHooks: expected an array of commands, such as ["prettier --write"], found "prettier"',
      "targets.us.includeSchemas: expected true, false or an array of names of schemas, found 1",
    ]);
  });

  it("may hold undefined, as when an environment variable is not set", () => {
    expect(resolve({ url: undefined })).toMatchObject({ dialect: undefined });
  });
});

describe("the dialect", () => {
  it.each([
    ["postgresql://app:secret@db.example.com:5432/shop?sslmode=require", "postgresql", undefined],
    ["postgres://db/shop?serverVersion=16.2&charset=utf8", "postgresql", "16.2"],
    ["postgresql+psycopg2://db/shop", "postgresql", undefined],
    ["mysql://app:p%40ss@db/shop?serverVersion=8.0.36", "mysql", "8.0.36"],
    ["mysql+pymysql://db/shop?serverVersion=10.11.2-MariaDB", "mariadb", "10.11.2"],
    ["mysql://db/shop?charset=x&serverVersion=mariadb-10.6", "mariadb", "10.6"],
    ["mariadb://db/shop", "mariadb", undefined],
    ["sqlite:///data/app.db", "sqlite", undefined],
    ["mssql+pyodbc://db/shop?driver=ODBC", "mssql", undefined],
    ["sqlserver://db;database=shop;serverVersion=2019", "mssql", "2019"],
    ["jdbc:sqlserver://db;database=shop", "mssql", undefined],
    ["jdbc:oracle:thin:@db:1521/shop", "oracle", undefined],
    ["oracle+oracledb://db/?service_name=shop", "oracle", undefined],
  ])("is read from %s", (url, dialect, targetVersion) => {
    expect(resolve({ url })).toMatchObject({ dialect, targetVersion });
  });

  it("and its version are kept without the URL", () => {
    expect(JSON.stringify(resolve({ url: "mysql://app:secret@db/shop" }))).not.toMatch(/secret|app|shop/);
  });

  it.each([
    ["mongodb://app:secret@db/shop", 'no dialect is known for URLs that begin with "mongodb:"'],
    ["postgre://app:secret@db/shop", 'Did you mean "postgres"?'],
    ["secret", "expected a database URL"],
    ["//app:secret@db", "expected a database URL"],
    [["secret"], "expected a database URL, found a value of type object"],
  ])("is not guessed from another URL, whose secrets are not repeated", (url, problem) => {
    const error = failureOf({ url });
    expect(error.problems).toEqual([expect.stringContaining(`url: `)]);
    expect(error.problems[0]).toContain(problem);
    expect(error.message).not.toContain("secret");
  });

  it("may not be another one than that of the URL", () => {
    expect(failureOf({ dialect: "mysql", url: "postgresql://db" }).problems).toEqual([
      'url: is a URL of postgresql, but dialect is "mysql"',
    ]);
    expect(failureOf({ targets: { eu: { dialect: "sqlite", url: "mysql://db" } } }).problems).toEqual([
      'targets.eu.url: is a URL of mysql, but targets.eu.dialect is "sqlite"',
    ]);
    expect(resolve({ dialect: "mariadb", url: "mysql://db?serverVersion=10.6" })).toMatchObject({
      dialect: "mariadb",
      targetVersion: "10.6",
    });
  });

  it("comes from the environment only where the configuration has none", () => {
    const environmentUrl = { variable: "DATABASE_URL", url: "mysql://db?serverVersion=8.4" };
    expect(resolve({}, { environmentUrl })).toMatchObject({ dialect: "mysql", targetVersion: "8.4" });
    expect(resolve({ targetVersion: "8.0" }, { environmentUrl })).toMatchObject({ targetVersion: "8.0" });
    expect(resolve({ dialect: "sqlite" }, { environmentUrl })).toMatchObject({
      dialect: "sqlite",
      targetVersion: undefined,
    });
    expect(resolve({ url: "oracle://db" }, { environmentUrl }).dialect).toBe("oracle");
    expect(resolve({}, { environmentUrl, overrides: { dialect: "mssql" } })).toMatchObject({
      dialect: "mssql",
      targetVersion: undefined,
    });
  });

  it("names the variable when the environment's URL is of no known kind", () => {
    const error = failureOf({}, { environmentUrl: { variable: "DATABASE_URL", url: "redis://:secret@db" } });
    expect(error.problems).toEqual([expect.stringMatching(/^environment variable DATABASE_URL: no dialect/)]);
    expect(error.message).not.toContain("secret");
  });

  it("of the command line goes first, and takes no version from another dialect", () => {
    const config: Config = { dialect: "mysql", targetVersion: "8.0" };
    expect(resolve(config, { overrides: { dialect: "postgresql" } })).toMatchObject({
      dialect: "postgresql",
      targetVersion: undefined,
    });
    expect(resolve(config, { overrides: { dialect: "mysql" } })).toMatchObject({ targetVersion: "8.0" });
    expect(resolve(config, { overrides: { targetVersion: "5.7" } })).toMatchObject({
      dialect: "mysql",
      targetVersion: "5.7",
    });
  });

  it("is asked for when nothing says it", () => {
    expect(requireDialect(resolve({ dialect: "sqlite" }))).toBe("sqlite");
    expect(() => requireDialect(resolve({}))).toThrow(ConfigError);
  });
});

describe("a named target", () => {
  const config: Config = {
    dialect: "mysql",
    targetVersion: "8.0",
    versionTable: "versions",
    x: { tenant: "none" },
    targets: {
      eu: { x: { tenant: "eu" }, versionTableSchema: "eu" },
      pg: { dialect: "postgresql" },
      pg16: { url: "postgresql://db?serverVersion=16" },
      new: { dialect: "mysql", targetVersion: "8.4" },
      same: { dialect: "mysql" },
    },
  };

  it("changes the settings beside it", () => {
    expect(resolve(config, { target: "eu" })).toMatchObject({
      target: "eu",
      dialect: "mysql",
      targetVersion: "8.0",
      versionTable: "versions",
      versionTableSchema: "eu",
      x: { tenant: "eu" },
    });
    expect(resolve(config, { target: "new" })).toMatchObject({ targetVersion: "8.4" });
    expect(resolve(config, { target: "same" })).toMatchObject({ targetVersion: "8.0" });
  });

  it("with a database of its own takes no version of another", () => {
    expect(resolve(config, { target: "pg" })).toMatchObject({ dialect: "postgresql", targetVersion: undefined });
    expect(resolve(config, { target: "pg16" })).toMatchObject({ dialect: "postgresql", targetVersion: "16" });
    const byUrl: Config = { url: "mysql://db", targets: { lite: { dialect: "sqlite" } } };
    expect(resolve(byUrl, { target: "lite" })).toMatchObject({ dialect: "sqlite" });
  });

  it("has to exist", () => {
    const error = failureOf(config, { target: "en" });
    expect(error).toMatchObject({ code: "unknown-target" });
    expect(error.message).toContain('Did you mean "eu"?');
    expect(error.hint).toContain("eu, pg, pg16, new, same");
    expect(failureOf({}, { target: "toString" }).hint).toContain("leave out -n");
  });
});
