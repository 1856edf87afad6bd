import {
  compileOperations,
  mysql,
  check,
  column,
  computed,
  foreignKey,
  identity,
  index,
  postgresql,
  primaryKey,
  references,
  sequence,
  sql,
  t,
  table,
  unique,
  type Operations,
} from "sqlembic";
import { describe, expect, it } from "vitest";

type Case = readonly [(op: Operations) => unknown, readonly string[]];

/** Calls and the statements that Alembic 1.19 renders for them, with white space folded. */
const cases: readonly Case[] = [
  [(op) => op.createTable("t", [column("x", t.integer())]), ["CREATE TABLE t (x INTEGER)"]],
  [(op) => op.createTable("t", [column("x", t.bigInteger())]), ["CREATE TABLE t (x BIGINT)"]],
  [(op) => op.createTable("t", [column("x", t.smallInteger())]), ["CREATE TABLE t (x SMALLINT)"]],
  [(op) => op.createTable("t", [column("x", t.string())]), ["CREATE TABLE t (x VARCHAR)"]],
  [
    (op) => op.createTable("t", [column("x", t.string(5, { collation: "de_DE" }))]),
    ['CREATE TABLE t (x VARCHAR(5) COLLATE "de_DE")'],
  ],
  [(op) => op.createTable("t", [column("x", t.text({ collation: "C" }))]), ['CREATE TABLE t (x TEXT COLLATE "C")']],
  [(op) => op.createTable("t", [column("x", t.unicode(5))]), ["CREATE TABLE t (x VARCHAR(5))"]],
  [(op) => op.createTable("t", [column("x", t.unicodeText())]), ["CREATE TABLE t (x TEXT)"]],
  [
    (op) => op.createTable("t", [column("x", t.boolean({ createConstraint: true, name: "b" }))]),
    ["CREATE TABLE t (x BOOLEAN)"],
  ],
  [(op) => op.createTable("t", [column("x", t.date())]), ["CREATE TABLE t (x DATE)"]],
  [(op) => op.createTable("t", [column("x", t.dateTime())]), ["CREATE TABLE t (x TIMESTAMP WITHOUT TIME ZONE)"]],
  [
    (op) => op.createTable("t", [column("x", t.dateTime({ timezone: true }))]),
    ["CREATE TABLE t (x TIMESTAMP WITH TIME ZONE)"],
  ],
  [(op) => op.createTable("t", [column("x", t.time({ timezone: true }))]), ["CREATE TABLE t (x TIME WITH TIME ZONE)"]],
  [(op) => op.createTable("t", [column("x", t.interval())]), ["CREATE TABLE t (x INTERVAL)"]],
  [(op) => op.createTable("t", [column("x", t.interval({ precision: 3 }))]), ["CREATE TABLE t (x INTERVAL (3))"]],
  [(op) => op.createTable("t", [column("x", t.float())]), ["CREATE TABLE t (x FLOAT)"]],
  [(op) => op.createTable("t", [column("x", t.float(5))]), ["CREATE TABLE t (x FLOAT(5))"]],
  [(op) => op.createTable("t", [column("x", t.double())]), ["CREATE TABLE t (x DOUBLE PRECISION)"]],
  [(op) => op.createTable("t", [column("x", t.numeric())]), ["CREATE TABLE t (x NUMERIC)"]],
  [(op) => op.createTable("t", [column("x", t.numeric(5))]), ["CREATE TABLE t (x NUMERIC(5))"]],
  [(op) => op.createTable("t", [column("x", t.numeric(10, 2))]), ["CREATE TABLE t (x NUMERIC(10, 2))"]],
  [(op) => op.createTable("t", [column("x", t.largeBinary())]), ["CREATE TABLE t (x BYTEA)"]],
  [(op) => op.createTable("t", [column("x", t.largeBinary(5))]), ["CREATE TABLE t (x BYTEA)"]],
  [(op) => op.createTable("t", [column("x", t.json())]), ["CREATE TABLE t (x JSON)"]],
  [(op) => op.createTable("t", [column("x", t.uuid())]), ["CREATE TABLE t (x UUID)"]],
  [(op) => op.createTable("t", [column("x", t.array(t.integer()))]), ["CREATE TABLE t (x INTEGER[])"]],
  [
    (op) => op.createTable("t", [column("x", t.array(t.integer(), { dimensions: 2 }))]),
    ["CREATE TABLE t (x INTEGER[][])"],
  ],
  [
    (op) => op.createTable("t", [column("x", t.array(t.string(5, { collation: "C" })))]),
    ['CREATE TABLE t (x VARCHAR(5)[] COLLATE "C")'],
  ],
  [
    (op) => op.createTable("t", [column("x", t.enum(["a", "b"], { name: "e" }))]),
    ["CREATE TYPE e AS ENUM ('a', 'b')", "CREATE TABLE t (x e)"],
  ],
  [
    (op) => op.createTable("t", [column("x", t.enum(["a", "bcd"], { name: "e", nativeEnum: false }))]),
    ["CREATE TABLE t (x VARCHAR(3))"],
  ],
  [
    (op) =>
      op.createTable("t", [
        column("x", t.enum(["a", "bcd"], { name: "e", nativeEnum: false, createConstraint: true })),
      ]),
    ["CREATE TABLE t (x VARCHAR(3), CONSTRAINT e CHECK (x IN ('a', 'bcd')))"],
  ],
  [
    (op) => op.createTable("t", [column("x", t.enum(["a", "bcd"], { name: "e", nativeEnum: false, length: 20 }))]),
    ["CREATE TABLE t (x VARCHAR(20))"],
  ],
  [
    (op) => op.createTable("t", [column("x", t.enum(["it's", "b"], { name: "E x", schema: "s" }))]),
    ["CREATE TYPE s.\"E x\" AS ENUM ('it''s', 'b')", 'CREATE TABLE t (x s."E x")'],
  ],
  [(op) => op.createTable("t", [column("x", t.BIGINT())]), ["CREATE TABLE t (x BIGINT)"]],
  [(op) => op.createTable("t", [column("x", t.BOOLEAN())]), ["CREATE TABLE t (x BOOLEAN)"]],
  [(op) => op.createTable("t", [column("x", t.CHAR())]), ["CREATE TABLE t (x CHAR)"]],
  [(op) => op.createTable("t", [column("x", t.DATE())]), ["CREATE TABLE t (x DATE)"]],
  [(op) => op.createTable("t", [column("x", t.DECIMAL())]), ["CREATE TABLE t (x DECIMAL)"]],
  [(op) => op.createTable("t", [column("x", t.DOUBLE_PRECISION())]), ["CREATE TABLE t (x DOUBLE PRECISION)"]],
  [(op) => op.createTable("t", [column("x", t.FLOAT())]), ["CREATE TABLE t (x FLOAT)"]],
  [(op) => op.createTable("t", [column("x", t.INTEGER())]), ["CREATE TABLE t (x INTEGER)"]],
  [(op) => op.createTable("t", [column("x", t.JSON())]), ["CREATE TABLE t (x JSON)"]],
  [(op) => op.createTable("t", [column("x", t.NUMERIC())]), ["CREATE TABLE t (x NUMERIC)"]],
  [(op) => op.createTable("t", [column("x", t.REAL())]), ["CREATE TABLE t (x REAL)"]],
  [(op) => op.createTable("t", [column("x", t.SMALLINT())]), ["CREATE TABLE t (x SMALLINT)"]],
  [(op) => op.createTable("t", [column("x", t.TEXT())]), ["CREATE TABLE t (x TEXT)"]],
  [(op) => op.createTable("t", [column("x", t.TIME())]), ["CREATE TABLE t (x TIME WITHOUT TIME ZONE)"]],
  [(op) => op.createTable("t", [column("x", t.TIMESTAMP())]), ["CREATE TABLE t (x TIMESTAMP WITHOUT TIME ZONE)"]],
  [(op) => op.createTable("t", [column("x", t.UUID())]), ["CREATE TABLE t (x UUID)"]],
  [(op) => op.createTable("t", [column("x", t.VARCHAR())]), ["CREATE TABLE t (x VARCHAR)"]],
  [(op) => op.createTable("t", [column("x", t.CHAR(5))]), ["CREATE TABLE t (x CHAR(5))"]],
  [
    (op) => op.createTable("t", [column("x", t.TIMESTAMP({ timezone: true }))]),
    ["CREATE TABLE t (x TIMESTAMP WITH TIME ZONE)"],
  ],
  [(op) => op.createTable("t", [column("x", t.DECIMAL(8, 3))]), ["CREATE TABLE t (x DECIMAL(8, 3))"]],
  [(op) => op.createTable("t", [column("x", postgresql.BYTEA())]), ["CREATE TABLE t (x BYTEA)"]],
  [(op) => op.createTable("t", [column("x", postgresql.CIDR())]), ["CREATE TABLE t (x CIDR)"]],
  [(op) => op.createTable("t", [column("x", postgresql.CITEXT())]), ["CREATE TABLE t (x CITEXT)"]],
  [(op) => op.createTable("t", [column("x", postgresql.DATERANGE())]), ["CREATE TABLE t (x DATERANGE)"]],
  [(op) => op.createTable("t", [column("x", postgresql.HSTORE())]), ["CREATE TABLE t (x HSTORE)"]],
  [(op) => op.createTable("t", [column("x", postgresql.INET())]), ["CREATE TABLE t (x INET)"]],
  [(op) => op.createTable("t", [column("x", postgresql.INT4RANGE())]), ["CREATE TABLE t (x INT4RANGE)"]],
  [(op) => op.createTable("t", [column("x", postgresql.INT8RANGE())]), ["CREATE TABLE t (x INT8RANGE)"]],
  [(op) => op.createTable("t", [column("x", postgresql.INT4MULTIRANGE())]), ["CREATE TABLE t (x INT4MULTIRANGE)"]],
  [(op) => op.createTable("t", [column("x", postgresql.INT8MULTIRANGE())]), ["CREATE TABLE t (x INT8MULTIRANGE)"]],
  [(op) => op.createTable("t", [column("x", postgresql.NUMMULTIRANGE())]), ["CREATE TABLE t (x NUMMULTIRANGE)"]],
  [(op) => op.createTable("t", [column("x", postgresql.DATEMULTIRANGE())]), ["CREATE TABLE t (x DATEMULTIRANGE)"]],
  [(op) => op.createTable("t", [column("x", postgresql.TSMULTIRANGE())]), ["CREATE TABLE t (x TSMULTIRANGE)"]],
  [(op) => op.createTable("t", [column("x", postgresql.TSTZMULTIRANGE())]), ["CREATE TABLE t (x TSTZMULTIRANGE)"]],
  [(op) => op.createTable("t", [column("x", postgresql.JSONB())]), ["CREATE TABLE t (x JSONB)"]],
  [(op) => op.createTable("t", [column("x", postgresql.JSONPATH())]), ["CREATE TABLE t (x JSONPATH)"]],
  [(op) => op.createTable("t", [column("x", postgresql.MACADDR())]), ["CREATE TABLE t (x MACADDR)"]],
  [(op) => op.createTable("t", [column("x", postgresql.MACADDR8())]), ["CREATE TABLE t (x MACADDR8)"]],
  [(op) => op.createTable("t", [column("x", postgresql.MONEY())]), ["CREATE TABLE t (x MONEY)"]],
  [(op) => op.createTable("t", [column("x", postgresql.NUMRANGE())]), ["CREATE TABLE t (x NUMRANGE)"]],
  [(op) => op.createTable("t", [column("x", postgresql.OID())]), ["CREATE TABLE t (x OID)"]],
  [(op) => op.createTable("t", [column("x", postgresql.REGCLASS())]), ["CREATE TABLE t (x REGCLASS)"]],
  [(op) => op.createTable("t", [column("x", postgresql.REGCONFIG())]), ["CREATE TABLE t (x REGCONFIG)"]],
  [(op) => op.createTable("t", [column("x", postgresql.TSQUERY())]), ["CREATE TABLE t (x TSQUERY)"]],
  [(op) => op.createTable("t", [column("x", postgresql.TSRANGE())]), ["CREATE TABLE t (x TSRANGE)"]],
  [(op) => op.createTable("t", [column("x", postgresql.TSTZRANGE())]), ["CREATE TABLE t (x TSTZRANGE)"]],
  [(op) => op.createTable("t", [column("x", postgresql.TSVECTOR())]), ["CREATE TABLE t (x TSVECTOR)"]],
  [(op) => op.createTable("t", [column("x", postgresql.INTERVAL())]), ["CREATE TABLE t (x INTERVAL)"]],
  [(op) => op.createTable("t", [column("x", postgresql.TIME())]), ["CREATE TABLE t (x TIME WITHOUT TIME ZONE)"]],
  [
    (op) => op.createTable("t", [column("x", postgresql.TIMESTAMP())]),
    ["CREATE TABLE t (x TIMESTAMP WITHOUT TIME ZONE)"],
  ],
  [(op) => op.createTable("t", [column("x", postgresql.BIT(3))]), ["CREATE TABLE t (x BIT(3))"]],
  [
    (op) => op.createTable("t", [column("x", postgresql.BIT(undefined, { varying: true }))]),
    ["CREATE TABLE t (x BIT VARYING)"],
  ],
  [
    (op) => op.createTable("t", [column("x", postgresql.BIT(5, { varying: true }))]),
    ["CREATE TABLE t (x BIT VARYING(5))"],
  ],
  [(op) => op.createTable("t", [column("x", postgresql.BIT())]), ["CREATE TABLE t (x BIT(1))"]],
  [
    (op) => op.createTable("t", [column("x", postgresql.INTERVAL({ fields: "DAY TO SECOND", precision: 3 }))]),
    ["CREATE TABLE t (x INTERVAL DAY TO SECOND (3))"],
  ],
  [
    (op) => op.createTable("t", [column("x", postgresql.TIMESTAMP({ precision: 3, timezone: true }))]),
    ["CREATE TABLE t (x TIMESTAMP(3) WITH TIME ZONE)"],
  ],
  [
    (op) => op.createTable("t", [column("x", postgresql.TIME({ precision: 0 }))]),
    ["CREATE TABLE t (x TIME(0) WITHOUT TIME ZONE)"],
  ],
  [
    (op) => op.createTable("t", [column("x", postgresql.ENUM(["a"], { name: "e", createType: false }))]),
    ["CREATE TABLE t (x e)"],
  ],
  [(op) => op.createTable("t", [column("x", postgresql.DOMAIN("d"))]), ["CREATE TABLE t (x d)"]],
  [
    (op) => op.createTable("t", [column("x", t.json().withVariant(postgresql.JSONB(), "postgresql"))]),
    ["CREATE TABLE t (x JSONB)"],
  ],
  [
    (op) => op.createTable("t", [column("x", t.integer(), { primaryKey: true }), column("y", t.integer())]),
    ["CREATE TABLE t (x SERIAL NOT NULL, y INTEGER, PRIMARY KEY (x))"],
  ],
  [
    (op) =>
      op.createTable("t", [
        column("x", t.integer(), { primaryKey: true, autoincrement: false }),
        column("y", t.integer()),
      ]),
    ["CREATE TABLE t (x INTEGER NOT NULL, y INTEGER, PRIMARY KEY (x))"],
  ],
  [
    (op) => op.createTable("t", [column("x", t.integer(), { nullable: false }), column("y", t.integer())]),
    ["CREATE TABLE t (x INTEGER NOT NULL, y INTEGER)"],
  ],
  [
    (op) => op.createTable("t", [column("x", t.integer(), { unique: true }), column("y", t.integer())]),
    ["CREATE TABLE t (x INTEGER, y INTEGER, UNIQUE (x))"],
  ],
  [
    (op) => op.createTable("t", [column("x", t.integer(), { index: true, unique: true }), column("y", t.integer())]),
    ["CREATE TABLE t (x INTEGER, y INTEGER)", "CREATE UNIQUE INDEX ix_t_x ON t (x)"],
  ],
  [
    (op) => op.createTable("t", [column("x", t.integer(), { serverDefault: "5" }), column("y", t.integer())]),
    ["CREATE TABLE t (x INTEGER DEFAULT '5', y INTEGER)"],
  ],
  [
    (op) => op.createTable("t", [column("x", t.integer(), { serverDefault: sql`5` }), column("y", t.integer())]),
    ["CREATE TABLE t (x INTEGER DEFAULT 5, y INTEGER)"],
  ],
  [
    (op) => op.createTable("t", [column("x", t.integer(), { serverDefault: sql`now()` }), column("y", t.integer())]),
    ["CREATE TABLE t (x INTEGER DEFAULT now(), y INTEGER)"],
  ],
  [
    (op) => op.createTable("t", [column("x", t.integer(), { identity: identity() }), column("y", t.integer())]),
    ["CREATE TABLE t (x INTEGER GENERATED BY DEFAULT AS IDENTITY, y INTEGER)"],
  ],
  [
    (op) =>
      op.createTable("t", [
        column("x", t.integer(), {
          identity: identity({ always: true, start: 3, increment: 2, minvalue: 1, maxvalue: 9, cycle: true, cache: 5 }),
          primaryKey: true,
        }),
        column("y", t.integer()),
      ]),
    [
      "CREATE TABLE t (x INTEGER GENERATED ALWAYS AS IDENTITY (INCREMENT BY 2 START WITH 3 MINVALUE 1 MAXVALUE 9 CACHE 5 CYCLE), y INTEGER, PRIMARY KEY (x))",
    ],
  ],
  [
    (op) =>
      op.createTable("t", [
        column("x", t.integer(), { identity: identity(), nullable: true }),
        column("y", t.integer()),
      ]),
    ["CREATE TABLE t (x INTEGER GENERATED BY DEFAULT AS IDENTITY NULL, y INTEGER)"],
  ],
  [
    (op) =>
      op.createTable("t", [
        column("x", t.integer(), { computed: computed("y*2", { persisted: true }) }),
        column("y", t.integer()),
      ]),
    ["CREATE TABLE t (x INTEGER GENERATED ALWAYS AS (y*2) STORED, y INTEGER)"],
  ],
  [
    (op) =>
      op.createTable("t", [
        column("x", t.integer(), {
          references: references("a.b", {
            onDelete: "CASCADE",
            onUpdate: "SET NULL",
            deferrable: true,
            initially: "DEFERRED",
            match: "FULL",
            name: "fk",
          }),
        }),
        column("y", t.integer()),
      ]),
    [
      "CREATE TABLE t (x INTEGER, y INTEGER, CONSTRAINT fk FOREIGN KEY(x) REFERENCES a (b) MATCH FULL ON DELETE CASCADE ON UPDATE SET NULL DEFERRABLE INITIALLY DEFERRED)",
    ],
  ],
  [
    (op) =>
      op.createTable("t", [column("x", t.integer(), { references: references("s.a.b") }), column("y", t.integer())]),
    ["CREATE TABLE t (x INTEGER, y INTEGER, FOREIGN KEY(x) REFERENCES s.a (b))"],
  ],
  [
    (op) =>
      op.createTable("t", [
        column("x", t.integer(), { references: references("a.b", { useAlter: true, name: "fk" }) }),
        column("y", t.integer()),
      ]),
    ["CREATE TABLE t (x INTEGER, y INTEGER)", "ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY(x) REFERENCES a (b)"],
  ],
  [
    (op) => op.createTable("t", [column("x", t.integer(), { check: check("x>0") }), column("y", t.integer())]),
    ["CREATE TABLE t (x INTEGER CHECK (x>0), y INTEGER)"],
  ],
  [
    (op) => op.createTable("t", [column("x", t.integer(), { comment: "it's" }), column("y", t.integer())]),
    ["CREATE TABLE t (x INTEGER, y INTEGER)", "COMMENT ON COLUMN t.x IS 'it''s'"],
  ],
  [
    (op) => op.createTable("t", [column("x", t.integer(), { system: true }), column("y", t.integer())]),
    ["CREATE TABLE t (y INTEGER)"],
  ],
  [
    (op) =>
      op.createTable("t", [
        column("x", t.integer(), { sequence: sequence("sq", { start: 5 }), primaryKey: true }),
        column("y", t.integer()),
      ]),
    ["CREATE TABLE t (x INTEGER NOT NULL, y INTEGER, PRIMARY KEY (x))"],
  ],
  [
    (op) => op.createTable("t", [column("x", t.integer(), { quote: true }), column("y", t.integer())]),
    ['CREATE TABLE t ("x" INTEGER, y INTEGER)'],
  ],
  [
    (op) =>
      op.createTable("t", [
        column("a", t.integer(), { primaryKey: true }),
        column("b", t.integer(), { primaryKey: true }),
      ]),
    ["CREATE TABLE t (a INTEGER NOT NULL, b INTEGER NOT NULL, PRIMARY KEY (a, b))"],
  ],
  [
    (op) => op.createTable("t", [column("a", t.integer()), primaryKey(["a"], { name: "pk" })]),
    ["CREATE TABLE t (a SERIAL NOT NULL, CONSTRAINT pk PRIMARY KEY (a))"],
  ],
  [
    (op) => op.createTable("t", [column("a", t.bigInteger()), primaryKey(["a"])]),
    ["CREATE TABLE t (a BIGSERIAL NOT NULL, PRIMARY KEY (a))"],
  ],
  [
    (op) => op.createTable("t", [column("a", t.smallInteger(), { primaryKey: true })]),
    ["CREATE TABLE t (a SMALLSERIAL NOT NULL, PRIMARY KEY (a))"],
  ],
  [
    (op) =>
      op.createTable("t", [
        column("a", t.integer(), { references: references("x.y"), unique: true }),
        column("b", t.integer(), { unique: true }),
        unique(["a", "b"], { name: "u" }),
        check("a>b", { name: "c" }),
        foreignKey(["a"], ["q.r"]),
        index("i1", ["a"]),
        index("i2", [sql`lower(a)`], { unique: true }),
      ]),
    [
      "CREATE TABLE t (a INTEGER, b INTEGER, CONSTRAINT u UNIQUE (a, b), CONSTRAINT c CHECK (a>b), FOREIGN KEY(a) REFERENCES q (r), UNIQUE (a), FOREIGN KEY(a) REFERENCES x (y), UNIQUE (b))",
      "CREATE INDEX i1 ON t (a)",
      "CREATE UNIQUE INDEX i2 ON t (lower(a))",
    ],
  ],
  [
    (op) =>
      op.createTable("t", [column("a", t.integer())], {
        schema: "S",
        prefixes: ["TEMPORARY"],
        postgresql: {
          onCommit: "PRESERVE ROWS",
          tablespace: "ts",
          with: { fillfactor: 70 },
          partitionBy: "LIST (a)",
          inherits: ["p", "Q"],
          using: "heap",
        },
      }),
    [
      'CREATE TEMPORARY TABLE "S".t (a INTEGER) INHERITS (p, "Q") PARTITION BY LIST (a) USING heap WITH (fillfactor = 70) ON COMMIT PRESERVE ROWS TABLESPACE ts',
    ],
  ],
  [
    (op) =>
      op.createIndex("i", "t", ["a", sql`b DESC`], {
        unique: true,
        schema: "s",
        ifNotExists: true,
        postgresql: {
          using: "GIN",
          include: ["c"],
          where: sql`a>1`,
          ops: { a: "text_pattern_ops" },
          concurrently: true,
          with: { fillfactor: 50 },
          tablespace: "x",
        },
      }),
    [
      "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON s.t USING gin (a text_pattern_ops, b DESC) INCLUDE (c) WITH (fillfactor = 50) TABLESPACE x WHERE a>1",
    ],
  ],
  [
    (op) => op.createUniqueConstraint("u", "t", ["a"], { postgresql: { include: ["b"] } }),
    ["ALTER TABLE t ADD CONSTRAINT u UNIQUE (a) INCLUDE (b)"],
  ],
  [
    (op) => op.createPrimaryKey("u", "t", ["a"], { postgresql: { include: ["b"] } }),
    ["ALTER TABLE t ADD CONSTRAINT u PRIMARY KEY (a) INCLUDE (b)"],
  ],
  [
    (op) => op.createCheckConstraint("u", "t", "a>1", { postgresql: { notValid: true } }),
    ["ALTER TABLE t ADD CONSTRAINT u CHECK (a>1) NOT VALID"],
  ],
  [
    (op) =>
      op.createExcludeConstraint(
        "e",
        "t",
        [
          ["p", "="],
          [sql`q`, "&&"],
        ],
        { where: sql`p>1`, using: "gist", deferrable: true, initially: "DEFERRED" },
      ),
    [
      "ALTER TABLE t ADD CONSTRAINT e EXCLUDE USING gist (p WITH =, q WITH &&) WHERE (p>1) DEFERRABLE INITIALLY DEFERRED",
    ],
  ],
  [
    (op) =>
      op.bulkInsert(
        table("t", [
          column("a", t.integer()),
          column("b", t.string()),
          column("c", t.boolean()),
          column("d", t.dateTime()),
          column("e", t.date()),
          column("f", t.numeric()),
          column("g", t.float()),
        ]),
        [
          { a: 1, b: "x'y", c: true, d: new Date("2020-01-02T03:04:05Z"), e: new Date("2020-01-02"), f: 1, g: 1.5 },
          { a: null, b: null, c: false, d: null, e: null, f: null, g: null },
        ],
      ),
    [
      "INSERT INTO t (a, b, c, d, e, f, g) VALUES (1, 'x''y', true, '2020-01-02 03:04:05', '2020-01-02', 1, 1.5)",
      "INSERT INTO t (a, b, c, d, e, f, g) VALUES (NULL, NULL, false, NULL, NULL, NULL, NULL)",
    ],
  ],
  [
    (op) =>
      op.alterColumn("t", "a", {
        nullable: true,
        serverDefault: "x",
        type: t.string(5),
        comment: "c",
        newColumnName: "b",
      }),
    [
      "ALTER TABLE t ALTER COLUMN a TYPE VARCHAR(5)",
      "ALTER TABLE t ALTER COLUMN a DROP NOT NULL",
      "ALTER TABLE t ALTER COLUMN a SET DEFAULT 'x'",
      "COMMENT ON COLUMN t.a IS 'c'",
      "ALTER TABLE t RENAME a TO b",
    ],
  ],
  [
    (op) => op.alterColumn("t", "a", { serverDefault: identity(), existingServerDefault: null, nullable: false }),
    ["ALTER TABLE t ALTER COLUMN a SET NOT NULL", "ALTER TABLE t ALTER COLUMN a ADD GENERATED BY DEFAULT AS IDENTITY"],
  ],
  [
    (op) => op.alterColumn("t", "a", { serverDefault: null, existingServerDefault: identity() }),
    ["ALTER TABLE t ALTER COLUMN a DROP IDENTITY"],
  ],
  [(op) => op.alterColumn("t", "a", { comment: null }), ["COMMENT ON COLUMN t.a IS NULL"]],
  [
    (op) => op.alterColumn("t", "a", { type: t.enum(["a", "b"], { name: "e", createType: false }) }),
    ["ALTER TABLE t ALTER COLUMN a TYPE e"],
  ],
  [
    (op) =>
      op.addColumn(
        "t",
        column("a", t.integer(), {
          references: references("x.y", { name: "fk" }),
          identity: identity(),
          comment: "c",
          unique: true,
          nullable: false,
        }),
        { schema: "s" },
      ),
    [
      "ALTER TABLE s.t ADD COLUMN a INTEGER GENERATED BY DEFAULT AS IDENTITY",
      "ALTER TABLE s.t ADD UNIQUE (a)",
      "ALTER TABLE s.t ADD CONSTRAINT fk FOREIGN KEY(a) REFERENCES x (y)",
      "COMMENT ON COLUMN s.t.a IS 'c'",
    ],
  ],
  [
    (op) => op.addColumn("t", column("a", t.integer(), { check: check("a>0", { name: "q" }), index: true })),
    ["ALTER TABLE t ADD COLUMN a INTEGER CONSTRAINT q CHECK (a>0)", "CREATE INDEX ix_t_a ON t (a)"],
  ],
  [(op) => op.dropColumn("t", "a", { ifExists: true, schema: "s" }), ["ALTER TABLE s.t DROP COLUMN IF EXISTS a"]],
  [
    (op) => op.createUniqueConstraint(op.f("u".repeat(70)), "t", ["b"]),
    ["ALTER TABLE t ADD CONSTRAINT uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu_925e UNIQUE (b)"],
  ],
  [(op) => op.dropTable("user"), ['DROP TABLE "user"']],
  [(op) => op.dropTable("order"), ['DROP TABLE "order"']],
  [(op) => op.dropTable("Mixed"), ['DROP TABLE "Mixed"']],
  [(op) => op.dropTable("with space"), ['DROP TABLE "with space"']],
  [(op) => op.dropTable("1a"), ['DROP TABLE "1a"']],
  [(op) => op.dropTable("a$b"), ["DROP TABLE a$b"]],
  [(op) => op.dropTable("été"), ['DROP TABLE "été"']],
  [(op) => op.dropTable("a.b"), ['DROP TABLE "a.b"']],
  [(op) => op.dropTable("select"), ['DROP TABLE "select"']],
  [(op) => op.dropTable('a"b'), ['DROP TABLE "a""b"']],
];

