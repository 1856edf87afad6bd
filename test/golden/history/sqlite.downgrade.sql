-- downgrade c2 -> base
--   c2  an index outside the transaction
--   c1  a merge of three lines
--   a2  goods have owners, so people come first
--   a3  goods have prices: a branch point
--   a1  one root: its message has two lines
--   b1  another root
-- for:    SQLite 3.45
-- run:    sqlite3 DATABASE < FILE
-- needs:  schema_version at exactly c2
-- sha256: 9f7b8f693467961bcff4b7f22294e704976dd9d79aeea86e77db44efaf1ec00c of the lines below this one

/* For SQLite alone: psql, where comments nest, takes all that follows for a part of this one. /* */
;
-- sqlite3: stop at the first error, and wait for locks instead of failing at once
.bail on
.timeout 10000
;

BEGIN IMMEDIATE;

-- Guard: refuses unless schema_version holds exactly c2.
CREATE TEMP TABLE sqlembic_guard (passed INTEGER NOT NULL CONSTRAINT "refused: nothing of this transaction is kept, see the first error" CHECK (passed = 1));
INSERT INTO temp.sqlembic_guard
SELECT CASE WHEN tables > 0 THEN 1
  ELSE json_extract('{}', 'refused: there is no table schema_version, and this script needs exactly c2' || substr('', tables)) END
FROM (SELECT count(*) AS tables FROM sqlite_master WHERE type = 'table' AND name = 'schema_version' COLLATE NOCASE);
INSERT INTO temp.sqlembic_guard
SELECT CASE WHEN found IS 'c2' THEN 1
  ELSE json_extract('{}', 'refused: schema_version holds ' || coalesce(found, 'no revision') || ', and this script needs exactly c2') END
FROM (SELECT group_concat(version_num, ', ') AS found FROM (SELECT version_num FROM schema_version ORDER BY version_num));

-- Running downgrade c2 -> c1, an index outside the transaction

DROP INDEX ix_goods_price;

UPDATE schema_version SET version_num='c1' WHERE schema_version.version_num = 'c2';
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

-- Running downgrade c1 -> a2, a3, b1, a merge of three lines

INSERT INTO schema_version (version_num) VALUES ('a2');
INSERT INTO temp.sqlembic_guard VALUES (changes());

UPDATE schema_version SET version_num='a3' WHERE schema_version.version_num = 'c1';
INSERT INTO temp.sqlembic_guard VALUES (changes());

-- Rolls back the whole transaction unless all checks were passed.
INSERT OR ROLLBACK INTO temp.sqlembic_guard SELECT count(*) = 3 FROM temp.sqlembic_guard;
DROP TABLE temp.sqlembic_guard;

COMMIT;

BEGIN IMMEDIATE;

-- Guard: refuses unless schema_version holds exactly a2, a3.
CREATE TEMP TABLE sqlembic_guard (passed INTEGER NOT NULL CONSTRAINT "refused: nothing of this transaction is kept, see the first error" CHECK (passed = 1));
INSERT INTO temp.sqlembic_guard
SELECT CASE WHEN found IS 'a2, a3' THEN 1
  ELSE json_extract('{}', 'refused: schema_version holds ' || coalesce(found, 'no revision') || ', and this script needs exactly a2, a3') END
FROM (SELECT group_concat(version_num, ', ') AS found FROM (SELECT version_num FROM schema_version ORDER BY version_num));

-- Running downgrade a2 -> a1, goods have owners, so people come first

ALTER TABLE goods DROP COLUMN owner;

UPDATE schema_version SET version_num='b1' WHERE schema_version.version_num = 'a2';
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

-- Running downgrade a3 -> a1, goods have prices: a branch point

ALTER TABLE goods DROP COLUMN price;

UPDATE schema_version SET version_num='a1' WHERE schema_version.version_num = 'a3';
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

-- Running downgrade a1 -> , one root: its message has two lines

DROP TABLE goods;

DELETE FROM schema_version WHERE schema_version.version_num = 'a1';
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

-- Running downgrade b1 -> , another root

DROP TABLE person;

DELETE FROM schema_version WHERE schema_version.version_num = 'b1';
INSERT INTO temp.sqlembic_guard VALUES (changes());

-- Rolls back the whole transaction unless all checks were passed.
INSERT OR ROLLBACK INTO temp.sqlembic_guard SELECT count(*) = 2 FROM temp.sqlembic_guard;
DROP TABLE temp.sqlembic_guard;

COMMIT;

SELECT CASE WHEN found IS NULL THEN 'OK: the database has no revision applied' ELSE 'NOT DONE: the version rows are ' || coalesce(found, 'none') END AS migration
FROM (SELECT group_concat(version_num, ', ') AS found FROM (SELECT version_num FROM schema_version ORDER BY version_num));
