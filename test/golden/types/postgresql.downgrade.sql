-- downgrade 2b -> base
--   2b  arrays, where there are any, and a second enum
--   1a  all generic types
-- for:    PostgreSQL 14
-- run:    psql -X -f FILE DATABASE
-- needs:  alembic_version at exactly 2b
-- sha256: b9a7c6ca9353f9bbe0b751ac728a250027960f0d852c9a71eeead4d120464d5f of the lines below this one

BEGIN;

-- Running downgrade 2b -> 1a, arrays, where there are any, and a second enum

ALTER TABLE every_type DROP COLUMN network;

ALTER TABLE every_type DROP COLUMN words;

ALTER TABLE every_type DROP COLUMN numbers;

ALTER TABLE every_type DROP COLUMN size;

DROP TYPE size;

UPDATE alembic_version SET version_num='1a' WHERE alembic_version.version_num = '2b';

-- Running downgrade 1a -> , all generic types

DROP TABLE every_type;

DROP TYPE mood;

DELETE FROM alembic_version WHERE alembic_version.version_num = '1a';

COMMIT;
