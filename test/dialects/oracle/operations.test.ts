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
  oracle,
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
    dialect: "oracle",
    targetVersion,
    notice: (text) => notices.push(text),
  });
  return { statements: statements.map((statement) => statement.sql), notices };
}

const fold = (text: string): string => text.replace(/\s+/g, " ").replace("( ", "(").replace(/ \)$/, ")").trim();
const folded = async (body: Body, targetVersion?: string): Promise<readonly string[]> =>
  (await compile(body, targetVersion)).statements.map(fold);
const literal = async (
  value: Parameters<typeof sql.literal>[0],
  type?: SqlType,
  targetVersion?: string,
): Promise<string | undefined> => {
  const body: Body = (op) => op.execute(sql`SELECT ${sql.literal(value, type)} FROM DUAL`);
  const { statements } = await compile(body, targetVersion);
  return /^SELECT \n?([^]*) FROM DUAL$/.exec(statements[0] ?? "")?.[1];
};

/** Types as Alembic 1.19 with SQLAlchemy 2.1 renders them, or as they are right. */
const types: readonly (readonly [SqlType, string])[] = [
  [t.integer(), "INTEGER"],
  [t.bigInteger(), "NUMBER(19)"],
  [t.smallInteger(), "SMALLINT"],
  [t.string(50), "VARCHAR2(50 CHAR)"],
  [t.string(50, { collation: "binary_ci" }), "VARCHAR2(50 CHAR) COLLATE binary_ci"],
  [t.text(), "CLOB"],
  [t.text(100), "CLOB"],
  [t.unicode(50), "VARCHAR2(50 CHAR)"],
  [t.unicodeText(), "CLOB"],
  [t.boolean(), "BOOLEAN"],
  [t.date(), "DATE"],
  [t.dateTime(), "DATE"],
  [t.dateTime({ timezone: true }), "TIMESTAMP WITH TIME ZONE"],
  [t.dateTime({ precision: 3 }), "TIMESTAMP(3)"],
  [t.interval(), "INTERVAL DAY TO SECOND"],
  [t.interval({ dayPrecision: 4, secondPrecision: 3 }), "INTERVAL DAY(4) TO SECOND(3)"],
  [t.interval({ native: false }), "DATE"],
  [t.float(), "FLOAT"],
  [t.float(5).withVariant(oracle.FLOAT({ binaryPrecision: 16 }), "oracle"), "FLOAT(16)"],
  [t.double(), "DOUBLE PRECISION"],
  [t.double(53), "DOUBLE PRECISION"],
  [t.numeric(), "NUMERIC"],
  [t.numeric(10, 2), "NUMERIC(10, 2)"],
  [t.largeBinary(5), "BLOB"],
  [t.enum(["a", "bbb"]), "VARCHAR(3 CHAR)"],
  [t.json(), "JSON"],
  [t.uuid(), "CHAR(32)"],
  [t.CHAR(5), "CHAR(5)"],
  [t.NCHAR(5), "NCHAR(5)"],
  [t.NVARCHAR(5), "NVARCHAR2(5)"],
  [t.REAL(), "REAL"],
  [t.TIMESTAMP(), "TIMESTAMP"],
  [t.TIMESTAMP({ timezone: true }), "TIMESTAMP WITH TIME ZONE"],
  [t.VARCHAR(5), "VARCHAR(5 CHAR)"],
  [oracle.BFILE(), "BFILE"],
  [oracle.BINARY_DOUBLE(), "BINARY_DOUBLE"],
  [oracle.BINARY_FLOAT(), "BINARY_FLOAT"],
  [oracle.BOOLEAN(), "BOOLEAN"],
  [oracle.INTERVAL({ dayPrecision: 2, secondPrecision: 3 }), "INTERVAL DAY(2) TO SECOND(3)"],
  [oracle.LONG(), "LONG"],
  [oracle.NCLOB(), "NCLOB"],
  [oracle.NUMBER(), "NUMBER"],
  [oracle.NUMBER(10, 2), "NUMBER(10, 2)"],
  [oracle.NVARCHAR2(5), "NVARCHAR2(5)"],
  [oracle.RAW(5), "RAW(5)"],
  [oracle.ROWID(), "ROWID"],
  [oracle.TIMESTAMP({ localTimezone: true }), "TIMESTAMP WITH LOCAL TIME ZONE"],
  [oracle.VARCHAR2(5), "VARCHAR2(5 CHAR)"],
  [oracle.VECTOR(), "VECTOR(*,*,*)"],
  [oracle.VECTOR({ dimensions: 3, storageFormat: "int8", storageType: "SPARSE" }), "VECTOR(3,INT8,SPARSE)"],
];

