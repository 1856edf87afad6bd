-- upgrade base -> 40d7e1f9c2a4
--   10c4d7e2a9f1  the shop: customers
--   21a8f0b3c6d4  billing: accounts
--   31e5c9d7a0b2  shipping: parcels
--   32f6d0e8b1c3  shipping: parcels are billed
--   22b9a1c4d7e5  billing: invoices
--   40d7e1f9c2a4  one release of both branches
-- for:    PostgreSQL 15
-- run:    psql -X -f FILE DATABASE
-- needs:  no revision applied: alembic_version empty or missing
-- sha256: 75a2fb5b9336867782ef28baf9e94ccb302232cb3f333868cb9a2eae923c702d of the lines below this one

BEGIN;

CREATE TABLE IF NOT EXISTS alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

-- Running upgrade  -> 10c4d7e2a9f1, the shop: customers

CREATE TABLE customer (
    id SERIAL NOT NULL,
    email VARCHAR(120) NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (email)
);

INSERT INTO alembic_version (version_num) VALUES ('10c4d7e2a9f1');

-- Running upgrade 10c4d7e2a9f1 -> 21a8f0b3c6d4, billing: accounts

CREATE TABLE billing_account (
    id SERIAL NOT NULL,
    customer_id INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT fk_billing_account_customer FOREIGN KEY(customer_id) REFERENCES customer (id)
);

UPDATE alembic_version SET version_num='21a8f0b3c6d4' WHERE alembic_version.version_num = '10c4d7e2a9f1';

-- Running upgrade 10c4d7e2a9f1 -> 31e5c9d7a0b2, shipping: parcels

CREATE TABLE parcel (
    id SERIAL NOT NULL,
    customer_id INTEGER NOT NULL,
    sent_on DATE,
    PRIMARY KEY (id),
    CONSTRAINT fk_parcel_customer FOREIGN KEY(customer_id) REFERENCES customer (id)
);

INSERT INTO alembic_version (version_num) VALUES ('31e5c9d7a0b2');

-- Running upgrade 31e5c9d7a0b2 -> 32f6d0e8b1c3, shipping: parcels are billed

ALTER TABLE parcel ADD COLUMN billing_account_id INTEGER;

ALTER TABLE parcel ADD CONSTRAINT fk_parcel_billing_account FOREIGN KEY(billing_account_id) REFERENCES billing_account (id);

DELETE FROM alembic_version WHERE alembic_version.version_num = '31e5c9d7a0b2';

UPDATE alembic_version SET version_num='32f6d0e8b1c3' WHERE alembic_version.version_num = '21a8f0b3c6d4';

-- Running upgrade 21a8f0b3c6d4 -> 22b9a1c4d7e5, billing: invoices

CREATE TABLE invoice (
    id SERIAL NOT NULL,
    billing_account_id INTEGER NOT NULL,
    total NUMERIC(12, 2) NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT fk_invoice_billing_account FOREIGN KEY(billing_account_id) REFERENCES billing_account (id)
);

INSERT INTO alembic_version (version_num) VALUES ('22b9a1c4d7e5');

-- Running upgrade 22b9a1c4d7e5, 32f6d0e8b1c3 -> 40d7e1f9c2a4, one release of both branches

DELETE FROM alembic_version WHERE alembic_version.version_num = '22b9a1c4d7e5';

UPDATE alembic_version SET version_num='40d7e1f9c2a4' WHERE alembic_version.version_num = '32f6d0e8b1c3';

COMMIT;
