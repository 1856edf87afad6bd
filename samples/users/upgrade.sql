-- upgrade base -> 4d50a9b17ac3
--   1a2f6c8e4d90  users
--   2b3e7d9f5ea1  last login
--   3c4f8ea06fb2  mail becomes email
--   4d50a9b17ac3  one user for an address
-- for:    SQLite 3.45
-- run:    sqlite3 DATABASE < FILE
-- needs:  no revision applied: alembic_version empty or missing
-- sha256: bcea563bf21788df36d352f7abdaf002205cdb9403a123d59296538d5cdd1296 of the lines below this one

BEGIN;

CREATE TABLE IF NOT EXISTS alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

-- Running upgrade  -> 1a2f6c8e4d90, users

CREATE TABLE users (
    id INTEGER NOT NULL,
    name VARCHAR(80) NOT NULL,
    mail VARCHAR(120),
    created DATETIME DEFAULT CURRENT_TIMESTAMP NOT NULL,
    PRIMARY KEY (id)
);

INSERT INTO alembic_version (version_num) VALUES ('1a2f6c8e4d90');

-- Running upgrade 1a2f6c8e4d90 -> 2b3e7d9f5ea1, last login

ALTER TABLE users ADD COLUMN last_login DATETIME;

UPDATE alembic_version SET version_num='2b3e7d9f5ea1' WHERE alembic_version.version_num = '1a2f6c8e4d90';

-- Running upgrade 2b3e7d9f5ea1 -> 3c4f8ea06fb2, mail becomes email

ALTER TABLE users RENAME COLUMN mail TO email;

UPDATE alembic_version SET version_num='3c4f8ea06fb2' WHERE alembic_version.version_num = '2b3e7d9f5ea1';

-- Running upgrade 3c4f8ea06fb2 -> 4d50a9b17ac3, one user for an address

UPDATE users SET email = lower(trim(email)) WHERE email <> lower(trim(email));

UPDATE users SET email = NULL WHERE email = '';

UPDATE users SET email = NULL WHERE id NOT IN (SELECT min(id) FROM users GROUP BY email);

CREATE UNIQUE INDEX ix_users_email ON users (email);

UPDATE alembic_version SET version_num='4d50a9b17ac3' WHERE alembic_version.version_num = '3c4f8ea06fb2';

COMMIT;
