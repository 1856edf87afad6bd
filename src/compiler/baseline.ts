import { Catalog, catalogKey } from "../catalog/catalog.js";
import { UnsupportedError } from "../errors.js";
import { applyAll } from "../operations/index.js";
import { withLateForeignKeys } from "../operations/settings-in-revision.js";
import type { Dialect } from "./dialect.js";
import type { Accounting } from "./statement-account.js";

/** A dump of the schema that a history starts from. */
export interface Baseline {
  /** The name of the dump, for messages. */
  readonly file: string;
  /** Reads the text of the dump. */
  readonly text: () => Promise<string>;
}

/**
 * The schema of a dump: what a database holds before the first revision. Statements that are not understood make the
 * objects that they name unknown.
 *
 * @param accounting takes what becomes of each statement
 * @param start what is there before it: nothing, unless said otherwise
 * @throws ConfigError with the line of a statement that is no SQL of the dialect
 */
export async function readBaseline(
  { file, text }: Baseline,
  dialect: Dialect,
  accounting?: Accounting,
  start = Catalog.empty({ rules: dialect.rules, isComplete: true }),
): Promise<Catalog> {
  if (dialect.loadReader === undefined) {
    throw new UnsupportedError("baseline-dialect", `A dump of ${dialect.name} cannot be read.`, {
      origin: { file, line: 1, column: 1 },
      hint: "Leave `baseline` out of the configuration, and create the schema in the first revision.",
    });
  }
  const reader = await dialect.loadReader();
  const nodes = withLateForeignKeys(reader.readDump(await text(), file, accounting));
  return withoutLooseKeys(applyAll(start, nodes), file);
}

/** A table whose foreign key refers to a table that never comes is not known: no server would have made it so. */
function withoutLooseKeys(catalog: Catalog, file: string): Catalog {
  let result = catalog;
  if (catalog.rules.takesForwardKeys === true) return result;
  for (const table of catalog.tables.values()) {
    for (const key of table.constraints) {
      if (key.kind !== "foreignKey" || catalog.table(key.referredSchema, key.referredTable) !== undefined) continue;
      const sql = `FOREIGN KEY of ${catalogKey(table.schema, table.name)} REFERENCES ${catalogKey(key.referredSchema, key.referredTable)}`;
      result = result.withUnknown([catalogKey(table.schema, table.name)], {
        sql,
        origin: { file, line: 1, column: 1 },
      });
    }
  }
  return result;
}
