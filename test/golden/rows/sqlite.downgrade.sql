BEGIN;

-- Running downgrade 1a -> , rows whose values look like the end of something

DELETE FROM sample;

DROP TABLE sample;

DELETE FROM alembic_version WHERE alembic_version.version_num = '1a';

COMMIT;
