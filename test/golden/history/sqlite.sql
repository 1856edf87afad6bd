-- upgrade base -> c2
--   b1  another root
--   a1  one root: its message has two lines
--   a3  goods have prices: a branch point
--   a2  goods have owners, so people come first
--   c1  a merge of three lines
--   c2  an index outside the transaction
-- for:    SQLite 3.45
-- run:    sqlite3 DATABASE < FILE
-- needs:  no revision applied: schema_version empty or missing
-- sha256: efef123dd25858527935340a33aa4ce1766138ef6e81ed78b33529c11e9d1517 of the lines below this one

/* For SQLite alone: psql, where comments nest, takes all that follows for a part of this one. /* */
;
-- sqlite3: stop at the first error, and wait for locks instead of failing at once
.bail on
.timeout 10000
;

BEGIN IMMEDIATE;

CREATE TABLE IF NOT EXISTS schema_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT schema_version_pkc PRIMARY KEY (version_num)
);

-- Guard: refuses unless schema_version is empty.
CREATE TEMP TABLE sqlembic_guard (passed INTEGER NOT NULL CONSTRAINT "refused: nothing of this transaction is kept, see the first error" CHECK (passed = 1));
INSERT INTO temp.sqlembic_guard
SELECT CASE WHEN found IS NULL THEN 1
  ELSE json_extract('{}', 'refused: schema_version holds ' || coalesce(found, 'no revision') || ', and this script needs it empty') END
FROM (SELECT group_concat(version_num, ', ') AS found FROM (SELECT version_num FROM schema_version ORDER BY version_num));

-- Running upgrade  -> b1, another root

CREATE TABLE person (
    id INTEGER NOT NULL,
    PRIMARY KEY (id)
);

INSERT INTO schema_version (version_num) VALUES ('b1');
INSERT INTO temp.sqlembic_guard VALUES (changes());

-- Rolls back the whole transaction unless all checks were passed.
INSERT OR ROLLBACK INTO temp.sqlembic_guard SELECT count(*) = 2 FROM temp.sqlembic_guard;
DROP TABLE temp.sqlembic_guard;

COMMIT;

BEGIN IMMEDIATE;

-- Guard: refuses unless schema_version holds exactly b1.
CREATE TEMP TABLE sqlembic_guard (passed INTEGER NOT NULL CONSTRAINT "refused: nothing of this transaction is kept, see the first error" CHECK (passed = 1));
INSERT INTO temp.sqlembic_guard
SELECT CASE WHEN found IS 'b1' THEN 1
  ELSE json_extract('{}', 'refused: schema_version holds ' || coalesce(found, 'no revision') || ', and this script needs exactly b1') END
FROM (SELECT group_concat(version_num, ', ') AS found FROM (SELECT version_num FROM schema_version ORDER BY version_num));

-- Running upgrade  -> a1, one root: its message has two lines

CREATE TABLE goods (
    id INTEGER NOT NULL,
    PRIMARY KEY (id)
);

INSERT INTO schema_version (version_num) VALUES ('a1');
INSERT INTO temp.sqlembic_guard VALUES (changes());

-- Rolls back the whole transaction unless all checks were passed.
INSERT OR ROLLBACK INTO temp.sqlembic_guard SELECT count(*) = 2 FROM temp.sqlembic_guard;
DROP TABLE temp.sqlembic_guard;

COMMIT;

BEGIN IMMEDIATE;

-- Guard: refuses unless schema_version holds exactly a1, b1.
CREATE TEMP TABLE sqlembic_guard (passed INTEGER NOT NULL CONSTRAINT "refused: nothing of this transaction is kept, see the first error" CHECK (passed = 1));
INSERT INTO temp.sqlembic_guard
SELECT CASE WHEN found IS 'a1, b1' THEN 1
  ELSE json_extract('{}', 'refused: schema_version holds ' || coalesce(found, 'no revision') || ', and this script needs exactly a1, b1') END
FROM (SELECT group_concat(version_num, ', ') AS found FROM (SELECT version_num FROM schema_version ORDER BY version_num));

-- Running upgrade a1 -> a3, goods have prices: a branch point

ALTER TABLE goods ADD COLUMN price INTEGER;

UPDATE schema_version SET version_num='a3' WHERE schema_version.version_num = 'a1';
INSERT INTO temp.sqlembic_guard VALUES (changes());

