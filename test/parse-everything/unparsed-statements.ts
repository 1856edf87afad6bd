import type { DialectName } from "../../src/schema/dialect-names.js";

/** Statements of one shape that node-sql-parser does not understand, though their server does. */
export interface UnparsedStatements {
  /** What they have in them. */
  readonly shape: string;
  readonly dialects: readonly DialectName[];
  /** The text that node-sql-parser does not understand. */
  readonly pattern: RegExp;
  /** What its grammar lacks. */
  readonly reason: string;
}

const mysqlFamily = ["mysql", "mariadb"] as const;

/**
 * All shapes that tests render and node-sql-parser 5 cannot parse. Statements of MySQL, MariaDB and SQLite are given to
 * the server's own parser each time; see servers.ts. An entry that no test needs any more fails the
 * run of all tests.
 */
export const unparsedStatements: readonly UnparsedStatements[] = [
  {
    shape: "an index that is ignored",
    dialects: ["mariadb"],
    pattern: /\) IGNORED\b/,
    reason: "It does not know MariaDB's word for an index that is kept and not used.",
  },
  {
    shape: "the reference system of a spatial column, and a column that is not seen",
    dialects: mysqlFamily,
    pattern: /\bSRID \d|\bREF_SYSTEM_ID=\d|\bINVISIBLE\b(?! KEY)/,
    reason: "It has no attributes of columns that came after MySQL 5.7.",
  },
  {
    shape: "joins in several parentheses, as SHOW CREATE VIEW writes them",
    dialects: mysqlFamily,
    pattern: /\bfrom \(\(`/,
    reason: "It counts the parentheses of a FROM clause and finds too many of them.",
  },
  {
    shape: "a sum in the second query of a view's union",
    dialects: mysqlFamily,
    pattern: /^CREATE .*VIEW .* union all select .* \+ 1/i,
    reason: "It takes a view over a union of columns alone.",
  },
  {
    shape: "several options in ALTER TABLE",
    dialects: mysqlFamily,
    pattern: /^ALTER TABLE \S+ (?:DEFAULT CHARSET|ENGINE)=\w+ (?:COLLATE |ROW_FORMAT=)/,
    reason: "It takes options of a table with commas between them alone.",
  },
  {
    shape: "BOOL",
    dialects: mysqlFamily,
    pattern: /\bBOOL\b/,
    reason: "It knows the type by its longer name only, BOOLEAN.",
  },
  {
    shape: "a hexadecimal string with its character set",
    dialects: mysqlFamily,
    pattern: /\b_utf8mb4 X'/,
    reason: "It takes the name of a character set before quotes, but not before X.",
  },
  {
    shape: "BLOB with a length",
    dialects: ["mysql"],
    pattern: /\bBLOB\(\d+\)/,
    reason: "It takes a length for VARBINARY, but not for BLOB.",
  },
  {
    shape: "NATIONAL VARCHAR",
    dialects: ["mysql"],
    pattern: /\bNATIONAL VARCHAR\(\d+\)/,
    reason: "It has no types of the national character set.",
  },
  {
    shape: "DOUBLE PRECISION",
    dialects: ["mysql", "sqlite"],
    pattern: /\bDOUBLE PRECISION\b/,
    reason: "It has DOUBLE alone.",
  },
  {
    shape: "ASCII and BINARY behind a text type",
    dialects: ["mysql"],
    pattern: /\b(?:MEDIUMTEXT ASCII|CHARACTER SET latin1 BINARY)\b/,
    reason: "Behind a text type it takes CHARACTER SET and COLLATE only.",
  },
  {
    shape: "roles of the session, and what is prepared by the text of a variable",
    dialects: mysqlFamily,
    pattern: /^(?:SET ROLE|SET @sqlembic_role = CONCAT|(?:PREPARE|EXECUTE|DEALLOCATE PREPARE) sqlembic_role)\b/,
    reason: "It knows SET for variables, and nothing of prepared statements.",
  },
  {
    shape: "INET4 and INET6",
    dialects: ["mariadb"],
    pattern: /\bINET[46]\b/,
    reason: "It has no types of network addresses.",
  },
  {
    shape: "options of a table that are not in its list",
    dialects: ["mysql"],
    pattern: /\) (?:STATS_PERSISTENT|ENCRYPTION|UNION)=/,
    reason: "It knows the options of a table by name, and lacks these.",
  },
  {
    shape: "PARTITION BY",
    dialects: mysqlFamily,
    pattern: /^(?:CREATE|ALTER) TABLE [^]*\bPARTITION BY /,
    reason: "It has no partitions of a table as a whole.",
  },
  {
    shape: "partitions that come and go",
    dialects: mysqlFamily,
    pattern: /^ALTER TABLE \S+ (?:ADD|DROP|CONVERT) (?:PARTITION|TABLE)\b/,
    reason: "Of single partitions it knows ADD … LESS THAN with one number only.",
  },
  {
    shape: "CONVERT TO CHARACTER SET",
    dialects: ["mysql"],
    pattern: /^ALTER TABLE \S+ CONVERT TO CHARACTER SET /,
    reason: "It has the character set of a table among its options only.",
  },
  {
    shape: "RENAME TO with a schema",
    dialects: ["mysql"],
    pattern: /^ALTER TABLE \S+ RENAME TO \w+\./,
    reason: "It takes a bare name behind RENAME TO.",
  },
  {
    shape: "RENAME INDEX",
    dialects: mysqlFamily,
    pattern: /^ALTER TABLE \S+ RENAME INDEX /,
    reason: "It has new names for tables and columns only.",
  },
  {
    shape: "ALTER COLUMN … SET or DROP DEFAULT",
    dialects: mysqlFamily,
    pattern: /^ALTER TABLE \S+ ALTER COLUMN \S+ (?:SET|DROP) DEFAULT\b/,
    reason: "It has MODIFY and CHANGE, but not ALTER COLUMN.",
  },
  {
    shape: "ADD CONSTRAINT with a name",
    dialects: ["mariadb"],
    pattern: /^ALTER TABLE \S+ ADD CONSTRAINT /,
    reason: "Its grammar of MariaDB takes no name of the constraint, though that of MySQL does.",
  },
  {
    shape: "ADD PRIMARY KEY",
    dialects: ["mariadb"],
    pattern: /^ALTER TABLE \S+ ADD PRIMARY KEY \(/,
    reason: "Its grammar of MariaDB adds no primary key to a table that exists, though that of MySQL does.",
  },
  {
    shape: "DROP CONSTRAINT",
    dialects: ["mariadb"],
    pattern: /^ALTER TABLE \S+ DROP CONSTRAINT \S+$/,
    reason: "It has DROP FOREIGN KEY and DROP INDEX.",
  },
  {
    shape: "IF [NOT] EXISTS of columns, indexes and constraints",
    dialects: ["mariadb"],
    pattern: /\b(?:COLUMN|INDEX|KEY|CONSTRAINT) IF (?:NOT )?EXISTS\b/,
    reason: "It takes the test for tables, views and the like only.",
  },
  {
    shape: "functions and procedures",
    dialects: mysqlFamily,
    pattern: /^(?:CREATE(?: OR REPLACE)?(?:\s+DEFINER=\S+)?|DROP)\s+(?:FUNCTION|PROCEDURE)\b/i,
    reason: "It has no routines.",
  },
  {
    shape: "CREATE TRIGGER",
    dialects: mysqlFamily,
    pattern: /^CREATE(?: OR REPLACE)?(?:\s+DEFINER=\S+)?\s+TRIGGER\b/i,
    reason: "It takes SET as the body of a trigger, no other statement, no block, and no OR REPLACE.",
  },
  {
    shape: "sequences",
    dialects: ["mariadb"],
    pattern: /^(?:CREATE|DROP) SEQUENCE\b|\bNEXT VALUE FOR /,
    reason: "It has no sequences.",
  },
  {
    shape: "CREATE VIEW IF NOT EXISTS",
    dialects: ["mariadb"],
    pattern: /^CREATE VIEW IF NOT EXISTS\b/,
    reason: "It takes OR REPLACE only.",
  },
  {
    shape: "DEFINER without quotes",
    dialects: mysqlFamily,
    pattern: /\bDEFINER = \w+@/,
    reason: "It takes a definer as two strings only.",
  },
  {
    shape: "GRANT and REVOKE",
    dialects: mysqlFamily,
    pattern: /^(?:GRANT|REVOKE) /,
    reason: "It has no REVOKE of privileges, and of GRANT neither USAGE nor ALL PRIVILEGES.",
  },
  {
    shape: "PRAGMA",
    dialects: ["sqlite"],
    pattern: /^PRAGMA \w+(?: = (?:ON|OFF))?$/,
    reason: "It takes no plain name behind PRAGMA.",
  },
  {
    shape: "DROP INDEX",
    dialects: ["sqlite"],
    pattern: /^DROP INDEX (?:IF EXISTS )?\S+$/,
    reason: "It wants ON and a table behind the index, as MySQL does.",
  },
  {
    shape: "DROP TRIGGER",
    dialects: ["sqlite"],
    pattern: /^DROP TRIGGER (?:IF EXISTS )?\S+$/,
    reason: "It has CREATE TRIGGER only.",
  },
  {
    shape: "a backslash at the end of a string, or before a quote in it",
    dialects: ["sqlite"],
    pattern: /\\'/,
    reason: "It reads the backslash as an escape, as MySQL does; in SQLite it is a character like others.",
  },
  {
    shape: "GENERATED ALWAYS AS with a quoted name",
    dialects: ["sqlite"],
    pattern: /\bGENERATED ALWAYS AS \("/,
    reason: "It reads the name as a string there, which has no arithmetic.",
  },
  {
    shape: "changes of NOT NULL and of constraints in place",
    dialects: ["sqlite"],
    pattern: /^ALTER TABLE \S+ (?:ALTER COLUMN \S+ (?:SET|DROP) NOT NULL|DROP CONSTRAINT \S+)$/,
    reason: "It is older than SQLite 3.53, which brought them.",
  },
  {
    shape: "types by any name",
    dialects: ["sqlite"],
    pattern: /\bTEXT\(\d+\)|\bUUID\b/,
    reason: "It has a list of types; SQLite takes every name, and numbers behind each.",
  },
  {
    shape: "ON CONFLICT of a constraint",
    dialects: ["sqlite"],
    pattern: /\bON CONFLICT (?:ROLLBACK|ABORT|FAIL|IGNORE|REPLACE)\b/,
    reason: "It has the clause in INSERT only.",
  },
  {
    shape: "DEFERRABLE",
    dialects: ["sqlite"],
    pattern: /\bDEFERRABLE\b/,
    reason: "It has no deferred constraints.",
  },
];
