-- upgrade base -> 2b
--   1a  all generic types
--   2b  arrays, where there are any, and a second enum
-- for:    PostgreSQL 14
-- run:    psql -X -f FILE DATABASE
-- needs:  no revision applied: alembic_version empty or missing
-- sha256: f91efd2b6986a9a2dc2982ef85f19afd4b7bb9e01eef5cd8b5af4d49bd08972b of the lines below this one

BEGIN;

CREATE TABLE IF NOT EXISTS alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

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

INSERT INTO alembic_version (version_num) VALUES ('1a');

-- Running upgrade 1a -> 2b, arrays, where there are any, and a second enum

CREATE TYPE size AS ENUM ('s', 'm', 'l');

ALTER TABLE every_type ADD COLUMN size size;

ALTER TABLE every_type ADD COLUMN numbers INTEGER[];

ALTER TABLE every_type ADD COLUMN words TEXT[];

ALTER TABLE every_type ADD COLUMN network CIDR;

UPDATE alembic_version SET version_num='2b' WHERE alembic_version.version_num = '1a';

COMMIT;