/** Types that the server does not have, each with what its error must advise. */
const refusedTypes: readonly (readonly [SqlType, RegExp])[] = [
  [t.string(), /t\.text/],
  [t.unicode(), /t\.text/],
  [t.VARCHAR(), /t\.text/],
  [t.string(40000), /t\.text/],
  [t.time(), /t\.interval/],
  [t.TIME(), /t\.interval/],
  [t.float(5), /binaryPrecision: 16/],
  [t.BIGINT(), /NUMBER\(19\)/],
  [t.BINARY(5), /oracle\.RAW/],
  [t.VARBINARY(5), /oracle\.RAW/],
  [t.DATETIME(), /t\.dateTime/],
  [t.DOUBLE(), /t\.double/],
  [t.TEXT(), /t\.text/],
  [t.UUID(), /t\.uuid/],
  [t.array(t.integer()), /t\.json/],
  [oracle.RAW(), /RAW\(16\)/],
  [oracle.INTERVAL({ fields: "YEAR TO MONTH" }), /months/],
  [oracle.TIMESTAMP({ timezone: true, localTimezone: true }), /one of them/],
  [oracle.VECTOR({ storageFormat: "INT4" }), /FLOAT32/],
  [mssql.MONEY(), /generic type/],
  [postgresql.JSONB(), /generic type/],
];

