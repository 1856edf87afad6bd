import { describe, expect, it } from "vitest";
import { check, column, foreignKey, mssql, primaryKey, sql, t, unique } from "../../../../src/index.js";
import { rawType } from "../../../../src/schema/types/type.js";
import {
  comparison,
  readSql,
  same,
  schemaAfter,
  unknownIn,
  type Body,
  type Equivalent,
} from "../../shared/reader/read-sql.js";

const start: Body = (op) => {
  op.createTable("person", [column("id", t.integer(), { primaryKey: true }), column("name", t.unicode(20))]);
  op.createTable("item", [
    column("id", t.integer(), { primaryKey: true }),
    column("name", t.unicode(50), { nullable: false }),
    column("price", t.numeric(10, 2), { nullable: false }),
    column("owner", t.integer()),
  ]);
  op.createIndex("ix_item_name", "item", ["name"]);
  op.createCheckConstraint("ck_price", "item", "price > 0");
};

const statements: Readonly<Record<string, Equivalent>> = {
  "a table as Management Studio writes it": {
    sql: `CREATE TABLE [dbo].[t](
	[id] [int] IDENTITY(1,1) NOT NULL,
	[name] [nvarchar](50) NULL DEFAULT N'it''s',
	[text] [nvarchar](max) NULL,
	[at] [datetime2](7) NOT NULL CONSTRAINT [df_at] DEFAULT (getdate()),
	[flag] [bit] NOT NULL DEFAULT ((0)),
	[guid] [uniqueidentifier] NULL,
	[sum]  AS ([id]*(2)) PERSISTED,
 CONSTRAINT [pk_t] PRIMARY KEY CLUSTERED ([id] ASC) WITH (PAD_INDEX = OFF, IGNORE_DUP_KEY = OFF) ON [PRIMARY],
 CONSTRAINT [uq] UNIQUE NONCLUSTERED ([name] ASC, [flag] ASC),
 CONSTRAINT [fk] FOREIGN KEY ([id]) REFERENCES [dbo].[person] ([id]) ON DELETE CASCADE,
 CONSTRAINT [ck] CHECK (([id]>(0)))
) ON [PRIMARY] TEXTIMAGE_ON [PRIMARY]
GO`,
    calls: (op) =>
      op.createTable("t", [
        column("id", t.integer(), { autoincrement: true, nullable: false }),
        column("name", mssql.NVARCHAR(50), { nullable: true, serverDefault: "it's" }),
        column("text", mssql.NVARCHAR("max")),
        column("at", mssql.DATETIME2({ precision: 7 }), { nullable: false, serverDefault: sql`(getdate())` }),
        column("flag", mssql.BIT(), { nullable: false, serverDefault: sql`((0))` }),
        column("guid", mssql.UNIQUEIDENTIFIER()),
        column("sum", rawType(""), { computed: { kind: "computed", expression: sql`[id]*(2)`, persisted: true } }),
        primaryKey(["id"], { name: "pk_t", mssql: { clustered: true } }),
        unique(["name", "flag"], { name: "uq", mssql: { clustered: false } }),
        foreignKey("id", "person.id", { name: "fk", onDelete: "CASCADE" }),
        check("[id]>(0)", { name: "ck" }),
      ]),
  },
  "columns that come, go and change": {
    sql: `ALTER TABLE dbo.item ADD a INT NULL, b VARCHAR(10) NOT NULL DEFAULT 'x'; ALTER TABLE item DROP COLUMN owner, CONSTRAINT ck_price;
      ALTER TABLE item ALTER COLUMN name NVARCHAR(80); ALTER TABLE item ALTER COLUMN price DECIMAL(12, 2) NOT NULL`,
    calls(op) {
      op.addColumn("item", column("a", t.integer()));
      op.addColumn("item", column("b", t.string(10), { nullable: false, serverDefault: "x" }));
      op.dropColumn("item", "owner");
      op.dropConstraint("ck_price", "item", { type: "check" });
      op.alterColumn("item", "name", { type: t.unicode(80), nullable: true });
      op.alterColumn("item", "price", { type: t.DECIMAL(12, 2) });
    },
  },
  "objects that are defined anew": {
    sql: `CREATE VIEW v AS SELECT name FROM item
GO
ALTER VIEW dbo.v WITH SCHEMABINDING AS SELECT price FROM dbo.item
GO
CREATE PROCEDURE p AS SELECT name FROM item
GO
ALTER PROC p AS SELECT price FROM item
GO
CREATE TRIGGER tr ON item AFTER INSERT AS DELETE FROM item
GO
ALTER TRIGGER tr ON item AFTER INSERT AS DELETE FROM person
GO
DISABLE TRIGGER tr ON item
GO
ENABLE TRIGGER ALL ON item`,
    calls(op) {
      op.execute(`CREATE VIEW v WITH SCHEMABINDING AS SELECT price FROM dbo.item`);
      op.execute("CREATE PROCEDURE p AS SELECT price FROM item");
      op.execute("CREATE TRIGGER tr ON item AFTER INSERT AS DELETE FROM person");
    },
  },
  "constraints and defaults": {
    sql: `ALTER TABLE item WITH NOCHECK ADD CONSTRAINT fk FOREIGN KEY (owner) REFERENCES person (id)
GO
ALTER TABLE item CHECK CONSTRAINT fk
GO
ALTER TABLE item ADD CONSTRAINT df DEFAULT 0 FOR owner; ALTER TABLE item ADD CONSTRAINT uq UNIQUE (name)`,
    calls(op) {
      op.createForeignKey("fk", "item", "person", ["owner"], ["id"]);
      op.alterColumn("item", "owner", { serverDefault: sql`0` });
      op.createUniqueConstraint("uq", "item", ["name"]);
    },
  },
  "other names": {
    sql: "EXEC sp_rename N'dbo.item.name', N'title', N'COLUMN'; EXEC sp_rename 'item.ix_item_name', 'ix', 'INDEX'; EXECUTE sp_rename @objname = 'item', @newname = 'goods'",
    calls(op) {
      op.alterColumn("item", "name", { newColumnName: "title" });
      op.renameIndex("ix_item_name", "ix", { tableName: "item" });
      op.renameTable("item", "goods");
    },
  },
  "names of constraints": {
    sql: "EXEC sp_rename 'dbo.ck_price', 'ck', 'OBJECT'; EXEC sp_rename 'ck', 'ck_item'",
    calls: (op) => op.renameConstraint("ck_price", "ck_item", "item"),
  },
  "a table in another schema": {
    sql: "ALTER SCHEMA app TRANSFER dbo.person\nGO\nALTER SCHEMA app TRANSFER OBJECT::item",
    calls(op) {
      for (const name of ["person", "item"]) op.dropTable(name);
      const id = column("id", t.integer(), { primaryKey: true });
      op.createTable("person", [id, column("name", t.unicode(20))], { schema: "app" });
      op.createTable(
        "item",
        [
          id,
          column("name", t.unicode(50), { nullable: false }),
          column("price", t.numeric(10, 2), { nullable: false }),
          column("owner", t.integer()),
        ],
        { schema: "app" },
      );
      op.createIndex("ix_item_name", "item", ["name"], { schema: "app" });
      op.createCheckConstraint("ck_price", "item", "price > 0", { schema: "app" });
    },
  },
  "a schema that goes": {
    sql: "CREATE SCHEMA app\nGO\nCREATE SCHEMA other\nGO\nDROP SCHEMA IF EXISTS app",
    calls: (op) => op.createSchema("other"),
  },
  "indexes and comments": {
    sql: `CREATE UNIQUE NONCLUSTERED INDEX ix_a ON dbo.item (price ASC, owner DESC) INCLUDE (name) WHERE price > 0; DROP INDEX ix_item_name ON item;
      EXEC sp_addextendedproperty 'MS_Description', N'the goods', 'schema', 'dbo', 'table', 'item';
      EXEC sp_addextendedproperty N'MS_Description', N'what', N'SCHEMA', N'dbo', N'TABLE', N'item', N'COLUMN', N'name'`,
    calls(op) {
      op.createIndex("ix_a", "item", ["price", sql`owner DESC`], {
        unique: true,
        mssql: { clustered: false, include: ["name"], where: sql`price > 0` },
      });
      op.dropIndex("ix_item_name", { tableName: "item" });
      op.createTableComment("item", "the goods");
      op.alterColumn("item", "name", { comment: "what" });
    },
  },
};

