import type { DialectName } from "../../src/schema/dialect-names.js";
import type { FullGrammarDialect } from "./full-grammar.js";

/** Text of one shape that antlr4ts-sql refuses, though the vendor's manual has it. */
interface MisreadText {
  readonly shape: string;
  readonly dialect: FullGrammarDialect;
  /** The text that the grammar does not know. */
  readonly pattern: RegExp;
  /** What the same place may hold that it knows: with it, the rest of the text has to be understood. */
  readonly instead: string;
  /** The page of the vendor's manual that shows the text. */
  readonly page: string;
}

const sqlServer = "https://learn.microsoft.com/sql/t-sql";
const oracle19 = "https://docs.oracle.com/en/database/oracle/oracle-database/19";
const oracle23 = "https://docs.oracle.com/en/database/oracle/oracle-database/23/sqlrf";

/** The permissions of SQL Server on what scripts grant them on. Any other word is not taken for one. */
const permission =
  "(?:ALL PRIVILEGES|ALTER|CONTROL|CREATE SEQUENCE|DELETE|EXECUTE|INSERT|REFERENCES|SELECT|TAKE OWNERSHIP|UPDATE|" +
  "VIEW CHANGE TRACKING|VIEW DEFINITION)";

/**
 * All that scripts hold and antlr4ts-sql refuses wrongly. What one entry puts in the place of a text is read by those
 * after it. An entry that no test needs any more fails the run of all tests.
 */
