-- downgrade 7a93d5c8e14f -> base
--   7a93d5c8e14f  index the dates of invoices
--   6f4c17e5b830  search the notes of invoices
--   5e62b0d94c1a  rename tenant.name to display_name, second phase
--   4d18e6a03f92  rename tenant.name to display_name, first phase
--   3c905fb1e2d7  invoices have a currency
--   2b7d41e8a6c5  tenants have a plan
--   1f3a9c27d0b4  tenants and invoices
-- for:    PostgreSQL 15
-- run:    psql -X -f FILE DATABASE
-- needs:  alembic_version at exactly 7a93d5c8e14f
-- sha256: cb81aee390ae8160d84229d3813a724870c768700306fc03abee06b48031e414 of the lines below this one

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

-- Running downgrade 7a93d5c8e14f -> 6f4c17e5b830, index the dates of invoices, outside a transaction

SET default_transaction_read_only = on;
SET lock_timeout = 0;
SET statement_timeout = 0;

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
  IF actual = ARRAY['7a93d5c8e14f'] THEN
    INSERT INTO alembic_version (version_num) VALUES ('7a93d5c8e14f-0');
    IF NOT FOUND THEN RAISE EXCEPTION 'version row 7a93d5c8e14f-0 was not written'; END IF;
  ELSIF actual <> ARRAY['7a93d5c8e14f', '7a93d5c8e14f-0'] THEN
    RAISE EXCEPTION 'downgrade to base refused: the database %, this script starts from 7a93d5c8e14f', state
      USING HINT = 'Nothing was changed. A revision that is half-applied goes on with the script that began it.';
  END IF;
  PERFORM pg_advisory_lock(hashtextextended(concat(current_schema(), '.alembic_version'), 0));
  PERFORM set_config('default_transaction_read_only', 'off', false);
END
$guard$;

COMMIT;

DROP INDEX CONCURRENTLY IF EXISTS ix_invoice_issued_on;

RESET default_transaction_read_only;
RESET lock_timeout;
RESET statement_timeout;

BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
SET LOCAL lock_timeout = '5s';

DO $guard$
DECLARE
  actual text[];
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended(concat(current_schema(), '.alembic_version'), 0)) THEN
    RAISE EXCEPTION 'downgrade to base refused: another run is at work on this database';
  END IF;
  LOCK TABLE alembic_version IN SHARE ROW EXCLUSIVE MODE;
  actual := ARRAY(SELECT version_num::text FROM alembic_version ORDER BY version_num::text COLLATE "C");
  IF actual <> ARRAY['7a93d5c8e14f', '7a93d5c8e14f-0'] THEN
    RAISE EXCEPTION 'downgrade to base refused: the database is at %, this script goes on from 7a93d5c8e14f, 7a93d5c8e14f-0', array_to_string(actual, ', ');
  END IF;
  IF to_regclass('ix_invoice_issued_on') IS NOT NULL THEN
    RAISE EXCEPTION 'index ix_invoice_issued_on is still there';
  END IF;
  PERFORM pg_advisory_unlock_all();
END
$guard$;

-- 7a93d5c8e14f, its version row

DO $version$ BEGIN
  DELETE FROM alembic_version WHERE version_num = '7a93d5c8e14f-0';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row 7a93d5c8e14f-0 is missing'; END IF;
  UPDATE alembic_version SET version_num='6f4c17e5b830' WHERE alembic_version.version_num = '7a93d5c8e14f';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row 7a93d5c8e14f is missing'; END IF;
END $version$;

-- Running downgrade 6f4c17e5b830 -> 5e62b0d94c1a, search the notes of invoices

DROP INDEX ix_invoice_note;

DO $version$ BEGIN
  UPDATE alembic_version SET version_num='5e62b0d94c1a' WHERE alembic_version.version_num = '6f4c17e5b830';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row 6f4c17e5b830 is missing'; END IF;
END $version$;

-- Running downgrade 5e62b0d94c1a -> 4d18e6a03f92, rename tenant.name to display_name, second phase

ALTER TABLE tenant ADD COLUMN name VARCHAR(100);

UPDATE tenant SET name = display_name;

ALTER TABLE tenant ALTER COLUMN name SET NOT NULL;

ALTER TABLE tenant ADD CONSTRAINT uq_tenant_name UNIQUE (name);

ALTER TABLE tenant DROP CONSTRAINT uq_tenant_display_name;

ALTER TABLE tenant ALTER COLUMN display_name DROP NOT NULL;

DO $version$ BEGIN
  UPDATE alembic_version SET version_num='4d18e6a03f92' WHERE alembic_version.version_num = '5e62b0d94c1a';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row 5e62b0d94c1a is missing'; END IF;
END $version$;

-- Running downgrade 4d18e6a03f92 -> 3c905fb1e2d7, rename tenant.name to display_name, first phase

ALTER TABLE tenant DROP COLUMN display_name;

DO $version$ BEGIN
  UPDATE alembic_version SET version_num='3c905fb1e2d7' WHERE alembic_version.version_num = '4d18e6a03f92';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row 4d18e6a03f92 is missing'; END IF;
END $version$;

-- Running downgrade 3c905fb1e2d7 -> 2b7d41e8a6c5, invoices have a currency

ALTER TABLE invoice DROP COLUMN currency;

DO $version$ BEGIN
  UPDATE alembic_version SET version_num='2b7d41e8a6c5' WHERE alembic_version.version_num = '3c905fb1e2d7';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row 3c905fb1e2d7 is missing'; END IF;
END $version$;

-- Running downgrade 2b7d41e8a6c5 -> 1f3a9c27d0b4, tenants have a plan

DROP INDEX ix_tenant_plan;

ALTER TABLE tenant DROP COLUMN plan;

DO $version$ BEGIN
  UPDATE alembic_version SET version_num='1f3a9c27d0b4' WHERE alembic_version.version_num = '2b7d41e8a6c5';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row 2b7d41e8a6c5 is missing'; END IF;
END $version$;

-- Running downgrade 1f3a9c27d0b4 -> , tenants and invoices

DROP TABLE invoice;

DROP TABLE tenant;

DO $version$ BEGIN
  DELETE FROM alembic_version WHERE alembic_version.version_num = '1f3a9c27d0b4';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row 1f3a9c27d0b4 is missing'; END IF;
END $version$;

COMMIT;

\endif
\echo 'done: alembic_version is at base'
