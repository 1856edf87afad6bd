-- downgrade 2b -> base
--   2b  rename a table, name its constraints
--   1a  make tables
-- for:    SQLite 3.45
-- run:    sqlite3 DATABASE < FILE
-- needs:  alembic_version at exactly 2b
-- sha256: 9a4e5b0cadf649c691805d1fd32507a75c3404beb80934ab1cdece63a3ed7852 of the lines below this one

/* For SQLite alone: psql, where comments nest, takes all that follows for a part of this one. /* */
;
-- sqlite3: stop at the first error, and wait for locks instead of failing at once
.bail on
.timeout 10000
;

BEGIN IMMEDIATE;

-- Guard: refuses unless alembic_version holds exactly 2b.
CREATE TEMP TABLE sqlembic_guard (passed INTEGER NOT NULL CONSTRAINT "refused: nothing of this transaction is kept, see the first error" CHECK (passed = 1));
INSERT INTO temp.sqlembic_guard
SELECT CASE WHEN tables > 0 THEN 1
  ELSE json_extract('{}', 'refused: there is no table alembic_version, and this script needs exactly 2b' || substr('', tables)) END
FROM (SELECT count(*) AS tables FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version' COLLATE NOCASE);
INSERT INTO temp.sqlembic_guard
SELECT CASE WHEN found IS '2b' THEN 1
  ELSE json_extract('{}', 'refused: alembic_version holds ' || coalesce(found, 'no revision') || ', and this script needs exactly 2b') END
FROM (SELECT group_concat(version_num, ', ') AS found FROM (SELECT version_num FROM alembic_version ORDER BY version_num));

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
INSERT INTO temp.sqlembic_guard VALUES (changes());

-- Running downgrade 1a -> , make tables

DROP INDEX ix_order_placed;

DROP TABLE order_line;

DROP TABLE "order";

DROP TABLE customer;

DELETE FROM alembic_version WHERE alembic_version.version_num = '1a';
INSERT INTO temp.sqlembic_guard VALUES (changes());

-- Rolls back the whole transaction unless all checks were passed.
INSERT OR ROLLBACK INTO temp.sqlembic_guard SELECT count(*) = 4 FROM temp.sqlembic_guard;
DROP TABLE temp.sqlembic_guard;

COMMIT;

SELECT CASE WHEN found IS NULL THEN 'OK: the database has no revision applied' ELSE 'NOT DONE: the version rows are ' || coalesce(found, 'none') END AS migration
FROM (SELECT group_concat(version_num, ', ') AS found FROM (SELECT version_num FROM alembic_version ORDER BY version_num));
