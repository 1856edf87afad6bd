import { describe } from "vitest";
import type { DialectName } from "../../src/schema/dialect-names.js";
import { history } from "../support/history.js";
import { printsWhatHistoryMakes } from "./prints-what-history-makes.js";

/** DDL as dumps and authors write it, each of which a schema script must make once more. */
const schemas: { readonly [D in DialectName]?: Readonly<Record<string, string>> } = {
  postgresql: {
    "constraints that nobody has checked": `
      CREATE TABLE a (id int PRIMARY KEY);
      CREATE TABLE b (a_id int, n int, CONSTRAINT sound FOREIGN KEY (a_id) REFERENCES a (id));
      ALTER TABLE b ADD CONSTRAINT unchecked FOREIGN KEY (a_id) REFERENCES a (id) NOT VALID;
      ALTER TABLE b ADD CONSTRAINT n_positive CHECK (n > 0) NOT VALID;`,
    "columns that count beside the key": `
      CREATE TABLE s (u text NOT NULL, seq BIGSERIAL, other SMALLSERIAL);
      CREATE TABLE k (id SERIAL PRIMARY KEY, seq SERIAL);
      ALTER TABLE s ADD COLUMN later SERIAL;`,
    "indexes over expressions": `
      CREATE TABLE d (a text, b text);
      CREATE INDEX i ON d USING gin ((to_tsvector('english', a) || to_tsvector('english', b)));
      CREATE INDEX j ON d ((CASE WHEN a = 'x' THEN 0 ELSE 1 END), lower(b));`,
  },
  mariadb: {
    "columns that count beside the key": `
      CREATE TABLE t (id bigint unsigned NOT NULL AUTO_INCREMENT, UNIQUE KEY i (id));
      CREATE TABLE u (a int PRIMARY KEY, n int NOT NULL AUTO_INCREMENT, KEY n (n));`,
    "keys over the beginning of texts": `
      CREATE TABLE t (token text NOT NULL, name varchar(100), PRIMARY KEY (token(191)), UNIQUE KEY k (name(32)));`,
    "what indexes say of themselves": `
      CREATE TABLE t (a int, b int, KEY c (a) COMMENT 'it''s one', KEY d (b) IGNORED);`,
  },
  mysql: {
    "keys over the beginning of texts": `
      CREATE TABLE t (token text NOT NULL, name varchar(100), PRIMARY KEY (token(191)), UNIQUE KEY k (name(32)));`,
    "what indexes say of themselves": `
      CREATE TABLE t (a int, b int, KEY c (a) COMMENT 'it''s one', KEY d (b));`,
  },
  sqlite: {
    "keys that take NULL": `
      CREATE TABLE pair (a INTEGER, b INTEGER, PRIMARY KEY (a, b));
      CREATE TABLE word (a TEXT PRIMARY KEY);
      CREATE TABLE firm (a TEXT NOT NULL PRIMARY KEY, b INT);
      CREATE TABLE apart (a TEXT PRIMARY KEY) WITHOUT ROWID;
      CREATE TABLE strict (a TEXT PRIMARY KEY, b TEXT COLLATE NOCASE) STRICT;`,
  },
};

for (const [dialect, all] of Object.entries(schemas) as [DialectName, Readonly<Record<string, string>>][]) {
  describe(`DDL of ${dialect} in the author's own words`, () => {
    for (const [what, ddl] of Object.entries(all)) {
      printsWhatHistoryMakes(what, dialect, () =>
        Promise.resolve(history({ dialect }, [{ id: "a1", upgrade: (op) => void op.execute(ddl) }])),
      );
    }
  });
}
