import { describe, expect, it } from "vitest";
import {
  check,
  column,
  computed,
  foreignKey,
  index,
  mysql,
  primaryKey,
  sql,
  t,
  unique,
} from "../../../../src/index.js";
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
  op.createTable("person", [column("id", t.integer(), { primaryKey: true }), column("name", t.string(20))]);
  op.createTable(
    "item",
    [
      column("id", t.integer(), { primaryKey: true }),
      column("name", t.string(50), { nullable: false, comment: "what" }),
      column("price", t.numeric(10, 2), { serverDefault: sql`1` }),
      column("owner", t.integer()),
    ],
    { mysql: { engine: "InnoDB" } },
  );
  op.createIndex("ix_item_name", "item", ["name"]);
  op.createUniqueConstraint("uq_item", "item", ["name", "owner"]);
  op.createForeignKey("fk_owner", "item", "person", ["owner"], ["id"]);
};

const tables: Readonly<Record<string, Equivalent>> = {
  "SERIAL, which stands for a type with attributes": {
    sql: "CREATE TABLE t (id serial AUTO_INCREMENT NOT NULL, CONSTRAINT pk PRIMARY KEY (id))",
    calls: (op) =>
      op.createTable("t", [
        column("id", mysql.BIGINT({ unsigned: true }), { nullable: false, autoincrement: "always" }),
        unique(["id"]),
        primaryKey(["id"]),
      ]),
  },
  "types with all their words": {
    sql: `CREATE TABLE t (a int unsigned, b tinyint(1), c varchar(9) CHARACTER SET latin1 COLLATE latin1_bin, d decimal(10,2) UNSIGNED ZEROFILL,
      e enum('x','it''s') DEFAULT 'x', f set('a','b'), g datetime(6), h timestamp NULL, i longtext, j bit(3), k year, l double, m float(7,3),
      n mediumblob, o varbinary(20), p double precision, q bigint SIGNED, r json)`,
    calls: (op) =>
      op.createTable("t", [
        column("a", mysql.INTEGER({ unsigned: true })),
        column("b", mysql.TINYINT(1)),
        column("c", t.VARCHAR(9, { charset: "latin1", collation: "latin1_bin" })),
        column("d", mysql.DECIMAL(10, 2, { unsigned: true, zerofill: true })),
        column("e", t.enum(["x", "it's"]), { serverDefault: "x" }),
        column("f", mysql.SET(["a", "b"])),
        column("g", mysql.DATETIME({ fsp: 6 })),
        column("h", t.TIMESTAMP(), { nullable: true }),
        column("i", mysql.LONGTEXT()),
        column("j", mysql.BIT(3)),
        column("k", mysql.YEAR()),
        column("l", mysql.DOUBLE()),
        column("m", mysql.FLOAT(7, 3)),
        column("n", mysql.MEDIUMBLOB()),
        column("o", t.VARBINARY(20)),
        column("p", mysql.DOUBLE()),
        column("q", t.bigInteger()),
        column("r", t.json()),
      ]),
  },
  "keys, indexes and constraints": {
    sql: `CREATE TABLE IF NOT EXISTS \`t\` (
        \`id\` int NOT NULL AUTO_INCREMENT,
        \`a\` varchar(99) NOT NULL DEFAULT 'it''s\\n' COMMENT 'a;b', -- a comment, with a comma
        \`b\` int DEFAULT NULL, # and another
        PRIMARY KEY (\`id\`), UNIQUE KEY \`uq\` (\`a\`,\`b\`), KEY \`ix\` (\`a\`(10),\`b\` DESC), KEY (\`b\`), KEY (\`b\`, \`a\`), FULLTEXT KEY \`ft\` (\`a\`),
        CONSTRAINT \`fk\` FOREIGN KEY (\`b\`) REFERENCES \`person\` (\`id\`) ON DELETE CASCADE ON UPDATE NO ACTION,
        CONSTRAINT \`ck\` CHECK ((\`b\` > 0))
      ) ENGINE=InnoDB AUTO_INCREMENT=17 DEFAULT CHARSET=utf8mb4 ROW_FORMAT=DYNAMIC COMMENT='the table'`,
    calls: (op) =>
      op.createTable(
        "t",
        [
          column("id", t.integer(), { primaryKey: true }),
          column("a", t.string(99), { nullable: false, serverDefault: "it's\n", comment: "a;b" }),
          column("b", t.integer()),
          unique(["a", "b"], { name: "uq" }),
          index("ix", ["a", sql`b DESC`], { mysql: { length: { a: 10 } } }),
          index("b", ["b"]),
          index("b_2", ["b", "a"]),
          index("ft", ["a"], { mysql: { prefix: "FULLTEXT" } }),
          foreignKey("b", "person.id", { name: "fk", onDelete: "CASCADE" }),
          check("b > 0", { name: "ck" }),
        ],
        {
          comment: "the table",
          mysql: { engine: "InnoDB", defaultCharset: "utf8mb4", rowFormat: "DYNAMIC" },
        },
      ),
  },
  "defaults that are SQL, and computed columns": {
    sql: `CREATE TABLE t (a datetime(3) DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3), b json DEFAULT (json_array(1, 2)),
      c int AS (1 + (2)) VIRTUAL, d int GENERATED ALWAYS AS (\`c\` * 2) STORED NOT NULL, e bit(1) DEFAULT b'0', f int DEFAULT -1)`,
    calls: (op) =>
      op.createTable("t", [
        column("a", mysql.DATETIME({ fsp: 3 }), {
          serverDefault: sql`CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3)`,
        }),
        column("b", t.json(), { serverDefault: sql`(json_array(1, 2))` }),
        column("c", t.integer(), { computed: computed("1 + (2)", { persisted: false }) }),
        column("d", t.integer(), { computed: computed("`c` * 2", { persisted: true }), nullable: false }),
        column("e", mysql.BIT(1), { serverDefault: sql`b'0'` }),
        column("f", t.integer(), { serverDefault: sql`-1` }),
      ]),
  },
  "partitions, as dumps write them": {
    sql: `CREATE TABLE t (a int NOT NULL, PRIMARY KEY (a)) ENGINE=InnoDB
/*!50100 PARTITION BY HASH (a)
PARTITIONS 4 */`,
    calls: (op) =>
      op.createTable("t", [column("a", t.integer(), { nullable: false, autoincrement: false }), primaryKey(["a"])], {
        mysql: { engine: "InnoDB", partitionBy: "HASH (a)", partitions: 4 },
      }),
  },
};

