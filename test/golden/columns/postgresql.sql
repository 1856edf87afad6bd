-- upgrade base -> 3c
--   1a  make a table
--   2b  add columns
--   3c  alter columns: type, default, NULL and name, one after the other and together
-- for:    PostgreSQL 14
-- run:    psql -X -f FILE DATABASE
-- needs:  no revision applied: alembic_version empty or missing
-- sha256: e547308da06f35af01475d2764447e64498b07ccf0a51c156c64857ba9e5a408 of the lines below this one

BEGIN;

CREATE TABLE IF NOT EXISTS alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

-- Running upgrade  -> 1a, make a table

CREATE TABLE account (
    id SERIAL NOT NULL,
    name VARCHAR(20) DEFAULT 'nobody' NOT NULL,
    state VARCHAR(10),
    visits INTEGER DEFAULT 0 NOT NULL,
    PRIMARY KEY (id)
);

INSERT INTO account (name, state, visits) VALUES ('ann', 'open', 3), ('bob', 'closed', 0);

INSERT INTO alembic_version (version_num) VALUES ('1a');

-- Running upgrade 1a -> 2b, add columns

ALTER TABLE account ADD COLUMN note TEXT;

ALTER TABLE account ADD COLUMN level SMALLINT DEFAULT 1 NOT NULL;

ALTER TABLE account ADD COLUMN active BOOLEAN DEFAULT true NOT NULL;

UPDATE account SET note = 'was here' WHERE visits > 0;

UPDATE alembic_version SET version_num='2b' WHERE alembic_version.version_num = '1a';

-- Running upgrade 2b -> 3c, alter columns: type, default, NULL and name, one after the other and together

ALTER TABLE account ALTER COLUMN name TYPE VARCHAR(40);

ALTER TABLE account ALTER COLUMN name DROP DEFAULT;

ALTER TABLE account ALTER COLUMN state SET NOT NULL;

ALTER TABLE account ALTER COLUMN state SET DEFAULT 'open';

ALTER TABLE account ALTER COLUMN visits TYPE BIGINT;

ALTER TABLE account RENAME visits TO visit_count;

ALTER TABLE account RENAME note TO remark;

ALTER TABLE account DROP COLUMN level;

UPDATE alembic_version SET version_num='3c' WHERE alembic_version.version_num = '2b';

COMMIT;