/** Calls and the statements that Alembic 1.19 renders for them, with white space folded. */
const asAlembic: readonly Case[] = [
  [
    (op) => op.createTable("t", [column("id", t.integer(), { primaryKey: true }), column("b", t.integer())]),
    ["CREATE TABLE t (id INTEGER NOT NULL, b INTEGER, PRIMARY KEY (id))"],
  ],
  [
    (op) => op.createTable("t", [column("id", t.integer(), { primaryKey: true, sequence: sequence("s") })]),
    ["CREATE TABLE t (id INTEGER NOT NULL, PRIMARY KEY (id))"],
  ],
  [
    (op) =>
      op.createTable("t", [
        column("id", t.integer(), {
          identity: identity({
            ...{ start: 3, increment: 2, minvalue: 1, maxvalue: 9, cycle: true, cache: 5 },
            ...{ order: true, onNull: true },
          }),
        }),
      ]),
    [
      "CREATE TABLE t (id INTEGER GENERATED BY DEFAULT ON NULL AS IDENTITY " +
        "(INCREMENT BY 2 START WITH 3 MINVALUE 1 MAXVALUE 9 CACHE 5 CYCLE ORDER))",
    ],
  ],
  [
    (op) =>
      op.addColumn(
        "t",
        column("id", t.integer(), {
          identity: identity({ always: true, nominvalue: true, nomaxvalue: true, cycle: false, order: false }),
        }),
      ),
    ["ALTER TABLE t ADD id INTEGER GENERATED ALWAYS AS IDENTITY (NOMINVALUE NOMAXVALUE NOCYCLE NOORDER)"],
  ],
  [
    (op) =>
      op.createTable("t", [
        column("a", t.integer(), { computed: computed("1+1") }),
        column("b", t.integer(), { computed: computed("1+1", { persisted: false }), nullable: false }),
      ]),
    ["CREATE TABLE t (a INTEGER GENERATED ALWAYS AS (1+1), b INTEGER GENERATED ALWAYS AS (1+1) VIRTUAL NOT NULL)"],
  ],
  [
    (op) => op.createTable("T x", [column("a", t.integer(), { comment: "it's" })], { schema: "S", comment: "tbl" }),
    [
      'CREATE TABLE "S"."T x" (a INTEGER)',
      `COMMENT ON TABLE "S"."T x" IS 'tbl'`,
      `COMMENT ON COLUMN "S"."T x".a IS 'it''s'`,
    ],
  ],
  [
    (op) =>
      op.createTable("t", [column("id", t.integer())], {
        prefixes: ["GLOBAL TEMPORARY"],
        oracle: { onCommit: "preserve_rows", compress: "OLTP", tablespace: "Sp" },
      }),
    ['CREATE GLOBAL TEMPORARY TABLE t (id INTEGER ) ON COMMIT PRESERVE ROWS COMPRESS FOR OLTP TABLESPACE "Sp"'],
  ],
  [
    (op) =>
      op.createTable("t", [
        column("id", t.integer()),
        column("b", t.integer()),
        primaryKey(["id"], { name: "pk" }),
        unique(["b"], { deferrable: true, initially: "DEFERRED" }),
        check("b > 0", { name: "ck" }),
        foreignKey(["b"], ["s.x"], { name: "fk", onDelete: "SET NULL" }),
        index("ix", ["b", sql`id DESC`]),
      ]),
    [
      "CREATE TABLE t (id INTEGER NOT NULL, b INTEGER, CONSTRAINT pk PRIMARY KEY (id), " +
        "UNIQUE (b) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT ck CHECK (b > 0), " +
        "CONSTRAINT fk FOREIGN KEY(b) REFERENCES s (x) ON DELETE SET NULL)",
      "CREATE INDEX ix ON t (b, id DESC)",
    ],
  ],
  [
    (op) =>
      op.createTable("t", [column("b", t.boolean({ createConstraint: true, name: "ck" }), { serverDefault: true })]),
    ["CREATE TABLE t (b BOOLEAN DEFAULT 1)"],
  ],
  [
    (op) => op.createTable("_x", [column("order", t.integer()), column(quotedName("Aa", false), t.integer())]),
    ['CREATE TABLE "_x" ("order" INTEGER, Aa INTEGER)'],
  ],
  [
    (op) => op.addColumn("t", column("b", t.string(5), { serverDefault: "it's", nullable: false })),
    ["ALTER TABLE t ADD b VARCHAR2(5 CHAR) DEFAULT 'it''s' NOT NULL"],
  ],
  [
    (op) =>
      op.alterColumn("t", "c", {
        nullable: false,
        type: t.string(5),
        serverDefault: "x",
        newColumnName: "D",
        schema: "S",
      }),
    [
      'ALTER TABLE "S".t MODIFY c NOT NULL',
      `ALTER TABLE "S".t MODIFY c DEFAULT 'x'`,
      'ALTER TABLE "S".t MODIFY c VARCHAR2(5 CHAR)',
      'ALTER TABLE "S".t RENAME COLUMN c TO "D"',
    ],
  ],
  [
    (op) => op.alterColumn("t", "c", { serverDefault: null, existingServerDefault: identity() }),
    ["ALTER TABLE t MODIFY c DROP IDENTITY"],
  ],
  [
    (op) => op.alterColumn("t", "c", { serverDefault: identity({ start: 3 }), existingServerDefault: identity() }),
    ["ALTER TABLE t MODIFY c GENERATED BY DEFAULT AS IDENTITY (START WITH 3)"],
  ],
  [
    (op) => op.alterColumn("t", "c", { type: t.enum(["x"], { name: "ck", createConstraint: true }) }),
    ["ALTER TABLE t MODIFY c VARCHAR(1 CHAR)", "ALTER TABLE t ADD CONSTRAINT ck CHECK (c IN ('x'))"],
  ],
  [
    (op) => op.createIndex("ix", "t", ["a"], { schema: "S", oracle: { bitmap: true, compress: 2 } }),
    ['CREATE BITMAP INDEX "S".ix ON "S".t (a) COMPRESS 2'],
  ],
  [
    (op) => op.createIndex("ix", "t", ["a"], { unique: true, oracle: { compress: true } }),
    ["CREATE UNIQUE INDEX ix ON t (a) COMPRESS"],
  ],
  [
    (op) => op.createIndex("ix", "t", ["a"], { oracle: { vector: true } }),
    ["CREATE VECTOR INDEX ix ON t (a) ORGANIZATION INMEMORY NEIGHBOR GRAPH PARAMETERS (type HNSW)"],
  ],
  [
    (op) =>
      op.createIndex("ix", "t", ["a"], {
        oracle: {
          vector: { indexType: "IVF", distance: "COSINE", accuracy: 90, ivfNeighborPartitions: 5, parallel: 4 },
        },
      }),
    [
      "CREATE VECTOR INDEX ix ON t (a) ORGANIZATION NEIGHBOR PARTITIONS DISTANCE COSINE " +
        "WITH TARGET ACCURACY 90 PARAMETERS (type IVF, neighbor partitions 5) PARALLEL 4",
    ],
  ],
  [(op) => op.dropIndex("ix", { schema: "S", tableName: "t" }), ['DROP INDEX "S".ix']],
  [(op) => op.dropTableComment("t", { schema: "S" }), [`COMMENT ON TABLE "S".t IS ''`]],
  [(op) => op.renameTable("T1", "t2", { schema: "S" }), ['ALTER TABLE "S"."T1" RENAME TO t2']],
  [
    (op) =>
      op.bulkInsert(table("t", [column("x", t.string(5)), column("y", t.boolean())]), [
        { x: "a'b", y: true },
        { y: null },
      ]),
    ["INSERT INTO t (x, y) VALUES ('a''b', 1)", "INSERT INTO t (y) VALUES (NULL)"],
  ],
  [
    (op) =>
      op.batchAlterTable("t", (batch) => {
        batch.addColumn(column("x", t.integer()));
        batch.dropColumn("y");
      }),
    ["ALTER TABLE t ADD x INTEGER", "ALTER TABLE t DROP COLUMN y"],
  ],
];

