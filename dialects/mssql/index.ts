import type { Dialect } from "../../src/compiler/dialect.js";
import { withColumnSequences } from "../shared/column-sequences.js";
import { openEndOf } from "../shared/sql-text/open-ends.js";
import { column } from "./columns.js";
import { constraints } from "./constraints.js";
import { yearOf } from "./features.js";
import { dependents } from "./dependents.js";
import { identifiers } from "./identifiers.js";
import { lexicalRules } from "./lexical-rules.js";
import { literals } from "./literals.js";
import { lower } from "./lowering.js";
import { operations } from "./operations.js";
import { script } from "./script/index.js";
import { types } from "./types.js";
import { serverRules } from "./server-rules.js";

/** SQL Server 2016 to 2025, its versions named by their years. */
export const mssql: Dialect = {
  name: "mssql",
  title: "SQL Server",
  optionGroups: ["mssql"],
  defaultVersion: "2019",
  oldestVersion: "2016",
  series: ["2016", "2017", "2019", "2022", "2025"],
  versionName: yearOf,
  identifiers,
  openEnd: (sql) => openEndOf(sql, lexicalRules),
  literals,
  types,
  features: {
    nativeBoolean: true,
    nativeEnum: false,
    arrays: false,
    comments: "statement",
    routineReplacement: "OR ALTER",
    alterConstraints: true,
  },
  script,
  rules: { dependents },
  loadParser: async () => (await import("./parser.js")).loadParser(),
  loadReader: async () => (await import("./reader/reader.js")).loadReader(),
  loadNormalForm: async () => (await import("./normal-form.js")).loadNormalForm(),
  serverRules,
  column,
  constraints,
  lower: withColumnSequences(lower, ({ schema, name }, context) => `NEXT VALUE FOR ${context.qualified(schema, name)}`),
  operations,
};
