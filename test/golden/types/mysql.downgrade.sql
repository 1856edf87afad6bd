-- downgrade 2b -> base
--   2b  arrays, where there are any, and a second enum
--   1a  all generic types
-- for:    MySQL 8.4
-- run:    mysql DATABASE < FILE
-- needs:  alembic_version at exactly 2b
-- sha256: 41bc9e45a9b5b0570794f3842f62d85134cb6285fca9a23a97604742e6a22371 of the lines below this one

SET NAMES utf8mb4;
SET SESSION sql_mode = REPLACE(@@SESSION.sql_mode, 'NO_BACKSLASH_ESCAPES', '');

-- Running downgrade 2b -> 1a, arrays, where there are any, and a second enum

ALTER TABLE every_type DROP COLUMN size;

UPDATE alembic_version SET version_num='1a' WHERE alembic_version.version_num = '2b';

-- Running downgrade 1a -> , all generic types

DROP TABLE every_type;

DELETE FROM alembic_version WHERE alembic_version.version_num = '1a';
