-- downgrade d1f0a2b7c9e3 -> base
--   d1f0a2b7c9e3  drop the root_cause text of bug
--   6c55e0560fd4  add root_cause table
--   bc25b5f8939f  baseline
-- for:    PostgreSQL 15
-- run:    psql -X -f FILE DATABASE
-- needs:  alembic_version at exactly d1f0a2b7c9e3
-- sha256: f98c95f2d8ee32dab2867719122520b791abfddd377de0b7f8c0ea6a34545819 of the lines below this one

BEGIN;

-- Running downgrade d1f0a2b7c9e3 -> 6c55e0560fd4, drop the root_cause text of bug

ALTER TABLE bug ADD COLUMN root_cause TEXT;

UPDATE bug SET root_cause = r.name FROM root_cause AS r WHERE r.id = bug.root_cause_id;

UPDATE alembic_version SET version_num='6c55e0560fd4' WHERE alembic_version.version_num = 'd1f0a2b7c9e3';

-- Running downgrade 6c55e0560fd4 -> bc25b5f8939f, add root_cause table

UPDATE bug SET root_cause = r.name FROM root_cause AS r WHERE r.id = bug.root_cause_id;

DROP INDEX ix_bug_root_cause_id;

ALTER TABLE bug DROP CONSTRAINT fk_bug_root_cause;

ALTER TABLE bug DROP COLUMN root_cause_id;

DROP TABLE root_cause;

UPDATE alembic_version SET version_num='bc25b5f8939f' WHERE alembic_version.version_num = '6c55e0560fd4';

-- Running downgrade bc25b5f8939f -> , baseline

DROP TABLE bug;

DELETE FROM alembic_version WHERE alembic_version.version_num = 'bc25b5f8939f';

COMMIT;
