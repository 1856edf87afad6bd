-- downgrade 2b -> base
--   2b  rename a table, name its constraints
--   1a  make tables
-- for:    PostgreSQL 14
-- run:    psql -X -f FILE DATABASE
-- needs:  alembic_version at exactly 2b
-- sha256: fe7bfd7fe0f7b78f2e18871523270a97590c80253275b69c10db346c754b670d of the lines below this one

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
  IF actual <> ARRAY['2b'] THEN
    RAISE EXCEPTION 'downgrade to base refused: the database %, this script starts from 2b', state
      USING HINT = 'Nothing was changed. A revision that is half-applied goes on with the script that began it.';
  END IF;
END
$guard$;

-- Running downgrade 2b -> 1a, rename a table, name its constraints

ALTER TABLE item DROP CONSTRAINT fk_item_warehouse;

DROP INDEX ix_item_warehouse;

ALTER TABLE item DROP COLUMN warehouse;

ALTER TABLE warehouse DROP CONSTRAINT uq_warehouse_city;

DROP TABLE warehouse;

ALTER TABLE item RENAME TO order_line;

DO $version$ BEGIN
  UPDATE alembic_version SET version_num='1a' WHERE alembic_version.version_num = '2b';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row 2b is missing'; END IF;
END $version$;

-- Running downgrade 1a -> , make tables

DROP INDEX ix_order_placed;

DROP TABLE order_line;

DROP TABLE "order";

DROP TABLE customer;

DO $version$ BEGIN
  DELETE FROM alembic_version WHERE alembic_version.version_num = '1a';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row 1a is missing'; END IF;
END $version$;

COMMIT;

\endif
\echo 'done: alembic_version is at base'
