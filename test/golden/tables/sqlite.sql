-- upgrade base -> 2b
--   1a  make tables
--   2b  rename a table, name its constraints
-- for:    SQLite 3.45
-- run:    sqlite3 DATABASE < FILE
-- needs:  no revision applied: alembic_version empty or missing
-- sha256: ec835c22660ac5a86e85bef9ccdd5b0b8ae8ff75528b904a041be63c8e59cd02 of the lines below this one

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

-- Running upgrade  -> 1a, make tables

CREATE TABLE customer (
    id INTEGER NOT NULL,
    name VARCHAR(80) NOT NULL,
    email VARCHAR(120),
    country CHAR(2) DEFAULT 'DE' NOT NULL,
    credit NUMERIC(12, 2) DEFAULT '0' NOT NULL,
    since DATETIME DEFAULT CURRENT_TIMESTAMP NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT uq_customer_name_country UNIQUE (name, country),
    CONSTRAINT ck_customer_credit CHECK (credit >= 0),
    UNIQUE (email)
);

CREATE INDEX ix_customer_country ON customer (country);

CREATE TABLE "order" (
    customer_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    placed DATE,
    replaces INTEGER,
    CONSTRAINT pk_order PRIMARY KEY (customer_id, number),
    CONSTRAINT fk_order_customer FOREIGN KEY(customer_id) REFERENCES customer (id) ON DELETE CASCADE
);

CREATE TABLE order_line (
    id INTEGER NOT NULL,
    customer_id INTEGER NOT NULL,
    order_number INTEGER NOT NULL,
    paid_by INTEGER,
    quantity INTEGER DEFAULT 1 NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (id),
    CONSTRAINT fk_line_order FOREIGN KEY(customer_id, order_number) REFERENCES "order" (customer_id, number),
    CONSTRAINT fk_line_payer FOREIGN KEY(paid_by) REFERENCES customer (id)
);

CREATE UNIQUE INDEX ix_order_placed ON "order" (placed, number);

INSERT INTO alembic_version (version_num) VALUES ('1a');
INSERT INTO temp.sqlembic_guard VALUES (changes());

-- Running upgrade 1a -> 2b, rename a table, name its constraints

ALTER TABLE order_line RENAME TO item;

CREATE TABLE warehouse (
    code VARCHAR(10) NOT NULL,
    city VARCHAR(40)
);

CREATE TABLE _alembic_tmp_warehouse (
    code VARCHAR(10) NOT NULL,
    city VARCHAR(40),
    CONSTRAINT pk_warehouse PRIMARY KEY (code),
    CONSTRAINT uq_warehouse_city UNIQUE (city),
    CONSTRAINT ck_warehouse_code CHECK (code <> '')
);

INSERT INTO _alembic_tmp_warehouse (code, city)
SELECT warehouse.code, warehouse.city
FROM warehouse;

PRAGMA legacy_alter_table = ON;

DROP TABLE warehouse;

ALTER TABLE _alembic_tmp_warehouse RENAME TO warehouse;

PRAGMA legacy_alter_table = OFF;

ALTER TABLE item ADD COLUMN warehouse VARCHAR(10);

CREATE TABLE _alembic_tmp_item (
    id INTEGER NOT NULL,
    customer_id INTEGER NOT NULL,
    order_number INTEGER NOT NULL,
    paid_by INTEGER,
    quantity INTEGER DEFAULT 1 NOT NULL CHECK (quantity > 0),
    warehouse VARCHAR(10),
    PRIMARY KEY (id),
    CONSTRAINT fk_line_order FOREIGN KEY(customer_id, order_number) REFERENCES "order" (customer_id, number),
    CONSTRAINT fk_line_payer FOREIGN KEY(paid_by) REFERENCES customer (id),
    CONSTRAINT fk_item_warehouse FOREIGN KEY(warehouse) REFERENCES warehouse (code) ON UPDATE CASCADE
);

INSERT INTO _alembic_tmp_item (id, customer_id, order_number, paid_by, quantity, warehouse)
SELECT item.id, item.customer_id, item.order_number, item.paid_by, item.quantity, item.warehouse
FROM item;

PRAGMA legacy_alter_table = ON;

DROP TABLE item;

ALTER TABLE _alembic_tmp_item RENAME TO item;

PRAGMA legacy_alter_table = OFF;

CREATE INDEX ix_item_warehouse ON item (warehouse);

UPDATE alembic_version SET version_num='2b' WHERE alembic_version.version_num = '1a';
INSERT INTO temp.sqlembic_guard VALUES (changes());

-- Rolls back the whole transaction unless all checks were passed.
INSERT OR ROLLBACK INTO temp.sqlembic_guard SELECT count(*) = 3 FROM temp.sqlembic_guard;
DROP TABLE temp.sqlembic_guard;

COMMIT;

SELECT CASE WHEN found IS '2b' THEN 'OK: the database is at 2b' ELSE 'NOT DONE: the version rows are ' || coalesce(found, 'none') END AS migration
FROM (SELECT group_concat(version_num, ', ') AS found FROM (SELECT version_num FROM alembic_version ORDER BY version_num));
