import type { RenderContext } from "../../src/compiler/render-context.js";
import type { Breach, Change, ServerRule } from "../../src/compiler/server-rules.js";
import { defaultOf } from "../../src/schema/columns.js";
import { isSqlText, plainText } from "../../src/schema/expressions.js";
import type { Name } from "../../src/schema/names.js";
import { nameText } from "../../src/schema/names.js";
import type { Table } from "../../src/schema/tables.js";
import {
  columnOfCheck,
  columnOfCompositeKey,
  distinctColumns,
  enumDefaults,
  renamedUnderCheck,
  retypingOf,
  sourceOfComputed,
  valuesOfComputed,
} from "../shared/rules/columns.js";
import {
  columnOfForeignKey,
  foreignKeyTargets,
  foreignKeyTypes,
  indexOfForeignKey,
} from "../shared/rules/foreign-keys.js";
import { keyTypes, partitionKeys, type KeyColumn } from "../shared/rules/key-types.js";
import { beginsWith, sameColumns } from "../shared/rules/keys.js";
import { mentionedColumns } from "../shared/rules/mentions.js";
import { distinctNames, isCheck, isForeignKey, isIndex, isKey, type NameSpace } from "../shared/rules/names.js";
import { isAutoincrement } from "./columns.js";
import { has } from "./features.js";
import { rules } from "./rules.js";

const manual = "https://dev.mysql.com/doc/refman/8.4/en";
const knowledgeBase = "https://mariadb.com/kb/en";

function folded(name: Name): string {
  return nameText(name).toLowerCase();
}

/**
 * What of a type both sides of a foreign key must have: integers their size and sign, texts their character set where both
 * say it; lengths and digits may differ.
 */
function comparable(type: string): string | undefined {
  const canonical = rules.canonicalType?.(type) ?? type;
  const [, word = ""] = /^(?:NATIONAL )?(\w+)/.exec(canonical) ?? [];
  if (/^(?:VARCHAR|CHAR)$/.test(word)) return "TEXT";
  if (/^(?:VARBINARY|BINARY)$/.test(word)) return "BYTES";
  return canonical.includes(" UNSIGNED") ? `${word} UNSIGNED` : word;
}

/** The columns of an index with a length: only so many characters of each are in it. */
function hasLength({ key, column, context }: KeyColumn): boolean {
  if (key.of.kind !== "index") return false;
  const { length, prefix } = context.options(key.of.options) as { length?: unknown; prefix?: unknown };
  if (prefix !== undefined) return true; // FULLTEXT and SPATIAL indexes have rules of their own
  return (
    typeof length === "number" || (typeof length === "object" && length !== null && nameText(column.name) in length)
  );
}

const lob = /^(?:TINY|MEDIUM|LONG)?(?:TEXT|BLOB)\b/;

function largeKey(column: KeyColumn): { readonly why: string; readonly hint: string } | undefined {
  if (!lob.test(column.type) || hasLength(column)) return undefined;
  return {
    why: "of which a key needs a length",
    hint:
      "Give the index a length: { mysql: { length: 100 } }, or the column a type with one: t.string(255)." +
      (column.key.kind === "index" ? "" : " A constraint takes no length: make it an index with unique: true."),
  };
}

function jsonKey(column: KeyColumn): { readonly why: string; readonly hint: string } | undefined {
  if (column.type !== "JSON" || hasLength(column)) return undefined;
  return {
    why: "which is indexed only by its parts",
    hint: "Index an expression, or a computed column, over a path of the document.",
  };
}

