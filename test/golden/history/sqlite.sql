-- upgrade base -> c2
--   b1  another root
--   a1  one root: its message has two lines
--   a3  goods have prices: a branch point
--   a2  goods have owners, so people come first
--   c1  a merge of three lines
--   c2  an index outside the transaction
-- for:    SQLite 3.45
-- run:    sqlite3 DATABASE < FILE
-- needs:  no revision applied: schema_version empty or missing
-- sha256: 29c04dd02bd420aec2b05f9fc0fbc7d5a0a15803168c05b76445a9719319c459 of the lines below this one

BEGIN;

CREATE TABLE IF NOT EXISTS schema_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT schema_version_pkc PRIMARY KEY (version_num)
);

-- Running upgrade  -> b1, another root

CREATE TABLE person (
    id INTEGER NOT NULL,
    PRIMARY KEY (id)
);

INSERT INTO schema_version (version_num) VALUES ('b1');

COMMIT;

BEGIN;

-- Running upgrade  -> a1, one root: its message has two lines

CREATE TABLE goods (
    id INTEGER NOT NULL,
    PRIMARY KEY (id)
);

INSERT INTO schema_version (version_num) VALUES ('a1');

COMMIT;

BEGIN;

-- Running upgrade a1 -> a3, goods have prices: a branch point

ALTER TABLE goods ADD COLUMN price INTEGER;

UPDATE schema_version SET version_num='a3' WHERE schema_version.version_num = 'a1';

COMMIT;

BEGIN;

-- Running upgrade a1 -> a2, goods have owners, so people come first

ALTER TABLE goods ADD COLUMN owner INTEGER;

UPDATE schema_version SET version_num='a2' WHERE schema_version.version_num = 'b1';

COMMIT;

BEGIN;

-- Running upgrade a2, a3, b1 -> c1, a merge of three lines

DELETE FROM schema_version WHERE schema_version.version_num = 'a2';

UPDATE schema_version SET version_num='c1' WHERE schema_version.version_num = 'a3';

COMMIT;

BEGIN;

-- Running upgrade c1 -> c2, an index outside the transaction

UPDATE goods SET price = 1 WHERE price IS NULL;

COMMIT;

CREATE INDEX ix_goods_price ON goods (price);

BEGIN;

UPDATE goods SET price = 2 WHERE price = 1;

UPDATE schema_version SET version_num='c2' WHERE schema_version.version_num = 'c1';

COMMIT;
