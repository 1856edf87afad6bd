-- upgrade base -> 1a
--   1a  rows whose values look like the end of something
-- for:    SQLite 3.45
-- run:    sqlite3 DATABASE < FILE
-- needs:  no revision applied: alembic_version empty or missing
-- sha256: 43a6186c4fed389f926eab6379cf5f061863f584f6b0207abefdb5c223a84004 of the lines below this one

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

-- Running upgrade  -> 1a, rows whose values look like the end of something

CREATE TABLE sample (
    id INTEGER NOT NULL,
    text TEXT,
    bytes BLOB,
    number DOUBLE,
    large BIGINT,
    day DATE,
    moment DATETIME,
    flag BOOLEAN,
    document JSON,
    PRIMARY KEY (id)
);

INSERT INTO sample (id, text, number, large, flag, document) VALUES (1, 'O''Hara', 0.1, 9223372036854775807, 1, '{"it":"isn''t"}');

INSERT INTO sample (id, text, number, large, flag, document) VALUES (2, 'back\slash\', 1e+300, -9223372036854775808, 0, '["\\","\n"]');

INSERT INTO sample (id, text, number, large, flag, document) VALUES (3, ('two'||char(10)||'lines'||char(13,10)||'and'||char(9)||'a tab'), -0.5, 0, NULL, NULL);

INSERT INTO sample (id, text, number, large, flag, document) VALUES (4, '-- no comment /* ; $$', 5, 1, 1, '{"漢":"😀"}');

INSERT INTO sample (id, text, number, large, flag, document) VALUES (5, '😀   %s :name ? @x', NULL, NULL, NULL, '3');

INSERT INTO sample (id, bytes, day, moment) VALUES (6, X'00FF27225C0D0A', '2024-02-29', '2024-02-29 23:59:58.000000');

INSERT INTO sample (id, bytes, day, moment) VALUES (7, X'', NULL, NULL);

UPDATE sample SET text = 'it''s' WHERE id = 4 AND text <> '\';

DELETE FROM sample WHERE id = 5 AND text = 'nothing: ''?''';

INSERT INTO alembic_version (version_num) VALUES ('1a');
INSERT INTO temp.sqlembic_guard VALUES (changes());

-- Rolls back the whole transaction unless all checks were passed.
INSERT OR ROLLBACK INTO temp.sqlembic_guard SELECT count(*) = 2 FROM temp.sqlembic_guard;
DROP TABLE temp.sqlembic_guard;

COMMIT;

SELECT CASE WHEN found IS '1a' THEN 'OK: the database is at 1a' ELSE 'NOT DONE: the version rows are ' || coalesce(found, 'none') END AS migration
FROM (SELECT group_concat(version_num, ', ') AS found FROM (SELECT version_num FROM alembic_version ORDER BY version_num));
