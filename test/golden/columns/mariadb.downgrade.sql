-- downgrade 3c -> base
--   3c  alter columns: type, default, NULL and name, one after the other and together
--   2b  add columns
--   1a  make a table
-- for:    MariaDB 10.11
-- run:    mysql DATABASE < FILE
-- needs:  alembic_version at exactly 3c
-- sha256: 42b76bfbc5dca92b4476028b92bcb3b2de6c93ee9458e18fc3f0d80396ceb767 of the lines below this one

SET NAMES utf8mb4;
SET SESSION sql_mode = REPLACE(@@SESSION.sql_mode, 'NO_BACKSLASH_ESCAPES', '');

-- Running downgrade 3c -> 2b, alter columns: type, default, NULL and name, one after the other and together

ALTER TABLE account CHANGE remark note TEXT NULL;

ALTER TABLE account CHANGE visit_count visits INTEGER NOT NULL DEFAULT 0;

ALTER TABLE account MODIFY state VARCHAR(10) NULL;

ALTER TABLE account MODIFY name VARCHAR(20) NOT NULL DEFAULT 'nobody';

ALTER TABLE account ADD COLUMN level SMALLINT DEFAULT 1 NOT NULL;

UPDATE alembic_version SET version_num='2b' WHERE alembic_version.version_num = '3c';

-- Running downgrade 2b -> 1a, add columns

ALTER TABLE account DROP COLUMN active;

ALTER TABLE account DROP COLUMN level;

ALTER TABLE account DROP COLUMN note;

UPDATE alembic_version SET version_num='1a' WHERE alembic_version.version_num = '2b';

-- Running downgrade 1a -> , make a table

DROP TABLE account;

DELETE FROM alembic_version WHERE alembic_version.version_num = '1a';
