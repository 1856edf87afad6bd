import type { Dialect } from "../../src/compiler/dialect.js";
import { withColumnSequences } from "../shared/column-sequences.js";
import { lateDependents } from "../shared/dependents.js";
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

/** Oracle Database 19 to 26, which reports itself as 23.26: https://docs.oracle.com/en/database/oracle/oracle-database/26/ */
export const oracle: Dialect = {
  name: "oracle",
  title: "Oracle",
  optionGroups: ["oracle"],
  defaultVersion: "23",
  oldestVersion: "19",
  series: ["19", "21", "23", "26"],
  identifiers,
  openEnd: (sql) => openEndOf(sql, lexicalRules),
  literals,
  types,
  features: {
    // BOOLEAN came with version 23: whether a check is needed beside it is decided in constraints.ts
    nativeBoolean: false,
    nativeEnum: false,
    arrays: false,
    comments: "statement",
    routineReplacement: "OR REPLACE",
    alterConstraints: true,
  },
  script,
  // https://docs.oracle.com/en/database/oracle/oracle-database/19/sqlrf/SELECT.html
  rules: { dependents: { ...lateDependents, withIsRecursive: true }, onlyIdentitiesCount: true },
  loadParser: async () => (await import("./parser.js")).loadParser(),
  loadReader: async () => (await import("./reader/reader.js")).loadReader(),
  loadNormalForm: async () => (await import("./normal-form.js")).loadNormalForm(),
  serverRules,
  column,
  constraints,
  lower: withColumnSequences(lower, ({ schema, name }, context) => `${context.qualified(schema, name)}.NEXTVAL`),
  operations,
};
