import { describe, expect, it } from "vitest";
import {
  check,
  column,
  compileOperations,
  computed,
  primaryKey,
  references,
  sql,
  sqlite,
  t,
  unique,
  type Operations,
} from "../../../src/index.js";

type Case = readonly [what: string, body: (op: Operations) => unknown, statements: readonly string[]];

function folded(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/\s*([(),])\s*/g, "$1")
    .trim();
}

/** Calls and the statements that Alembic 1.19 renders for them, with white space folded. */
const types: readonly Case[] = [
  [
    "integer",
    (op) => {
      op.createTable("t", [column("x", t.integer()), column("y", t.bigInteger()), column("z", t.smallInteger())]);
    },
    ["CREATE TABLE t(x INTEGER,y BIGINT,z SMALLINT)"],
  ],
  [
    "text",
    (op) => {
      op.createTable("t", [
        column("a", t.string(5, { collation: "NOCASE" })),
        column("b", t.text()),
        column("c", t.text(9)),
        column("d", t.unicode(5)),
        column("e", t.unicodeText()),
        column("f", t.CHAR(2)),
        column("g", t.NVARCHAR(3)),
        column("h", t.CLOB()),
      ]);
    },
    [
      'CREATE TABLE t(a VARCHAR(5)COLLATE "NOCASE",b TEXT,c TEXT(9),d VARCHAR(5),e TEXT,f CHAR(2),g NVARCHAR(3),h CLOB)',
    ],
  ],
  [
    "numbers",
    (op) => {
      op.createTable("t", [
        column("a", t.float(5)),
        column("b", t.double()),
        column("c", t.numeric(10, 2)),
        column("d", t.numeric()),
        column("e", t.DECIMAL(5)),
        column("f", t.REAL()),
        column("g", t.DOUBLE_PRECISION()),
      ]);
    },
    ["CREATE TABLE t(a FLOAT,b DOUBLE,c NUMERIC(10,2),d NUMERIC,e DECIMAL(5),f REAL,g DOUBLE PRECISION)"],
  ],
  [
    "times",
    (op) => {
      op.createTable("t", [
        column("a", t.date()),
        column("b", t.dateTime({ timezone: true })),
        column("c", t.time()),
        column("d", t.interval()),
        column("e", t.TIMESTAMP()),
      ]);
    },
    ["CREATE TABLE t(a DATE,b DATETIME,c TIME,d DATETIME,e TIMESTAMP)"],
  ],
  [
    "others",
    (op) => {
      op.createTable("t", [
        column("a", t.largeBinary(5)),
        column("b", t.json()),
        column("c", t.uuid()),
        column("d", t.UUID()),
        column("e", t.BINARY(3)),
        column("f", sqlite.JSONB()),
        column("g", t.boolean()),
        column("h", t.enum(["a", "long"], { name: "e" })),
      ]);
    },
    ["CREATE TABLE t(a BLOB,b JSON,c CHAR(32),d UUID,e BINARY(3),f JSONB,g BOOLEAN,h VARCHAR(4))"],
  ],
  [
    "type checks",
    (op) => {
      op.createTable("t", [
        column("g", t.boolean({ createConstraint: true, name: "ck_g" })),
        column("h", t.enum(["a", "it's"], { name: "ck_h", createConstraint: true })),
      ]);
    },
    [
      "CREATE TABLE t(g BOOLEAN,h VARCHAR(4),CONSTRAINT ck_g CHECK(g IN(0,1)),CONSTRAINT ck_h CHECK(h IN('a','it''s')))",
    ],
  ],
  [
    "a variant",
    (op) => {
      op.createTable("t", [column("x", t.bigInteger().withVariant(t.integer(), "sqlite"))]);
    },
    ["CREATE TABLE t(x INTEGER)"],
  ],
];

