-- upgrade base -> 2b
--   1a  all generic types
--   2b  arrays, where there are any, and a second enum
-- for:    SQLite 3.45
-- run:    sqlite3 DATABASE < FILE
-- needs:  no revision applied: alembic_version empty or missing
-- sha256: 87359740a7e6f0d39e9a8511bbdcc51293d29b8f52d8184bce3e06ad43fcb525 of the lines below this one

BEGIN;

CREATE TABLE IF NOT EXISTS alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

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

-- Running upgrade 1a -> 2b, arrays, where there are any, and a second enum

ALTER TABLE every_type ADD COLUMN size VARCHAR(1);

UPDATE alembic_version SET version_num='2b' WHERE alembic_version.version_num = '1a';

COMMIT;
