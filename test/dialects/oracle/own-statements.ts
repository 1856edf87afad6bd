/** What authors write themselves for Oracle: https://docs.oracle.com/en/database/oracle/oracle-database/19/sqlrf/ */
export const ownStatements: readonly string[] = [
  // queries
  "SELECT /*+ INDEX(t ix_t) PARALLEL(4) */ a FROM t WHERE ROWNUM <= 10",
  "SELECT LPAD(' ', 2 * LEVEL) || name FROM t START WITH boss IS NULL CONNECT BY PRIOR id = boss ORDER SIBLINGS BY name",
  "SELECT LEVEL FROM dual CONNECT BY LEVEL <= 10",
  "SELECT c, y, s FROM sales MODEL PARTITION BY (c) DIMENSION BY (y) MEASURES (s) RULES (s[2026] = s[2025] * 2)",
  "SELECT q'[it's \"here\"]' FROM dual",
  "SELECT q'{a'b}', Q'!c'd!', N'e' FROM dual",
  "SELECT LISTAGG(name, ', ') WITHIN GROUP (ORDER BY name) FROM t GROUP BY a",
  "SELECT a FROM t AS OF TIMESTAMP SYSTIMESTAMP - INTERVAL '5' MINUTE",
  "SELECT a FROM t VERSIONS BETWEEN SCN MINVALUE AND MAXVALUE",
  "SELECT a FROM t ORDER BY a OFFSET 10 ROWS FETCH NEXT 5 ROWS ONLY",
  "SELECT a, ROW_NUMBER() OVER (PARTITION BY b ORDER BY c DESC NULLS LAST) FROM t",
  "SELECT MAX(a) KEEP (DENSE_RANK LAST ORDER BY b) FROM t",
  "SELECT * FROM (SELECT y, q, v FROM s) PIVOT (SUM(v) FOR q IN (1 AS q1, 2 AS q2))",
  "SELECT t.a, u.b FROM t, u WHERE t.id = u.t_id (+)",
  "SELECT DECODE(a, 1, 'x', 2, 'y', 'z'), NVL2(b, 1, 0), TO_CHAR(c, 'YYYY-MM-DD') FROM t",
  "SELECT a FROM t WHERE REGEXP_LIKE(b, '^[a-z]+$', 'i')",
  "SELECT a FROM t FOR UPDATE SKIP LOCKED",
  "WITH n (i) AS (SELECT 1 FROM dual UNION ALL SELECT i + 1 FROM n WHERE i < 100) SELECT i FROM n",
  "SELECT a FROM t MINUS SELECT a FROM u",
  // rows
  "INSERT INTO t (id, a) VALUES (numbers.NEXTVAL, 'x')",
  "INSERT /*+ APPEND */ INTO t SELECT * FROM u",
  "INSERT ALL INTO t (a) VALUES (1) INTO u (b) VALUES (2) SELECT 1 FROM dual",
  "INSERT FIRST WHEN a > 1 THEN INTO t (a) VALUES (a) ELSE INTO u (a) VALUES (a) SELECT a FROM s",
  "UPDATE t SET (a, b) = (SELECT u.a, u.b FROM u WHERE u.id = t.id) WHERE EXISTS (SELECT 1 FROM u WHERE u.id = t.id)",
  "UPDATE t SET a = 1 WHERE a IS NULL LOG ERRORS INTO errs ('run') REJECT LIMIT UNLIMITED",
  "DELETE FROM t WHERE ROWID NOT IN (SELECT MIN(ROWID) FROM t GROUP BY a)",
  "MERGE INTO t o USING (SELECT id, a FROM u) n ON (o.id = n.id) WHEN MATCHED THEN UPDATE SET o.a = n.a WHERE n.a IS NOT NULL DELETE WHERE o.a = 0 WHEN NOT MATCHED THEN INSERT (id, a) VALUES (n.id, n.a)",
  "LOCK TABLE t IN EXCLUSIVE MODE NOWAIT",
  // blocks
  "BEGIN UPDATE t SET a = 1; END;",
  "BEGIN\n  NULL;\nEND;\n/",
  "DECLARE\n  n NUMBER;\n  k t.id%TYPE;\nBEGIN\n  INSERT INTO t (a) VALUES (1) RETURNING id INTO k;\n  SELECT COUNT(*) INTO n FROM t;\n  IF n > 1 THEN UPDATE t SET a = n; ELSIF n = 1 THEN NULL; ELSE RAISE_APPLICATION_ERROR(-20001, 'none'); END IF;\nEXCEPTION WHEN NO_DATA_FOUND THEN NULL;\nEND;",
  "BEGIN FOR r IN (SELECT id FROM t) LOOP UPDATE u SET a = r.id WHERE id = r.id; END LOOP; END;",
  "DECLARE TYPE ids IS TABLE OF NUMBER INDEX BY PLS_INTEGER; k ids; BEGIN SELECT id BULK COLLECT INTO k FROM t; FORALL i IN 1 .. k.COUNT UPDATE t SET a = 1 WHERE id = k(i); END;",
  "BEGIN EXECUTE IMMEDIATE q'[UPDATE t SET a = 'x']'; END;",
  "BEGIN EXECUTE IMMEDIATE 'UPDATE t SET a = :1' USING 1; END;",
  "BEGIN DBMS_STATS.GATHER_TABLE_STATS(ownname => USER, tabname => 'T'); END;",
  "BEGIN DBMS_OUTPUT.PUT_LINE('it''s done'); END;",
  // objects
  "CREATE TABLE t (id NUMBER(10) NOT NULL, a VARCHAR2(50 CHAR) DEFAULT 'x', CONSTRAINT pk_t PRIMARY KEY (id)) TABLESPACE users PCTFREE 10 STORAGE (INITIAL 64K NEXT 1M)",
  "CREATE GLOBAL TEMPORARY TABLE kept (id NUMBER) ON COMMIT PRESERVE ROWS",
  "CREATE TABLE copied AS SELECT * FROM t",
  "CREATE UNIQUE INDEX ix_t ON t (UPPER(a)) TABLESPACE users NOLOGGING",
  "CREATE BITMAP INDEX bx_t ON t (a)",
  "CREATE SEQUENCE numbers START WITH 1 INCREMENT BY 1 CACHE 20 NOCYCLE",
  "ALTER SEQUENCE numbers INCREMENT BY 10",
  "CREATE OR REPLACE SYNONYM s FOR other.t",
  "CREATE OR REPLACE FORCE VIEW v AS SELECT id, a FROM t WITH READ ONLY",
  "CREATE MATERIALIZED VIEW mv BUILD IMMEDIATE REFRESH COMPLETE ON DEMAND AS SELECT a, COUNT(*) AS n FROM t GROUP BY a",
  "CREATE OR REPLACE FUNCTION f (a IN NUMBER) RETURN NUMBER DETERMINISTIC IS BEGIN RETURN a * 2; END;",
  "CREATE OR REPLACE PROCEDURE p (a IN OUT NUMBER) AS n NUMBER; BEGIN n := a; a := n + 1; END p;",
  "CREATE OR REPLACE PACKAGE pk AS PROCEDURE p (a NUMBER); END pk;",
  "CREATE OR REPLACE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW WHEN (new.id IS NULL) BEGIN :new.id := numbers.NEXTVAL; END;",
  "CREATE TYPE point AS OBJECT (x NUMBER, y NUMBER)",
  "ALTER TABLE t ADD (b NUMBER DEFAULT 0 NOT NULL, c DATE)",
  "ALTER TABLE t MODIFY (a VARCHAR2(100))",
  "ALTER TABLE t DISABLE CONSTRAINT pk_t",
  "ALTER INDEX ix_t REBUILD",
  "COMMENT ON COLUMN t.a IS 'it''s a'",
  "ALTER SESSION SET NLS_DATE_FORMAT = 'YYYY-MM-DD'",
  "GRANT SELECT, INSERT ON t TO reader WITH GRANT OPTION",
  "REVOKE INSERT ON t FROM reader",
  "AUDIT SELECT ON t",
];