const columns: readonly Case[] = [
  [
    "defaults",
    (op) => {
      op.createTable("t", [
        column("a", t.integer(), { serverDefault: "5" }),
        column("b", t.string(), { serverDefault: "it's" }),
        column("c", t.dateTime(), { serverDefault: sql`CURRENT_TIMESTAMP` }),
        column("d", t.integer(), { serverDefault: sql`1 + 1` }),
        column("e", t.integer(), { serverDefault: sql`(1 + 1)` }),
        column("f", t.text(), { serverDefault: sql`'x'` }),
        column("g", t.integer(), { serverDefault: sql`-1` }),
        column("h", t.text(), { serverDefault: sql`lower('A')` }),
        column("i", t.integer(), { serverDefault: sql`0` }),
      ]);
    },
    [
      "CREATE TABLE t(a INTEGER DEFAULT '5',b VARCHAR DEFAULT 'it''s',c DATETIME DEFAULT CURRENT_TIMESTAMP,d INTEGER DEFAULT(1 + 1),e INTEGER DEFAULT(1 + 1),f TEXT DEFAULT 'x',g INTEGER DEFAULT(-1),h TEXT DEFAULT(lower('A')),i INTEGER DEFAULT 0)",
    ],
  ],
  [
    "conflict clauses",
    (op) => {
      op.createTable("t", [
        column("id", t.integer(), { primaryKey: true, sqlite: { onConflictPrimaryKey: "FAIL" } }),
        column("a", t.integer(), {
          nullable: false,
          unique: true,
          sqlite: { onConflictNotNull: "IGNORE", onConflictUnique: "REPLACE" },
        }),
        unique(["a", "id"], { sqlite: { onConflict: "ROLLBACK" } }),
        check(sql`a > 0`, { name: "ck", sqlite: { onConflict: "FAIL" } }),
      ]);
    },
    [
      "CREATE TABLE t(id INTEGER NOT NULL,a INTEGER NOT NULL ON CONFLICT IGNORE,PRIMARY KEY(id)ON CONFLICT FAIL,UNIQUE(a,id)ON CONFLICT ROLLBACK,CONSTRAINT ck CHECK(a > 0)ON CONFLICT FAIL,UNIQUE(a)ON CONFLICT REPLACE)",
    ],
  ],
  [
    "AUTOINCREMENT",
    (op) => {
      op.createTable("t", [column("id", t.integer(), { primaryKey: true })], { sqlite: { autoincrement: true } });
    },
    ["CREATE TABLE t(id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT)"],
  ],
  [
    "AUTOINCREMENT with a conflict clause and a named key",
    (op) => {
      op.createTable(
        "t",
        [
          column("id", t.integer(), { sqlite: { onConflictPrimaryKey: "IGNORE" } }),
          primaryKey(["id"], { name: "pk_t" }),
        ],
        { sqlite: { autoincrement: true } },
      );
    },
    ["CREATE TABLE t(id INTEGER NOT NULL PRIMARY KEY ON CONFLICT IGNORE AUTOINCREMENT)"],
  ],
  [
    "AUTOINCREMENT asked for a key of two columns, of text and of a foreign key",
    (op) => {
      op.createTable(
        "t",
        [column("a", t.integer(), { primaryKey: true }), column("b", t.integer(), { primaryKey: true })],
        { sqlite: { autoincrement: true } },
      );
      op.createTable("u", [column("a", t.string(), { primaryKey: true })], { sqlite: { autoincrement: true } });
      op.createTable("v", [column("a", t.integer(), { primaryKey: true, references: references("o.id") })], {
        sqlite: { autoincrement: true },
      });
    },
    [
      "CREATE TABLE t(a INTEGER NOT NULL,b INTEGER NOT NULL,PRIMARY KEY(a,b))",
      "CREATE TABLE u(a VARCHAR NOT NULL,PRIMARY KEY(a))",
      "CREATE TABLE v(a INTEGER NOT NULL,PRIMARY KEY(a),FOREIGN KEY(a)REFERENCES o(id))",
    ],
  ],
  [
    "computed columns",
    (op) => {
      op.createTable("t", [
        column("a", t.integer()),
        column("b", t.integer(), { computed: computed(sql`a * 2`) }),
        column("c", t.integer(), { computed: computed(sql`a * 3`, { persisted: true }), nullable: false }),
        column("d", t.integer(), { computed: computed(sql`a * 4`, { persisted: false }) }),
      ]);
    },
    [
      "CREATE TABLE t(a INTEGER,b INTEGER GENERATED ALWAYS AS(a * 2),c INTEGER NOT NULL GENERATED ALWAYS AS(a * 3)STORED,d INTEGER GENERATED ALWAYS AS(a * 4)VIRTUAL)",
    ],
  ],
  [
    "STRICT and WITHOUT ROWID",
    (op) => {
      op.createTable("t", [column("id", t.integer(), { primaryKey: true }), column("b", t.text())], {
        sqlite: { strict: true, withRowid: false },
      });
      op.createTable("u", [column("id", t.integer(), { primaryKey: true })], { sqlite: { withRowid: false } });
      op.createTable("v", [column("id", t.REAL())], { sqlite: { strict: true, withRowid: true } });
    },
    [
      "CREATE TABLE t(id INTEGER NOT NULL,b TEXT,PRIMARY KEY(id))WITHOUT ROWID,STRICT",
      "CREATE TABLE u(id INTEGER NOT NULL,PRIMARY KEY(id))WITHOUT ROWID",
      "CREATE TABLE v(id REAL)STRICT",
    ],
  ],
  [
    "prefixes and quoted names",
    (op) => {
      op.createTable("Select", [column("order", t.integer()), column("a b", t.integer()), column("1x", t.integer())], {
        prefixes: ["TEMPORARY"],
      });
    },
    ['CREATE TEMPORARY TABLE "Select"("order" INTEGER,"a b" INTEGER,"1x" INTEGER)'],
  ],
];

