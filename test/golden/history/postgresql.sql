-- upgrade base -> c2
--   b1  another root
--   a1  one root: its message has two lines
--   a3  goods have prices: a branch point
--   a2  goods have owners, so people come first
--   c1  a merge of three lines
--   c2  an index outside the transaction
-- for:    PostgreSQL 14
-- run:    psql -X -f FILE DATABASE
-- needs:  no revision applied: schema_version empty or missing; or at a later commit of this file, from where it goes on
-- sha256: 02d23d022cfb318a989a7d4fc37be55e853e4c85f4194d88477d9f2fe43c58aa of the lines below this one

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
  IF to_regclass('schema_version') IS NOT NULL THEN
    SELECT string_agg(version_num::text, ', ' ORDER BY version_num::text COLLATE "C") INTO actual FROM schema_version;
  END IF;
  PERFORM set_config('sqlembic.place', coalesce(array_position(ARRAY['b1', 'a1, b1', 'a3, b1', 'a2, a3', 'c1', 'c1, c2+1'], actual), 0)::text, false);
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
  IF NOT pg_try_advisory_xact_lock(hashtextextended(concat(current_schema(), '.schema_version'), 0)) THEN
    RAISE EXCEPTION 'upgrade to c2 refused: another run is at work on this database';
  END IF;
  IF to_regclass('schema_version') IS NOT NULL THEN
    LOCK TABLE schema_version IN SHARE ROW EXCLUSIVE MODE;
    actual := ARRAY(SELECT version_num::text FROM schema_version ORDER BY version_num::text COLLATE "C");
    state := 'is at ' || coalesce(nullif(array_to_string(actual, ', '), ''), 'base');
    state := regexp_replace(state, '([^ ]+)[+-]([0-9]+)', '\1 half-applied (\2 of its parts done)', 'g');
  END IF;
  IF (SELECT count(*) > 1 OR bool_or(relpersistence = 't')
      FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
      WHERE relname = 'schema_version' AND nspname = ANY (current_schemas(true))) THEN
    RAISE EXCEPTION 'upgrade to c2 refused: several schema_version are visible, or a temporary one; set versionTableSchema';
  END IF;
  IF actual <> ARRAY[]::text[] THEN
    RAISE EXCEPTION 'upgrade to c2 refused: the database %, this script starts from base', state
      USING HINT = 'Nothing was changed. A revision that is half-applied goes on with the script that began it.';
  END IF;
END
$guard$;

DO $table$ BEGIN
  IF to_regclass('schema_version') IS NULL THEN
    CREATE TABLE schema_version (
        version_num VARCHAR(32) NOT NULL,
        CONSTRAINT schema_version_pkc PRIMARY KEY (version_num)
    );
  END IF;
END $table$;

-- Running upgrade  -> b1, another root

CREATE TABLE person (
    id SERIAL NOT NULL,
    PRIMARY KEY (id)
);

DO $version$ BEGIN
  INSERT INTO schema_version (version_num) VALUES ('b1');
  IF NOT FOUND THEN RAISE EXCEPTION 'version row b1 was not written'; END IF;
END $version$;

COMMIT;

\endif

SELECT current_setting('sqlembic.place')::int <= 1 AS sqlembic_due \gset
\if :sqlembic_due

BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
SET LOCAL lock_timeout = '5s';

DO $guard$
DECLARE
  actual text[];
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended(concat(current_schema(), '.schema_version'), 0)) THEN
    RAISE EXCEPTION 'upgrade to c2 refused: another run is at work on this database';
  END IF;
  LOCK TABLE schema_version IN SHARE ROW EXCLUSIVE MODE;
  actual := ARRAY(SELECT version_num::text FROM schema_version ORDER BY version_num::text COLLATE "C");
  IF actual <> ARRAY['b1'] THEN
    RAISE EXCEPTION 'upgrade to c2 refused: the database is at %, this script goes on from b1', array_to_string(actual, ', ');
  END IF;
END
$guard$;

-- Running upgrade  -> a1, one root: its message has two lines

CREATE TABLE goods (
    id SERIAL NOT NULL,
    PRIMARY KEY (id)
);

