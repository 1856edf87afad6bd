import { takeOptions } from "../schema/take-options.js";
import type { Name } from "../schema/names.js";
import { isOnTable, options } from "./call.js";
import type { BatchedDefinition, Operation } from "./operation.js";

/** Sets the comment of a table, or removes it. */
export interface TableComment extends Operation {
  readonly kind: "tableComment";
  readonly tableName: Name;
  readonly schema: Name | undefined;
  /** Undefined removes the comment. */
  readonly comment: string | undefined;
  readonly existingComment: string | undefined;
}

export interface TableCommentOptions {
  readonly existingComment?: string | null;
  readonly schema?: Name | null;
}

export interface TableCommentDirectives {
  /**
   * Sets the comment of a table.
   *
   * @example op.createTableComment("account", "who pays") // COMMENT ON TABLE account IS 'who pays'
   */
  createTableComment(table: Name, comment: string, options?: TableCommentOptions): void;
  /**
   * Removes the comment of a table.
   *
   * @example op.dropTableComment("account") // COMMENT ON TABLE account IS NULL
   */
  dropTableComment(table: Name, options?: TableCommentOptions): void;
}

export interface BatchTableCommentDirectives {
  /** Sets the comment of the table. */
  createTableComment(comment: string, options?: Pick<TableCommentOptions, "existingComment">): void;
  /** Removes the comment of the table. */
  dropTableComment(options?: Pick<TableCommentOptions, "existingComment">): void;
}

const optionNames = ["existingComment", "schema"];

export const tableComment: BatchedDefinition<TableComment, TableCommentDirectives, BatchTableCommentDirectives> = {
  kind: "tableComment",
  call({ tableName, schema, comment, existingComment }) {
    const given = options({ existingComment, schema });
    if (comment === undefined) return ["dropTableComment", tableName, ...given];
    return ["createTableComment", tableName, comment, ...given];
  },
  batchCall(operation, table) {
    const { comment, existingComment } = operation;
    if (!isOnTable(operation, table)) return;
    const given = options({ existingComment });
    return comment === undefined ? ["dropTableComment", ...given] : ["createTableComment", comment, ...given];
  },
  directives: (recording) => ({
    createTableComment(table, comment, options = {}) {
      takeOptions("op.createTableComment", options, optionNames, "none");
      const { schema, existingComment } = options;
      recording.add({
        kind: "tableComment",
        tableName: table,
        schema: schema ?? undefined,
        comment,
        existingComment: existingComment ?? undefined,
      });
    },
    dropTableComment(table, options = {}) {
      takeOptions("op.dropTableComment", options, optionNames, "none");
      const { schema, existingComment } = options;
      recording.add({
        kind: "tableComment",
        tableName: table,
        schema: schema ?? undefined,
        comment: undefined,
        existingComment: existingComment ?? undefined,
      });
    },
  }),
  batchDirectives(recording, table) {
    const plain = this.directives(recording);
    const schema = table.schema ?? null;
    return {
      createTableComment: (comment, options) => plain.createTableComment(table.name, comment, { ...options, schema }),
      dropTableComment: (options) => plain.dropTableComment(table.name, { ...options, schema }),
    };
  },
  check(expect, { schema, tableName }) {
    expect.table(schema, tableName);
  },
  apply: (catalog, { schema, tableName, comment }) =>
    catalog.changeTable(schema, tableName, (table) => ({ ...table, comment })),
};
