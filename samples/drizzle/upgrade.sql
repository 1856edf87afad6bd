-- upgrade base -> 8f2d61b7c03a
--   5e1c0a94d7b2  customers order products
--   8f2d61b7c03a  orders come back
-- for:    PostgreSQL 15
-- run:    psql -X -f FILE DATABASE
-- needs:  no revision applied: alembic_version empty or missing; or at a later commit of this file, from where it goes on
-- sha256: 0dea69e6a660bcfabed00d99a79bd8d9994eee0d5d062d9128416203721f3701 of the lines below this one

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
  PERFORM set_config('sqlembic.place', coalesce(array_position(ARRAY['5e1c0a94d7b2', '5e1c0a94d7b2, 8f2d61b7c03a+0'], actual), 0)::text, false);
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
    RAISE EXCEPTION 'upgrade to 8f2d61b7c03a refused: another run is at work on this database';
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
    RAISE EXCEPTION 'upgrade to 8f2d61b7c03a refused: several alembic_version are visible, or a temporary one; set versionTableSchema';
  END IF;
  IF actual <> ARRAY[]::text[] THEN
    RAISE EXCEPTION 'upgrade to 8f2d61b7c03a refused: the database %, this script starts from base', state
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

-- Running upgrade  -> 5e1c0a94d7b2, customers order products

CREATE TYPE order_state AS ENUM ('open', 'paid', 'sent');

CREATE TABLE customer (
    id INTEGER GENERATED ALWAYS AS IDENTITY,
    email VARCHAR(255) NOT NULL,
    name TEXT NOT NULL,
    settings JSONB DEFAULT '{}' NOT NULL,
    PRIMARY KEY (id)
);

CREATE UNIQUE INDEX customer_email ON customer (lower("email"));

CREATE TABLE product (
    id INTEGER GENERATED ALWAYS AS IDENTITY,
    number VARCHAR(20) NOT NULL,
    title TEXT NOT NULL,
    price NUMERIC(10, 2) NOT NULL,
    is_sold BOOLEAN DEFAULT true NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT one_product UNIQUE (number),
    CONSTRAINT price_is_positive CHECK ("product"."price" > 0)
);

CREATE TABLE "order" (
    id INTEGER GENERATED ALWAYS AS IDENTITY,
    customer_id INTEGER NOT NULL,
    state order_state DEFAULT 'open' NOT NULL,
    ordered_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT order_customer_id_customer_id_fk FOREIGN KEY(customer_id) REFERENCES customer (id)
);

CREATE INDEX order_of_customer ON "order" (customer_id, "ordered_at" DESC NULLS LAST);

CREATE TABLE order_line (
    order_id INTEGER NOT NULL,
    product_id INTEGER NOT NULL,
    pieces INTEGER NOT NULL,
    price NUMERIC(10, 2) NOT NULL,
    CONSTRAINT order_line_order_id_product_id_pk PRIMARY KEY (order_id, product_id),
    CONSTRAINT order_line_order_id_order_id_fk FOREIGN KEY(order_id) REFERENCES "order" (id) ON DELETE CASCADE,
    CONSTRAINT order_line_product_id_product_id_fk FOREIGN KEY(product_id) REFERENCES product (id)
);

DO $version$ BEGIN
  INSERT INTO alembic_version (version_num) VALUES ('5e1c0a94d7b2');
  IF NOT FOUND THEN RAISE EXCEPTION 'version row 5e1c0a94d7b2 was not written'; END IF;
END $version$;

COMMIT;

\endif

-- Running upgrade 5e1c0a94d7b2 -> 8f2d61b7c03a, orders come back, part 1 of 2, outside a transaction

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
    RAISE EXCEPTION 'upgrade to 8f2d61b7c03a refused: another run is at work on this database';
  END IF;
  LOCK TABLE alembic_version IN SHARE ROW EXCLUSIVE MODE;
  actual := ARRAY(SELECT version_num::text FROM alembic_version ORDER BY version_num::text COLLATE "C");
  IF actual = ARRAY['5e1c0a94d7b2'] THEN
    INSERT INTO alembic_version (version_num) VALUES ('8f2d61b7c03a+0');
    IF NOT FOUND THEN RAISE EXCEPTION 'version row 8f2d61b7c03a+0 was not written'; END IF;
  ELSIF actual <> ARRAY['5e1c0a94d7b2', '8f2d61b7c03a+0'] THEN
    RAISE EXCEPTION 'upgrade to 8f2d61b7c03a refused: the database is at %, this script goes on from 5e1c0a94d7b2', array_to_string(actual, ', ');
  END IF;
  PERFORM pg_advisory_lock(hashtextextended(concat(current_schema(), '.alembic_version'), 0));
  PERFORM set_config('default_transaction_read_only', 'off', false);
END
$guard$;

COMMIT;

ALTER TYPE order_state ADD VALUE IF NOT EXISTS 'returned';

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
    RAISE EXCEPTION 'upgrade to 8f2d61b7c03a refused: another run is at work on this database';
  END IF;
  LOCK TABLE alembic_version IN SHARE ROW EXCLUSIVE MODE;
  actual := ARRAY(SELECT version_num::text FROM alembic_version ORDER BY version_num::text COLLATE "C");
  IF actual <> ARRAY['5e1c0a94d7b2', '8f2d61b7c03a+0'] THEN
    RAISE EXCEPTION 'upgrade to 8f2d61b7c03a refused: the database is at %, this script goes on from 5e1c0a94d7b2, 8f2d61b7c03a+0', array_to_string(actual, ', ');
  END IF;
  IF NOT EXISTS (SELECT FROM pg_enum WHERE enumtypid = to_regtype('order_state') AND enumlabel = 'returned') THEN
    RAISE EXCEPTION 'enum order_state lacks its value ''returned''';
  END IF;
  PERFORM pg_advisory_unlock_all();
END
$guard$;

-- 8f2d61b7c03a, part 2 of 2

ALTER TABLE product RENAME number TO sku;

ALTER TABLE "order" ADD COLUMN note TEXT;

CREATE INDEX order_line_of_product ON order_line (product_id);

DO $version$ BEGIN
  DELETE FROM alembic_version WHERE version_num = '8f2d61b7c03a+0';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row 8f2d61b7c03a+0 is missing'; END IF;
  UPDATE alembic_version SET version_num='8f2d61b7c03a' WHERE alembic_version.version_num = '5e1c0a94d7b2';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row 5e1c0a94d7b2 is missing'; END IF;
END $version$;

COMMIT;

\endif
\echo 'done: alembic_version is at 8f2d61b7c03a'
