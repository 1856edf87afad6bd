import { simple } from "./builders.js";
import { standardTypes } from "./standard.js";

/** SQLite's type names, as SQLAlchemy knows them: https://www.sqlite.org/datatype3.html */
export const sqliteTypes = {
  ...standardTypes,
  JSONB: simple("JSONB"),
};
