import { sql } from "../../src/index.js";
import { onAllDialects, refused } from "./on-all-dialects.js";

onAllDialects("partitions", [
  {
    does: "creates one of a range",
    body: (op) => op.createPartition("p_2025", "visit", { from: "2025-01-01", to: "2026-01-01" }, { schema: "app" }),
    statements: {
      postgresql: ["CREATE TABLE app.p_2025 PARTITION OF app.visit FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')"],
      mysql: ["ALTER TABLE app.visit ADD PARTITION (PARTITION p_2025 VALUES LESS THAN ('2026-01-01'))"],
      mariadb: ["ALTER TABLE app.visit ADD PARTITION (PARTITION p_2025 VALUES LESS THAN ('2026-01-01'))"],
      sqlite: refused("SQLite has no partitions."),
      mssql: refused(
        "On SQL Server a table is parted by a partition function and scheme, which it shares with others.",
      ),
      oracle: ["ALTER TABLE app.visit ADD PARTITION p_2025 VALUES LESS THAN ('2026-01-01')"],
    },
  },
  {
    does: "creates one of a range of several columns without end",
    body: (op) => op.createPartition("p_2025", "visit", { from: [2025, 1], to: [2026, sql`MAXVALUE`] }),
    statements: {
      postgresql: ["CREATE TABLE p_2025 PARTITION OF visit FOR VALUES FROM (2025, 1) TO (2026, MAXVALUE)"],
      mysql: ["ALTER TABLE visit ADD PARTITION (PARTITION p_2025 VALUES LESS THAN (2026, MAXVALUE))"],
      mariadb: ["ALTER TABLE visit ADD PARTITION (PARTITION p_2025 VALUES LESS THAN (2026, MAXVALUE))"],
      sqlite: refused("SQLite has no partitions."),
      mssql: refused(
        "On SQL Server a table is parted by a partition function and scheme, which it shares with others.",
      ),
      oracle: ["ALTER TABLE visit ADD PARTITION p_2025 VALUES LESS THAN (2026, MAXVALUE)"],
    },
  },
  {
    does: "creates one that says only where it ends",
    body: (op) => op.createPartition("p_2025", "visit", { to: 2026 }),
    statements: {
      postgresql: refused(
        'Partition "p_2025" says where its range ends, and PostgreSQL wants to know where it begins.',
      ),
      mysql: ["ALTER TABLE visit ADD PARTITION (PARTITION p_2025 VALUES LESS THAN (2026))"],
      mariadb: ["ALTER TABLE visit ADD PARTITION (PARTITION p_2025 VALUES LESS THAN (2026))"],
      sqlite: refused("SQLite has no partitions."),
      mssql: refused(
        "On SQL Server a table is parted by a partition function and scheme, which it shares with others.",
      ),
      oracle: ["ALTER TABLE visit ADD PARTITION p_2025 VALUES LESS THAN (2026)"],
    },
  },
  {
    does: "creates one of a list",
    body: (op) => op.createPartition("p_north", "visit", { in: ["N", "it's"] }),
    statements: {
      postgresql: ["CREATE TABLE p_north PARTITION OF visit FOR VALUES IN ('N', 'it''s')"],
      mysql: ["ALTER TABLE visit ADD PARTITION (PARTITION p_north VALUES IN ('N', 'it''s'))"],
      mariadb: ["ALTER TABLE visit ADD PARTITION (PARTITION p_north VALUES IN ('N', 'it''s'))"],
      sqlite: refused("SQLite has no partitions."),
      mssql: refused(
        "On SQL Server a table is parted by a partition function and scheme, which it shares with others.",
      ),
      oracle: ["ALTER TABLE visit ADD PARTITION p_north VALUES ('N', 'it''s')"],
    },
  },
  {
    does: "creates one of a hash",
    body: (op) => op.createPartition("p_0", "visit", { modulus: 4, remainder: 0 }),
    statements: {
      postgresql: ["CREATE TABLE p_0 PARTITION OF visit FOR VALUES WITH (MODULUS 4, REMAINDER 0)"],
      mysql: refused("MySQL has no partition of a hash by itself: their number is changed."),
      mariadb: refused("MariaDB has no partition of a hash by itself: their number is changed."),
      sqlite: refused("SQLite has no partitions."),
      mssql: refused(
        "On SQL Server a table is parted by a partition function and scheme, which it shares with others.",
      ),
      oracle: ["ALTER TABLE visit ADD PARTITION p_0"],
    },
  },
  {
    does: "creates one for all else",
    body: (op) => op.createPartition("p_rest", "visit", "default"),
    statements: {
      postgresql: ["CREATE TABLE p_rest PARTITION OF visit DEFAULT"],
      mysql: refused("MySQL has no DEFAULT partitions."),
      mariadb: ["ALTER TABLE visit ADD PARTITION (PARTITION p_rest DEFAULT)"],
      sqlite: refused("SQLite has no partitions."),
      mssql: refused(
        "On SQL Server a table is parted by a partition function and scheme, which it shares with others.",
      ),
      oracle: ["ALTER TABLE visit ADD PARTITION p_rest VALUES (DEFAULT)"],
    },
  },
  {
    does: "creates one that may be there",
    body: (op) =>
      op.createPartition("p_n", "visit", { in: [1] }, { ifNotExists: true, postgresql: { partitionBy: "HASH (id)" } }),
    statements: {
      postgresql: ["CREATE TABLE IF NOT EXISTS p_n PARTITION OF visit FOR VALUES IN (1) PARTITION BY HASH (id)"],
      mysql: refused("MySQL has no ADD PARTITION IF NOT EXISTS."),
      mariadb: ["ALTER TABLE visit ADD PARTITION IF NOT EXISTS (PARTITION p_n VALUES IN (1))"],
      sqlite: refused("SQLite has no partitions."),
      mssql: refused(
        "On SQL Server a table is parted by a partition function and scheme, which it shares with others.",
      ),
      oracle: refused("Oracle has no ADD PARTITION IF NOT EXISTS."),
    },
  },
  {
    does: "drops one",
    body: (op) => op.dropPartition("p_2025", "visit", { schema: "app" }),
    statements: {
      postgresql: ["DROP TABLE app.p_2025"],
      mysql: ["ALTER TABLE app.visit DROP PARTITION p_2025"],
      mariadb: ["ALTER TABLE app.visit DROP PARTITION p_2025"],
      sqlite: refused("SQLite has no partitions."),
      mssql: refused(
        "On SQL Server a table is parted by a partition function and scheme, which it shares with others.",
      ),
      oracle: ["ALTER TABLE app.visit DROP PARTITION p_2025"],
    },
  },
  {
    does: "drops one that may be there",
    body: (op) => op.dropPartition("p_2025", "visit", { ifExists: true }),
    statements: {
      postgresql: ["DROP TABLE IF EXISTS p_2025"],
      mysql: refused("MySQL has no DROP PARTITION IF EXISTS."),
      mariadb: ["ALTER TABLE visit DROP PARTITION IF EXISTS p_2025"],
      sqlite: refused("SQLite has no partitions."),
      mssql: refused(
        "On SQL Server a table is parted by a partition function and scheme, which it shares with others.",
      ),
      oracle: refused("Oracle has no DROP PARTITION IF EXISTS."),
    },
  },
  {
    does: "attaches a table",
    body: (op) => op.attachPartition("p_2025", "visit", { from: 2025, to: 2026 }),
    statements: {
      postgresql: ["ALTER TABLE visit ATTACH PARTITION p_2025 FOR VALUES FROM (2025) TO (2026)"],
      mysql: refused("MySQL has no statement that makes a table a partition."),
      mariadb: ["ALTER TABLE visit CONVERT TABLE p_2025 TO PARTITION p_2025 VALUES LESS THAN (2026)"],
      sqlite: refused("SQLite has no partitions."),
      mssql: refused(
        "On SQL Server a table is parted by a partition function and scheme, which it shares with others.",
      ),
      oracle: refused("On Oracle a partition is no table of its own."),
    },
  },
  {
    does: "detaches one",
    body: (op) => op.detachPartition("p_2025", "visit"),
    statements: {
      postgresql: ["ALTER TABLE visit DETACH PARTITION p_2025"],
      mysql: refused("MySQL has no statement that makes a partition a table."),
      mariadb: ["ALTER TABLE visit CONVERT PARTITION p_2025 TO TABLE p_2025"],
      sqlite: refused("SQLite has no partitions."),
      mssql: refused(
        "On SQL Server a table is parted by a partition function and scheme, which it shares with others.",
      ),
      oracle: refused("On Oracle a partition is no table of its own."),
    },
  },
  {
    does: "detaches one beside its readers",
    body: (op) => op.detachPartition("p_2025", "visit", { concurrently: true }),
    statements: {
      postgresql: ["ALTER TABLE visit DETACH PARTITION p_2025 CONCURRENTLY"],
      mysql: refused("MySQL has no statement that makes a partition a table."),
      mariadb: refused("MariaDB has no CONCURRENTLY."),
      sqlite: refused("SQLite has no partitions."),
      mssql: refused(
        "On SQL Server a table is parted by a partition function and scheme, which it shares with others.",
      ),
      oracle: refused("On Oracle a partition is no table of its own."),
    },
  },
]);
