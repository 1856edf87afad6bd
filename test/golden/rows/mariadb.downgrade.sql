-- downgrade 1a -> base
--   1a  rows whose values look like the end of something
-- for:    MariaDB 10.11
-- run:    mysql DATABASE < FILE
-- needs:  alembic_version at exactly 1a
-- sha256: 38119000824e2f65ead50246c9ffdd0fe39f12e18966ed439063938b284f2785 of the lines below this one

SET NAMES utf8mb4;
SET SESSION sql_mode = REPLACE(@@SESSION.sql_mode, 'NO_BACKSLASH_ESCAPES', '');

-- Running downgrade 1a -> , rows whose values look like the end of something

DELETE FROM sample;

DROP TABLE sample;

DELETE FROM alembic_version WHERE alembic_version.version_num = '1a';
