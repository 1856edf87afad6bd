-- upgrade base -> 2b
--   1a  make tables
--   2b  rename a table, name its constraints
-- for:    MySQL 8.4
-- run:    mysql DATABASE < FILE
-- needs:  no revision applied: alembic_version empty or missing
-- sha256: e548bf2869bbd7ca0a5d9061c028e837e8518f637ae612ea4c654e080c6292ea of the lines below this one

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
  'SELECT COALESCE(GROUP_CONCAT(CONCAT(direction, '' of '', revision, '' after step '', step)), '''') INTO @half_applied FROM alembic_version_progress WHERE NOT ((direction, revision, content) IN ((''upgrade'', ''1a'', ''041a204171283b47'')) AND step = 0)',
  'SET @half_applied = '''''); PREPARE guard FROM @guard; EXECUTE guard;
SET @refusal = CASE
  WHEN DATABASE() IS NULL THEN 'refused: no database is selected'
  WHEN IFNULL(@session, 0) <> CONNECTION_ID() THEN 'refused: the connection was lost'
  WHEN IFNULL(@locked, 0) <> 1 THEN 'refused: another migration holds the lock of this database'
  WHEN @found IS NULL THEN 'refused: the table alembic_version has no column version_num that can be read'
  WHEN @half_applied <> '' THEN CONCAT('refused: half applied is the ', @half_applied)
  WHEN NOT (HEX(@found) = HEX('')) THEN CONCAT('refused: found [', @found, '], needed []')
  WHEN NOT EXISTS (SELECT 1 FROM information_schema.engines WHERE engine = 'INNODB' AND support IN ('YES', 'DEFAULT')) /*!50708 OR FIND_IN_SET('INNODB', @@GLOBAL.disabled_storage_engines) */ THEN 'refused: the server makes no tables in the engine INNODB'
  WHEN NOT EXISTS (SELECT 1 FROM information_schema.engines WHERE engine = @@SESSION.default_storage_engine AND transactions = 'YES') /*!50708 OR FIND_IN_SET(@@SESSION.default_storage_engine, @@GLOBAL.disabled_storage_engines) */ THEN CONCAT('refused: default engine ', @@SESSION.default_storage_engine, ': --set default_storage_engine=InnoDB')
  WHEN FALSE /*!80013 OR @@SESSION.sql_require_primary_key */ /*!80030 AND NOT @@SESSION.sql_generate_invisible_primary_key */ THEN 'refused: sql_require_primary_key is on, and a table has no primary key here: --set sql_require_primary_key=0'
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

-- Running upgrade  -> 1a, make tables

/*! REPLACE INTO alembic_version_progress (direction, revision, step, content) SELECT 'upgrade', '1a', 0, '041a204171283b47' FROM DUAL WHERE @all_well */;
SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

/*! CREATE TABLE customer (
    id INTEGER NOT NULL AUTO_INCREMENT,
    name VARCHAR(80) NOT NULL COMMENT 'as it''s printed',
    email VARCHAR(120),
    country CHAR(2) NOT NULL DEFAULT 'DE',
    credit NUMERIC(12, 2) NOT NULL DEFAULT '0',
    since DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    CONSTRAINT uq_customer_name_country UNIQUE (name, country),
    CONSTRAINT ck_customer_credit CHECK (credit >= 0),
    UNIQUE (email)
) ENGINE=InnoDB COMMENT='people\nwho pay' */;
SET @all_well = @all_well AND @@error_count = 0; UPDATE alembic_version_progress SET step = IF(@all_well, 1, step); SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

/*! CREATE INDEX ix_customer_country ON customer (country) */;
SET @all_well = @all_well AND @@error_count = 0; UPDATE alembic_version_progress SET step = IF(@all_well, 2, step); SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

/*! CREATE TABLE `order` (
    customer_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    placed DATE,
    replaces INTEGER,
    CONSTRAINT pk_order PRIMARY KEY (customer_id, number),
    CONSTRAINT fk_order_customer FOREIGN KEY(customer_id) REFERENCES customer (id) ON DELETE CASCADE
) */;
SET @all_well = @all_well AND @@error_count = 0; UPDATE alembic_version_progress SET step = IF(@all_well, 3, step); SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

/*! CREATE TABLE order_line (
    id INTEGER NOT NULL AUTO_INCREMENT,
    customer_id INTEGER NOT NULL,
    order_number INTEGER NOT NULL,
    paid_by INTEGER,
    quantity INTEGER NOT NULL DEFAULT 1 CHECK (quantity > 0),
    PRIMARY KEY (id),
    CONSTRAINT fk_line_order FOREIGN KEY(customer_id, order_number) REFERENCES `order` (customer_id, number),
    CONSTRAINT fk_line_payer FOREIGN KEY(paid_by) REFERENCES customer (id)
) */;
SET @all_well = @all_well AND @@error_count = 0; UPDATE alembic_version_progress SET step = IF(@all_well, 4, step); SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