const unlessThere = (error: number, statement: string): string =>
  `BEGIN EXECUTE IMMEDIATE '${statement}'; EXCEPTION WHEN OTHERS THEN IF SQLCODE != ${error} THEN RAISE; END IF; END;`;

/** Calls for which Alembic renders something else, or nothing: what the server takes, and what was asked. */
const betterThanAlembic: readonly (readonly [string, ...Case])[] = [
  ["a table that may be gone", (op) => op.dropTable("t", { ifExists: true }), [unlessThere(-942, "DROP TABLE t")]],
  ["an index that may be gone", (op) => op.dropIndex("ix", { ifExists: true }), [unlessThere(-1418, "DROP INDEX ix")]],
  [
    "a constraint that may be gone",
    (op) => op.dropConstraint("ck", "t", { ifExists: true }),
    [unlessThere(-2443, "ALTER TABLE t DROP CONSTRAINT ck")],
  ],
  [
    "a column that may be gone",
    (op) => op.dropColumn("t", "c", { ifExists: true }),
    [unlessThere(-904, "ALTER TABLE t DROP COLUMN c")],
  ],
  [
    "a table that may be there",
    (op) => op.createTable("t", [column("a", t.string(5), { serverDefault: "x" })], { ifNotExists: true }),
    [unlessThere(-955, "CREATE TABLE t (a VARCHAR2(5 CHAR) DEFAULT ''x'' )")],
  ],
  [
    "a table that may be there, with its index and comment",
    (op) => op.createTable("t", [column("a", t.integer(), { index: true, comment: "x" })], { ifNotExists: true }),
    [
      "BEGIN BEGIN EXECUTE IMMEDIATE 'CREATE TABLE t (a INTEGER )'; " +
        "EXCEPTION WHEN OTHERS THEN IF SQLCODE = -955 THEN RETURN; END IF; RAISE; END; " +
        "EXECUTE IMMEDIATE 'CREATE INDEX ix_t_a ON t (a)'; EXECUTE IMMEDIATE 'COMMENT ON COLUMN t.a IS ''x'''; END;",
    ],
  ],
  [
    "the comment of a column in a schema",
    (op) => op.alterColumn("T", "C", { comment: "x", schema: "S" }),
    [`COMMENT ON COLUMN "S"."T"."C" IS 'x'`],
  ],
  [
    "a comment with a line break",
    (op) => op.createTableComment("t", "it's\nb"),
    ["BEGIN EXECUTE IMMEDIATE 'COMMENT ON TABLE t IS ''it''''s' || CHR(10) || 'b'''; END;"],
  ],
  [
    "an identity that becomes a plain default",
    (op) => op.alterColumn("t", "c", { serverDefault: "1", existingServerDefault: identity() }),
    ["ALTER TABLE t MODIFY c DROP IDENTITY", "ALTER TABLE t MODIFY c DEFAULT '1'"],
  ],
  [
    "an added column with a named check and a named inline reference",
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
      "ALTER TABLE t ADD a INTEGER CONSTRAINT ck_a CHECK (a > 1)",
      "ALTER TABLE t ADD CONSTRAINT fk_a FOREIGN KEY(a) REFERENCES s (id)",
    ],
  ],
  [
    "an added primary key",
    (op) => op.addColumn("t", column("id", t.integer(), { primaryKey: true }), { inlinePrimaryKey: true }),
    ["ALTER TABLE t ADD id INTEGER NOT NULL PRIMARY KEY"],
  ],
  [
    "a primary key without a name",
    (op) => op.dropConstraint(null, "t", { type: "primary" }),
    ["ALTER TABLE t DROP PRIMARY KEY"],
  ],
  [
    "NO ACTION, which has no words",
    (op) => op.createForeignKey("f", "t", "s", ["a"], ["b"], { onDelete: "NO ACTION", onUpdate: "NO ACTION" }),
    ["ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY(a) REFERENCES s (b)"],
  ],
];

