-- downgrade 3c -> base
--   3c  alter columns: type, default, NULL and name, one after the other and together
--   2b  add columns
--   1a  make a table
-- for:    PostgreSQL 14
-- run:    psql -X -f FILE DATABASE
-- needs:  alembic_version at exactly 3c
-- sha256: 57bb9765e3e7e1688f9125c297ad09acb57d7aff3b79a164b278a943b1fb8f09 of the lines below this one

BEGIN;

-- Running downgrade 3c -> 2b, alter columns: type, default, NULL and name, one after the other and together

ALTER TABLE account RENAME remark TO note;

ALTER TABLE account ALTER COLUMN visit_count TYPE INTEGER;

ALTER TABLE account RENAME visit_count TO visits;

ALTER TABLE account ALTER COLUMN state DROP NOT NULL;

ALTER TABLE account ALTER COLUMN state DROP DEFAULT;

ALTER TABLE account ALTER COLUMN name TYPE VARCHAR(20);

ALTER TABLE account ALTER COLUMN name SET DEFAULT 'nobody';

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

COMMIT;
