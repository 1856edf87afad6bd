-- upgrade base -> 3c
--   1a  make a table
--   2b  add columns
--   3c  alter columns: type, default, NULL and name, one after the other and together
-- for:    SQLite 3.45
-- run:    sqlite3 DATABASE < FILE
-- needs:  no revision applied: alembic_version empty or missing
-- sha256: ad97feee76bc4d8f19124acb6f77fd52a307349e819e99ffc15a3ce7742fd1b4 of the lines below this one

/* For SQLite alone: psql, where comments nest, takes all that follows for a part of this one. /* */
;
-- sqlite3: stop at the first error, and wait for locks instead of failing at once
.bail on
.timeout 10000
;

BEGIN IMMEDIATE;

CREATE TABLE IF NOT EXISTS alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

-- Guard: refuses unless alembic_version is empty.
CREATE TEMP TABLE sqlembic_guard (passed INTEGER NOT NULL CONSTRAINT "refused: nothing of this transaction is kept, see the first error" CHECK (passed = 1));
INSERT INTO temp.sqlembic_guard
SELECT CASE WHEN found IS NULL THEN 1
  ELSE json_extract('{}', 'refused: alembic_version holds ' || coalesce(found, 'no revision') || ', and this script needs it empty') END
FROM (SELECT group_concat(version_num, ', ') AS found FROM (SELECT version_num FROM alembic_version ORDER BY version_num));

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
INSERT INTO temp.sqlembic_guard VALUES (changes());

-- Running upgrade 1a -> 2b, add columns

ALTER TABLE account ADD COLUMN note TEXT;

ALTER TABLE account ADD COLUMN level SMALLINT DEFAULT 1 NOT NULL;

ALTER TABLE account ADD COLUMN active BOOLEAN DEFAULT 1 NOT NULL;

UPDATE account SET note = 'was here' WHERE visits > 0;

UPDATE alembic_version SET version_num='2b' WHERE alembic_version.version_num = '1a';
INSERT INTO temp.sqlembic_guard VALUES (changes());

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
INSERT INTO temp.sqlembic_guard VALUES (changes());

-- Rolls back the whole transaction unless all checks were passed.
INSERT OR ROLLBACK INTO temp.sqlembic_guard SELECT count(*) = 4 FROM temp.sqlembic_guard;
DROP TABLE temp.sqlembic_guard;

COMMIT;

SELECT CASE WHEN found IS '3c' THEN 'OK: the database is at 3c' ELSE 'NOT DONE: the version rows are ' || coalesce(found, 'none') END AS migration
FROM (SELECT group_concat(version_num, ', ') AS found FROM (SELECT version_num FROM alembic_version ORDER BY version_num));
