import type { RenderContext } from "../../src/compiler/render-context.js";
import type { Table } from "../../src/schema/tables.js";

/** Options whose value is a string of the server's, and which therefore stand in quotes. */
const quoted: ReadonlySet<string> = new Set([
  ...["COMMENT", "PASSWORD", "CONNECTION", "DATA_DIRECTORY", "INDEX_DIRECTORY", "ENCRYPTION", "COMPRESSION"],
  ...["ENGINE_ATTRIBUTE", "SECONDARY_ENGINE_ATTRIBUTE"],
]);

/** Options of several words; the others keep their underscores. */
const spaced: ReadonlySet<string> = new Set([
  ...["DATA_DIRECTORY", "INDEX_DIRECTORY", "DEFAULT_CHARACTER_SET", "CHARACTER_SET", "DEFAULT_CHARSET"],
  ...["DEFAULT_COLLATE"],
]);

/** Options without an equals sign before their value. */
const unjoined: ReadonlySet<string> = new Set(["TABLESPACE", "DEFAULT_CHARACTER_SET", "CHARACTER_SET", "COLLATE"]);

const characterSets = ["DEFAULT_CHARSET", "DEFAULT_CHARACTER_SET", "CHARSET", "CHARACTER_SET"];
const partitioning = ["PARTITION_BY", "PARTITIONS", "SUBPARTITION_BY", "SUBPARTITIONS"];

type OptionValue = string | number | boolean | readonly string[];

/** `rowFormat` → ROW_FORMAT. */
function optionName(key: string, context: RenderContext): string {
  const name = key.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toUpperCase();
  if (/^[A-Z]\w*$/.test(name)) return name;
  throw context.unsupported(`"${key}" is not the name of a table option.`, "Write it in camelCase: rowFormat.");
}

function optionValue(name: string, value: OptionValue, context: RenderContext): string {
  if (typeof value === "boolean") return value ? "1" : "0";
  if (typeof value === "number") return String(value);
  if (typeof value !== "string") return `(${context.names(value)})`;
  const isQuotedAlready = name !== "COMMENT" && /^'(?:[^'\\]|''|\\.)*'$/s.test(value);
  return quoted.has(name) && !isQuotedAlready ? context.literal(value) : context.authorsText(value);
}

function optionText(name: string, value: OptionValue, context: RenderContext): string {
  const isPartitioning = partitioning.includes(name);
  const words = spaced.has(name) || isPartitioning ? name.replaceAll("_", " ") : name;
  const joiner = unjoined.has(name) || isPartitioning ? " " : "=";
  return words + joiner + optionValue(name, value, context);
}

/** The list of partitions stands behind SUBPARTITION BY, also when it was written with PARTITION BY. */
function splitOffDefinitions(options: Map<string, OptionValue>): string {
  const partitionBy = options.get("PARTITION_BY");
  if (typeof partitionBy !== "string" || !options.has("SUBPARTITION_BY")) return "";
  const [, method, definitions] = /^(.*?)\s*(\(\s*partition\s.*\))\s*$/is.exec(partitionBy) ?? [];
  if (method === undefined || definitions === undefined) return "";
  options.set("PARTITION_BY", method);
  return ` ${definitions}`;
}

/**
 * What stands behind the parentheses of CREATE TABLE: the options in the author's order, but the collation behind the
 * character set, and what says how the table is split at the end.
 * https://dev.mysql.com/doc/refman/8.4/en/create-table.html
 */
export function tableOptions(table: Table, context: RenderContext): string {
  const given = Object.entries(context.options(table.options)) as [string, OptionValue][];
  const options = new Map(given.map(([key, value]) => [optionName(key, context), value]));
  if (table.comment !== undefined) options.set("COMMENT", table.comment);
  const definitions = splitOffDefinitions(options);
  const names = [...options.keys()].filter((name) => !partitioning.includes(name));
  const hasCharacterSet = characterSets.some((name) => options.has(name));
  const isLast = (name: string): boolean => hasCharacterSet && name === "COLLATE";
  const ordered = [
    ...names.filter((name) => !isLast(name)),
    ...names.filter(isLast),
    ...partitioning.filter((name) => options.has(name)),
  ];
  return ordered.map((name) => ` ${optionText(name, options.get(name) ?? "", context)}`).join("") + definitions;
}
