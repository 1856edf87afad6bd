import { defineConfig } from "sqlembic";

export default defineConfig({
  versionTable: "schema_version",
  transactionPerMigration: true,
  targets: {
    postgresql: { dialect: "postgresql" },
    mysql: { dialect: "mysql" },
    mariadb: { dialect: "mariadb" },
    sqlite: { dialect: "sqlite" },
  },
});
