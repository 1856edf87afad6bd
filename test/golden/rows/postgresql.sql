-- upgrade base -> 1a
--   1a  rows whose values look like the end of something
-- for:    PostgreSQL 14
-- run:    psql -X -f FILE DATABASE
-- needs:  no revision applied: alembic_version empty or missing
-- sha256: be5f771b74f3e6213f1568e5672907e702ca4a5ebbf10fca305ac4d91469ae9d of the lines below this one

BEGIN;

CREATE TABLE IF NOT EXISTS alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

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

INSERT INTO sample (id, text, number, large, flag, document) VALUES (4, '-- no comment /* ; $$', 5, 1, true, '{"漢":"😀"}')
;

INSERT INTO sample (id, text, number, large, flag, document) VALUES (5, '😀   %s :name ? @x', NULL, NULL, NULL, '3');

INSERT INTO sample (id, bytes, day, moment) VALUES (6, decode('00ff27225c0d0a', 'hex'), '2024-02-29', '2024-02-29 23:59:58');

INSERT INTO sample (id, bytes, day, moment) VALUES (7, decode('', 'hex'), NULL, NULL);

UPDATE sample SET text = 'it''s' WHERE id = 4 AND text <> E'\\';

DELETE FROM sample WHERE id = 5 AND text = 'nothing: ''?''';

INSERT INTO alembic_version (version_num) VALUES ('1a');

COMMIT;
