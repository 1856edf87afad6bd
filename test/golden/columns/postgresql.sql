-- upgrade base -> 3c
--   1a  make a table
--   2b  add columns
--   3c  alter columns: type, default, NULL and name, one after the other and together
-- for:    PostgreSQL 14
-- run:    psql -X -f FILE DATABASE
-- needs:  no revision applied: alembic_version empty or missing
-- sha256: 1b82886ee24281dc224d227954fef4ef61aef28d182a98a8a3902b4fb40457b0 of the lines below this one

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
    RAISE EXCEPTION 'upgrade to 3c refused: another run is at work on this database';
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
    RAISE EXCEPTION 'upgrade to 3c refused: several alembic_version are visible, or a temporary one; set versionTableSchema';
  END IF;
  IF actual <> ARRAY[]::text[] THEN
    RAISE EXCEPTION 'upgrade to 3c refused: the database %, this script starts from base', state
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

-- Running upgrade  -> 1a, make a table

CREATE TABLE account (
    id SERIAL NOT NULL,
    name VARCHAR(20) DEFAULT 'nobody' NOT NULL,
    state VARCHAR(10),
    visits INTEGER DEFAULT 0 NOT NULL,
    PRIMARY KEY (id)
);

INSERT INTO account (name, state, visits) VALUES ('ann', 'open', 3), ('bob', 'closed', 0);

DO $version$ BEGIN
  INSERT INTO alembic_version (version_num) VALUES ('1a');
  IF NOT FOUND THEN RAISE EXCEPTION 'version row 1a was not written'; END IF;
END $version$;

-- Running upgrade 1a -> 2b, add columns

ALTER TABLE account ADD COLUMN note TEXT;

ALTER TABLE account ADD COLUMN level SMALLINT DEFAULT 1 NOT NULL;

ALTER TABLE account ADD COLUMN active BOOLEAN DEFAULT true NOT NULL;

UPDATE account SET note = 'was here' WHERE visits > 0;

DO $version$ BEGIN
  UPDATE alembic_version SET version_num='2b' WHERE alembic_version.version_num = '1a';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row 1a is missing'; END IF;
END $version$;

-- Running upgrade 2b -> 3c, alter columns: type, default, NULL and name, one after the other and together

ALTER TABLE account ALTER COLUMN name TYPE VARCHAR(40);

ALTER TABLE account ALTER COLUMN name DROP DEFAULT;

ALTER TABLE account ALTER COLUMN state SET NOT NULL;

ALTER TABLE account ALTER COLUMN state SET DEFAULT 'open';

ALTER TABLE account ALTER COLUMN visits TYPE BIGINT;

ALTER TABLE account RENAME visits TO visit_count;

ALTER TABLE account RENAME note TO remark;

ALTER TABLE account DROP COLUMN level;

DO $version$ BEGIN
  UPDATE alembic_version SET version_num='3c' WHERE alembic_version.version_num = '2b';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row 2b is missing'; END IF;
END $version$;

COMMIT;

\endif
\echo 'done: alembic_version is at 3c'
