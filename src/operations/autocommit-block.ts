import type { AutocommitBlock, OperationNode } from "./node.js";
import type { OperationDefinition } from "./operation.js";

export type { AutocommitBlock } from "./node.js";

export interface AutocommitBlockDirectives {
  /**
   * Runs a body outside the transaction, for statements that the server refuses inside one.
   *
   * @example op.autocommitBlock(() => op.execute("VACUUM account")) // COMMIT; VACUUM account; BEGIN
   */
  autocommitBlock(body: () => void): void;
  autocommitBlock(body: () => Promise<void>): Promise<void>;
}

export const autocommitBlock: OperationDefinition<AutocommitBlock, AutocommitBlockDirectives, OperationNode> = {
  kind: "autocommitBlock",
  call: ({ operations }) => ["autocommitBlock", { kind: "body", operations }],
  directives(recording) {
    function autocommitBlock(body: () => void): void;
    function autocommitBlock(body: () => Promise<void>): Promise<void>;
    function autocommitBlock(body: () => void | Promise<void>): void | Promise<void> {
      return recording.enclose(
        "autocommitBlock",
        () => body(),
        (operations) => ({ kind: "autocommitBlock", operations }),
      );
    }
    return { autocommitBlock };
  },
  check: (expect, { operations }, replay) => replay.check(expect.catalog, operations),
  apply: (catalog, { operations }, replay) => replay.after(catalog, operations),
};
