-- downgrade d1f0a2b7c9e3 -> base
--   d1f0a2b7c9e3  drop the root_cause text of bug
--   6c55e0560fd4  add root_cause table
--   bc25b5f8939f  baseline
-- for:    PostgreSQL 15
-- run:    psql -X -f FILE DATABASE
-- needs:  alembic_version at exactly d1f0a2b7c9e3
-- sha256: 603a8b9a60192749b7c75d6a2f7c341f2cbe1a2832f7b5febf051fc366ab1f19 of the lines below this one

/* For psql alone, which takes these three lines for one comment. Any other client stops at the next line: /* */
.exit 1;
*/
-- psql: stop at the first error, begin no transactions, and report a file that ends before its last line
\set ON_ERROR_STOP on
\set ON_ERROR_ROLLBACK off
\set AUTOCOMMIT on
\if true

SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;

BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
SET LOCAL lock_timeout = '5s';

DO $guard$
DECLARE
  actual text[] := ARRAY[]::text[];
  state text := 'has no version table';
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended(concat(current_schema(), '.alembic_version'), 0)) THEN
    RAISE EXCEPTION 'downgrade to base refused: another run is at work on this database';
  END IF;
  IF to_regclass('alembic_version') IS NOT NULL THEN
    LOCK TABLE alembic_version IN SHARE ROW EXCLUSIVE MODE;
    actual := ARRAY(SELECT version_num::text FROM alembic_version ORDER BY version_num::text COLLATE "C");
    state := 'is at ' || coalesce(nullif(array_to_string(actual, ', '), ''), 'base');
    state := regexp_replace(state, '([^ ]+)[+-]([0-9]+)', '\1 half-applied (\2 of its parts done)', 'g');
  END IF;
  IF (SELECT count(*) > 1 OR bool_or(relpersistence = 't')
      FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
      WHERE relname = 'alembic_version' AND nspname = ANY (current_schemas(true))) THEN
    RAISE EXCEPTION 'downgrade to base refused: several alembic_version are visible, or a temporary one; set versionTableSchema';
  END IF;
  IF actual <> ARRAY['d1f0a2b7c9e3'] THEN
    RAISE EXCEPTION 'downgrade to base refused: the database %, this script starts from d1f0a2b7c9e3', state
      USING HINT = 'Nothing was changed. A revision that is half-applied goes on with the script that began it.';
  END IF;
END
$guard$;

-- Running downgrade d1f0a2b7c9e3 -> 6c55e0560fd4, drop the root_cause text of bug

ALTER TABLE bug ADD COLUMN root_cause TEXT;

UPDATE bug SET root_cause = r.name FROM root_cause AS r WHERE r.id = bug.root_cause_id;

DO $version$ BEGIN
  UPDATE alembic_version SET version_num='6c55e0560fd4' WHERE alembic_version.version_num = 'd1f0a2b7c9e3';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row d1f0a2b7c9e3 is missing'; END IF;
END $version$;

-- Running downgrade 6c55e0560fd4 -> bc25b5f8939f, add root_cause table

UPDATE bug SET root_cause = r.name FROM root_cause AS r WHERE r.id = bug.root_cause_id;

DROP INDEX ix_bug_root_cause_id;

ALTER TABLE bug DROP CONSTRAINT fk_bug_root_cause;

ALTER TABLE bug DROP COLUMN root_cause_id;

DROP TABLE root_cause;

DO $version$ BEGIN
  UPDATE alembic_version SET version_num='bc25b5f8939f' WHERE alembic_version.version_num = '6c55e0560fd4';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row 6c55e0560fd4 is missing'; END IF;
END $version$;

-- Running downgrade bc25b5f8939f -> , baseline

DROP TABLE bug;

DO $version$ BEGIN
  DELETE FROM alembic_version WHERE alembic_version.version_num = 'bc25b5f8939f';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row bc25b5f8939f is missing'; END IF;
END $version$;

COMMIT;

\endif
\echo 'done: alembic_version is at base'
