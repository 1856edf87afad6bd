-- downgrade c2 -> base
--   c2  an index outside the transaction
--   c1  a merge of three lines
--   a2  goods have owners, so people come first
--   a3  goods have prices: a branch point
--   a1  one root: its message has two lines
--   b1  another root
-- for:    SQLite 3.45
-- run:    sqlite3 DATABASE < FILE
-- needs:  schema_version at exactly c2
-- sha256: 657d649427dfeca678b816ab463fb16d5e244a31461dc0f1c97743a30eed80f4 of the lines below this one

BEGIN;

-- Running downgrade c2 -> c1, an index outside the transaction

COMMIT;

DROP INDEX ix_goods_price;

BEGIN;

UPDATE schema_version SET version_num='c1' WHERE schema_version.version_num = 'c2';

COMMIT;

BEGIN;

-- Running downgrade c1 -> a2, a3, b1, a merge of three lines

INSERT INTO schema_version (version_num) VALUES ('a2');

UPDATE schema_version SET version_num='a3' WHERE schema_version.version_num = 'c1';

COMMIT;

BEGIN;

-- Running downgrade a2 -> a1, goods have owners, so people come first

ALTER TABLE goods DROP COLUMN owner;

UPDATE schema_version SET version_num='b1' WHERE schema_version.version_num = 'a2';

COMMIT;

BEGIN;

-- Running downgrade a3 -> a1, goods have prices: a branch point

ALTER TABLE goods DROP COLUMN price;

UPDATE schema_version SET version_num='a1' WHERE schema_version.version_num = 'a3';

COMMIT;

BEGIN;

-- Running downgrade a1 -> , one root: its message has two lines

DROP TABLE goods;

DELETE FROM schema_version WHERE schema_version.version_num = 'a1';

COMMIT;

BEGIN;

-- Running downgrade b1 -> , another root

DROP TABLE person;

DELETE FROM schema_version WHERE schema_version.version_num = 'b1';

COMMIT;
