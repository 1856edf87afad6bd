-- upgrade base -> c2
--   b1  another root
--   a1  one root: its message has two lines
--   a3  goods have prices: a branch point
--   a2  goods have owners, so people come first
--   c1  a merge of three lines
--   c2  an index outside the transaction
-- for:    MySQL 8.4
-- run:    mysql DATABASE < FILE
-- needs:  no revision applied: schema_version empty or missing
-- sha256: b0bbdc0edfb70a6f854bb2d92b9c61249cd720989ef21ae651450eb9d9e4c63f of the lines below this one

-- Guard: refuses unless schema_version is empty or missing, no other run is at work and no revision is half-applied.
-- A client may go on after an error. So each statement is followed by a line that looks for errors: after the first one the session can change nothing more.
-- Statements stand in comments that the server runs: where a file was cut off, the last comment has no end, and nothing of it runs.
SET @session = CONNECTION_ID();
SET NAMES utf8mb4;
SET SESSION sql_mode = 'ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION';
# For MySQL and MariaDB alone. psql takes all that follows for one string, which never ends: $sqlembic$
# sqlite3 leaves at .exit, which is a part of a string on MySQL and MariaDB.
SET @other_clients_stop = '\';
.exit 1
';
SET SESSION autocommit = 1, completion_type = 0, sql_safe_updates = 0, group_concat_max_len = 1000000;
SET SESSION lock_wait_timeout = 10, innodb_lock_wait_timeout = 10;
SET SESSION TRANSACTION READ ONLY;
SET @all_well = 0, @refusal = NULL, @half_applied = 'unknown', @locked = GET_LOCK(CONCAT('alembic:', IF(CHAR_LENGTH(DATABASE()) > 56, SHA2(DATABASE(), 224), DATABASE())), 10);
SET @found = IF(EXISTS (SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'schema_version'), NULL, '');
SET @guard = IF(EXISTS (SELECT 1 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'schema_version' AND column_name = 'version_num'),
  'SELECT COALESCE(GROUP_CONCAT(CONVERT(version_num USING utf8mb4) ORDER BY CAST(version_num AS BINARY) SEPARATOR '', ''), '''') INTO @found FROM schema_version',
  'DO 0'); PREPARE guard FROM @guard; EXECUTE guard;
SET @guard = IF(EXISTS (SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'schema_version_progress'),
  'SELECT COALESCE(GROUP_CONCAT(CONCAT(direction, '' of '', revision, '' after step '', step)), '''') INTO @half_applied FROM schema_version_progress WHERE NOT ((direction, revision, content) IN ((''upgrade'', ''b1'', ''64d30b756f4c81dd'')) AND step = 0)',
  'SET @half_applied = '''''); PREPARE guard FROM @guard; EXECUTE guard;
SET @refusal = CASE
  WHEN DATABASE() IS NULL THEN 'refused: no database is selected'
  WHEN IFNULL(@session, 0) <> CONNECTION_ID() THEN 'refused: the connection was lost'
  WHEN IFNULL(@locked, 0) <> 1 THEN 'refused: another migration holds the lock of this database'
  WHEN @found IS NULL THEN 'refused: the table schema_version has no column version_num that can be read'
  WHEN @half_applied <> '' THEN CONCAT('refused: half applied is the ', @half_applied)
  WHEN NOT (HEX(@found) = HEX('')) THEN CONCAT('refused: found [', @found, '], needed []')
  WHEN NOT EXISTS (SELECT 1 FROM information_schema.engines WHERE engine = @@SESSION.default_storage_engine AND transactions = 'YES') /*!50708 OR FIND_IN_SET(@@SESSION.default_storage_engine, @@GLOBAL.disabled_storage_engines) */ THEN CONCAT('refused: default engine ', @@SESSION.default_storage_engine, ': --set default_storage_engine=InnoDB')
  ELSE '' END;
SET @all_well = IFNULL(@refusal = '', 0);
SET @guard = IF(@all_well, 'DO 0', @refusal); PREPARE guard FROM @guard; EXECUTE guard;
SET @guard = CONCAT('SET SESSION ', IF(VERSION() LIKE '%MariaDB%', 'tx', 'transaction'), '_read_only = IF(@all_well, 0, 1)'); PREPARE go_on FROM @guard; EXECUTE go_on;

/*! CREATE TABLE IF NOT EXISTS schema_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT schema_version_pkc PRIMARY KEY (version_num)
) */;
SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

/*! CREATE TABLE IF NOT EXISTS schema_version_progress (
    direction VARCHAR(9) NOT NULL,
    revision VARCHAR(64) NOT NULL,
    step INTEGER NOT NULL,
    content CHAR(16) NOT NULL,
    PRIMARY KEY (revision)
) ENGINE=InnoDB */;
SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

-- Running upgrade  -> b1, another root

/*! REPLACE INTO schema_version_progress (direction, revision, step, content) SELECT 'upgrade', 'b1', 0, '64d30b756f4c81dd' FROM DUAL WHERE @all_well */;
SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

/*! CREATE TABLE person (
    id INTEGER NOT NULL AUTO_INCREMENT,
    PRIMARY KEY (id)
) */;
SET @all_well = @all_well AND @@error_count = 0; UPDATE schema_version_progress SET step = IF(@all_well, 1, step); SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

START TRANSACTION;
INSERT INTO schema_version (version_num) SELECT 'b1' FROM DUAL WHERE @all_well;
SET @all_well = @all_well AND @@error_count = 0 AND ROW_COUNT() = 1; SET SESSION TRANSACTION READ ONLY; DELETE FROM schema_version_progress WHERE @all_well; SET @all_well = @all_well AND @@error_count = 0;
SET @finish = IF(@all_well, 'COMMIT', 'ROLLBACK'); PREPARE finish FROM @finish; EXECUTE finish; SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

-- Running upgrade  -> a1, one root: its message has two lines

/*! REPLACE INTO schema_version_progress (direction, revision, step, content) SELECT 'upgrade', 'a1', 0, '473bd0162c1cc62d' FROM DUAL WHERE @all_well */;
SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

/*! CREATE TABLE goods (
    id INTEGER NOT NULL AUTO_INCREMENT,
    PRIMARY KEY (id)
) */;
SET @all_well = @all_well AND @@error_count = 0; UPDATE schema_version_progress SET step = IF(@all_well, 1, step); SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

START TRANSACTION;
INSERT INTO schema_version (version_num) SELECT 'a1' FROM DUAL WHERE @all_well;
SET @all_well = @all_well AND @@error_count = 0 AND ROW_COUNT() = 1; SET SESSION TRANSACTION READ ONLY; DELETE FROM schema_version_progress WHERE @all_well; SET @all_well = @all_well AND @@error_count = 0;
SET @finish = IF(@all_well, 'COMMIT', 'ROLLBACK'); PREPARE finish FROM @finish; EXECUTE finish; SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

-- Running upgrade a1 -> a3, goods have prices: a branch point

/*! REPLACE INTO schema_version_progress (direction, revision, step, content) SELECT 'upgrade', 'a3', 0, '465fd9facf05beb6' FROM DUAL WHERE @all_well */;
SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

/*! ALTER TABLE goods ADD COLUMN price INTEGER */;
SET @all_well = @all_well AND @@error_count = 0; UPDATE schema_version_progress SET step = IF(@all_well, 1, step); SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

START TRANSACTION;
UPDATE schema_version SET version_num='a3' WHERE schema_version.version_num = 'a1' AND @all_well;
SET @all_well = @all_well AND @@error_count = 0 AND ROW_COUNT() = 1; SET SESSION TRANSACTION READ ONLY; DELETE FROM schema_version_progress WHERE @all_well; SET @all_well = @all_well AND @@error_count = 0;
SET @finish = IF(@all_well, 'COMMIT', 'ROLLBACK'); PREPARE finish FROM @finish; EXECUTE finish; SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

-- Running upgrade a1 -> a2, goods have owners, so people come first

/*! REPLACE INTO schema_version_progress (direction, revision, step, content) SELECT 'upgrade', 'a2', 0, 'fa72574b0cf234c0' FROM DUAL WHERE @all_well */;
SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

/*! ALTER TABLE goods ADD COLUMN owner INTEGER */;
SET @all_well = @all_well AND @@error_count = 0; UPDATE schema_version_progress SET step = IF(@all_well, 1, step); SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

START TRANSACTION;
UPDATE schema_version SET version_num='a2' WHERE schema_version.version_num = 'b1' AND @all_well;
SET @all_well = @all_well AND @@error_count = 0 AND ROW_COUNT() = 1; SET SESSION TRANSACTION READ ONLY; DELETE FROM schema_version_progress WHERE @all_well; SET @all_well = @all_well AND @@error_count = 0;
SET @finish = IF(@all_well, 'COMMIT', 'ROLLBACK'); PREPARE finish FROM @finish; EXECUTE finish; SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

-- Running upgrade a2, a3, b1 -> c1, a merge of three lines

START TRANSACTION;
DELETE FROM schema_version WHERE schema_version.version_num = 'a2' AND @all_well;
SET @all_well = @all_well AND @@error_count = 0 AND ROW_COUNT() = 1; SET SESSION TRANSACTION READ ONLY;
UPDATE schema_version SET version_num='c1' WHERE schema_version.version_num = 'a3' AND @all_well;
SET @all_well = @all_well AND @@error_count = 0 AND ROW_COUNT() = 1; SET SESSION TRANSACTION READ ONLY;
SET @finish = IF(@all_well, 'COMMIT', 'ROLLBACK'); PREPARE finish FROM @finish; EXECUTE finish; SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

-- Running upgrade c1 -> c2, an index outside the transaction

/*! REPLACE INTO schema_version_progress (direction, revision, step, content) SELECT 'upgrade', 'c2', 0, 'b09d34beb3e3b837' FROM DUAL WHERE @all_well */;
SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

START TRANSACTION;
UPDATE goods SET price = 1 WHERE price IS NULL;
SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; UPDATE schema_version_progress SET step = IF(@all_well, 1, step); SET @all_well = @all_well AND @@error_count = 0;
SET @finish = IF(@all_well, 'COMMIT', 'ROLLBACK'); PREPARE finish FROM @finish; EXECUTE finish; SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

/*! CREATE INDEX ix_goods_price ON goods (price) */;
SET @all_well = @all_well AND @@error_count = 0; UPDATE schema_version_progress SET step = IF(@all_well, 2, step); SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

START TRANSACTION;
UPDATE goods SET price = 2 WHERE price = 1;
SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY;
UPDATE schema_version SET version_num='c2' WHERE schema_version.version_num = 'c1' AND @all_well;
SET @all_well = @all_well AND @@error_count = 0 AND ROW_COUNT() = 1; SET SESSION TRANSACTION READ ONLY; DELETE FROM schema_version_progress WHERE @all_well; SET @all_well = @all_well AND @@error_count = 0;
SET @finish = IF(@all_well, 'COMMIT', 'ROLLBACK'); PREPARE finish FROM @finish; EXECUTE finish; SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

SET @finish = IF(@all_well, 'DROP TABLE schema_version_progress', 'DO 0'); PREPARE finish FROM @finish; EXECUTE finish;
SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

DO RELEASE_LOCK(CONCAT('alembic:', IF(CHAR_LENGTH(DATABASE()) > 56, SHA2(DATABASE(), 224), DATABASE())));
SET SESSION TRANSACTION READ WRITE;
SELECT IF(@all_well, 'OK: the database is at c2', COALESCE(NULLIF(@refusal, ''), 'FAILED: see the first error')) AS migration;
