-- upgrade base -> 2b
--   1a  make tables
--   2b  rename a table, name its constraints
-- for:    PostgreSQL 14
-- run:    psql -X -f FILE DATABASE
-- needs:  no revision applied: alembic_version empty or missing
-- sha256: 5933fada910b536c9d587b2bd1e070b4fbee302c8e8cdbad7149882035235e8a of the lines below this one

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
    RAISE EXCEPTION 'upgrade to 2b refused: another run is at work on this database';
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
    RAISE EXCEPTION 'upgrade to 2b refused: several alembic_version are visible, or a temporary one; set versionTableSchema';
  END IF;
  IF actual <> ARRAY[]::text[] THEN
    RAISE EXCEPTION 'upgrade to 2b refused: the database %, this script starts from base', state
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

-- Running upgrade  -> 1a, make tables

CREATE TABLE customer (
    id SERIAL NOT NULL,
    name VARCHAR(80) NOT NULL,
    email VARCHAR(120),
    country CHAR(2) DEFAULT 'DE' NOT NULL,
    credit NUMERIC(12, 2) DEFAULT '0' NOT NULL,
    since TIMESTAMP WITHOUT TIME ZONE DEFAULT CURRENT_TIMESTAMP NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT uq_customer_name_country UNIQUE (name, country),
    CONSTRAINT ck_customer_credit CHECK (credit >= 0),
    UNIQUE (email)
);

CREATE INDEX ix_customer_country ON customer (country);

COMMENT ON TABLE customer IS E'people\nwho pay';

COMMENT ON COLUMN customer.name IS 'as it''s printed';

CREATE TABLE "order" (
    customer_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    placed DATE,
    replaces INTEGER,
    CONSTRAINT pk_order PRIMARY KEY (customer_id, number),
    CONSTRAINT fk_order_customer FOREIGN KEY(customer_id) REFERENCES customer (id) ON DELETE CASCADE
);

CREATE TABLE order_line (
    id SERIAL NOT NULL,
    customer_id INTEGER NOT NULL,
    order_number INTEGER NOT NULL,
    paid_by INTEGER,
    quantity INTEGER DEFAULT 1 NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (id),
    CONSTRAINT fk_line_order FOREIGN KEY(customer_id, order_number) REFERENCES "order" (customer_id, number),
    CONSTRAINT fk_line_payer FOREIGN KEY(paid_by) REFERENCES customer (id)
);

CREATE UNIQUE INDEX ix_order_placed ON "order" (placed, number);

DO $version$ BEGIN
  INSERT INTO alembic_version (version_num) VALUES ('1a');
  IF NOT FOUND THEN RAISE EXCEPTION 'version row 1a was not written'; END IF;
END $version$;

-- Running upgrade 1a -> 2b, rename a table, name its constraints

ALTER TABLE order_line RENAME TO item;

CREATE TABLE warehouse (
    code VARCHAR(10) NOT NULL,
    city VARCHAR(40)
);

ALTER TABLE warehouse ADD CONSTRAINT pk_warehouse PRIMARY KEY (code);

ALTER TABLE warehouse ADD CONSTRAINT uq_warehouse_city UNIQUE (city);

ALTER TABLE warehouse ADD CONSTRAINT ck_warehouse_code CHECK (code <> '');

ALTER TABLE item ADD COLUMN warehouse VARCHAR(10);

ALTER TABLE item ADD CONSTRAINT fk_item_warehouse FOREIGN KEY(warehouse) REFERENCES warehouse (code) ON UPDATE CASCADE;

CREATE INDEX ix_item_warehouse ON item (warehouse);

DO $version$ BEGIN
  UPDATE alembic_version SET version_num='2b' WHERE alembic_version.version_num = '1a';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row 1a is missing'; END IF;
END $version$;

COMMIT;

\endif
\echo 'done: alembic_version is at 2b'
