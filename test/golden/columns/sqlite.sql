-- upgrade base -> 3c
--   1a  make a table
--   2b  add columns
--   3c  alter columns: type, default, NULL and name, one after the other and together
-- for:    SQLite 3.45
-- run:    sqlite3 DATABASE < FILE
-- needs:  no revision applied: alembic_version empty or missing
-- sha256: 703b8943862bd33476aef72a96e9ded5302af5ae29271491fa17f05c7794138c of the lines below this one

BEGIN;

CREATE TABLE IF NOT EXISTS alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

-- Running upgrade  -> 1a, make a table

CREATE TABLE account (
    id INTEGER NOT NULL,
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

ALTER TABLE account ADD COLUMN active BOOLEAN DEFAULT 1 NOT NULL;

UPDATE account SET note = 'was here' WHERE visits > 0;

UPDATE alembic_version SET version_num='2b' WHERE alembic_version.version_num = '1a';

-- Running upgrade 2b -> 3c, alter columns: type, default, NULL and name, one after the other and together

CREATE TABLE _alembic_tmp_account (
    id INTEGER NOT NULL,
    name VARCHAR(40) NOT NULL,
    state VARCHAR(10) DEFAULT 'open' NOT NULL,
    visit_count BIGINT DEFAULT 0 NOT NULL,
    remark TEXT,
    active BOOLEAN DEFAULT 1 NOT NULL,
    PRIMARY KEY (id)
);

INSERT INTO _alembic_tmp_account (id, name, state, visit_count, remark, active)
SELECT account.id, account.name, account.state, account.visits, account.note, account.active
FROM account;

PRAGMA legacy_alter_table = ON;

DROP TABLE account;

ALTER TABLE _alembic_tmp_account RENAME TO account;

PRAGMA legacy_alter_table = OFF;

UPDATE alembic_version SET version_num='3c' WHERE alembic_version.version_num = '2b';

COMMIT;
