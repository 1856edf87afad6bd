-- upgrade base -> 40d7e1f9c2a4
--   10c4d7e2a9f1  the shop: customers
--   21a8f0b3c6d4  billing: accounts
--   31e5c9d7a0b2  shipping: parcels
--   32f6d0e8b1c3  shipping: parcels are billed
--   22b9a1c4d7e5  billing: invoices
--   40d7e1f9c2a4  one release of both branches
-- for:    PostgreSQL 15
-- run:    psql -X -f FILE DATABASE
-- needs:  no revision applied: alembic_version empty or missing
-- sha256: a9ed08f6a0d0b63982b812b41d579b369e8c3c0e4e68436c264deda29174d965 of the lines below this one

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
    RAISE EXCEPTION 'upgrade to 40d7e1f9c2a4 refused: another run is at work on this database';
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
    RAISE EXCEPTION 'upgrade to 40d7e1f9c2a4 refused: several alembic_version are visible, or a temporary one; set versionTableSchema';
  END IF;
  IF actual <> ARRAY[]::text[] THEN
    RAISE EXCEPTION 'upgrade to 40d7e1f9c2a4 refused: the database %, this script starts from base', state
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

-- Running upgrade  -> 10c4d7e2a9f1, the shop: customers

CREATE TABLE customer (
    id SERIAL NOT NULL,
    email VARCHAR(120) NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (email)
);

DO $version$ BEGIN
  INSERT INTO alembic_version (version_num) VALUES ('10c4d7e2a9f1');
  IF NOT FOUND THEN RAISE EXCEPTION 'version row 10c4d7e2a9f1 was not written'; END IF;
END $version$;

-- Running upgrade 10c4d7e2a9f1 -> 21a8f0b3c6d4, billing: accounts

CREATE TABLE billing_account (
    id SERIAL NOT NULL,
    customer_id INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT fk_billing_account_customer FOREIGN KEY(customer_id) REFERENCES customer (id)
);

DO $version$ BEGIN
  UPDATE alembic_version SET version_num='21a8f0b3c6d4' WHERE alembic_version.version_num = '10c4d7e2a9f1';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row 10c4d7e2a9f1 is missing'; END IF;
END $version$;

-- Running upgrade 10c4d7e2a9f1 -> 31e5c9d7a0b2, shipping: parcels

CREATE TABLE parcel (
    id SERIAL NOT NULL,
    customer_id INTEGER NOT NULL,
    sent_on DATE,
    PRIMARY KEY (id),
    CONSTRAINT fk_parcel_customer FOREIGN KEY(customer_id) REFERENCES customer (id)
);

DO $version$ BEGIN
  INSERT INTO alembic_version (version_num) VALUES ('31e5c9d7a0b2');
  IF NOT FOUND THEN RAISE EXCEPTION 'version row 31e5c9d7a0b2 was not written'; END IF;
END $version$;

-- Running upgrade 31e5c9d7a0b2 -> 32f6d0e8b1c3, shipping: parcels are billed

ALTER TABLE parcel ADD COLUMN billing_account_id INTEGER;

ALTER TABLE parcel ADD CONSTRAINT fk_parcel_billing_account FOREIGN KEY(billing_account_id) REFERENCES billing_account (id);

DO $version$ BEGIN
  DELETE FROM alembic_version WHERE alembic_version.version_num = '31e5c9d7a0b2';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row 31e5c9d7a0b2 is missing'; END IF;
  UPDATE alembic_version SET version_num='32f6d0e8b1c3' WHERE alembic_version.version_num = '21a8f0b3c6d4';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row 21a8f0b3c6d4 is missing'; END IF;
END $version$;

-- Running upgrade 21a8f0b3c6d4 -> 22b9a1c4d7e5, billing: invoices

CREATE TABLE invoice (
    id SERIAL NOT NULL,
    billing_account_id INTEGER NOT NULL,
    total NUMERIC(12, 2) NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT fk_invoice_billing_account FOREIGN KEY(billing_account_id) REFERENCES billing_account (id)
);

DO $version$ BEGIN
  INSERT INTO alembic_version (version_num) VALUES ('22b9a1c4d7e5');
  IF NOT FOUND THEN RAISE EXCEPTION 'version row 22b9a1c4d7e5 was not written'; END IF;
END $version$;

-- Running upgrade 22b9a1c4d7e5, 32f6d0e8b1c3 -> 40d7e1f9c2a4, one release of both branches

DO $version$ BEGIN
  DELETE FROM alembic_version WHERE alembic_version.version_num = '22b9a1c4d7e5';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row 22b9a1c4d7e5 is missing'; END IF;
  UPDATE alembic_version SET version_num='40d7e1f9c2a4' WHERE alembic_version.version_num = '32f6d0e8b1c3';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row 32f6d0e8b1c3 is missing'; END IF;
END $version$;

COMMIT;

\endif
\echo 'done: alembic_version is at 40d7e1f9c2a4'
