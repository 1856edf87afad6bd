-- upgrade base -> 3c
--   1a  make a table
--   2b  add columns
--   3c  alter columns: type, default, NULL and name, one after the other and together
-- for:    MySQL 8.4
-- run:    mysql DATABASE < FILE
-- needs:  no revision applied: alembic_version empty or missing
-- sha256: 39d4b545eb0c3b70849826c0c1681a1dea5a3c9721c5a91b35b93c62cbcb68bb of the lines below this one

SET NAMES utf8mb4;
SET SESSION sql_mode = REPLACE(@@SESSION.sql_mode, 'NO_BACKSLASH_ESCAPES', '');

CREATE TABLE IF NOT EXISTS alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

-- Running upgrade  -> 1a, make a table

CREATE TABLE account (
    id INTEGER NOT NULL AUTO_INCREMENT,
    name VARCHAR(20) NOT NULL DEFAULT 'nobody',
    state VARCHAR(10),
    visits INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (id)
);

INSERT INTO account (name, state, visits) VALUES ('ann', 'open', 3), ('bob', 'closed', 0);

INSERT INTO alembic_version (version_num) VALUES ('1a');

-- Running upgrade 1a -> 2b, add columns

ALTER TABLE account ADD COLUMN note TEXT;

ALTER TABLE account ADD COLUMN level SMALLINT NOT NULL DEFAULT 1;

ALTER TABLE account ADD COLUMN active BOOL NOT NULL DEFAULT true;

UPDATE account SET note = 'was here' WHERE visits > 0;

UPDATE alembic_version SET version_num='2b' WHERE alembic_version.version_num = '1a';

-- Running upgrade 2b -> 3c, alter columns: type, default, NULL and name, one after the other and together

ALTER TABLE account MODIFY name VARCHAR(40) NOT NULL;

ALTER TABLE account MODIFY state VARCHAR(10) NOT NULL DEFAULT 'open';

ALTER TABLE account CHANGE visits visit_count BIGINT NOT NULL DEFAULT 0;

ALTER TABLE account CHANGE note remark TEXT NULL;

ALTER TABLE account DROP COLUMN level;

UPDATE alembic_version SET version_num='3c' WHERE alembic_version.version_num = '2b';