const manual = "https://docs.oracle.com/en/database/oracle/oracle-database/19/sqlrf";

/** What the full grammar does not know, by the page of the manual that shows it. */
export const unreadStatements: Readonly<Record<string, readonly string[]>> = {
  [`${manual}/JSON_TABLE.html`]: [
    "SELECT j.name FROM t, JSON_TABLE(t.doc, '$.rows[*]' COLUMNS (name VARCHAR2(50) PATH '$.name')) j",
  ],
  [`${manual}/SQL-JSON-Conditions.html`]: [
    "SELECT JSON_VALUE(doc, '$.name'), JSON_QUERY(doc, '$.tags') FROM t WHERE doc IS JSON",
  ],
  [`${manual}/SELECT.html`]: [
    "SELECT * FROM ticks MATCH_RECOGNIZE (PARTITION BY symbol ORDER BY at MEASURES FIRST(a.at) AS began ONE ROW PER MATCH PATTERN (a b+) DEFINE b AS b.price < PREV(b.price))",
  ],
  [`${manual}/Literals.html`]: [
    "SELECT DATE '2026-01-31', TIMESTAMP '2026-01-31 10:00:00 +01:00', INTERVAL '1-2' YEAR TO MONTH FROM dual",
  ],
  [`${manual}/CALL.html`]: ["CALL refresh_all(1, 'x')"],
  [`${manual}/CREATE-TABLE.html`]: [
    "CREATE TABLE parts (id NUMBER, at DATE) PARTITION BY RANGE (at) INTERVAL (NUMTOYMINTERVAL(1, 'MONTH')) (PARTITION p0 VALUES LESS THAN (DATE '2026-01-01'))",
  ],
  [`${manual}/DROP-TABLE.html`]: ["DROP TABLE t CASCADE CONSTRAINTS PURGE"],
  [`${manual}/TRUNCATE-TABLE.html`]: ["TRUNCATE TABLE t REUSE STORAGE"],
  [`${manual}/PURGE.html`]: ["PURGE RECYCLEBIN"],
};
