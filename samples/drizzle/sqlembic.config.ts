import { defineConfig } from "sqlembic";

export default defineConfig({
  dialect: "postgresql",
  targetVersion: "15",
  // Where drizzle-kit is installed, its output needs no file:
  // targetSchema: { command: "drizzle-kit export --dialect=postgresql --schema=./db/schema.ts" },
  targetSchema: "./db/exported.sql",
});
