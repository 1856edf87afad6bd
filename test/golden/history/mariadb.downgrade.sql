-- downgrade c2 -> base
--   c2  an index outside the transaction
--   c1  a merge of three lines
--   a2  goods have owners, so people come first
--   a3  goods have prices: a branch point
--   a1  one root: its message has two lines
--   b1  another root
-- for:    MariaDB 10.11
-- run:    mysql DATABASE < FILE
-- needs:  schema_version at exactly c2
-- sha256: 53440e4700b17a79b8fcced00c98db343bfc1d1626eb2889f8d2635e7c5c51fc of the lines below this one

-- Guard: refuses unless schema_version holds exactly c2, no other run is at work and no revision is half-applied.
-- A client may go on after an error. So each statement is followed by a line that looks for errors: after the first one the session can change nothing more.
-- Statements stand in comments that the server runs: where a file was cut off, the last comment has no end, and nothing of it runs.
SET @session = CONNECTION_ID();
SET NAMES utf8mb4;
SET SESSION sql_mode = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_AUTO_CREATE_USER,NO_ENGINE_SUBSTITUTION';
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
  'SELECT COALESCE(GROUP_CONCAT(CONCAT(direction, '' of '', revision, '' after step '', step)), '''') INTO @half_applied FROM schema_version_progress WHERE NOT ((direction, revision, content) IN ((''downgrade'', ''c2'', ''29e9bbeb4ed72aed'')) AND step = 0)',
  'SET @half_applied = '''''); PREPARE guard FROM @guard; EXECUTE guard;
SET @refusal = CASE
  WHEN DATABASE() IS NULL THEN 'refused: no database is selected'
  WHEN IFNULL(@session, 0) <> CONNECTION_ID() THEN 'refused: the connection was lost'
  WHEN IFNULL(@locked, 0) <> 1 THEN 'refused: another migration holds the lock of this database'
  WHEN @found IS NULL THEN 'refused: the table schema_version has no column version_num that can be read'
  WHEN @half_applied <> '' THEN CONCAT('refused: half applied is the ', @half_applied)
  WHEN NOT (HEX(@found) = HEX('c2')) THEN CONCAT('refused: found [', @found, '], needed [c2]')
  ELSE '' END;
SET @all_well = IFNULL(@refusal = '', 0);
SET @guard = IF(@all_well, 'DO 0', 'SIGNAL SQLSTATE ''45000'' SET MESSAGE_TEXT = @refusal'); PREPARE guard FROM @guard; EXECUTE guard;
SET @guard = 'SET SESSION tx_read_only = IF(@all_well, 0, 1)'; PREPARE go_on FROM @guard; EXECUTE go_on;

/*! CREATE TABLE IF NOT EXISTS schema_version_progress (
    direction VARCHAR(9) NOT NULL,
    revision VARCHAR(64) NOT NULL,
    step INTEGER NOT NULL,
    content CHAR(16) NOT NULL,
    PRIMARY KEY (revision)
) ENGINE=InnoDB */;
SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

-- Running downgrade c2 -> c1, an index outside the transaction

/*! REPLACE INTO schema_version_progress (direction, revision, step, content) SELECT 'downgrade', 'c2', 0, '29e9bbeb4ed72aed' FROM DUAL WHERE @all_well */;
SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

/*! DROP INDEX ix_goods_price ON goods */;
SET @all_well = @all_well AND @@error_count = 0; UPDATE schema_version_progress SET step = IF(@all_well, 1, step); SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

START TRANSACTION;
UPDATE schema_version SET version_num='c1' WHERE schema_version.version_num = 'c2' AND @all_well;
SET @all_well = @all_well AND @@error_count = 0 AND ROW_COUNT() = 1; SET SESSION TRANSACTION READ ONLY; DELETE FROM schema_version_progress WHERE @all_well; SET @all_well = @all_well AND @@error_count = 0;
SET @finish = IF(@all_well, 'COMMIT', 'ROLLBACK'); PREPARE finish FROM @finish; EXECUTE finish; SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

-- Running downgrade c1 -> a2, a3, b1, a merge of three lines

START TRANSACTION;
INSERT INTO schema_version (version_num) SELECT 'a2' FROM DUAL WHERE @all_well;
SET @all_well = @all_well AND @@error_count = 0 AND ROW_COUNT() = 1; SET SESSION TRANSACTION READ ONLY;
UPDATE schema_version SET version_num='a3' WHERE schema_version.version_num = 'c1' AND @all_well;
SET @all_well = @all_well AND @@error_count = 0 AND ROW_COUNT() = 1; SET SESSION TRANSACTION READ ONLY;
SET @finish = IF(@all_well, 'COMMIT', 'ROLLBACK'); PREPARE finish FROM @finish; EXECUTE finish; SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

