-- downgrade c2 -> base
--   c2  an index outside the transaction
--   c1  a merge of three lines
--   a2  goods have owners, so people come first
--   a3  goods have prices: a branch point
--   a1  one root: its message has two lines
--   b1  another root
-- for:    PostgreSQL 14
-- run:    psql -X -f FILE DATABASE
-- needs:  schema_version at exactly c2; or at a later commit of this file, from where it goes on
-- sha256: 62d30a5e5a5c5f80e41338ae2906e197503b7cbed55aa29b66e206391a48760b of the lines below this one

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
  PERFORM set_config('sqlembic.place', coalesce(array_position(ARRAY['c1', 'a2, a3', 'a3, b1', 'a1, b1', 'b1'], actual), 0)::text, false);
END
$resume$;

SELECT current_setting('sqlembic.place')::int <= 0 AS sqlembic_due \gset
\if :sqlembic_due

-- Running downgrade c2 -> c1, an index outside the transaction, outside a transaction

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
  IF NOT pg_try_advisory_xact_lock(hashtextextended(concat(current_schema(), '.schema_version'), 0)) THEN
    RAISE EXCEPTION 'downgrade to base refused: another run is at work on this database';
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
    RAISE EXCEPTION 'downgrade to base refused: several schema_version are visible, or a temporary one; set versionTableSchema';
  END IF;
  IF actual = ARRAY['c2'] THEN
    INSERT INTO schema_version (version_num) VALUES ('c2-0');
    IF NOT FOUND THEN RAISE EXCEPTION 'version row c2-0 was not written'; END IF;
  ELSIF actual <> ARRAY['c2', 'c2-0'] THEN
    RAISE EXCEPTION 'downgrade to base refused: the database %, this script starts from c2', state
      USING HINT = 'Nothing was changed. A revision that is half-applied goes on with the script that began it.';
  END IF;
  PERFORM pg_advisory_lock(hashtextextended(concat(current_schema(), '.schema_version'), 0));
  PERFORM set_config('default_transaction_read_only', 'off', false);
END
$guard$;

COMMIT;

DROP INDEX CONCURRENTLY IF EXISTS ix_goods_price;

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
    RAISE EXCEPTION 'downgrade to base refused: another run is at work on this database';
  END IF;
  LOCK TABLE schema_version IN SHARE ROW EXCLUSIVE MODE;
  actual := ARRAY(SELECT version_num::text FROM schema_version ORDER BY version_num::text COLLATE "C");
  IF actual <> ARRAY['c2', 'c2-0'] THEN
    RAISE EXCEPTION 'downgrade to base refused: the database is at %, this script goes on from c2, c2-0', array_to_string(actual, ', ');
  END IF;
  IF to_regclass('ix_goods_price') IS NOT NULL THEN
    RAISE EXCEPTION 'index ix_goods_price is still there';
  END IF;
  PERFORM pg_advisory_unlock_all();
END
$guard$;

-- c2, its version row

DO $version$ BEGIN
  DELETE FROM schema_version WHERE version_num = 'c2-0';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row c2-0 is missing'; END IF;
  UPDATE schema_version SET version_num='c1' WHERE schema_version.version_num = 'c2';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row c2 is missing'; END IF;
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
    RAISE EXCEPTION 'downgrade to base refused: another run is at work on this database';
  END IF;
  LOCK TABLE schema_version IN SHARE ROW EXCLUSIVE MODE;
  actual := ARRAY(SELECT version_num::text FROM schema_version ORDER BY version_num::text COLLATE "C");
  IF actual <> ARRAY['c1'] THEN
    RAISE EXCEPTION 'downgrade to base refused: the database is at %, this script goes on from c1', array_to_string(actual, ', ');
  END IF;
END
$guard$;

-- Running downgrade c1 -> a2, a3, b1, a merge of three lines

DO $version$ BEGIN
  INSERT INTO schema_version (version_num) VALUES ('a2');
  IF NOT FOUND THEN RAISE EXCEPTION 'version row a2 was not written'; END IF;
  UPDATE schema_version SET version_num='a3' WHERE schema_version.version_num = 'c1';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row c1 is missing'; END IF;
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
    RAISE EXCEPTION 'downgrade to base refused: another run is at work on this database';
  END IF;
  LOCK TABLE schema_version IN SHARE ROW EXCLUSIVE MODE;
  actual := ARRAY(SELECT version_num::text FROM schema_version ORDER BY version_num::text COLLATE "C");
  IF actual <> ARRAY['a2', 'a3'] THEN
    RAISE EXCEPTION 'downgrade to base refused: the database is at %, this script goes on from a2, a3', array_to_string(actual, ', ');
  END IF;
END
$guard$;

-- Running downgrade a2 -> a1, goods have owners, so people come first

ALTER TABLE goods DROP COLUMN owner;

DO $version$ BEGIN
  UPDATE schema_version SET version_num='b1' WHERE schema_version.version_num = 'a2';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row a2 is missing'; END IF;
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
    RAISE EXCEPTION 'downgrade to base refused: another run is at work on this database';
  END IF;
  LOCK TABLE schema_version IN SHARE ROW EXCLUSIVE MODE;
  actual := ARRAY(SELECT version_num::text FROM schema_version ORDER BY version_num::text COLLATE "C");
  IF actual <> ARRAY['a3', 'b1'] THEN
    RAISE EXCEPTION 'downgrade to base refused: the database is at %, this script goes on from a3, b1', array_to_string(actual, ', ');
  END IF;
END
$guard$;

-- Running downgrade a3 -> a1, goods have prices: a branch point

ALTER TABLE goods DROP COLUMN price;

DO $version$ BEGIN
  UPDATE schema_version SET version_num='a1' WHERE schema_version.version_num = 'a3';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row a3 is missing'; END IF;
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
    RAISE EXCEPTION 'downgrade to base refused: another run is at work on this database';
  END IF;
  LOCK TABLE schema_version IN SHARE ROW EXCLUSIVE MODE;
  actual := ARRAY(SELECT version_num::text FROM schema_version ORDER BY version_num::text COLLATE "C");
  IF actual <> ARRAY['a1', 'b1'] THEN
    RAISE EXCEPTION 'downgrade to base refused: the database is at %, this script goes on from a1, b1', array_to_string(actual, ', ');
  END IF;
END
$guard$;

-- Running downgrade a1 -> , one root: its message has two lines

DROP TABLE goods;

DO $version$ BEGIN
  DELETE FROM schema_version WHERE schema_version.version_num = 'a1';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row a1 is missing'; END IF;
END $version$;

COMMIT;

\endif

BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
SET LOCAL lock_timeout = '5s';

DO $guard$
DECLARE
  actual text[];
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended(concat(current_schema(), '.schema_version'), 0)) THEN
    RAISE EXCEPTION 'downgrade to base refused: another run is at work on this database';
  END IF;
  LOCK TABLE schema_version IN SHARE ROW EXCLUSIVE MODE;
  actual := ARRAY(SELECT version_num::text FROM schema_version ORDER BY version_num::text COLLATE "C");
  IF actual <> ARRAY['b1'] THEN
    RAISE EXCEPTION 'downgrade to base refused: the database is at %, this script goes on from b1', array_to_string(actual, ', ');
  END IF;
END
$guard$;

-- Running downgrade b1 -> , another root

DROP TABLE person;

DO $version$ BEGIN
  DELETE FROM schema_version WHERE schema_version.version_num = 'b1';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row b1 is missing'; END IF;
END $version$;

COMMIT;

\endif
\echo 'done: schema_version is at base'
