import type { Catalog } from "../../src/catalog/catalog.js";
import type { RenderContext } from "../../src/compiler/render-context.js";
import type { UnsupportedError } from "../../src/errors.js";
import type { Name } from "../../src/schema/names.js";
import { nameText } from "../../src/schema/names.js";
import type { Table } from "../../src/schema/tables.js";

/** A table of the replayed schema; undefined also when SQL text may have made it another one. */
export function knownTable(catalog: Catalog, schema: Name | undefined, name: Name): Table | undefined {
  return catalog.unknownBecauseOf(schema, name) === undefined ? catalog.table(schema, name) : undefined;
}

/** The error for a change that needs the table, when nobody said what the table is. */
export function unknownTable(
  obstacle: string,
  { schema, name }: { readonly schema: Name | undefined; readonly name: Name },
  context: RenderContext,
): UnsupportedError {
  const text = nameText(name);
  const because = context.before.unknownBecauseOf(schema, name);
  const reason =
    because === undefined ? "" : `, since this SQL may have changed it: ${because.sql.trim().slice(0, 120)}`;
  return context.unsupported(
    `SQLite cannot ${obstacle}; the table "${text}" has to be made anew, and its columns are not known here${reason}.`,
    `Say what it looks like: op.batchAlterTable("${text}", { copyFrom: table("${text}", […]) }, (batch) => { … }). ` +
      "A table that the history creates needs no copyFrom.",
  );
}
