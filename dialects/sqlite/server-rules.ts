import type { ServerRule } from "../../src/compiler/server-rules.js";
import type { Name } from "../../src/schema/names.js";
import { nameText } from "../../src/schema/names.js";
import { distinctColumns, enumDefaults, valuesOfComputed } from "../shared/rules/columns.js";
import { foreignKeyTargets } from "../shared/rules/foreign-keys.js";
import { sameColumns } from "../shared/rules/keys.js";
import { mentionedColumns } from "../shared/rules/mentions.js";
import { distinctNames, isIndex } from "../shared/rules/names.js";

const manual = "https://www.sqlite.org";

function folded(name: Name): string {
  return nameText(name).toLowerCase();
}

/** What SQLite refuses; its errors have texts instead of numbers: https://www.sqlite.org/rescode.html */
export const serverRules: readonly ServerRule[] = [
  {
    code: "column-exists",
    answer: '"duplicate column name"',
    page: `${manual}/lang_createtable.html`,
    ofTable: distinctColumns(folded),
  },
  {
    code: "name-taken",
    answer: '"index … already exists"',
    page: `${manual}/lang_createindex.html`,
    ofTable: distinctNames([{ what: "indexes", has: isIndex, reach: "schema", withTables: true }]),
  },
  {
    code: "mentioned-column",
    answer: '"no such column"',
    page: `${manual}/lang_createtable.html#check_constraints`,
    ofTable: mentionedColumns,
  },
  {
    code: "foreign-key-target",
    answer: '"foreign key mismatch", where foreign keys are enforced',
    isOnlySaid: true,
    page: `${manual}/foreignkeys.html#fk_indexes`,
    ofTable: foreignKeyTargets(
      ({ isUnique, columns, of }, referred, context) =>
        isUnique &&
        sameColumns(columns, referred) &&
        (of.kind !== "index" || context.options(of.options)["where"] === undefined),
      "primary key, unique constraint or unique index",
    ),
  },
  {
    code: "enum-default",
    answer: '"CHECK constraint failed"',
    isOnlySaid: true,
    page: `${manual}/lang_createtable.html#check_constraints`,
    ofTable: enumDefaults,
  },
  {
    code: "computed-value",
    answer: '"cannot INSERT into generated column"',
    page: `${manual}/gencol.html`,
    ofOperation: { bulkInsert: valuesOfComputed },
  },
];