const convention = {
  ix: "ix_%(table_name)s_%(column_0_N_name)s",
  uq: "uq_%(table_name)s_%(column_0N_name)s",
  ck: "ck_%(table_name)s_%(constraint_name)s",
  fk: "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s_%(referred_column_0_name)s",
  pk: "pk_%(table_name)s",
};

const underConvention: readonly Case[] = [
  [
    (op) =>
      op.createTable("t", [
        column("a", t.integer(), { primaryKey: true }),
        column("b", t.integer(), { references: references("x.y"), unique: true }),
        column("c", t.integer(), { index: true }),
        unique(["a", "b"]),
        index(null, ["a", "b"]),
        check("a>0", { name: "pos" }),
      ]),
    [
      "CREATE TABLE t (a SERIAL NOT NULL, b INTEGER, c INTEGER, CONSTRAINT pk_t PRIMARY KEY (a), CONSTRAINT uq_t_ab UNIQUE (a, b), CONSTRAINT ck_t_pos CHECK (a>0), CONSTRAINT uq_t_b UNIQUE (b), CONSTRAINT fk_t_b_x_y FOREIGN KEY(b) REFERENCES x (y))",
      "CREATE INDEX ix_t_a_b ON t (a, b)",
      "CREATE INDEX ix_t_c ON t (c)",
    ],
  ],
  [
    (op) => op.createForeignKey(null, "t", "x", ["a"], ["y"]),
    ["ALTER TABLE t ADD CONSTRAINT fk_t_a_x_y FOREIGN KEY(a) REFERENCES x (y)"],
  ],
  [(op) => op.createPrimaryKey(null, "t", ["a"]), ["ALTER TABLE t ADD CONSTRAINT pk_t PRIMARY KEY (a)"]],
  [(op) => op.createIndex(null, "t", ["a", "b"]), ["CREATE INDEX ix_t_a_b ON t (a, b)"]],
  [(op) => op.createCheckConstraint("z", "t", "a>1"), ["ALTER TABLE t ADD CONSTRAINT ck_t_z CHECK (a>1)"]],
  [(op) => op.dropConstraint("z", "t", { type: "check" }), ["ALTER TABLE t DROP CONSTRAINT ck_t_z"]],
  [
    (op) => op.createUniqueConstraint(null, "t".repeat(40), ["b".repeat(40)]),
    [
      "ALTER TABLE tttttttttttttttttttttttttttttttttttttttt ADD CONSTRAINT uq_tttttttttttttttttttttttttttttttttttttttt_bbbbbbbbbbb_954c UNIQUE (bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb)",
    ],
  ],
];

