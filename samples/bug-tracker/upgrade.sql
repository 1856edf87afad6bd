-- upgrade base -> d1f0a2b7c9e3
--   bc25b5f8939f  baseline
--   6c55e0560fd4  add root_cause table
--   d1f0a2b7c9e3  drop the root_cause text of bug
-- for:    PostgreSQL 15
-- run:    psql -X -f FILE DATABASE
-- needs:  no revision applied: alembic_version empty or missing
-- sha256: 5249387a148f6f6fc124552f415dd7c493b3b4c8a6e58d82ff256a98a75bb412 of the lines below this one

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
    RAISE EXCEPTION 'upgrade to d1f0a2b7c9e3 refused: another run is at work on this database';
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
    RAISE EXCEPTION 'upgrade to d1f0a2b7c9e3 refused: several alembic_version are visible, or a temporary one; set versionTableSchema';
  END IF;
  IF actual <> ARRAY[]::text[] THEN
    RAISE EXCEPTION 'upgrade to d1f0a2b7c9e3 refused: the database %, this script starts from base', state
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

-- Running upgrade  -> bc25b5f8939f, baseline

CREATE TABLE bug (
    id SERIAL NOT NULL,
    bug_tracker_url VARCHAR(200) NOT NULL,
    root_cause TEXT,
    who VARCHAR(80),
    "when" TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    PRIMARY KEY (id)
);

DO $version$ BEGIN
  INSERT INTO alembic_version (version_num) VALUES ('bc25b5f8939f');
  IF NOT FOUND THEN RAISE EXCEPTION 'version row bc25b5f8939f was not written'; END IF;
END $version$;

-- Running upgrade bc25b5f8939f -> 6c55e0560fd4, add root_cause table

CREATE TABLE root_cause (
    id SERIAL NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (id)
);

ALTER TABLE root_cause ADD CONSTRAINT uq_root_cause_name UNIQUE (name);

ALTER TABLE bug ADD COLUMN root_cause_id INTEGER;

ALTER TABLE bug ADD CONSTRAINT fk_bug_root_cause FOREIGN KEY(root_cause_id) REFERENCES root_cause (id);

CREATE INDEX ix_bug_root_cause_id ON bug (root_cause_id);

INSERT INTO root_cause (name) SELECT DISTINCT root_cause FROM bug WHERE root_cause IS NOT NULL;

UPDATE bug SET root_cause_id = r.id FROM root_cause AS r WHERE r.name = bug.root_cause;

DO $version$ BEGIN
  UPDATE alembic_version SET version_num='6c55e0560fd4' WHERE alembic_version.version_num = 'bc25b5f8939f';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row bc25b5f8939f is missing'; END IF;
END $version$;

-- Running upgrade 6c55e0560fd4 -> d1f0a2b7c9e3, drop the root_cause text of bug

ALTER TABLE bug DROP COLUMN root_cause;

DO $version$ BEGIN
  UPDATE alembic_version SET version_num='d1f0a2b7c9e3' WHERE alembic_version.version_num = '6c55e0560fd4';
  IF NOT FOUND THEN RAISE EXCEPTION 'version row 6c55e0560fd4 is missing'; END IF;
END $version$;

COMMIT;

\endif
\echo 'done: alembic_version is at d1f0a2b7c9e3'
