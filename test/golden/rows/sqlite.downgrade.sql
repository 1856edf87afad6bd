-- downgrade 1a -> base
--   1a  rows whose values look like the end of something
-- for:    SQLite 3.45
-- run:    sqlite3 DATABASE < FILE
-- needs:  alembic_version at exactly 1a
-- sha256: d3cf9cee6e2e3b5d80fd25342da7842f16d481c7a17ceee38eec7fa438a86cb2 of the lines below this one

/* For psql this comment has no end: /* */
;
.bail on
.timeout 10000
;

BEGIN IMMEDIATE;

-- Guard: alembic_version has to hold exactly 1a.
CREATE TEMP TABLE sqlembic_guard (passed INTEGER NOT NULL CONSTRAINT "refused: nothing of this transaction is kept, see the first error" CHECK (passed = 1));
INSERT INTO temp.sqlembic_guard
SELECT CASE WHEN tables > 0 THEN 1
  ELSE json_extract('{}', 'refused: there is no table alembic_version, and this script needs exactly 1a' || substr('', tables)) END
FROM (SELECT count(*) AS tables FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version' COLLATE NOCASE);
INSERT INTO temp.sqlembic_guard
SELECT CASE WHEN found IS '1a' THEN 1
  ELSE json_extract('{}', 'refused: alembic_version holds ' || coalesce(found, 'no revision') || ', and this script needs exactly 1a') END
FROM (SELECT group_concat(version_num, ', ') AS found FROM (SELECT version_num FROM alembic_version ORDER BY version_num));

-- Running downgrade 1a -> , rows whose values look like the end of something

DELETE FROM sample;

DROP TABLE sample;

DELETE FROM alembic_version WHERE alembic_version.version_num = '1a';
INSERT INTO temp.sqlembic_guard VALUES (changes());

-- All checks were passed, or all is rolled back.
INSERT OR ROLLBACK INTO temp.sqlembic_guard SELECT count(*) = 3 FROM temp.sqlembic_guard;
DROP TABLE temp.sqlembic_guard;

COMMIT;

SELECT CASE WHEN found IS NULL THEN 'OK: the database has no revision applied' ELSE 'NOT DONE: the version rows are ' || coalesce(found, 'none') END AS migration
FROM (SELECT group_concat(version_num, ', ') AS found FROM (SELECT version_num FROM alembic_version ORDER BY version_num));
