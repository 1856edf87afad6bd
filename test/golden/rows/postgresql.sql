-- upgrade base -> 1a
--   1a  rows whose values look like the end of something
-- for:    PostgreSQL 14
-- run:    psql -X -f FILE DATABASE
-- needs:  no revision applied: alembic_version empty or missing
-- sha256: 7ba92246e2012340bf6ecf0e2717a60ab56960681d78430b1d582f967f9ae3d3 of the lines below this one

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
    RAISE EXCEPTION 'upgrade to 1a refused: another run is at work on this database';
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
    RAISE EXCEPTION 'upgrade to 1a refused: several alembic_version are visible, or a temporary one; set versionTableSchema';
  END IF;
  IF actual <> ARRAY[]::text[] THEN
    RAISE EXCEPTION 'upgrade to 1a refused: the database %, this script starts from base', state
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

-- Running upgrade  -> 1a, rows whose values look like the end of something

CREATE TABLE sample (
    id INTEGER NOT NULL,
    text TEXT,
    bytes BYTEA,
    number DOUBLE PRECISION,
    large BIGINT,
    day DATE,
    moment TIMESTAMP WITHOUT TIME ZONE,
    flag BOOLEAN,
    document JSON,
    PRIMARY KEY (id)
);

INSERT INTO sample (id, text, number, large, flag, document) VALUES (1, 'O''Hara', 0.1, 9223372036854775807, true, '{"it":"isn''t"}');

INSERT INTO sample (id, text, number, large, flag, document) VALUES (2, E'back\\slash\\', 1e+300, '-9223372036854775808', false, E'["\\\\","\\n"]');

INSERT INTO sample (id, text, number, large, flag, document) VALUES (3, E'two\nlines\r\nand\ta tab', -0.5, 0, NULL, NULL);

INSERT INTO sample (id, text, number, large, flag, document) VALUES (4, '-- no comment /* ; $$', 5, 1, true, '{"漢":"😀"}');

INSERT INTO sample (id, text, number, large, flag, document) VALUES (5, '😀   %s :name ? @x', NULL, NULL, NULL, '3');

INSERT INTO sample (id, bytes, day, moment) VALUES (6, decode('00ff27225c0d0a', 'hex'), '2024-02-29', '2024-02-29 23:59:58');

INSERT INTO sample (id, bytes, day, moment) VALUES (7, decode('', 'hex'), NULL, NULL);

UPDATE sample SET text = 'it''s' WHERE id = 4 AND text <> E'\\';

DELETE FROM sample WHERE id = 5 AND text = 'nothing: ''?''';

DO $version$ BEGIN
  INSERT INTO alembic_version (version_num) VALUES ('1a');
  IF NOT FOUND THEN RAISE EXCEPTION 'version row 1a was not written'; END IF;
END $version$;

COMMIT;

\endif
\echo 'done: alembic_version is at 1a'
