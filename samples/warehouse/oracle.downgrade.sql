-- downgrade 2d73e9f50b14 -> base
--   2d73e9f50b14  movements change the stock
--   1c62d8e4fa03  keep the stock of each article
--   0a51c7d3e9b2  articles and movements
-- for:    Oracle 19
-- run:    sqlplus -L USER@DATABASE @FILE
-- needs:  alembic_version at exactly 2d73e9f50b14
-- sha256: 78fc85df42bb1a5241ad72f27814bf97778880e79514b84c2ad86258d68bfcdb of the lines below this one

WHENEVER SQLERROR EXIT FAILURE ROLLBACK
WHENEVER OSERROR EXIT FAILURE ROLLBACK
SET DEFINE OFF
SET SQLBLANKLINES ON
SET ECHO OFF
SET FEEDBACK OFF
SET SERVEROUTPUT ON

DECLARE
  own_schema CONSTANT VARCHAR2(128) := SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA');
  lock_id CONSTANT INTEGER := DBMS_UTILITY.GET_HASH_VALUE(own_schema, 0, 1073741823);
  answer INTEGER;
  has_versions INTEGER;
  has_progress INTEGER;
  found VARCHAR2(4000);
  half VARCHAR2(4000);
  at_revision VARCHAR2(400);
BEGIN
EXECUTE IMMEDIATE 'ALTER SESSION SET DDL_LOCK_TIMEOUT = 10 NLS_COMP = BINARY NLS_SORT = BINARY';
IF DBMS_TRANSACTION.LOCAL_TRANSACTION_ID IS NOT NULL THEN
  RAISE_APPLICATION_ERROR(-20001, 'Refused: the session is in a transaction already. Nothing is changed from here on.');
END IF;
-- One run at a time: the account needs EXECUTE on SYS.DBMS_LOCK.
IF DBMS_LOCK.REQUEST(lock_id, DBMS_LOCK.X_MODE, 10, FALSE) NOT IN (0, 4) THEN
  RAISE_APPLICATION_ERROR(-20001, 'Refused: another run is at work on this schema. Nothing is changed from here on.');
END IF;
SELECT COUNT(CASE table_name WHEN 'ALEMBIC_VERSION' THEN 1 END), COUNT(CASE table_name WHEN 'ALEMBIC_VERSION_PROGRESS' THEN 1 END)
  INTO has_versions, has_progress FROM all_tables WHERE owner = own_schema;
IF has_versions = 1 THEN
  EXECUTE IMMEDIATE q'[SELECT LISTAGG(version_num, ', ') WITHIN GROUP (ORDER BY version_num) FROM alembic_version]' INTO found;
END IF;
IF has_progress = 1 THEN
  EXECUTE IMMEDIATE q'[SELECT MAX(revision || ' at step ' || step) FROM alembic_version_progress]' INTO half;
END IF;
IF half IS NOT NULL THEN
  RAISE_APPLICATION_ERROR(-20001, 'Refused: the database is in revision ' || SUBSTRB(half, 1, 500) || ', which is half-applied: the file that began it has to end it. Nothing is changed from here on.');
END IF;
IF '[' || found || ']' != '[2d73e9f50b14]' THEN
  RAISE_APPLICATION_ERROR(-20001, 'Refused: alembic_version' || CASE has_versions WHEN 0 THEN ' is missing' ELSE ' holds [' || SUBSTRB(found, 1, 500) || ']' END || ', and this file starts from [2d73e9f50b14]. Nothing is changed from here on.');
END IF;

-- Running downgrade 2d73e9f50b14 -> 1c62d8e4fa03, movements change the stock
at_revision := '2d73e9f50b14';

EXECUTE IMMEDIATE 'DROP TRIGGER movement_stock';

EXECUTE IMMEDIATE q'[UPDATE alembic_version SET version_num='1c62d8e4fa03' WHERE alembic_version.version_num = '2d73e9f50b14']';
IF SQL%ROWCOUNT != 1 THEN
  RAISE_APPLICATION_ERROR(-20001, 'The version row 2d73e9f50b14 is not there.');
END IF;
COMMIT;

