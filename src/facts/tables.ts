import type { CreateTable } from "../operations/create-table.js";
import type { DropTable } from "../operations/drop-table.js";
import type { RenameTable } from "../operations/rename-table.js";
import type { TableComment } from "../operations/table-comment.js";
import type { Catalog } from "../catalog/catalog.js";
import type { Name } from "../schema/names.js";
import { sameName } from "../schema/names.js";
import type { Table } from "../schema/tables.js";
import type { FactsOf, Touch } from "./facts.js";
import { objectText, tableOf } from "./object-names.js";

/** The other tables to which foreign keys of a table refer. */
export function tablesReferredTo({ schema, name, constraints }: Table): readonly Touch[] {
  return constraints.flatMap((constraint): readonly Touch[] => {
    if (constraint.kind !== "foreignKey") return [];
    const { referredSchema, referredTable } = constraint;
    if (sameName(referredTable, name) && sameName(referredSchema, schema)) return [];
    return [{ ...tableOf({ schema: referredSchema, tableName: referredTable }), how: "refersTo" }];
  });
}

/** Whether a table is known not to be there, so that dropping it takes nothing. */
export function isKnownMissing(catalog: Catalog, schema: Name | undefined, name: Name): boolean {
  return catalog.isComplete && catalog.table(schema, name) === undefined;
}

export const createTable: FactsOf<CreateTable> = ({ table }, { before }) => {
  if (before.table(table.schema, table.name) !== undefined) return { touches: [] };
  const made = tableOf({ schema: table.schema, tableName: table.name });
  return { touches: [{ ...made, how: "makes" }, ...tablesReferredTo(table)] };
};

export const dropTable: FactsOf<DropTable> = ({ schema, tableName, ifExists }, { before }) => {
  if (ifExists && isKnownMissing(before, schema, tableName)) return { touches: [] };
  const table = tableOf({ schema, tableName });
  const known = before.table(schema, tableName);
  return {
    touches: [{ ...table, how: "drops" }, ...(known === undefined ? [] : tablesReferredTo(known))],
    losses: [{ takes: "rows", of: table, what: `all rows of ${objectText(table)}` }],
    breaks: [{ whom: "both", of: table, text: `programs that name ${objectText(table)} fail` }],
  };
};

export const renameTable: FactsOf<RenameTable> = ({ schema, from, to }) => {
  const table = tableOf({ schema, tableName: from });
  return {
    touches: [{ ...table, how: "renames", to }],
    breaks: [{ whom: "both", of: table, text: `programs that name ${objectText(table)} fail` }],
  };
};

export const tableComment: FactsOf<TableComment> = ({ schema, tableName }) => ({
  touches: [{ kind: "comment", schema, tableName, name: undefined, how: "changes" }],
});
