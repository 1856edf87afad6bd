import type { Dialect } from "../../src/compiler/dialect.js";
import type { Table } from "../../src/schema/tables.js";
import { inheritedOptions, optionKey, resettable } from "./normal-options.js";
import { tableOptions } from "./table-options.js";

/**
 * The options that change, in place. How a table is split is none of them, since its rows move; a character set is that
 * of columns to come. https://dev.mysql.com/doc/refman/8.4/en/alter-table.html#alter-table-options
 */
export const alterTableOptions: NonNullable<Dialect["alterTableOptions"]> = (_before, after, changed, context) => {
  const isCharset = changed.some((name) => inheritedOptions.has(name));
  const isAsked = (key: string): boolean => {
    const name = optionKey(key);
    return changed.includes(name) || (isCharset && inheritedOptions.has(name));
  };
  const said = Object.entries(context.options(after.options)).filter(([key]) => isAsked(key));
  const known = new Set(said.map(([key]) => optionKey(key)));
  const gone = changed.filter((name) => !known.has(name));
  const usual = gone.map((name) => [name, resettable[name]] as const);
  const movesRows = (name: string): boolean => name === "prefixes" || /^(?:partition|subpartition)/.test(name);
  if (changed.some(movesRows) || usual.some(([, value]) => value === undefined)) return undefined;
  const options = Object.fromEntries([...said, ...usual]) as NonNullable<Table["options"]["mysql"]>;
  const text = tableOptions({ ...after, comment: undefined, options: { mysql: options } }, context);
  return [`ALTER TABLE ${context.qualified(after.schema, after.name)}${text}`];
};