const constraintsAndIndexes: readonly Case[] = [
  [
    "foreign keys",
    (op) => {
      op.createTable("t", [
        column("a", t.integer(), {
          references: references("o.id", {
            name: "fk",
            onDelete: "CASCADE",
            onUpdate: "SET NULL",
            deferrable: true,
            initially: "DEFERRED",
          }),
        }),
        column("b", t.integer(), { references: references("p.id", { useAlter: true, name: "fk_b" }) }),
      ]);
    },
    [
      "CREATE TABLE t(a INTEGER,b INTEGER,CONSTRAINT fk FOREIGN KEY(a)REFERENCES o(id)ON DELETE CASCADE ON UPDATE SET NULL DEFERRABLE INITIALLY DEFERRED,CONSTRAINT fk_b FOREIGN KEY(b)REFERENCES p(id))",
    ],
  ],
  [
    "a foreign key inside a schema",
    (op) => {
      op.createTable("t", [column("a", t.integer(), { references: references("s.o.id") })], { schema: "s" });
    },
    ["CREATE TABLE s.t(a INTEGER,FOREIGN KEY(a)REFERENCES o(id))"],
  ],
  [
    "a foreign key out of a schema",
    (op) => {
      op.createTable(
        "t",
        [column("id", t.integer(), { primaryKey: true }), column("a", t.integer(), { references: references("o.id") })],
        { schema: "s" },
      );
    },
    ["CREATE TABLE s.t(id INTEGER NOT NULL,a INTEGER,PRIMARY KEY(id))"],
  ],
  [
    "indexes",
    (op) => {
      op.createIndex("ix", "t", ["a", sql`lower(b)`], { unique: true, schema: "s", sqlite: { where: sql`a > ${5}` } });
      op.dropIndex("ix", { schema: "s", ifExists: true });
      op.createIndex("Ix", "T", ["a b"], { ifNotExists: true });
    },
    [
      "CREATE UNIQUE INDEX s.ix ON t(a,lower(b))WHERE a > 5",
      "DROP INDEX IF EXISTS s.ix",
      'CREATE INDEX IF NOT EXISTS "Ix" ON "T"("a b")',
    ],
  ],
  [
    "tables renamed and dropped",
    (op) => {
      op.renameTable("a", "B", { schema: "s" });
      op.dropTable("B", { schema: "s", ifExists: true });
    },
    ['ALTER TABLE s.a RENAME TO "B"', 'DROP TABLE IF EXISTS s."B"'],
  ],
  [
    "columns added",
    (op) => {
      op.addColumn("t", column("a", t.string(5), { serverDefault: "x", nullable: false }));
      op.addColumn("t", column("b", t.integer(), { serverDefault: sql`5`, index: true }), { schema: "s" });
      op.addColumn("t", column("c", t.integer(), { computed: computed(sql`a + 1`) }));
      op.addColumn(
        "t",
        column("d", t.integer(), {
          references: references("o.id", { name: "fk", onDelete: "SET NULL", deferrable: true }),
        }),
        { inlineReferences: true },
      );
    },
    [
      "ALTER TABLE t ADD COLUMN a VARCHAR(5)DEFAULT 'x' NOT NULL",
      "ALTER TABLE s.t ADD COLUMN b INTEGER DEFAULT 5",
      "CREATE INDEX s.ix_s_t_b ON t(b)",
      "ALTER TABLE t ADD COLUMN c INTEGER GENERATED ALWAYS AS(a + 1)",
      "ALTER TABLE t ADD COLUMN d INTEGER REFERENCES o(id)ON DELETE SET NULL DEFERRABLE",
    ],
  ],
  [
    "columns renamed and dropped",
    (op) => {
      op.alterColumn("t", "a", { newColumnName: "Order", existingType: t.integer() });
      op.dropColumn("t", "select", { schema: "s" });
    },
    ['ALTER TABLE t RENAME COLUMN a TO "Order"', 'ALTER TABLE s.t DROP COLUMN "select"'],
  ],
];

describe.each([
  ["types", types],
  ["columns", columns],
  ["constraints and indexes", constraintsAndIndexes],
] as const)("SQLite: %s", (_group, cases) => {
  it.each(cases)("renders %s as Alembic does", async (_what, body, expected) => {
    const statements = await compileOperations(body, { dialect: "sqlite" });
    expect(statements.map(({ sql: text }) => folded(text))).toEqual(expected);
  });
});
