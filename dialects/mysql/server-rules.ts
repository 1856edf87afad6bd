import type { ServerRule } from "../../src/compiler/server-rules.js";
import {
  columnOfCheck,
  columnOfCompositeKey,
  distinctColumns,
  enumDefaults,
  renamedUnderCheck,
  valuesOfComputed,
} from "../shared/rules/columns.js";
import { columnOfIndexedExpression, sourceOfComputed, sourceOfDefault } from "../shared/rules/expressions.js";
import {
  columnOfForeignKey,
  foreignKeyTargets,
  foreignKeyTypes,
  indexOfForeignKey,
} from "../shared/rules/foreign-keys.js";
import { keyTypes, partitionKeys } from "../shared/rules/key-types.js";
import { beginsWith, sameColumns } from "../shared/rules/keys.js";
import { mentionedColumns } from "../shared/rules/mentions.js";
import { distinctNames, isCheck, isForeignKey, isIndex, isKey, type NameSpace } from "../shared/rules/names.js";
import { has } from "./features.js";
import {
  comparable,
  contradictedType,
  defaultOfOtherType,
  folded,
  foreignKeysOfPartitioned,
  jsonKey,
  keptNotNull,
  largeKey,
  partitionColumns,
  unsafeDefault,
  zeroOfAutoincrement,
} from "./rule-checks.js";

const manual = "https://dev.mysql.com/doc/refman/8.4/en";
const knowledgeBase = "https://mariadb.com/kb/en";

/** What both servers refuse, with the numbers of each. */
function commonRules(answers: Readonly<Record<CommonAnswer, string>>): readonly ServerRule[] {
  return [
    {
      code: "column-exists",
      answer: "error 1060",
      page: `${manual}/create-table.html`,
      ofTable: distinctColumns(folded),
    },
    {
      code: "mentioned-column",
      answer: answers.mentionedColumn,
      page: `${manual}/create-table-check-constraints.html`,
      ofTable: mentionedColumns,
    },
    {
      code: "foreign-key-types",
      answer: answers.foreignKeyTypes,
      page: `${manual}/create-table-foreign-keys.html#foreign-key-restrictions`,
      ofTable: foreignKeyTypes(comparable),
    },
    {
      code: "foreign-key-index",
      answer: "error 1553",
      page: `${manual}/create-table-foreign-keys.html#foreign-key-restrictions`,
      ofOperation: { dropIndex: indexOfForeignKey, dropConstraint: indexOfForeignKey },
    },
    {
      code: "foreign-key-column",
      answer: answers.foreignKeyColumn,
      page: `${manual}/alter-table.html#alter-table-add-drop-column`,
      ofOperation: { dropColumn: columnOfForeignKey },
    },
    {
      code: "check-column",
      answer: answers.checkColumn,
      page: `${manual}/create-table-check-constraints.html`,
      ofOperation: { dropColumn: columnOfCheck },
    },
    {
      code: "partition-key",
      answer: "error 1503",
      page: `${manual}/partitioning-limitations-partitioning-keys-unique-keys.html`,
      ofTable: partitionKeys(partitionColumns),
    },
    {
      code: "partition-foreign-key",
      answer: "error 1506",
      page: `${manual}/partitioning-limitations.html`,
      ofTable: foreignKeysOfPartitioned,
    },
    {
      code: "enum-default",
      answer: "error 1067",
      page: `${manual}/enum.html`,
      ofTable: enumDefaults,
    },
    {
      code: "type-default",
      answer: "error 1067",
      page: `${manual}/data-type-defaults.html`,
      ofOperation: { alterColumn: defaultOfOtherType },
    },
    {
      code: "computed-value",
      answer: answers.computedValue,
      page: `${manual}/create-table-generated-columns.html`,
      ofOperation: { bulkInsert: valuesOfComputed },
    },
    {
      code: "existing-type",
      answer: "nothing",
      page: `${manual}/alter-table.html#alter-table-redefine-column`,
      isOnlySaid: true,
      ofOperation: { alterColumn: contradictedType },
    },
    {
      code: "kept-not-null",
      answer: "error 1138 or 1265, where there are NULLs",
      page: `${manual}/alter-table.html#alter-table-redefine-column`,
      isOnlySaid: true,
      ofOperation: { alterColumn: keptNotNull },
    },
    {
      code: "autoincrement-zero",
      answer: "another number, unless sql_mode has NO_AUTO_VALUE_ON_ZERO",
      page: `${manual}/sql-mode.html#sqlmode_no_auto_value_on_zero`,
      ofOperation: { bulkInsert: zeroOfAutoincrement },
    },
  ];
}

type CommonAnswer = "mentionedColumn" | "foreignKeyTypes" | "foreignKeyColumn" | "checkColumn" | "computedValue";

