import type { BulkInsert } from "../operations/bulk-insert.js";
import type { Execute } from "../operations/execute.js";
import { isSqlText, textOfSql } from "../schema/expressions.js";
import { nameText } from "../schema/names.js";
import { factsOfChange, factsOfObject } from "./effects.js";
import type { FactsOf, RowChange } from "./facts.js";
import { tableOf } from "./object-names.js";

const dataVerb = /^(?:with\b[^]*?\b)?(insert|update|delete|merge|replace|truncate|copy|load)\b/i;
const leadingComments = /^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/;

export const bulkInsert: FactsOf<BulkInsert> = ({ table, rows }) => {
  const schema = table.kind === "table" ? table.schema : undefined;
  const of = tableOf({ schema, tableName: table.name });
  return {
    touches: [{ ...of, how: "changesRows" }],
    rowChanges: [{ of, text: `inserts ${rows.length} rows into ${nameText(table.name)}` }],
  };
};

function rowChangesOf({ statement }: Execute): readonly RowChange[] {
  const text = (isSqlText(statement) ? textOfSql(statement) : statement.sql).replace(leadingComments, "");
  if (!dataVerb.test(text)) return [];
  const flat = text.replace(/\s+/g, " ").trim();
  const shown = flat.length > 60 ? `${flat.slice(0, 60)}…` : flat;
  return [{ of: undefined, text: `changes rows by SQL: ${shown}` }];
}

/**
 * What SQL text does to rows, and to objects in ways that no operation says. The operations that it stands for have
 * their own facts.
 */
export const execute: FactsOf<Execute> = (operation, { before }) => {
  const { changes = [], objects = [] } = operation.effects ?? {};
  const effects = [
    ...changes.map((change) => factsOfChange(change, before)),
    ...objects.map((effect) => factsOfObject(effect, before)),
  ];
  return {
    touches: effects.flatMap(({ touches }) => touches),
    losses: effects.flatMap(({ losses = [] }) => losses),
    failures: effects.flatMap(({ failures = [] }) => failures),
    breaks: effects.flatMap(({ breaks = [] }) => breaks),
    rowChanges: rowChangesOf(operation),
  };
};
