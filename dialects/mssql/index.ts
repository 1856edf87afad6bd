import type { Dialect } from "../../src/compiler/dialect.js";
import { withColumnSequences } from "../shared/column-sequences.js";
import { lateDependents } from "../shared/dependents.js";
import { column } from "./columns.js";
import { constraints } from "./constraints.js";
import { yearOf } from "./features.js";
import { identifiers } from "./identifiers.js";
import { literals } from "./literals.js";
import { lower } from "./lowering.js";
import { operations } from "./operations.js";
import { refuse } from "./refusal.js";
import { authored } from "./script/authored.js";
import { guarded } from "./script/guarded.js";
import { idempotent } from "./script/idempotent.js";
import { runsOutsideTransaction } from "./script/outside.js";
import { inComment } from "./script/text.js";
import { types } from "./types.js";
import { serverRules } from "./server-rules.js";

/** SQL Server 2016 to 2022, its versions named by their years. */
export const mssql: Dialect = {
  name: "mssql",
  optionGroups: ["mssql"],
  defaultVersion: "2019",
  oldestVersion: "2016",
  versionName: yearOf,
  identifiers,
  literals,
  types,
  features: {
    nativeBoolean: true,
    nativeEnum: false,
    arrays: false,
    comments: "statement",
    alterConstraints: true,
  },
  script: {
    transactionalDdl: true,
    client: "sqlcmd",
    plainTransactions: true,
    begin: "BEGIN TRANSACTION",
    commit: "COMMIT",
    terminator: ";",
    batchSeparator: "GO",
    refuse,
    inComment,
    authored,
    runsOutsideTransaction,
    layouts: { guarded, idempotent },
  },
  rules: { dependents: lateDependents },
  loadParser: async () => (await import("./parser.js")).loadParser(),
  loadReader: async () => (await import("./reader/reader.js")).loadReader(),
  serverRules,
  column,
  constraints,
  lower: withColumnSequences(lower, ({ schema, name }, context) => `NEXT VALUE FOR ${context.qualified(schema, name)}`),
  operations,
};
