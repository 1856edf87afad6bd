-- upgrade base -> 7a93d5c8e14f
--   1f3a9c27d0b4  tenants and invoices
--   2b7d41e8a6c5  tenants have a plan
--   3c905fb1e2d7  invoices have a currency
--   4d18e6a03f92  rename tenant.name to display_name, first phase
--   5e62b0d94c1a  rename tenant.name to display_name, second phase
--   6f4c17e5b830  search the notes of invoices
--   7a93d5c8e14f  index the dates of invoices
-- for:    PostgreSQL 15
-- run:    psql -X -f FILE DATABASE
-- needs:  no revision applied: alembic_version empty or missing; or at a later commit of this file, from where it goes on
-- sha256: a256812f46b80639c60c8bf8fba0e7511eeb52705e50bc89483c5741d3574d5f of the lines below this one

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

-- If an earlier run of this file ended behind one of its commits, this run goes on from there.
DO $resume$
DECLARE
  actual text;
BEGIN
  IF to_regclass('alembic_version') IS NOT NULL THEN
    SELECT string_agg(version_num::text, ', ' ORDER BY version_num::text COLLATE "C") INTO actual FROM alembic_version;
  END IF;
  PERFORM set_config('sqlembic.place', coalesce(array_position(ARRAY['6f4c17e5b830', '6f4c17e5b830, 7a93d5c8e14f+0'], actual), 0)::text, false);
END
$resume$;

SELECT current_setting('sqlembic.place')::int <= 0 AS sqlembic_due \gset
\if :sqlembic_due

BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
SET LOCAL lock_timeout = '5s';

DO $guard$
DECLARE
  actual text[] := ARRAY[]::text[];
  state text := 'has no version table';
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended(concat(current_schema(), '.alembic_version'), 0)) THEN
    RAISE EXCEPTION 'upgrade to 7a93d5c8e14f refused: another run is at work on this database';
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
    RAISE EXCEPTION 'upgrade to 7a93d5c8e14f refused: several alembic_version are visible, or a temporary one; set versionTableSchema';
  END IF;
  IF actual <> ARRAY[]::text[] THEN
    RAISE EXCEPTION 'upgrade to 7a93d5c8e14f refused: the database %, this script starts from base', state
      USING HINT = 'Nothing was changed. A revision that is half-applied goes on with the script that began it.';
  END IF;
END
$guard$;

DO $table$ BEGIN
  IF to_regclass('alembic_version') IS NULL THEN
    CREATE TABLE alembic_version (
        version_num VARCHAR(32) NOT NULL,
        CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
    );
  END IF;
END $table$;

-- Running upgrade  -> 1f3a9c27d0b4, tenants and invoices

CREATE TABLE tenant (
    id SERIAL NOT NULL,
    name VARCHAR(100) NOT NULL,
    created_at TIMESTAMP WITHOUT TIME ZONE DEFAULT CURRENT_TIMESTAMP NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT uq_tenant_name UNIQUE (name)
);

CREATE TABLE invoice (
    id SERIAL NOT NULL,
    tenant_id INTEGER NOT NULL,
    amount NUMERIC(12, 2) NOT NULL,
    note TEXT,
    issued_on DATE NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT fk_invoice_tenant FOREIGN KEY(tenant_id) REFERENCES tenant (id)
);

DO $version$ BEGIN
  INSERT INTO alembic_version (version_num) VALUES ('1f3a9c27d0b4');
  IF NOT FOUND THEN RAISE EXCEPTION 'version row 1f3a9c27d0b4 was not written'; END IF;
END $version$;

-- Running upgrade 1f3a9c27d0b4 -> 2b7d41e8a6c5, tenants have a plan

ALTER TABLE tenant ADD COLUMN plan VARCHAR(20) DEFAULT 'free' NOT NULL;

CREATE INDEX ix_tenant_plan ON tenant (plan);

DO $version$ BEGIN
  UPDATE alembic_version SET version_num='2b7d41e8a6c5' WHERE alembic_version.version_num = '1f3a9c27d0b4';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row 1f3a9c27d0b4 is missing'; END IF;
END $version$;

-- Running upgrade 2b7d41e8a6c5 -> 3c905fb1e2d7, invoices have a currency

ALTER TABLE invoice ADD COLUMN currency VARCHAR(3);

UPDATE invoice SET currency = 'EUR' WHERE currency IS NULL;

ALTER TABLE invoice ALTER COLUMN currency SET NOT NULL;

DO $version$ BEGIN
  UPDATE alembic_version SET version_num='3c905fb1e2d7' WHERE alembic_version.version_num = '2b7d41e8a6c5';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row 2b7d41e8a6c5 is missing'; END IF;
END $version$;

-- Running upgrade 3c905fb1e2d7 -> 4d18e6a03f92, rename tenant.name to display_name, first phase

ALTER TABLE tenant ADD COLUMN display_name VARCHAR(100);

UPDATE tenant SET display_name = name WHERE display_name IS NULL;

