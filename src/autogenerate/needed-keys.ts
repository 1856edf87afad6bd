import { catalogKey } from "../catalog/catalog-key.js";
import type { OperationNode } from "../operations/index.js";
import { isSqlText } from "../schema/expressions.js";
import { nameText, type Name } from "../schema/names.js";
import type { Table } from "../schema/tables.js";
import type { Change } from "./change.js";
import { additionOf, dropOf, partsOf, type Part } from "./parts.js";
import { origin, type Comparison } from "./comparison.js";

/** A table on both sides. */
export interface TablePair {
  readonly there: Table;
  readonly wanted: Table;
}

function isUnchanged(part: Part, others: readonly Part[]): boolean {
  return others.some(
    (other) =>
      other.family === part.family &&
      other.content === part.content &&
      (other.name === part.name || other.name === undefined || part.name === undefined),
  );
}

function keyOver(table: string, columns: readonly Name[]): string {
  return JSON.stringify([table, ...columns.map(nameText).sort()]);
}

/**
 * Foreign keys that stay as they are, but refer to a key that goes or is made anew: no server drops a key while another
 * table refers to it, so that they go before it and come again behind its successor.
 */
export function referringKeyChanges(pairs: readonly TablePair[], comparison: Comparison): readonly Change[] {
  const lost = new Set(
    pairs.flatMap(({ there, wanted }) => {
      const after = partsOf(wanted, comparison);
      return partsOf(there, comparison).flatMap((part) =>
        (part.value.kind === "primaryKey" || part.value.kind === "unique") && !isUnchanged(part, after)
          ? [keyOver(catalogKey(there.schema, there.name), part.value.columns)]
          : [],
      );
    }),
  );
  if (lost.size === 0) return [];
  return pairs.flatMap(({ there, wanted }) => {
    const after = partsOf(wanted, comparison);
    const table = catalogKey(wanted.schema, wanted.name);
    return partsOf(there, comparison).flatMap((part): readonly Change[] => {
      const { value } = part;
      if (value.kind !== "foreignKey" || !isUnchanged(part, after)) return [];
      const referred = keyOver(catalogKey(value.referredSchema, value.referredTable), value.referredColumns);
      const drop = lost.has(referred) ? dropOf(part, there, comparison) : undefined;
      if (drop === undefined) return [];
      return [
        { phase: "dropForeignKeys", operations: [drop], detected: [], table },
        { phase: "addForeignKeys", operations: [additionOf(part, wanted)], detected: [], table },
      ];
    });
  });
}

/** Whether an index begins with the columns of a foreign key, which may need it then. */
function beginsWith({ value }: Part, columns: readonly Name[]): boolean {
  if (value.kind !== "index" && value.kind !== "unique") return false;
  return columns.every((name, position) => {
    const key = value.columns[position];
    return key !== undefined && !isSqlText(key) && nameText(key) === nameText(name);
  });
}

/**
 * The drop of an index, behind whatever takes its place for a foreign key that stays. One of the same name stands in its way
 * until it has another.
 */
export function lateDrop(
  part: Part,
  { there, drop, isNameTaken }: { readonly there: Table; readonly drop: Change; readonly isNameTaken: boolean },
): readonly Change[] {
  const late: Change = { ...drop, phase: "dropReplacedIndexes" };
  if (!isNameTaken || part.name === undefined) return [late];
  const { name: tableName, schema } = there;
  const [from, to] = [part.name, `${part.name}_old`];
  const rename: OperationNode = {
    kind: part.value.kind === "index" ? "renameIndex" : "renameConstraint",
    ...{ from, to, tableName, schema, origin },
  };
  const operations = drop.operations.map((operation): OperationNode => {
    if (operation.kind === "dropIndex") return { ...operation, indexName: to };
    return operation.kind === "dropConstraint" ? { ...operation, constraintName: to } : operation;
  });
  return [
    { phase: "renameReplacedIndexes", operations: [rename], detected: [], table: drop.table },
    { ...late, operations },
  ];
}

/** Whether a foreign key that stays may need an index that goes. */
export function isNeeded(part: Part, kept: readonly Part[], { rules }: Comparison): boolean {
  if (rules.foreignKeysNeedIndexes !== true) return false;
  return kept.some(({ value }) => value.kind === "foreignKey" && beginsWith(part, value.columns));
}