function folded(text: string): string {
  return text.replace(/\s+/g, " ").replace(/\( /g, "(").replace(/ \)/g, ")");
}

describe("PostgreSQL", () => {
  it.each(cases)("renders %s as Alembic does", async (body, expected) => {
    const statements = await compileOperations(body, { dialect: "postgresql" });
    expect(statements.map(({ sql: text }) => folded(text))).toEqual(expected);
  });

  it.each(underConvention)("names by the convention in %s", async (body, expected) => {
    const statements = await compileOperations(body, { dialect: "postgresql", namingConvention: convention });
    expect(statements.map(({ sql: text }) => folded(text))).toEqual(expected);
  });

  it.each([
    [
      "a virtual computed column before 18",
      (op: Operations) =>
        op.addColumn("t", column("x", t.integer(), { computed: computed("y", { persisted: false }) })),
      "17",
      /18/,
    ],
    [
      "NULLS NOT DISTINCT before 15",
      (op: Operations) => op.createIndex("i", "t", ["a"], { postgresql: { nullsNotDistinct: true } }),
      "14",
      /15/,
    ],
    ["a type of another dialect", (op: Operations) => op.addColumn("t", column("x", mysql.TINYINT())), "16", /TINYINT/],
    ["an enum without a name", (op: Operations) => op.addColumn("t", column("x", t.enum(["a"]))), "16", /name/],
    ["a NUL character in text", (op: Operations) => op.bulkInsert("t", [{ a: "x\0y" }]), "16", /NUL/],
    [
      "a name of a constraint that the server would cut",
      (op: Operations) => op.createUniqueConstraint("u".repeat(64), "t", ["a"]),
      "16",
      /63/,
    ],
  ] as const)("refuses %s and says why", async (_what, body, targetVersion, message) => {
    await expect(compileOperations(body, { dialect: "postgresql", targetVersion })).rejects.toThrow(message);
  });

  it("takes dots in the names of referred columns for what they are", async () => {
    const body = (op: Operations): void => op.createForeignKey("fk", "t", "u", ["a", "b"], ["x.a", "b"]);
    const [statement] = await compileOperations(body, { dialect: "postgresql" });
    expect(statement?.sql).toBe('ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY(a, b) REFERENCES u ("x.a", b)');
  });

  it("says what the server makes of a name that is too long for it", async () => {
    const notices: string[] = [];
    const [statement] = await compileOperations((op) => op.addColumn("t", column("é".repeat(40), t.integer())), {
      dialect: "postgresql",
      notice: (text) => notices.push(text),
    });
    expect(statement?.sql).toBe(`ALTER TABLE t ADD COLUMN "${"é".repeat(40)}" INTEGER`);
    expect(notices).toEqual([
      `The name "${"é".repeat(40)}" is too long for the server, which cuts it: "${"é".repeat(31)}".`,
    ]);
  });

  it("shortens the names that a convention makes with a checksum, as SQLAlchemy does", async () => {
    const [statement] = await compileOperations((op) => op.createUniqueConstraint(op.f("u".repeat(70)), "t", ["b"]), {
      dialect: "postgresql",
    });
    expect(statement?.sql).toBe(`ALTER TABLE t ADD CONSTRAINT ${"u".repeat(55)}_925e UNIQUE (b)`);
  });
});
