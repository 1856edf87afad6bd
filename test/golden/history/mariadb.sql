-- upgrade base -> c2
--   b1  another root
--   a1  one root: its message has two lines
--   a3  goods have prices: a branch point
--   a2  goods have owners, so people come first
--   c1  a merge of three lines
--   c2  an index outside the transaction
-- for:    MariaDB 10.11
-- run:    mysql DATABASE < FILE
-- needs:  no revision applied: schema_version empty or missing
-- sha256: 423fb40c49a2811b7fd874a6f04b5ea5c84c45c92a55e0e83b8c4fe4b25e9ebc of the lines below this one

SET NAMES utf8mb4;
SET SESSION sql_mode = REPLACE(@@SESSION.sql_mode, 'NO_BACKSLASH_ESCAPES', '');

CREATE TABLE IF NOT EXISTS schema_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT schema_version_pkc PRIMARY KEY (version_num)
);

-- Running upgrade  -> b1, another root

CREATE TABLE person (
    id INTEGER NOT NULL AUTO_INCREMENT,
    PRIMARY KEY (id)
);

INSERT INTO schema_version (version_num) VALUES ('b1');

-- Running upgrade  -> a1, one root: its message has two lines

CREATE TABLE goods (
    id INTEGER NOT NULL AUTO_INCREMENT,
    PRIMARY KEY (id)
);

INSERT INTO schema_version (version_num) VALUES ('a1');

-- Running upgrade a1 -> a3, goods have prices: a branch point

ALTER TABLE goods ADD COLUMN price INTEGER;

UPDATE schema_version SET version_num='a3' WHERE schema_version.version_num = 'a1';

-- Running upgrade a1 -> a2, goods have owners, so people come first

ALTER TABLE goods ADD COLUMN owner INTEGER;

UPDATE schema_version SET version_num='a2' WHERE schema_version.version_num = 'b1';

-- Running upgrade a2, a3, b1 -> c1, a merge of three lines

DELETE FROM schema_version WHERE schema_version.version_num = 'a2';

UPDATE schema_version SET version_num='c1' WHERE schema_version.version_num = 'a3';

-- Running upgrade c1 -> c2, an index outside the transaction

UPDATE goods SET price = 1 WHERE price IS NULL;

CREATE INDEX ix_goods_price ON goods (price);

UPDATE goods SET price = 2 WHERE price = 1;

UPDATE schema_version SET version_num='c2' WHERE schema_version.version_num = 'c1';
