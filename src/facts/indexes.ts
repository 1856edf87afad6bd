import { catalogKey } from "../catalog/catalog-key.js";
import { indexNamed } from "../catalog/table-changes.js";
import type { CreateIndex } from "../operations/create-index.js";
import { tableOfIndex, type DropIndex } from "../operations/drop-index.js";
import type { RenameIndex } from "../operations/rename-index.js";
import { columnsText } from "./constraints.js";
import type { FactsOf } from "./facts.js";
import { indexOf, tableOf } from "./object-names.js";

export const createIndex: FactsOf<CreateIndex> = (operation, { before }) => {
  const { schema, tableName, index, ifNotExists } = operation;
  const known = before.table(schema, tableName);
  const isThere = known !== undefined && index.name !== undefined && indexNamed(known, index.name) !== undefined;
  if (ifNotExists && isThere) return { touches: [] };
  const table = tableOf(operation);
  const rows = `in ${catalogKey(schema, tableName)} two rows are equal in ${columnsText(index.columns)}`;
  return {
    touches: [
      { ...indexOf(schema, tableName, index.name), how: "makes" },
      { ...table, how: "reads" },
    ],
    failures: index.unique ? [{ cause: "duplicate", of: table, text: `fails when ${rows}` }] : [],
    breaks: index.unique ? [{ whom: "writers", of: table, text: `writing fails where ${rows}` }] : [],
  };
};

export const dropIndex: FactsOf<DropIndex> = (operation, { before }) => {
  const { schema, tableName, indexName } = operation;
  return {
    touches: [{ ...indexOf(schema, tableName ?? tableOfIndex(before, operation)?.name, indexName), how: "drops" }],
  };
};

export const renameIndex: FactsOf<RenameIndex> = ({ schema, tableName, from, to }) => ({
  touches: [{ ...indexOf(schema, tableName, from), how: "renames", to }],
});
