import { check, t } from "../../src/index.js";
import { onAllDialects, refused } from "./on-all-dialects.js";

onAllDialects("schemas, extensions, sequences, domains and values of enums", [
  {
    does: "creates a schema",
    body: (op) => op.createSchema("app"),
    statements: {
      postgresql: ["CREATE SCHEMA app"],
      mysql: ["CREATE SCHEMA app"],
      mariadb: ["CREATE SCHEMA app"],
      sqlite: refused("SQLite has no schemas: each is a file of its own."),
      mssql: ["CREATE SCHEMA app"],
      oracle: refused("On Oracle a schema is a user."),
    },
  },
  {
    does: "creates a schema that may be there",
    body: (op) => op.createSchema("app", { ifNotExists: true }),
    statements: {
      postgresql: ["CREATE SCHEMA IF NOT EXISTS app"],
      mysql: ["CREATE SCHEMA IF NOT EXISTS app"],
      mariadb: ["CREATE SCHEMA IF NOT EXISTS app"],
      sqlite: refused("SQLite has no schemas: each is a file of its own."),
      mssql: ["IF SCHEMA_ID(N'app') IS NULL EXEC(N'CREATE SCHEMA app')"],
      oracle: refused("On Oracle a schema is a user."),
    },
  },
  {
    does: "creates a schema of an owner",
    body: (op) => op.createSchema("app", { authorization: "Owner" }),
    statements: {
      postgresql: ['CREATE SCHEMA app AUTHORIZATION "Owner"'],
      mysql: refused("A schema has no owner here."),
      mariadb: refused("A schema has no owner here."),
      sqlite: refused("SQLite has no schemas: each is a file of its own."),
      mssql: ["CREATE SCHEMA app AUTHORIZATION [Owner]"],
      oracle: refused("On Oracle a schema is a user."),
    },
  },
  {
    does: "drops a schema",
    body: (op) => op.dropSchema("app", { ifExists: true }),
    statements: {
      postgresql: ["DROP SCHEMA IF EXISTS app"],
      mysql: ["DROP SCHEMA IF EXISTS app"],
      mariadb: ["DROP SCHEMA IF EXISTS app"],
      sqlite: refused("SQLite has no schemas: each is a file of its own."),
      mssql: ["DROP SCHEMA IF EXISTS app"],
      oracle: refused("On Oracle a schema is a user."),
    },
  },
  {
    does: "drops a schema with everything in it",
    body: (op) => op.dropSchema("app", { cascade: true }),
    statements: {
      postgresql: ["DROP SCHEMA app CASCADE"],
      mysql: ["DROP SCHEMA app"],
      mariadb: ["DROP SCHEMA app"],
      sqlite: refused("SQLite has no schemas: each is a file of its own."),
      mssql: refused("SQL Server has no DROP SCHEMA … CASCADE."),
      oracle: refused("On Oracle a schema is a user."),
    },
  },
  {
    does: "loads an extension",
    body: (op) => op.createExtension("uuid-ossp", { schema: "app", version: "1.1", cascade: true, ifNotExists: true }),
    statements: {
      postgresql: ["CREATE EXTENSION IF NOT EXISTS \"uuid-ossp\" SCHEMA app VERSION '1.1' CASCADE"],
      mysql: refused("MySQL and MariaDB have no extensions."),
      mariadb: refused("MySQL and MariaDB have no extensions."),
      sqlite: refused("SQLite has no CREATE EXTENSION."),
      mssql: refused("SQL Server has no extensions."),
      oracle: refused("Oracle has no extensions."),
    },
  },
  {
    does: "drops an extension",
    body: (op) => op.dropExtension("uuid-ossp", { ifExists: true }),
    statements: {
      postgresql: ['DROP EXTENSION IF EXISTS "uuid-ossp"'],
      mysql: refused("MySQL and MariaDB have no extensions."),
      mariadb: refused("MySQL and MariaDB have no extensions."),
      sqlite: refused("SQLite has no CREATE EXTENSION."),
      mssql: refused("SQL Server has no extensions."),
      oracle: refused("Oracle has no extensions."),
    },
  },
  {
    does: "creates a sequence",
    body: (op) =>
      op.createSequence("number", {
        schema: "app",
        start: 1000,
        increment: 5,
        nomaxvalue: true,
        cache: 20,
        cycle: false,
      }),
    statements: {
      postgresql: ["CREATE SEQUENCE app.number INCREMENT BY 5 START WITH 1000 NO MAXVALUE CACHE 20 NO CYCLE"],
      mysql: refused("MySQL has no sequences."),
      mariadb: ["CREATE SEQUENCE app.number INCREMENT BY 5 START WITH 1000 NO MAXVALUE CACHE 20 NOCYCLE"],
      sqlite: refused("SQLite has no sequences."),
      mssql: ["CREATE SEQUENCE app.number START WITH 1000 INCREMENT BY 5 NO MAXVALUE NO CYCLE CACHE 20"],
      oracle: ['CREATE SEQUENCE app."number" INCREMENT BY 5 START WITH 1000 NOMAXVALUE CACHE 20 NOCYCLE'],
    },
  },
  {
    does: "creates a sequence without options",
    body: (op) => op.createSequence("number"),
    statements: {
      postgresql: ["CREATE SEQUENCE number"],
      mysql: refused("MySQL has no sequences."),
      mariadb: ["CREATE SEQUENCE number"],
      sqlite: refused("SQLite has no sequences."),
      mssql: ["CREATE SEQUENCE number START WITH 1"],
      oracle: ['CREATE SEQUENCE "number"'],
    },
  },
  {
    does: "creates a sequence that may be there",
    body: (op) => op.createSequence("number", { ifNotExists: true }),
    statements: {
      postgresql: ["CREATE SEQUENCE IF NOT EXISTS number"],
      mysql: refused("MySQL has no sequences."),
      mariadb: ["CREATE SEQUENCE IF NOT EXISTS number"],
      sqlite: refused("SQLite has no sequences."),
      mssql: [
        `IF OBJECT_ID(N'number', N'SO') IS NULL
CREATE SEQUENCE number START WITH 1`,
      ],
      oracle: [
        `BEGIN
  EXECUTE IMMEDIATE 'CREATE SEQUENCE "number"';
EXCEPTION
  WHEN OTHERS THEN
    IF SQLCODE != -955 THEN RAISE; END IF;
END;`,
      ],
    },
  },
  {
    does: "creates a sequence of a type",
    body: (op) => op.createSequence("number", { type: t.integer() }),
    statements: {
      postgresql: ["CREATE SEQUENCE number AS INTEGER"],
      mysql: refused("MySQL has no sequences."),
      mariadb: refused("MariaDB 10.11 has no types of sequences; version 11.5 has."),
      sqlite: refused("SQLite has no sequences."),
      mssql: ["CREATE SEQUENCE number AS INTEGER START WITH 1"],
      oracle: refused("Sequences of Oracle have no type."),
    },
  },
  {
    does: "creates a sequence that goes with a column",
    body: (op) => op.createSequence("number", { ownedBy: ["bill", "no"] }),
    statements: {
      postgresql: ["CREATE SEQUENCE number OWNED BY bill.no"],
      mysql: refused("MySQL has no sequences."),
      mariadb: refused("MariaDB has no OWNED BY."),
      sqlite: refused("SQLite has no sequences."),
      mssql: refused("SQL Server has no OWNED BY."),
      oracle: refused("Oracle has no OWNED BY."),
    },
  },
  {
    does: "drops a sequence",
    body: (op) => op.dropSequence("number", { schema: "app", ifExists: true }),
    statements: {
      postgresql: ["DROP SEQUENCE IF EXISTS app.number"],
      mysql: refused("MySQL has no sequences."),
      mariadb: ["DROP SEQUENCE IF EXISTS app.number"],
      sqlite: refused("SQLite has no sequences."),
      mssql: ["DROP SEQUENCE IF EXISTS app.number"],
      oracle: [
        `BEGIN
  EXECUTE IMMEDIATE 'DROP SEQUENCE app."number"';
EXCEPTION
  WHEN OTHERS THEN
    IF SQLCODE != -2289 THEN RAISE; END IF;
END;`,
      ],
    },
  },
  {
    does: "creates a domain",
    body: (op) =>
      op.createDomain("percentage", t.numeric(5, 2), {
        schema: "app",
        nullable: false,
        serverDefault: 0,
        check: check("VALUE <= 100", { name: "ck_percentage" }),
      }),
    statements: {
      postgresql: [
        "CREATE DOMAIN app.percentage AS NUMERIC(5, 2) DEFAULT 0 NOT NULL CONSTRAINT ck_percentage CHECK (VALUE <= 100)",
      ],
      mysql: refused("MySQL and MariaDB have no domains."),
      mariadb: refused("MySQL and MariaDB have no domains."),
      sqlite: refused("SQLite has no domains."),
      mssql: refused('The type "percentage" cannot have a default, check or collation on SQL Server.'),
      oracle: [
        "CREATE DOMAIN app.percentage AS NUMERIC(5, 2) DEFAULT 0 NOT NULL CONSTRAINT ck_percentage CHECK (VALUE <= 100)",
      ],
    },
  },
  {
    does: "creates a domain without conditions",
    body: (op) => op.createDomain("name", t.string(50), { nullable: false }),
    statements: {
      postgresql: ["CREATE DOMAIN name AS VARCHAR(50) NOT NULL"],
      mysql: refused("MySQL and MariaDB have no domains."),
      mariadb: refused("MySQL and MariaDB have no domains."),
      sqlite: refused("SQLite has no domains."),
      mssql: ["CREATE TYPE name FROM VARCHAR(50) NOT NULL"],
      oracle: ["CREATE DOMAIN name AS VARCHAR2(50 CHAR) NOT NULL"],
    },
  },
  {
    does: "drops a domain",
    body: (op) => op.dropDomain("percentage", { schema: "app", ifExists: true }),
    statements: {
      postgresql: ["DROP DOMAIN IF EXISTS app.percentage"],
      mysql: refused("MySQL and MariaDB have no domains."),
      mariadb: refused("MySQL and MariaDB have no domains."),
      sqlite: refused("SQLite has no domains."),
      mssql: ["DROP TYPE IF EXISTS app.percentage"],
      oracle: ["DROP DOMAIN IF EXISTS app.percentage"],
    },
  },
  {
    does: "adds a value to an enum type",
    body: (op) => op.addEnumValue("mood", "it's", { schema: "app", before: "ok", ifNotExists: true }),
    statements: {
      postgresql: ["ALTER TYPE app.mood ADD VALUE IF NOT EXISTS 'it''s' BEFORE 'ok'"],
      mysql: refused("MySQL and MariaDB have no enum types of their own."),
      mariadb: refused("MySQL and MariaDB have no enum types of their own."),
      sqlite: refused("SQLite has no enum types."),
      mssql: refused("SQL Server has no enum types."),
      oracle: refused("Oracle has no enum types."),
    },
  },
  {
    does: "gives a value of an enum type another name",
    body: (op) => op.renameEnumValue("mood", "sad", "blue"),
    statements: {
      postgresql: ["ALTER TYPE mood RENAME VALUE 'sad' TO 'blue'"],
      mysql: refused("MySQL and MariaDB have no enum types of their own."),
      mariadb: refused("MySQL and MariaDB have no enum types of their own."),
      sqlite: refused("SQLite has no enum types."),
      mssql: refused("SQL Server has no enum types."),
      oracle: refused("Oracle has no enum types."),
    },
  },
]);