/** The columns by which a table is parted, as far as its option names them; undefined when it does not. */
function partitionColumns(table: Table, context: RenderContext): readonly Name[] | undefined {
  const { partitionBy } = context.options(table.options) as { partitionBy?: unknown };
  if (typeof partitionBy !== "string") return undefined;
  const [, list = ""] = /\((.*?)\)\s*(?:PARTITIONS?\b|SUBPARTITION|\(|$)/is.exec(partitionBy) ?? [];
  const words = new Set(
    [...list.matchAll(/`((?:[^`]|``)+)`|([\p{L}_][\p{L}\p{N}_$]*)(?!\s*\()/gu)].map(([, quoted, word]) =>
      folded(quoted ?? word ?? ""),
    ),
  );
  return table.columns.map(({ name }) => name).filter((name) => words.has(folded(name)));
}

function* foreignKeysOfPartitioned({
  table,
  context,
}: {
  readonly table: Table;
  readonly context: RenderContext;
}): Iterable<Breach> {
  if (partitionColumns(table, context) === undefined) return;
  if (!table.constraints.some(({ kind }) => kind === "foreignKey")) return;
  yield {
    text: `the table "${nameText(table.name)}" is partitioned and has a foreign key.`,
    hint: "Leave out the partitions or the foreign key.",
  };
}

/** https://dev.mysql.com/doc/refman/8.4/en/replication-rbr-safe-unsafe.html */
const unsafeCalls =
  /\b(?:found_rows|get_lock|is_free_lock|is_used_lock|load_file|rand|random_bytes|release_lock|row_count|session_user|sleep|source_pos_wait|sysdate|system_user|user|uuid|uuid_short)\s*\(|\bcurrent_user\b/i;

function* unsafeDefault({ operation, context }: Change<"addColumn">): Iterable<Breach> {
  for (const column of operation.addition.columns) {
    const value = defaultOf(column);
    if (!isSqlText(value)) continue;
    const [call] = unsafeCalls.exec(plainText(value).replace(/'(?:[^']|'')*'/g, "''")) ?? [];
    if (call === undefined) continue;
    const name = nameText(column.name);
    const table = nameText(operation.addition.name);
    yield {
      text: `the default of "${table}.${name}" calls ${call.replace(/\s*\($/, "")}(), of which each row, and each replica, would get another value.`,
      hint:
        `Take two steps: add the column without the default and fill it by op.execute("UPDATE ${context.name(table)} SET ${context.name(name)} = …"), ` +
        `then op.alterColumn("${table}", "${name}", { serverDefault: … }).`,
    };
  }
}

function isZero(given: unknown): boolean {
  const value = typeof given === "object" && given !== null && "text" in given ? given.text : given;
  return typeof value === "string"
    ? /^[+-]?0+$/.test(value)
    : (typeof value === "number" || typeof value === "bigint") && Number(value) === 0;
}

/** A zero for AUTO_INCREMENT is the next number, unless the session says NO_AUTO_VALUE_ON_ZERO. */
function* zeroOfAutoincrement({ before, operation }: Change<"bulkInsert">): Iterable<Breach> {
  const target = operation.table;
  const schema = target.kind === "table" ? target.schema : undefined;
  if (before.unknownBecauseOf(schema, target.name) !== undefined) return;
  const table = before.table(schema, target.name) ?? (target.kind === "table" ? target : undefined);
  const counted = table?.columns.find((column) => isAutoincrement(column, table));
  if (counted === undefined) return;
  const name = nameText(counted.name);
  const position = operation.rows.findIndex((row) => isZero(row[name]));
  if (position === -1) return;
  const called = nameText(target.name);
  yield {
    text: `row ${position + 1} has 0 for "${called}.${name}", which is AUTO_INCREMENT: the server would put the next number there.`,
    hint:
      `Give the row another number, and set it to 0 after: op.execute("UPDATE ${called} SET ${name} = 0 WHERE ${name} = …"); ` +
      "or leave the column out for the next number.",
  };
}

/** A text default that no number, or no date, can come of. */
function* defaultOfOtherType(change: Change<"alterColumn">): Iterable<Breach> {
  const retyping = retypingOf(change);
  if (retyping === undefined || change.operation.change.serverDefault !== undefined) return;
  const value = defaultOf(retyping.column);
  if (
    typeof value !== "string" ||
    !isNumeric(retyping.to) ||
    /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i.test(value)
  )
    return;
  yield {
    text: `the default '${value}' of "${nameText(retyping.column.name)}" is no ${retyping.to}.`,
    hint: "Say the new default in the same call: serverDefault, or null for none.",
  };
}

function isNumeric(type: string): boolean {
  return /^(?:TINYINT|SMALLINT|MEDIUMINT|INTEGER|BIGINT|DECIMAL|NUMERIC|FLOAT|DOUBLE|REAL|BOOL)\b/.test(type);
}

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
];
