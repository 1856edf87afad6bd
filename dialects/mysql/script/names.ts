import type { ScriptModel } from "../../../src/compiler/script/model.js";
import { backticks } from "../../shared/sql-text/quotes.js";

/** The longest name of a table, in characters. */
const maxLength = 64;

/** The name of the table that tells how far a revision came, beside the version table. */
function progressName(model: ScriptModel): string {
  const suffix = "_progress";
  return [...model.versionTable.name].slice(0, maxLength - suffix.length).join("") + suffix;
}

/** The tables of a script, as its statements name them. */
export interface ScriptTables {
  readonly version: string;
  readonly progress: string;
  /** Conditions that hold while each is there. */
  readonly hasVersion: string;
  readonly hasVersionColumn: string;
  readonly hasProgress: string;
}

export function tablesOf(model: ScriptModel): ScriptTables {
  const { name, schema, qualified } = model.versionTable;
  const database = schema === undefined ? "DATABASE()" : model.literal(schema);
  const exists = (table: string, things = "tables", more = ""): string =>
    `EXISTS (SELECT 1 FROM information_schema.${things} WHERE table_schema = ${database} AND table_name = ${model.literal(table)}${more})`;
  const progress = progressName(model);
  const unquoted = /^[a-z_][a-z0-9_]*$/.test(progress) ? progress : backticks(progress);
  return {
    version: qualified,
    progress: schema === undefined ? unquoted : `${qualified.slice(0, qualified.lastIndexOf("."))}.${unquoted}`,
    hasVersion: exists(name),
    hasVersionColumn: exists(name, "columns", " AND column_name = 'version_num'"),
    hasProgress: exists(progress),
  };
}

/** The lock of a database against a second run; a name of a lock has 64 characters at most, so that a longer one is hashed. */
export const lockName = "CONCAT('alembic:', IF(CHAR_LENGTH(DATABASE()) > 56, SHA2(DATABASE(), 224), DATABASE()))";

/**
 * SQL text as a string of SQL. Line ends stay what they are, for a text that is read by people; sql_mode is set by the
 * script itself, so that a backslash always escapes.
 */
export function sqlString(text: string): string {
  const escaped = text.replace(/[\\']/g, (character) => (character === "'" ? "''" : "\\\\"));
  return `'${escaped.replaceAll("\0", "\\0").replaceAll("\r", "\\r").replaceAll("\x1a", "\\Z")}'`;
}
