import type { Dialect } from "../../src/compiler/dialect.js";
import { column } from "./columns.js";
import { constraints } from "./constraints.js";
import { enclose } from "./delimiter.js";
import { identifiers } from "./identifiers.js";
import { literals } from "./literals.js";
import { lower } from "./lowering.js";
import { operations } from "./operations.js";
import { refuse } from "./refusal.js";
import { authored } from "./script/authored.js";
import { safetyOf } from "./script/index.js";
import { mysqlWords } from "./script/server.js";
import { rules } from "./rules.js";
import { types } from "./types.js";
import { serverRules } from "./server-rules.js";

/** MySQL 5.7 to 9. A target such as "8.0" stands for the newest release of its series. */
export const mysql: Dialect = {
  name: "mysql",
  optionGroups: ["mysql"],
  defaultVersion: "8.4",
  oldestVersion: "5.7",
  identifiers,
  literals,
  types,
  features: {
    nativeBoolean: false,
    nativeEnum: true,
    arrays: false,
    comments: "inline",
    alterConstraints: true,
  },
  script: {
    transactionalDdl: false,
    client: "mysql",
    plainTransactions: false,
    begin: "START TRANSACTION",
    commit: "COMMIT",
    terminator: ";",
    refuse,
    enclose,
    authored,
    ...safetyOf(mysqlWords),
  },
  loadParser: async () => (await import("./parser.js")).loadParser(),
  loadReader: async () => (await import("./reader/reader.js")).loadReader(),
  loadServerSchema: async () => (await import("./server-schema.js")).readServerSchema,
  rules,
  serverRules,
  column,
  constraints,
  lower,
  operations,
};