-- Running downgrade a2 -> a1, goods have owners, so people come first

/*! REPLACE INTO schema_version_progress (direction, revision, step, content) SELECT 'downgrade', 'a2', 0, '142f2b0fdae11539' FROM DUAL WHERE @all_well */;
SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

/*! ALTER TABLE goods DROP COLUMN owner */;
SET @all_well = @all_well AND @@error_count = 0; UPDATE schema_version_progress SET step = IF(@all_well, 1, step); SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

START TRANSACTION;
UPDATE schema_version SET version_num='b1' WHERE schema_version.version_num = 'a2' AND @all_well;
SET @all_well = @all_well AND @@error_count = 0 AND ROW_COUNT() = 1; SET SESSION TRANSACTION READ ONLY; DELETE FROM schema_version_progress WHERE @all_well; SET @all_well = @all_well AND @@error_count = 0;
SET @finish = IF(@all_well, 'COMMIT', 'ROLLBACK'); PREPARE finish FROM @finish; EXECUTE finish; SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

-- Running downgrade a3 -> a1, goods have prices: a branch point

/*! REPLACE INTO schema_version_progress (direction, revision, step, content) SELECT 'downgrade', 'a3', 0, '664a2fa4deabde2a' FROM DUAL WHERE @all_well */;
SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

/*! ALTER TABLE goods DROP COLUMN price */;
SET @all_well = @all_well AND @@error_count = 0; UPDATE schema_version_progress SET step = IF(@all_well, 1, step); SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

START TRANSACTION;
UPDATE schema_version SET version_num='a1' WHERE schema_version.version_num = 'a3' AND @all_well;
SET @all_well = @all_well AND @@error_count = 0 AND ROW_COUNT() = 1; SET SESSION TRANSACTION READ ONLY; DELETE FROM schema_version_progress WHERE @all_well; SET @all_well = @all_well AND @@error_count = 0;
SET @finish = IF(@all_well, 'COMMIT', 'ROLLBACK'); PREPARE finish FROM @finish; EXECUTE finish; SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

-- Running downgrade a1 -> , one root: its message has two lines

/*! REPLACE INTO schema_version_progress (direction, revision, step, content) SELECT 'downgrade', 'a1', 0, '0b1d6ba4235d3cb0' FROM DUAL WHERE @all_well */;
SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

/*! DROP TABLE goods */;
SET @all_well = @all_well AND @@error_count = 0; UPDATE schema_version_progress SET step = IF(@all_well, 1, step); SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

START TRANSACTION;
DELETE FROM schema_version WHERE schema_version.version_num = 'a1' AND @all_well;
SET @all_well = @all_well AND @@error_count = 0 AND ROW_COUNT() = 1; SET SESSION TRANSACTION READ ONLY; DELETE FROM schema_version_progress WHERE @all_well; SET @all_well = @all_well AND @@error_count = 0;
SET @finish = IF(@all_well, 'COMMIT', 'ROLLBACK'); PREPARE finish FROM @finish; EXECUTE finish; SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

-- Running downgrade b1 -> , another root

/*! REPLACE INTO schema_version_progress (direction, revision, step, content) SELECT 'downgrade', 'b1', 0, 'b7ccc4d3725443a0' FROM DUAL WHERE @all_well */;
SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

/*! DROP TABLE person */;
SET @all_well = @all_well AND @@error_count = 0; UPDATE schema_version_progress SET step = IF(@all_well, 1, step); SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

START TRANSACTION;
DELETE FROM schema_version WHERE schema_version.version_num = 'b1' AND @all_well;
SET @all_well = @all_well AND @@error_count = 0 AND ROW_COUNT() = 1; SET SESSION TRANSACTION READ ONLY; DELETE FROM schema_version_progress WHERE @all_well; SET @all_well = @all_well AND @@error_count = 0;
SET @finish = IF(@all_well, 'COMMIT', 'ROLLBACK'); PREPARE finish FROM @finish; EXECUTE finish; SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

SET @finish = IF(@all_well, 'DROP TABLE schema_version_progress', 'DO 0'); PREPARE finish FROM @finish; EXECUTE finish;
SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

DO RELEASE_LOCK(CONCAT('alembic:', IF(CHAR_LENGTH(DATABASE()) > 56, SHA2(DATABASE(), 224), DATABASE())));
SET SESSION TRANSACTION READ WRITE;
SELECT IF(@all_well, 'OK: the database has no revision applied', COALESCE(NULLIF(@refusal, ''), 'FAILED: see the first error')) AS migration;
