-- downgrade 2b -> base
--   2b  arrays, where there are any, and a second enum
--   1a  all generic types
-- for:    SQLite 3.45
-- run:    sqlite3 DATABASE < FILE
-- needs:  alembic_version at exactly 2b
-- sha256: 9fdeb4f6ce2166dbd354a52491030dbfb008bdaaaad180a9a2772cda4731f942 of the lines below this one

BEGIN;

-- Running downgrade 2b -> 1a, arrays, where there are any, and a second enum

ALTER TABLE every_type DROP COLUMN size;

UPDATE alembic_version SET version_num='1a' WHERE alembic_version.version_num = '2b';

-- Running downgrade 1a -> , all generic types

DROP TABLE every_type;

DELETE FROM alembic_version WHERE alembic_version.version_num = '1a';

COMMIT;
