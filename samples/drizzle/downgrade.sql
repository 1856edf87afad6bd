-- downgrade 8f2d61b7c03a -> base
--   8f2d61b7c03a  orders come back
--   5e1c0a94d7b2  customers order products
-- for:    PostgreSQL 15
-- run:    psql -X -f FILE DATABASE
-- needs:  alembic_version at exactly 8f2d61b7c03a
-- sha256: 2da2e4c3e160ba1fdc9e4014fb16c667691b4b9a16853512100610c01c32fb87 of the lines below this one

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
  IF actual <> ARRAY['8f2d61b7c03a'] THEN
    RAISE EXCEPTION 'downgrade to base refused: the database %, this script starts from 8f2d61b7c03a', state
      USING HINT = 'Nothing was changed. A revision that is half-applied goes on with the script that began it.';
  END IF;
END
$guard$;

-- Running downgrade 8f2d61b7c03a -> 5e1c0a94d7b2, orders come back

ALTER TYPE order_state RENAME TO order_state_old;

CREATE TYPE order_state AS ENUM ('open', 'paid', 'sent');

DROP INDEX order_line_of_product;

ALTER TABLE "order" ALTER COLUMN state DROP DEFAULT;

ALTER TABLE "order" ALTER COLUMN state TYPE order_state USING state::text::order_state;

ALTER TABLE "order" ALTER COLUMN state SET DEFAULT 'open';

ALTER TABLE "order" DROP COLUMN note;

DROP TYPE order_state_old;

ALTER TABLE product RENAME sku TO number;

DO $version$ BEGIN
  UPDATE alembic_version SET version_num='5e1c0a94d7b2' WHERE alembic_version.version_num = '8f2d61b7c03a';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row 8f2d61b7c03a is missing'; END IF;
END $version$;

-- Running downgrade 5e1c0a94d7b2 -> , customers order products

DROP TABLE order_line;

DROP INDEX order_of_customer;

DROP TABLE "order";

DROP TABLE product;

DROP INDEX customer_email;

DROP TABLE customer;

DROP TYPE order_state;

DO $version$ BEGIN
  DELETE FROM alembic_version WHERE alembic_version.version_num = '5e1c0a94d7b2';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row 5e1c0a94d7b2 is missing'; END IF;
END $version$;

COMMIT;

\endif
\echo 'done: alembic_version is at base'
