/** Schemas as authors write them for SQLite, by what is in them. */
export const schemas: Readonly<Record<string, string>> = {
  "types of any name":
    'CREATE TABLE t (a INT, b integer, c VARCHAR (20), d NUMERIC(10,2), e, f "my type", g DOUBLE PRECISION, h TEXT);',
  defaults: `CREATE TABLE t (a INT DEFAULT 0, b INT DEFAULT '0', c TEXT DEFAULT 'it''s', d TEXT DEFAULT "x", e DATETIME DEFAULT (CURRENT_TIMESTAMP), f DATETIME DEFAULT CURRENT_TIMESTAMP,
    g INT DEFAULT (1 + 2), h BOOLEAN DEFAULT TRUE, i BLOB DEFAULT x'00ff', j REAL DEFAULT -1.50, k TEXT DEFAULT NULL, l TEXT DEFAULT (datetime('now')));`,
  "keys that count":
    "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a INT UNIQUE); CREATE TABLE u (a INT, b INT, PRIMARY KEY (a, b), UNIQUE (b)) WITHOUT ROWID;",
  "strict tables": "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL, b ANY) STRICT;",
  "tables that may exist":
    "CREATE TABLE IF NOT EXISTS t (a INT); CREATE INDEX IF NOT EXISTS i ON t (a); CREATE VIEW IF NOT EXISTS v AS SELECT a FROM t;",
  "foreign keys": `CREATE TABLE c (p_id INT REFERENCES p (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, q INT, CONSTRAINT fk FOREIGN KEY (q) REFERENCES p (id) ON UPDATE NO ACTION);
    CREATE TABLE p (id INTEGER PRIMARY KEY);`,
  "indexes of expressions":
    "CREATE TABLE t (a TEXT, b INT); CREATE UNIQUE INDEX i ON t (lower(a), b DESC) WHERE b > 0 AND a IS NOT NULL; CREATE INDEX j ON t (a COLLATE NOCASE);",
  checks:
    "CREATE TABLE t (a INT CHECK (a > 0), s TEXT, CONSTRAINT c CHECK (s IN ('x', 'y') OR a BETWEEN 1 AND 3), CHECK ((a <> 5)));",
  "computed columns":
    "CREATE TABLE t (a INT, b INT AS (a * 2), c INT GENERATED ALWAYS AS (a + 1) STORED, d INT GENERATED ALWAYS AS (a) VIRTUAL);",
  "views and triggers": `CREATE TABLE t (a INT, b INT); CREATE VIEW v (x) AS SELECT a FROM t WHERE b > 1; CREATE TRIGGER tr AFTER INSERT ON t BEGIN UPDATE t SET b = 1 WHERE a = NEW.a; DELETE FROM t WHERE b = 2; END;`,
  "names in quotes":
    'CREATE TABLE [my table] (`a b` INT, "c" INT, [order] INT); CREATE INDEX "i x" ON [my table] (`a b`);',
  "a renamed table with a new column":
    "CREATE TABLE t (a INT); ALTER TABLE t RENAME TO u; ALTER TABLE u ADD COLUMN b TEXT DEFAULT 'x'; ALTER TABLE u RENAME COLUMN a TO c;",
};
