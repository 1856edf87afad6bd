import { defineConfig } from "sqlembic";

export default defineConfig({
  dialect: "postgresql",
  targetVersion: "15",
  targetSchema: "./schema.ts",
});
