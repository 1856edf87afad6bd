import type { NormalForm } from "../../src/catalog/normal-form.js";
import type { ExpressionGrammar } from "../shared/expressions/parser.js";
import { wordsText } from "../shared/expressions/words-text.js";
import { canonicalCharset } from "./normal-types.js";

type Options = Readonly<Record<string, unknown>>;

/** Options of a table under one name each. https://dev.mysql.com/doc/refman/8.4/en/create-table.html */
const names: Readonly<Record<string, string>> = {
  characterSet: "charset",
  defaultCharset: "charset",
  defaultCharacterSet: "charset",
  defaultCollate: "collate",
  type: "engine",
};

/** An option under the name that stands for all of its names. */
export function optionKey(name: string): string {
  return names[name] ?? name;
}

/** What a server does where an option is not given, as it may be given too. */
export const resettable: Readonly<Record<string, string>> = {
  engine: "InnoDB",
  rowFormat: "DEFAULT",
  packKeys: "DEFAULT",
  statsPersistent: "DEFAULT",
  statsAutoRecalc: "DEFAULT",
  keyBlockSize: "0",
  checksum: "0",
  delayKeyWrite: "0",
  minRows: "0",
  maxRows: "0",
  avgRowLength: "0",
};

/** How a table is split; that a part is in the engine of its table says nothing. */
function partitionText(text: string, grammar: ExpressionGrammar): string {
  return wordsText(text, grammar)
    .replace(/ (?:storage )?engine = innodb(?= |$)/g, "")
    .replace(/\( maxvalue \)/g, "maxvalue");
}

function optionValue(name: string, value: unknown, grammar: ExpressionGrammar): unknown {
  if (typeof value === "boolean") return value ? "1" : "0";
  if (typeof value === "number") return String(value);
  if (typeof value !== "string") return value;
  if (/^(?:partition|subpartition)/.test(name)) return partitionText(value, grammar);
  return name === "charset" || name === "collate" ? canonicalCharset(value) : value.toLowerCase();
}

/** The counter is data, and no part of a schema. */
function tableOptions(options: Options, grammar: ExpressionGrammar): Options {
  const entries = Object.entries(options)
    .filter(([name]) => name !== "autoIncrement")
    .map(([name, value]) => {
      const known = optionKey(name);
      return [known, optionValue(known, value, grammar)] as const;
    });
  return Object.fromEntries(entries.filter(([name, value]) => resettable[name]?.toLowerCase() !== value));
}

/** Options of an index without those that it has anyway. */
function indexOptions(options: Options): Options {
  const { using, visible, prefix, ...others } = options;
  const method = typeof using === "string" ? using.toUpperCase() : using;
  return {
    ...others,
    ...(method !== undefined && method !== "BTREE" && { using: method }),
    ...(visible === false && { visible }),
    ...(typeof prefix === "string" && { prefix: prefix.toUpperCase() }),
  };
}

/** Options without those that say what a server does anyway. */
export function optionsWith(grammar: ExpressionGrammar): NonNullable<NormalForm["options"]> {
  return (owner, options) => {
    switch (owner) {
      case "table":
        return tableOptions(options, grammar);
      case "index":
      case "constraint":
        return indexOptions(options);
      case "column": {
        const { visible, ...others } = options;
        return visible === false ? options : others;
      }
    }
  };
}

/** Options that a table has from its database where it does not say them. */
export const inheritedOptions: ReadonlySet<string> = new Set(["charset", "collate"]);