DO $version$ BEGIN
  UPDATE alembic_version SET version_num='4d18e6a03f92' WHERE alembic_version.version_num = '3c905fb1e2d7';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row 3c905fb1e2d7 is missing'; END IF;
END $version$;

-- Running upgrade 4d18e6a03f92 -> 5e62b0d94c1a, rename tenant.name to display_name, second phase

UPDATE tenant SET display_name = name WHERE display_name IS NULL;

ALTER TABLE tenant ALTER COLUMN display_name SET NOT NULL;

ALTER TABLE tenant ADD CONSTRAINT uq_tenant_display_name UNIQUE (display_name);

ALTER TABLE tenant DROP CONSTRAINT uq_tenant_name;

ALTER TABLE tenant DROP COLUMN name;

DO $version$ BEGIN
  UPDATE alembic_version SET version_num='5e62b0d94c1a' WHERE alembic_version.version_num = '4d18e6a03f92';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row 4d18e6a03f92 is missing'; END IF;
END $version$;

-- Running upgrade 5e62b0d94c1a -> 6f4c17e5b830, search the notes of invoices

CREATE INDEX ix_invoice_note ON invoice USING gin (to_tsvector('simple', note));

DO $version$ BEGIN
  UPDATE alembic_version SET version_num='6f4c17e5b830' WHERE alembic_version.version_num = '5e62b0d94c1a';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row 5e62b0d94c1a is missing'; END IF;
END $version$;

COMMIT;

\endif

-- Running upgrade 6f4c17e5b830 -> 7a93d5c8e14f, index the dates of invoices, outside a transaction

SET default_transaction_read_only = on;
SET lock_timeout = 0;
SET statement_timeout = 0;

BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
SET LOCAL lock_timeout = '5s';

DO $guard$
DECLARE
  actual text[];
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended(concat(current_schema(), '.alembic_version'), 0)) THEN
    RAISE EXCEPTION 'upgrade to 7a93d5c8e14f refused: another run is at work on this database';
  END IF;
  LOCK TABLE alembic_version IN SHARE ROW EXCLUSIVE MODE;
  actual := ARRAY(SELECT version_num::text FROM alembic_version ORDER BY version_num::text COLLATE "C");
  IF actual = ARRAY['6f4c17e5b830'] THEN
    IF EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass('ix_invoice_issued_on') AND indisvalid) THEN
      RAISE EXCEPTION 'index ix_invoice_issued_on exists already';
    END IF;
    INSERT INTO alembic_version (version_num) VALUES ('7a93d5c8e14f+0');
    IF NOT FOUND THEN RAISE EXCEPTION 'version row 7a93d5c8e14f+0 was not written'; END IF;
  ELSIF actual <> ARRAY['6f4c17e5b830', '7a93d5c8e14f+0'] THEN
    RAISE EXCEPTION 'upgrade to 7a93d5c8e14f refused: the database is at %, this script goes on from 6f4c17e5b830', array_to_string(actual, ', ');
  END IF;
  IF EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass('ix_invoice_issued_on') AND NOT indisvalid) THEN
    DROP INDEX ix_invoice_issued_on;
  END IF;
  PERFORM pg_advisory_lock(hashtextextended(concat(current_schema(), '.alembic_version'), 0));
  PERFORM set_config('default_transaction_read_only', 'off', false);
END
$guard$;

COMMIT;

CREATE INDEX CONCURRENTLY IF NOT EXISTS ix_invoice_issued_on ON invoice (issued_on);

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
    RAISE EXCEPTION 'upgrade to 7a93d5c8e14f refused: another run is at work on this database';
  END IF;
  LOCK TABLE alembic_version IN SHARE ROW EXCLUSIVE MODE;
  actual := ARRAY(SELECT version_num::text FROM alembic_version ORDER BY version_num::text COLLATE "C");
  IF actual <> ARRAY['6f4c17e5b830', '7a93d5c8e14f+0'] THEN
    RAISE EXCEPTION 'upgrade to 7a93d5c8e14f refused: the database is at %, this script goes on from 6f4c17e5b830, 7a93d5c8e14f+0', array_to_string(actual, ', ');
  END IF;
  IF NOT EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass('ix_invoice_issued_on') AND indisvalid) THEN
    RAISE EXCEPTION 'index ix_invoice_issued_on is not valid';
  END IF;
  PERFORM pg_advisory_unlock_all();
END
$guard$;

-- 7a93d5c8e14f, its version row

DO $version$ BEGIN
  DELETE FROM alembic_version WHERE version_num = '7a93d5c8e14f+0';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row 7a93d5c8e14f+0 is missing'; END IF;
  UPDATE alembic_version SET version_num='7a93d5c8e14f' WHERE alembic_version.version_num = '6f4c17e5b830';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row 6f4c17e5b830 is missing'; END IF;
END $version$;

COMMIT;

\endif
\echo 'done: alembic_version is at 7a93d5c8e14f'
