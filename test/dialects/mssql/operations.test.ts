import {
  check,
  column,
  compileOperations,
  computed,
  foreignKey,
  identity,
  index,
  LiteralError,
  mssql,
  OperationError,
  postgresql,
  primaryKey,
  quotedName,
  references,
  sequence,
  sql,
  t,
  table,
  unique,
  UnsupportedError,
  type Operations,
} from "sqlembic";
import { describe, expect, it } from "vitest";
import { allowUnparsed } from "../../parse-everything/statements.js";

type Body = (op: Operations) => unknown;
type Case = readonly [body: Body, statements: readonly string[]];
type SqlType = Parameters<typeof column>[1];

async function compile(body: Body, targetVersion?: string) {
  const notices: string[] = [];
  const statements = await compileOperations(body, {
    dialect: "mssql",
    targetVersion,
    notice: (text) => notices.push(text),
  });
  return { statements: statements.map((statement) => statement.sql), notices };
}

const fold = (text: string): string => text.replace(/\s+/g, " ").replace("( ", "(").replace(/ \)$/, ")").trim();
const folded = async (body: Body): Promise<readonly string[]> => (await compile(body)).statements.map(fold);
const literal = async (value: Parameters<typeof sql.literal>[0], type?: SqlType): Promise<string | undefined> =>
  (await compile((op) => op.execute(sql`SELECT ${sql.literal(value, type)}`))).statements[0]?.replace(/^SELECT /, "");

/** Types as Alembic 1.19 with SQLAlchemy 2.1 renders them for a server of today, or as they are right. */
const types: readonly (readonly [SqlType, string])[] = [
  [t.integer(), "INTEGER"],
  [t.bigInteger(), "BIGINT"],
  [t.smallInteger(), "SMALLINT"],
  [t.string(), "VARCHAR(max)"],
  [t.string(50), "VARCHAR(50)"],
  [t.string(50, { collation: "Latin1_General_CI_AS" }), "VARCHAR(50) COLLATE Latin1_General_CI_AS"],
  [t.text(), "VARCHAR(max)"],
  [t.text(100), "VARCHAR(100)"],
  [t.unicode(50), "NVARCHAR(50)"],
  [t.unicode(), "NVARCHAR(max)"],
  [t.unicodeText(), "NVARCHAR(max)"],
  [t.boolean(), "BIT"],
  [t.date(), "DATE"],
  [t.dateTime(), "DATETIME"],
  [t.dateTime({ timezone: true }), "DATETIMEOFFSET"],
  [t.dateTime({ precision: 3 }), "DATETIME2(3)"],
  [t.time(), "TIME"],
  [t.interval(), "DATETIME"],
  [t.float(), "FLOAT"],
  [t.float(53), "FLOAT(53)"],
  [t.double(), "DOUBLE PRECISION"],
  [t.numeric(), "NUMERIC"],
  [t.numeric(10), "NUMERIC(10)"],
  [t.numeric(10, 2), "NUMERIC(10, 2)"],
  [t.largeBinary(), "VARBINARY(max)"],
  [t.largeBinary(5), "VARBINARY(5)"],
  [t.enum(["a", "bbb"]), "VARCHAR(3)"],
  [t.enum(["a", "bbb"], { length: 20 }), "VARCHAR(20)"],
  [t.enum(["ä"]), "NVARCHAR(1)"],
  [t.json(), "NVARCHAR(max)"],
  [t.uuid(), "UNIQUEIDENTIFIER"],
  [t.BINARY(5), "BINARY(5)"],
  [t.CHAR(5, { collation: "Foo_Bar" }), "CHAR(5) COLLATE Foo_Bar"],
  [t.NCHAR(5), "NCHAR(5)"],
  [t.DATETIME(), "DATETIME"],
  [t.DECIMAL(10, 2), "DECIMAL(10, 2)"],
  [t.REAL(), "REAL"],
  [t.TEXT(), "TEXT"],
  [t.VARBINARY(), "VARBINARY(max)"],
  [t.VARCHAR(5), "VARCHAR(5)"],
  [t.JSON(), "NVARCHAR(max)"],
  [mssql.BIT(), "BIT"],
  [mssql.DATETIME2({ precision: 3 }), "DATETIME2(3)"],
  [mssql.DATETIMEOFFSET({ precision: 3 }), "DATETIMEOFFSET(3)"],
  [mssql.IMAGE(), "IMAGE"],
  [mssql.MONEY(), "MONEY"],
  [mssql.NTEXT(), "NTEXT"],
  [mssql.NVARCHAR("max"), "NVARCHAR(max)"],
  [mssql.ROWVERSION(), "ROWVERSION"],
  [mssql.SMALLDATETIME(), "SMALLDATETIME"],
  [mssql.SMALLMONEY(), "SMALLMONEY"],
  [mssql.SQL_VARIANT(), "SQL_VARIANT"],
  [mssql.TIME({ precision: 3 }), "TIME(3)"],
  [mssql.TINYINT(), "TINYINT"],
  [mssql.UNIQUEIDENTIFIER(), "UNIQUEIDENTIFIER"],
  [mssql.VARBINARY("max", { filestream: true }), "VARBINARY(max) FILESTREAM"],
  [mssql.XML(), "XML"],
  [t.json().withVariant(mssql.XML(), "mssql"), "XML"],
];