answer := DBMS_LOCK.RELEASE(lock_id);
DBMS_OUTPUT.PUT_LINE('Applied: downgrade 2d73e9f50b14 -> 1c62d8e4fa03, movements change the stock');
EXCEPTION
WHEN OTHERS THEN
  answer := DBMS_LOCK.RELEASE(lock_id);
  IF at_revision IS NULL THEN RAISE; END IF;
  ROLLBACK;
  RAISE_APPLICATION_ERROR(-20002, 'Stopped in revision ' || at_revision || '. Oracle commits with each DDL: what the statements before the failing one did stays.', TRUE);
END;
/

DECLARE
  own_schema CONSTANT VARCHAR2(128) := SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA');
  lock_id CONSTANT INTEGER := DBMS_UTILITY.GET_HASH_VALUE(own_schema, 0, 1073741823);
  answer INTEGER;
  has_versions INTEGER;
  has_progress INTEGER;
  found VARCHAR2(4000);
  half VARCHAR2(4000);
  at_revision VARCHAR2(400);
BEGIN
EXECUTE IMMEDIATE 'ALTER SESSION SET DDL_LOCK_TIMEOUT = 10 NLS_COMP = BINARY NLS_SORT = BINARY';
IF DBMS_TRANSACTION.LOCAL_TRANSACTION_ID IS NOT NULL THEN
  RAISE_APPLICATION_ERROR(-20001, 'Refused: the session is in a transaction already. Nothing is changed from here on.');
END IF;
-- One run at a time: the account needs EXECUTE on SYS.DBMS_LOCK.
IF DBMS_LOCK.REQUEST(lock_id, DBMS_LOCK.X_MODE, 10, FALSE) NOT IN (0, 4) THEN
  RAISE_APPLICATION_ERROR(-20001, 'Refused: another run is at work on this schema. Nothing is changed from here on.');
END IF;
SELECT COUNT(CASE table_name WHEN 'ALEMBIC_VERSION' THEN 1 END), COUNT(CASE table_name WHEN 'ALEMBIC_VERSION_PROGRESS' THEN 1 END)
  INTO has_versions, has_progress FROM all_tables WHERE owner = own_schema;
IF has_versions = 1 THEN
  EXECUTE IMMEDIATE q'[SELECT LISTAGG(version_num, ', ') WITHIN GROUP (ORDER BY version_num) FROM alembic_version]' INTO found;
END IF;
IF has_progress = 1 THEN
  EXECUTE IMMEDIATE q'[SELECT MAX(revision || ' at step ' || step) FROM alembic_version_progress]' INTO half;
END IF;
IF half IS NOT NULL THEN
  RAISE_APPLICATION_ERROR(-20001, 'Refused: the database is in revision ' || SUBSTRB(half, 1, 500) || ', which is half-applied: the file that began it has to end it. Nothing is changed from here on.');
END IF;
IF '[' || found || ']' != '[1c62d8e4fa03]' THEN
  RAISE_APPLICATION_ERROR(-20001, 'Refused: alembic_version' || CASE has_versions WHEN 0 THEN ' is missing' ELSE ' holds [' || SUBSTRB(found, 1, 500) || ']' END || ', and this file starts from [1c62d8e4fa03]. Nothing is changed from here on.');
END IF;

-- Running downgrade 1c62d8e4fa03 -> 0a51c7d3e9b2, keep the stock of each article
at_revision := '1c62d8e4fa03';

EXECUTE IMMEDIATE 'DROP INDEX ix_movement_article_id';

EXECUTE IMMEDIATE 'ALTER TABLE article DROP COLUMN stock';

EXECUTE IMMEDIATE q'[UPDATE alembic_version SET version_num='0a51c7d3e9b2' WHERE alembic_version.version_num = '1c62d8e4fa03']';
IF SQL%ROWCOUNT != 1 THEN
  RAISE_APPLICATION_ERROR(-20001, 'The version row 1c62d8e4fa03 is not there.');
END IF;
COMMIT;

