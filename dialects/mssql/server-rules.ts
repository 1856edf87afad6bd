import type { ServerRule } from "../../src/compiler/server-rules.js";
import type { Name } from "../../src/schema/names.js";
import { nameText } from "../../src/schema/names.js";
import { distinctColumns, enumDefaults, renamedUnderCheck, valuesOfComputed } from "../shared/rules/columns.js";
import { columnOfIndexedExpression, sourceOfComputed } from "../shared/rules/expressions.js";
import { foreignKeyTargets, foreignKeyTypes } from "../shared/rules/foreign-keys.js";
import { keyTypes } from "../shared/rules/key-types.js";
import { sameColumns } from "../shared/rules/keys.js";
import { mentionedColumns } from "../shared/rules/mentions.js";
import { distinctNames, isConstraint, isIndex } from "../shared/rules/names.js";
import { ownAlterations } from "./own-alterations.js";
import { typeInUse } from "./types-in-use.js";

const manual = "https://learn.microsoft.com/sql";

/** The usual collations take no notice of case. */
function folded(name: Name): string {
  return nameText(name).toLowerCase();
}

const neverInKeys = /\(MAX\)|^(?:TEXT|NTEXT|IMAGE|XML|GEOGRAPHY|GEOMETRY|JSON)\b/;

/** Both sides have the same type with the same length: https://learn.microsoft.com/sql/relational-databases/tables/create-foreign-key-relationships */
function comparable(type: string): string {
  return type
    .replace(/\s+COLLATE\s+\S+/, "")
    .replace(/^INT\b/, "INTEGER")
    .replace(/^NUMERIC\b/, "DECIMAL");
}

/** What SQL Server refuses: https://learn.microsoft.com/sql/relational-databases/errors-events/database-engine-events-and-errors */
export const serverRules: readonly ServerRule[] = [
  {
    code: "column-exists",
    answer: "Msg 2705",
    page: `${manual}/t-sql/statements/create-table-transact-sql`,
    ofTable: distinctColumns(folded),
  },
  {
    code: "name-taken",
    answer: "Msg 2714 or 1913",
    page: `${manual}/t-sql/statements/create-table-transact-sql`,
    ofTable: distinctNames([
      { what: "constraints", has: isConstraint, reach: "schema", withTables: true },
      {
        what: "indexes and keys",
        has: (item) => isIndex(item) || item.kind === "primaryKey" || item.kind === "unique",
        reach: "table",
      },
    ]),
  },
  {
    code: "mentioned-column",
    answer: "Msg 207",
    page: `${manual}/relational-databases/tables/create-check-constraints`,
    ofTable: mentionedColumns,
  },
  {
    code: "foreign-key-types",
    answer: "Msg 1778 or 1753",
    page: `${manual}/relational-databases/tables/create-foreign-key-relationships`,
    ofTable: foreignKeyTypes(comparable),
  },
  {
    code: "foreign-key-target",
    answer: "Msg 1776, or 3725 where the key is dropped",
    page: `${manual}/relational-databases/tables/primary-and-foreign-key-constraints`,
    ofTable: foreignKeyTargets(
      ({ isUnique, columns, of }, referred, context) =>
        isUnique &&
        sameColumns(columns, referred) &&
        (of.kind !== "index" || context.options(of.options)["where"] === undefined),
      "primary key, unique constraint or unique index",
    ),
  },
  {
    code: "key-type",
    answer: "Msg 1919",
    page: `${manual}/t-sql/statements/create-index-transact-sql#remarks`,
    ofTable: keyTypes(({ type, key, context }) => {
      if (!neverInKeys.test(type)) return undefined;
      if (key.of.kind === "index" && context.options(key.of.options)["columnstore"] === true) return undefined;
      return { why: "which no key or index takes", hint: "Give the column a length: t.string(450)." };
    }),
  },
  {
    code: "type-in-use",
    answer: "Msg 5074",
    page: `${manual}/t-sql/statements/alter-table-transact-sql#alter-column`,
    ofOperation: { alterColumn: typeInUse, execute: ownAlterations },
  },
  {
    code: "computed-source",
    answer: "Msg 5074",
    page: `${manual}/t-sql/statements/alter-table-transact-sql#drop-column`,
    ofOperation: { dropColumn: sourceOfComputed },
  },
  {
    code: "enforced-dependency",
    answer: "Msg 15336",
    page: `${manual}/relational-databases/system-catalog-views/sys-sql-expression-dependencies-transact-sql`,
    ofOperation: {
      *alterColumn(change) {
        yield* renamedUnderCheck(change);
        yield* sourceOfComputed(change);
        yield* columnOfIndexedExpression(change);
      },
    },
  },
  {
    code: "enum-default",
    answer: "Msg 547",
    isOnlySaid: true,
    page: `${manual}/relational-databases/tables/unique-constraints-and-check-constraints`,
    ofTable: enumDefaults,
  },
  {
    code: "computed-value",
    answer: "Msg 271",
    page: `${manual}/relational-databases/tables/specify-computed-columns-in-a-table`,
    ofOperation: { bulkInsert: valuesOfComputed },
  },
];
