import { t, type DialectName, type Operations } from "../../src/index.js";
import { onAllDialects, refused } from "./on-all-dialects.js";

/** A parameter, with the sign that SQL Server wants before its name. */
function parameterOf(op: Operations): string {
  return op.dialect.name === "mssql" ? "@a" : "a";
}

onAllDialects("functions, procedures and triggers", [
  {
    does: "creates a function",
    body: (op) => {
      const a = parameterOf(op);
      op.createFunction("doubled", `BEGIN RETURN ${a} * 2; END;`, {
        schema: "app",
        parameters: `${a} integer`,
        returns: t.integer(),
      });
    },
    statements: {
      postgresql: [
        "CREATE FUNCTION app.doubled(a integer) RETURNS INTEGER LANGUAGE plpgsql AS $$BEGIN RETURN a * 2; END;$$",
      ],
      mysql: ["CREATE FUNCTION app.doubled(a integer) RETURNS INTEGER BEGIN RETURN a * 2; END"],
      mariadb: ["CREATE FUNCTION app.doubled(a integer) RETURNS INTEGER BEGIN RETURN a * 2; END"],
      sqlite: refused("SQLite has no functions and procedures in SQL."),
      mssql: [
        `CREATE FUNCTION app.doubled (@a integer) RETURNS INTEGER AS
BEGIN RETURN @a * 2; END`,
      ],
      oracle: [
        `CREATE FUNCTION app.doubled (a integer) RETURN INTEGER AS
BEGIN RETURN a * 2; END;`,
      ],
    },
  },
  {
    does: "replaces a function",
    body: (op) => {
      const a = parameterOf(op);
      op.createFunction("doubled", `RETURN ${a} * 2`, {
        parameters: `${a} integer`,
        returns: t.string(20),
        replace: true,
      });
    },
    statements: {
      postgresql: ["CREATE OR REPLACE FUNCTION doubled(a integer) RETURNS VARCHAR(20) LANGUAGE sql RETURN a * 2"],
      mysql: ["DROP FUNCTION IF EXISTS doubled", "CREATE FUNCTION doubled(a integer) RETURNS VARCHAR(20) RETURN a * 2"],
      mariadb: ["CREATE OR REPLACE FUNCTION doubled(a integer) RETURNS VARCHAR(20) RETURN a * 2"],
      sqlite: refused("SQLite has no functions and procedures in SQL."),
      mssql: [
        `CREATE OR ALTER FUNCTION doubled (@a integer) RETURNS VARCHAR(20) AS
BEGIN
RETURN @a * 2
END`,
      ],
      oracle: [
        `CREATE OR REPLACE FUNCTION doubled (a integer) RETURN VARCHAR2 AS
BEGIN
RETURN a * 2;
END;`,
      ],
    },
  },
  {
    does: "says more of a function",
    body: (op) => {
      const own: Partial<Record<DialectName, string>> = { postgresql: "IMMUTABLE", mssql: "WITH SCHEMABINDING" };
      const attributes = own[op.dialect.name] ?? "DETERMINISTIC";
      op.createFunction("one", "RETURN 1", { returns: t.integer(), attributes });
    },
    statements: {
      postgresql: ["CREATE FUNCTION one() RETURNS INTEGER LANGUAGE sql IMMUTABLE RETURN 1"],
      mysql: ["CREATE FUNCTION one() RETURNS INTEGER DETERMINISTIC RETURN 1"],
      mariadb: ["CREATE FUNCTION one() RETURNS INTEGER DETERMINISTIC RETURN 1"],
      sqlite: refused("SQLite has no functions and procedures in SQL."),
      mssql: [
        `CREATE FUNCTION one () RETURNS INTEGER WITH SCHEMABINDING AS
BEGIN
RETURN 1
END`,
      ],
      oracle: [
        `CREATE FUNCTION one RETURN INTEGER DETERMINISTIC AS
BEGIN
RETURN 1;
END;`,
      ],
    },
  },
  {
    does: "gives a function a language",
    body: (op) =>
      op.createFunction("doubled", "BEGIN\n  RETURN '$$';\nEND", {
        returns: "SETOF text",
        language: "plpgsql",
        attributes: "STABLE SECURITY DEFINER",
      }),
    statements: {
      postgresql: [
        `CREATE FUNCTION doubled() RETURNS SETOF text LANGUAGE plpgsql STABLE SECURITY DEFINER AS $body$BEGIN
  RETURN '$$';
END$body$`,
      ],
      mysql: refused("MySQL runs routines of SQL only here, not of plpgsql."),
      mariadb: refused("MariaDB runs routines of SQL only here, not of plpgsql."),
      sqlite: refused("SQLite has no functions and procedures in SQL."),
      mssql: refused("SQL Server has no LANGUAGE."),
      oracle: refused("Routines of Oracle are PL/SQL here."),
    },
  },
  {
    does: "drops a function",
    body: (op) => op.dropFunction("doubled", { schema: "app", parameters: "integer", ifExists: true }),
    statements: {
      postgresql: ["DROP FUNCTION IF EXISTS app.doubled(integer)"],
      mysql: ["DROP FUNCTION IF EXISTS app.doubled"],
      mariadb: ["DROP FUNCTION IF EXISTS app.doubled"],
      sqlite: refused("SQLite has no functions and procedures in SQL."),
      mssql: ["DROP FUNCTION IF EXISTS app.doubled"],
      oracle: [
        `BEGIN
  EXECUTE IMMEDIATE 'DROP FUNCTION app.doubled';
EXCEPTION
  WHEN OTHERS THEN
    IF SQLCODE != -4043 THEN RAISE; END IF;
END;`,
      ],
    },
  },
  {
    does: "creates a procedure",
    body: (op) => op.createProcedure("forget", "BEGIN DELETE FROM log; DELETE FROM visit; END"),
    statements: {
      postgresql: ["CREATE PROCEDURE forget() LANGUAGE plpgsql AS $$BEGIN DELETE FROM log; DELETE FROM visit; END$$"],
      mysql: ["CREATE PROCEDURE forget() BEGIN DELETE FROM log; DELETE FROM visit; END"],
      mariadb: ["CREATE PROCEDURE forget() BEGIN DELETE FROM log; DELETE FROM visit; END"],
      sqlite: refused("SQLite has no functions and procedures in SQL."),
      mssql: [
        `CREATE PROCEDURE forget AS
BEGIN DELETE FROM log; DELETE FROM visit; END`,
      ],
      oracle: [
        `CREATE PROCEDURE forget AS
BEGIN DELETE FROM log; DELETE FROM visit; END;`,
      ],
    },
  },
  {
    does: "drops a procedure",
    body: (op) => op.dropProcedure("forget"),
    statements: {
      postgresql: ["DROP PROCEDURE forget"],
      mysql: ["DROP PROCEDURE forget"],
      mariadb: ["DROP PROCEDURE forget"],
      sqlite: refused("SQLite has no functions and procedures in SQL."),
      mssql: ["DROP PROCEDURE forget"],
      oracle: ["DROP PROCEDURE forget"],
    },
  },
  {
    does: "creates a trigger with a block",
    body: (op) =>
      op.createTrigger("log_account", "account", "BEGIN INSERT INTO log VALUES (1); END;", {
        schema: "app",
        timing: "after",
        events: "insert",
      }),
    statements: {
      postgresql: [
        "CREATE FUNCTION app.log_account() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN INSERT INTO log VALUES (1); END;$$",
        "CREATE TRIGGER log_account AFTER INSERT ON app.account FOR EACH ROW EXECUTE FUNCTION app.log_account()",
      ],
      mysql: [
        "CREATE TRIGGER app.log_account AFTER INSERT ON app.account FOR EACH ROW BEGIN INSERT INTO log VALUES (1); END",
      ],
      mariadb: [
        "CREATE TRIGGER app.log_account AFTER INSERT ON app.account FOR EACH ROW BEGIN INSERT INTO log VALUES (1); END",
      ],
      sqlite: [
        "CREATE TRIGGER app.log_account AFTER INSERT ON account FOR EACH ROW BEGIN INSERT INTO log VALUES (1); END",
      ],
      mssql: [
        `CREATE TRIGGER app.log_account ON app.account AFTER INSERT AS
BEGIN INSERT INTO log VALUES (1); END`,
      ],
      oracle: [
        `CREATE TRIGGER app.log_account AFTER INSERT ON app.account FOR EACH ROW
BEGIN INSERT INTO log VALUES (1); END;`,
      ],
    },
  },
  {
    does: "creates a trigger that calls a function",
    body: (op) =>
      op.createTrigger("log_account", "account", "EXECUTE FUNCTION log_change()", {
        timing: "before",
        events: ["insert", "update"],
        updateOf: ["name", "Age"],
        when: "NEW.name IS NOT NULL",
      }),
    statements: {
      postgresql: [
        'CREATE TRIGGER log_account BEFORE INSERT OR UPDATE OF name, "Age" ON account FOR EACH ROW WHEN (NEW.name IS NOT NULL) EXECUTE FUNCTION log_change()',
      ],
      mysql: refused('Trigger "log_account" has 2 events; MySQL takes one.'),
      mariadb: refused('Trigger "log_account" has 2 events; MariaDB takes one.'),
      sqlite: refused('Trigger "log_account" has 2 events; SQLite takes one.'),
      mssql: refused("SQL Server has no BEFORE triggers."),
      oracle: refused(
        'Trigger "log_account" calls a function, as triggers of PostgreSQL do; Oracle runs the statements of its body.',
      ),
    },
  },
  {
    does: "creates a trigger for some columns",
    body: (op) =>
      op.createTrigger("log_account", "account", "BEGIN DELETE FROM log; END", {
        timing: "before",
        events: "update",
        updateOf: "name",
        when: "1 = 1",
      }),
    statements: {
      postgresql: [
        "CREATE FUNCTION log_account() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN DELETE FROM log; END$$",
        "CREATE TRIGGER log_account BEFORE UPDATE OF name ON account FOR EACH ROW WHEN (1 = 1) EXECUTE FUNCTION log_account()",
      ],
      mysql: refused("MySQL has no WHEN for triggers."),
      mariadb: refused("MariaDB has no WHEN for triggers."),
      sqlite: [
        "CREATE TRIGGER log_account BEFORE UPDATE OF name ON account FOR EACH ROW WHEN 1 = 1 BEGIN DELETE FROM log; END",
      ],
      mssql: refused("SQL Server has no BEFORE triggers."),
      oracle: [
        `CREATE TRIGGER log_account BEFORE UPDATE OF name ON account FOR EACH ROW WHEN (1 = 1)
BEGIN DELETE FROM log; END;`,
      ],
    },
  },
  {
    does: "creates a trigger for each statement",
    body: (op) =>
      op.createTrigger("log_account", "account", "BEGIN DELETE FROM log; END", {
        timing: "after",
        events: ["insert", "delete"],
        forEach: "statement",
      }),
    statements: {
      postgresql: [
        "CREATE FUNCTION log_account() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN DELETE FROM log; END$$",
        "CREATE TRIGGER log_account AFTER INSERT OR DELETE ON account FOR EACH STATEMENT EXECUTE FUNCTION log_account()",
      ],
      mysql: refused('Trigger "log_account" has 2 events; MySQL takes one.'),
      mariadb: refused('Trigger "log_account" has 2 events; MariaDB takes one.'),
      sqlite: refused('Trigger "log_account" has 2 events; SQLite takes one.'),
      mssql: [
        `CREATE TRIGGER log_account ON account AFTER INSERT, DELETE AS
BEGIN DELETE FROM log; END`,
      ],
      oracle: [
        `CREATE TRIGGER log_account AFTER INSERT OR DELETE ON account
BEGIN DELETE FROM log; END;`,
      ],
    },
  },
  {
    does: "replaces a trigger",
    body: (op) =>
      op.createTrigger("log_account", "account", "BEGIN DELETE FROM log; END", {
        timing: "after",
        events: "delete",
        replace: true,
      }),
    statements: {
      postgresql: [
        "CREATE OR REPLACE FUNCTION log_account() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN DELETE FROM log; END$$",
        "CREATE OR REPLACE TRIGGER log_account AFTER DELETE ON account FOR EACH ROW EXECUTE FUNCTION log_account()",
      ],
      mysql: [
        "DROP TRIGGER IF EXISTS log_account",
        "CREATE TRIGGER log_account AFTER DELETE ON account FOR EACH ROW BEGIN DELETE FROM log; END",
      ],
      mariadb: [
        "CREATE OR REPLACE TRIGGER log_account AFTER DELETE ON account FOR EACH ROW BEGIN DELETE FROM log; END",
      ],
      sqlite: [
        "DROP TRIGGER IF EXISTS log_account",
        "CREATE TRIGGER log_account AFTER DELETE ON account FOR EACH ROW BEGIN DELETE FROM log; END",
      ],
      mssql: [
        `CREATE OR ALTER TRIGGER log_account ON account AFTER DELETE AS
BEGIN DELETE FROM log; END`,
      ],
      oracle: [
        `CREATE OR REPLACE TRIGGER log_account AFTER DELETE ON account FOR EACH ROW
BEGIN DELETE FROM log; END;`,
      ],
    },
  },
  {
    does: "drops a trigger",
    body: (op) => op.dropTrigger("log_account", "account", { schema: "app", ifExists: true }),
    statements: {
      postgresql: ["DROP TRIGGER IF EXISTS log_account ON app.account"],
      mysql: ["DROP TRIGGER IF EXISTS app.log_account"],
      mariadb: ["DROP TRIGGER IF EXISTS app.log_account"],
      sqlite: ["DROP TRIGGER IF EXISTS app.log_account"],
      mssql: ["DROP TRIGGER IF EXISTS app.log_account"],
      oracle: [
        `BEGIN
  EXECUTE IMMEDIATE 'DROP TRIGGER app.log_account';
EXCEPTION
  WHEN OTHERS THEN
    IF SQLCODE != -4080 THEN RAISE; END IF;
END;`,
      ],
    },
  },
]);
