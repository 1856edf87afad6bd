-- downgrade 2b -> base
--   2b  arrays, where there are any, and a second enum
--   1a  all generic types
-- for:    SQLite 3.45
-- run:    sqlite3 DATABASE < FILE
-- needs:  alembic_version at exactly 2b
-- sha256: cb50d099f1090f1d907da0ab5cde84a7833da71e7fd2aa7a6a744aa7514223ec of the lines below this one

/* For SQLite alone: psql, where comments nest, takes all that follows for a part of this one. /* */
;
-- sqlite3: stop at the first error, and wait for locks instead of failing at once
.bail on
.timeout 10000
;

BEGIN IMMEDIATE;

-- Guard: refuses unless alembic_version holds exactly 2b.
CREATE TEMP TABLE sqlembic_guard (passed INTEGER NOT NULL CONSTRAINT "refused: nothing of this transaction is kept, see the first error" CHECK (passed = 1));
INSERT INTO temp.sqlembic_guard
SELECT CASE WHEN tables > 0 THEN 1
  ELSE json_extract('{}', 'refused: there is no table alembic_version, and this script needs exactly 2b' || substr('', tables)) END
FROM (SELECT count(*) AS tables FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version' COLLATE NOCASE);
INSERT INTO temp.sqlembic_guard
SELECT CASE WHEN found IS '2b' THEN 1
  ELSE json_extract('{}', 'refused: alembic_version holds ' || coalesce(found, 'no revision') || ', and this script needs exactly 2b') END
FROM (SELECT group_concat(version_num, ', ') AS found FROM (SELECT version_num FROM alembic_version ORDER BY version_num));

-- Running downgrade 2b -> 1a, arrays, where there are any, and a second enum

ALTER TABLE every_type DROP COLUMN size;

UPDATE alembic_version SET version_num='1a' WHERE alembic_version.version_num = '2b';
INSERT INTO temp.sqlembic_guard VALUES (changes());

-- Running downgrade 1a -> , all generic types

DROP TABLE every_type;

DELETE FROM alembic_version WHERE alembic_version.version_num = '1a';
INSERT INTO temp.sqlembic_guard VALUES (changes());

-- Rolls back the whole transaction unless all checks were passed.
INSERT OR ROLLBACK INTO temp.sqlembic_guard SELECT count(*) = 4 FROM temp.sqlembic_guard;
DROP TABLE temp.sqlembic_guard;

COMMIT;

SELECT CASE WHEN found IS NULL THEN 'OK: the database has no revision applied' ELSE 'NOT DONE: the version rows are ' || coalesce(found, 'none') END AS migration
FROM (SELECT group_concat(version_num, ', ') AS found FROM (SELECT version_num FROM alembic_version ORDER BY version_num));
