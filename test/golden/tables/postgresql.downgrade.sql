-- downgrade 2b -> base
--   2b  rename a table, name its constraints
--   1a  make tables
-- for:    PostgreSQL 14
-- run:    psql -X -f FILE DATABASE
-- needs:  alembic_version at exactly 2b
-- sha256: 5710259a7c3dfd5a312613f876e3d8d399bcf0c07eace84d7a1e159c1ee70288 of the lines below this one

BEGIN;

-- Running downgrade 2b -> 1a, rename a table, name its constraints

ALTER TABLE item DROP CONSTRAINT fk_item_warehouse;

DROP INDEX ix_item_warehouse;

ALTER TABLE item DROP COLUMN warehouse;

ALTER TABLE warehouse DROP CONSTRAINT uq_warehouse_city;

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
