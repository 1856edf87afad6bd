import { renderIdentifier } from "../../../src/compiler/identifiers.js";
import type { ScriptModel } from "../../../src/compiler/script/model.js";
import type { Name } from "../../../src/schema/names.js";
import { doubleQuotes, singleQuotes } from "../../shared/sql-text/quotes.js";
import { identifiers } from "../identifiers.js";

/** A name as the data dictionary holds it, as a string: in capitals unless it is in quotes. */
export function dictionaryName(name: Name): string {
  const written = renderIdentifier(identifiers, name);
  return singleQuotes(written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written.toUpperCase());
}

/** An expression for the schema, as the data dictionary holds it. */
export function dictionarySchema(schema: Name | undefined): string {
  return schema === undefined ? "SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA')" : dictionaryName(schema);
}

/** The table that says which revision is half-applied, and at which of its steps. */
export interface ProgressTable {
  readonly qualified: string;
  readonly dictionaryName: string;
}

export function progressTable({ versionTable }: ScriptModel): ProgressTable {
  const { name, qualified } = versionTable;
  const progress = `${name}_progress`;
  const written = renderIdentifier(identifiers, progress);
  const isQuoted = qualified.endsWith(doubleQuotes(name));
  const end = (isQuoted ? doubleQuotes(name) : name).length;
  return { qualified: qualified.slice(0, -end) + written, dictionaryName: dictionaryName(progress) };
}
