import { describe, expect, it } from "vitest";
import {
  check,
  column,
  compileOperations,
  computed,
  foreignKey,
  index,
  primaryKey,
  references,
  sql,
  t,
  table,
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
const batches: readonly Case[] = [
  [
    "a renaming follows into keys, uniques, foreign keys, indexes",
    (op) => {
      op.batchAlterTable(
        "foo",
        {
          copyFrom: table("foo", [
            column("id", t.integer(), { primaryKey: true }),
            column("x", t.integer(), { references: references("o.id") }),
            unique(["x"], { name: "uq" }),
            index("ix", ["x"]),
          ]),
        },
        (batch) => {
          batch.alterColumn("x", { newColumnName: "q" });
        },
      );
    },
    [
      "CREATE TABLE _alembic_tmp_foo(id INTEGER NOT NULL,q INTEGER,PRIMARY KEY(id),CONSTRAINT uq UNIQUE(q),FOREIGN KEY(q)REFERENCES o(id))",
      "INSERT INTO _alembic_tmp_foo(id,q)SELECT foo.id,foo.x FROM foo",
      "DROP TABLE foo",
      "ALTER TABLE _alembic_tmp_foo RENAME TO foo",
      "CREATE INDEX ix ON foo(q)",
    ],
  ],
  [
    "the primary key is renamed",
    (op) => {
      op.batchAlterTable(
        "foo",
        { copyFrom: table("foo", [column("id", t.integer(), { primaryKey: true }), column("x", t.integer())]) },
        (batch) => {
          batch.alterColumn("id", { newColumnName: "key" });
        },
      );
    },
    [
      'CREATE TABLE _alembic_tmp_foo("key" INTEGER NOT NULL,x INTEGER,PRIMARY KEY("key"))',
      'INSERT INTO _alembic_tmp_foo("key",x)SELECT foo.id,foo.x FROM foo',
      "DROP TABLE foo",
      "ALTER TABLE _alembic_tmp_foo RENAME TO foo",
    ],
  ],
  [
    "a named key is dropped, its column stays NOT NULL",
    (op) => {
      op.batchAlterTable(
        "foo",
        {
          copyFrom: table("foo", [
            column("id", t.integer()),
            column("x", t.integer()),
            primaryKey(["id"], { name: "pk" }),
          ]),
        },
        (batch) => {
          batch.dropConstraint("pk", { type: "primary" });
        },
      );
    },
    [
      "CREATE TABLE _alembic_tmp_foo(id INTEGER NOT NULL,x INTEGER)",
      "INSERT INTO _alembic_tmp_foo(id,x)SELECT foo.id,foo.x FROM foo",
      "DROP TABLE foo",
      "ALTER TABLE _alembic_tmp_foo RENAME TO foo",
    ],
  ],
  [
    "the flags of a key go with it",
    (op) => {
      op.batchAlterTable(
        "foo",
        {
          copyFrom: table("foo", [
            column("id", t.integer(), { primaryKey: true }),
            column("x", t.integer()),
            primaryKey(["id"], { name: "pk" }),
          ]),
        },
        (batch) => {
          batch.dropConstraint("pk", { type: "primary" });
        },
      );
    },
    [
      "CREATE TABLE _alembic_tmp_foo(id INTEGER NOT NULL,x INTEGER)",
      "INSERT INTO _alembic_tmp_foo(id,x)SELECT foo.id,foo.x FROM foo",
      "DROP TABLE foo",
      "ALTER TABLE _alembic_tmp_foo RENAME TO foo",
    ],
  ],
  [
    "a column of a key of two is dropped",
    (op) => {
      op.batchAlterTable(
        "foo",
        {
          copyFrom: table("foo", [
            column("a", t.integer(), { primaryKey: true }),
            column("b", t.integer(), { primaryKey: true }),
            column("x", t.integer()),
          ]),
        },
        (batch) => {
          batch.dropColumn("b");
        },
      );
    },
    [
      "CREATE TABLE _alembic_tmp_foo(a INTEGER NOT NULL,x INTEGER,PRIMARY KEY(a))",
      "INSERT INTO _alembic_tmp_foo(a,x)SELECT foo.a,foo.x FROM foo",
      "DROP TABLE foo",
      "ALTER TABLE _alembic_tmp_foo RENAME TO foo",
    ],
  ],
  [
    "a new key replaces the old one",
    (op) => {
      op.batchAlterTable(
        "foo",
        { copyFrom: table("foo", [column("a", t.integer(), { primaryKey: true }), column("b", t.integer())]) },
        (batch) => {
          batch.createPrimaryKey("pk2", ["b"]);
        },
      );
    },
    [
      "CREATE TABLE _alembic_tmp_foo(a INTEGER NOT NULL,b INTEGER NOT NULL,CONSTRAINT pk2 PRIMARY KEY(b))",
      "INSERT INTO _alembic_tmp_foo(a,b)SELECT foo.a,foo.b FROM foo",
      "DROP TABLE foo",
      "ALTER TABLE _alembic_tmp_foo RENAME TO foo",
    ],
  ],
  [
    "the key's column is dropped and another one becomes the key",
    (op) => {
      op.batchAlterTable(
        "foo",
        { copyFrom: table("foo", [column("a", t.integer(), { primaryKey: true }), column("x", t.integer())]) },
        (batch) => {
          batch.dropColumn("a");
          batch.addColumn(column("q", t.integer(), { primaryKey: true }));
        },
      );
    },
    [
      "CREATE TABLE _alembic_tmp_foo(x INTEGER,q INTEGER NOT NULL,PRIMARY KEY(q))",
      "INSERT INTO _alembic_tmp_foo(x)SELECT foo.x FROM foo",
      "DROP TABLE foo",
      "ALTER TABLE _alembic_tmp_foo RENAME TO foo",
    ],
  ],
  [
    "a column with a foreign key of a name",
    (op) => {
      op.batchAlterTable(
        "foo",
        { copyFrom: table("foo", [column("a", t.integer(), { primaryKey: true }), column("x", t.integer())]) },
        (batch) => {
          batch.addColumn(
            column("q", t.integer(), { references: references("o.id", { name: "fkq", onDelete: "CASCADE" }) }),
          );
        },
      );
    },
    [
      "CREATE TABLE _alembic_tmp_foo(a INTEGER NOT NULL,x INTEGER,q INTEGER,PRIMARY KEY(a),CONSTRAINT fkq FOREIGN KEY(q)REFERENCES o(id)ON DELETE CASCADE)",
      "INSERT INTO _alembic_tmp_foo(a,x)SELECT foo.a,foo.x FROM foo",
      "DROP TABLE foo",
      "ALTER TABLE _alembic_tmp_foo RENAME TO foo",
    ],
  ],
  [
    "columns are added in place",
    (op) => {
      op.batchAlterTable(
        "foo",
        { copyFrom: table("foo", [column("a", t.integer(), { primaryKey: true }), column("x", t.integer())]) },
        (batch) => {
          batch.addColumn(column("q", t.integer(), { index: true, serverDefault: "7" }));
          batch.createIndex("ix", ["x"], { unique: true });
        },
      );
    },
    [
      "ALTER TABLE foo ADD COLUMN q INTEGER DEFAULT '7'",
      "CREATE INDEX ix_foo_q ON foo(q)",
      "CREATE UNIQUE INDEX ix ON foo(x)",
    ],
  ],
  [
    "a column with SQL as its default",
    (op) => {
      op.batchAlterTable(
        "foo",
        { copyFrom: table("foo", [column("a", t.integer(), { primaryKey: true }), column("x", t.integer())]) },
        (batch) => {
          batch.addColumn(column("q", t.integer(), { serverDefault: sql`5` }));
        },
      );
    },
    [
      "CREATE TABLE _alembic_tmp_foo(a INTEGER NOT NULL,x INTEGER,q INTEGER DEFAULT 5,PRIMARY KEY(a))",
      "INSERT INTO _alembic_tmp_foo(a,x)SELECT foo.a,foo.x FROM foo",
      "DROP TABLE foo",
      "ALTER TABLE _alembic_tmp_foo RENAME TO foo",
    ],
  ],
  [
    "a computed column in place",
    (op) => {
      op.batchAlterTable(
        "foo",
        { copyFrom: table("foo", [column("a", t.integer(), { primaryKey: true }), column("x", t.integer())]) },
        (batch) => {
          batch.addColumn(column("q", t.integer(), { computed: computed(sql`a + 1`) }));
        },
      );
    },
    ["ALTER TABLE foo ADD COLUMN q INTEGER GENERATED ALWAYS AS(a + 1)"],
  ],
  [
    "a STORED column",
    (op) => {
      op.batchAlterTable(
        "foo",
        { copyFrom: table("foo", [column("a", t.integer(), { primaryKey: true }), column("x", t.integer())]) },
        (batch) => {
          batch.addColumn(column("q", t.integer(), { computed: computed(sql`a + 1`, { persisted: true }) }));
        },
      );
    },
    [
      "CREATE TABLE _alembic_tmp_foo(a INTEGER NOT NULL,x INTEGER,q INTEGER GENERATED ALWAYS AS(a + 1)STORED,PRIMARY KEY(a))",
      "INSERT INTO _alembic_tmp_foo(a,x)SELECT foo.a,foo.x FROM foo",
      "DROP TABLE foo",
      "ALTER TABLE _alembic_tmp_foo RENAME TO foo",
    ],
  ],
  [
    "two columns after the same one",
    (op) => {
      op.batchAlterTable(
        "foo",
        {
          recreate: "always",
          copyFrom: table("foo", [column("a", t.integer(), { primaryKey: true }), column("x", t.integer())]),
        },
        (batch) => {
          batch.addColumn(column("q", t.integer()), { insertAfter: "a" });
          batch.addColumn(column("r", t.integer()), { insertAfter: "a" });
        },
      );
    },
    [
      "CREATE TABLE _alembic_tmp_foo(a INTEGER NOT NULL,q INTEGER,r INTEGER,x INTEGER,PRIMARY KEY(a))",
      "INSERT INTO _alembic_tmp_foo(a,x)SELECT foo.a,foo.x FROM foo",
      "DROP TABLE foo",
      "ALTER TABLE _alembic_tmp_foo RENAME TO foo",
    ],
  ],
  [
    "a column at the beginning",
    (op) => {
      op.batchAlterTable(
        "foo",
        {
          recreate: "always",
          copyFrom: table("foo", [column("a", t.integer(), { primaryKey: true }), column("x", t.integer())]),
        },
        (batch) => {
          batch.addColumn(column("q", t.integer()), { insertBefore: "a" });
        },
      );
    },
    [
      "CREATE TABLE _alembic_tmp_foo(q INTEGER,a INTEGER NOT NULL,x INTEGER,PRIMARY KEY(a))",
      "INSERT INTO _alembic_tmp_foo(a,x)SELECT foo.a,foo.x FROM foo",
      "DROP TABLE foo",
      "ALTER TABLE _alembic_tmp_foo RENAME TO foo",
    ],
  ],
  [
    "a column at the end and one after the first",
    (op) => {
      op.batchAlterTable(
        "foo",
        {
          recreate: "always",
          copyFrom: table("foo", [
            column("a", t.integer(), { primaryKey: true }),
            column("x", t.integer()),
            column("y", t.integer()),
          ]),
        },
        (batch) => {
          batch.addColumn(column("q", t.integer()));
          batch.addColumn(column("g", t.integer()), { insertAfter: "a" });
        },
      );
    },
    [
      "CREATE TABLE _alembic_tmp_foo(a INTEGER NOT NULL,g INTEGER,x INTEGER,y INTEGER,q INTEGER,PRIMARY KEY(a))",
      "INSERT INTO _alembic_tmp_foo(a,x,y)SELECT foo.a,foo.x,foo.y FROM foo",
      "DROP TABLE foo",
      "ALTER TABLE _alembic_tmp_foo RENAME TO foo",
    ],
  ],
  [
    "a column before another new one",
    (op) => {
      op.batchAlterTable(
        "foo",
        {
          recreate: "always",
          copyFrom: table("foo", [
            column("a", t.integer(), { primaryKey: true }),
            column("x", t.integer()),
            column("y", t.integer()),
          ]),
        },
        (batch) => {
          batch.addColumn(column("g", t.integer()), { insertAfter: "a" });
          batch.addColumn(column("q", t.integer()), { insertBefore: "g" });
        },
      );
    },
    [
      "CREATE TABLE _alembic_tmp_foo(a INTEGER NOT NULL,q INTEGER,g INTEGER,x INTEGER,y INTEGER,PRIMARY KEY(a))",
      "INSERT INTO _alembic_tmp_foo(a,x,y)SELECT foo.a,foo.x,foo.y FROM foo",
      "DROP TABLE foo",
      "ALTER TABLE _alembic_tmp_foo RENAME TO foo",
    ],
  ],
  [
    "a column after another new one",
    (op) => {
      op.batchAlterTable(
        "foo",
        {
          recreate: "always",
          copyFrom: table("foo", [
            column("a", t.integer(), { primaryKey: true }),
            column("x", t.integer()),
            column("y", t.integer()),
          ]),
        },
        (batch) => {
          batch.addColumn(column("g", t.integer()), { insertAfter: "a" });
          batch.addColumn(column("q", t.integer()), { insertAfter: "g" });
        },
      );
    },
    [
      "CREATE TABLE _alembic_tmp_foo(a INTEGER NOT NULL,g INTEGER,q INTEGER,x INTEGER,y INTEGER,PRIMARY KEY(a))",
      "INSERT INTO _alembic_tmp_foo(a,x,y)SELECT foo.a,foo.x,foo.y FROM foo",
      "DROP TABLE foo",
      "ALTER TABLE _alembic_tmp_foo RENAME TO foo",
    ],
  ],
  [
    "partial reordering",
    (op) => {
      op.batchAlterTable(
        "foo",
        {
          recreate: "always",
          partialReordering: [["y", "x"]],
          copyFrom: table("foo", [
            column("a", t.integer(), { primaryKey: true }),
            column("x", t.integer()),
            column("y", t.integer()),
          ]),
        },
        (batch) => {
          batch.addColumn(column("q", t.integer()));
        },
      );
    },
    [
      "CREATE TABLE _alembic_tmp_foo(a INTEGER NOT NULL,y INTEGER,q INTEGER,x INTEGER,PRIMARY KEY(a))",
      "INSERT INTO _alembic_tmp_foo(a,y,x)SELECT foo.a,foo.y,foo.x FROM foo",
      "DROP TABLE foo",
      "ALTER TABLE _alembic_tmp_foo RENAME TO foo",
    ],
  ],
  [
    "partial reordering with a new column in it",
    (op) => {
      op.batchAlterTable(
        "foo",
        {
          recreate: "always",
          partialReordering: [["a", "x", "g", "y"]],
          copyFrom: table("foo", [
            column("a", t.integer(), { primaryKey: true }),
            column("x", t.integer()),
            column("y", t.integer()),
          ]),
        },
        (batch) => {
          batch.addColumn(column("g", t.integer()));
        },
      );
    },
    [
      "CREATE TABLE _alembic_tmp_foo(a INTEGER NOT NULL,x INTEGER,g INTEGER,y INTEGER,PRIMARY KEY(a))",
      "INSERT INTO _alembic_tmp_foo(a,x,y)SELECT foo.a,foo.x,foo.y FROM foo",
      "DROP TABLE foo",
      "ALTER TABLE _alembic_tmp_foo RENAME TO foo",
    ],
  ],
  [
    "a drop and a new column after one that is left",
    (op) => {
      op.batchAlterTable(
        "foo",
        {
          recreate: "always",
          copyFrom: table("foo", [
            column("a", t.integer(), { primaryKey: true }),
            column("x", t.integer()),
            column("y", t.integer()),
          ]),
        },
        (batch) => {
          batch.dropColumn("y");
          batch.addColumn(column("g", t.integer()), { insertAfter: "a" });
        },
      );
    },
    [
      "CREATE TABLE _alembic_tmp_foo(a INTEGER NOT NULL,g INTEGER,x INTEGER,PRIMARY KEY(a))",
      "INSERT INTO _alembic_tmp_foo(a,x)SELECT foo.a,foo.x FROM foo",
      "DROP TABLE foo",
      "ALTER TABLE _alembic_tmp_foo RENAME TO foo",
    ],
  ],
  [
    "constraints in order",
    (op) => {
      op.batchAlterTable(
        "foo",
        {
          recreate: "always",
          tableArgs: [check(sql`x > 1`)],
          copyFrom: table("foo", [
            column("a", t.integer(), { primaryKey: true }),
            column("x", t.integer()),
            column("y", t.boolean({ createConstraint: true })),
            foreignKey(["x"], ["o.id"]),
            unique(["y"], { name: "uqy" }),
          ]),
        },
        (batch) => {
          batch.createCheckConstraint("cka", "a > 1");
          batch.createUniqueConstraint("uqx", ["x"]);
        },
      );
    },
    [
      "CREATE TABLE _alembic_tmp_foo(a INTEGER NOT NULL,x INTEGER,y BOOLEAN,PRIMARY KEY(a),CHECK(x > 1),CHECK(y IN(0,1)),CONSTRAINT uqy UNIQUE(y),CONSTRAINT cka CHECK(a > 1),CONSTRAINT uqx UNIQUE(x),FOREIGN KEY(x)REFERENCES o(id))",
      "INSERT INTO _alembic_tmp_foo(a,x,y)SELECT foo.a,foo.x,foo.y FROM foo",
      "DROP TABLE foo",
      "ALTER TABLE _alembic_tmp_foo RENAME TO foo",
    ],
  ],
  [
    "constraints are dropped",
    (op) => {
      op.batchAlterTable(
        "foo",
        {
          copyFrom: table("foo", [
            column("a", t.integer(), { primaryKey: true }),
            column("x", t.integer(), { check: check(sql`x > 0`, { name: "ckx" }) }),
            unique(["x"], { name: "uqx" }),
            foreignKey(["x"], ["o.id"], { name: "fkx" }),
            check(sql`x < 9`, { name: "ck9" }),
          ]),
        },
        (batch) => {
          batch.dropConstraint("uqx");
          batch.dropConstraint("fkx", { type: "foreignkey" });
          batch.dropConstraint("ck9", { type: "check" });
          batch.dropConstraint("ckx", { type: "check" });
        },
      );
    },
    [
      "CREATE TABLE _alembic_tmp_foo(a INTEGER NOT NULL,x INTEGER,PRIMARY KEY(a))",
      "INSERT INTO _alembic_tmp_foo(a,x)SELECT foo.a,foo.x FROM foo",
      "DROP TABLE foo",
      "ALTER TABLE _alembic_tmp_foo RENAME TO foo",
    ],
  ],
  [
    "a foreign key is created",
    (op) => {
      op.batchAlterTable(
        "foo",
        { copyFrom: table("foo", [column("a", t.integer(), { primaryKey: true }), column("x", t.integer())]) },
        (batch) => {
          batch.createForeignKey("fk", "user", ["x"], ["id"], { onDelete: "SET NULL", onUpdate: "CASCADE" });
        },
      );
    },
    [
      "CREATE TABLE _alembic_tmp_foo(a INTEGER NOT NULL,x INTEGER,PRIMARY KEY(a),CONSTRAINT fk FOREIGN KEY(x)REFERENCES user(id)ON DELETE SET NULL ON UPDATE CASCADE)",
      "INSERT INTO _alembic_tmp_foo(a,x)SELECT foo.a,foo.x FROM foo",
      "DROP TABLE foo",
      "ALTER TABLE _alembic_tmp_foo RENAME TO foo",
    ],
  ],
  [
    "a foreign key to itself",
    (op) => {
      op.batchAlterTable(
        "foo",
        {
          copyFrom: table("foo", [
            column("a", t.integer(), { primaryKey: true }),
            column("p", t.integer(), { references: references("foo.a") }),
            column("x", t.integer()),
          ]),
        },
        (batch) => {
          batch.dropColumn("x");
        },
      );
    },
    [
      "CREATE TABLE _alembic_tmp_foo(a INTEGER NOT NULL,p INTEGER,PRIMARY KEY(a),FOREIGN KEY(p)REFERENCES foo(a))",
      "INSERT INTO _alembic_tmp_foo(a,p)SELECT foo.a,foo.p FROM foo",
      "DROP TABLE foo",
      "ALTER TABLE _alembic_tmp_foo RENAME TO foo",
    ],
  ],
  [
    "a column of a foreign key is dropped",
    (op) => {
      op.batchAlterTable(
        "foo",
        {
          copyFrom: table("foo", [
            column("a", t.integer(), { primaryKey: true }),
            column("p", t.integer(), { references: references("o.a") }),
            column("x", t.integer()),
          ]),
        },
        (batch) => {
          batch.dropColumn("p");
        },
      );
    },
    [
      "CREATE TABLE _alembic_tmp_foo(a INTEGER NOT NULL,x INTEGER,PRIMARY KEY(a))",
      "INSERT INTO _alembic_tmp_foo(a,x)SELECT foo.a,foo.x FROM foo",
      "DROP TABLE foo",
      "ALTER TABLE _alembic_tmp_foo RENAME TO foo",
    ],
  ],
  [
    "two types one after the other",
    (op) => {
      op.batchAlterTable(
        "foo",
        { copyFrom: table("foo", [column("a", t.integer(), { primaryKey: true }), column("x", t.integer())]) },
        (batch) => {
          batch.alterColumn("x", { type: t.string(5), newColumnName: "q" });
          batch.alterColumn("x", { type: t.integer() });
        },
      );
    },
    [
      "CREATE TABLE _alembic_tmp_foo(a INTEGER NOT NULL,q INTEGER,PRIMARY KEY(a))",
      "INSERT INTO _alembic_tmp_foo(a,q)SELECT foo.a,CAST(CAST(foo.x AS VARCHAR(5))AS INTEGER)AS x FROM foo",
      "DROP TABLE foo",
      "ALTER TABLE _alembic_tmp_foo RENAME TO foo",
    ],
  ],
  [
    "types of the same family need no cast",
    (op) => {
      op.batchAlterTable(
        "foo",
        {
          copyFrom: table("foo", [
            column("a", t.integer(), { primaryKey: true }),
            column("x", t.string(5)),
            column("y", t.float()),
            column("z", t.dateTime()),
          ]),
        },
        (batch) => {
          batch.alterColumn("x", { type: t.text() });
          batch.alterColumn("y", { type: t.double() });
          batch.alterColumn("z", { type: t.TIMESTAMP() });
          batch.alterColumn("a", { type: t.bigInteger() });
        },
      );
    },
    [
      "CREATE TABLE _alembic_tmp_foo(a BIGINT NOT NULL,x TEXT,y DOUBLE,z TIMESTAMP,PRIMARY KEY(a))",
      "INSERT INTO _alembic_tmp_foo(a,x,y,z)SELECT foo.a,foo.x,foo.y,foo.z FROM foo",
      "DROP TABLE foo",
      "ALTER TABLE _alembic_tmp_foo RENAME TO foo",
    ],
  ],
  [
    "types of other families are cast",
    (op) => {
      op.batchAlterTable(
        "foo",
        {
          copyFrom: table("foo", [
            column("a", t.integer(), { primaryKey: true }),
            column("x", t.string(5)),
            column("y", t.float()),
            column("z", t.dateTime()),
            column("b", t.json()),
            column("u", t.uuid()),
          ]),
        },
        (batch) => {
          batch.alterColumn("x", { type: t.numeric(10, 2) });
          batch.alterColumn("y", { type: t.numeric() });
          batch.alterColumn("z", { type: t.date() });
          batch.alterColumn("b", { type: t.largeBinary() });
          batch.alterColumn("u", { type: t.string(36) });
        },
      );
    },
    [
      "CREATE TABLE _alembic_tmp_foo(a INTEGER NOT NULL,x NUMERIC(10,2),y NUMERIC,z DATE,b BLOB,u VARCHAR(36),PRIMARY KEY(a))",
      "INSERT INTO _alembic_tmp_foo(a,x,y,z,b,u)SELECT foo.a,CAST(foo.x AS NUMERIC(10,2))AS x,CAST(foo.y AS NUMERIC)AS y,CAST(foo.z AS DATE)AS z,CAST(foo.b AS BLOB)AS b,CAST(foo.u AS VARCHAR(36))AS u FROM foo",
      "DROP TABLE foo",
      "ALTER TABLE _alembic_tmp_foo RENAME TO foo",
    ],
  ],
  [
    "an enum becomes a boolean, each with its check",
    (op) => {
      op.batchAlterTable(
        "foo",
        {
          copyFrom: table("foo", [
            column("a", t.integer(), { primaryKey: true }),
            column("x", t.enum(["a", "b"], { name: "e1", createConstraint: true })),
          ]),
        },
        (batch) => {
          batch.alterColumn("x", {
            type: t.boolean({ createConstraint: true, name: "e2" }),
            existingType: t.enum(["a", "b"], { name: "e1", createConstraint: true }),
          });
        },
      );
    },
    [
      "CREATE TABLE _alembic_tmp_foo(a INTEGER NOT NULL,x BOOLEAN,PRIMARY KEY(a),CONSTRAINT e2 CHECK(x IN(0,1)))",
      "INSERT INTO _alembic_tmp_foo(a,x)SELECT foo.a,CAST(foo.x AS BOOLEAN)AS x FROM foo",
      "DROP TABLE foo",
      "ALTER TABLE _alembic_tmp_foo RENAME TO foo",
    ],
  ],
  [
    "a boolean is renamed with its check",
    (op) => {
      op.batchAlterTable(
        "foo",
        {
          copyFrom: table("foo", [
            column("a", t.integer(), { primaryKey: true }),
            column("x", t.boolean({ createConstraint: true })),
          ]),
        },
        (batch) => {
          batch.alterColumn("x", { newColumnName: "flag" });
        },
      );
    },
    [
      "CREATE TABLE _alembic_tmp_foo(a INTEGER NOT NULL,flag BOOLEAN,PRIMARY KEY(a),CHECK(flag IN(0,1)))",
      "INSERT INTO _alembic_tmp_foo(a,flag)SELECT foo.a,foo.x FROM foo",
      "DROP TABLE foo",
      "ALTER TABLE _alembic_tmp_foo RENAME TO foo",
    ],
  ],
  [
    "NULL and defaults",
    (op) => {
      op.batchAlterTable(
        "foo",
        {
          copyFrom: table("foo", [
            column("a", t.integer(), { primaryKey: true }),
            column("x", t.integer(), { nullable: false, serverDefault: "5" }),
            column("y", t.string(5)),
          ]),
        },
        (batch) => {
          batch.alterColumn("x", { nullable: true, serverDefault: null });
          batch.alterColumn("y", { nullable: false, serverDefault: sql`'a' || 'b'` });
        },
      );
    },
    [
      "CREATE TABLE _alembic_tmp_foo(a INTEGER NOT NULL,x INTEGER,y VARCHAR(5)DEFAULT('a' || 'b')NOT NULL,PRIMARY KEY(a))",
      "INSERT INTO _alembic_tmp_foo(a,x,y)SELECT foo.a,foo.x,foo.y FROM foo",
      "DROP TABLE foo",
      "ALTER TABLE _alembic_tmp_foo RENAME TO foo",
    ],
  ],
  [
    "comments alone make the table anew",
    (op) => {
      op.batchAlterTable(
        "foo",
        { copyFrom: table("foo", [column("a", t.integer(), { primaryKey: true }), column("x", t.integer())]) },
        (batch) => {
          batch.createTableComment("hey");
        },
      );
    },
    [
      "CREATE TABLE _alembic_tmp_foo(a INTEGER NOT NULL,x INTEGER,PRIMARY KEY(a))",
      "INSERT INTO _alembic_tmp_foo(a,x)SELECT foo.a,foo.x FROM foo",
      "DROP TABLE foo",
      "ALTER TABLE _alembic_tmp_foo RENAME TO foo",
    ],
  ],
  [
    "options of the table and of the call",
    (op) => {
      op.batchAlterTable(
        "foo",
        {
          recreate: "always",
          tableKwargs: { sqlite: { withRowid: false } },
          copyFrom: table("foo", [column("a", t.integer(), { primaryKey: true }), column("x", t.integer())], {
            sqlite: { strict: true },
          }),
        },
        () => undefined,
      );
    },
    [
      "CREATE TABLE _alembic_tmp_foo(a INTEGER NOT NULL,x INTEGER,PRIMARY KEY(a))WITHOUT ROWID,STRICT",
      "INSERT INTO _alembic_tmp_foo(a,x)SELECT foo.a,foo.x FROM foo",
      "DROP TABLE foo",
      "ALTER TABLE _alembic_tmp_foo RENAME TO foo",
    ],
  ],
  [
    "SQL of the author's own comes first",
    (op) => {
      op.batchAlterTable(
        "foo",
        { copyFrom: table("foo", [column("a", t.integer(), { primaryKey: true }), column("x", t.integer())]) },
        (batch) => {
          batch.alterColumn("x", { nullable: false });
          batch.execute("UPDATE foo SET x = 0 WHERE x IS NULL");
        },
      );
    },
    [
      "UPDATE foo SET x = 0 WHERE x IS NULL",
      "CREATE TABLE _alembic_tmp_foo(a INTEGER NOT NULL,x INTEGER NOT NULL,PRIMARY KEY(a))",
      "INSERT INTO _alembic_tmp_foo(a,x)SELECT foo.a,foo.x FROM foo",
      "DROP TABLE foo",
      "ALTER TABLE _alembic_tmp_foo RENAME TO foo",
    ],
  ],
  [
    "never anew",
    (op) => {
      op.batchAlterTable(
        "foo",
        {
          recreate: "never",
          copyFrom: table("foo", [column("a", t.integer(), { primaryKey: true }), column("x", t.integer())]),
        },
        (batch) => {
          batch.alterColumn("x", { newColumnName: "q" });
          batch.dropColumn("a");
          batch.addColumn(column("z", t.integer()));
          batch.createIndex("ix", ["z"]);
          batch.dropIndex("iy");
        },
      );
    },
    [
      "ALTER TABLE foo RENAME COLUMN x TO q",
      "ALTER TABLE foo DROP COLUMN a",
      "ALTER TABLE foo ADD COLUMN z INTEGER",
      "CREATE INDEX ix ON foo(z)",
      "DROP INDEX iy",
    ],
  ],
  [
    "partial and expression indexes",
    (op) => {
      op.batchAlterTable(
        "foo",
        {
          copyFrom: table("foo", [
            column("a", t.integer(), { primaryKey: true }),
            column("x", t.text()),
            index("ix", ["x"], { sqlite: { where: sql`x > 5` } }),
            index("ie", [sql`lower(x)`], { unique: true }),
          ]),
        },
        (batch) => {
          batch.alterColumn("a", { type: t.bigInteger() });
        },
      );
    },
    [
      "CREATE TABLE _alembic_tmp_foo(a BIGINT NOT NULL,x TEXT,PRIMARY KEY(a))",
      "INSERT INTO _alembic_tmp_foo(a,x)SELECT foo.a,foo.x FROM foo",
      "DROP TABLE foo",
      "ALTER TABLE _alembic_tmp_foo RENAME TO foo",
      "CREATE INDEX ix ON foo(x)WHERE x > 5",
      "CREATE UNIQUE INDEX ie ON foo(lower(x))",
    ],
  ],
];

describe("SQLite: a batch with copyFrom", () => {
  it.each(batches)("renders %s as Alembic does", async (_what, body, expected) => {
    const statements = await compileOperations(body, { dialect: "sqlite" });
    expect(statements.map(({ sql: text }) => folded(text))).toEqual(expected);
  });
});

it("names the table arguments of a batch by the naming convention, its own before that of the project", async () => {
  const project = { ck: "ck_%(table_name)s_%(constraint_name)s", uq: "uq_%(table_name)s_%(column_0_name)s" };
  const made = async (namingConvention?: { readonly uq: string }): Promise<string> => {
    const statements = await compileOperations(
      (op) => {
        op.batchAlterTable(
          "foo",
          {
            recreate: "always",
            copyFrom: table("foo", [column("a", t.integer(), { primaryKey: true }), column("x", t.integer())]),
            tableArgs: [check(sql`x > 1`, { name: "positive" }), unique(["x"]), index(null, ["a"])],
            ...(namingConvention && { namingConvention }),
          },
          (batch) => batch.alterColumn("x", { nullable: false }),
        );
      },
      { dialect: "sqlite", namingConvention: project },
    );
    return statements.map((statement) => statement.sql).join("\n");
  };
  const byProject = await made();
  expect(byProject).toContain("CONSTRAINT ck_foo_positive CHECK (x > 1)");
  expect(byProject).toContain("CONSTRAINT uq_foo_x UNIQUE (x)");
  expect(byProject).toContain("CREATE INDEX ix_foo_a ON foo (a)");
  const byBatch = await made({ uq: "unique_%(column_0_name)s" });
  expect(byBatch).toContain("CONSTRAINT unique_x UNIQUE (x)");
  expect(byBatch).toContain("CONSTRAINT positive CHECK (x > 1)");
});
