-- downgrade 3c -> base
--   3c  alter columns: type, default, NULL and name, one after the other and together
--   2b  add columns
--   1a  make a table
-- for:    SQLite 3.45
-- run:    sqlite3 DATABASE < FILE
-- needs:  alembic_version at exactly 3c
-- sha256: 79978c4aa4fa8d2966c9b29e0555b10e77a28d4d47e3062ba5f98a1935bf7f21 of the lines below this one

BEGIN;

-- Running downgrade 3c -> 2b, alter columns: type, default, NULL and name, one after the other and together

CREATE TABLE _alembic_tmp_account (
    id INTEGER NOT NULL,
    name VARCHAR(20) DEFAULT 'nobody' NOT NULL,
    state VARCHAR(10),
    visits INTEGER DEFAULT 0 NOT NULL,
    note TEXT,
    active BOOLEAN DEFAULT 1 NOT NULL,
    PRIMARY KEY (id)
);

INSERT INTO _alembic_tmp_account (id, name, state, visits, note, active)
SELECT account.id, account.name, account.state, account.visit_count, account.remark, account.active
FROM account;

PRAGMA legacy_alter_table = ON;

DROP TABLE account;

ALTER TABLE _alembic_tmp_account RENAME TO account;

PRAGMA legacy_alter_table = OFF;

ALTER TABLE account ADD COLUMN level SMALLINT DEFAULT 1 NOT NULL;

UPDATE alembic_version SET version_num='2b' WHERE alembic_version.version_num = '3c';

-- Running downgrade 2b -> 1a, add columns

ALTER TABLE account DROP COLUMN active;

ALTER TABLE account DROP COLUMN level;

ALTER TABLE account DROP COLUMN note;

UPDATE alembic_version SET version_num='1a' WHERE alembic_version.version_num = '2b';

-- Running downgrade 1a -> , make a table

DROP TABLE account;

DELETE FROM alembic_version WHERE alembic_version.version_num = '1a';

COMMIT;
