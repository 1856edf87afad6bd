import type { BulkInsert } from "../operations/bulk-insert.js";
import type { Execute } from "../operations/execute.js";
import { isSqlText, plainText } from "../schema/expressions.js";
import { nameText } from "../schema/names.js";
import type { FactsOf } from "./facts.js";
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

/** What SQL text does to rows; what it does to the schema is told by its effects, each by its own facts. */
export const execute: FactsOf<Execute> = ({ statement }) => {
  const text = (isSqlText(statement) ? plainText(statement) : statement.sql).replace(leadingComments, "");
  if (!dataVerb.test(text)) return { touches: [] };
  const flat = text.replace(/\s+/g, " ").trim();
  const shown = flat.length > 60 ? `${flat.slice(0, 60)}…` : flat;
  return { touches: [], rowChanges: [{ of: undefined, text: `changes rows by SQL: ${shown}` }] };
};
