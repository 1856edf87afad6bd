-- downgrade 40d7e1f9c2a4 -> base
--   40d7e1f9c2a4  one release of both branches
--   22b9a1c4d7e5  billing: invoices
--   32f6d0e8b1c3  shipping: parcels are billed
--   31e5c9d7a0b2  shipping: parcels
--   21a8f0b3c6d4  billing: accounts
--   10c4d7e2a9f1  the shop: customers
-- for:    PostgreSQL 15
-- run:    psql -X -f FILE DATABASE
-- needs:  alembic_version at exactly 40d7e1f9c2a4
-- sha256: 24e4fcc209eef2d5837aa17985dbe1665ca97ec4a8f07b2a34ecaf4c7a2607f5 of the lines below this one

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
  IF actual <> ARRAY['40d7e1f9c2a4'] THEN
    RAISE EXCEPTION 'downgrade to base refused: the database %, this script starts from 40d7e1f9c2a4', state
      USING HINT = 'Nothing was changed. A revision that is half-applied goes on with the script that began it.';
  END IF;
END
$guard$;

-- Running downgrade 40d7e1f9c2a4 -> 22b9a1c4d7e5, 32f6d0e8b1c3, one release of both branches

DO $version$ BEGIN
  INSERT INTO alembic_version (version_num) VALUES ('22b9a1c4d7e5');
  IF NOT FOUND THEN RAISE EXCEPTION 'version row 22b9a1c4d7e5 was not written'; END IF;
  UPDATE alembic_version SET version_num='32f6d0e8b1c3' WHERE alembic_version.version_num = '40d7e1f9c2a4';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row 40d7e1f9c2a4 is missing'; END IF;
END $version$;

-- Running downgrade 22b9a1c4d7e5 -> 21a8f0b3c6d4, billing: invoices

DROP TABLE invoice;

DO $version$ BEGIN
  DELETE FROM alembic_version WHERE alembic_version.version_num = '22b9a1c4d7e5';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row 22b9a1c4d7e5 is missing'; END IF;
END $version$;

-- Running downgrade 32f6d0e8b1c3 -> 31e5c9d7a0b2, shipping: parcels are billed

ALTER TABLE parcel DROP CONSTRAINT fk_parcel_billing_account;

ALTER TABLE parcel DROP COLUMN billing_account_id;

DO $version$ BEGIN
  INSERT INTO alembic_version (version_num) VALUES ('31e5c9d7a0b2');
  IF NOT FOUND THEN RAISE EXCEPTION 'version row 31e5c9d7a0b2 was not written'; END IF;
  UPDATE alembic_version SET version_num='21a8f0b3c6d4' WHERE alembic_version.version_num = '32f6d0e8b1c3';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row 32f6d0e8b1c3 is missing'; END IF;
END $version$;

-- Running downgrade 31e5c9d7a0b2 -> 10c4d7e2a9f1, shipping: parcels

DROP TABLE parcel;

DO $version$ BEGIN
  DELETE FROM alembic_version WHERE alembic_version.version_num = '31e5c9d7a0b2';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row 31e5c9d7a0b2 is missing'; END IF;
END $version$;

-- Running downgrade 21a8f0b3c6d4 -> 10c4d7e2a9f1, billing: accounts

DROP TABLE billing_account;

DO $version$ BEGIN
  UPDATE alembic_version SET version_num='10c4d7e2a9f1' WHERE alembic_version.version_num = '21a8f0b3c6d4';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row 21a8f0b3c6d4 is missing'; END IF;
END $version$;

-- Running downgrade 10c4d7e2a9f1 -> , the shop: customers

DROP TABLE customer;

DO $version$ BEGIN
  DELETE FROM alembic_version WHERE alembic_version.version_num = '10c4d7e2a9f1';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row 10c4d7e2a9f1 is missing'; END IF;
END $version$;

COMMIT;

\endif
\echo 'done: alembic_version is at base'
