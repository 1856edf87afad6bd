-- downgrade 4d50a9b17ac3 -> base
--   4d50a9b17ac3  one user for an address
--   3c4f8ea06fb2  mail becomes email
--   2b3e7d9f5ea1  last login
--   1a2f6c8e4d90  users
-- for:    SQLite 3.45
-- run:    sqlite3 DATABASE < FILE
-- needs:  alembic_version at exactly 4d50a9b17ac3
-- sha256: 94321712ff4d9255ccd7c32e55afa1ada0b76a16de47cf7f17e311e7640c95cf of the lines below this one

BEGIN;

-- Running downgrade 4d50a9b17ac3 -> 3c4f8ea06fb2, one user for an address

DROP INDEX ix_users_email;

UPDATE alembic_version SET version_num='3c4f8ea06fb2' WHERE alembic_version.version_num = '4d50a9b17ac3';

-- Running downgrade 3c4f8ea06fb2 -> 2b3e7d9f5ea1, mail becomes email

ALTER TABLE users RENAME COLUMN email TO mail;

UPDATE alembic_version SET version_num='2b3e7d9f5ea1' WHERE alembic_version.version_num = '3c4f8ea06fb2';

-- Running downgrade 2b3e7d9f5ea1 -> 1a2f6c8e4d90, last login

ALTER TABLE users DROP COLUMN last_login;

UPDATE alembic_version SET version_num='1a2f6c8e4d90' WHERE alembic_version.version_num = '2b3e7d9f5ea1';

-- Running downgrade 1a2f6c8e4d90 -> , users

DROP TABLE users;

DELETE FROM alembic_version WHERE alembic_version.version_num = '1a2f6c8e4d90';

COMMIT;
