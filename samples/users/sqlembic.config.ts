import { defineConfig } from "sqlembic";

export default defineConfig({
  dialect: "sqlite",
});