answer := DBMS_LOCK.RELEASE(lock_id);
DBMS_OUTPUT.PUT_LINE('Applied: downgrade 1c62d8e4fa03 -> 0a51c7d3e9b2, keep the stock of each article');
EXCEPTION
WHEN OTHERS THEN
  answer := DBMS_LOCK.RELEASE(lock_id);
  IF at_revision IS NULL THEN RAISE; END IF;
  ROLLBACK;
  RAISE_APPLICATION_ERROR(-20002, 'Stopped in revision ' || at_revision || '. Oracle commits with each DDL: what the statements before the failing one did stays.', TRUE);
END;
/

DECLARE
  own_schema CONSTANT VARCHAR2(128) := SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA');
  lock_id CONSTANT INTEGER := DBMS_UTILITY.GET_HASH_VALUE(own_schema, 0, 1073741823);
  answer INTEGER;
  has_versions INTEGER;
  has_progress INTEGER;
  found VARCHAR2(4000);
  half VARCHAR2(4000);
  at_revision VARCHAR2(400);
BEGIN
EXECUTE IMMEDIATE 'ALTER SESSION SET DDL_LOCK_TIMEOUT = 10 NLS_COMP = BINARY NLS_SORT = BINARY';
IF DBMS_TRANSACTION.LOCAL_TRANSACTION_ID IS NOT NULL THEN
  RAISE_APPLICATION_ERROR(-20001, 'Refused: the session is in a transaction already. Nothing is changed from here on.');
END IF;
-- One run at a time: the account needs EXECUTE on SYS.DBMS_LOCK.
IF DBMS_LOCK.REQUEST(lock_id, DBMS_LOCK.X_MODE, 10, FALSE) NOT IN (0, 4) THEN
  RAISE_APPLICATION_ERROR(-20001, 'Refused: another run is at work on this schema. Nothing is changed from here on.');
END IF;
SELECT COUNT(CASE table_name WHEN 'ALEMBIC_VERSION' THEN 1 END), COUNT(CASE table_name WHEN 'ALEMBIC_VERSION_PROGRESS' THEN 1 END)
  INTO has_versions, has_progress FROM all_tables WHERE owner = own_schema;
IF has_versions = 1 THEN
  EXECUTE IMMEDIATE q'[SELECT LISTAGG(version_num, ', ') WITHIN GROUP (ORDER BY version_num) FROM alembic_version]' INTO found;
END IF;
IF has_progress = 1 THEN
  EXECUTE IMMEDIATE q'[SELECT MAX(revision || ' at step ' || step) FROM alembic_version_progress]' INTO half;
END IF;
IF half IS NOT NULL THEN
  RAISE_APPLICATION_ERROR(-20001, 'Refused: the database is in revision ' || SUBSTRB(half, 1, 500) || ', which is half-applied: the file that began it has to end it. Nothing is changed from here on.');
END IF;
IF '[' || found || ']' != '[0a51c7d3e9b2]' THEN
  RAISE_APPLICATION_ERROR(-20001, 'Refused: alembic_version' || CASE has_versions WHEN 0 THEN ' is missing' ELSE ' holds [' || SUBSTRB(found, 1, 500) || ']' END || ', and this file starts from [0a51c7d3e9b2]. Nothing is changed from here on.');
END IF;

-- Running downgrade 0a51c7d3e9b2 -> , articles and movements
at_revision := '0a51c7d3e9b2';

EXECUTE IMMEDIATE 'DROP TABLE movement';

EXECUTE IMMEDIATE 'DROP TABLE article';

EXECUTE IMMEDIATE q'[DELETE FROM alembic_version WHERE alembic_version.version_num = '0a51c7d3e9b2']';
IF SQL%ROWCOUNT != 1 THEN
  RAISE_APPLICATION_ERROR(-20001, 'The version row 0a51c7d3e9b2 is not there.');
END IF;
COMMIT;

answer := DBMS_LOCK.RELEASE(lock_id);
DBMS_OUTPUT.PUT_LINE('OK: the database is at base.');
EXCEPTION
WHEN OTHERS THEN
  answer := DBMS_LOCK.RELEASE(lock_id);
  IF at_revision IS NULL THEN RAISE; END IF;
  ROLLBACK;
  RAISE_APPLICATION_ERROR(-20002, 'Stopped in revision ' || at_revision || '. Oracle commits with each DDL: what the statements before the failing one did stays.', TRUE);
END;
/