/** Calls that compile for no Oracle, with the words that the error must have, hint included. */
const refused: readonly (readonly [Body, RegExp])[] = [
  [(op) => op.createForeignKey("f", "t", "s", ["a"], ["b"], { onUpdate: "CASCADE" }), /Leave onUpdate out/],
  [(op) => op.createForeignKey("f", "t", "s", ["a"], ["b"], { onDelete: "SET DEFAULT" }), /CASCADE and SET NULL/],
  [(op) => op.createForeignKey("f", "t", "s", ["a"], ["b"], { match: "FULL" }), /no MATCH FULL/],
  [
    (op) => op.createTable("t", [column("a", t.integer(), { computed: computed("1", { persisted: true }) })]),
    /Leave persisted out/,
  ],
  [
    (op) => op.addColumn("t", column("a", t.integer(), { identity: identity({ always: true, onNull: true }) })),
    /without always/,
  ],
  [(op) => op.alterColumn("t", "c", { serverDefault: identity(), existingServerDefault: null }), /Add a new column/],
  [
    (op) => {
      op.createTable("t", [column("c", t.integer())]);
      op.alterColumn("t", "c", { serverDefault: identity() });
    },
    /Add a new column/,
  ],
  [(op) => op.alterColumn("t", "c", { serverDefault: computed("1") }), /Drop the column/],
  [(op) => op.dropConstraint(null, "t", { type: "unique" }), /user_constraints/],
  [(op) => op.createTable("t", []), /Give it a column/],
  [(op) => op.createIndex("ix", "t", ["a"], { unique: true, oracle: { bitmap: true } }), /Remove unique/],
  [(op) => op.createIndex("ix", "t", ["a"], { oracle: { vector: { indexTyp: "IVF" } } }), /Did you mean "indexType"/],
  [(op) => op.createIndex("ix", "t", ["a"], { oracle: { vector: { indexType: "X" } } }), /HNSW or IVF/],
  [(op) => op.createIndex("ix", "t", ["a"], { oracle: { vector: { distance: "X" } } }), /EUCLIDEAN/],
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
  [(op) => op.execute(sql`INSERT INTO t VALUES (${""})`), /empty string is NULL/],
  [(op) => op.execute(sql`SELECT ${sql.literal(new Date(1), t.dateTime())} FROM DUAL`), /whole seconds/],
  [
    (op) => {
      allowUnparsed(/MATCH SIMPLE/, "Oracle refuses it, as the remark says");
      op.createForeignKey("f", "t", "s", ["a"], ["b"], { match: "SIMPLE" });
    },
    /no MATCH clause/,
  ],
];