DO $version$ BEGIN
  INSERT INTO schema_version (version_num) VALUES ('a1');
  IF NOT FOUND THEN RAISE EXCEPTION 'version row a1 was not written'; END IF;
END $version$;

COMMIT;

\endif

SELECT current_setting('sqlembic.place')::int <= 2 AS sqlembic_due \gset
\if :sqlembic_due

BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
SET LOCAL lock_timeout = '5s';

DO $guard$
DECLARE
  actual text[];
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended(concat(current_schema(), '.schema_version'), 0)) THEN
    RAISE EXCEPTION 'upgrade to c2 refused: another run is at work on this database';
  END IF;
  LOCK TABLE schema_version IN SHARE ROW EXCLUSIVE MODE;
  actual := ARRAY(SELECT version_num::text FROM schema_version ORDER BY version_num::text COLLATE "C");
  IF actual <> ARRAY['a1', 'b1'] THEN
    RAISE EXCEPTION 'upgrade to c2 refused: the database is at %, this script goes on from a1, b1', array_to_string(actual, ', ');
  END IF;
END
$guard$;

-- Running upgrade a1 -> a3, goods have prices: a branch point

ALTER TABLE goods ADD COLUMN price INTEGER;

DO $version$ BEGIN
  UPDATE schema_version SET version_num='a3' WHERE schema_version.version_num = 'a1';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row a1 is missing'; END IF;
END $version$;

COMMIT;

\endif

SELECT current_setting('sqlembic.place')::int <= 3 AS sqlembic_due \gset
\if :sqlembic_due

BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
SET LOCAL lock_timeout = '5s';

DO $guard$
DECLARE
  actual text[];
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended(concat(current_schema(), '.schema_version'), 0)) THEN
    RAISE EXCEPTION 'upgrade to c2 refused: another run is at work on this database';
  END IF;
  LOCK TABLE schema_version IN SHARE ROW EXCLUSIVE MODE;
  actual := ARRAY(SELECT version_num::text FROM schema_version ORDER BY version_num::text COLLATE "C");
  IF actual <> ARRAY['a3', 'b1'] THEN
    RAISE EXCEPTION 'upgrade to c2 refused: the database is at %, this script goes on from a3, b1', array_to_string(actual, ', ');
  END IF;
END
$guard$;

-- Running upgrade a1 -> a2, goods have owners, so people come first

ALTER TABLE goods ADD COLUMN owner INTEGER;

DO $version$ BEGIN
  UPDATE schema_version SET version_num='a2' WHERE schema_version.version_num = 'b1';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row b1 is missing'; END IF;
END $version$;

COMMIT;

\endif

SELECT current_setting('sqlembic.place')::int <= 4 AS sqlembic_due \gset
\if :sqlembic_due

BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
SET LOCAL lock_timeout = '5s';

DO $guard$
DECLARE
  actual text[];
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended(concat(current_schema(), '.schema_version'), 0)) THEN
    RAISE EXCEPTION 'upgrade to c2 refused: another run is at work on this database';
  END IF;
  LOCK TABLE schema_version IN SHARE ROW EXCLUSIVE MODE;
  actual := ARRAY(SELECT version_num::text FROM schema_version ORDER BY version_num::text COLLATE "C");
  IF actual <> ARRAY['a2', 'a3'] THEN
    RAISE EXCEPTION 'upgrade to c2 refused: the database is at %, this script goes on from a2, a3', array_to_string(actual, ', ');
  END IF;
END
$guard$;

-- Running upgrade a2, a3, b1 -> c1, a merge of three lines

DO $version$ BEGIN
  DELETE FROM schema_version WHERE schema_version.version_num = 'a2';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row a2 is missing'; END IF;
  UPDATE schema_version SET version_num='c1' WHERE schema_version.version_num = 'a3';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row a3 is missing'; END IF;
END $version$;

COMMIT;

\endif

SELECT current_setting('sqlembic.place')::int <= 5 AS sqlembic_due \gset
\if :sqlembic_due

BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
SET LOCAL lock_timeout = '5s';

