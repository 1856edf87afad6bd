import type { Dialect } from "../../src/compiler/dialect.js";
import { alterTableOptions } from "./alter-table-options.js";
import { withColumnSequences } from "../shared/column-sequences.js";
import { openEndOf } from "../shared/sql-text/open-ends.js";
import { retyping } from "./casts.js";
import { column } from "./columns.js";
import { constraints } from "./constraints.js";
import { dropOther } from "./drop-other.js";
import { identifiers } from "./identifiers.js";
import { lexicalRules } from "./lexical-rules.js";
import { literals } from "./literals.js";
import { lower } from "./lowering.js";
import { operations } from "./operations.js";
import { rules } from "./rules.js";
import { script } from "./script/index.js";
import { types } from "./types.js";
import { serverRules } from "./server-rules.js";

/** PostgreSQL 12 to 18. */
export const postgresql: Dialect = {
  name: "postgresql",
  title: "PostgreSQL",
  optionGroups: ["postgresql"],
  defaultVersion: "14",
  oldestVersion: "12",
  series: ["12", "13", "14", "15", "16", "17", "18"],
  identifiers,
  openEnd: (sql) => openEndOf(sql, lexicalRules),
  literals,
  types,
  features: {
    nativeBoolean: true,
    nativeEnum: true,
    enumTypes: true,
    arrays: true,
    comments: "statement",
    routineReplacement: "OR REPLACE",
    alterConstraints: true,
  },
  script,
  rules,
  loadParser: async () => (await import("./parser.js")).loadParser(),
  loadReader: async () => (await import("./reader/reader.js")).loadReader(),
  loadServerSchema: async () => (await import("./server-schema.js")).readServerSchema,
  retyping,
  dropOther,
  alterTableOptions,
  loadNormalForm: async () => (await import("./normal-form.js")).loadNormalForm(),
  serverRules,
  column,
  constraints,
  lower: withColumnSequences(
    lower,
    ({ schema, name }, context) => `nextval(${context.literal(context.qualified(schema, name))})`,
  ),
  operations,
};
