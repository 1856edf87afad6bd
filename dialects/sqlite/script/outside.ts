const leadingComments = /^(?:\s+|--[^\n]*(?:\n|$)|\/\*[^]*?\*\/)*/;

/** What SQLite refuses inside a transaction, or passes over without a word: https://www.sqlite.org/pragma.html */
const outside =
  /^(?:vacuum|attach|detach|pragma\s+(?:\w+\s*\.\s*)?(?:foreign_keys|journal_mode|synchronous|wal_checkpoint|auto_vacuum|page_size|secure_delete)\b)/i;

/**
 * What of it changes the file, and not the connection alone: https://www.sqlite.org/lang_vacuum.html
 * https://www.sqlite.org/wal.html#persistence_of_wal_mode
 */
const lasting = /^(?:vacuum|pragma\s+(?:\w+\s*\.\s*)?(?:journal_mode|auto_vacuum|page_size)\s*[=(])/i;

const foreignKeys = /^pragma\s+(?:\w+\s*\.\s*)?foreign_keys\s*[=(]\s*['"]?(?<value>\w+)/i;
const foreignKeyCheck = /^pragma\s+(?:\w+\s*\.\s*)?foreign_key_check\b/i;

function bare(sql: string): string {
  return sql.replace(leadingComments, "");
}

/** Whether a statement has to stand between transactions. */
export function runsOutsideTransaction(sql: string): boolean {
  return outside.test(bare(sql));
}

/** Whether what a statement outside of transactions does outlives the connection, so that it is missed where it did not run. */
export function changesFile(sql: string): boolean {
  return lasting.test(bare(sql));
}

/** Whether a statement turns foreign keys on or off; undefined for every other statement. */
export function foreignKeysSetting(sql: string): "on" | "off" | undefined {
  const value = foreignKeys.exec(bare(sql))?.groups?.["value"];
  if (value === undefined) return undefined;
  return /^(?:off|no|false|0)$/i.test(value) ? "off" : "on";
}

/** Whether a statement lists the rows that violate a foreign key. */
export function checksForeignKeys(sql: string): boolean {
  return foreignKeyCheck.test(bare(sql));
}