/** Types that the server does not have, each with what its error must advise. */
const refusedTypes: readonly (readonly [SqlType, RegExp])[] = [
  [t.BLOB(), /t\.largeBinary/],
  [t.BOOLEAN(), /t\.boolean/],
  [t.CLOB(), /t\.text/],
  [t.DOUBLE(), /t\.double/],
  [t.UUID(), /t\.uuid/],
  [t.TEXT(5), /t\.string/],
  [t.TIMESTAMP({ timezone: true }), /DATETIMEOFFSET/],
  [t.DATETIME({ timezone: true }), /DATETIMEOFFSET/],
  [t.time({ timezone: true }), /DATETIMEOFFSET/],
  [t.string(9000), /"max"/],
  [t.unicode(5000), /"max"/],
  [t.string(5, { collation: "a b" }), /fn_helpcollations/],
  [t.array(t.integer()), /t\.json/],
  [mssql.VARBINARY(5, { filestream: true }), /"max"/],
  [postgresql.BIT(4), /mssql\.BIT/],
  [postgresql.JSONB(), /generic type/],
];

const lookup = (kind: string, tableName: string, columnName: string, quoted = tableName): string =>
  `declare @const_name varchar(256) select @const_name = QUOTENAME([name]) from sys.${kind}_constraints ` +
  `where parent_object_id = object_id('${tableName}') and col_name(parent_object_id, parent_column_id) = '${columnName}' ` +
  `exec('alter table ${quoted} drop constraint ' + @const_name)`;

