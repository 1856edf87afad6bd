-- downgrade 2d73e9f50b14 -> base
--   2d73e9f50b14  movements change the stock
--   1c62d8e4fa03  keep the stock of each article
--   0a51c7d3e9b2  articles and movements
-- for:    SQL Server 2019
-- run:    sqlcmd -b -I -f 65001 -d DATABASE -i FILE
-- needs:  alembic_version at exactly 2d73e9f50b14
-- sha256: 7cc030a60a00107d450845a392fa629d3aacdbc03a911e398292328bc8838405 of the lines below this one

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
  + N', and this file starts from [2d73e9f50b14]. Nothing is changed from here on.', 2048);
IF N'[' + ISNULL(@found, N'') + N']' <> N'[2d73e9f50b14]' COLLATE Latin1_General_BIN2 THROW 50001, @refusal, 127;

-- Running downgrade 2d73e9f50b14 -> 1c62d8e4fa03, movements change the stock
SET @step = N'2d73e9f50b14';

EXEC(N'DROP TRIGGER movement_stock');

IF @@TRANCOUNT <> 1 THROW 50001, N'A statement of the revision has ended the transaction of the script.', 127;
UPDATE alembic_version SET version_num='1c62d8e4fa03' WHERE alembic_version.version_num = '2d73e9f50b14';
IF @@ROWCOUNT <> 1 THROW 50001, N'The version row 2d73e9f50b14 is not there.', 127;

-- Running downgrade 1c62d8e4fa03 -> 0a51c7d3e9b2, keep the stock of each article
SET @step = N'1c62d8e4fa03';

EXEC(N'DROP INDEX ix_movement_article_id ON movement');

EXEC(N'ALTER TABLE article DROP COLUMN stock');

IF @@TRANCOUNT <> 1 THROW 50001, N'A statement of the revision has ended the transaction of the script.', 127;
UPDATE alembic_version SET version_num='0a51c7d3e9b2' WHERE alembic_version.version_num = '1c62d8e4fa03';
IF @@ROWCOUNT <> 1 THROW 50001, N'The version row 1c62d8e4fa03 is not there.', 127;

-- Running downgrade 0a51c7d3e9b2 -> , articles and movements
SET @step = N'0a51c7d3e9b2';

EXEC(N'DROP TABLE movement');

EXEC(N'DROP TABLE article');

IF @@TRANCOUNT <> 1 THROW 50001, N'A statement of the revision has ended the transaction of the script.', 127;
DELETE FROM alembic_version WHERE alembic_version.version_num = '0a51c7d3e9b2';
IF @@ROWCOUNT <> 1 THROW 50001, N'The version row 0a51c7d3e9b2 is not there.', 127;

COMMIT TRANSACTION;

PRINT N'OK: the database is at base.';
END TRY
BEGIN CATCH
IF @@TRANCOUNT > 0 ROLLBACK TRANSACTION;
IF @step IS NOT NULL PRINT N'Stopped in revision ' + @step + N': everything was rolled back.';
THROW;
END CATCH;
GO
IF @@ERROR <> 0 RAISERROR(N'Not applied: see the error above.', 16, 127);
GO
