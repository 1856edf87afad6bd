-- upgrade bc25b5f8939f -> 6c55e0560fd4
--   6c55e0560fd4  add root_cause table
-- for:    PostgreSQL 15
-- run:    psql -X -f FILE DATABASE
-- needs:  alembic_version at exactly bc25b5f8939f
-- sha256: 8089127f25c0f6126d21f688ec0b8e2371e7eda60d2d327cb3a1c4e89de8167b of the lines below this one

BEGIN;

-- Running upgrade bc25b5f8939f -> 6c55e0560fd4, add root_cause table

CREATE TABLE root_cause (
    id SERIAL NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (id)
);

ALTER TABLE root_cause ADD CONSTRAINT uq_root_cause_name UNIQUE (name);

ALTER TABLE bug ADD COLUMN root_cause_id INTEGER;

ALTER TABLE bug ADD CONSTRAINT fk_bug_root_cause FOREIGN KEY(root_cause_id) REFERENCES root_cause (id);

CREATE INDEX ix_bug_root_cause_id ON bug (root_cause_id);

INSERT INTO root_cause (name) SELECT DISTINCT root_cause FROM bug WHERE root_cause IS NOT NULL;

UPDATE bug SET root_cause_id = r.id FROM root_cause AS r WHERE r.name = bug.root_cause;

UPDATE alembic_version SET version_num='6c55e0560fd4' WHERE alembic_version.version_num = 'bc25b5f8939f';

COMMIT;
