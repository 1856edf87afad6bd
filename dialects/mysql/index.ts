import type { Dialect } from "../../src/compiler/dialect.js";
import { alterTableOptions } from "./alter-table-options.js";
import { openEndOf } from "../shared/sql-text/open-ends.js";
import { column } from "./columns.js";
import { constraints } from "./constraints.js";
import { featureVersions } from "./features.js";
import { identifiers } from "./identifiers.js";
import { lexicalRules } from "./lexical-rules.js";
import { literals } from "./literals.js";
import { lower } from "./lowering.js";
import { operations } from "./operations.js";
import { rules } from "./rules.js";
import { script } from "./script/index.js";
import { types } from "./types.js";
import { serverRules } from "./server-rules.js";

/** MySQL 5.7 to 9. A target such as "8.0" stands for the newest release of its series. */
export const mysql: Dialect = {
  name: "mysql",
  title: "MySQL",
  optionGroups: ["mysql"],
  defaultVersion: "8.4",
  oldestVersion: "5.7",
  series: ["5.7", "8", "9"],
  identifiers,
  openEnd: (sql) => openEndOf(sql, lexicalRules),
  literals,
  types,
  featureVersions,
  features: {
    nativeBoolean: false,
    nativeEnum: true,
    arrays: false,
    comments: "inline",
    alterConstraints: true,
  },
  script,
  loadParser: async () => (await import("./parser.js")).loadParser(),
  loadReader: async () => (await import("./reader/reader.js")).loadReader(),
  alterTableOptions,
  loadNormalForm: async () => (await import("./normal-form.js")).loadNormalForm(),
  loadServerSchema: async () => (await import("./server-schema.js")).readServerSchema,
  rules,
  serverRules,
  column,
  constraints,
  lower,
  operations,
};
