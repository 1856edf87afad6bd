BEGIN;

-- Running downgrade 2b -> 1a, arrays, where there are any, and a second enum

ALTER TABLE every_type DROP COLUMN size;

UPDATE alembic_version SET version_num='1a' WHERE alembic_version.version_num = '2b';

-- Running downgrade 1a -> , all generic types

DROP TABLE every_type;

DELETE FROM alembic_version WHERE alembic_version.version_num = '1a';

COMMIT;
