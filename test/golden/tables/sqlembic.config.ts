import { defineConfig } from "sqlembic";

export default defineConfig({
  targets: {
    postgresql: { dialect: "postgresql" },
    mysql: { dialect: "mysql" },
    mariadb: { dialect: "mariadb" },
    sqlite: { dialect: "sqlite" },
  },
});
