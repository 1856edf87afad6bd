-- upgrade base -> 2b
--   1a  all generic types
--   2b  arrays, where there are any, and a second enum
-- for:    MariaDB 10.11
-- run:    mysql DATABASE < FILE
-- needs:  no revision applied: alembic_version empty or missing
-- sha256: f32f5cb930c296521b546da10c2c6d966ab10e175b7f8e9ab49a9e3abd5c830f of the lines below this one

-- Guard: refuses unless alembic_version is empty or missing, no other run is at work and no revision is half-applied.
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
SET @found = IF(EXISTS (SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'alembic_version'), NULL, '');
SET @guard = IF(EXISTS (SELECT 1 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'alembic_version' AND column_name = 'version_num'),
  'SELECT COALESCE(GROUP_CONCAT(CONVERT(version_num USING utf8mb4) ORDER BY CAST(version_num AS BINARY) SEPARATOR '', ''), '''') INTO @found FROM alembic_version',
  'DO 0'); PREPARE guard FROM @guard; EXECUTE guard;
SET @guard = IF(EXISTS (SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'alembic_version_progress'),
  'SELECT COALESCE(GROUP_CONCAT(CONCAT(direction, '' of '', revision, '' after step '', step)), '''') INTO @half_applied FROM alembic_version_progress WHERE NOT ((direction, revision, content) IN ((''upgrade'', ''1a'', ''97dbf90b4db99750'')) AND step = 0)',
  'SET @half_applied = '''''); PREPARE guard FROM @guard; EXECUTE guard;
SET @refusal = CASE
  WHEN DATABASE() IS NULL THEN 'refused: no database is selected'
  WHEN IFNULL(@session, 0) <> CONNECTION_ID() THEN 'refused: the connection was lost'
  WHEN IFNULL(@locked, 0) <> 1 THEN 'refused: another migration holds the lock of this database'
  WHEN @found IS NULL THEN 'refused: the table alembic_version has no column version_num that can be read'
  WHEN @half_applied <> '' THEN CONCAT('refused: half applied is the ', @half_applied)
  WHEN NOT (HEX(@found) = HEX('')) THEN CONCAT('refused: found [', @found, '], needed []')
  WHEN NOT EXISTS (SELECT 1 FROM information_schema.engines WHERE engine = @@SESSION.default_storage_engine AND transactions = 'YES') /*!50708 OR FIND_IN_SET(@@SESSION.default_storage_engine, @@GLOBAL.disabled_storage_engines) */ THEN CONCAT('refused: default engine ', @@SESSION.default_storage_engine, ': --set default_storage_engine=InnoDB')
  ELSE '' END;
SET @all_well = IFNULL(@refusal = '', 0);
SET @guard = IF(@all_well, 'DO 0', 'SIGNAL SQLSTATE ''45000'' SET MESSAGE_TEXT = @refusal'); PREPARE guard FROM @guard; EXECUTE guard;
SET @guard = 'SET SESSION tx_read_only = IF(@all_well, 0, 1)'; PREPARE go_on FROM @guard; EXECUTE go_on;

/*! CREATE TABLE IF NOT EXISTS alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
) */;
SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

/*! CREATE TABLE IF NOT EXISTS alembic_version_progress (
    direction VARCHAR(9) NOT NULL,
    revision VARCHAR(64) NOT NULL,
    step INTEGER NOT NULL,
    content CHAR(16) NOT NULL,
    PRIMARY KEY (revision)
) ENGINE=InnoDB */;
SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

-- Running upgrade  -> 1a, all generic types

/*! REPLACE INTO alembic_version_progress (direction, revision, step, content) SELECT 'upgrade', '1a', 0, '97dbf90b4db99750' FROM DUAL WHERE @all_well */;
SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

/*! CREATE TABLE every_type (
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
) */;
SET @all_well = @all_well AND @@error_count = 0; UPDATE alembic_version_progress SET step = IF(@all_well, 1, step); SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

START TRANSACTION;
INSERT INTO alembic_version (version_num) SELECT '1a' FROM DUAL WHERE @all_well;
SET @all_well = @all_well AND @@error_count = 0 AND ROW_COUNT() = 1; SET SESSION TRANSACTION READ ONLY; DELETE FROM alembic_version_progress WHERE @all_well; SET @all_well = @all_well AND @@error_count = 0;
SET @finish = IF(@all_well, 'COMMIT', 'ROLLBACK'); PREPARE finish FROM @finish; EXECUTE finish; SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

-- Running upgrade 1a -> 2b, arrays, where there are any, and a second enum

/*! REPLACE INTO alembic_version_progress (direction, revision, step, content) SELECT 'upgrade', '2b', 0, '4aaafb7b2da4e578' FROM DUAL WHERE @all_well */;
SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

/*! ALTER TABLE every_type ADD COLUMN size ENUM('s','m','l') */;
SET @all_well = @all_well AND @@error_count = 0; UPDATE alembic_version_progress SET step = IF(@all_well, 1, step); SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

START TRANSACTION;
UPDATE alembic_version SET version_num='2b' WHERE alembic_version.version_num = '1a' AND @all_well;
SET @all_well = @all_well AND @@error_count = 0 AND ROW_COUNT() = 1; SET SESSION TRANSACTION READ ONLY; DELETE FROM alembic_version_progress WHERE @all_well; SET @all_well = @all_well AND @@error_count = 0;
SET @finish = IF(@all_well, 'COMMIT', 'ROLLBACK'); PREPARE finish FROM @finish; EXECUTE finish; SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

SET @finish = IF(@all_well, 'DROP TABLE alembic_version_progress', 'DO 0'); PREPARE finish FROM @finish; EXECUTE finish;
SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

DO RELEASE_LOCK(CONCAT('alembic:', IF(CHAR_LENGTH(DATABASE()) > 56, SHA2(DATABASE(), 224), DATABASE())));
SET SESSION TRANSACTION READ WRITE;
SELECT IF(@all_well, 'OK: the database is at 2b', COALESCE(NULLIF(@refusal, ''), 'FAILED: see the first error')) AS migration;