/** Calls and the statements that Alembic 1.19 renders for them, with white space folded. */
const asAlembic: readonly Case[] = [
  [
    (op) => op.createTable("t", [column("a", t.string(5), { primaryKey: true }), column("b", t.integer())]),
    ["CREATE TABLE t (a VARCHAR(5) NOT NULL, b INTEGER NULL, PRIMARY KEY (a))"],
  ],
  [
    (op) => op.createTable("t", [column("id", t.bigInteger(), { primaryKey: true })]),
    ["CREATE TABLE t (id BIGINT NOT NULL IDENTITY, PRIMARY KEY (id))"],
  ],
  [
    (op) => op.createTable("t", [column("id", t.integer(), { primaryKey: true, autoincrement: false })]),
    ["CREATE TABLE t (id INTEGER NOT NULL, PRIMARY KEY (id))"],
  ],
  [
    (op) => op.createTable("t", [column("id", t.integer(), { primaryKey: true, sequence: sequence("s") })]),
    ["CREATE TABLE t (id INTEGER NOT NULL, PRIMARY KEY (id))"],
  ],
  [
    (op) => op.createTable("t", [column("id", t.integer(), { primaryKey: true, mssql: { identityStart: 5 } })]),
    ["CREATE TABLE t (id INTEGER NOT NULL IDENTITY(5,1), PRIMARY KEY (id))"],
  ],
  [
    (op) => op.createTable("t", [column("id", t.integer(), { identity: identity({ start: 3, increment: 2 }) })]),
    ["CREATE TABLE t (id INTEGER NOT NULL IDENTITY(3,2))"],
  ],
  [
    (op) => op.createTable("t", [column("id", t.numeric(10, 0), { autoincrement: true })]),
    ["CREATE TABLE t (id NUMERIC(10, 0) NOT NULL IDENTITY)"],
  ],
  [
    (op) =>
      op.createTable("t", [
        column("a", t.integer(), { computed: computed("1+1") }),
        column("b", t.integer(), { computed: computed("1+1", { persisted: true }), nullable: false }),
      ]),
    ["CREATE TABLE t (a AS (1+1), b AS (1+1) PERSISTED NOT NULL)"],
  ],
  [
    (op) => op.createTable("T x", [column("a", t.integer(), { comment: "it's" })], { schema: "S", comment: "tbl" }),
    [
      "CREATE TABLE [S].[T x] (a INTEGER NULL)",
      "execute sp_addextendedproperty 'MS_Description', N'tbl', 'schema', [S], 'table', [T x]",
      "execute sp_addextendedproperty 'MS_Description', N'it''s', 'schema', [S], 'table', [T x], 'column', a",
    ],
  ],
  [
    (op) =>
      op.createTable("t", [
        column("id", t.integer()),
        column("b", t.integer()),
        primaryKey(["id"], { name: "pk", mssql: { clustered: false } }),
        unique(["b"], { mssql: { clustered: true } }),
        check("b > 0", { name: "ck" }),
        foreignKey(["b"], ["s.x"], { name: "fk", onDelete: "SET NULL", onUpdate: "CASCADE" }),
        index("ix", ["b", sql`id DESC`]),
      ]),
    [
      "CREATE TABLE t (id INTEGER NOT NULL IDENTITY, b INTEGER NULL, CONSTRAINT pk PRIMARY KEY NONCLUSTERED (id), " +
        "UNIQUE CLUSTERED (b), CONSTRAINT ck CHECK (b > 0), " +
        "CONSTRAINT fk FOREIGN KEY(b) REFERENCES s (x) ON DELETE SET NULL ON UPDATE CASCADE)",
      "CREATE INDEX ix ON t (b, id DESC)",
    ],
  ],
  [
    (op) => op.createTable("t", [column("e", t.enum(["a", "b"], { name: "ck_e", createConstraint: true }))]),
    ["CREATE TABLE t (e VARCHAR(1) NULL, CONSTRAINT ck_e CHECK (e IN ('a', 'b')))"],
  ],
  [
    (op) => op.createTable("t", [column("b", t.boolean({ createConstraint: true }), { serverDefault: true })]),
    ["CREATE TABLE t (b BIT NULL DEFAULT 1)"],
  ],
  [
    (op) => op.createTable(quotedName("t", true), [column("order", t.integer()), column("1b", t.integer())]),
    ["CREATE TABLE [t] ([order] INTEGER NULL, [1b] INTEGER NULL)"],
  ],
  [
    (op) => op.addColumn("t", column("a", t.integer(), { comment: "x", index: true, unique: true }), { schema: "s" }),
    [
      "ALTER TABLE s.t ADD a INTEGER NULL",
      "CREATE UNIQUE INDEX ix_s_t_a ON s.t (a)",
      "execute sp_addextendedproperty 'MS_Description', N'x', 'schema', s, 'table', t, 'column', a",
    ],
  ],
  [
    (op) => op.addColumn("t", column("b", t.string(5), { serverDefault: "it's", nullable: false })),
    ["ALTER TABLE t ADD b VARCHAR(5) NOT NULL DEFAULT 'it''s'"],
  ],
  [
    (op) =>
      op.alterColumn("t", "c", {
        ...{ nullable: false, type: t.string(5), serverDefault: "x", comment: "cm", newColumnName: "D" },
        ...{ existingServerDefault: "y", existingComment: "foo", schema: "S" },
      }),
    [
      lookup("default", "S.t", "c", "[S].t"),
      "ALTER TABLE [S].t ALTER COLUMN c VARCHAR(5) NOT NULL",
      "exec sp_updateextendedproperty 'MS_Description', N'cm', 'schema', [S], 'table', t, 'column', c",
      "ALTER TABLE [S].t ADD DEFAULT 'x' FOR c",
      "EXEC sp_rename '[S].t.c', [D], 'COLUMN'",
    ],
  ],
  [
    (op) => op.alterColumn("t", "c", { type: t.enum(["x"], { name: "ck", createConstraint: true }), nullable: true }),
    ["ALTER TABLE t ALTER COLUMN c VARCHAR(1) NULL", "ALTER TABLE t ADD CONSTRAINT ck CHECK (c IN ('x'))"],
  ],
  [
    (op) => op.dropColumn("table", "column", { mssql: { dropCheck: true, dropDefault: true } }),
    [
      lookup("default", "table", "column", "[table]"),
      lookup("check", "table", "column", "[table]"),
      "ALTER TABLE [table] DROP COLUMN [column]",
    ],
  ],
  [
    (op) => op.createIndex("ix", "t", ["a"], { mssql: { clustered: false, include: ["c d"], where: sql`a > ${"x"}` } }),
    ["CREATE NONCLUSTERED INDEX ix ON t (a) INCLUDE ([c d]) WHERE a > 'x'"],
  ],
  [
    (op) => op.createIndex("ix", "t", [], { mssql: { clustered: true, columnstore: true } }),
    ["CREATE CLUSTERED COLUMNSTORE INDEX ix ON t"],
  ],
  [(op) => op.renameTable("T1", "t2", { schema: "S" }), ["EXEC sp_rename '[S].[T1]', t2"]],
  [(op) => op.dropTable("t", { ifExists: true }), ["DROP TABLE IF EXISTS t"]],
  [
    (op) =>
      op.batchAlterTable("t", (batch) => {
        batch.addColumn(column("x", t.integer()));
        batch.dropColumn("y");
      }),
    ["ALTER TABLE t ADD x INTEGER NULL", "ALTER TABLE t DROP COLUMN y"],
  ],
];

