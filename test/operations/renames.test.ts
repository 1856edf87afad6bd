import { check, column, index, primaryKey, t, unique } from "../../src/index.js";
import { onAllDialects, refused } from "./on-all-dialects.js";

onAllDialects("new names, validation and indexes of constraints", [
  {
    does: "renames an index",
    body: (op) => op.renameIndex("ix_name", "ix_Name", { tableName: "account", schema: "app" }),
    statements: {
      postgresql: ['ALTER INDEX app.ix_name RENAME TO "ix_Name"'],
      mysql: ["ALTER TABLE app.account RENAME INDEX ix_name TO `ix_Name`"],
      mariadb: ["ALTER TABLE app.account RENAME INDEX ix_name TO `ix_Name`"],
      sqlite: refused('SQLite cannot rename an index, and what "ix_name" is, is not known here.'),
      mssql: ["EXEC sp_rename N'app.account.ix_name', N'ix_Name', N'INDEX'"],
      oracle: ['ALTER INDEX app.ix_name RENAME TO "ix_Name"'],
    },
  },
  {
    does: "renames an index of a table that is known",
    body: (op) => {
      op.createTable("account", [column("name", t.string(9)), index("ix_name", ["name"])]);
      op.renameIndex("ix_name", "ix_account_name");
    },
    statements: {
      postgresql: ["ALTER INDEX ix_name RENAME TO ix_account_name"],
      mysql: ["ALTER TABLE account RENAME INDEX ix_name TO ix_account_name"],
      mariadb: ["ALTER TABLE account RENAME INDEX ix_name TO ix_account_name"],
      sqlite: ["DROP INDEX ix_name", "CREATE INDEX ix_account_name ON account (name)"],
      mssql: ["EXEC sp_rename N'account.ix_name', N'ix_account_name', N'INDEX'"],
      oracle: ["ALTER INDEX ix_name RENAME TO ix_account_name"],
    },
  },
  {
    does: "renames an index of a table that is not known",
    body: (op) => op.renameIndex("ix_name", "ix_account_name"),
    statements: {
      postgresql: ["ALTER INDEX ix_name RENAME TO ix_account_name"],
      mysql: refused('The table of index "ix_name" is not known, and ALTER TABLE has to name it.'),
      mariadb: refused('The table of index "ix_name" is not known, and ALTER TABLE has to name it.'),
      sqlite: refused('SQLite cannot rename an index, and what "ix_name" is, is not known here.'),
      mssql: refused('The table of index "ix_name" is not known, and sp_rename has to be told.'),
      oracle: ["ALTER INDEX ix_name RENAME TO ix_account_name"],
    },
  },
  {
    does: "renames a constraint that is not known",
    body: (op) => op.renameConstraint("ck_a", "ck_b", "account", { schema: "app" }),
    statements: {
      postgresql: ["ALTER TABLE app.account RENAME CONSTRAINT ck_a TO ck_b"],
      mysql: refused('MySQL cannot rename a constraint, and what "ck_a" is, is not known here.'),
      mariadb: refused('MariaDB cannot rename a constraint, and what "ck_a" is, is not known here.'),
      sqlite: refused("SQLite cannot rename a constraint."),
      mssql: ["EXEC sp_rename N'app.ck_a', N'ck_b', N'OBJECT'"],
      oracle: ["ALTER TABLE app.account RENAME CONSTRAINT ck_a TO ck_b"],
    },
  },
  {
    does: "renames a check",
    body: (op) => {
      op.createTable("account", [column("a", t.SMALLINT()), check("a > 0", { name: "ck_a" })]);
      op.renameConstraint("ck_a", "ck_b", "account");
    },
    statements: {
      postgresql: ["ALTER TABLE account RENAME CONSTRAINT ck_a TO ck_b"],
      mysql: ["ALTER TABLE account DROP CHECK ck_a", "ALTER TABLE account ADD CONSTRAINT ck_b CHECK (a > 0)"],
      mariadb: ["ALTER TABLE account DROP CONSTRAINT ck_a", "ALTER TABLE account ADD CONSTRAINT ck_b CHECK (a > 0)"],
      sqlite: refused("SQLite cannot rename a constraint."),
      mssql: ["EXEC sp_rename N'ck_a', N'ck_b', N'OBJECT'"],
      oracle: ["ALTER TABLE account RENAME CONSTRAINT ck_a TO ck_b"],
    },
  },
  {
    does: "renames a unique constraint",
    body: (op) => {
      op.createTable("account", [column("a", t.SMALLINT()), unique(["a"], { name: "uq_a" })]);
      op.renameConstraint("uq_a", "uq_b", "account");
    },
    statements: {
      postgresql: ["ALTER TABLE account RENAME CONSTRAINT uq_a TO uq_b"],
      mysql: ["ALTER TABLE account RENAME INDEX uq_a TO uq_b"],
      mariadb: ["ALTER TABLE account RENAME INDEX uq_a TO uq_b"],
      sqlite: refused("SQLite cannot rename a constraint."),
      mssql: ["EXEC sp_rename N'uq_a', N'uq_b', N'OBJECT'"],
      oracle: ["ALTER TABLE account RENAME CONSTRAINT uq_a TO uq_b"],
    },
  },
  {
    does: "renames a primary key",
    body: (op) => {
      op.createTable("account", [column("a", t.CHAR(2)), primaryKey(["a"], { name: "pk_a" })]);
      op.renameConstraint("pk_a", "pk_b", "account");
    },
    statements: {
      postgresql: ["ALTER TABLE account RENAME CONSTRAINT pk_a TO pk_b"],
      mysql: refused("On MySQL a primary key has no name of its own."),
      mariadb: refused("On MariaDB a primary key has no name of its own."),
      sqlite: refused("SQLite cannot rename a constraint."),
      mssql: ["EXEC sp_rename N'pk_a', N'pk_b', N'OBJECT'"],
      oracle: ["ALTER TABLE account RENAME CONSTRAINT pk_a TO pk_b"],
    },
  },
  {
    does: "validates a constraint",
    body: (op) => op.validateConstraint("fk_owner", "account", { schema: "app" }),
    statements: {
      postgresql: ["ALTER TABLE app.account VALIDATE CONSTRAINT fk_owner"],
      mysql: refused("MySQL and MariaDB check a constraint when it is added, and never later."),
      mariadb: refused("MySQL and MariaDB check a constraint when it is added, and never later."),
      sqlite: refused("SQLite checks a constraint when rows are written, and never later."),
      mssql: ["ALTER TABLE app.account WITH CHECK CHECK CONSTRAINT fk_owner"],
      oracle: ["ALTER TABLE app.account MODIFY CONSTRAINT fk_owner VALIDATE"],
    },
  },
  {
    does: "makes an index a unique constraint",
    body: (op) => op.createUniqueConstraint("uq_name", "account", ["name"], { postgresql: { usingIndex: "ux_name" } }),
    statements: {
      postgresql: ["ALTER TABLE account ADD CONSTRAINT uq_name UNIQUE USING INDEX ux_name"],
      mysql: ["ALTER TABLE account ADD CONSTRAINT uq_name UNIQUE (name)"],
      mariadb: ["ALTER TABLE account ADD CONSTRAINT uq_name UNIQUE (name)"],
      sqlite: refused(
        'SQLite cannot add a unique constraint to a table that exists; the table "account" has to be made anew, and its columns are not known here.',
      ),
      mssql: ["ALTER TABLE account ADD CONSTRAINT uq_name UNIQUE (name)"],
      oracle: ["ALTER TABLE account ADD CONSTRAINT uq_name UNIQUE (name)"],
    },
  },
  {
    does: "makes an index a primary key",
    body: (op) =>
      op.createPrimaryKey("pk_account", "account", ["id"], {
        postgresql: { usingIndex: "ux_id" },
        deferrable: undefined,
      }),
    statements: {
      postgresql: ["ALTER TABLE account ADD CONSTRAINT pk_account PRIMARY KEY USING INDEX ux_id"],
      mysql: ["ALTER TABLE account ADD CONSTRAINT pk_account PRIMARY KEY (id)"],
      mariadb: ["ALTER TABLE account ADD CONSTRAINT pk_account PRIMARY KEY (id)"],
      sqlite: refused(
        'SQLite cannot add a primary key to a table that exists; the table "account" has to be made anew, and its columns are not known here.',
      ),
      mssql: ["ALTER TABLE account ADD CONSTRAINT pk_account PRIMARY KEY (id)"],
      oracle: ["ALTER TABLE account ADD CONSTRAINT pk_account PRIMARY KEY (id)"],
    },
  },
]);
