-- upgrade base -> 2b
--   1a  make tables
--   2b  rename a table, name its constraints
-- for:    PostgreSQL 14
-- run:    psql -X -f FILE DATABASE
-- needs:  no revision applied: alembic_version empty or missing
-- sha256: 4c454083d12c5b610227ae7e3ec505a176f04264b18919cb40526376939436f2 of the lines below this one

BEGIN;

CREATE TABLE IF NOT EXISTS alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

-- Running upgrade  -> 1a, make tables

CREATE TABLE customer (
    id SERIAL NOT NULL,
    name VARCHAR(80) NOT NULL,
    email VARCHAR(120),
    country CHAR(2) DEFAULT 'DE' NOT NULL,
    credit NUMERIC(12, 2) DEFAULT '0' NOT NULL,
    since TIMESTAMP WITHOUT TIME ZONE DEFAULT CURRENT_TIMESTAMP NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT uq_customer_name_country UNIQUE (name, country),
    CONSTRAINT ck_customer_credit CHECK (credit >= 0),
    UNIQUE (email)
);

CREATE INDEX ix_customer_country ON customer (country);

COMMENT ON TABLE customer IS E'people\nwho pay';

COMMENT ON COLUMN customer.name IS 'as it''s printed';

CREATE TABLE "order" (
    customer_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    placed DATE,
    replaces INTEGER,
    CONSTRAINT pk_order PRIMARY KEY (customer_id, number),
    CONSTRAINT fk_order_customer FOREIGN KEY(customer_id) REFERENCES customer (id) ON DELETE CASCADE
);

CREATE TABLE order_line (
    id SERIAL NOT NULL,
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

COMMIT;