export const misreadTexts: readonly MisreadText[] = [
  {
    shape: "one SET for several options",
    dialect: "mssql",
    pattern: /^SET \w+(?:, \w+)+ (?=ON;|OFF;)/gm,
    instead: "SET NOCOUNT ",
    page: `${sqlServer}/statements/set-statements-transact-sql#considerations-when-you-use-the-set-statements`,
  },
  {
    shape: "REVOKE",
    dialect: "mssql",
    pattern: /^REVOKE (?:GRANT OPTION FOR )?([^;]+?) FROM ([^;]+?)(?: CASCADE)?(?=;?$)/gm,
    instead: "GRANT $1 TO $2",
    page: `${sqlServer}/statements/revoke-transact-sql`,
  },
  {
    shape: "GRANT of several permissions, of any but a few, or on a schema or type",
    dialect: "mssql",
    pattern: new RegExp(
      `^GRANT ${permission}(?: \\([^()]+\\))?(?:, ${permission}(?: \\([^()]+\\))?)* ON (?:(?:SCHEMA|TYPE)::)?`,
      "gm",
    ),
    instead: "GRANT SELECT ON ",
    page: `${sqlServer}/statements/grant-transact-sql`,
  },
  {
    shape: "CREATE OR ALTER VIEW",
    dialect: "mssql",
    pattern: /^CREATE OR ALTER (?=VIEW )/gm,
    instead: "CREATE ",
    page: `${sqlServer}/statements/create-view-transact-sql`,
  },
  {
    shape: "types that are other types, without a default",
    dialect: "mssql",
    pattern: /^(CREATE TYPE \S+ FROM \w+(?:\([\d, ]+\))?)(?: NOT NULL)?(?=;?$)/gm,
    instead: "$1 NULL",
    page: `${sqlServer}/statements/create-type-transact-sql`,
  },
  {
    shape: "WITH CHECK CHECK CONSTRAINT",
    dialect: "mssql",
    pattern: /^(ALTER TABLE \S+) WITH CHECK (?=CHECK CONSTRAINT )/gm,
    instead: "$1 ",
    page: `${sqlServer}/statements/alter-table-transact-sql`,
  },
  {
    shape: "IF EXISTS of columns and constraints",
    dialect: "mssql",
    pattern: /^(ALTER TABLE \S+ DROP (?:COLUMN|CONSTRAINT)) IF EXISTS\b/gm,
    instead: "$1",
    page: `${sqlServer}/statements/alter-table-transact-sql`,
  },
  {
    shape: "columnstore indexes",
    dialect: "mssql",
    pattern: /^CREATE CLUSTERED COLUMNSTORE (INDEX \S+ ON \S+)(?=;?$)/gm,
    instead: "CREATE CLUSTERED $1 (a)",
    page: `${sqlServer}/statements/create-columnstore-index-transact-sql`,
  },
  {
    shape: "FILESTREAM of a new column",
    dialect: "mssql",
    pattern: /(?<=^(?:ALTER TABLE \S+ ADD| {3}) \S+ VARBINARY\(max\)) FILESTREAM\b/gm,
    instead: "",
    page: `${sqlServer}/statements/create-table-transact-sql`,
  },
  {
    shape: "NEXT VALUE FOR as a default",
    dialect: "mssql",
    pattern: /(?<=\bDEFAULT )NEXT VALUE FOR [\w.[\]]+/g,
    instead: "1",
    page: `${sqlServer}/functions/next-value-for-transact-sql`,
  },
  {
    shape: "RAW as a name",
    dialect: "mssql",
    pattern: /(?<=^INSERT INTO \w+ \([^()]*)\braw\b/gm,
    instead: "[raw]",
    page: `${sqlServer}/language-elements/reserved-keywords-transact-sql`,
  },
  {
    shape: "a slash that ends a statement of SQL",
    dialect: "oracle",
    pattern: /(?<![;\s])\s*\n\/$/gm,
    instead: "\n;",
    page: `${oracle19}/sqpug/SLASH.html`,
  },
  {
    shape: "REVOKE",
    dialect: "oracle",
    pattern: /^REVOKE ([^;]+?) FROM /gm,
    instead: "GRANT $1 TO ",
    page: `${oracle19}/sqlrf/REVOKE.html`,
  },
  {
    shape: "a text as a setting of the session",
    dialect: "oracle",
    pattern: /^(ALTER SESSION SET \w+ = )'[^'\n]*'/gm,
    instead: "$1a",
    page: `${oracle19}/sqlrf/ALTER-SESSION.html`,
  },
  {
    shape: "privileges on a schema",
    dialect: "oracle",
    pattern: /^(GRANT [A-Z, ]+ ON) SCHEMA (?=\S+ TO )/gm,
    instead: "$1 ",
    page: `${oracle23}/GRANT.html`,
  },
  {
    shape: "INSERT of several rows",
    dialect: "oracle",
    pattern: /(?<=^INSERT INTO [^;]*? VALUES\n[^;]*\)),\n {4}(?=\()/gm,
    instead: ";\nINSERT INTO t VALUES ",
    page: `${oracle23}/INSERT.html`,
  },
  {
    shape: "computed columns",
    dialect: "oracle",
    pattern: /\bGENERATED ALWAYS AS (\((?:[^()]|\([^()]*\))*\))(?: VIRTUAL)?/g,
    instead: "DEFAULT $1",
    page: `${oracle19}/sqlrf/CREATE-TABLE.html`,
  },
  {
    shape: "options of an identity",
    dialect: "oracle",
    pattern:
      /(?<=\bAS IDENTITY) \((?:(?:INCREMENT BY -?\d+|START WITH -?\d+|(?:MIN|MAX)VALUE -?\d+|CACHE \d+|NO(?:MINVALUE|MAXVALUE|CACHE|CYCLE|ORDER)|CYCLE|ORDER) ?)+\)/g,
    instead: "",
    page: `${oracle19}/sqlrf/CREATE-TABLE.html`,
  },
  {
    shape: "identities that come and go",
    dialect: "oracle",
    pattern:
      /^(ALTER TABLE \S+ MODIFY \S+) (?:DROP IDENTITY|GENERATED (?:ALWAYS|BY DEFAULT(?: ON NULL)?) AS IDENTITY)(?=$|\s)/gm,
    instead: "$1 NULL",
    page: `${oracle19}/sqlrf/ALTER-TABLE.html`,
  },
  {
    shape: "types that came with versions 21 and 23, as a new type of a column",
    dialect: "oracle",
    pattern: /^(ALTER TABLE \S+ MODIFY \S+) (?:JSON|VECTOR(?:\((?:\*|\d+)(?:, ?(?:\*|\w+))*\))?)(?=$|\s)/gm,
    instead: "$1 CLOB",
    page: `${oracle23}/Data-Types.html`,
  },
  {
    shape: "the collation of a column",
    dialect: "oracle",
    pattern: /(?<=\b(?:CHAR\)|CLOB)) COLLATE \w+/g,
    instead: "",
    page: `${oracle19}/sqlrf/ALTER-TABLE.html`,
  },
  {
    shape: "compression of a table before its tablespace",
    dialect: "oracle",
    pattern: /(?<=^\)\n(?: ON COMMIT \w+ ROWS\n)?) COMPRESS(?: FOR \w+)?$/gm,
    instead: "",
    page: `${oracle19}/sqlrf/CREATE-TABLE.html`,
  },
  {
    shape: "compression of an index without a number of columns",
    dialect: "oracle",
    pattern: /^(CREATE (?:UNIQUE )?INDEX [^;]+ COMPRESS)(?=;?$)/gm,
    instead: "$1 1",
    page: `${oracle19}/sqlrf/CREATE-INDEX.html`,
  },
  {
    shape: "vector indexes",
    dialect: "oracle",
    pattern: /^CREATE VECTOR (INDEX \S+ ON \S+ \([^()]+\)) ORGANIZATION [^;]+/gm,
    instead: "CREATE $1",
    page: `${oracle23}/create-vector-index.html`,
  },
  {
    shape: "new partitions of ranges",
    dialect: "oracle",
    pattern: /^ALTER TABLE \S+ ADD (PARTITION \S+ VALUES LESS THAN [^;]+)/gm,
    instead: "CREATE TABLE t (a INTEGER) PARTITION BY RANGE (a) ($1)",
    page: `${oracle19}/sqlrf/ALTER-TABLE.html`,
  },
  {
    shape: "new partitions of lists",
    dialect: "oracle",
    pattern: /^ALTER TABLE \S+ ADD (PARTITION \S+ VALUES \([^;]+)/gm,
    instead: "CREATE TABLE t (a INTEGER) PARTITION BY LIST (a) ($1)",
    page: `${oracle19}/sqlrf/ALTER-TABLE.html`,
  },
  {
    shape: "DROP PARTITION",
    dialect: "oracle",
    pattern: /^(ALTER TABLE \S+ DROP) PARTITION (?=\S+;?$)/gm,
    instead: "$1 COLUMN ",
    page: `${oracle19}/sqlrf/ALTER-TABLE.html`,
  },
  {
    shape: "CREATE DOMAIN",
    dialect: "oracle",
    pattern: /^CREATE DOMAIN (\S+) AS ([^;]+)/gm,
    instead: "CREATE TABLE $1 (VALUE $2)",
    page: `${oracle23}/create-domain.html`,
  },
  {
    shape: "DROP DOMAIN",
    dialect: "oracle",
    pattern: /^DROP DOMAIN (?:IF EXISTS )?/gm,
    instead: "DROP TYPE ",
    page: `${oracle23}/drop-domain.html`,
  },
  {
    shape: "DROP MATERIALIZED VIEW",
    dialect: "oracle",
    pattern: /^DROP MATERIALIZED (?=VIEW )/gm,
    instead: "DROP ",
    page: `${oracle19}/sqlrf/DROP-MATERIALIZED-VIEW.html`,
  },
  {
    shape: "a query of no table",
    dialect: "oracle",
    pattern: /(?<=\bAS )(SELECT \d+ AS \w+)(?=;?$)/gm,
    instead: "$1 FROM DUAL",
    page: `${oracle23}/SELECT.html`,
  },
  {
    shape: "a line end in a name",
    dialect: "oracle",
    pattern: /(?<=^CREATE TABLE )"\w+\n\w+"/gm,
    instead: '"a"',
    page: `${oracle19}/sqlrf/Database-Object-Names-and-Qualifiers.html`,
  },
  {
    shape: "national text with quotes of one's own",
    dialect: "oracle",
    pattern: /\bN(?=q')/gi,
    instead: "",
    page: `${oracle19}/sqlrf/Literals.html`,
  },
];

/** A text with what the grammar of its dialect knows in the place of all that it misreads, and the shapes of that. */
export function withoutMisread(dialect: DialectName, sql: string): { shapes: readonly string[]; rest: string } {
  const shapes: string[] = [];
  let rest = sql;
  for (const { shape, dialect: of, pattern, instead } of misreadTexts) {
    const changed = of === dialect ? rest.replace(pattern, instead) : rest;
    if (changed !== rest) shapes.push(shape);
    rest = changed;
  }
  return { shapes, rest };
}