/** Calls for which Alembic renders something else, or nothing: what the server takes, and what was asked. */
const betterThanAlembic: readonly (readonly [string, ...Case])[] = [
  [
    "a table that may be there is created under a condition, with its indexes and comments",
    (op) =>
      op.createTable("t", [column("a", t.integer(), { index: true, comment: "x" })], {
        schema: "S",
        ifNotExists: true,
      }),
    [
      "IF OBJECT_ID(N'[S].t', N'U') IS NULL BEGIN CREATE TABLE [S].t (a INTEGER NULL ); " +
        "CREATE INDEX [ix_S_t_a] ON [S].t (a); " +
        "execute sp_addextendedproperty 'MS_Description', N'x', 'schema', [S], 'table', t, 'column', a; END",
    ],
  ],
  [
    "an added column keeps its named check and its named inline reference",
    (op) =>
      op.addColumn(
        "t",
        column("a", t.integer(), {
          check: check("a > 1", { name: "ck_a" }),
          references: references("s.id", { name: "fk_a" }),
        }),
        { inlineReferences: true },
      ),
    [
      "ALTER TABLE t ADD a INTEGER NULL CONSTRAINT ck_a CHECK (a > 1)",
      "ALTER TABLE t ADD CONSTRAINT fk_a FOREIGN KEY(a) REFERENCES s (id)",
    ],
  ],
  [
    "an added primary key is one",
    (op) => op.addColumn("t", column("id", t.integer(), { primaryKey: true }), { inlinePrimaryKey: true }),
    ["ALTER TABLE t ADD id INTEGER NOT NULL IDENTITY PRIMARY KEY"],
  ],
  [
    "a foreign key between two tables that wait for each other comes after",
    (op) =>
      op.createTable("t", [
        column("a", t.integer(), { references: references("x.id", { useAlter: true, name: "f" }) }),
      ]),
    ["CREATE TABLE t (a INTEGER NULL)", "ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY(a) REFERENCES x (id)"],
  ],
  [
    "deferral and match that say what the server does anyway are left out",
    (op) => op.createUniqueConstraint("u", "t", ["a"], { deferrable: false, initially: "IMMEDIATE" }),
    ["ALTER TABLE t ADD CONSTRAINT u UNIQUE (a)"],
  ],
  [
    "a comment goes to the schema of the other database",
    (op) => op.createTableComment("t", "x", { schema: "db.own" }),
    ["execute db.sys.sp_addextendedproperty 'MS_Description', N'x', 'schema', own, 'table', t"],
  ],
  [
    "a comment with a line break passes through a variable",
    (op) => op.createTableComment("t", "a\nb"),
    [
      "declare @comment nvarchar(3750) = N'a' + NCHAR(10) + N'b' " +
        "execute sp_addextendedproperty 'MS_Description', @comment, 'schema', dbo, 'table', t",
    ],
  ],
  [
    "a comment that is known to be there is updated",
    (op) => op.createTableComment("t", "new", { existingComment: "old" }),
    ["execute sp_updateextendedproperty 'MS_Description', N'new', 'schema', dbo, 'table', t"],
  ],
  [
    "names that need quotes have them inside strings",
    (op) => op.alterColumn("o'x.y", "c'", { serverDefault: null, schema: "S" }),
    [lookup("default", "S.[o''x.y]", "c''", "[S].[o''x.y]")],
  ],
  [
    "columns that sqlcmd would take for commands have brackets",
    (op) => op.createTable("t", [column("go", t.integer()), column("reset", t.integer()), column("exit", t.integer())]),
    ["CREATE TABLE t ([go] INTEGER NULL, [reset] INTEGER NULL, [exit] INTEGER NULL)"],
  ],
];

