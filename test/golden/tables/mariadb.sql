-- upgrade base -> 2b
--   1a  make tables
--   2b  rename a table, name its constraints
-- for:    MariaDB 10.11
-- run:    mysql DATABASE < FILE
-- needs:  no revision applied: alembic_version empty or missing
-- sha256: 1d555aa952f057864318cbed954ac68a8711e55d9a8beefb7fa5039ce47c6472 of the lines below this one

SET NAMES utf8mb4;
SET SESSION sql_mode = REPLACE(@@SESSION.sql_mode, 'NO_BACKSLASH_ESCAPES', '');

CREATE TABLE IF NOT EXISTS alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

-- Running upgrade  -> 1a, make tables

CREATE TABLE customer (
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
) ENGINE=InnoDB COMMENT='people\nwho pay';

CREATE INDEX ix_customer_country ON customer (country);

CREATE TABLE `order` (
    customer_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    placed DATE,
    replaces INTEGER,
    CONSTRAINT pk_order PRIMARY KEY (customer_id, number),
    CONSTRAINT fk_order_customer FOREIGN KEY(customer_id) REFERENCES customer (id) ON DELETE CASCADE
);

CREATE TABLE order_line (
    id INTEGER NOT NULL AUTO_INCREMENT,
    customer_id INTEGER NOT NULL,
    order_number INTEGER NOT NULL,
    paid_by INTEGER,
    quantity INTEGER NOT NULL DEFAULT 1 CHECK (quantity > 0),
    PRIMARY KEY (id),
    CONSTRAINT fk_line_order FOREIGN KEY(customer_id, order_number) REFERENCES `order` (customer_id, number),
    CONSTRAINT fk_line_payer FOREIGN KEY(paid_by) REFERENCES customer (id)
);

CREATE UNIQUE INDEX ix_order_placed ON `order` (placed, number);

INSERT INTO alembic_version (version_num) VALUES ('1a');

-- Running upgrade 1a -> 2b, rename a table, name its constraints

ALTER TABLE order_line RENAME TO item;

CREATE TABLE warehouse (
    code VARCHAR(10) NOT NULL,
    city VARCHAR(40)
);

ALTER TABLE warehouse ADD CONSTRAINT pk_warehouse PRIMARY KEY (code);

ALTER TABLE warehouse ADD CONSTRAINT uq_warehouse_city UNIQUE (city);

ALTER TABLE warehouse ADD CONSTRAINT ck_warehouse_code CHECK (code <> '');

ALTER TABLE item ADD COLUMN warehouse VARCHAR(10);

ALTER TABLE item ADD CONSTRAINT fk_item_warehouse FOREIGN KEY(warehouse) REFERENCES warehouse (code) ON UPDATE CASCADE;

CREATE INDEX ix_item_warehouse ON item (warehouse);

UPDATE alembic_version SET version_num='2b' WHERE alembic_version.version_num = '1a';
