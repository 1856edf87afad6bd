-- downgrade c2 -> base
--   c2  an index outside the transaction
--   c1  a merge of three lines
--   a2  goods have owners, so people come first
--   a3  goods have prices: a branch point
--   a1  one root: its message has two lines
--   b1  another root
-- for:    MariaDB 10.11
-- run:    mysql DATABASE < FILE
-- needs:  schema_version at exactly c2
-- sha256: 578a407805bcf0287b8bfc3478f15cf9d705af6b298e01fbefeba4ef3419c265 of the lines below this one

SET NAMES utf8mb4;
SET SESSION sql_mode = REPLACE(@@SESSION.sql_mode, 'NO_BACKSLASH_ESCAPES', '');

-- Running downgrade c2 -> c1, an index outside the transaction

DROP INDEX ix_goods_price ON goods;

UPDATE schema_version SET version_num='c1' WHERE schema_version.version_num = 'c2';

-- Running downgrade c1 -> a2, a3, b1, a merge of three lines

INSERT INTO schema_version (version_num) VALUES ('a2');

UPDATE schema_version SET version_num='a3' WHERE schema_version.version_num = 'c1';

-- Running downgrade a2 -> a1, goods have owners, so people come first

ALTER TABLE goods DROP COLUMN owner;

UPDATE schema_version SET version_num='b1' WHERE schema_version.version_num = 'a2';

-- Running downgrade a3 -> a1, goods have prices: a branch point

ALTER TABLE goods DROP COLUMN price;

UPDATE schema_version SET version_num='a1' WHERE schema_version.version_num = 'a3';

-- Running downgrade a1 -> , one root: its message has two lines

DROP TABLE goods;

DELETE FROM schema_version WHERE schema_version.version_num = 'a1';

-- Running downgrade b1 -> , another root

DROP TABLE person;

DELETE FROM schema_version WHERE schema_version.version_num = 'b1';
