import type { Dialect } from "../../src/compiler/dialect.js";
import { openEndOf } from "../shared/sql-text/open-ends.js";
import { column } from "./columns.js";
import { constraints } from "./constraints.js";
import { identifiers } from "./identifiers.js";
import { lexicalRules } from "./lexical-rules.js";
import { literals } from "./literals.js";
import { lower } from "./lowering.js";
import { operations } from "./operations.js";
import { script } from "./script/index.js";
import { types } from "./types.js";
import { serverRules } from "./server-rules.js";

/**
 * SQLite 3.25 and later. The default version is that of Ubuntu 24.04; what is written for it without being asked for
 * works from 3.35 on.
 */
export const sqlite: Dialect = {
  name: "sqlite",
  title: "SQLite",
  optionGroups: ["sqlite"],
  defaultVersion: "3.45",
  oldestVersion: "3.25",
  series: ["3"],
  identifiers,
  openEnd: (sql) => openEndOf(sql, lexicalRules),
  literals,
  types,
  features: {
    nativeBoolean: false,
    nativeEnum: false,
    arrays: false,
    comments: "none",
    alterConstraints: false,
  },
  script,
  rules: {
    comparesKeyTypes: false,
    // https://www.sqlite.org/lang_createtable.html#the_primary_key
    keysTakeNull: true,
    // https://www.sqlite.org/foreignkeys.html#fk_schemacommands
    takesForwardKeys: true,
    // as Alembic's batches have it: https://alembic.sqlalchemy.org/en/latest/batch.html
    makesTablesAnew: true,
    // https://www.sqlite.org/lang_altertable.html
    dependents: {
      view: { dropTable: "breaks", dropColumn: "refuses", rename: "follows", retype: "keeps" },
      viewStarIsOfUse: true,
      trigger: { dropTable: "breaks", dropColumn: "refuses", rename: "follows", retype: "keeps" },
      withIsRecursive: true, // https://www.sqlite.org/lang_with.html#recursive_common_table_expressions
    },
  },
  loadParser: async () => (await import("./parser.js")).loadParser(),
  loadReader: async () => (await import("./reader/reader.js")).loadReader(),
  loadNormalForm: async () => (await import("./normal-form.js")).loadNormalForm(),
  loadServerSchema: async () => (await import("./server-schema.js")).readServerSchema,
  serverRules,
  column,
  constraints,
  lower,
  operations,
};
