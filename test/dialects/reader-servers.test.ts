import { describe, expect } from "vitest";
import { loadDialect } from "../../dialects/index.js";
import { compareSchemas, differenceText } from "../../src/catalog/compare.js";
import { schemaStatements } from "../../src/compiler/schema-script.js";
import { terminated } from "../../src/compiler/script/pieces.js";
import type { DialectName } from "../../src/schema/dialect-names.js";
import type { Engine } from "../engines/engine.js";
import { detectEngines } from "../engines/engines.js";
import { applyClean } from "../engines/round-trip.js";
import { testOn } from "../engines/test-on.js";
import { schemaAfter, unknownIn } from "./reader-support.js";

const mysqlStart = `CREATE TABLE person (id int AUTO_INCREMENT PRIMARY KEY, name varchar(20), note text, short tinytext,
    code char(3) CHARACTER SET ascii COLLATE ascii_bin, mood enum('a', 'b')) DEFAULT CHARSET=latin1;
  CREATE TABLE item (id int PRIMARY KEY, name varchar(50) NOT NULL COMMENT 'what', price decimal(10,2) DEFAULT 1, owner int,
    seller int, KEY ix_name (name), UNIQUE KEY uq (name, owner), CONSTRAINT fk FOREIGN KEY (owner) REFERENCES person (id),
    FOREIGN KEY (seller) REFERENCES person (id), CONSTRAINT ck CHECK (price > 0), CHECK (id > 0)) COMMENT='goods'`;

/** SQL text by what it does, each on top of the schema of its dialect. */
const changes: Partial<Readonly<Record<DialectName, { start: string; texts: Readonly<Record<string, string>> }>>> = {
  mariadb: {
    start: mysqlStart,
    texts: {
      "columns in another place": `ALTER TABLE item ADD COLUMN a int FIRST, ADD b int AFTER name, MODIFY owner int NULL DEFAULT 2 FIRST,
        CHANGE price cost decimal(9,1) AFTER id; ALTER TABLE item ADD (c int, d int), MODIFY COLUMN id int AFTER name`,
      "a character set": "ALTER TABLE person CONVERT TO CHARACTER SET utf8mb4",
      "a character set with a collation":
        "ALTER TABLE person CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin, ADD x text",
      "a shorter character set":
        "ALTER TABLE person CONVERT TO CHARACTER SET utf8mb4; ALTER TABLE person CONVERT TO CHARACTER SET latin2",
      "a character set for columns to come":
        "ALTER TABLE person DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin; ALTER TABLE person ADD x text",
      "a collation": "ALTER TABLE person COLLATE latin1_bin; ALTER TABLE person CONVERT TO CHARACTER SET utf8mb3",
      "options, with and without commas": `ALTER TABLE item ENGINE=InnoDB ROW_FORMAT=COMPACT, COMMENT='x' AUTO_INCREMENT=7, ALGORITHM=INPLACE, LOCK=NONE;
        ALTER TABLE person COMMENT 'y', ROW_FORMAT DYNAMIC; ALTER TABLE item COMMENT=''`,
      indexes: `ALTER TABLE item ADD INDEX (price), ADD KEY (price, owner), DROP INDEX ix_name, RENAME KEY uq TO uq2, ADD UNIQUE (owner, price);
        ALTER TABLE item ADD FULLTEXT ft (name), ADD INDEX p (name(5) DESC)`,
      keys: `ALTER TABLE item DROP FOREIGN KEY fk, DROP PRIMARY KEY, ADD PRIMARY KEY (id, price), DROP CONSTRAINT ck,
        ADD CONSTRAINT fk2 FOREIGN KEY (owner) REFERENCES person (id) ON DELETE SET NULL`,
      "defaults and names": `ALTER TABLE item ALTER price SET DEFAULT 5, ALTER COLUMN owner SET DEFAULT NULL, RENAME COLUMN name TO title;
        ALTER TABLE item ALTER price DROP DEFAULT, RENAME TO goods; RENAME TABLE goods TO a, person TO b, a TO c`,
      "a table like another": `CREATE TABLE copy LIKE item; CREATE TABLE IF NOT EXISTS copy (LIKE person); CREATE TABLE other (LIKE person);
        ALTER TABLE copy ADD x int; ALTER TABLE other CONVERT TO CHARACTER SET utf8mb4`,
      partitions:
        "CREATE TABLE p (a int NOT NULL); ALTER TABLE p PARTITION BY HASH (a) PARTITIONS 3; CREATE TABLE q LIKE p; ALTER TABLE p REMOVE PARTITIONING",
      "a table in the place of another":
        "CREATE OR REPLACE TABLE item (a int); ALTER TABLE IF EXISTS item ADD b int; ALTER TABLE item RENAME thing",
    },
  },
};

describe.each(Object.entries(changes))("SQL text on %s leaves what the server has then", (name, { start, texts }) => {
  const dialect = name as DialectName;
  for (const [title, text] of Object.entries(texts)) {
    testOn(dialect, title, async ({ engine, database }) => {
      const settings = { dialect: await loadDialect(dialect) };
      const read = await settings.dialect.loadServerSchema?.();
      const replayed = await schemaAfter(dialect, (op) => op.execute(`${start};\n${text}`));
      const script = schemaStatements(replayed, settings).map(({ sql }) => terminated(sql, settings.dialect.script));
      const other = await ((await detectEngines())[engine] as Engine).createDatabase();
      try {
        const { exitCode, stderr } = await database.apply(`${start};\n${text};`);
        expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: exitCode === 0 ? stderr : "" });
        await applyClean(other, script.join("\n"));
        const found = await read?.((sql) => database.query(sql));
        const made = await read?.((sql) => other.query(sql));
        expect(compareSchemas(found ?? [], made ?? []).map(differenceText)).toEqual([]);
        expect(found?.length).toBeGreaterThan(0);
        expect(unknownIn(replayed)).toEqual([]);
      } finally {
        await other.drop();
      }
    });
  }
});
