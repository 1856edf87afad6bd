-- downgrade 7a93d5c8e14f -> base
--   7a93d5c8e14f  index the dates of invoices
--   6f4c17e5b830  search the notes of invoices
--   5e62b0d94c1a  rename tenant.name to display_name, second phase
--   4d18e6a03f92  rename tenant.name to display_name, first phase
--   3c905fb1e2d7  invoices have a currency
--   2b7d41e8a6c5  tenants have a plan
--   1f3a9c27d0b4  tenants and invoices
-- for:    MySQL 8.4
-- run:    mysql DATABASE < FILE
-- needs:  alembic_version at exactly 7a93d5c8e14f
-- sha256: 84d48400730551f5317373d96c50717c2e38f8060edc7aa9f5fa1e0c97d4f55f of the lines below this one

SET NAMES utf8mb4;
SET SESSION sql_mode = REPLACE(@@SESSION.sql_mode, 'NO_BACKSLASH_ESCAPES', '');

-- Running downgrade 7a93d5c8e14f -> 6f4c17e5b830, index the dates of invoices

DROP INDEX ix_invoice_issued_on ON invoice;

UPDATE alembic_version SET version_num='6f4c17e5b830' WHERE alembic_version.version_num = '7a93d5c8e14f';

-- Running downgrade 6f4c17e5b830 -> 5e62b0d94c1a, search the notes of invoices

DROP INDEX ix_invoice_note ON invoice;

UPDATE alembic_version SET version_num='5e62b0d94c1a' WHERE alembic_version.version_num = '6f4c17e5b830';

-- Running downgrade 5e62b0d94c1a -> 4d18e6a03f92, rename tenant.name to display_name, second phase

ALTER TABLE tenant ADD COLUMN name VARCHAR(100);

UPDATE tenant SET name = display_name;

ALTER TABLE tenant MODIFY name VARCHAR(100) NOT NULL;

ALTER TABLE tenant ADD CONSTRAINT uq_tenant_name UNIQUE (name);

ALTER TABLE tenant DROP INDEX uq_tenant_display_name;

ALTER TABLE tenant MODIFY display_name VARCHAR(100) NULL;

UPDATE alembic_version SET version_num='4d18e6a03f92' WHERE alembic_version.version_num = '5e62b0d94c1a';

-- Running downgrade 4d18e6a03f92 -> 3c905fb1e2d7, rename tenant.name to display_name, first phase

ALTER TABLE tenant DROP COLUMN display_name;

UPDATE alembic_version SET version_num='3c905fb1e2d7' WHERE alembic_version.version_num = '4d18e6a03f92';

-- Running downgrade 3c905fb1e2d7 -> 2b7d41e8a6c5, invoices have a currency

ALTER TABLE invoice DROP COLUMN currency;

UPDATE alembic_version SET version_num='2b7d41e8a6c5' WHERE alembic_version.version_num = '3c905fb1e2d7';

-- Running downgrade 2b7d41e8a6c5 -> 1f3a9c27d0b4, tenants have a plan

DROP INDEX ix_tenant_plan ON tenant;

ALTER TABLE tenant DROP COLUMN plan;

UPDATE alembic_version SET version_num='1f3a9c27d0b4' WHERE alembic_version.version_num = '2b7d41e8a6c5';

-- Running downgrade 1f3a9c27d0b4 -> , tenants and invoices

DROP TABLE invoice;

DROP TABLE tenant;

DELETE FROM alembic_version WHERE alembic_version.version_num = '1f3a9c27d0b4';
