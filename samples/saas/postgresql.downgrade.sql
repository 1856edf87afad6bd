-- downgrade 7a93d5c8e14f -> base
--   7a93d5c8e14f  index the dates of invoices
--   6f4c17e5b830  search the notes of invoices
--   5e62b0d94c1a  rename tenant.name to display_name, second phase
--   4d18e6a03f92  rename tenant.name to display_name, first phase
--   3c905fb1e2d7  invoices have a currency
--   2b7d41e8a6c5  tenants have a plan
--   1f3a9c27d0b4  tenants and invoices
-- for:    PostgreSQL 15
-- run:    psql -X -f FILE DATABASE
-- needs:  alembic_version at exactly 7a93d5c8e14f
-- sha256: 29b43dd4199dbc4114936192bc1c095a2071c42a502fd82b783acbed454ef0c4 of the lines below this one

BEGIN;

-- Running downgrade 7a93d5c8e14f -> 6f4c17e5b830, index the dates of invoices

COMMIT;

DROP INDEX CONCURRENTLY ix_invoice_issued_on;

BEGIN;

UPDATE alembic_version SET version_num='6f4c17e5b830' WHERE alembic_version.version_num = '7a93d5c8e14f';

-- Running downgrade 6f4c17e5b830 -> 5e62b0d94c1a, search the notes of invoices

DROP INDEX ix_invoice_note;

UPDATE alembic_version SET version_num='5e62b0d94c1a' WHERE alembic_version.version_num = '6f4c17e5b830';

-- Running downgrade 5e62b0d94c1a -> 4d18e6a03f92, rename tenant.name to display_name, second phase

ALTER TABLE tenant ADD COLUMN name VARCHAR(100);

UPDATE tenant SET name = display_name;

ALTER TABLE tenant ALTER COLUMN name SET NOT NULL;

ALTER TABLE tenant ADD CONSTRAINT uq_tenant_name UNIQUE (name);

ALTER TABLE tenant DROP CONSTRAINT uq_tenant_display_name;

ALTER TABLE tenant ALTER COLUMN display_name DROP NOT NULL;

UPDATE alembic_version SET version_num='4d18e6a03f92' WHERE alembic_version.version_num = '5e62b0d94c1a';

-- Running downgrade 4d18e6a03f92 -> 3c905fb1e2d7, rename tenant.name to display_name, first phase

ALTER TABLE tenant DROP COLUMN display_name;

UPDATE alembic_version SET version_num='3c905fb1e2d7' WHERE alembic_version.version_num = '4d18e6a03f92';

-- Running downgrade 3c905fb1e2d7 -> 2b7d41e8a6c5, invoices have a currency

ALTER TABLE invoice DROP COLUMN currency;

UPDATE alembic_version SET version_num='2b7d41e8a6c5' WHERE alembic_version.version_num = '3c905fb1e2d7';

-- Running downgrade 2b7d41e8a6c5 -> 1f3a9c27d0b4, tenants have a plan

DROP INDEX ix_tenant_plan;

ALTER TABLE tenant DROP COLUMN plan;

UPDATE alembic_version SET version_num='1f3a9c27d0b4' WHERE alembic_version.version_num = '2b7d41e8a6c5';

-- Running downgrade 1f3a9c27d0b4 -> , tenants and invoices

DROP TABLE invoice;

DROP TABLE tenant;

DELETE FROM alembic_version WHERE alembic_version.version_num = '1f3a9c27d0b4';

COMMIT;
