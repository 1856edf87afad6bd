import { describe, expect, it } from "vitest";
import { compileRange } from "../../src/index.js";
import type { DialectName } from "../../src/schema/dialect-names.js";
import { leaveUnparsed } from "../parse-everything/statements.js";
import { history } from "../support/history.js";
import { schemaAfter, unknownIn } from "./shared/reader/read-sql.js";

/** Who may do what with each kind of object, as authors write it themselves. SQLite has no privileges. */
const privileges: Readonly<Partial<Record<DialectName, readonly string[]>>> = {
  // https://www.postgresql.org/docs/current/sql-grant.html
  postgresql: [
    "GRANT SELECT ON app.t TO reader",
    "GRANT SELECT (a, b), UPDATE (a) ON t TO reader",
    "GRANT ALL ON ALL TABLES IN SCHEMA app TO reader",
    "GRANT USAGE, SELECT ON SEQUENCE s TO reader",
    "GRANT USAGE ON SCHEMA app TO reader",
    "GRANT EXECUTE ON FUNCTION f(integer) TO reader",
    "GRANT EXECUTE ON PROCEDURE p(integer) TO reader",
    "GRANT EXECUTE ON ALL ROUTINES IN SCHEMA app TO reader",
    "GRANT USAGE ON TYPE mood TO reader",
    "GRANT USAGE ON DOMAIN d TO reader",
    "GRANT USAGE ON LANGUAGE plpgsql TO reader",
    "GRANT CONNECT ON DATABASE d TO reader",
    "GRANT USAGE ON FOREIGN SERVER s TO reader",
    "GRANT readers TO alice WITH ADMIN OPTION",
    "REVOKE readers FROM alice",
    "REVOKE GRANT OPTION FOR SELECT ON t FROM reader CASCADE",
    "REVOKE EXECUTE ON FUNCTION f(integer) FROM PUBLIC",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO reader",
  ],
  // https://dev.mysql.com/doc/refman/8.4/en/grant.html
  mysql: [
    "GRANT SELECT, INSERT ON app.t TO 'reader'@'localhost'",
    "GRANT SELECT ON app.* TO reader",
    "GRANT ALL PRIVILEGES ON *.* TO `reader`@`%` WITH GRANT OPTION",
    "GRANT SELECT (a, b), UPDATE (a) ON t TO reader",
    "GRANT EXECUTE ON FUNCTION app.f TO reader",
    "GRANT EXECUTE ON PROCEDURE app.p TO reader",
    "GRANT readers TO alice WITH ADMIN OPTION",
    "GRANT PROXY ON a TO b",
    "GRANT CREATE ROUTINE, ALTER ROUTINE, DROP ON app.* TO reader",
    "GRANT TRIGGER, CREATE VIEW, SHOW VIEW, LOCK TABLES ON app.* TO reader",
    "REVOKE SELECT ON t FROM reader",
    "REVOKE ALL PRIVILEGES, GRANT OPTION FROM reader",
    "REVOKE IF EXISTS SELECT ON t FROM reader",
    "REVOKE EXECUTE ON PROCEDURE app.p FROM reader",
    "REVOKE readers FROM alice",
  ],
  // https://mariadb.com/kb/en/grant/
  mariadb: [
    "GRANT SELECT, INSERT ON app.t TO 'reader'@'localhost' IDENTIFIED BY 'x'",
    "GRANT ALL ON *.* TO reader WITH GRANT OPTION",
    "GRANT SELECT (a, b) ON t TO reader",
    "GRANT EXECUTE ON FUNCTION app.f TO reader",
    "GRANT EXECUTE ON PROCEDURE app.p TO reader",
    "GRANT DELETE HISTORY ON app.t TO reader",
    "GRANT readers TO alice WITH ADMIN OPTION",
    "REVOKE ALL PRIVILEGES, GRANT OPTION FROM reader",
    "REVOKE ADMIN OPTION FOR readers FROM alice",
  ],
  // https://learn.microsoft.com/sql/t-sql/statements/grant-transact-sql
  mssql: [
    "GRANT SELECT ON dbo.t TO reader",
    "GRANT SELECT ON OBJECT::dbo.t (a, b) TO reader",
    "GRANT UPDATE ON OBJECT::dbo.numbers TO reader",
    "GRANT SELECT, EXECUTE ON SCHEMA::app TO reader WITH GRANT OPTION",
    "GRANT EXECUTE ON dbo.f TO reader",
    "GRANT EXECUTE ON OBJECT::dbo.p TO reader AS dbo",
    "GRANT REFERENCES ON TYPE::dbo.code TO reader",
    "GRANT CREATE VIEW, CREATE PROCEDURE TO reader",
    "GRANT CONNECT ON DATABASE::d TO reader",
    "GRANT ALTER ANY SCHEMA TO reader",
    "ALTER ROLE readers ADD MEMBER alice",
    "ALTER ROLE readers DROP MEMBER alice",
    "EXEC sp_addrolemember 'readers', 'alice'",
    "EXEC sp_addrolemember @rolename = N'db_datareader', @membername = N'alice'",
    "EXEC sys.sp_droprolemember 'readers', 'alice'",
    "DENY ALTER ON SCHEMA::app TO reader",
    "REVOKE GRANT OPTION FOR EXECUTE ON dbo.p FROM reader CASCADE",
    "GRANT SELECT ON dbo.t TO reader; GRANT INSERT ON dbo.t TO writer",
  ],
  // https://docs.oracle.com/en/database/oracle/oracle-database/23/sqlrf/GRANT.html
  oracle: [
    "GRANT SELECT, INSERT ON app.t TO reader",
    "GRANT UPDATE (a, b), REFERENCES (a) ON t TO reader",
    "GRANT SELECT ON numbers TO reader",
    "GRANT EXECUTE ON pk TO PUBLIC",
    "GRANT SELECT ANY TABLE ON SCHEMA app TO reader",
    "GRANT CREATE SESSION, CREATE PROCEDURE TO reader",
    "GRANT READ, WRITE ON DIRECTORY files TO reader",
    "GRANT readers TO alice WITH ADMIN OPTION",
    "REVOKE readers FROM alice",
    "REVOKE REFERENCES ON t FROM reader CASCADE CONSTRAINTS",
    "BEGIN EXECUTE IMMEDIATE 'GRANT SELECT ON t TO reader'; END;",
  ],
};

describe.each(Object.entries(privileges))("privileges of an author's own SQL, for %s", (name, statements) => {
  const dialect = name as DialectName;

  it.each(statements)("leave the schema known, and are taken without a word: %s", async (sql) => {
    // the shapes of the servers that are not here are those of own-statements.test.ts
    leaveUnparsed();
    const notices: string[] = [];
    const project = history({ dialect }, [{ id: "a1", upgrade: (op) => op.execute(sql) }]);
    await compileRange(project, "head", { notice: (text) => notices.push(text) });
    expect(notices).toEqual([]);
    expect(unknownIn(await schemaAfter(dialect, (op) => op.execute(sql)))).toEqual([]);
  });
});

describe("what only looks like a change of roles", () => {
  it.each(["ALTER ROLE readers ADD MEMBER alice DROP TABLE t", "EXEC sp_addrolemember 'a', 'b' DROP TABLE t"])(
    "is not passed over on SQL Server: %s",
    async (sql) => {
      leaveUnparsed();
      expect(unknownIn(await schemaAfter("mssql", (op) => op.execute(sql)))).not.toEqual([]);
    },
  );
});
