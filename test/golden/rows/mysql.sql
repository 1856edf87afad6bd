-- upgrade base -> 1a
--   1a  rows whose values look like the end of something
-- for:    MySQL 8.4
-- run:    mysql DATABASE < FILE
-- needs:  no revision applied: alembic_version empty or missing
-- sha256: 193cfe2056eed9547916839a9924e4e246f7ffd5738ac3f83ea989adbc4bd23d of the lines below this one

SET NAMES utf8mb4;
SET SESSION sql_mode = REPLACE(@@SESSION.sql_mode, 'NO_BACKSLASH_ESCAPES', '');

CREATE TABLE IF NOT EXISTS alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

-- Running upgrade  -> 1a, rows whose values look like the end of something

CREATE TABLE sample (
    id INTEGER NOT NULL,
    text TEXT,
    bytes BLOB,
    number DOUBLE,
    large BIGINT,
    day DATE,
    moment DATETIME,
    flag BOOL,
    document JSON,
    PRIMARY KEY (id)
);

INSERT INTO sample (id, text, number, large, flag, document) VALUES (1, 'O''Hara', 0.1, 9223372036854775807, true, '{"it":"isn''t"}');

INSERT INTO sample (id, text, number, large, flag, document) VALUES (2, 'back\\slash\\', 1e+300, -9223372036854775808, false, '["\\\\","\\n"]');

INSERT INTO sample (id, text, number, large, flag, document) VALUES (3, 'two\nlines\r\nand\ta tab', -0.5, 0, NULL, NULL);

INSERT INTO sample (id, text, number, large, flag, document) VALUES (4, '-- no comment /* ; $$', 5, 1, true, '{"漢":"😀"}')
;

INSERT INTO sample (id, text, number, large, flag, document) VALUES (5, '😀   %s :name ? @x', NULL, NULL, NULL, '3');

INSERT INTO sample (id, bytes, day, moment) VALUES (6, X'00FF27225C0D0A', '2024-02-29', '2024-02-29 23:59:58');

INSERT INTO sample (id, bytes, day, moment) VALUES (7, X'', NULL, NULL);

UPDATE sample SET text = 'it''s' WHERE id = 4 AND text <> '\\';

DELETE FROM sample WHERE id = 5 AND text = 'nothing: ''?''';

INSERT INTO alembic_version (version_num) VALUES ('1a');