const changes: Readonly<Record<string, Equivalent>> = {
  "columns that come and go": {
    sql: "ALTER TABLE item ADD COLUMN a int NOT NULL DEFAULT 3 AFTER name, ADD (b text, c int COMMENT 'c'), DROP COLUMN price, DROP FOREIGN KEY fk_owner",
    calls(op) {
      op.batchAlterTable("item", (batch) =>
        batch.addColumn(column("a", t.integer(), { nullable: false, serverDefault: sql`3` }), { insertAfter: "name" }),
      );
      op.addColumn("item", column("b", t.text()));
      op.addColumn("item", column("c", t.integer(), { comment: "c" }));
      op.dropColumn("item", "price");
      op.dropConstraint("fk_owner", "item", { type: "foreignkey" });
    },
  },
  "MODIFY and CHANGE, which say a column anew": {
    sql: "ALTER TABLE item MODIFY name varchar(80) NOT NULL, CHANGE COLUMN price cost decimal(12,3) NULL DEFAULT 2 COMMENT 'x'",
    calls(op) {
      op.alterColumn("item", "name", { type: t.string(80), comment: null });
      op.alterColumn("item", "price", {
        newColumnName: "cost",
        type: t.DECIMAL(12, 3),
        serverDefault: sql`2`,
        comment: "x",
      });
    },
  },
  "columns in another place": {
    sql: "ALTER TABLE item MODIFY price decimal(10,2) DEFAULT 1 FIRST, CHANGE owner holder int AFTER price, ADD COLUMN a int FIRST, ADD b int AFTER Name",
    calls(op) {
      op.alterColumn("item", "owner", { newColumnName: "holder" });
      op.batchAlterTable("item", (batch) => {
        batch.dropColumn("name");
        batch.addColumn(column("name", t.string(50), { nullable: false, comment: "what" }));
        batch.dropColumn("price");
        batch.addColumn(column("price", t.numeric(10, 2), { serverDefault: sql`1` }), { insertBefore: "id" });
        batch.dropColumn("holder");
        batch.addColumn(column("holder", t.integer()), { insertAfter: "price" });
        batch.addColumn(column("a", t.integer()), { insertBefore: "price" });
        batch.addColumn(column("b", t.integer()), { insertAfter: "name" });
      });
      op.createIndex("ix_item_name", "item", ["name"]);
      op.createUniqueConstraint("uq_item", "item", ["name", "holder"]);
      op.createForeignKey("fk_owner", "item", "person", ["holder"], ["id"]);
    },
  },
  "indexes without a name": {
    sql: "ALTER TABLE item ADD INDEX (price), ADD KEY (Price, owner), ADD INDEX ((price * 2))",
    calls(op) {
      op.createIndex("price", "item", ["price"]);
      op.createIndex("price_2", "item", ["price", "owner"]);
      op.createIndex("functional_index", "item", [sql`price * 2`]);
    },
  },
  "a table that is there, and one that is not": {
    sql: "ALTER TABLE IF EXISTS item DROP COLUMN price; ALTER TABLE IF EXISTS nothing DROP COLUMN price; RENAME TABLE IF EXISTS nothing TO b",
    calls: (op) => op.dropColumn("item", "price"),
  },
  "a table in the place of another": {
    sql: "CREATE OR REPLACE TABLE item (a int)",
    calls(op) {
      op.dropTable("item");
      op.createTable("item", [column("a", t.integer())]);
    },
  },
  "a database with all that is in it": {
    sql: "CREATE DATABASE old; CREATE TABLE old.t (a int); CREATE TABLE t (a int) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin; DROP DATABASE IF EXISTS old",
    calls: (op) =>
      op.createTable("t", [column("a", t.integer())], {
        mysql: { defaultCharacterSet: "utf8mb4", collate: "utf8mb4_bin" },
      }),
  },
  "users and defaults, which are no part of a schema": {
    sql: "CREATE USER u IDENTIFIED BY 'x'; ALTER DATABASE d CHARACTER SET utf8mb4; DROP USER u; ALTER TABLE item DROP COLUMN price",
    calls: (op) => op.dropColumn("item", "price"),
  },
  "a table that goes to another database": {
    sql: "ALTER TABLE person RENAME TO old.human",
    calls(op) {
      op.dropConstraint("fk_owner", "item", { type: "foreignkey" });
      op.dropTable("person");
      op.createTable("human", [column("id", t.integer(), { primaryKey: true }), column("name", t.string(20))], {
        schema: "old",
      });
      op.createForeignKey("fk_owner", "item", "human", ["owner"], ["id"], { referentSchema: "old" });
    },
  },
  "defaults and names": {
    sql: "ALTER TABLE item ALTER price SET DEFAULT 5, ALTER COLUMN owner DROP DEFAULT, RENAME COLUMN name TO title, RENAME INDEX ix_item_name TO ix; RENAME TABLE item TO goods, person TO human",
    calls(op) {
      op.alterColumn("item", "price", { serverDefault: sql`5` });
      op.alterColumn("item", "name", { newColumnName: "title" });
      op.renameIndex("ix_item_name", "ix", { tableName: "item" });
      op.renameTable("item", "goods");
      op.renameTable("person", "human");
    },
  },
  "columns that are not seen any more, and others that are": {
    sql: `CREATE TABLE seen (a int, b int INVISIBLE); ALTER TABLE seen ALTER COLUMN a SET INVISIBLE, ALTER b SET VISIBLE`,
    calls(op) {
      op.createTable("seen", [column("a", t.integer(), { mysql: { visible: false } }), column("b", t.integer())]);
    },
  },
  "a view that is defined anew": {
    sql: `CREATE VIEW seen AS SELECT name FROM item; ALTER ALGORITHM=MERGE DEFINER=CURRENT_USER SQL SECURITY INVOKER VIEW seen (a) AS SELECT price FROM item WITH CHECK OPTION`,
    calls(op) {
      op.createView("seen", "SELECT price FROM item");
    },
  },
  "indexes and keys": {
    sql: `CREATE UNIQUE INDEX ix_a ON item (price, owner DESC) USING BTREE; DROP INDEX ix_item_name ON item; ALTER TABLE item DROP INDEX uq_item,
      ADD UNIQUE KEY uq_new (owner), ADD INDEX ix_b (name(7)), ADD FULLTEXT INDEX ft (name), ADD CONSTRAINT ck CHECK (price > 0)`,
    calls(op) {
      op.createIndex("ix_a", "item", ["price", sql`owner DESC`], { unique: true, mysql: { using: "BTREE" } });
      op.dropIndex("ix_item_name", { tableName: "item" });
      op.dropConstraint("uq_item", "item", { type: "unique" });
      op.createUniqueConstraint("uq_new", "item", ["owner"]);
      op.createIndex("ix_b", "item", ["name"], { mysql: { length: { name: 7 } } });
      op.createIndex("ft", "item", ["name"], { mysql: { prefix: "FULLTEXT" } });
      op.createCheckConstraint("ck", "item", "price > 0");
    },
  },
  "names in another case": {
    sql: "ALTER TABLE ITEM DROP COLUMN PRICE, ADD CONSTRAINT fk2 FOREIGN KEY (OWNER) REFERENCES Person (ID)",
    calls(op) {
      op.dropColumn("item", "price");
      op.createForeignKey("fk2", "item", "person", ["owner"], ["id"]);
    },
  },
  "a comment, and what leaves no trace": {
    sql: "ALTER TABLE item COMMENT = 'goods', ENGINE=InnoDB, ALGORITHM=INPLACE, LOCK=NONE; LOCK TABLES item WRITE; UNLOCK TABLES; DO SLEEP(1)",
    calls: (op) => op.createTableComment("item", "goods"),
  },
  "views, routines and triggers, also between delimiters": {
    sql: `CREATE OR REPLACE ALGORITHM=UNDEFINED DEFINER=\`root\`@\`localhost\` SQL SECURITY DEFINER VIEW v AS select 1 AS a;
DELIMITER ;;
CREATE TRIGGER tr BEFORE INSERT ON item FOR EACH ROW BEGIN SET NEW.price = CASE WHEN 1 THEN 2 END; SET @a = 'drop table x'; END;;
CREATE PROCEDURE p(IN a int) BEGIN SELECT 1; IF a THEN SELECT 2; END IF; END;;
DELIMITER ;
DROP TABLE person_gone; DROP TABLE IF EXISTS person_gone`,
    calls(op) {
      op.createView("v", "select 1 AS a");
      op.createTrigger("tr", "item", "BEGIN SET NEW.price = CASE WHEN 1 THEN 2 END; SET @a = 'drop table x'; END", {
        timing: "before",
        events: "insert",
      });
      op.createProcedure("p", "BEGIN SELECT 1; IF a THEN SELECT 2; END IF; END", { parameters: "IN a int" });
    },
  },
};

