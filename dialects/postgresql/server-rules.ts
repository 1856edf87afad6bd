import { cutName } from "../../src/compiler/identifiers.js";
import type { RenderContext } from "../../src/compiler/render-context.js";
import type { Breach, Change, ServerRule } from "../../src/compiler/server-rules.js";
import { tableOfIndex } from "../../src/operations/drop-index.js";
import { defaultOf } from "../../src/schema/columns.js";
import type { Name } from "../../src/schema/names.js";
import { nameText } from "../../src/schema/names.js";
import type { Table } from "../../src/schema/tables.js";
import { distinctColumns, enumDefaults, retypingOf, valuesOfComputed } from "../shared/rules/columns.js";
import { retypedSourceOfComputed } from "../shared/rules/expressions.js";
import { foreignKeyTargets } from "../shared/rules/foreign-keys.js";
import { keyTypes, partitionKeys } from "../shared/rules/key-types.js";
import { sameColumns } from "../shared/rules/keys.js";
import { mentionedColumns } from "../shared/rules/mentions.js";
import { distinctNames, isConstraint, isIndex, isKey } from "../shared/rules/names.js";
import { castsByItself, castsDefaultByItself } from "./casts.js";
import { identifiers } from "./identifiers.js";

const manual = "https://www.postgresql.org/docs/current";

/** The columns by which a table is parted, of `RANGE (a, b)`; an operator class or collation may stand behind each. */
function partitionColumns(table: Table, context: RenderContext): readonly Name[] | "expression" | undefined {
  const text = context.options(table.options)["partitionBy"];
  if (typeof text !== "string") return undefined;
  const [, list = ""] = /\(([\s\S]*)\)/.exec(text) ?? [];
  const names = list
    .split(",")
    .map((part) => /^\s*(?:"((?:[^"]|"")+)"|([\p{L}_][\p{L}\p{N}_$]*))(?:\s+[\p{L}_"][^()]*)?\s*$/u.exec(part));
  if (names.some((match) => match === null)) return "expression";
  return names.map((match) => match?.[1]?.replaceAll('""', '"') ?? match?.[2]?.toLowerCase() ?? "");
}

function isPartitioned(table: Table | undefined): boolean {
  return table?.options.postgresql?.["partitionBy"] !== undefined;
}

function* concurrentIndexOfPartitioned({
  operation,
  before,
  context,
}: Change<"createIndex" | "dropIndex">): Iterable<Breach> {
  const options = operation.kind === "createIndex" ? operation.index.options : operation.options;
  if (context.options(options)["concurrently"] !== true) return;
  const table =
    operation.kind === "createIndex"
      ? before.table(operation.schema, operation.tableName)
      : tableOfIndex(before, operation);
  if (table === undefined || !isPartitioned(table)) return;
  const name = nameText(table.name);
  yield operation.kind === "createIndex"
    ? {
        text: `the index is to be made concurrently, and "${name}" is partitioned.`,
        hint:
          `Make it on the table alone: op.execute("CREATE INDEX ix ON ONLY ${name} (…)"), make one concurrently on each partition, ` +
          "and attach those: ALTER INDEX ix ATTACH PARTITION ….",
      }
    : {
        text: `the index is to be dropped concurrently, and "${name}" is partitioned.`,
        hint: "Leave out concurrently.",
      };
}

function* castOfType(change: Change<"alterColumn">): Iterable<Breach> {
  const retyping = retypingOf(change);
  if (retyping === undefined) return;
  const { operation, column, type, from, to } = retyping;
  const name = nameText(column.name);
  const using = change.context.options(operation.options)["using"];
  if (using === undefined && !castsByItself(change.context.variant(column.type), change.context.variant(type))) {
    yield {
      text: `"${name}" does not go from ${from} to ${to} by itself.`,
      hint: `Say how: { postgresql: { using: sql\`${name}::${change.context.type(type)}\` } }.`,
    };
  }
  const value = defaultOf(column);
  if (operation.change.serverDefault !== undefined || value === undefined) return;
  if (castsDefaultByItself(value, change.context.variant(column.type), change.context.variant(type))) return;
  yield {
    text: `the default of "${name}" does not go from ${from} to ${to} by itself.`,
    hint: "Say the new default in the same call: serverDefault, or null for none.",
  };
}