DO $guard$
DECLARE
  actual text[];
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended(concat(current_schema(), '.schema_version'), 0)) THEN
    RAISE EXCEPTION 'upgrade to c2 refused: another run is at work on this database';
  END IF;
  LOCK TABLE schema_version IN SHARE ROW EXCLUSIVE MODE;
  actual := ARRAY(SELECT version_num::text FROM schema_version ORDER BY version_num::text COLLATE "C");
  IF actual <> ARRAY['c1'] THEN
    RAISE EXCEPTION 'upgrade to c2 refused: the database is at %, this script goes on from c1', array_to_string(actual, ', ');
  END IF;
  PERFORM pg_advisory_lock(hashtextextended(concat(current_schema(), '.schema_version'), 0));
END
$guard$;

-- Running upgrade c1 -> c2, an index outside the transaction, part 1 of 3

UPDATE goods SET price = 1 WHERE price IS NULL;

DO $version$ BEGIN
  IF EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass('ix_goods_price') AND indisvalid) THEN
    RAISE EXCEPTION 'index ix_goods_price exists already';
  END IF;
  INSERT INTO schema_version (version_num) VALUES ('c2+1');
  IF NOT FOUND THEN RAISE EXCEPTION 'version row c2+1 was not written'; END IF;
END $version$;

COMMIT;

\endif

-- c2, part 2 of 3, outside a transaction

SET default_transaction_read_only = on;
SET lock_timeout = 0;
SET statement_timeout = 0;

BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
SET LOCAL lock_timeout = '5s';

DO $guard$
DECLARE
  actual text[];
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended(concat(current_schema(), '.schema_version'), 0)) THEN
    RAISE EXCEPTION 'upgrade to c2 refused: another run is at work on this database';
  END IF;
  LOCK TABLE schema_version IN SHARE ROW EXCLUSIVE MODE;
  actual := ARRAY(SELECT version_num::text FROM schema_version ORDER BY version_num::text COLLATE "C");
  IF actual <> ARRAY['c1', 'c2+1'] THEN
    RAISE EXCEPTION 'upgrade to c2 refused: the database is at %, this script goes on from c1, c2+1', array_to_string(actual, ', ');
  END IF;
  IF EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass('ix_goods_price') AND NOT indisvalid) THEN
    DROP INDEX ix_goods_price;
  END IF;
  PERFORM pg_advisory_lock(hashtextextended(concat(current_schema(), '.schema_version'), 0));
  PERFORM set_config('default_transaction_read_only', 'off', false);
END
$guard$;

COMMIT;

CREATE INDEX CONCURRENTLY IF NOT EXISTS ix_goods_price ON goods (price);

RESET default_transaction_read_only;
RESET lock_timeout;
RESET statement_timeout;

BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
SET LOCAL lock_timeout = '5s';

DO $guard$
DECLARE
  actual text[];
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended(concat(current_schema(), '.schema_version'), 0)) THEN
    RAISE EXCEPTION 'upgrade to c2 refused: another run is at work on this database';
  END IF;
  LOCK TABLE schema_version IN SHARE ROW EXCLUSIVE MODE;
  actual := ARRAY(SELECT version_num::text FROM schema_version ORDER BY version_num::text COLLATE "C");
  IF actual <> ARRAY['c1', 'c2+1'] THEN
    RAISE EXCEPTION 'upgrade to c2 refused: the database is at %, this script goes on from c1, c2+1', array_to_string(actual, ', ');
  END IF;
  IF NOT EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass('ix_goods_price') AND indisvalid) THEN
    RAISE EXCEPTION 'index ix_goods_price is not valid';
  END IF;
  PERFORM pg_advisory_unlock_all();
END
$guard$;

-- c2, part 3 of 3

UPDATE goods SET price = 2 WHERE price = 1;

DO $version$ BEGIN
  DELETE FROM schema_version WHERE version_num = 'c2+1';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row c2+1 is missing'; END IF;
  UPDATE schema_version SET version_num='c2' WHERE schema_version.version_num = 'c1';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row c1 is missing'; END IF;
END $version$;

COMMIT;

\endif
\echo 'done: schema_version is at c2'
