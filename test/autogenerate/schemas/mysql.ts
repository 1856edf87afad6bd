/** Schemas as authors write them, in every spelling that MySQL and MariaDB write otherwise, by what is in them. */
export const schemas: Readonly<Record<string, string>> = {
  "widths of integers": `CREATE TABLE t (a INT, b INTEGER(11), c INT(5), d TINYINT, e TINYINT(1), f TINYINT(4) UNSIGNED, g SMALLINT(6),
    h MEDIUMINT UNSIGNED, i BIGINT(20) UNSIGNED, j BOOL, k BOOLEAN, l INT1, m INT8, n MIDDLEINT);`,
  "zeros in front":
    "CREATE TABLE t (a INT ZEROFILL, b INT(5) ZEROFILL, c SMALLINT UNSIGNED ZEROFILL, d BIGINT(12) UNSIGNED ZEROFILL);",
  "exact and approximate numbers": `CREATE TABLE t (a DECIMAL, b DECIMAL(5), c DEC(6, 2), d NUMERIC(7,3) UNSIGNED, e FIXED, f FLOAT, g FLOAT(10), h FLOAT(40),
    i DOUBLE, j DOUBLE PRECISION, k REAL, l FLOAT(7,3), m DOUBLE(9, 2), n FLOAT4, o FLOAT8 UNSIGNED);`,
  "bits, bytes and years": `CREATE TABLE t (a BIT, b BIT(1), c BIT(8), d BINARY, e BINARY(16), f VARBINARY(20), g BLOB, h BLOB(100), i TINYBLOB, j LONGBLOB,
    k YEAR, l YEAR(4), m LONG VARBINARY);`,
  "times and their fractions":
    "CREATE TABLE t (a DATETIME, b DATETIME(0), c DATETIME(6), d TIMESTAMP NULL, e TIMESTAMP(3) NULL, f TIME, g TIME(2), h DATE);",
  texts: `CREATE TABLE t (a CHAR, b CHAR(1), c CHARACTER(5), d VARCHAR(20), e CHARACTER VARYING(20), f NATIONAL CHAR(3), g NCHAR(3), h NVARCHAR(4),
    i NATIONAL VARCHAR(5), j TEXT, k TEXT(100), l TINYTEXT, m MEDIUMTEXT, n LONGTEXT, o LONG, p LONG VARCHAR);`,
  "character sets of columns": `CREATE TABLE t (a VARCHAR(5) CHARACTER SET latin1, b VARCHAR(5) CHARSET utf8mb4, c VARCHAR(5) COLLATE utf8mb4_bin, d VARCHAR(5) CHARACTER SET utf8,
    e VARCHAR(5) ASCII, f VARCHAR(5) CHARACTER SET latin1 COLLATE latin1_bin, g ENUM('x','y') CHARACTER SET latin1, h SET('p', 'q') COLLATE utf8mb4_bin);`,
  "the attribute BINARY": "CREATE TABLE t (a VARCHAR(5) BINARY, b CHAR(3) CHARACTER SET latin1 BINARY);",
  "the character set of a table":
    "CREATE TABLE t (a VARCHAR(5), b TEXT, c VARCHAR(5) COLLATE latin1_bin) DEFAULT CHARACTER SET latin1 COLLATE latin1_general_ci;",
  "a table in utf8": "CREATE TABLE t (a VARCHAR(5), b VARCHAR(5) CHARACTER SET utf8mb4) CHARSET=utf8 COLLATE utf8_bin;",
  "enumerations and sets":
    "CREATE TABLE t (a ENUM('a', 'b''c', 'D'), b SET('x','y') NOT NULL DEFAULT 'x,y', c ENUM('on','off') DEFAULT 'on' NOT NULL);",
  json: "CREATE TABLE t (id INT PRIMARY KEY, a JSON, b JSON NOT NULL, c VARCHAR(50));",
  "numbers as defaults": `CREATE TABLE t (a INT DEFAULT '0', b INT NOT NULL DEFAULT 0, c DECIMAL(10,2) DEFAULT 0, d DECIMAL(10,2) DEFAULT '1.5', e DOUBLE DEFAULT 0.00,
    f FLOAT DEFAULT '2.50', g TINYINT(1) DEFAULT TRUE, h TINYINT(1) NOT NULL DEFAULT FALSE, i BOOL DEFAULT '1', j INT DEFAULT -1, k DECIMAL(5,1) DEFAULT -0.5, l BIGINT DEFAULT 9223372036854775807);`,
  "texts as defaults": `CREATE TABLE t (a VARCHAR(20) DEFAULT 'x', b VARCHAR(20) DEFAULT "it's", c CHAR(3) DEFAULT 0, d VARCHAR(20) DEFAULT '', e VARCHAR(20) DEFAULT 'a\\\\b', f VARCHAR(20) DEFAULT NULL,
    g VARCHAR(20) NOT NULL DEFAULT 'null', h VARCHAR(20) DEFAULT 'it''s');`,
  "bits and bytes as defaults":
    "CREATE TABLE t (a BIT(1) DEFAULT b'1', b BIT(8) DEFAULT 5, c BIT DEFAULT 0, d BINARY(3) DEFAULT 'ab', e VARBINARY(5) DEFAULT 'x', f INT DEFAULT 0x0A);",
  "times as defaults": `CREATE TABLE t (a DATETIME DEFAULT CURRENT_TIMESTAMP, b DATETIME DEFAULT now(), c TIMESTAMP DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    d DATETIME(6) DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE NOW(6), e TIMESTAMP NULL DEFAULT NULL ON UPDATE CURRENT_TIMESTAMP, f DATETIME DEFAULT LOCALTIME, g DATETIME DEFAULT localtimestamp(),
    h DATE DEFAULT '2020-01-01', i DATETIME DEFAULT '2020-01-01', j DATETIME(3) DEFAULT '2020-01-01 10:00:00', k TIME DEFAULT '10:00', l YEAR DEFAULT 2020, m TIMESTAMP NOT NULL DEFAULT '2020-01-01 00:00:00');`,
  "expressions as defaults": `CREATE TABLE t (a INT DEFAULT (1 + 2), b VARCHAR(40) DEFAULT (uuid()), c VARCHAR(20) DEFAULT (concat('a', "b")), d DATE DEFAULT (curdate()), e JSON DEFAULT (json_array()),
    f TEXT DEFAULT ('x'), g DATETIME DEFAULT (now() + INTERVAL 1 DAY), h INT DEFAULT ((2)));`,
  "an AUTO_INCREMENT that went on":
    "CREATE TABLE t (id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, v INT) AUTO_INCREMENT=500; INSERT INTO t (v) VALUES (1);",
  "an AUTO_INCREMENT that is no key":
    "CREATE TABLE t (a INT NOT NULL, b BIGINT NOT NULL AUTO_INCREMENT, PRIMARY KEY (a), KEY k (b));",
  "keys of columns": "CREATE TABLE t (a INT PRIMARY KEY, b INT UNIQUE, c INT UNIQUE KEY, d INT);",
  "unique keys and unique indexes": `CREATE TABLE t (a INT, b INT, c INT, d INT, UNIQUE (a), UNIQUE KEY uq_b (b), CONSTRAINT uq_c UNIQUE (c));
    CREATE UNIQUE INDEX uq_d ON t (d); ALTER TABLE t ADD CONSTRAINT uq_ab UNIQUE (a, b);`,
  "indexes without names": "CREATE TABLE t (a INT, b INT, INDEX (a), KEY (a, b), KEY (b));",
  "lengths of keys": `CREATE TABLE t (a VARCHAR(100), b TEXT, c VARCHAR(10) CHARACTER SET latin1, PRIMARY KEY (a(20)), KEY ka (a(100)), KEY kb (b(50)), UNIQUE KEY kc (c(10), b(7)), KEY kd (b(9) DESC));`,
  "methods of indexes":
    "CREATE TABLE t (a INT NOT NULL, b INT, PRIMARY KEY USING BTREE (a), KEY k1 (b) USING BTREE, UNIQUE k2 USING BTREE (a, b) COMMENT 'both');",
  "full texts and places":
    "CREATE TABLE t (id INT PRIMARY KEY, a TEXT, p POINT NOT NULL, FULLTEXT KEY ft (a), SPATIAL INDEX sp (p));",
  "falling indexes": "CREATE TABLE t (a INT, b INT); CREATE INDEX i ON t (a DESC, b ASC); CREATE INDEX j ON t (b);",
  "the index of a foreign key": `CREATE TABLE p (id INT PRIMARY KEY, k INT, UNIQUE (id, k)); CREATE TABLE c (p_id INT, k INT, FOREIGN KEY (p_id) REFERENCES p (id));
    CREATE TABLE d (p_id INT, k INT, CONSTRAINT fk_d FOREIGN KEY (p_id, k) REFERENCES p (id, k) ON DELETE CASCADE ON UPDATE SET NULL);`,
  "a foreign key that has its index": `CREATE TABLE p (id INT PRIMARY KEY); CREATE TABLE c (p_id INT, x INT, KEY ix (p_id, x), CONSTRAINT fk FOREIGN KEY (p_id) REFERENCES p (id) ON DELETE RESTRICT ON UPDATE NO ACTION);
    CREATE TABLE d (p_id INT, KEY fk_d (p_id), CONSTRAINT fk_d FOREIGN KEY (p_id) REFERENCES p (id) ON DELETE NO ACTION);`,
  "two foreign keys of one column":
    "CREATE TABLE p (id INT PRIMARY KEY); CREATE TABLE q (id INT PRIMARY KEY); CREATE TABLE c (x INT, FOREIGN KEY (x) REFERENCES p (id), FOREIGN KEY (x) REFERENCES q (id));",
  "a table that refers to itself":
    "CREATE TABLE t (id INT PRIMARY KEY, up INT, CONSTRAINT fk_up FOREIGN KEY (up) REFERENCES t (id));",
  "tables in a circle": `CREATE TABLE a (id INT PRIMARY KEY, b_id INT); CREATE TABLE b (id INT PRIMARY KEY, a_id INT, FOREIGN KEY (a_id) REFERENCES a (id)); ALTER TABLE a ADD CONSTRAINT fk_b FOREIGN KEY (b_id) REFERENCES b (id);`,
  checks: `CREATE TABLE t (a INT CHECK (a > 0), b INT, s VARCHAR(20), CONSTRAINT c1 CHECK (a < b OR a = b AND b != 3), CHECK (s IN ('x', "y")), CHECK ((a BETWEEN 1 AND 10)),
    CONSTRAINT c2 CHECK (NOT (a = 5 AND b = 6)), CONSTRAINT c3 CHECK (s IS NOT NULL && length(s) > 1), CONSTRAINT c4 CHECK (t.a IN (7) OR 8 < a), CONSTRAINT c5 CHECK (s NOT LIKE '%x'));`,
  "checks with functions": `CREATE TABLE t (a INT, s VARCHAR(20), d DATETIME, CONSTRAINT c1 CHECK (IF(a > 1, LCASE(s), UCASE(s)) <> ''), CONSTRAINT c2 CHECK (SUBSTRING(s, 1, 2) = 'ab'), CONSTRAINT c3 CHECK (CHARACTER_LENGTH(s) > 1),
    CONSTRAINT c4 CHECK (a MOD 2 = 0), CONSTRAINT c5 CHECK (d > DATE_ADD('2020-01-01', INTERVAL 1 DAY)), CONSTRAINT c6 CHECK (CASE WHEN a > 1 THEN 1 ELSE 0 END = 1), CONSTRAINT c7 CHECK (DAY(d) > 1), CONSTRAINT c8 CHECK (CAST(s AS CHAR(5)) = 'x'), CONSTRAINT c9 CHECK (s REGEXP '^a'));`,
  "computed columns": `CREATE TABLE t (a INT, b INT, c INT AS (a + b), d INT GENERATED ALWAYS AS (a * (b + 1)) VIRTUAL, e INT AS (a - b) STORED, f VARCHAR(50) GENERATED ALWAYS AS (CONCAT(a, '-', b)) STORED, KEY k (e));`,
  comments: "CREATE TABLE t (a INT COMMENT 'it''s', b INT COMMENT '', KEY k (a) COMMENT 'key') COMMENT='a \"table\"';",
  "options of a table":
    "CREATE TABLE t (a INT) ENGINE=innodb ROW_FORMAT=DYNAMIC DEFAULT CHARSET=utf8mb4 STATS_PERSISTENT=1;",
  "another engine":
    "CREATE TABLE t (a INT) ENGINE=MyISAM DEFAULT CHARACTER SET = latin1; CREATE TABLE m (a INT NOT NULL) ENGINE = MEMORY;",
  partitions: `CREATE TABLE t (a INT NOT NULL, d DATE NOT NULL, PRIMARY KEY (a, d)) PARTITION BY RANGE (a) (PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN MAXVALUE);`,
  "a view of a table":
    "CREATE TABLE t (id INT PRIMARY KEY, a INT, s VARCHAR(9)); CREATE VIEW v AS SELECT id, a AS n, s FROM t WHERE a > 1 ORDER BY id ASC; CREATE VIEW w AS SELECT * FROM v;".replace(
      "SELECT * FROM v",
      "SELECT id FROM v",
    ),
  "a view with the names of its columns":
    "CREATE TABLE t (id INT, a INT); CREATE OR REPLACE VIEW v (x, y) AS SELECT t.id, t.a + 1 FROM t WITH CHECK OPTION;",
  "a view that joins": `CREATE TABLE t (id INT PRIMARY KEY, u_id INT); CREATE TABLE u (id INT PRIMARY KEY, n VARCHAR(9));
    CREATE VIEW v AS SELECT t.id, u.n AS name, COUNT(*) AS total FROM t AS t INNER JOIN u ON t.u_id = u.id WHERE u.n IS NOT NULL GROUP BY t.id, u.n HAVING COUNT(*) > 1;
    CREATE VIEW w AS SELECT a.id FROM t a LEFT OUTER JOIN u b ON (a.u_id = b.id) JOIN t c ON c.id = a.id;`,
  "a view of a union":
    "CREATE TABLE t (id INT); CREATE VIEW v AS SELECT id FROM t UNION ALL SELECT t.id + 1 FROM t; CREATE VIEW w AS SELECT DISTINCT id FROM t WHERE id IN (1, 2) LIMIT 5;",
  "routines and triggers": `CREATE TABLE t (a INT, b INT);
DELIMITER //
CREATE PROCEDURE p (IN x INTEGER, OUT y VARCHAR(20)) BEGIN SET y = 'a;b'; IF x > 1 THEN SET y = "c"; END IF; END//
CREATE FUNCTION f(x INT) RETURNS INTEGER DETERMINISTIC RETURN x + 1//
CREATE FUNCTION g() RETURNS VARCHAR(10) NO SQL COMMENT 'text' SQL SECURITY INVOKER RETURN 'x'//
CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW BEGIN SET NEW.b = NEW.a + 1; SET NEW.a = 2; END//
DELIMITER ;`,
  "names in capitals and quotes":
    "CREATE TABLE `Account` (`Id` INT PRIMARY KEY, `order` INT, `user name` VARCHAR(9), CHECK (ID > 0), CHECK (`user name` <> ''), KEY `key` (`order`));",
};