const statementsAtEnd: Equivalent = {
  sql: "DELIMITER //\nSET @m = 'a;b';\nCREATE TABLE more (id int);\nALTER TABLE item DROP COLUMN price;\n",
  calls(op) {
    op.createTable("more", [column("id", t.integer())]);
    op.dropColumn("item", "price");
  },
};

describe.each(["mysql", "mariadb"] as const)("SQL text on %s", (dialect) => {
  it.each(Object.keys(tables))("makes the same table as op.createTable: %s", async (name) => {
    expect(await comparison(dialect, start, tables[name] as Equivalent)).toEqual(same);
  });

  it.each(Object.keys(changes))("does the same as a directive: %s", async (name) => {
    expect(await comparison(dialect, start, changes[name] as Equivalent)).toEqual(same);
  });

  it("has the statements that stand behind the last delimiter, which the client sends all the same", async () => {
    expect(await comparison(dialect, start, statementsAtEnd)).toEqual(same);
  });

  it.each([
    ["a table made of a query", "CREATE TABLE copy AS SELECT * FROM item", ["copy"]],
    ["the character set of the database", "ALTER TABLE item CONVERT TO CHARACTER SET DEFAULT", ["item"]],
    [
      "a conversion along with a column that has a character set",
      "ALTER TABLE item ADD a text CHARACTER SET latin1, CONVERT TO CHARACTER SET utf8mb4",
      ["item"],
    ],
    ["a table that changes and moves", "ALTER TABLE item ADD a text, RENAME TO old.item", ["item", "old.item"]],
    ["partitions that are joined", "ALTER TABLE item COALESCE PARTITION 2", ["item"]],
    ["a call", "CALL change_all()", ["*"]],
    ["a prepared statement", "PREPARE s FROM @sql; EXECUTE s; DEALLOCATE PREPARE s", ["*"]],
    ["a partition", "ALTER TABLE item DROP PARTITION p0", ["item"]],
    ["a table that passes", "CREATE TEMPORARY TABLE passing (a int)", ["passing"]],
  ])("makes unknown what it names but is not understood: %s", async (_title, text, names) => {
    expect(await readSql(dialect, text)).toEqual({ operations: [], unknown: names });
  });

  it.each([
    [
      "a table made like one that is not known",
      "CREATE TABLE x AS SELECT 1 AS a; CREATE TABLE copy LIKE x",
      ["copy", "x"],
    ],
    [
      "a text that may grow out of its type, in a character set that nobody said",
      "ALTER TABLE note CONVERT TO CHARACTER SET utf8mb4",
      ["note"],
    ],
    ["columns that keep a character set that nobody said", "ALTER TABLE note CHARACTER SET utf8mb4", ["note"]],
    [
      "a table that goes to another database, and has a trigger",
      "RENAME TABLE person TO old.person",
      ["old.person", "person"],
    ],
    ["a name given twice", "CREATE TABLE person LIKE item", ["person"]],
    [
      "the new name of a table of which nothing is known",
      "CREATE TABLE x AS SELECT 1 AS a; RENAME TABLE x TO y",
      ["x", "y"],
    ],
  ])("makes unknown what the replayed schema knows too little for: %s", async (_title, text, names) => {
    const before = await schemaAfter(dialect, (op) => {
      start(op);
      op.createTable("note", [column("text", t.text())]);
      op.createTrigger("tr", "person", "SET @a = 1", { timing: "before", events: "insert" });
    });
    expect(unknownIn(await schemaAfter(dialect, (op) => op.execute(text), before))).toEqual(names);
  });

  it("keeps what is said of the index of a unique key", async () => {
    const text = "CREATE TABLE u (a int, UNIQUE KEY k (a) COMMENT 'what it is')";
    const after = await schemaAfter(dialect, (op) => op.execute(text));
    expect(after.table(undefined, "u")?.indexes[0]).toMatchObject({
      name: "k",
      unique: true,
      options: { mysql: { comment: "what it is" } },
    });
  });

  it("is unknown also in the spelling of the replayed schema", async () => {
    const before = await schemaAfter(dialect, start);
    const after = await schemaAfter(
      dialect,
      (op) => op.execute("CREATE TABLE x LIKE y; ALTER TABLE ITEM ORDER BY name, FROBNICATE"),
      before,
    );
    expect(unknownIn(after)).toEqual(["ITEM", "item", "x"]);
  });
});
