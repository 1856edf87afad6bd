import { defineConfig } from "sqlembic";

// One history for two servers: `-n mssql` or `-n oracle` chooses.
export default defineConfig({
  targets: {
    mssql: { dialect: "mssql", targetVersion: "2019" },
    oracle: { dialect: "oracle", targetVersion: "19" },
  },
});
