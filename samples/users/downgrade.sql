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
