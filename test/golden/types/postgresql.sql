-- upgrade base -> 2b
--   1a  all generic types
--   2b  arrays, where there are any, and a second enum
-- for:    PostgreSQL 14
-- run:    psql -X -f FILE DATABASE
-- needs:  no revision applied: alembic_version empty or missing
-- sha256: 3b9c2108d85a8cea311af6be8271016c25659b9da39338255bfff65e47a320e1 of the lines below this one

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

-- Running upgrade  -> 1a, all generic types

CREATE TYPE mood AS ENUM ('sad', 'ok', 'it''s fine');

CREATE TABLE every_type (
    id BIGSERIAL NOT NULL,
    small SMALLINT,
    number INTEGER,
    exact NUMERIC(10, 2),
    approximate FLOAT,
    double DOUBLE PRECISION,
    name VARCHAR(50),
    text TEXT,
    unicode VARCHAR(20),
    unicode_text TEXT,
    flag BOOLEAN,
    day DATE,
    moment TIMESTAMP WITHOUT TIME ZONE,
    moment_of_the_world TIMESTAMP WITH TIME ZONE,
    hour TIME WITHOUT TIME ZONE,
    duration INTERVAL,
    bytes BYTEA,
    mood mood,
    document JSON,
    document_or_text JSONB,
    tiny SMALLINT,
    identifier UUID,
    exact_name VARCHAR(30),
    exact_number DECIMAL(12, 4),
    PRIMARY KEY (id)
);

DO $version$ BEGIN
  INSERT INTO alembic_version (version_num) VALUES ('1a');
  IF NOT FOUND THEN RAISE EXCEPTION 'version row 1a was not written'; END IF;
END $version$;

-- Running upgrade 1a -> 2b, arrays, where there are any, and a second enum

CREATE TYPE size AS ENUM ('s', 'm', 'l');

ALTER TABLE every_type ADD COLUMN size size;

ALTER TABLE every_type ADD COLUMN numbers INTEGER[];

ALTER TABLE every_type ADD COLUMN words TEXT[];

ALTER TABLE every_type ADD COLUMN network CIDR;

DO $version$ BEGIN
  UPDATE alembic_version SET version_num='2b' WHERE alembic_version.version_num = '1a';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row 1a is missing'; END IF;
END $version$;

COMMIT;

\endif
\echo 'done: alembic_version is at 2b'
