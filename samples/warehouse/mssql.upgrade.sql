-- upgrade base -> 2d73e9f50b14
--   0a51c7d3e9b2  articles and movements
--   1c62d8e4fa03  keep the stock of each article
--   2d73e9f50b14  movements change the stock
-- for:    SQL Server 2019
-- run:    sqlcmd -b -I -f 65001 -d DATABASE -i FILE
-- needs:  no revision applied: alembic_version empty or missing
-- sha256: 945d0358ca4ad558f1b9e87c2c50ef7552bc92a3485568100fd005d851ca5b2b of the lines below this one

SET XACT_ABORT, NOCOUNT, QUOTED_IDENTIFIER, ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL ON;
SET NUMERIC_ROUNDABORT, IMPLICIT_TRANSACTIONS OFF;
SET ROWCOUNT 0;
SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
SET LOCK_TIMEOUT 10000;
DECLARE @lock int, @found nvarchar(max), @refusal nvarchar(2048), @step nvarchar(400), @query nvarchar(max) =
  N'SELECT @found = ISNULL(STRING_AGG(CAST(version_num AS nvarchar(max)), N'', '') WITHIN GROUP (ORDER BY version_num COLLATE Latin1_General_BIN2), N'''') FROM alembic_version WITH (UPDLOCK, HOLDLOCK)';

BEGIN TRY
IF @@TRANCOUNT > 0 THROW 50001, N'Refused: the session is in a transaction already. Nothing is changed from here on.', 127;
BEGIN TRANSACTION;
EXEC @lock = sp_getapplock @Resource = N'alembic', @LockMode = N'Exclusive', @LockOwner = N'Transaction', @LockTimeout = 10000;
IF @lock < 0 THROW 50001, N'Refused: another run is at work on this database. Nothing is changed from here on.', 127;
SET @found = NULL;
IF OBJECT_ID(N'alembic_version', N'U') IS NOT NULL EXEC sp_executesql @query, N'@found nvarchar(max) OUTPUT', @found OUTPUT;
SET @refusal = LEFT(N'Refused: alembic_version' + ISNULL(N' holds [' + @found + N']', N' is missing')
  + CASE WHEN @found LIKE N'%[-+][0-9]%' THEN N' (half-applied: + or - and the number of its parts that are done; the file that began it has to end it)' ELSE N'' END
  + N', and this file starts from []. Nothing is changed from here on.', 2048);
IF N'[' + ISNULL(@found, N'') + N']' <> N'[]' COLLATE Latin1_General_BIN2 THROW 50001, @refusal, 127;

IF OBJECT_ID(N'alembic_version', N'U') IS NULL
CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

-- Running upgrade  -> 0a51c7d3e9b2, articles and movements
SET @step = N'0a51c7d3e9b2';

EXEC(N'CREATE TABLE article (
    id INTEGER NOT NULL IDENTITY,
    code VARCHAR(20) NOT NULL,
    name NVARCHAR(100) NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT uq_article_code UNIQUE (code)
)');

EXEC(N'CREATE TABLE movement (
    id INTEGER NOT NULL IDENTITY,
    article_id INTEGER NOT NULL,
    quantity INTEGER NOT NULL,
    [reset] BIT NULL,
    PRIMARY KEY (id),
    CONSTRAINT fk_movement_article FOREIGN KEY(article_id) REFERENCES article (id)
)');

EXEC(N'INSERT INTO article (code, name) VALUES (''BOX'', N''Box, 50 % full'');
INSERT INTO article (code, name) VALUES (N''KÄS'', N''Käse & Brot'')');

IF @@TRANCOUNT <> 1 THROW 50001, N'A statement of the revision has ended the transaction of the script.', 127;
INSERT INTO alembic_version (version_num) VALUES ('0a51c7d3e9b2');
IF @@ROWCOUNT <> 1 THROW 50001, N'The version row 0a51c7d3e9b2 was not added.', 127;

-- Running upgrade 0a51c7d3e9b2 -> 1c62d8e4fa03, keep the stock of each article
SET @step = N'1c62d8e4fa03';

EXEC(N'ALTER TABLE article ADD stock INTEGER NULL');

EXEC(N'UPDATE article SET stock = (SELECT COALESCE(SUM(quantity), 0) FROM movement WHERE article_id = article.id)');

EXEC(N'ALTER TABLE article ALTER COLUMN stock INTEGER NOT NULL');

EXEC(N'CREATE INDEX ix_movement_article_id ON movement (article_id)');

IF @@TRANCOUNT <> 1 THROW 50001, N'A statement of the revision has ended the transaction of the script.', 127;
UPDATE alembic_version SET version_num='1c62d8e4fa03' WHERE alembic_version.version_num = '0a51c7d3e9b2';
IF @@ROWCOUNT <> 1 THROW 50001, N'The version row 0a51c7d3e9b2 is not there.', 127;

-- Running upgrade 1c62d8e4fa03 -> 2d73e9f50b14, movements change the stock
SET @step = N'2d73e9f50b14';

EXEC(N'CREATE TRIGGER movement_stock ON movement AFTER INSERT AS
BEGIN
  SET NOCOUNT ON;
  UPDATE article SET stock = stock + (SELECT SUM(quantity) FROM inserted WHERE article_id = article.id)
  WHERE id IN (SELECT article_id FROM inserted);
END');

IF @@TRANCOUNT <> 1 THROW 50001, N'A statement of the revision has ended the transaction of the script.', 127;
UPDATE alembic_version SET version_num='2d73e9f50b14' WHERE alembic_version.version_num = '1c62d8e4fa03';
IF @@ROWCOUNT <> 1 THROW 50001, N'The version row 1c62d8e4fa03 is not there.', 127;

COMMIT TRANSACTION;

PRINT N'OK: the database is at 2d73e9f50b14.';
END TRY
BEGIN CATCH
IF @@TRANCOUNT > 0 ROLLBACK TRANSACTION;
IF @step IS NOT NULL PRINT N'Stopped in revision ' + @step + N': everything was rolled back.';
THROW;
END CATCH;
GO
IF @@ERROR <> 0 RAISERROR(N'Not applied: see the error above.', 16, 127);
GO