describe("types on Oracle", () => {
  it.each(types.map(([type, text]) => ({ type, text })))("$text", async ({ type, text }) => {
    const { statements } = await compile((op) => op.alterColumn("t", "c", { type }));
    expect(statements).toEqual([`ALTER TABLE t MODIFY c ${text}`]);
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

describe("operations on Oracle", () => {
  it("put the statements of a routine or trigger into a block, unless they stand in one or call another language", async () => {
    const { statements } = await compile((op) => {
      op.createProcedure("forget", "DELETE FROM log; DELETE FROM visit");
      op.createFunction("one", "n INTEGER := 1; BEGIN RETURN n; END", { returns: t.integer() });
      op.createFunction("two", "RETURN 'begin'", { returns: t.string(9) });
      op.createFunction("three", "LANGUAGE JAVA NAME 'Numbers.three() return int'", { returns: t.integer() });
      op.createTrigger("keep", "account", "INSERT INTO log VALUES (1)", { timing: "after", events: "delete" });
    });
    expect(statements).toEqual([
      "CREATE PROCEDURE forget AS\nBEGIN\nDELETE FROM log; DELETE FROM visit;\nEND;",
      "CREATE FUNCTION one RETURN INTEGER AS\nn INTEGER := 1; BEGIN RETURN n; END;",
      "CREATE FUNCTION two RETURN VARCHAR2 AS\nBEGIN\nRETURN 'begin';\nEND;",
      "CREATE FUNCTION three RETURN INTEGER AS\nLANGUAGE JAVA NAME 'Numbers.three() return int';",
      "CREATE TRIGGER keep AFTER DELETE ON account FOR EACH ROW\nBEGIN\nINSERT INTO log VALUES (1);\nEND;",
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

  it("another type takes the check of an enum with it, and brings its own", async () => {
    const statements = await folded((op) => {
      op.createTable("t", [column("a", t.enum(["x"], { name: "ck", createConstraint: true }))]);
      op.alterColumn("t", "a", { type: t.enum(["y"], { name: "ck2", createConstraint: true }) });
    });
    expect(statements.slice(1)).toEqual([
      "ALTER TABLE t DROP CONSTRAINT ck",
      "ALTER TABLE t MODIFY a VARCHAR(1 CHAR)",
      "ALTER TABLE t ADD CONSTRAINT ck2 CHECK (a IN ('y'))",
    ]);
  });

  it("names have 128 bytes: a convention's are shortened, an author's are refused", async () => {
    const long = "x".repeat(130);
    const { statements } = await compile((op) => op.createIndex(op.f(long), "t", ["a"]));
    expect(statements).toEqual([`CREATE INDEX ${"x".repeat(120)}_1b54 ON t (a)`]);
    await expect(compile((op) => op.createIndex("é".repeat(65), "t", ["a"]))).rejects.toThrow(OperationError);
  });
});

describe("Oracle before version 23", () => {
  const flag = t.boolean({ createConstraint: true, name: "ck" });

  it("keeps booleans as numbers, with a check where one is asked for", async () => {
    const check = "CONSTRAINT ck CHECK (b IN (0, 1))";
    expect(await folded((op) => op.createTable("t", [column("b", flag)]), "19")).toEqual([
      `CREATE TABLE t (b SMALLINT, ${check})`,
    ]);
    expect(await folded((op) => op.addColumn("t", column("b", flag)), "19")).toEqual([
      "ALTER TABLE t ADD b SMALLINT",
      `ALTER TABLE t ADD ${check}`,
    ]);
    expect(await folded((op) => op.alterColumn("t", "b", { type: flag }), "19")).toEqual([
      "ALTER TABLE t MODIFY b SMALLINT",
      `ALTER TABLE t ADD ${check}`,
    ]);
    expect(await folded((op) => op.addColumn("t", column("b", flag)), "23")).toEqual(["ALTER TABLE t ADD b BOOLEAN"]);
  });

  it("keeps JSON as bytes before 21", async () => {
    expect(await folded((op) => op.createTable("t", [column("j", t.json())]), "19")).toEqual([
      "CREATE TABLE t (j BLOB)",
    ]);
    expect(await literal({ a: 1 }, t.json(), "19")).toBe(`UTL_RAW.CAST_TO_RAW('{"a":1}')`);
    await expect(literal({ a: "x".repeat(2000) }, t.json(), "19")).rejects.toThrow(LiteralError);
  });

  it.each([
    [oracle.BOOLEAN(), "19", /23 has/],
    [oracle.JSON(), "19", /21 has/],
    [oracle.VECTOR(), "21", /23 has/],
  ] as const)("refuses what came later, naming the version: %#", async (type, version, words) => {
    await expect(compile((op) => op.addColumn("t", column("c", type)), version)).rejects.toThrow(words);
  });

  it("has no VECTOR indexes", async () => {
    const body: Body = (op) => op.createIndex("ix", "t", ["a"], { oracle: { vector: true } });
    await expect(compile(body, "19")).rejects.toThrow(/23 has/);
  });

  it("takes the same IF EXISTS as later ones", async () => {
    const body: Body = (op) => op.dropTable("t", { ifExists: true });
    expect(await compile(body, "19")).toEqual(await compile(body, "23"));
  });
});

describe("literals on Oracle", () => {
  const day = new Date("2020-01-02T03:04:05.678Z");
  const second = new Date("2020-01-02T03:04:05Z");

  it.each([
    ["plain text", "it's é", undefined, "'it''s é'"],
    ["control characters", "a\r\nb", undefined, "'a' || CHR(13) || CHR(10) || 'b'"],
    ["nothing, which is NULL", "", undefined, "''"],
    ["bytes", Buffer.from([0, 255]), undefined, "HEXTORAW('00FF')"],
    ["no bytes", Buffer.alloc(0), t.largeBinary(), "EMPTY_BLOB()"],
    ["true", true, undefined, "1"],
    ["a bigint", 12345678901234567890n, undefined, "12345678901234567890"],
    [
      "a UUID, kept in 32 characters",
      "12345678-1234-5678-1234-567812345678",
      t.uuid(),
      "'12345678123456781234567812345678'",
    ],
    ["JSON", { a: 1 }, t.json(), `'{"a":1}'`],
    ["a date", day, t.date(), "TO_DATE('2020-01-02', 'YYYY-MM-DD')"],
    ["a DATE, which has a time", second, t.DATE(), "TO_DATE('2020-01-02 03:04:05', 'YYYY-MM-DD HH24:MI:SS')"],
    ["a DATE at midnight", new Date("2020-01-02T00:00:00Z"), t.DATE(), "TO_DATE('2020-01-02', 'YYYY-MM-DD')"],
    ["a moment in seconds", second, t.dateTime(), "TO_DATE('2020-01-02 03:04:05', 'YYYY-MM-DD HH24:MI:SS')"],
    ["a moment", day, t.TIMESTAMP(), "TO_TIMESTAMP('2020-01-02 03:04:05.678', 'YYYY-MM-DD HH24:MI:SS.FF')"],
    [
      "a moment with a zone",
      day,
      t.TIMESTAMP({ timezone: true }),
      "TO_TIMESTAMP_TZ('2020-01-02 03:04:05.678 +00:00', 'YYYY-MM-DD HH24:MI:SS.FF TZH:TZM')",
    ],
    [
      "a moment in the session's zone",
      second,
      oracle.TIMESTAMP({ localTimezone: true }),
      "TO_TIMESTAMP_TZ('2020-01-02 03:04:05 +00:00', 'YYYY-MM-DD HH24:MI:SS.FF TZH:TZM')",
    ],
    ["a binary double", 1e300, oracle.BINARY_DOUBLE(), "1e+300d"],
    ["no number", NaN, oracle.BINARY_DOUBLE(), "BINARY_DOUBLE_NAN"],
    ["minus infinity", -Infinity, oracle.BINARY_FLOAT(), "-BINARY_DOUBLE_INFINITY"],
  ] as const)("%s", async (_name, value, type, text) => {
    expect(await literal(value, type)).toBe(text);
  });

  it("cut text at 1000 bytes, on lines that SQL*Plus takes, and make a CLOB of more than 4000", async () => {
    const medium = (await literal("é".repeat(1200))) ?? "";
    const [first, second, third] = [500, 500, 200].map((length) => `'${"é".repeat(length)}'`);
    expect(medium).toBe(`${first}\n  || ${second} || ${third}`);
    const long = (await literal("x".repeat(4001))) ?? "";
    expect(long.match(/TO_CLOB\('x+'\)/g)).toHaveLength(5);
    for (const text of [medium, long, (await literal("\n".repeat(4000))) ?? ""]) {
      expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThan(2499);
    }
  });

  it.each([
    ["NaN", NaN, undefined],
    ["infinity", Infinity, t.double()],
    ["a number beyond NUMBER", 1e126, t.double()],
    ["a number next to zero", 1e-131, undefined],
    ["a number of 39 digits", 10n ** 38n, undefined],
    ["half of a surrogate pair", "\ud800", undefined],
    ["no bytes in a RAW", Buffer.alloc(0), oracle.RAW(5)],
    ["more bytes than a literal takes", Buffer.alloc(2001), undefined],
    ["a time of day", new Date(0), t.time()],
    ["an array", [1], t.array(t.integer())],
  ] as const)("refuse %s", async (_name, value, type) => {
    await expect(literal(value as never, type)).rejects.toThrow(LiteralError);
  });

  it("refuse a comment that is longer than the server keeps", async () => {
    await expect(compile((op) => op.createTableComment("t", "é".repeat(2001)))).rejects.toThrow(LiteralError);
  });
});

describe("privileges on all that is in a schema", () => {
  const grant: Body = (op) => op.grant("select any table", "app", "reader", { type: "schema" });

  it("are granted on the schema, from version 23 on", async () => {
    expect((await compile(grant, "23")).statements).toEqual(["GRANT SELECT ANY TABLE ON SCHEMA app TO reader"]);
    await expect(compile(grant, "19")).rejects.toThrow("Oracle 19 has no privileges on schemas; version 23 has.");
  });
});
