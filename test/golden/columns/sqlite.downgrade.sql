-- downgrade 3c -> base
--   3c  alter columns: type, default, NULL and name, one after the other and together
--   2b  add columns
--   1a  make a table
-- for:    SQLite 3.45
-- run:    sqlite3 DATABASE < FILE
-- needs:  alembic_version at exactly 3c
-- sha256: 3ebf7417d46a4174863d9ad607b020fac711c645afef774bbae903f8424e1afc of the lines below this one

/* For SQLite alone: psql, where comments nest, takes all that follows for a part of this one. /* */
;
-- sqlite3: stop at the first error, and wait for locks instead of failing at once
.bail on
.timeout 10000
;

BEGIN IMMEDIATE;

-- Guard: refuses unless alembic_version holds exactly 3c.
CREATE TEMP TABLE sqlembic_guard (passed INTEGER NOT NULL CONSTRAINT "refused: nothing of this transaction is kept, see the first error" CHECK (passed = 1));
INSERT INTO temp.sqlembic_guard
SELECT CASE WHEN tables > 0 THEN 1
  ELSE json_extract('{}', 'refused: there is no table alembic_version, and this script needs exactly 3c' || substr('', tables)) END
FROM (SELECT count(*) AS tables FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version' COLLATE NOCASE);
INSERT INTO temp.sqlembic_guard
SELECT CASE WHEN found IS '3c' THEN 1
  ELSE json_extract('{}', 'refused: alembic_version holds ' || coalesce(found, 'no revision') || ', and this script needs exactly 3c') END
FROM (SELECT group_concat(version_num, ', ') AS found FROM (SELECT version_num FROM alembic_version ORDER BY version_num));

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
INSERT INTO temp.sqlembic_guard VALUES (changes());

-- Running downgrade 2b -> 1a, add columns

ALTER TABLE account DROP COLUMN active;

ALTER TABLE account DROP COLUMN level;

ALTER TABLE account DROP COLUMN note;

UPDATE alembic_version SET version_num='1a' WHERE alembic_version.version_num = '2b';
INSERT INTO temp.sqlembic_guard VALUES (changes());

-- Running downgrade 1a -> , make a table

DROP TABLE account;

DELETE FROM alembic_version WHERE alembic_version.version_num = '1a';
INSERT INTO temp.sqlembic_guard VALUES (changes());

-- Rolls back the whole transaction unless all checks were passed.
INSERT OR ROLLBACK INTO temp.sqlembic_guard SELECT count(*) = 5 FROM temp.sqlembic_guard;
DROP TABLE temp.sqlembic_guard;

COMMIT;

SELECT CASE WHEN found IS NULL THEN 'OK: the database has no revision applied' ELSE 'NOT DONE: the version rows are ' || coalesce(found, 'none') END AS migration
FROM (SELECT group_concat(version_num, ', ') AS found FROM (SELECT version_num FROM alembic_version ORDER BY version_num));