/** https://www.postgresql.org/docs/current/indexes-opclass.html: types without an operator class for B-trees. */
const withoutOrder = /^(?:JSON|XML|POINT|LINE|LSEG|BOX|PATH|POLYGON|CIRCLE|JSONPATH|TXID_SNAPSHOT)$/;

/** What PostgreSQL refuses: https://www.postgresql.org/docs/current/errcodes-appendix.html */
export const serverRules: readonly ServerRule[] = [
  {
    code: "column-exists",
    answer: "42701",
    page: `${manual}/sql-createtable.html`,
    ofTable: distinctColumns((name) => cutName(identifiers, name) ?? nameText(name)),
  },
  {
    code: "name-taken",
    answer: "42P07 or 42710",
    page: `${manual}/sql-createtable.html`,
    ofTable: distinctNames([
      {
        what: "indexes, primary keys and unique constraints",
        has: (item) => isIndex(item) || isKey(item),
        reach: "schema",
        withTables: true,
      },
      { what: "constraints", has: isConstraint, reach: "table" },
    ]),
  },
  {
    code: "mentioned-column",
    answer: "42703",
    page: `${manual}/ddl-constraints.html`,
    ofTable: mentionedColumns,
  },
  {
    code: "foreign-key-target",
    answer: "42830, or 2BP01 where the key is dropped",
    page: `${manual}/ddl-constraints.html#DDL-CONSTRAINTS-FK`,
    ofTable: foreignKeyTargets(
      ({ isUnique, columns, of }, referred, context) =>
        isUnique &&
        sameColumns(columns, referred) &&
        (of.kind !== "index" || context.options(of.options)["where"] === undefined) &&
        (of.kind !== "unique" || of.deferrable !== true),
      "primary key, unique constraint or unique index",
    ),
  },
  {
    code: "partition-key",
    answer: "0A000",
    page: `${manual}/ddl-partitioning.html#DDL-PARTITIONING-DECLARATIVE-LIMITATIONS`,
    ofTable: partitionKeys(partitionColumns),
  },
  {
    code: "concurrent-partitioned-index",
    answer: "0A000",
    page: `${manual}/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY`,
    ofOperation: { createIndex: concurrentIndexOfPartitioned, dropIndex: concurrentIndexOfPartitioned },
  },
  {
    code: "key-type",
    answer: "42704",
    page: `${manual}/indexes-opclass.html`,
    ofTable: keyTypes(({ key, column, type, context }) => {
      if (!withoutOrder.test(type)) return undefined;
      const { using, ops } = key.of.kind === "index" ? context.options(key.of.options) : {};
      const classes = (ops ?? {}) as Readonly<Record<string, string>>;
      if ((using !== undefined && !/^(?:btree|hash)$/i.test(using as string)) || nameText(column.name) in classes)
        return undefined;
      return {
        why: "a type without an order",
        hint:
          type === "JSON"
            ? "Use postgresql.JSONB(), or index an expression: sql`(a ->> 'k')`."
            : 'Leave the column out, or use another method: { postgresql: { using: "gist" } }.',
      };
    }),
  },
  {
    code: "type-cast",
    answer: "42804",
    page: `${manual}/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DATA-TYPE`,
    ofOperation: { alterColumn: castOfType },
  },
  {
    code: "computed-source",
    answer: "0A000",
    page: `${manual}/ddl-generated-columns.html`,
    ofOperation: { alterColumn: retypedSourceOfComputed },
  },
  {
    code: "enum-default",
    answer: "22P02",
    page: `${manual}/datatype-enum.html`,
    ofTable: enumDefaults,
  },
  {
    code: "computed-value",
    answer: "428C9",
    page: `${manual}/ddl-generated-columns.html`,
    ofOperation: { bulkInsert: valuesOfComputed },
  },
];
