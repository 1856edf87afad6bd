-- upgrade base -> 2b
--   1a  all generic types
--   2b  arrays, where there are any, and a second enum
-- for:    SQLite 3.45
-- run:    sqlite3 DATABASE < FILE
-- needs:  no revision applied: alembic_version empty or missing
-- sha256: a14a1e81cd3a0b69a741818992f97c8973d57a70ccaea30a775bfb7c723a0e7a of the lines below this one

/* For psql this comment has no end: /* */
;
.bail on
.timeout 10000
;

BEGIN IMMEDIATE;

CREATE TABLE IF NOT EXISTS alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

-- Guard: alembic_version has to hold nothing.
CREATE TEMP TABLE sqlembic_guard (passed INTEGER NOT NULL CONSTRAINT "refused: nothing of this transaction is kept, see the first error" CHECK (passed = 1));
INSERT INTO temp.sqlembic_guard
SELECT CASE WHEN found IS NULL THEN 1
  ELSE json_extract('{}', 'refused: alembic_version holds ' || coalesce(found, 'no revision') || ', and this script needs it empty') END
FROM (SELECT group_concat(version_num, ', ') AS found FROM (SELECT version_num FROM alembic_version ORDER BY version_num));

-- Running upgrade  -> 1a, all generic types

CREATE TABLE every_type (
    id INTEGER NOT NULL,
    small SMALLINT,
    number INTEGER,
    exact NUMERIC(10, 2),
    approximate FLOAT,
    double DOUBLE,
    name VARCHAR(50),
    text TEXT,
    unicode VARCHAR(20),
    unicode_text TEXT,
    flag BOOLEAN,
    day DATE,
    moment DATETIME,
    moment_of_the_world DATETIME,
    hour TIME,
    duration DATETIME,
    bytes BLOB,
    mood VARCHAR(9),
    document JSON,
    document_or_text TEXT,
    tiny SMALLINT,
    identifier CHAR(32),
    exact_name VARCHAR(30),
    exact_number DECIMAL(12, 4),
    PRIMARY KEY (id)
);

INSERT INTO alembic_version (version_num) VALUES ('1a');
INSERT INTO temp.sqlembic_guard VALUES (changes());

-- Running upgrade 1a -> 2b, arrays, where there are any, and a second enum

ALTER TABLE every_type ADD COLUMN size VARCHAR(1);

UPDATE alembic_version SET version_num='2b' WHERE alembic_version.version_num = '1a';
INSERT INTO temp.sqlembic_guard VALUES (changes());

-- All checks were passed, or all is rolled back.
INSERT OR ROLLBACK INTO temp.sqlembic_guard SELECT count(*) = 3 FROM temp.sqlembic_guard;
DROP TABLE temp.sqlembic_guard;

COMMIT;

SELECT CASE WHEN found IS '2b' THEN 'OK: the database is at 2b' ELSE 'NOT DONE: the version rows are ' || coalesce(found, 'none') END AS migration
FROM (SELECT group_concat(version_num, ', ') AS found FROM (SELECT version_num FROM alembic_version ORDER BY version_num));
