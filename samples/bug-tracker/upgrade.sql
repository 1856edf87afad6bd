-- upgrade base -> d1f0a2b7c9e3
--   bc25b5f8939f  baseline
--   6c55e0560fd4  add root_cause table
--   d1f0a2b7c9e3  drop the root_cause text of bug
-- for:    PostgreSQL 15
-- run:    psql -X -f FILE DATABASE
-- needs:  no revision applied: alembic_version empty or missing
-- sha256: 9bac185116f47f73b81e03eeb13e4b0639c894720517f783cf13b1a4c4b9d9ee of the lines below this one

BEGIN;

CREATE TABLE IF NOT EXISTS alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

-- Running upgrade  -> bc25b5f8939f, baseline

CREATE TABLE bug (
    id SERIAL NOT NULL,
    bug_tracker_url VARCHAR(200) NOT NULL,
    root_cause TEXT,
    who VARCHAR(80),
    "when" TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    PRIMARY KEY (id)
);

INSERT INTO alembic_version (version_num) VALUES ('bc25b5f8939f');

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

-- Running upgrade 6c55e0560fd4 -> d1f0a2b7c9e3, drop the root_cause text of bug

ALTER TABLE bug DROP COLUMN root_cause;

UPDATE alembic_version SET version_num='d1f0a2b7c9e3' WHERE alembic_version.version_num = '6c55e0560fd4';

COMMIT;