/*! CREATE UNIQUE INDEX ix_order_placed ON `order` (placed, number) */;
SET @all_well = @all_well AND @@error_count = 0; UPDATE alembic_version_progress SET step = IF(@all_well, 5, step); SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

START TRANSACTION;
INSERT INTO alembic_version (version_num) SELECT '1a' FROM DUAL WHERE @all_well;
SET @all_well = @all_well AND @@error_count = 0 AND ROW_COUNT() = 1; SET SESSION TRANSACTION READ ONLY; DELETE FROM alembic_version_progress WHERE @all_well; SET @all_well = @all_well AND @@error_count = 0;
SET @finish = IF(@all_well, 'COMMIT', 'ROLLBACK'); PREPARE finish FROM @finish; EXECUTE finish; SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

-- Running upgrade 1a -> 2b, rename a table, name its constraints

/*! REPLACE INTO alembic_version_progress (direction, revision, step, content) SELECT 'upgrade', '2b', 0, '573062618a3db74a' FROM DUAL WHERE @all_well */;
SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

/*! ALTER TABLE order_line RENAME TO item */;
SET @all_well = @all_well AND @@error_count = 0; UPDATE alembic_version_progress SET step = IF(@all_well, 1, step); SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

/*! CREATE TABLE warehouse (
    code VARCHAR(10) NOT NULL,
    city VARCHAR(40)
) */;
SET @all_well = @all_well AND @@error_count = 0; UPDATE alembic_version_progress SET step = IF(@all_well, 2, step); SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

/*! ALTER TABLE warehouse ADD CONSTRAINT pk_warehouse PRIMARY KEY (code) */;
SET @all_well = @all_well AND @@error_count = 0; UPDATE alembic_version_progress SET step = IF(@all_well, 3, step); SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

/*! ALTER TABLE warehouse ADD CONSTRAINT uq_warehouse_city UNIQUE (city) */;
SET @all_well = @all_well AND @@error_count = 0; UPDATE alembic_version_progress SET step = IF(@all_well, 4, step); SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

/*! ALTER TABLE warehouse ADD CONSTRAINT ck_warehouse_code CHECK (code <> '') */;
SET @all_well = @all_well AND @@error_count = 0; UPDATE alembic_version_progress SET step = IF(@all_well, 5, step); SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

/*! ALTER TABLE item ADD COLUMN warehouse VARCHAR(10) */;
SET @all_well = @all_well AND @@error_count = 0; UPDATE alembic_version_progress SET step = IF(@all_well, 6, step); SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

/*! ALTER TABLE item ADD CONSTRAINT fk_item_warehouse FOREIGN KEY(warehouse) REFERENCES warehouse (code) ON UPDATE CASCADE */;
SET @all_well = @all_well AND @@error_count = 0; UPDATE alembic_version_progress SET step = IF(@all_well, 7, step); SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

/*! CREATE INDEX ix_item_warehouse ON item (warehouse) */;
SET @all_well = @all_well AND @@error_count = 0; UPDATE alembic_version_progress SET step = IF(@all_well, 8, step); SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

START TRANSACTION;
UPDATE alembic_version SET version_num='2b' WHERE alembic_version.version_num = '1a' AND @all_well;
SET @all_well = @all_well AND @@error_count = 0 AND ROW_COUNT() = 1; SET SESSION TRANSACTION READ ONLY; DELETE FROM alembic_version_progress WHERE @all_well; SET @all_well = @all_well AND @@error_count = 0;
SET @finish = IF(@all_well, 'COMMIT', 'ROLLBACK'); PREPARE finish FROM @finish; EXECUTE finish; SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

SET @finish = IF(@all_well, 'DROP TABLE alembic_version_progress', 'DO 0'); PREPARE finish FROM @finish; EXECUTE finish;
SET @all_well = @all_well AND @@error_count = 0; SET SESSION TRANSACTION READ ONLY; EXECUTE go_on;

DO RELEASE_LOCK(CONCAT('alembic:', IF(CHAR_LENGTH(DATABASE()) > 56, SHA2(DATABASE(), 224), DATABASE())));
SET SESSION TRANSACTION READ WRITE;
SELECT IF(@all_well, 'OK: the database is at 2b', COALESCE(NULLIF(@refusal, ''), 'FAILED: see the first error')) AS migration;
