import { sql } from "../../src/index.js";
import { onAllDialects, refused } from "./on-all-dialects.js";

onAllDialects("views", [
  {
    does: "creates a view",
    body: (op) =>
      op.createView("adult", sql`SELECT id FROM person WHERE name <> ${"O'Hara"};`, { schema: "app", columns: ["Id"] }),
    statements: {
      postgresql: ["CREATE VIEW app.adult (\"Id\") AS SELECT id FROM person WHERE name <> 'O''Hara'"],
      mysql: ["CREATE VIEW app.adult (`Id`) AS SELECT id FROM person WHERE name <> 'O''Hara'"],
      mariadb: ["CREATE VIEW app.adult (`Id`) AS SELECT id FROM person WHERE name <> 'O''Hara'"],
      sqlite: ["CREATE VIEW app.adult (\"Id\") AS SELECT id FROM person WHERE name <> 'O''Hara'"],
      mssql: ["CREATE VIEW app.adult ([Id]) AS SELECT id FROM person WHERE name <> 'O''Hara'"],
      oracle: ["CREATE VIEW app.adult (\"Id\") AS SELECT id FROM person WHERE name <> 'O''Hara'"],
    },
  },
  {
    does: "creates a view that rows have to fit",
    body: (op) => op.createView("adult", "SELECT id FROM person -- all", { checkOption: true }),
    statements: {
      postgresql: [
        `CREATE VIEW adult AS SELECT id FROM person -- all
WITH CHECK OPTION`,
      ],
      mysql: [
        `CREATE VIEW adult AS SELECT id FROM person -- all
WITH CHECK OPTION`,
      ],
      mariadb: [
        `CREATE VIEW adult AS SELECT id FROM person -- all
WITH CHECK OPTION`,
      ],
      sqlite: refused("SQLite has no CHECK OPTION: its views are read only."),
      mssql: [
        `CREATE VIEW adult AS SELECT id FROM person -- all
WITH CHECK OPTION`,
      ],
      oracle: [
        `CREATE VIEW adult AS SELECT id FROM person -- all
WITH CHECK OPTION`,
      ],
    },
  },
  {
    does: "creates a view that rows have to fit in all below",
    body: (op) => op.createView("adult", "SELECT id FROM person", { checkOption: "cascaded" }),
    statements: {
      postgresql: [
        `CREATE VIEW adult AS SELECT id FROM person
WITH CASCADED CHECK OPTION`,
      ],
      mysql: [
        `CREATE VIEW adult AS SELECT id FROM person
WITH CASCADED CHECK OPTION`,
      ],
      mariadb: [
        `CREATE VIEW adult AS SELECT id FROM person
WITH CASCADED CHECK OPTION`,
      ],
      sqlite: refused("SQLite has no CHECK OPTION: its views are read only."),
      mssql: refused("SQL Server has no LOCAL and CASCADED CHECK OPTION."),
      oracle: refused("Oracle has no LOCAL and CASCADED CHECK OPTION."),
    },
  },
  {
    does: "replaces a view",
    body: (op) => op.replaceView("adult", "SELECT 1 AS id"),
    statements: {
      postgresql: ["CREATE OR REPLACE VIEW adult AS SELECT 1 AS id"],
      mysql: ["CREATE OR REPLACE VIEW adult AS SELECT 1 AS id"],
      mariadb: ["CREATE OR REPLACE VIEW adult AS SELECT 1 AS id"],
      sqlite: ["DROP VIEW IF EXISTS adult", "CREATE VIEW adult AS SELECT 1 AS id"],
      mssql: ["CREATE OR ALTER VIEW adult AS SELECT 1 AS id"],
      oracle: ["CREATE OR REPLACE VIEW adult AS SELECT 1 AS id"],
    },
  },
  {
    does: "creates a view that may be there",
    body: (op) => op.createView("adult", "SELECT 1 AS id", { ifNotExists: true }),
    statements: {
      postgresql: refused("PostgreSQL has no CREATE VIEW IF NOT EXISTS."),
      mysql: refused("MySQL 8.4 has no CREATE VIEW IF NOT EXISTS; version 9.1 has."),
      mariadb: ["CREATE VIEW IF NOT EXISTS adult AS SELECT 1 AS id"],
      sqlite: ["CREATE VIEW IF NOT EXISTS adult AS SELECT 1 AS id"],
      mssql: refused("SQL Server has no CREATE VIEW IF NOT EXISTS."),
      oracle: [
        `BEGIN
  EXECUTE IMMEDIATE 'CREATE VIEW adult AS SELECT 1 AS id';
EXCEPTION
  WHEN OTHERS THEN
    IF SQLCODE != -955 THEN RAISE; END IF;
END;`,
      ],
    },
  },
  {
    does: "gives a view options of one dialect",
    body: (op) =>
      op.createView("adult", "SELECT 1 AS id", {
        postgresql: { with: { security_barrier: true } },
        mysql: { algorithm: "merge", sqlSecurity: "invoker", definer: "a@localhost" },
        mssql: { schemaBinding: true },
      }),
    statements: {
      postgresql: ["CREATE VIEW adult WITH (security_barrier = true) AS SELECT 1 AS id"],
      mysql: ["CREATE ALGORITHM = MERGE DEFINER = a@`localhost` SQL SECURITY INVOKER VIEW adult AS SELECT 1 AS id"],
      mariadb: ["CREATE ALGORITHM = MERGE DEFINER = a@`localhost` SQL SECURITY INVOKER VIEW adult AS SELECT 1 AS id"],
      sqlite: ["CREATE VIEW adult AS SELECT 1 AS id"],
      mssql: ["CREATE VIEW adult WITH SCHEMABINDING AS SELECT 1 AS id"],
      oracle: ["CREATE VIEW adult AS SELECT 1 AS id"],
    },
  },
  {
    does: "drops a view",
    body: (op) => op.dropView("adult", { schema: "app", ifExists: true }),
    statements: {
      postgresql: ["DROP VIEW IF EXISTS app.adult"],
      mysql: ["DROP VIEW IF EXISTS app.adult"],
      mariadb: ["DROP VIEW IF EXISTS app.adult"],
      sqlite: ["DROP VIEW IF EXISTS app.adult"],
      mssql: ["DROP VIEW IF EXISTS app.adult"],
      oracle: [
        `BEGIN
  EXECUTE IMMEDIATE 'DROP VIEW app.adult';
EXCEPTION
  WHEN OTHERS THEN
    IF SQLCODE != -942 THEN RAISE; END IF;
END;`,
      ],
    },
  },
  {
    does: "creates a materialised view",
    body: (op) =>
      op.createView("total", "SELECT 1 AS n", {
        materialized: true,
        withData: false,
        postgresql: { tablespace: "fast" },
      }),
    statements: {
      postgresql: [
        `CREATE MATERIALIZED VIEW total TABLESPACE fast AS SELECT 1 AS n
WITH NO DATA`,
      ],
      mysql: refused("MySQL has no materialised views."),
      mariadb: refused("MariaDB has no materialised views."),
      sqlite: refused("SQLite has no materialised views."),
      mssql: refused("SQL Server has no materialised views."),
      oracle: ["CREATE MATERIALIZED VIEW total BUILD DEFERRED AS SELECT 1 AS n"],
    },
  },
  {
    does: "replaces a materialised view",
    body: (op) => op.replaceView("total", "SELECT 2 AS n", { materialized: true }),
    statements: {
      postgresql: ["DROP MATERIALIZED VIEW IF EXISTS total", "CREATE MATERIALIZED VIEW total AS SELECT 2 AS n"],
      mysql: refused("MySQL has no materialised views."),
      mariadb: refused("MariaDB has no materialised views."),
      sqlite: refused("SQLite has no materialised views."),
      mssql: refused("SQL Server has no materialised views."),
      oracle: [
        `BEGIN
  EXECUTE IMMEDIATE 'DROP MATERIALIZED VIEW total';
EXCEPTION
  WHEN OTHERS THEN
    IF SQLCODE != -12003 THEN RAISE; END IF;
END;`,
        "CREATE MATERIALIZED VIEW total AS SELECT 2 AS n",
      ],
    },
  },
  {
    does: "fills a materialised view",
    body: (op) => op.refreshMaterializedView("total", { schema: "app" }),
    statements: {
      postgresql: ["REFRESH MATERIALIZED VIEW app.total"],
      mysql: refused("MySQL and MariaDB have no materialised views."),
      mariadb: refused("MySQL and MariaDB have no materialised views."),
      sqlite: refused("SQLite has no materialised views."),
      mssql: refused("SQL Server has no materialised views; a view with a clustered index is always up to date."),
      oracle: [
        `BEGIN
  DBMS_MVIEW.REFRESH('app.total');
END;`,
      ],
    },
  },
  {
    does: "fills a materialised view beside its readers",
    body: (op) => op.refreshMaterializedView("total", { concurrently: true }),
    statements: {
      postgresql: ["REFRESH MATERIALIZED VIEW CONCURRENTLY total"],
      mysql: refused("MySQL and MariaDB have no materialised views."),
      mariadb: refused("MySQL and MariaDB have no materialised views."),
      sqlite: refused("SQLite has no materialised views."),
      mssql: refused("SQL Server has no materialised views; a view with a clustered index is always up to date."),
      oracle: [
        `BEGIN
  DBMS_MVIEW.REFRESH('total');
END;`,
      ],
    },
  },
  {
    does: "drops a materialised view",
    body: (op) => op.dropView("total", { materialized: true }),
    statements: {
      postgresql: ["DROP MATERIALIZED VIEW total"],
      mysql: refused("MySQL has no materialised views."),
      mariadb: refused("MariaDB has no materialised views."),
      sqlite: refused("SQLite has no materialised views."),
      mssql: refused("SQL Server has no materialised views."),
      oracle: ["DROP MATERIALIZED VIEW total"],
    },
  },
]);
