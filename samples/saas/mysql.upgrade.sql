-- upgrade base -> 7a93d5c8e14f
--   1f3a9c27d0b4  tenants and invoices
--   2b7d41e8a6c5  tenants have a plan
--   3c905fb1e2d7  invoices have a currency
--   4d18e6a03f92  rename tenant.name to display_name, first phase
--   5e62b0d94c1a  rename tenant.name to display_name, second phase
--   6f4c17e5b830  search the notes of invoices
--   7a93d5c8e14f  index the dates of invoices
-- for:    MySQL 8.4
-- run:    mysql DATABASE < FILE
-- needs:  no revision applied: alembic_version empty or missing
-- sha256: 84a40b5feb8a4d41f0e6788e97eeccec447835591b9d49818f04b603eb84e4bd of the lines below this one

-- Guard: refuses unless alembic_version is empty or missing, no other run is at work and no revision is half-applied.
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
SET @found = IF(EXISTS (SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'alembic_version'), NULL, '');
SET @guard = IF(EXISTS (SELECT 1 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'alembic_version' AND column_name = 'version_num'),
  'SELECT COALESCE(GROUP_CONCAT(CONVERT(version_num USING utf8mb4) ORDER BY CAST(version_num AS BINARY) SEPARATOR '', ''), '''') INTO @found FROM alembic_version',
  'DO 0'); PREPARE guard FROM @guard; EXECUTE guard;
SET @guard = IF(EXISTS (SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'alembic_version_progress'),
  'SELECT COALESCE(GROUP_CONCAT(CONCAT(direction, '' of '', revision, '' after step '', step)), '''') INTO @half_applied FROM alembic_version_progress WHERE NOT ((direction, revision, content) IN ((''upgrade'', ''1f3a9c27d0b4'', ''ebb08fa8f07e26fd'')) AND step = 0)',
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
SET @guard = IF(@all_well, 'DO 0', @refusal); PREPARE guard FROM @guard; EXECUTE guard;
SET @guard = CONCAT('SET SESSION ', IF(VERSION() LIKE '%MariaDB%', 'tx', 'transaction'), '_read_only = IF(@all_well, 0, 1)'); PREPARE go_on FROM @guard; EXECUTE go_on;

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

-- Running upgrade  -> 1f3a9c27d0b4, tenants and invoices

/*! REPLACE INTO alembic_version_progress (direction, revision, step, content) SELECT 'upgrade', '1f3a9c27d0b4', 0, 'ebb08fa8f07e26fd' FROM DUAL WHERE @all_well */;
SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

/*! CREATE TABLE tenant (
    id INTEGER NOT NULL AUTO_INCREMENT,
    name VARCHAR(100) NOT NULL,
    created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    CONSTRAINT uq_tenant_name UNIQUE (name)
) */;
SET @all_well = @all_well AND @@error_count = 0; UPDATE alembic_version_progress SET step = IF(@all_well, 1, step); SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

/*! CREATE TABLE invoice (
    id INTEGER NOT NULL AUTO_INCREMENT,
    tenant_id INTEGER NOT NULL,
    amount NUMERIC(12, 2) NOT NULL,
    note TEXT,
    issued_on DATE NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT fk_invoice_tenant FOREIGN KEY(tenant_id) REFERENCES tenant (id)
) */;
SET @all_well = @all_well AND @@error_count = 0; UPDATE alembic_version_progress SET step = IF(@all_well, 2, step); SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

START TRANSACTION;
INSERT INTO alembic_version (version_num) SELECT '1f3a9c27d0b4' FROM DUAL WHERE @all_well;
SET @all_well = @all_well AND @@error_count = 0 AND ROW_COUNT() = 1; SET SESSION TRANSACTION READ ONLY; DELETE FROM alembic_version_progress WHERE @all_well; SET @all_well = @all_well AND @@error_count = 0;
SET @finish = IF(@all_well, 'COMMIT', 'ROLLBACK'); PREPARE finish FROM @finish; EXECUTE finish; SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

-- Running upgrade 1f3a9c27d0b4 -> 2b7d41e8a6c5, tenants have a plan

/*! REPLACE INTO alembic_version_progress (direction, revision, step, content) SELECT 'upgrade', '2b7d41e8a6c5', 0, 'ab15459918369d4f' FROM DUAL WHERE @all_well */;
SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

/*! ALTER TABLE tenant ADD COLUMN plan VARCHAR(20) NOT NULL DEFAULT 'free' */;
SET @all_well = @all_well AND @@error_count = 0; UPDATE alembic_version_progress SET step = IF(@all_well, 1, step); SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

/*! CREATE INDEX ix_tenant_plan ON tenant (plan) */;
SET @all_well = @all_well AND @@error_count = 0; UPDATE alembic_version_progress SET step = IF(@all_well, 2, step); SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

START TRANSACTION;
UPDATE alembic_version SET version_num='2b7d41e8a6c5' WHERE alembic_version.version_num = '1f3a9c27d0b4' AND @all_well;
SET @all_well = @all_well AND @@error_count = 0 AND ROW_COUNT() = 1; SET SESSION TRANSACTION READ ONLY; DELETE FROM alembic_version_progress WHERE @all_well; SET @all_well = @all_well AND @@error_count = 0;
SET @finish = IF(@all_well, 'COMMIT', 'ROLLBACK'); PREPARE finish FROM @finish; EXECUTE finish; SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

-- Running upgrade 2b7d41e8a6c5 -> 3c905fb1e2d7, invoices have a currency

/*! REPLACE INTO alembic_version_progress (direction, revision, step, content) SELECT 'upgrade', '3c905fb1e2d7', 0, '6454c1de8fa4a21f' FROM DUAL WHERE @all_well */;
SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

/*! ALTER TABLE invoice ADD COLUMN currency VARCHAR(3) */;
SET @all_well = @all_well AND @@error_count = 0; UPDATE alembic_version_progress SET step = IF(@all_well, 1, step); SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

START TRANSACTION;
UPDATE invoice SET currency = 'EUR' WHERE currency IS NULL;
SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; UPDATE alembic_version_progress SET step = IF(@all_well, 2, step); SET @all_well = @all_well AND @@error_count = 0;
SET @finish = IF(@all_well, 'COMMIT', 'ROLLBACK'); PREPARE finish FROM @finish; EXECUTE finish; SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

/*! ALTER TABLE invoice MODIFY currency VARCHAR(3) NOT NULL */;
SET @all_well = @all_well AND @@error_count = 0; UPDATE alembic_version_progress SET step = IF(@all_well, 3, step); SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

START TRANSACTION;
UPDATE alembic_version SET version_num='3c905fb1e2d7' WHERE alembic_version.version_num = '2b7d41e8a6c5' AND @all_well;
SET @all_well = @all_well AND @@error_count = 0 AND ROW_COUNT() = 1; SET SESSION TRANSACTION READ ONLY; DELETE FROM alembic_version_progress WHERE @all_well; SET @all_well = @all_well AND @@error_count = 0;
SET @finish = IF(@all_well, 'COMMIT', 'ROLLBACK'); PREPARE finish FROM @finish; EXECUTE finish; SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

-- Running upgrade 3c905fb1e2d7 -> 4d18e6a03f92, rename tenant.name to display_name, first phase

/*! REPLACE INTO alembic_version_progress (direction, revision, step, content) SELECT 'upgrade', '4d18e6a03f92', 0, '6f9aaf854fd0ccaf' FROM DUAL WHERE @all_well */;
SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

/*! ALTER TABLE tenant ADD COLUMN display_name VARCHAR(100) */;
SET @all_well = @all_well AND @@error_count = 0; UPDATE alembic_version_progress SET step = IF(@all_well, 1, step); SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

START TRANSACTION;
UPDATE tenant SET display_name = name WHERE display_name IS NULL;
SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY;
UPDATE alembic_version SET version_num='4d18e6a03f92' WHERE alembic_version.version_num = '3c905fb1e2d7' AND @all_well;
SET @all_well = @all_well AND @@error_count = 0 AND ROW_COUNT() = 1; SET SESSION TRANSACTION READ ONLY; DELETE FROM alembic_version_progress WHERE @all_well; SET @all_well = @all_well AND @@error_count = 0;
SET @finish = IF(@all_well, 'COMMIT', 'ROLLBACK'); PREPARE finish FROM @finish; EXECUTE finish; SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

-- Running upgrade 4d18e6a03f92 -> 5e62b0d94c1a, rename tenant.name to display_name, second phase

/*! REPLACE INTO alembic_version_progress (direction, revision, step, content) SELECT 'upgrade', '5e62b0d94c1a', 0, '62b76b344176ab54' FROM DUAL WHERE @all_well */;
SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

START TRANSACTION;
UPDATE tenant SET display_name = name WHERE display_name IS NULL;
SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; UPDATE alembic_version_progress SET step = IF(@all_well, 1, step); SET @all_well = @all_well AND @@error_count = 0;
SET @finish = IF(@all_well, 'COMMIT', 'ROLLBACK'); PREPARE finish FROM @finish; EXECUTE finish; SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

/*! ALTER TABLE tenant MODIFY display_name VARCHAR(100) NOT NULL */;
SET @all_well = @all_well AND @@error_count = 0; UPDATE alembic_version_progress SET step = IF(@all_well, 2, step); SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

/*! ALTER TABLE tenant ADD CONSTRAINT uq_tenant_display_name UNIQUE (display_name) */;
SET @all_well = @all_well AND @@error_count = 0; UPDATE alembic_version_progress SET step = IF(@all_well, 3, step); SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

/*! ALTER TABLE tenant DROP INDEX uq_tenant_name */;
SET @all_well = @all_well AND @@error_count = 0; UPDATE alembic_version_progress SET step = IF(@all_well, 4, step); SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

/*! ALTER TABLE tenant DROP COLUMN name */;
SET @all_well = @all_well AND @@error_count = 0; UPDATE alembic_version_progress SET step = IF(@all_well, 5, step); SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

START TRANSACTION;
UPDATE alembic_version SET version_num='5e62b0d94c1a' WHERE alembic_version.version_num = '4d18e6a03f92' AND @all_well;
SET @all_well = @all_well AND @@error_count = 0 AND ROW_COUNT() = 1; SET SESSION TRANSACTION READ ONLY; DELETE FROM alembic_version_progress WHERE @all_well; SET @all_well = @all_well AND @@error_count = 0;
SET @finish = IF(@all_well, 'COMMIT', 'ROLLBACK'); PREPARE finish FROM @finish; EXECUTE finish; SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

-- Running upgrade 5e62b0d94c1a -> 6f4c17e5b830, search the notes of invoices

/*! REPLACE INTO alembic_version_progress (direction, revision, step, content) SELECT 'upgrade', '6f4c17e5b830', 0, '3b5091f093839cc8' FROM DUAL WHERE @all_well */;
SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

/*! CREATE FULLTEXT INDEX ix_invoice_note ON invoice (note) */;
SET @all_well = @all_well AND @@error_count = 0; UPDATE alembic_version_progress SET step = IF(@all_well, 1, step); SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

START TRANSACTION;
UPDATE alembic_version SET version_num='6f4c17e5b830' WHERE alembic_version.version_num = '5e62b0d94c1a' AND @all_well;
SET @all_well = @all_well AND @@error_count = 0 AND ROW_COUNT() = 1; SET SESSION TRANSACTION READ ONLY; DELETE FROM alembic_version_progress WHERE @all_well; SET @all_well = @all_well AND @@error_count = 0;
SET @finish = IF(@all_well, 'COMMIT', 'ROLLBACK'); PREPARE finish FROM @finish; EXECUTE finish; SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

-- Running upgrade 6f4c17e5b830 -> 7a93d5c8e14f, index the dates of invoices

/*! REPLACE INTO alembic_version_progress (direction, revision, step, content) SELECT 'upgrade', '7a93d5c8e14f', 0, '9a220455b27bee39' FROM DUAL WHERE @all_well */;
SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

/*! CREATE INDEX ix_invoice_issued_on ON invoice (issued_on) */;
SET @all_well = @all_well AND @@error_count = 0; UPDATE alembic_version_progress SET step = IF(@all_well, 1, step); SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

START TRANSACTION;
UPDATE alembic_version SET version_num='7a93d5c8e14f' WHERE alembic_version.version_num = '6f4c17e5b830' AND @all_well;
SET @all_well = @all_well AND @@error_count = 0 AND ROW_COUNT() = 1; SET SESSION TRANSACTION READ ONLY; DELETE FROM alembic_version_progress WHERE @all_well; SET @all_well = @all_well AND @@error_count = 0;
SET @finish = IF(@all_well, 'COMMIT', 'ROLLBACK'); PREPARE finish FROM @finish; EXECUTE finish; SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

SET @finish = IF(@all_well, 'DROP TABLE alembic_version_progress', 'DO 0'); PREPARE finish FROM @finish; EXECUTE finish;
SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

DO RELEASE_LOCK(CONCAT('alembic:', IF(CHAR_LENGTH(DATABASE()) > 56, SHA2(DATABASE(), 224), DATABASE())));
SET SESSION TRANSACTION READ WRITE;
SELECT IF(@all_well, 'OK: the database is at 7a93d5c8e14f', COALESCE(NULLIF(@refusal, ''), 'FAILED: see the first error')) AS migration;
