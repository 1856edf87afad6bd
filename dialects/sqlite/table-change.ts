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

/** How a change is made by ALTER TABLE, or what SQLite cannot do: "change the type of …". */
export type InPlace =
  | { readonly operations: readonly OperationNode[]; readonly remarks?: readonly string[] }
  | { readonly obstacle: string };

export function isTableChange(operation: OperationNode): operation is TableChange {
  return (kinds as readonly OperationKind[]).includes(operation.kind);
}