const foreignKeyNames: NameSpace = { what: "foreign keys", has: isForeignKey, reach: "schema" };
const indexNames: NameSpace = {
  what: "indexes and unique constraints",
  has: (item) => isIndex(item) || isKey(item),
  reach: "table",
};

/** What MySQL refuses: https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html */
export const serverRules: readonly ServerRule[] = [
  {
    code: "index-source",
    answer: "error 3837",
    page: `${manual}/create-index.html#create-index-functional-key-parts`,
    ofOperation: { dropColumn: columnOfIndexedExpression, alterColumn: columnOfIndexedExpression },
  },
  ...commonRules({
    mentionedColumn: "error 3820 or 1054",
    foreignKeyTypes: "error 3780",
    foreignKeyColumn: "error 1828",
    checkColumn: "error 3959",
    computedValue: "error 3105",
  }),
  {
    code: "name-taken",
    answer: "error 1061, 1826 or 3822",
    page: `${manual}/create-table.html`,
    ofTable: distinctNames([foreignKeyNames, indexNames, { what: "checks", has: isCheck, reach: "schema" }]),
  },
  {
    code: "key-type",
    answer: "error 1170",
    page: `${manual}/column-indexes.html#column-indexes-prefix`,
    ofTable: keyTypes(largeKey),
  },
  { code: "key-type", answer: "error 3152", page: `${manual}/json.html`, ofTable: keyTypes(jsonKey) },
  {
    code: "foreign-key-target",
    answer: "error 6125 (1822 before 8.4), or 1553 where the key is dropped",
    page: `${manual}/create-table-foreign-keys.html#foreign-key-restrictions`,
    ofTable: foreignKeyTargets(
      ({ isUnique, columns }, referred, context) =>
        has("uniqueReferences", context) ? isUnique && sameColumns(columns, referred) : beginsWith(columns, referred),
      "unique key",
    ),
  },
  {
    code: "computed-source",
    answer: "error 3108",
    page: `${manual}/create-table-generated-columns.html`,
    ofOperation: { dropColumn: sourceOfComputed, alterColumn: sourceOfComputed },
  },
  {
    code: "default-source",
    answer: "error 3766",
    page: `${manual}/data-type-defaults.html`,
    ofOperation: { dropColumn: sourceOfDefault, alterColumn: sourceOfDefault },
  },
  {
    code: "check-column",
    answer: "error 3959",
    page: `${manual}/create-table-check-constraints.html`,
    ofOperation: {
      *alterColumn(change) {
        if (has("checks", change.context)) yield* renamedUnderCheck(change);
      },
    },
  },
  {
    code: "unsafe-default",
    answer: "error 1674",
    page: `${manual}/replication-rbr-safe-unsafe.html`,
    ofOperation: { addColumn: unsafeDefault },
  },
];

/** What MariaDB refuses: https://mariadb.com/kb/en/mariadb-error-codes/ */
export const mariadbServerRules: readonly ServerRule[] = [
  ...commonRules({
    mentionedColumn: "error 1054",
    foreignKeyTypes: "error 1005 (errno: 150), or 1832 and 1833",
    foreignKeyColumn: "error 1553",
    checkColumn: "error 1054",
    computedValue: "error 1906",
  }),
  {
    code: "name-taken",
    answer: "error 1061 or 1005 (errno: 121)",
    page: `${knowledgeBase}/foreign-keys/`,
    ofTable: distinctNames([foreignKeyNames, indexNames]),
  },
  {
    code: "key-type",
    answer: "error 1170",
    page: `${knowledgeBase}/getting-started-with-indexes/`,
    // an index or unique constraint over all of a TEXT is made since 10.4, by a hash where it must be
    ofTable: keyTypes((column) =>
      column.key.kind === "primaryKey" || !has("uniqueKeysOfLargeColumns", column.context)
        ? largeKey(column)
        : undefined,
    ),
  },
  {
    code: "foreign-key-target",
    answer: "error 1005 (errno: 150), or 1553 where the index is dropped",
    takenUnchecked: ["dropConstraint", "dropIndex"],
    page: `${knowledgeBase}/foreign-keys/`,
    ofTable: foreignKeyTargets(({ columns }, referred) => beginsWith(columns, referred), "key or index"),
  },
  {
    code: "composite-key-column",
    answer: "error 1072",
    page: `${knowledgeBase}/alter-table/#drop-column`,
    ofOperation: { dropColumn: columnOfCompositeKey },
  },
  {
    code: "computed-source",
    answer: "error 1054",
    page: `${knowledgeBase}/generated-columns/`,
    ofOperation: { dropColumn: sourceOfComputed },
  },
  {
    code: "default-source",
    answer: "error 1054",
    page: `${knowledgeBase}/create-table/#default-column-option`,
    ofOperation: { dropColumn: sourceOfDefault },
  },
];
