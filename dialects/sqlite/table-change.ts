import type { OperationKind, OperationNode, OperationOf } from "../../src/operations/index.js";

const kinds = [
  "addColumn",
  "addConstraint",
  "alterColumn",
  "createIndex",
  "dropColumn",
  "dropConstraint",
  "dropIndex",
  "tableComment",
] as const satisfies readonly OperationKind[];

/** The operations that change one table, alone or in a batch. */
export type TableChange = OperationOf<(typeof kinds)[number]>;

export function isTableChange(operation: OperationNode): operation is TableChange {
  return (kinds as readonly OperationKind[]).includes(operation.kind);
}
