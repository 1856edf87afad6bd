-- upgrade base -> 2b
--   1a  all generic types
--   2b  arrays, where there are any, and a second enum
-- for:    SQLite 3.45
-- run:    sqlite3 DATABASE < FILE
-- needs:  no revision applied: alembic_version empty or missing
-- sha256: 594b18802995d44d837dd186efe3d1291d0da5a087c0b1cd0689c98e62ea87c7 of the lines below this one

/* For SQLite alone: psql, where comments nest, takes all that follows for a part of this one. /* */
;
-- sqlite3: stop at the first error, and wait for locks instead of failing at once
.bail on
.timeout 10000
;

BEGIN IMMEDIATE;

CREATE TABLE IF NOT EXISTS alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

-- Guard: refuses unless alembic_version is empty.
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

-- Rolls back the whole transaction unless all checks were passed.
INSERT OR ROLLBACK INTO temp.sqlembic_guard SELECT count(*) = 3 FROM temp.sqlembic_guard;
DROP TABLE temp.sqlembic_guard;

COMMIT;

SELECT CASE WHEN found IS '2b' THEN 'OK: the database is at 2b' ELSE 'NOT DONE: the version rows are ' || coalesce(found, 'none') END AS migration
FROM (SELECT group_concat(version_num, ', ') AS found FROM (SELECT version_num FROM alembic_version ORDER BY version_num));
