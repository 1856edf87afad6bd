-- downgrade 1a -> base
--   1a  rows whose values look like the end of something
-- for:    SQLite 3.45
-- run:    sqlite3 DATABASE < FILE
-- needs:  alembic_version at exactly 1a
-- sha256: 42f9e35337651d81815123d9357adb35c6de4a3c73a8437289360f3d0923e999 of the lines below this one

BEGIN;

-- Running downgrade 1a -> , rows whose values look like the end of something

DELETE FROM sample;

DROP TABLE sample;

DELETE FROM alembic_version WHERE alembic_version.version_num = '1a';

COMMIT;
