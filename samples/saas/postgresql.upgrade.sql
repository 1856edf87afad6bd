-- upgrade base -> 7a93d5c8e14f
--   1f3a9c27d0b4  tenants and invoices
--   2b7d41e8a6c5  tenants have a plan
--   3c905fb1e2d7  invoices have a currency
--   4d18e6a03f92  rename tenant.name to display_name, first phase
--   5e62b0d94c1a  rename tenant.name to display_name, second phase
--   6f4c17e5b830  search the notes of invoices
--   7a93d5c8e14f  index the dates of invoices
-- for:    PostgreSQL 15
-- run:    psql -X -f FILE DATABASE
-- needs:  no revision applied: alembic_version empty or missing
-- sha256: fd125cfb624bcea756e55787fce3a9ee94970f322b9ceb16ad45e108c1dd4d7a of the lines below this one

BEGIN;

CREATE TABLE IF NOT EXISTS alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

-- Running upgrade  -> 1f3a9c27d0b4, tenants and invoices

CREATE TABLE tenant (
    id SERIAL NOT NULL,
    name VARCHAR(100) NOT NULL,
    created_at TIMESTAMP WITHOUT TIME ZONE DEFAULT CURRENT_TIMESTAMP NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT uq_tenant_name UNIQUE (name)
);

CREATE TABLE invoice (
    id SERIAL NOT NULL,
    tenant_id INTEGER NOT NULL,
    amount NUMERIC(12, 2) NOT NULL,
    note TEXT,
    issued_on DATE NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT fk_invoice_tenant FOREIGN KEY(tenant_id) REFERENCES tenant (id)
);

INSERT INTO alembic_version (version_num) VALUES ('1f3a9c27d0b4');

-- Running upgrade 1f3a9c27d0b4 -> 2b7d41e8a6c5, tenants have a plan

ALTER TABLE tenant ADD COLUMN plan VARCHAR(20) DEFAULT 'free' NOT NULL;

CREATE INDEX ix_tenant_plan ON tenant (plan);

UPDATE alembic_version SET version_num='2b7d41e8a6c5' WHERE alembic_version.version_num = '1f3a9c27d0b4';

-- Running upgrade 2b7d41e8a6c5 -> 3c905fb1e2d7, invoices have a currency

ALTER TABLE invoice ADD COLUMN currency VARCHAR(3);

UPDATE invoice SET currency = 'EUR' WHERE currency IS NULL;

ALTER TABLE invoice ALTER COLUMN currency SET NOT NULL;

UPDATE alembic_version SET version_num='3c905fb1e2d7' WHERE alembic_version.version_num = '2b7d41e8a6c5';

-- Running upgrade 3c905fb1e2d7 -> 4d18e6a03f92, rename tenant.name to display_name, first phase

ALTER TABLE tenant ADD COLUMN display_name VARCHAR(100);

UPDATE tenant SET display_name = name WHERE display_name IS NULL;

UPDATE alembic_version SET version_num='4d18e6a03f92' WHERE alembic_version.version_num = '3c905fb1e2d7';

-- Running upgrade 4d18e6a03f92 -> 5e62b0d94c1a, rename tenant.name to display_name, second phase

UPDATE tenant SET display_name = name WHERE display_name IS NULL;

ALTER TABLE tenant ALTER COLUMN display_name SET NOT NULL;

ALTER TABLE tenant ADD CONSTRAINT uq_tenant_display_name UNIQUE (display_name);

ALTER TABLE tenant DROP CONSTRAINT uq_tenant_name;

ALTER TABLE tenant DROP COLUMN name;

UPDATE alembic_version SET version_num='5e62b0d94c1a' WHERE alembic_version.version_num = '4d18e6a03f92';

-- Running upgrade 5e62b0d94c1a -> 6f4c17e5b830, search the notes of invoices

CREATE INDEX ix_invoice_note ON invoice USING gin (to_tsvector('simple', note));

UPDATE alembic_version SET version_num='6f4c17e5b830' WHERE alembic_version.version_num = '5e62b0d94c1a';

-- Running upgrade 6f4c17e5b830 -> 7a93d5c8e14f, index the dates of invoices

COMMIT;

CREATE INDEX CONCURRENTLY ix_invoice_issued_on ON invoice (issued_on);

BEGIN;

UPDATE alembic_version SET version_num='7a93d5c8e14f' WHERE alembic_version.version_num = '6f4c17e5b830';

COMMIT;
