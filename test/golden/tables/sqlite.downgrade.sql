-- downgrade 2b -> base
--   2b  rename a table, name its constraints
--   1a  make tables
-- for:    SQLite 3.45
-- run:    sqlite3 DATABASE < FILE
-- needs:  alembic_version at exactly 2b
-- sha256: cf7738dde002742808dc86fcf1c37c3945e3ae95fa437e8020a67b0fe715cd96 of the lines below this one

BEGIN;

-- Running downgrade 2b -> 1a, rename a table, name its constraints

CREATE TABLE _alembic_tmp_item (
    id INTEGER NOT NULL,
    customer_id INTEGER NOT NULL,
    order_number INTEGER NOT NULL,
    paid_by INTEGER,
    quantity INTEGER DEFAULT 1 NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (id),
    CONSTRAINT fk_line_order FOREIGN KEY(customer_id, order_number) REFERENCES "order" (customer_id, number),
    CONSTRAINT fk_line_payer FOREIGN KEY(paid_by) REFERENCES customer (id)
);

INSERT INTO _alembic_tmp_item (id, customer_id, order_number, paid_by, quantity)
SELECT item.id, item.customer_id, item.order_number, item.paid_by, item.quantity
FROM item;

PRAGMA legacy_alter_table = ON;

DROP TABLE item;

ALTER TABLE _alembic_tmp_item RENAME TO item;

PRAGMA legacy_alter_table = OFF;

CREATE TABLE _alembic_tmp_warehouse (
    code VARCHAR(10) NOT NULL,
    city VARCHAR(40),
    CONSTRAINT pk_warehouse PRIMARY KEY (code),
    CONSTRAINT ck_warehouse_code CHECK (code <> '')
);

INSERT INTO _alembic_tmp_warehouse (code, city)
SELECT warehouse.code, warehouse.city
FROM warehouse;

PRAGMA legacy_alter_table = ON;

DROP TABLE warehouse;

ALTER TABLE _alembic_tmp_warehouse RENAME TO warehouse;

PRAGMA legacy_alter_table = OFF;

DROP TABLE warehouse;

ALTER TABLE item RENAME TO order_line;

UPDATE alembic_version SET version_num='1a' WHERE alembic_version.version_num = '2b';

-- Running downgrade 1a -> , make tables

DROP INDEX ix_order_placed;

DROP TABLE order_line;

DROP TABLE "order";

DROP TABLE customer;

DELETE FROM alembic_version WHERE alembic_version.version_num = '1a';

COMMIT;
