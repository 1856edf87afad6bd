import type { Catalog } from "../catalog/catalog.js";
import type { OperationNode } from "./index.js";
import { applyAll, checkAll } from "./index.js";
import type { Operation, OperationDefinition } from "./operation.js";

/** Operations that run outside the transaction: it is committed before them and begun again after. */
export interface AutocommitBlock extends Operation {
  readonly kind: "autocommitBlock";
  readonly operations: readonly OperationNode[];
}

export interface AutocommitBlockDirectives {
  /**
   * Runs a body outside the transaction, for statements that the server refuses inside one.
   *
   * @example op.autocommitBlock(() => op.execute("VACUUM account")) // COMMIT; VACUUM account; BEGIN
   */
  autocommitBlock(body: () => void): void;
  autocommitBlock(body: () => Promise<void>): Promise<void>;
}

export const autocommitBlock: OperationDefinition<AutocommitBlock> = {
  kind: "autocommitBlock",
  directives: (recording) => ({
    autocommitBlock(body: () => void | Promise<void>): void | Promise<void> {
      return recording.enclose(body, (operations) => ({ kind: "autocommitBlock", operations }));
    },
  }),
  check: (expect, { operations }) => checkAll(expect.catalog, operations),
  apply: (catalog: Catalog, { operations }) => applyAll(catalog, operations),
};
