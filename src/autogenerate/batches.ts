import { catalogKey } from "../catalog/catalog-key.js";
import type { BatchAlterTable } from "../operations/batch-alter-table.js";
import type { OperationNode } from "../operations/index.js";
import { nameText, type Name } from "../schema/names.js";
import { origin } from "./comparison.js";

/** A table that an operation changes and that a batch may change. */
interface ChangedTable {
  readonly tableName: Name;
  readonly schema: Name | undefined;
}

function changedTable(operation: OperationNode): ChangedTable | undefined {
  switch (operation.kind) {
    case "addColumn":
      return { tableName: operation.addition.name, schema: operation.addition.schema };
    case "alterColumn":
    case "dropColumn":
    case "addConstraint":
    case "dropConstraint":
    case "createIndex":
    case "tableComment":
      return operation;
    case "dropIndex":
      return operation.tableName === undefined ? undefined : { ...operation, tableName: operation.tableName };
    default:
      return undefined;
  }
}

/** The name that an operation makes for a part of a table, which another part may have had before. */
function madeName(operation: OperationNode): Name | undefined {
  if (operation.kind === "createIndex") return operation.index.name;
  return operation.kind === "addConstraint" ? operation.constraint.name : undefined;
}

function freedName(operation: OperationNode): Name | undefined {
  if (operation.kind === "dropIndex") return operation.indexName;
  return operation.kind === "dropConstraint" ? operation.constraintName : undefined;
}

interface Group extends ChangedTable {
  readonly key: string;
  readonly operations: OperationNode[];
}

function batchOf({ tableName, schema, operations }: Group): BatchAlterTable {
  return {
    kind: "batchAlterTable",
    tableName,
    schema,
    operations,
    recreate: "auto",
    partialReordering: undefined,
    copyFrom: undefined,
    tableArguments: [],
    tableOptions: {},
    origin,
  };
}

/**
 * The changes of each table in one batch, so that a server that makes tables anew does it once: Alembic's
 * `render_as_batch`. What makes or drops a whole object keeps its place among them. A change that takes a name which
 * another table gave up before begins a batch of its own behind that.
 */
export function inBatches(operations: readonly OperationNode[]): readonly OperationNode[] {
  const result: OperationNode[] = [];
  let groups: Group[] = [];
  const end = (): void => {
    result.push(...groups.map(batchOf));
    groups = [];
  };
  for (const operation of operations) {
    const table = changedTable(operation);
    if (table === undefined) {
      end();
      result.push(operation);
      continue;
    }
    const { tableName, schema } = table;
    const key = catalogKey(schema, tableName);
    const known = groups.findLast((group) => group.key === key);
    const made = madeName(operation);
    const behind = known === undefined ? [] : groups.slice(groups.indexOf(known) + 1);
    const freed = behind.flatMap((group) => group.operations.flatMap((one) => freedName(one) ?? []));
    const isTaken = made !== undefined && freed.some((name) => nameText(name) === nameText(made));
    if (known === undefined || isTaken) groups.push({ key, tableName, schema, operations: [operation] });
    else known.operations.push(operation);
  }
  end();
  return result;
}