/** Bodies in which the history knows what the author leaves out. */
const fromHistory: readonly (readonly [string, ...Case])[] = [
  [
    "a change of type keeps NOT NULL",
    (op) => {
      op.createTable("t", [column("a", t.string(5), { nullable: false })]);
      op.alterColumn("t", "a", { type: t.string(9) });
    },
    ["ALTER TABLE t ALTER COLUMN a VARCHAR(9) NOT NULL"],
  ],
  [
    "a change of nullability finds the type",
    (op) => {
      op.createTable("t", [column("a", t.string(5))]);
      op.alterColumn("t", "a", { nullable: false });
    },
    ["ALTER TABLE t ALTER COLUMN a VARCHAR(5) NOT NULL"],
  ],
  [
    "a default gives way to another type and comes back",
    (op) => {
      op.createTable("t", [column("a", t.integer(), { serverDefault: "1" })]);
      op.alterColumn("t", "a", { type: t.bigInteger() });
    },
    [lookup("default", "t", "a"), "ALTER TABLE t ALTER COLUMN a BIGINT NULL", "ALTER TABLE t ADD DEFAULT '1' FOR a"],
  ],
  [
    "a new default replaces the one that is there",
    (op) => {
      op.createTable("t", [column("a", t.integer(), { serverDefault: "1" })]);
      op.alterColumn("t", "a", { serverDefault: "2" });
    },
    [lookup("default", "t", "a"), "ALTER TABLE t ADD DEFAULT '2' FOR a"],
  ],
  [
    "another type takes the check of an enum with it",
    (op) => {
      op.createTable("t", [column("a", t.enum(["x"], { name: "ck", createConstraint: true }))]);
      op.alterColumn("t", "a", { type: t.string(3) });
    },
    ["ALTER TABLE t DROP CONSTRAINT ck", "ALTER TABLE t ALTER COLUMN a VARCHAR(3) NULL"],
  ],
  [
    "a dropped column takes its default, check, key and index with it",
    (op) => {
      op.createTable("t", [
        column("id", t.integer()),
        column("a", t.integer(), { serverDefault: "1", check: check("a > 0") }),
        foreignKey(["a"], ["s.x"]),
        unique(["a"], { name: "uq" }),
        index("ix", ["a"]),
      ]);
      op.dropColumn("t", "a");
    },
    [
      "DROP INDEX ix ON t",
      "ALTER TABLE t DROP CONSTRAINT uq",
      lookup("default", "t", "a"),
      lookup("check", "t", "a"),
      "declare @const_name varchar(256) select @const_name = QUOTENAME([name]) from " +
        "sys.foreign_keys fk join sys.foreign_key_columns fkc on fk.object_id=fkc.constraint_object_id " +
        "where fkc.parent_object_id = object_id('t') and col_name(fkc.parent_object_id, fkc.parent_column_id) = 'a' " +
        "exec('alter table t drop constraint ' + @const_name)",
      "ALTER TABLE t DROP COLUMN a",
    ],
  ],
  [
    "an index is dropped from the table that has it",
    (op) => {
      op.createTable("t", [column("a", t.integer(), { index: true })]);
      op.dropIndex("ix_t_a");
    },
    ["DROP INDEX ix_t_a ON t"],
  ],
  [
    "a column's comment that is there is updated",
    (op) => {
      op.createTable("t", [column("a", t.integer(), { comment: "old" })]);
      op.alterColumn("t", "a", { comment: "new" });
    },
    ["exec sp_updateextendedproperty 'MS_Description', N'new', 'schema', dbo, 'table', t, 'column', a"],
  ],
];