-- Rolls back the whole transaction unless all checks were passed.
INSERT OR ROLLBACK INTO temp.sqlembic_guard SELECT count(*) = 2 FROM temp.sqlembic_guard;
DROP TABLE temp.sqlembic_guard;

COMMIT;

BEGIN IMMEDIATE;

-- Guard: refuses unless schema_version holds exactly a3, b1.
CREATE TEMP TABLE sqlembic_guard (passed INTEGER NOT NULL CONSTRAINT "refused: nothing of this transaction is kept, see the first error" CHECK (passed = 1));
INSERT INTO temp.sqlembic_guard
SELECT CASE WHEN found IS 'a3, b1' THEN 1
  ELSE json_extract('{}', 'refused: schema_version holds ' || coalesce(found, 'no revision') || ', and this script needs exactly a3, b1') END
FROM (SELECT group_concat(version_num, ', ') AS found FROM (SELECT version_num FROM schema_version ORDER BY version_num));

-- Running upgrade a1 -> a2, goods have owners, so people come first

ALTER TABLE goods ADD COLUMN owner INTEGER;

UPDATE schema_version SET version_num='a2' WHERE schema_version.version_num = 'b1';
INSERT INTO temp.sqlembic_guard VALUES (changes());

-- Rolls back the whole transaction unless all checks were passed.
INSERT OR ROLLBACK INTO temp.sqlembic_guard SELECT count(*) = 2 FROM temp.sqlembic_guard;
DROP TABLE temp.sqlembic_guard;

COMMIT;

BEGIN IMMEDIATE;

-- Guard: refuses unless schema_version holds exactly a2, a3.
CREATE TEMP TABLE sqlembic_guard (passed INTEGER NOT NULL CONSTRAINT "refused: nothing of this transaction is kept, see the first error" CHECK (passed = 1));
INSERT INTO temp.sqlembic_guard
SELECT CASE WHEN found IS 'a2, a3' THEN 1
  ELSE json_extract('{}', 'refused: schema_version holds ' || coalesce(found, 'no revision') || ', and this script needs exactly a2, a3') END
FROM (SELECT group_concat(version_num, ', ') AS found FROM (SELECT version_num FROM schema_version ORDER BY version_num));

-- Running upgrade a2, a3, b1 -> c1, a merge of three lines

DELETE FROM schema_version WHERE schema_version.version_num = 'a2';
INSERT INTO temp.sqlembic_guard VALUES (changes());

UPDATE schema_version SET version_num='c1' WHERE schema_version.version_num = 'a3';
INSERT INTO temp.sqlembic_guard VALUES (changes());

-- Rolls back the whole transaction unless all checks were passed.
INSERT OR ROLLBACK INTO temp.sqlembic_guard SELECT count(*) = 3 FROM temp.sqlembic_guard;
DROP TABLE temp.sqlembic_guard;

COMMIT;

BEGIN IMMEDIATE;

-- Guard: refuses unless schema_version holds exactly c1.
CREATE TEMP TABLE sqlembic_guard (passed INTEGER NOT NULL CONSTRAINT "refused: nothing of this transaction is kept, see the first error" CHECK (passed = 1));
INSERT INTO temp.sqlembic_guard
SELECT CASE WHEN found IS 'c1' THEN 1
  ELSE json_extract('{}', 'refused: schema_version holds ' || coalesce(found, 'no revision') || ', and this script needs exactly c1') END
FROM (SELECT group_concat(version_num, ', ') AS found FROM (SELECT version_num FROM schema_version ORDER BY version_num));

-- Running upgrade c1 -> c2, an index outside the transaction

UPDATE goods SET price = 1 WHERE price IS NULL;

CREATE INDEX ix_goods_price ON goods (price);

UPDATE goods SET price = 2 WHERE price = 1;

UPDATE schema_version SET version_num='c2' WHERE schema_version.version_num = 'c1';
INSERT INTO temp.sqlembic_guard VALUES (changes());

-- Rolls back the whole transaction unless all checks were passed.
INSERT OR ROLLBACK INTO temp.sqlembic_guard SELECT count(*) = 2 FROM temp.sqlembic_guard;
DROP TABLE temp.sqlembic_guard;

COMMIT;

SELECT CASE WHEN found IS 'c2' THEN 'OK: the database is at c2' ELSE 'NOT DONE: the version rows are ' || coalesce(found, 'none') END AS migration
FROM (SELECT group_concat(version_num, ', ') AS found FROM (SELECT version_num FROM schema_version ORDER BY version_num));
