-- downgrade 1a -> base
--   1a  rows whose values look like the end of something
-- for:    SQLite 3.45
-- run:    sqlite3 DATABASE < FILE
-- needs:  alembic_version at exactly 1a
-- sha256: ae84acc951c2928ad118efc72a3bd61b99ac30f3e86ce17186b27018d178653e of the lines below this one

/* For SQLite alone: psql, where comments nest, takes all that follows for a part of this one. /* */
;
-- sqlite3: stop at the first error, and wait for locks instead of failing at once
.bail on
.timeout 10000
;

BEGIN IMMEDIATE;

-- Guard: refuses unless alembic_version holds exactly 1a.
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

-- Rolls back the whole transaction unless all checks were passed.
INSERT OR ROLLBACK INTO temp.sqlembic_guard SELECT count(*) = 3 FROM temp.sqlembic_guard;
DROP TABLE temp.sqlembic_guard;

COMMIT;

SELECT CASE WHEN found IS NULL THEN 'OK: the database has no revision applied' ELSE 'NOT DONE: the version rows are ' || coalesce(found, 'none') END AS migration
FROM (SELECT group_concat(version_num, ', ') AS found FROM (SELECT version_num FROM alembic_version ORDER BY version_num));
