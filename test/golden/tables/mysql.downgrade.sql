-- downgrade 2b -> base
--   2b  rename a table, name its constraints
--   1a  make tables
-- for:    MySQL 8.4
-- run:    mysql DATABASE < FILE
-- needs:  alembic_version at exactly 2b
-- sha256: 496b72cc1a7a6dfe5bbfa13fb48489c10ddb89200b76d1d18dbcd3f0c83c9c4f of the lines below this one

SET NAMES utf8mb4;
SET SESSION sql_mode = REPLACE(@@SESSION.sql_mode, 'NO_BACKSLASH_ESCAPES', '');

-- Running downgrade 2b -> 1a, rename a table, name its constraints

ALTER TABLE item DROP FOREIGN KEY fk_item_warehouse;

DROP INDEX ix_item_warehouse ON item;

ALTER TABLE item DROP COLUMN warehouse;

ALTER TABLE warehouse DROP INDEX uq_warehouse_city;

DROP TABLE warehouse;

ALTER TABLE item RENAME TO order_line;

UPDATE alembic_version SET version_num='1a' WHERE alembic_version.version_num = '2b';

-- Running downgrade 1a -> , make tables

DROP INDEX ix_order_placed ON `order`;

DROP TABLE order_line;

DROP TABLE `order`;

DROP TABLE customer;

DELETE FROM alembic_version WHERE alembic_version.version_num = '1a';
