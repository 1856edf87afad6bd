-- downgrade 40d7e1f9c2a4 -> base
--   40d7e1f9c2a4  one release of both branches
--   22b9a1c4d7e5  billing: invoices
--   32f6d0e8b1c3  shipping: parcels are billed
--   31e5c9d7a0b2  shipping: parcels
--   21a8f0b3c6d4  billing: accounts
--   10c4d7e2a9f1  the shop: customers
-- for:    PostgreSQL 15
-- run:    psql -X -f FILE DATABASE
-- needs:  alembic_version at exactly 40d7e1f9c2a4
-- sha256: e6264ef88d01a43b303ab2ca00e42cd4e9ce0819212344a559345461c3340b7e of the lines below this one

BEGIN;

-- Running downgrade 40d7e1f9c2a4 -> 22b9a1c4d7e5, 32f6d0e8b1c3, one release of both branches

INSERT INTO alembic_version (version_num) VALUES ('22b9a1c4d7e5');

UPDATE alembic_version SET version_num='32f6d0e8b1c3' WHERE alembic_version.version_num = '40d7e1f9c2a4';

-- Running downgrade 22b9a1c4d7e5 -> 21a8f0b3c6d4, billing: invoices

DROP TABLE invoice;

DELETE FROM alembic_version WHERE alembic_version.version_num = '22b9a1c4d7e5';

-- Running downgrade 32f6d0e8b1c3 -> 31e5c9d7a0b2, shipping: parcels are billed

ALTER TABLE parcel DROP CONSTRAINT fk_parcel_billing_account;

ALTER TABLE parcel DROP COLUMN billing_account_id;

INSERT INTO alembic_version (version_num) VALUES ('31e5c9d7a0b2');

UPDATE alembic_version SET version_num='21a8f0b3c6d4' WHERE alembic_version.version_num = '32f6d0e8b1c3';

-- Running downgrade 31e5c9d7a0b2 -> 10c4d7e2a9f1, shipping: parcels

DROP TABLE parcel;

DELETE FROM alembic_version WHERE alembic_version.version_num = '31e5c9d7a0b2';

-- Running downgrade 21a8f0b3c6d4 -> 10c4d7e2a9f1, billing: accounts

DROP TABLE billing_account;

UPDATE alembic_version SET version_num='10c4d7e2a9f1' WHERE alembic_version.version_num = '21a8f0b3c6d4';

-- Running downgrade 10c4d7e2a9f1 -> , the shop: customers

DROP TABLE customer;

DELETE FROM alembic_version WHERE alembic_version.version_num = '10c4d7e2a9f1';

COMMIT;