describe("SQL text on SQL Server does the same as a directive", () => {
  it.each(Object.keys(statements))("%s", async (name) => {
    expect(await comparison("mssql", start, statements[name] as Equivalent)).toEqual(same);
  });
});

describe("SQL text on SQL Server that is not understood makes unknown what it names", () => {
  it.each([
    ["a table made of a query", "SELECT * INTO copy FROM item", ["copy"]],
    ["a condition", "IF OBJECT_ID('t') IS NULL CREATE TABLE dbo.t (a INT)", ["t"]],
    ["a block", "IF 1 = 1 BEGIN DROP TABLE a; ALTER TABLE b ADD c INT; END", ["a", "b"]],
    ["a string that is run", "DECLARE @sql nvarchar(max) = 'x'; EXEC(@sql)", ["*"]],
    ["a procedure", "EXEC change_all", ["*"]],
    ["DDL behind an index that is rebuilt", "ALTER INDEX ix ON item REBUILD DROP TABLE a", ["ix", "a"]],
    ["DDL behind a clause without effect", "ALTER TABLE item CHECK CONSTRAINT ck DROP TABLE a", ["item", "a"]],
    ["a table with versions", "ALTER TABLE item SET (SYSTEM_VERSIONING = OFF)", ["item"]],
    ["a columnstore", "CREATE CLUSTERED COLUMNSTORE INDEX ix ON item", ["ix", "item"]],
    ["statements without a semicolon", "ALTER TABLE a ADD b INT ALTER TABLE c ADD d INT", ["a", "c"]],
    ["DDL behind a harmless statement", "SET NOCOUNT ON DROP TABLE a", ["a"]],
  ])("%s", async (_title, text, names) => {
    expect(await readSql("mssql", text)).toEqual({ operations: [], unknown: names });
  });

  it("also a name that is given to what is no table and no constraint", async () => {
    const before = await schemaAfter("mssql", start);
    const after = await schemaAfter("mssql", (op) => op.execute("EXEC sp_rename 'p', 'q'"), before);
    expect(unknownIn(after)).toEqual(["p", "q"]);
  });

  it("but not for how things are stored and kept from others", async () => {
    const text = `ALTER INDEX ix ON item REBUILD; ALTER TABLE item ALTER COLUMN name ADD SPARSE; ALTER TABLE item SET (LOCK_ESCALATION = AUTO);
      ALTER TABLE item REBUILD WITH (DATA_COMPRESSION = PAGE); ALTER TABLE item SWITCH TO other; CREATE STATISTICS st ON item (name);
      DROP STATISTICS item.st; CREATE LOGIN l WITH PASSWORD = 'x'; CREATE USER u FOR LOGIN l; CREATE ROLE r; ALTER DATABASE x SET RECOVERY SIMPLE;
      ALTER AUTHORIZATION ON SCHEMA::app TO u`;
    const before = await schemaAfter("mssql", start);
    const after = await schemaAfter("mssql", (op) => op.execute(text), before);
    expect(unknownIn(after)).toEqual([]);
    expect(after.differences(before)).toEqual({ tables: [], enums: [], objects: [], others: [] });
  });

  it("but not for rows, sessions and rights", async () => {
    const text =
      "SET NOCOUNT ON; INSERT INTO t VALUES (1)\nGO\nGRANT ALTER ON t TO x\nGO\nBEGIN TRAN; UPDATE t SET a = 'drop table b'; COMMIT";
    expect(await readSql("mssql", text)).toEqual({ operations: [], unknown: [] });
  });
});