/** Calls that compile for no SQL Server, with the words that the error must have, hint included. */
const refused: readonly (readonly [Body, RegExp])[] = [
  [(op) => op.createForeignKey("f", "t", "s", ["a"], ["b"], { deferrable: true }), /no deferrable constraints/],
  [(op) => op.createForeignKey("f", "t", "s", ["a"], ["b"], { initially: "DEFERRED" }), /no deferrable constraints/],
  [(op) => op.createUniqueConstraint("u", "t", ["a"], { deferrable: true }), /no deferrable constraints/],
  [(op) => op.createForeignKey("f", "t", "s", ["a"], ["b"], { match: "FULL" }), /no MATCH FULL/],
  [(op) => op.createForeignKey("f", "t", "s", ["a"], ["b"], { onDelete: "RESTRICT" }), /NO ACTION refuses/],
  [
    (op) => op.alterColumn("t", "a", { type: mssql.VARBINARY("max", { filestream: true }), existingNullable: true }),
    /Add another column/,
  ],
  [(op) => op.alterColumn("t", "c", { nullable: false }), /existingType/],
  [(op) => op.alterColumn("t", "c", { serverDefault: identity() }), /Add a new column/],
  [(op) => op.alterColumn("t", "c", { serverDefault: computed("1") }), /Drop the column/],
  [(op) => op.dropConstraint(null, "t", { type: "primary" }), /sys\.objects/],
  [(op) => op.createTable("t", [column("a", t.string(5), { autoincrement: true })]), /no whole number/],
  [
    (op) =>
      op.createTable("t", [
        column("id", t.integer(), { primaryKey: true }),
        column("z", t.integer(), { autoincrement: true }),
      ]),
    /"id" and "z"/,
  ],
  [
    (op) => op.createTable("t", [column("a", t.integer(), { identity: identity(), mssql: { identityStart: 2 } })]),
    /Say the numbers once/,
  ],
  [
    (op) => op.createTable("t", [column("a", t.integer(), { computed: computed("1"), nullable: false })]),
    /persisted: true/,
  ],
  [(op) => op.createTable("t", [column("a", t.integer())], { prefixes: ["TEMPORARY"] }), /#name/],
  [(op) => op.createTable("t", []), /Give it a column/],
  [(op) => op.createIndex("ix", "t", ["a"], { mssql: { clustered: true, include: ["b"] } }), /no INCLUDE/],
  [(op) => op.createIndex("ix", "t", ["a"], { mssql: { clustered: true, where: "a > 1" } }), /no WHERE/],
  [(op) => op.createIndex("ix", "t", ["a"], { unique: true, mssql: { columnstore: true } }), /neither UNIQUE/],
  [(op) => op.createIndex("ix", "t", ["a"], { mssql: { clustered: true, columnstore: true } }), /empty list/],
  [(op) => op.createEnumType("mood", ["ok"]), /createConstraint/],
  [(op) => op.createExcludeConstraint("x", "t", [["a", "="]]), /no EXCLUDE/],
];

/** Calls that compile, with the remark that comes with them. */
const remarked: readonly (readonly [Body, RegExp])[] = [
  [(op) => op.addColumn("t", column("a", t.integer(), { check: check("a > 1") })), /check \(a > 1\).*give it a name/],
  [
    (op) => op.addColumn("t", column("a", t.integer(), { references: references("s.id") }), { inlineReferences: true }),
    /foreign key to s.*leave inlineReferences out/,
  ],
  [(op) => op.addColumn("t", column("a", t.integer()), { ifNotExists: true }), /fails when the column exists/],
  [(op) => op.createIndex("ix", "t", ["a"], { ifNotExists: true }), /fails when the index exists/],
  [
    (op) => {
      allowUnparsed(/lower/, "SQL Server refuses it, as the remark says");
      op.createIndex("ix", "t", [sql`lower(a)`]);
    },
    /computed column/,
  ],
  [(op) => op.dropIndex("ix"), /tableName/],
  [(op) => op.alterColumn("t", "c", { type: t.integer() }), /existingNullable/],
  [(op) => op.createTable("t", [column("a", t.TIMESTAMP())]), /row version/],
  [(op) => op.addColumn("t", column("a", t.integer(), { identity: identity({ cache: 5 }) })), /cache of identity/],
  [
    (op) => {
      allowUnparsed(/MATCH SIMPLE/, "SQL Server refuses it, as the remark says");
      op.createForeignKey("f", "t", "s", ["a"], ["b"], { match: "SIMPLE" });
    },
    /no MATCH clause/,
  ],
];

describe("types on SQL Server", () => {
  it.each(types.map(([type, text]) => ({ type, text })))("$text", async ({ type, text }) => {
    const { statements } = await compile((op) => op.addColumn("t", column("c", type)));
    expect(statements).toEqual([`ALTER TABLE t ADD c ${text} NULL`]);
  });

  it.each(refusedTypes.map(([type, hint]) => ({ name: type.name, type, hint })))(
    "refuses $name, and says $hint",
    async ({ type, hint }) => {
      const error: unknown = await compile((op) => op.addColumn("t", column("c", type))).catch(
        (caught: unknown) => caught,
      );
      expect(error).toBeInstanceOf(UnsupportedError);
      expect((error as UnsupportedError).hint).toMatch(hint);
    },
  );
});

describe("operations on SQL Server", () => {
  it("put the RETURN of a function into a block, unless the function returns a table", async () => {
    const { statements } = await compile((op) => {
      op.createFunction("one", "RETURN 1", { returns: t.integer() });
      op.createFunction("adults", "RETURN (SELECT id FROM person)", { returns: "TABLE" });
    });
    expect(statements).toEqual([
      "CREATE FUNCTION one () RETURNS INTEGER AS\nBEGIN\nRETURN 1\nEND",
      "CREATE FUNCTION adults () RETURNS TABLE AS\nRETURN (SELECT id FROM person)",
    ]);
  });

  it.each(asAlembic.map(([body, statements]) => ({ body, statements, last: statements.at(-1) })))(
    "are as Alembic 1.19 renders them: $last",
    async ({ body, statements }) => {
      expect(await folded(body)).toEqual(statements);
    },
  );

  it.each(betterThanAlembic)("%s", async (_name, body, statements) => {
    expect(await folded(body)).toEqual(statements);
  });

  it.each(fromHistory)("%s", async (_name, body, statements) => {
    expect((await folded(body)).slice(-statements.length)).toEqual(statements);
  });

  it.each(refused.map(([body, words]) => ({ body, words })))("refuse, and say $words", async ({ body, words }) => {
    const error: unknown = await compile(body).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(UnsupportedError);
    const { message, hint, origin } = error as UnsupportedError;
    expect(`${message} ${hint}`).toMatch(words);
    expect(origin?.line).toBeGreaterThan(0);
  });

  it.each(remarked.map(([body, words]) => ({ body, words })))("remark $words", async ({ body, words }) => {
    const { notices } = await compile(body);
    expect(notices.join("\n")).toMatch(words);
  });

  it("are years, or the numbers that servers report", async () => {
    const drops: readonly Body[] = [
      (op) => op.dropTable("t", { ifExists: true }),
      (op) => op.dropColumn("t", "c", { ifExists: true }),
      (op) => op.dropConstraint("k", "t", { ifExists: true }),
      (op) => op.dropIndex("i", { tableName: "t", ifExists: true }),
    ];
    for (const drop of drops) {
      await expect(compile(drop, "2014")).rejects.toThrow(/2014|12\.0/);
      await expect(compile(drop, "12.0.6024.0")).rejects.toThrow(/2014|12\.0/);
      expect((await compile(drop, "2016")).statements[0]).toContain("IF EXISTS");
      expect((await compile(drop, "15.0.2000.5")).statements[0]).toContain("IF EXISTS");
    }
  });

  it("shorten names of a convention that are longer than 128 characters, and refuse an author's", async () => {
    const long = "x".repeat(130);
    const { statements } = await compile((op) => op.createIndex(op.f(long), "t", ["a"]));
    expect(statements).toEqual([`CREATE INDEX ${"x".repeat(120)}_1b54 ON t (a)`]);
    await expect(compile((op) => op.createIndex(long, "t", ["a"]))).rejects.toThrow(OperationError);
  });
});

describe("IDENTITY_INSERT", () => {
  const rows = [{ id: 1, name: "a" }];
  const insert = "INSERT INTO t (id, name) VALUES (1, 'a')";
  const guarded = ["SET IDENTITY_INSERT t ON", insert, "SET IDENTITY_INSERT t OFF"];

  it("is set for a table whose key the server counts", async () => {
    const items = [column("id", t.integer(), { primaryKey: true }), column("name", t.string(9))];
    expect(await folded((op) => op.bulkInsert(table("t", items), rows))).toEqual(guarded);
    const created = await folded((op) => op.bulkInsert(op.createTable("t", items), rows));
    expect(created.slice(1)).toEqual(guarded);
  });

  it("is not set for a table without an identity, which would refuse it", async () => {
    const items = [column("id", t.integer(), { primaryKey: true, autoincrement: false }), column("name", t.string(9))];
    expect(await folded((op) => op.bulkInsert(table("t", items), rows))).toEqual([insert]);
    const described = await folded((op) => {
      op.createTable("t", items);
      op.bulkInsert(table("t", [column("id", t.integer()), column("name", t.string(9))]), rows);
    });
    expect(described.slice(1)).toEqual([insert]);
  });

  it("is set as Alembic does when nothing says which column is the key", async () => {
    const items = [column("id", t.integer()), column("name", t.string(9))];
    expect(await folded((op) => op.bulkInsert(table("t", items), rows))).toEqual(guarded);
  });

  it("is set only around the rows that have a value for the identity", async () => {
    const items = [column("id", t.integer(), { primaryKey: true }), column("name", t.string(9))];
    const mixed = [{ name: "x" }, { id: 1, name: "a" }, { id: 2, name: "b" }, { name: "y" }];
    expect(await folded((op) => op.bulkInsert(table("t", items), mixed))).toEqual([
      "INSERT INTO t (name) VALUES ('x')",
      "SET IDENTITY_INSERT t ON",
      insert,
      "INSERT INTO t (id, name) VALUES (2, 'b')",
      "SET IDENTITY_INSERT t OFF",
      "INSERT INTO t (name) VALUES ('y')",
    ]);
  });
});

describe("literals on SQL Server", () => {
  const day = new Date("2020-01-02T03:04:05.678Z");
  // DATETIME counts in steps of a third of a hundredth of a second
  const stepped = new Date("2020-01-02T03:04:05.677Z");

  it.each([
    ["plain text", "it's", undefined, "'it''s'"],
    ["text beyond ASCII", "é", undefined, "N'é'"],
    ["text of a Unicode column", "a", t.unicode(5), "N'a'"],
    ["control characters", "a\r\nb", undefined, "('a' + CHAR(13) + CHAR(10) + 'b')"],
    ["control characters in Unicode", "é\0", undefined, "(N'é' + NCHAR(0))"],
    ["what sqlcmd takes for a variable", "$(x) $$(", undefined, "('$' + '(x) $$' + '(')"],
    ["nothing", "", t.unicode(5), "N''"],
    ["bytes", Buffer.from([0, 255]), undefined, "0x00FF"],
    ["no bytes", Buffer.alloc(0), undefined, "0x"],
    ["true", true, undefined, "1"],
    ["a bigint", 12345678901234567890n, undefined, "12345678901234567890"],
    ["JSON", { a: "é" }, t.json(), `N'{"a":"é"}'`],
    ["a date", day, t.date(), "'2020-01-02'"],
    ["a DATETIME, which SET DATEFORMAT cannot turn", stepped, t.dateTime(), "'2020-01-02T03:04:05.677'"],
    ["a DATETIME2", day, mssql.DATETIME2(), "'2020-01-02 03:04:05.678'"],
    ["a DATETIMEOFFSET", day, t.dateTime({ timezone: true }), "'2020-01-02 03:04:05.678+00:00'"],
    ["a time", day, t.time(), "'03:04:05.678'"],
  ] as const)("%s", async (_name, value, type, text) => {
    expect(await literal(value, type)).toBe(text);
  });

  it("keep long joined strings whole, which `+` cuts at 8000 bytes", async () => {
    expect(await literal(`${"x".repeat(9000)}\n`)).toMatch(
      /^\(CAST\('' AS VARCHAR\(max\)\) \+ 'x{9000}' \+ CHAR\(10\)\)$/,
    );
  });

  it.each([
    ["NaN", NaN, undefined],
    ["infinity", Infinity, undefined],
    ["a number next to zero", 5e-324, undefined],
    ["a number of 39 digits", 10n ** 38n, undefined],
    ["half of a surrogate pair", "\ud800", undefined],
    ["a year before DATETIME begins", new Date("1700-01-01T00:00:00Z"), t.dateTime()],
    ["an array", [1], t.array(t.integer())],
  ] as const)("refuse %s", async (_name, value, type) => {
    await expect(literal(value as never, type)).rejects.toThrow(LiteralError);
  });

  it("refuse a comment that is longer than the server keeps", async () => {
    await expect(compile((op) => op.createTableComment("t", "x".repeat(3751)))).rejects.toThrow(LiteralError);
  });
});
