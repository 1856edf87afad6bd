-- downgrade 4d50a9b17ac3 -> base
--   4d50a9b17ac3  one user for an address
--   3c4f8ea06fb2  mail becomes email
--   2b3e7d9f5ea1  last login
--   1a2f6c8e4d90  users
-- for:    SQLite 3.45
-- run:    sqlite3 DATABASE < FILE
-- needs:  alembic_version at exactly 4d50a9b17ac3
-- sha256: fe36521990db7246efd20b8bb6e1f0d4a4af07b6afd39edde07f5b4ef7b329db of the lines below this one

/* For SQLite alone: psql, where comments nest, takes all that follows for a part of this one. /* */
;
-- sqlite3: stop at the first error, and wait for locks instead of failing at once
.bail on
.timeout 10000
;

BEGIN IMMEDIATE;

-- Guard: refuses unless alembic_version holds exactly 4d50a9b17ac3.
CREATE TEMP TABLE sqlembic_guard (passed INTEGER NOT NULL CONSTRAINT "refused: nothing of this transaction is kept, see the first error" CHECK (passed = 1));
INSERT INTO temp.sqlembic_guard
SELECT CASE WHEN tables > 0 THEN 1
  ELSE json_extract('{}', 'refused: there is no table alembic_version, and this script needs exactly 4d50a9b17ac3' || substr('', tables)) END
FROM (SELECT count(*) AS tables FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version' COLLATE NOCASE);
INSERT INTO temp.sqlembic_guard
SELECT CASE WHEN found IS '4d50a9b17ac3' THEN 1
  ELSE json_extract('{}', 'refused: alembic_version holds ' || coalesce(found, 'no revision') || ', and this script needs exactly 4d50a9b17ac3') END
FROM (SELECT group_concat(version_num, ', ') AS found FROM (SELECT version_num FROM alembic_version ORDER BY version_num));

-- Running downgrade 4d50a9b17ac3 -> 3c4f8ea06fb2, one user for an address

DROP INDEX ix_users_email;

UPDATE alembic_version SET version_num='3c4f8ea06fb2' WHERE alembic_version.version_num = '4d50a9b17ac3';
INSERT INTO temp.sqlembic_guard VALUES (changes());

-- Running downgrade 3c4f8ea06fb2 -> 2b3e7d9f5ea1, mail becomes email

ALTER TABLE users RENAME COLUMN email TO mail;

UPDATE alembic_version SET version_num='2b3e7d9f5ea1' WHERE alembic_version.version_num = '3c4f8ea06fb2';
INSERT INTO temp.sqlembic_guard VALUES (changes());

-- Running downgrade 2b3e7d9f5ea1 -> 1a2f6c8e4d90, last login

ALTER TABLE users DROP COLUMN last_login;

UPDATE alembic_version SET version_num='1a2f6c8e4d90' WHERE alembic_version.version_num = '2b3e7d9f5ea1';
INSERT INTO temp.sqlembic_guard VALUES (changes());

-- Running downgrade 1a2f6c8e4d90 -> , users

DROP TABLE users;

DELETE FROM alembic_version WHERE alembic_version.version_num = '1a2f6c8e4d90';
INSERT INTO temp.sqlembic_guard VALUES (changes());

-- Rolls back the whole transaction unless all checks were passed.
INSERT OR ROLLBACK INTO temp.sqlembic_guard SELECT count(*) = 6 FROM temp.sqlembic_guard;
DROP TABLE temp.sqlembic_guard;

COMMIT;

SELECT CASE WHEN found IS NULL THEN 'OK: the database has no revision applied' ELSE 'NOT DONE: the version rows are ' || coalesce(found, 'none') END AS migration
FROM (SELECT group_concat(version_num, ', ') AS found FROM (SELECT version_num FROM alembic_version ORDER BY version_num));
