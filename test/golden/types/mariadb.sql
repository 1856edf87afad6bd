-- upgrade base -> 2b
--   1a  all generic types
--   2b  arrays, where there are any, and a second enum
-- for:    MariaDB 10.11
-- run:    mysql DATABASE < FILE
-- needs:  no revision applied: alembic_version empty or missing
-- sha256: c04730482fac0c4b913acd26b77ca3b2dfe41ef7a5b3d15e1e10fcff166753eb of the lines below this one

SET NAMES utf8mb4;
SET SESSION sql_mode = REPLACE(@@SESSION.sql_mode, 'NO_BACKSLASH_ESCAPES', '');

CREATE TABLE IF NOT EXISTS alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

-- Running upgrade  -> 1a, all generic types

CREATE TABLE every_type (
    id BIGINT NOT NULL AUTO_INCREMENT,
    small SMALLINT,
    number INTEGER,
    exact NUMERIC(10, 2),
    approximate FLOAT,
    `double` DOUBLE,
    name VARCHAR(50),
    text TEXT,
    unicode VARCHAR(20),
    unicode_text TEXT,
    flag BOOL,
    day DATE,
    moment DATETIME,
    moment_of_the_world DATETIME,
    hour TIME,
    duration DATETIME,
    bytes BLOB,
    mood ENUM('sad','ok','it''s fine'),
    document JSON,
    document_or_text TEXT,
    tiny TINYINT(1) UNSIGNED,
    identifier UUID,
    exact_name VARCHAR(30),
    exact_number DECIMAL(12, 4),
    PRIMARY KEY (id)
);

INSERT INTO alembic_version (version_num) VALUES ('1a');

-- Running upgrade 1a -> 2b, arrays, where there are any, and a second enum

ALTER TABLE every_type ADD COLUMN size ENUM('s','m','l');

UPDATE alembic_version SET version_num='2b' WHERE alembic_version.version_num = '1a';
