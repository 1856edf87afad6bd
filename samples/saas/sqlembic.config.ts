import { defineConfig } from "sqlembic";

// One history for two servers: `-n mysql` or `-n postgresql` chooses.
export default defineConfig({
  targets: {
    mysql: { dialect: "mysql", targetVersion: "8.4" },
    postgresql: { dialect: "postgresql", targetVersion: "15" },
  },
});
